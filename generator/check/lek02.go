package check

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/source"
)

var lek02 = Rule{
	Rule: diag.Rule{
		ID:       "LEK02",
		Severity: diag.Error,
		Title:    "a key, an address or name within a private network, an e-mail address of somebody, or a path of a machine is to be published",
		Why:      "A key lets strangers in at once, and the rest shows them where to go and whom to write to.",
		Source:   "SOC 2 CC6.1; RFC 1918, RFC 4193, RFC 2606",
		Bad: `# policies/access-control.md
Ask ada@fernlight.example, or sign in at https://admin.prod.internal (10.4.2.17).`,
		Good: `# policies/access-control.md
Write to security@fernlight.example; staff sign in at the administrators' gateway (a network of 10.0.0.0/8).`,
		Remark: `Looked for in published texts, and again in every file before it is written, themes and code included, however it is escaped and across tags: keys that begin as their makers' do (AKIA, ghp_, sk-, xoxb-, AIza, glpat- and more), private keys,
JSON web tokens, passwords in addresses; IPv4 and IPv6 addresses of private networks, but for the networks as a whole, and numbers of versions and sections; names that end in .internal, .intranet, .local, .localdomain, .lan or .corp; paths like
/home/ada/site, C:\Users\ada, /tmp/x and /builds/. An e-mail address may be published when it is a contact in site.yaml ("contacts: {others: [...]}" takes any), a vendor's, or one that an incident policy or playbook names; so may those of RFC 2606
(example.com, .example), where the domain is not the company's own. Examples of keys are written with dots: ghp_... . It cannot be excepted.`,
	},
	run: exposedTexts,
}

// exposedTexts reports what published texts give away.
func exposedTexts(p *pass) {
	contactsUnread := p.configUnread() || p.tried(wholeOf(p.site.Config.File), "contacts") // then any address may be one
	for _, l := range p.folio.look(exposureLook) {
		var in *passage
		told, mail := 0, map[string]bool{}
		for _, f := range l.exposures {
			if !f.in.published() || f.thing.what == "looks like "+ofCandor {
				continue
			}
			if f.in != in {
				in, told = f.in, 0
				clear(mail)
			}
			if f.thing.what == ofNobody {
				if contactsUnread || mail[f.thing.text] {
					continue // one address is one gap, however often a text names it
				}
				mail[f.thing.text] = true
			}
			if told++; told <= mostGaps {
				p.diags.Add(gapOf(in.at(f.thing.start, f.thing.end), f.thing.text, f.thing.exposure))
			}
		}
	}
}

// eachExposure calls do for each exposure in data, with its place and as it reads. at are the places at which one may be as it stands.
func (w *watcher) eachExposure(data []byte, at []int, n notation, do func(e exposure, text string)) {
	var told []exposure
	w.find(data, at, func(e exposure) {
		if e.what == ofNobody && goesOnHidden(data, e, n) {
			return // only a part of an address
		}
		told = append(told, e)
		do(e, string(data[e.start:e.end]))
	})
	if w.bytes {
		return
	}
	var r reading
	r.each(data, n, func() {
		w.find(r.word, places(r.word), func(e exposure) {
			from, to := r.source(e.start, e.end)
			next, _ := slices.BinarySearchFunc(told, to, func(t exposure, to int) int { return t.start - to }) // the first behind it
			if again := next > 0 && told[next-1].end > from; !again && (e.what != ofNobody || !w.mayBetween(&r, e)) {
				do(exposure{from, to, e.what, e.hint}, string(r.word[e.start:e.end]))
			}
		})
	})
}

// goesOnHidden reports whether an address goes on before or behind by an escape or over a tag: "&#97;da@x.example".
func goesOnHidden(data []byte, e exposure, n notation) bool {
	if e.end < len(data) && (data[e.end] == '<' || data[e.end] == '&' || data[e.end] == '%' || data[e.end] == '\\') && hides(data, e.end, n) {
		return true
	}
	if e.start == 0 {
		return false
	}
	start := hiddenBefore(data, e.start, 0, n)
	return start >= 0 && hides(data, start, n)
}

// mayBetween reports whether an address that may be published stands between two of the places at which the reading was put together:
// "<b>security@x.example</b>Copy".
func (w *watcher) mayBetween(r *reading, e exposure) bool {
	at := e.start + bytes.IndexByte(r.word[e.start:e.end], '@')
	for _, from := range r.parts {
		for _, to := range append(r.parts, run{at: len(r.word)}) {
			if from.at > at || to.at <= at+1 {
				continue
			}
			if start, end, ok := mailbox(r.word[from.at:to.at], at-from.at); ok && w.known().may(string(r.word[from.at+start:from.at+end])) {
				return true
			}
		}
	}
	return false
}

// masked keeps keys out of messages, which are copied to where more people read them than the content.
func masked(text string, e exposure) string {
	if e.isSecret() {
		return text[:min(len(text), 8)] + "..."
	}
	return shorten(text)
}

// isSecret reports whether an exposure is a key or a password, not an address or a name.
func (e exposure) isSecret() bool {
	return strings.HasPrefix(e.what, "looks like") || e.what == "holds a password" || strings.Contains(e.what, "webhook")
}

// gapOf gives the finding of an exposure that reads as text.
func gapOf(at source.Span, text string, e exposure) diag.Finding {
	return diag.Finding{Rule: "LEK02", Severity: diag.Error, At: at, Message: fmt.Sprintf("%q %s", masked(text, e), e.what), Hint: e.hint, Secret: e.isSecret()}
}

// exposed gives a finding for each exposure in data, which is to be written at path, but for internal values that were found already. explained says
// that an id or the number of a version may explain one.
func (l *LeakList) exposed(name string, data []byte, places []int, found []hit) (all []diag.Finding, explained bool) {
	ext := strings.ToLower(path.Ext(name))
	w := &watcher{known: func() *known { return l.known }, code: ext == ".css" || ext == ".js", bytes: bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0}
	n := plainText
	if ext == ".html" || ext == ".svg" || ext == ".xml" {
		n = markup
	}
	var out *source.File
	seen := map[string]bool{}
	w.eachExposure(data, places, n, func(e exposure, text string) {
		small := strings.ToLower(text)
		internal := slices.ContainsFunc(found, func(h hit) bool { return strings.Contains(small, strings.ToLower(l.needles[h.needle].text)) })
		if seen[text] || internal {
			return
		}
		seen[text] = true
		if out == nil {
			out = source.NewFile(name, data)
		}
		all = append(all, gapOf(out.Span(e.start, e.end), text, e))
	})
	return all, w.explained
}
