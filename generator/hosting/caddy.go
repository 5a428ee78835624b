package hosting

import (
	"bytes"
	"fmt"
	"regexp"

	"candor/generator/pattern"
)

// caddyPlain matches paths that mean themselves in a Caddyfile, quoted or not: no placeholder begins in them and no glob.
var caddyPlain = pattern.Of(`^[A-Za-z0-9._~/-]*$`)

// caddy gives what a site block of Caddy 2.6 or later imports (caddyserver.com/docs/caddyfile, .../directives/route, .../map, .../file_server, read on 2026-11-26).
//
// All of it stands in one route, whose parts run in the order in which they are written, and says nothing of other paths. Placeholders that begin with candor_ are its own. A path
// with a sign that may mean something to Caddy is left out: a moved address has its page.
func (p plan) caddy() []byte {
	var b bytes.Buffer
	at := p.base + "/"
	if !caddyPlain.MatchString(p.base) {
		fmt.Fprintf(&b, "# Nothing is here: the base path of this site, %s, has signs that mean something to Caddy.\n", escaped(at, ""))
		return b.Bytes()
	}
	fmt.Fprintf(&b, `# How Caddy serves this site: with the site's folder at DIR%s
#   %s {
#       root * DIR
#       import DIR%s.hosting/Caddyfile
#   }
# Reload Caddy when it has changed.
`, at, p.origin, at)
	moves := p.caddyMoves()
	b.WriteString(left("#", len(p.moves), len(moves)))
	matcher := ""
	if p.base != "" {
		matcher = "@candor "
		fmt.Fprintf(&b, "@candor path %s %s*\n", p.base, at)
	}
	fmt.Fprintf(&b, "route %s{\n", matcher)
	p.caddyHeaders(&b, at)
	if p.base != "" {
		moves = append([][2]string{{p.base, at}}, moves...)
	}
	caddyRedirects(&b, moves, at)
	caddyFiles(&b, at)
	b.WriteString("}\n")
	return b.Bytes()
}

// caddyMoves gives the moved addresses that Caddy can be told of, with what they lead to.
func (p plan) caddyMoves() [][2]string {
	var list [][2]string
	for _, m := range p.moves {
		if caddyPlain.MatchString(m.From) {
			list = append(list, [2]string{p.base + m.From, p.target(m)})
		}
	}
	return list
}

// caddyHeaders writes the headers: what comes later takes the place of what came before.
func (p plan) caddyHeaders(b *bytes.Buffer, at string) {
	set := func(indent string, matcher string, headers []Header) {
		for _, h := range headers {
			fmt.Fprintf(b, "%sheader %s%s %q\n", indent, matcher, h.Name, h.Value)
		}
	}
	start := "^" + regexp.QuoteMeta(at)
	b.WriteString("\tencode zstd gzip\n")
	set("\t", "", append(always(p.https), page.own()...))
	for _, m := range []struct {
		name, expression string
		class            class
	}{
		{"machine", start + `(?:[^/]+/)*[^/]+\.(?:` + machineEndings() + `)$|` + start + manifest + "$", machine},
		{"asset", start + `assets/`, page},
		{"kept", start + hashedName + "$", kept},
		{"sealed", start + sealed, letter},
	} {
		fmt.Fprintf(b, "\t@candor_%s path_regexp `%s`\n", m.name, m.expression)
		if m.name == "asset" {
			fmt.Fprintf(b, "\theader @candor_asset -%s\n", anyOrigin.Name)
		}
		set("\t", "@candor_"+m.name+" ", m.class.own())
	}
	fmt.Fprintf(b, "\theader Content-Type %q\n", unknown)
	fmt.Fprintf(b, "\t@candor_pages path */ *.html\n\theader @candor_pages Content-Type %q\n", types[".html"])
	for _, e := range endings() {
		if e[0] != ".html" {
			fmt.Fprintf(b, "\t@candor_%s path *%s\n\theader @candor_%s Content-Type %q\n", e[0][1:], e[0], e[0][1:], e[1])
		}
	}
	for _, name := range []string{"feed.json", manifest} {
		fmt.Fprintf(b, "\theader %s Content-Type %q\n", at+name, ContentType(name))
	}
}

// caddyRedirects writes the moved addresses, and pages without the slash at their end, with what stands behind the ?, which Caddy's own redirect to folders drops.
func caddyRedirects(b *bytes.Buffer, moves [][2]string, at string) {
	b.WriteString("\tmap {query} {candor_query} {\n\t\t\"\" \"\"\n\t\tdefault \"?{query}\"\n\t}\n\tmap {path} {candor_moved} {\n")
	for _, m := range moves {
		fmt.Fprintf(b, "\t\t%s %s\n", m[0], m[1])
	}
	b.WriteString("\t\tdefault \"\"\n\t}\n\t@candor_moved expression {candor_moved} != \"\"\n\tredir @candor_moved {candor_moved}{candor_query} 301\n")
	fmt.Fprintf(b, "\t@candor_bare {\n\t\tpath_regexp `^%s(?:[A-Za-z0-9_~-]+/)*[A-Za-z0-9_~-]+$`\n\t\tfile {path}/index.html\n\t}\n\tredir @candor_bare {path}/{candor_query} 308\n", regexp.QuoteMeta(at))
}

// caddyFiles writes how files are found, and what is shown where there is none. What begins with a dot, and what is for hosts, is looked for where nothing is.
func caddyFiles(b *bytes.Buffer, at string) {
	start := "^" + regexp.QuoteMeta(at)
	fmt.Fprintf(b, "\t@candor_hidden {\n\t\tpath_regexp `%s(?:(?:.*/)?\\.|(?:_headers|_redirects|vercel\\.json)$)`\n\t\tnot path_regexp `%s\\.well-known/[^./][^/]*$`\n\t}\n", start, start)
	fmt.Fprintf(b, "\trewrite @candor_hidden %s404/\n", at)
	b.WriteString("\tfile_server {\n\t\tpass_thru\n\t}\n")
	fmt.Fprintf(b, "\theader Content-Type %q\n\theader -%s\n\trewrite * %s404.html\n\tfile_server {\n\t\tstatus 404\n\t}\n", types[".html"], anyOrigin.Name, at)
}
