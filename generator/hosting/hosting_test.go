package hosting_test

import (
	"slices"
	"strings"
	"testing"

	"candor/generator/hosting"
)

// TestWhatEachFileIs gives, for files of every sort, the type, how long they may be kept, who may read them from elsewhere, and whether they are for the host.
func TestWhatEachFileIs(t *testing.T) {
	const forever, asking, never = "public, max-age=31536000, immutable", "public, max-age=0, must-revalidate", "no-store"
	for _, f := range []struct {
		path, mediaType, cache string
		machine, forHost       bool
	}{
		{"index.html", "text/html; charset=utf-8", asking, false, false},
		{"index.md", "text/markdown; charset=utf-8", asking, false, false},
		{"assets/site.0a1b2c3d.css", "text/css; charset=utf-8", forever, false, false},
		{"assets/answers.0a1b2c3d.json", "application/json", forever, false, false},
		{"assets/fonts/x.0a1b2c3d.woff2", "font/woff2", asking, false, false}, // whoever put it there promises nothing
		{"assets/site.css", "text/css; charset=utf-8", asking, false, false},
		{"assets/site.0A1B2C3D.css", "text/css; charset=utf-8", asking, false, false},
		{"documents/site.0a1b2c3d.css", "text/css; charset=utf-8", asking, false, false},
		{"feed.json", "application/feed+json", asking, true, false},
		{"other/feed.json", "application/json", asking, true, false},
		{"feed.atom", "application/atom+xml", asking, true, false},
		{"trust.json", "application/json", asking, true, false},
		{"SHA256SUMS", "text/plain; charset=utf-8", asking, true, false},
		{".well-known/security.txt", "text/plain; charset=utf-8", asking, true, false},
		{"documents/Report.PDF", "application/pdf", asking, false, false},
		{"documents/setup.exe", "application/octet-stream", asking, false, false},
		{"q/abc/index.html", "text/html; charset=utf-8", never, false, false},
		{"quarterly/index.html", "text/html; charset=utf-8", asking, false, false},
		{"_headers", "application/octet-stream", asking, false, true},
		{"_redirects", "application/octet-stream", asking, false, true},
		{"vercel.json", "application/json", asking, false, true},
		{".hosting/nginx.conf", "application/octet-stream", asking, false, true},
		{"documents/_headers", "application/octet-stream", asking, false, false},
	} {
		if got := hosting.ContentType(f.path); got != f.mediaType {
			t.Errorf("%s is of type %q", f.path, got)
		}
		if got := hosting.CacheControl(f.path); got != f.cache {
			t.Errorf("%s may be kept: %q", f.path, got)
		}
		if got := hosting.ForHost(f.path); got != f.forHost {
			t.Errorf("%s is for the host: %v", f.path, got)
		}
		headers := hosting.Headers(f.path, true)
		if got := slices.Contains(headers, hosting.Header{Name: "Access-Control-Allow-Origin", Value: "*"}); got != f.machine {
			t.Errorf("%s may be read from any site: %v", f.path, got)
		}
		if !slices.Contains(headers, hosting.Header{Name: "Cache-Control", Value: f.cache}) || !slices.Contains(headers, hosting.Header{Name: "Content-Type", Value: f.mediaType}) {
			t.Errorf("%s is served with %v", f.path, headers)
		}
	}
}

// TestFilesAreForHosts gives the same files for the same site, in whatever order it is told of, and none that a reader would fetch.
func TestFilesAreForHosts(t *testing.T) {
	s := siteAt("https://x.example/trust/")
	other := hosting.Site{BaseURL: s.BaseURL, Moves: slices.Clone(s.Moves), Files: slices.Clone(s.Files)}
	slices.Reverse(other.Moves)
	slices.Reverse(other.Files)
	again := hosting.Files(other)
	for i, f := range hosting.Files(s) {
		if string(f.Data) != string(again[i].Data) || f.Path != again[i].Path {
			t.Errorf("%s depends on the order", f.Path)
		}
		if !hosting.ForHost(f.Path) {
			t.Errorf("%s is not for a host", f.Path)
		}
		if !strings.HasSuffix(string(f.Data), "\n") || strings.Contains(string(f.Data), "//policies") {
			t.Errorf("%s has a line without an end, or an address with two slashes", f.Path)
		}
	}
	if slices.Reverse(s.Moves); !slices.Equal(s.Moves, other.Moves) {
		t.Error("what is told is changed")
	}
}
