package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var ret06 = Rule{
	Rule: diag.Rule{
		ID:       "RET06",
		Severity: diag.Warning,
		Title:    "zero retention is claimed without its exceptions",
		Why:      "Every such agreement has exceptions: what the law obliges a vendor to keep, and often abuse. A customer who finds them in the vendor's own terms doubts the rest of the page.",
		Source:   "FTC Act, section 5; SOC 2 CC2.3",
		Bad: `# subprocessors/openai.yaml
ai: {retention: {state: zero-retention, evidence: openai-zdr}}
# answers/ai.yaml
answer: Our model vendors keep nothing.`,
		Good: `# subprocessors/openai.yaml
ai: {retention: {state: zero-retention, evidence: openai-zdr, exceptions: [Content that the law obliges OpenAI to keep]}}
# answers/ai.yaml
answer: Our model vendors keep nothing, except what the law obliges them to keep.`,
		Remark: `Looked at are vendors in use that run models, and published texts that say of them that they keep nothing. A text names exceptions when its section, or the
answer it belongs to, has a word like except, unless or apart from, or a link to /subprocessors/ or /ai/; an answer, when it has exclusions. The evidence of an
answer does not count: texts are copied into questionnaires without it. A sentence that denies, asks, sets a condition or names a time is left alone, and so is a
vendor's own text, which stands beside its exceptions.`,
	},
	run: absoluteClaims,
}

func absoluteClaims(p *pass) {
	var vendors []*model.Subprocessor
	keeps := false
	for _, v := range p.site.Subprocessors {
		if !v.InUse() || v.AI == nil {
			continue
		}
		p.unlisted(v)
		switch v.AI.Role.Value {
		case "vector-store", "tracing":
		default:
			vendors = append(vendors, v)
			_, what := keptBy(v)
			keeps = keeps || what != ""
		}
	}
	if !keeps {
		return
	}
	reader := newClaimReader(vendors, p.site.Config.Company)
	for _, l := range p.folio.look(denialLook) {
		for rest := l.denials; len(rest) > 0; {
			t, n := rest[0].in, 1
			for n < len(rest) && rest[n].in == t {
				n++
			}
			if t.published() && isStatement(*t) {
				p.zeroClaims(*t, reader, rest[:n])
			}
			rest = rest[n:]
		}
	}
}

// unlisted reports a vendor that is said to keep nothing and has no exceptions.
func (p *pass) unlisted(v *model.Subprocessor) {
	terms := v.AI.Retention
	if terms.State.Value != model.ZeroRetention || listsExceptions(v) {
		return
	}
	at := terms.State.At
	if len(terms.Exceptions) > 0 {
		at = terms.Exceptions[0].At
	}
	p.report(at, fmt.Sprintf("%q is said to keep nothing, and no exception is listed", v.ID.Value),
		`write "exceptions: [...]" in retention, with what its agreement excepts: what the law obliges it to keep, abuse, some endpoints`)
}

// listsExceptions reports whether the terms of a vendor have an exception that says something.
func listsExceptions(v *model.Subprocessor) bool {
	for _, e := range v.AI.Retention.Exceptions {
		if !isNoReason(e.Value) {
			return true
		}
	}
	return false
}

// keptBy tells what a vendor keeps although it may be said to keep nothing, and where that is written; "" for nothing that is known.
func keptBy(v *model.Subprocessor) (source.Span, string) {
	terms := v.AI.Retention
	switch {
	case terms.State.Value == "days" && terms.Keep.IsZero():
		return terms.State.At, fmt.Sprintf("%q keeps prompts for some days", v.ID.Value)
	case terms.State.Value == "days":
		return terms.Keep.At, fmt.Sprintf("%q keeps prompts for %s", v.ID.Value, terms.Keep.Long())
	case terms.State.Value == model.ZeroRetention && listsExceptions(v):
		return terms.Exceptions[0].At, fmt.Sprintf("the terms of %q have exceptions", v.ID.Value)
	}
	return source.Span{}, ""
}

// isStatement reports whether a passage is one in which something is said: no name of something, no word out of a list, no customer's question,
// and not the exceptions themselves.
func isStatement(t passage) bool {
	switch t.key {
	case "question", "also_asked", "title", "name", "exceptions", "exclusions":
		return false
	}
	switch r := t.record.(type) {
	case *model.Evidence, *model.Document:
		return false
	case *model.Subprocessor:
		return r.InUse()
	}
	return true
}

// zeroClaims reports the first claim of each section of a text, or of the answer that the text belongs to, that names no exception. It stands in one
// of some sentences.
func (p *pass) zeroClaims(t passage, reader claimReader, sentences []found[part]) {
	reported := -1
	for _, s := range sentences {
		c, ok := reader.claim(t, s.thing.start, s.thing.end)
		if !ok {
			continue
		}
		start, end := 0, len(t.text)
		if t.body {
			start, end = sectionAround(t.text, c.start)
		}
		if start == reported || namesExceptions(t.text[start:end]) || answerExcepts(t.record) {
			continue
		}
		for _, v := range c.vendors {
			at, what := keptBy(v)
			if what == "" || v == t.record && listsExceptions(v) && v.AI.Retention.State.Value == model.ZeroRetention {
				continue
			}
			reported = start
			p.report(t.at(c.start, lineEnd(t.text, c.start, c.end)), fmt.Sprintf("%q is claimed without an exception, but %s", shorten(t.text[c.start:c.end]), what),
				fmt.Sprintf("say so in the same section, or link to the page that does: [terms](/subprocessors/%s/)", v.ID.Value), note(at, "written here"))
			break
		}
	}
}

// lineEnd gives the end of a part of a text, or of its first line: the indentation of YAML stands between lines, so only one has a place.
func lineEnd(text string, start, end int) int {
	if i := strings.IndexByte(text[start:end], '\n'); i > 0 {
		return start + i
	}
	return end
}

// answerExcepts reports whether an answer names exceptions in one of its texts.
func answerExcepts(r model.Record) bool {
	a, ok := r.(*model.Answer)
	return ok && (len(a.Exclusions) > 0 || namesExceptions(a.Text.Value) || namesExceptions(a.Scope.Value) || namesExceptions(a.Reason.Value))
}
