package hosting

import (
	"bytes"
	"fmt"
)

// Limits of Cloudflare Pages, which ignores what is beyond them: developers.cloudflare.com/pages/configuration/headers/ and .../redirects/, read on 2026-11-26.
// Netlify names none.
const (
	cloudflareRules     = 100   // in _headers
	cloudflareLine      = 2_000 // characters of a line of _headers
	cloudflareRedirects = 2_000 // in _redirects, without wildcards
	cloudflareRedirect  = 1_000 // characters of a line of _redirects
)

// headersFile gives _headers, for Netlify (docs.netlify.com/manage/routing/headers) and Cloudflare Pages, read on 2026-11-26. All rules that match an address hold.
// Where two of them set one header, Cloudflare joins the values with a comma and Netlify takes one of them, so no header is set twice for any address: Cache-Control is
// set only where it is another than the one that both send by themselves, "public, max-age=0, must-revalidate". Netlify takes a * at the end alone, so files are named
// one by one; and its parser takes /q/* for all that begins with /q (@netlify/headers-parser, read on the same day), as no page of a site but the sealed ones does.
func (p plan) headersFile() []byte {
	var b bytes.Buffer
	b.WriteString("# Netlify and Cloudflare Pages read this file where it lies beside index.html.\n")
	rules, skipped := 0, 0
	rule := func(path string, headers ...Header) {
		if rules == cloudflareRules || len(path) > cloudflareLine {
			skipped++
			return
		}
		rules++
		fmt.Fprintf(&b, "\n%s\n", path)
		for _, h := range headers {
			fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
		}
	}
	rule("/*", always(p.https)...)
	for _, base := range p.bases() {
		rule(ruled(base, sealed)+"*", letter.own()...)
		for _, name := range p.of(machine) {
			rule(ruled(base, name), Header{"Content-Type", ContentType(name)}, anyOrigin)
		}
		for _, name := range p.of(kept) {
			rule(ruled(base, name), kept.own()...)
		}
	}
	if skipped > 0 {
		fmt.Fprintf(&b, "\n# %d more files would have rules of their own; Cloudflare Pages takes %d.\n", skipped, cloudflareRules)
	}
	return b.Bytes()
}

// ruled gives an address as a rule names it: escaped as the links of the site are (net/url), since hosts compare letter by letter. But for a colon, which begins the name
// of a part in a rule; a file with one in its name goes without the headers of its own.
func ruled(base, name string) string { return escaped(base+"/"+name, "$&+,;=@") }

// redirectsFile gives _redirects: at most so many lines, 0 for no limit.
//
// There is a page at each moved address. Cloudflare Pages redirects all the same (developers.cloudflare.com/pages/configuration/redirects/: "always followed, regardless
// of whether or not an asset matches"). Netlify serves the page, which leads on, unless the status has a ! (docs.netlify.com/routing/redirects/redirect-options,
// docs.netlify.com/platform/request-chain). Cloudflare takes "301!" for no status and ignores the line, so the file in the root has none, and the one for Netlify
// lies beside the others. Both keep what stands behind the ? (read on 2026-11-26).
func (p plan) redirectsFile(limit int, status string) []byte {
	var lines []string
	told := 0
	for _, m := range p.moves {
		var own []string
		for _, base := range p.bases() {
			own = append(own, fmt.Sprintf("%s %s %s\n", escaped(base+m.From, ""), p.target(m), status))
		}
		if limit > 0 && len(lines)+len(own) > limit || len(own[len(own)-1]) > cloudflareRedirect {
			continue
		}
		lines, told = append(lines, own...), told+1
	}
	var b bytes.Buffer
	if limit > 0 {
		b.WriteString("# Cloudflare Pages and Netlify read this file where it lies beside index.html.\n")
	} else {
		b.WriteString("# For Netlify, in the place of _redirects: it does not look for a page at a moved address first.\n")
	}
	b.WriteString(left("#", len(p.moves), told))
	for _, line := range lines {
		b.WriteString(line)
	}
	return b.Bytes()
}
