package hosting

import (
	"regexp"
	"strings"
)

// vercelRedirects is how many redirects Vercel takes (packages/routing-utils/src/schemas.ts of github.com/vercel/vercel, read on 2026-11-26). Headers are a list of
// their own.
const vercelRedirects = 2_048

type vercelFile struct {
	Schema    string           `json:"$schema"`
	CleanURLs bool             `json:"cleanUrls"`
	Redirects []vercelRedirect `json:"redirects"`
	Headers   []vercelRule     `json:"headers"`
}

type vercelRedirect struct {
	Source      string `json:"source"`
	Destination string `json:"destination"`
	StatusCode  int    `json:"statusCode"`
}

type vercelRule struct {
	Source  string         `json:"source"`
	Headers []vercelHeader `json:"headers"`
}

type vercelHeader struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// vercel gives vercel.json (vercel.com/docs/project-configuration/vercel-json, and routing-utils as above, which says how sources become expressions; read on
// 2026-11-26). Sources are patterns of path-to-regexp, matched against the whole path. All rules for headers that match hold, and of two that set the same header the
// later one; redirects keep what stands behind the ?.
//
// No trailingSlash: true, which would lead from /SHA256SUMS to /SHA256SUMS/, where nothing is. A redirect does the same for pages, whose names have no dot. It is the last
// one, so that moved addresses are led on in one step.
func (p plan) vercel() []byte {
	file := vercelFile{Schema: "https://openapi.vercel.sh/vercel.json", Redirects: []vercelRedirect{}, Headers: []vercelRule{}}
	for _, m := range p.moves {
		for _, base := range p.bases() {
			if len(file.Redirects) < vercelRedirects-1 {
				file.Redirects = append(file.Redirects, vercelRedirect{escaped(base+m.From, ""), p.target(m), 301})
			}
		}
	}
	file.Redirects = append(file.Redirects, vercelRedirect{`/:path((?!(?:.*/)?` + manifest + `$)(?:[^/]+/)*[^/.]+)`, "/:path/", 308})
	rule := func(source string, headers ...Header) {
		r := vercelRule{Source: source}
		for _, h := range headers {
			r.Headers = append(r.Headers, vercelHeader{h.Name, h.Value})
		}
		file.Headers = append(file.Headers, r)
	}
	rule("/(.*)", append(always(p.https), page.own()...)...)
	for _, base := range p.bases() {
		at := escaped(base+"/", "") // nothing that means something in a source is left
		not := "assets/|" + sealed
		if base != p.base {
			not += "|" + regexp.QuoteMeta(escaped(p.base[1:]+"/", ""))
		}
		rule(at+`((?!`+not+`)(?:[^/]+/)*[^/]+\.(?:`+machineEndings()+`))`, anyOrigin)
		rule(at+"("+hashedName+")", kept.own()...)
		rule(at+sealed+"(.*)", letter.own()...)
		for _, name := range []string{manifest, "feed.json"} {
			rule(at+name, Header{"Content-Type", ContentType(name)}, anyOrigin)
		}
		rule(at+`((?:[^/]+/)*[^/]+\.md)`, Header{"Content-Type", types[".md"]})
		rule(at+`((?:[^/]+/)*[^/]+\.atom)`, Header{"Content-Type", types[".atom"]})
	}
	return indented(file)
}

// machineEndings gives the endings of files for programs as alternatives of an expression.
func machineEndings() string {
	return strings.ReplaceAll(strings.Join(forMachines, "|"), ".", "")
}
