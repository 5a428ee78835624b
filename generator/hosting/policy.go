package hosting

import (
	"path"
	"slices"
	"strings"
)

// A Header is one field of a response.
type Header struct {
	Name, Value string
}

// contentSecurity is the Content-Security-Policy of every file (W3C Content Security Policy Level 3, section 6). Pages load scripts, styles, pictures and fonts of
// the site's own, and the search fetches its index (connect-src); nothing is inline, so no unsafe-inline, no hash and no nonce is needed, and nothing is made of
// text, so no unsafe-eval. A picture in SVG keeps the styles within it where a page shows it, and a PDF is shown by viewers that have a policy of their own. Forms are answered by scripts and never sent; no page is framed; a base element could turn every link.
const contentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// permissions are the features of browsers that no page uses, taken from pages and from whoever gets into one (W3C Permissions Policy, "Permissions-Policy HTTP Header Field"). The clipboard is not
// among them, since addresses are copied with a button; the full screen is the site's own alone, for big diagrams. Names are those that browsers know, since they complain of others.
const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()"

// strictTransport has browsers come back over https alone, for a year (RFC 6797, section 6.1). It speaks of this host and no other: with includeSubDomains, a site below
// the company's own domain would decide for every host below that, which may not have https; preload asks browsers' makers for the same, and is slow to take back.
// Both are the domain owner's to add.
const strictTransport = "max-age=31536000"

// always are the headers of every response.
//
// No X-Frame-Options: frame-ancestors says the same, and browsers that know it do not look at the other (Content Security Policy Level 3, section 6.4.2.2). No
// Cross-Origin-Embedder-Policy: nothing here needs to be isolated.
func always(https bool) []Header {
	h := []Header{{"Content-Security-Policy", contentSecurity}}
	if https { // never over http (RFC 6797, section 7.2)
		h = append(h, Header{"Strict-Transport-Security", strictTransport})
	}
	return append(h,
		Header{"X-Content-Type-Options", "nosniff"}, // Fetch Standard, "X-Content-Type-Options header": no text becomes a script or a page
		// W3C Referrer Policy, section 3.1: which page of a trust center somebody came from tells what they worry about, and of a sealed page, where it is. The
		// same for all pages, since hosts that let two rules meet at one address do not agree on which one wins.
		Header{"Referrer-Policy", "no-referrer"},
		Header{"Permissions-Policy", permissions},
		Header{"Cross-Origin-Opener-Policy", "same-origin"}, // HTML Standard, "Cross-origin opener policies": who opened a page cannot reach into it
		// Fetch Standard, "Cross-Origin-Resource-Policy header": the company's other hosts may show the logo or a badge, strangers may not. Whoever asks with CORS is answered by the next.
		Header{"Cross-Origin-Resource-Policy", "same-site"},
	)
}

// anyOrigin has programs in other sites' pages read a file (Fetch Standard, "CORS protocol"). What is for machines is for all of them; there are no cookies here, and
// nothing that a reader may see and another may not.
var anyOrigin = Header{"Access-Control-Allow-Origin", "*"}

// unindexed keeps a sealed page out of search engines (developers.google.com/search/docs/crawling-indexing/robots-meta-tag; there is no standard). robots.txt would have
// to name the page to all.
var unindexed = Header{"X-Robots-Tag", "noindex, nofollow, noarchive"}

// A class of files is served in one way.
type class int

const (
	page    class = iota // and pictures, and whatever else readers look at
	letter               // a sealed page
	kept                 // has its hash in its name
	machine              // is for programs
)

// forMachines are the endings of files for programs.
var forMachines = []string{".atom", ".csv", ".json", ".txt", ".xml"}

func classOf(name string) class {
	switch {
	case strings.HasPrefix(name, sealed):
		return letter
	case hashed.MatchString(name):
		return kept
	case !strings.HasPrefix(name, "assets/") && !ForHost(name) && (slices.Contains(forMachines, path.Ext(name)) || name == manifest):
		return machine
	}
	return page
}

// own gives the headers that a class has besides those of every response.
func (c class) own() []Header {
	switch c {
	case letter:
		return []Header{{"Cache-Control", cacheNever}, unindexed}
	case kept:
		return []Header{{"Cache-Control", cacheForever}}
	case machine:
		return []Header{{"Cache-Control", cacheAsking}, anyOrigin}
	}
	return []Header{{"Cache-Control", cacheAsking}}
}

// Headers gives the headers that the file at path is served with, for a site at an address that begins with https or not.
func Headers(name string, https bool) []Header {
	return slices.Concat([]Header{{"Content-Type", ContentType(name)}}, always(https), classOf(name).own())
}
