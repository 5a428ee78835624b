package hosting

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// nginx gives an include for a server block (nginx.org/en/docs/http/ngx_http_core_module.html#location, .../ngx_http_headers_module.html#add_header, read on 2026-11-26).
//
// All of it stands in one location, so that it says nothing of what else the server serves; ^~ keeps expressions of others, such as one for .php, from taking its files. A
// location with headers of its own has none of those around it, so those within have none: they set variables, and a header whose value is empty is not sent. The root
// is the server's own, and the base path lies below it.
func (p plan) nginx() []byte {
	var b bytes.Buffer
	at := p.base + "/"
	fmt.Fprintf(&b, `# How nginx serves this site: in the server block for %s, with the site's folder at DIR%s
#   root DIR;
#   include DIR%s.hosting/nginx.conf;
# and no other "location %s". Reload nginx when it has changed. It is for a server that readers reach over %s, by itself or behind a proxy.
`, p.origin, at, at, at, map[bool]string{true: "https", false: "http"}[p.https])
	fmt.Fprintf(&b, "set $candor_cache %s;\nset $candor_origin \"\";\nset $candor_robots \"\";\n", quoted(cacheAsking))
	if p.base != "" {
		fmt.Fprintf(&b, "location = %s {\n\tabsolute_redirect off;\n\treturn 301 %s$is_args$args;\n}\n", quoted(p.base), escaped(at, ""))
	}
	fmt.Fprintf(&b, "location ^~ %s {\n", quoted(at))
	b.WriteString("\tabsolute_redirect off; # nginx may not know by which name and scheme it is reached\n\tindex index.html;\n\tautoindex off;\n")
	if missing := quoted(p.base + "/404.html"); !strings.Contains(missing, "$") { // which begins a variable here, and there is no way to quote it
		fmt.Fprintf(&b, "\terror_page 404 %s;\n\terror_page 403 =404 %s; # a folder without a page\n", missing, missing)
	}
	nginxTypes(&b)
	for _, h := range append(always(p.https), Header{"Cache-Control", "$candor_cache"}, Header{anyOrigin.Name, "$candor_origin"}, Header{unindexed.Name, "$candor_robots"}) {
		fmt.Fprintf(&b, "\tadd_header %s %s always;\n", h.Name, quoted(h.Value))
	}

	start := "^" + regexp.QuoteMeta(at)
	fmt.Fprintf(&b, "\n\tlocation ~ %s { return 404; } # what begins with a dot, and what is for hosts\n",
		quoted(start+`(?:.*/)?\.(?!well-known/[^./][^/]*$)|`+start+`(?:_headers|_redirects|vercel\.json)$`))
	fmt.Fprintf(&b, "\tlocation ~ %s { set $candor_cache %s; }\n", quoted(start+hashedName+"$"), quoted(cacheForever))
	fmt.Fprintf(&b, "\tlocation ~ %s { set $candor_cache %s; set $candor_robots %s; }\n", quoted(start+sealed), quoted(cacheNever), quoted(unindexed.Value))
	for _, name := range []string{"feed.json", manifest} {
		fmt.Fprintf(&b, "\tlocation = %s { types { } default_type %s; set $candor_origin *; }\n", quoted(at+name), bare(ContentType(name)))
	}
	fmt.Fprintf(&b, "\tlocation ~ %s { set $candor_origin *; }\n\n", quoted(start+`(?!assets/).*\.(?:`+machineEndings()+`)$`))
	for _, m := range p.moves {
		fmt.Fprintf(&b, "\tlocation = %s { return 301 %s$is_args$args; }\n", quoted(p.base+m.From), p.target(m))
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// nginxTypes writes the types of files and what is compressed.
func nginxTypes(b *bytes.Buffer) {
	var texts, compressed []string
	b.WriteString("\n\ttypes {\n")
	for _, e := range endings() {
		t := bare(e[1])
		fmt.Fprintf(b, "\t\t%s %s;\n", t, e[0][1:])
		if t != e[1] && t != "text/html" { // which nginx takes for granted, and warns of when it is named
			texts = append(texts, t)
		}
		if t != "text/html" && (t != e[1] || strings.HasPrefix(t, "application/") && t != "application/pdf" || t == "image/svg+xml") {
			compressed = append(compressed, t)
		}
	}
	fmt.Fprintf(b, "\t}\n\tdefault_type %s;\n\tcharset utf-8;\n\tcharset_types %s;\n", unknown, strings.Join(texts, " "))
	fmt.Fprintf(b, "\tgzip on;\n\tgzip_vary on;\n\tgzip_proxied any;\n\tgzip_min_length 512;\n\tgzip_types application/feed+json %s;\n\n", strings.Join(compressed, " "))
}

// quoted gives a text as one parameter of nginx. In quotes, a backslash takes the meaning from a quote or another backslash, and nothing else ends the text (ngx_conf_read_token
// in src/core/ngx_conf_file.c). A $ has none in names of locations and in expressions; no header has one.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// bare gives a media type without its parameters.
func bare(mediaType string) string {
	t, _, _ := strings.Cut(mediaType, ";")
	return t
}
