package hosting_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/hosting"
)

// odd is a name with what configurations give a meaning to: spaces, quotes, braces, dollars, signs of addresses, globs and expressions, and letters of another script.
const odd = `a b%25+"it's" ${x}; {query} # 中文 [1] (2) $1 *\w`

// fixture gives the files of a small site, by path.
func fixture() map[string]string {
	files := map[string]string{
		"index.html": "the front page " + strings.Repeat("and so on ", 200), "404.html": "nothing is here", "policies/index.html": "policies", "policies/new/index.html": "the new one",
		"policies/old/index.html": "has moved", "policies/older/index.html": "has moved", "index.md": "# Front", "assets/site.0a1b2c3d.css": "body{}", "assets/answers.0a1b2c3d.json": "{}",
		"assets/fonts/x.woff2": "x", "assets/plain.json": "{}", "feed.atom": "<feed/>", "feed.json": "{}", "trust.json": "{}", "subprocessors.csv": "a,b", "robots.txt": "User-agent: *", "sitemap.xml": "<urlset/>",
		"oscal/component-definition.json": "{}", "SHA256SUMS": "0 x", ".well-known/security.txt": "Contact: mailto:a@x.example", "q/abc/index.html": "sealed", "brand/logo.svg": "<svg/>",
		".candor/published.json": "{}", ".well-known/.x": "no", "documents/.hidden/x.txt": "no", "documents/" + odd + ".csv": "odd", "documents/" + odd + ".pdf": "%PDF-1.4", "documents/run.php": "<?php",
	}
	return files
}

// siteAt gives the fixture as a site at an address.
func siteAt(base string) hosting.Site {
	s := hosting.Site{BaseURL: base, Moves: []hosting.Move{{From: "/policies/old/", To: "/policies/new/"}, {From: "/policies/older/", To: "/policies/new/"}}}
	for name := range fixture() {
		if !strings.HasPrefix(name, ".candor") {
			s.Files = append(s.Files, name)
		}
	}
	return s
}

// write writes the fixture with what its hosts are told below dir, and gives the folder of the site.
func write(t *testing.T, dir, base string, s hosting.Site) string {
	t.Helper()
	put := func(name, data string) {
		file := filepath.Join(dir, base, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range fixture() {
		put(name, data)
	}
	for _, f := range hosting.Files(s) {
		put(f.Path, string(f.Data))
	}
	return filepath.Join(dir, base)
}

// file gives one of the files that hosts are told with.
func file(t *testing.T, s hosting.Site, path string) string {
	t.Helper()
	for _, f := range hosting.Files(s) {
		if f.Path == path {
			return string(f.Data)
		}
	}
	t.Fatalf("there is no %s", path)
	return ""
}

// An expectation is what every host has to answer.
type expectation struct {
	what     string
	ask      string // path and query behind the base path, escaped
	method   string // "" for GET
	status   int    // 0 for 200
	file     string // whose bytes and headers come back, where it is not ask
	location string // behind the base path
}

func expectations() []expectation {
	link := (&url.URL{Path: "/documents/" + odd}).EscapedPath()
	return []expectation{
		{what: "the front page", ask: "/", file: "index.html"},
		{what: "the front page with a query", ask: "/?a=b", file: "index.html"},
		{what: "only its headers", ask: "/", method: http.MethodHead, file: "index.html"},
		{what: "a folder", ask: "/policies/", file: "policies/index.html"},
		{what: "a hashed style", ask: "/assets/site.0a1b2c3d.css"},
		{what: "the index of the search", ask: "/assets/answers.0a1b2c3d.json"},
		{what: "an asset without a hash", ask: "/assets/fonts/x.woff2"},
		{what: "an asset of a kind that machines read elsewhere", ask: "/assets/plain.json"},
		{what: "a feed", ask: "/feed.atom"},
		{what: "a feed in JSON", ask: "/feed.json"},
		{what: "facts", ask: "/trust.json"},
		{what: "facts in a folder", ask: "/oscal/component-definition.json"},
		{what: "a table", ask: "/subprocessors.csv"},
		{what: "a text", ask: "/robots.txt"},
		{what: "a sitemap", ask: "/sitemap.xml"},
		{what: "Markdown", ask: "/index.md"},
		{what: "the manifest", ask: "/SHA256SUMS"},
		{what: "security.txt", ask: "/.well-known/security.txt"},
		{what: "a picture", ask: "/brand/logo.svg"},
		{what: "an odd name", ask: link + ".pdf", file: "documents/" + odd + ".pdf"},
		{what: "an odd name of a table", ask: link + ".csv", file: "documents/" + odd + ".csv"},
		{what: "a name that other software would run", ask: "/documents/run.php"},
		{what: "a sealed page", ask: "/q/abc/", file: "q/abc/index.html"},
		{what: "a moved address", ask: "/policies/old/", status: 301, location: "/policies/new/"},
		{what: "another moved address", ask: "/policies/older/", status: 301, location: "/policies/new/"},
		{what: "a moved address with a query", ask: "/policies/old/?a=b%20c&d&e=%2F", status: 301, location: "/policies/new/?a=b%20c&d&e=%2F"},
		{what: "nothing", ask: "/policies/none/", status: 404},
		{what: "no file", ask: "/none.css", status: 404},
		{what: "no facts", ask: "/none.json", status: 404},
		{what: "a folder without a page", ask: "/brand/", status: 404},
		{what: "no folder of sealed pages", ask: "/q/", status: 404},
		{what: "a sealed page that has ended", ask: "/q/abd/", status: 404},
		{what: "a page without its slash", ask: "/policies", status: slash, location: "/policies/"},
		{what: "a page without its slash, with a query", ask: "/policies?a=b", status: slash, location: "/policies/?a=b"},
		{what: "what publishing notes", ask: "/.candor/published.json", status: hidden},
		{what: "what publishing notes, escaped", ask: "/%2Ecandor/published.json", status: hidden},
		{what: "how the host is told", ask: "/.hosting/nginx.conf", status: hidden},
		{what: "how other hosts are told", ask: "/_headers", status: hidden},
		{what: "a hidden folder", ask: "/documents/.hidden/x.txt", status: hidden},
		{what: "a hidden file where some are shown", ask: "/.well-known/.x", status: hidden},
	}
}

// What hosts do each in their own way.
const (
	slash  = -1 // redirects to the address with a slash
	hidden = -2 // answers as if there were nothing
)

// checkHeaders holds the headers of an answer against those of a file.
func checkHeaders(t *testing.T, got http.Header, name string, https bool, passed ...string) {
	t.Helper()
	want := http.Header{}
	for _, h := range hosting.Headers(name, https) {
		want.Add(h.Name, h.Value)
	}
	for _, key := range []string{"Content-Type", "Cache-Control", "Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
		"Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin", "X-Robots-Tag", "X-Frame-Options"} {
		if strings.Contains(strings.Join(passed, " "), key) {
			continue
		}
		if g, w := strings.ToLower(strings.Join(got.Values(key), " | ")), strings.ToLower(strings.Join(want.Values(key), " | ")); g != w {
			t.Errorf("%s is %q, not %q", key, g, w)
		}
	}
}
