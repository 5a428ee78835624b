package check

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/model"
)

// known is what looks like an exposure and may be published.
type known struct {
	mail   map[string]bool // addresses that the content publishes as contacts, in small letters
	own    []string        // domains of the company
	values map[string]bool // ids, and numbers of versions and of criteria
	base   string          // the path below which the site lies, "" for none
}

// mayPublish gathers what a site publishes on purpose: contacts of site.yaml, vendors' contacts, where incidents and outputs of models are reported.
func mayPublish(f *folio) *known {
	site := f.site
	k := &known{mail: map[string]bool{}, values: map[string]bool{}}
	for _, l := range f.leaves {
		for _, t := range l.telling {
			switch {
			case !t.published():
			case t.key == "version" || t.key == "meets":
				k.values[t.text] = true
			default:
				k.addMail(t.text)
			}
		}
	}
	for _, a := range site.Answers() {
		for _, f := range a.Frameworks {
			for _, id := range f.IDs {
				k.values[id.Value] = true
			}
		}
	}
	for _, r := range site.All() {
		for _, id := range append([]model.Text{r.Head().ID}, r.Head().Aliases...) {
			k.values[strings.ToLower(id.Value)] = true
		}
	}
	c := site.Config
	for _, contact := range append([]model.Text{c.Contacts.Security, c.Contacts.Privacy, c.Contacts.Documents}, c.Contacts.Others...) {
		if _, domain, ok := strings.Cut(contact.Value, "@"); ok {
			k.addDomain(domain)
		}
	}
	for _, address := range []model.Text{c.BaseURL, c.Company.Website} {
		if u, err := url.Parse(address.Value); err == nil && u.Host != "" {
			k.addDomain(u.Hostname())
			if address == c.BaseURL && strings.Trim(u.Path, "/") != "" {
				k.base = strings.TrimSuffix(u.Path, "/") + "/"
			}
		}
	}
	return k
}

// same reports whether two sites publish the same on purpose.
func (k *known) same(other *known) bool {
	return k.base == other.base && slices.Equal(k.own, other.own) && maps.Equal(k.mail, other.mail) && maps.Equal(k.values, other.values)
}

// addDomain takes a domain as the company's own, and with trust.fernlight.example also fernlight.example.
func (k *known) addDomain(domain string) {
	domain = strings.ToLower(domain)
	k.own = append(k.own, domain)
	if _, parent, ok := strings.Cut(domain, "."); ok && strings.Contains(parent, ".") {
		k.own = append(k.own, parent)
	}
}

// addMail takes the addresses of a text: a contact, or a sentence with some.
func (k *known) addMail(text string) {
	for at := 0; ; at++ {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			return
		}
		at += i
		if start, end, ok := mailbox([]byte(text), at); ok {
			k.mail[strings.ToLower(text[start:end])] = true
		}
	}
}

// may reports whether an address may be published: it is a contact, or one that RFC 2606 keeps for examples and nobody here has.
func (k *known) may(address string) bool {
	address = strings.ToLower(address)
	local, domain, _ := strings.Cut(address, "@")
	plain, _, _ := strings.Cut(local, "+") // security+caiq@ arrives at security@
	for _, a := range []string{address, plain + "@" + domain, strings.TrimLeft(local, "_-+.'%") + "@" + domain} {
		if k.mail[a] {
			return true
		}
	}
	for _, own := range k.own {
		if domain == own || strings.HasSuffix(domain, "."+own) {
			return false
		}
	}
	return isReserved(domain)
}

// isReserved reports whether a domain is one of RFC 2606.
func isReserved(domain string) bool {
	for _, d := range []string{"example.com", "example.net", "example.org", "example", "test", "invalid", "localhost"} {
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return false
}

var (
	localBytes  = table(alnum + "._%+'-")
	domainBytes = table(alnum + ".-")
)

// mailbox gives the e-mail address around the @ at i.
func mailbox(text []byte, i int) (start, end int, ok bool) {
	start, end = i, i+1
	for start > 0 && i-start < 64 {
		n := mailByte(localBytes, text[:start], utf8.DecodeLastRune)
		if n == 0 {
			break
		}
		start -= n
	}
	for end < len(text) && end-i < 254 {
		n := mailByte(domainBytes, text[end:], utf8.DecodeRune)
		if n == 0 {
			break
		}
		end += n
	}
	if escape := bytes.LastIndexByte(text[start:i], '%'); escape >= 0 { // "%3A" ends before the address begins
		start = min(i, start+escape+3)
	}
	if start > 0 && text[start-1] == '\\' && i-start > 1 { // so do "\n" and "\u003c"
		if start++; text[start-1] == 'u' {
			start = min(i, start+4)
		}
	}
	for start < i && strings.IndexByte(".'", text[start]) >= 0 {
		start++
	}
	for end > i+1 && strings.IndexByte(".-", text[end-1]) >= 0 {
		end--
	}
	domain := text[i+1 : end]
	dot := bytes.LastIndexByte(domain, '.')
	if start == i || dot <= 0 || len(domain)-dot < 3 || digits[domain[dot+1]] || bytes.Contains(domain, []byte("..")) {
		return 0, 0, false
	}
	return start, end, true
}

// mailByte gives how many bytes the next character of a mailbox has, 0 when it is none that mailboxes have.
func mailByte(in *[256]bool, text []byte, next func([]byte) (rune, int)) int {
	r, n := next(text)
	if r < utf8.RuneSelf && in[r] || r >= utf8.RuneSelf && r != utf8.RuneError && unicode.IsLetter(r) {
		return n
	}
	return 0
}

// fileEndings are what the names of files end in that look like addresses: "logo@2x.png".
var fileEndings = set("png jpg jpeg gif svg webp avif ico css js mjs json html woff woff2 pdf yaml yml")

const ofNobody = "is an e-mail address that no contact has"

// mailAt finds an e-mail address that nobody meant to publish, or a password before a host, by the @ at i.
func (w *watcher) mailAt(text []byte, i int) (exposure, bool) {
	start, end, ok := mailbox(text, i)
	if ok && (start == 0 || text[start-1] != ':' || bytes.HasSuffix(text[:start], []byte("mailto:"))) && w.known().mail[string(text[start:end])] {
		return exposure{}, false // nearly all are
	}
	if user, password := userAt(text, i); password {
		return user, !w.known().example(text[i+1:])
	} else if user.end > 0 || w.bytes || !ok {
		return exposure{}, false
	}
	local, domain := string(text[start:i]), string(text[i+1:end])
	switch {
	case fileEndings[strings.ToLower(domain[strings.LastIndexByte(domain, '.')+1:])], isVersion(domain), local == "git":
		return exposure{}, false
	case w.known().may(local + "@" + domain):
		return exposure{}, false
	}
	return exposure{start, end, ofNobody, `write an address of contacts in site.yaml, or list this one there: "contacts: {others: [...]}"`}, true
}

// isVersion reports whether what follows an @ is the version of a package: "react@18.2.0-beta.rc".
func isVersion(domain string) bool {
	first, rest, _ := strings.Cut(domain, ".")
	second, _, _ := strings.Cut(rest, ".")
	return strings.Trim(first, "0123456789") == "" && second != "" && strings.Trim(second, "0123456789") == ""
}

// userAt finds the user of an address, "scheme://user:password@", by its @, and tells whether there is a password that is one.
func userAt(text []byte, i int) (user exposure, password bool) {
	from := max(0, i-200)
	scheme := bytes.LastIndex(text[from:i], []byte("://"))
	if scheme < 0 {
		return exposure{}, false
	}
	start := from + scheme
	if bytes.IndexFunc(text[start+3:i], func(r rune) bool { return r <= ' ' || strings.ContainsRune("/?#<>{}[]()\"'`$*", r) }) >= 0 {
		return exposure{}, false
	}
	user = exposure{lastWord(text[:start]), i, "holds a password", "change it and take it out; write an example as user:...@host"}
	_, secret, _ := bytes.Cut(text[start+3:i], []byte(":"))
	switch strings.ToLower(string(secret)) {
	case "password", "passwd", "pass", "secret", "pwd":
		return user, false
	}
	return user, len(secret) >= 3 && strings.Trim(string(secret), "xX.*") != ""
}

// example reports whether a host that text begins with is kept for examples, and nobody's here.
func (k *known) example(text []byte) bool {
	host := strings.TrimRight(string(text[:span(text, 0, domainBytes)]), ".")
	return k.may("x@" + host)
}
