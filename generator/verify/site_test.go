package verify

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"candor/generator/output"
)

const base = "https://trust.example.com/center"

// A host serves files below base, as a plain one does, unless change answers in its place.
type host struct {
	files  map[string]string
	change func(file string, u *url.URL, r *Response) error
	mu     sync.Mutex
	asked  []string
}

func (h *host) fetch(_ context.Context, address string) (Response, error) {
	h.mu.Lock()
	h.asked = append(h.asked, address)
	h.mu.Unlock()
	u, err := url.Parse(address)
	if err != nil {
		return Response{}, err
	}
	name, ok := strings.CutPrefix(u.Path, "/center/")
	if strings.HasSuffix(u.Path, "/") {
		name += "index.html"
	}
	text, there := h.files[name]
	r := Response{Status: 200, Body: []byte(text)}
	if !there || !ok {
		r = Response{Status: 404, Body: []byte(h.files["404.html"])}
	}
	if h.change != nil {
		err = h.change(name, u, &r)
	}
	return r, err
}

func TestSite(t *testing.T) {
	for name, test := range map[string]struct {
		change func(file string, u *url.URL, r *Response) error
		faults []string
		notes  string
	}{
		"as it was written": {},
		"packed on the way": {change: func(_ string, _ *url.URL, r *Response) error {
			r.Encoding, r.Body = "gzip", []byte(packed(t, string(r.Body)))
			return nil
		}},
		"packed as nobody asked": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "policies/index.html" {
				r.Encoding = "br"
			}
			return nil
		}, faults: []string{`unreadable policies/index.html: unpack it: its encoding "br"`}},
		"e-mail addresses hidden": {change: func(_ string, _ *url.URL, r *Response) error {
			r.Body = []byte(strings.Replace(string(r.Body), "security@example.com</p>", `<a href="/cdn-cgi/l/email-protection">[email&#160;protected]</a></p>`, 1))
			return nil
		}, faults: []string{"altered 404.html: Cloudflare hides", "altered index.html: Cloudflare hides", "altered policies/index.html: Cloudflare hides", "altered policies/säfety/index.html: Cloudflare hides"}},
		"minified": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "index.html" {
				r.Body = []byte(strings.ReplaceAll(page, "\n", "") + strings.Repeat(" ", 1000))
			}
			return nil
		}, faults: []string{"altered index.html: its lines were joined"}},
		"an old copy in a cache": {change: func(file string, u *url.URL, r *Response) error {
			if file == "index.html" && u.RawQuery == "" {
				r.Body, r.Age = []byte("yesterday"), "93600"
			}
			return nil
		}, faults: []string{"stale index.html: a cache on the way gives an older copy, 26 hours old"}},
		"a login": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "index.html" {
				*r = Response{Status: 302, Location: "https://fernlight.cloudflareaccess.com/login"}
			}
			return nil
		}, faults: []string{"redirected index.html: the host leads to https://fernlight.cloudflareaccess.com/login"}},
		"round and round": {change: func(file string, u *url.URL, r *Response) error {
			if file == "index.html" {
				*r = Response{Status: 301, Location: u.Path}
			}
			return nil
		}, faults: []string{"redirected index.html: "}},
		"a former address that the host redirects": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "policies/säfety/index.html" {
				*r = Response{Status: 301, Location: "/center/policies/"}
			}
			return nil
		}},
		"a page of today that the host redirects": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "policies/index.html" {
				*r = Response{Status: 301, Location: "/center/policies/s%C3%A4fety/"}
			}
			return nil
		}, faults: []string{`altered policies/index.html: the host gives "policies/säfety/index.html" in its place`}},
		"a former address that the host redirects, and a sitemap of its own": {change: func(file string, _ *url.URL, r *Response) error {
			switch file {
			case "sitemap.xml":
				r.Body = []byte("<urlset></urlset>")
			case "policies/säfety/index.html":
				*r = Response{Status: 301, Location: "/center/policies/"}
			}
			return nil
		}, faults: []string{`altered policies/säfety/index.html: the host gives "policies/index.html" in its place`, "altered sitemap.xml: "}},
		"names with dots left out": {change: func(file string, _ *url.URL, r *Response) error {
			if file == ".well-known/security.txt" {
				*r = Response{Status: 404}
			}
			return nil
		}, faults: []string{"missing .well-known/security.txt: many tools leave out names that begin with a dot"}},
		"an app of one page": {change: func(file string, _ *url.URL, r *Response) error {
			if r.Status == 404 || file == ".well-known/security.txt" || file == "404.html" {
				*r = Response{Status: 200, Body: []byte(page)}
			}
			return nil
		}, faults: []string{"altered .well-known/security.txt: the host gives the front page", "altered 404.html: the host gives the front page for addresses at which there is nothing"}},
		"the page for missing addresses with 200": {change: func(_ string, _ *url.URL, r *Response) error {
			if r.Status == 404 {
				r.Status = 200
			}
			return nil
		}, notes: "the page for missing addresses comes with status 200"},
		"the host's own page for missing addresses": {change: func(_ string, _ *url.URL, r *Response) error {
			if r.Status == 404 {
				r.Body = []byte("nginx")
			}
			return nil
		}, notes: "for missing addresses the host shows a page of its own, with status 404"},
		"a password": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "index.html" {
				*r = Response{Status: 401}
			}
			return nil
		}, faults: []string{"refused index.html: the host asks for a password"}},
		"broken off": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "index.html" {
				return errors.New("connection reset")
			}
			return nil
		}, faults: []string{"unreadable index.html: connection reset"}},
		"too large": {change: func(file string, _ *url.URL, r *Response) error {
			if file == "index.html" {
				r.Body = make([]byte, largest+1)
			}
			return nil
		}, faults: []string{"unreadable index.html: it is larger than 1 MB"}},
	} {
		t.Run(name, func(t *testing.T) {
			files, manifest := written(t)
			h := &host{files: maps.Clone(files), change: test.change}
			h.files[output.ManifestName] = string(manifest)
			delete(h.files, "_headers") // which no host serves
			r, err := Site(context.Background(), Remote{Base: base, Fetch: h.fetch}, Options{Workers: 4})
			if err != nil {
				t.Fatal(err)
			}
			same(t, r, test.faults)
			if notes := strings.Join(r.Notes, "\n"); !strings.HasPrefix(notes, test.notes) || test.notes == "" && notes != "" {
				t.Errorf("notes are %q, want %q", notes, test.notes)
			}
			if r.ForHost != 1 {
				t.Errorf("%d files are for the host, and there is one", r.ForHost)
			}
			if want := r.Files - r.ForHost - len(r.Faults); r.Same != want {
				t.Errorf("%d files are the same, want %d", r.Same, want)
			}
			for _, address := range h.asked {
				if !strings.HasPrefix(address, base+"/") {
					t.Errorf("%s was asked, which is not of the site", address)
				}
			}
		})
	}
}

// What answers badly once is asked again.
func TestAskedAgain(t *testing.T) {
	files, manifest := written(t)
	var mu sync.Mutex
	failed := map[string]bool{}
	h := &host{files: files, change: func(_ string, u *url.URL, r *Response) error {
		mu.Lock()
		defer mu.Unlock()
		if failed[u.Path] {
			return nil
		}
		failed[u.Path] = true
		if len(failed)%2 == 0 {
			return errors.New("connection reset")
		}
		r.Status = 503
		return nil
	}}
	files[output.ManifestName] = string(manifest)
	r, err := Site(context.Background(), Remote{Base: base, Fetch: h.fetch}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, r, nil)
}

// A host that gives no answer, or no list, is no site; with a trusted list, the second is one that lacks it.
func TestSiteWithoutAnswer(t *testing.T) {
	_, manifest := written(t)
	deaf := Remote{Base: base, Fetch: func(context.Context, string) (Response, error) { return Response{}, errors.New("connection refused") }}
	for _, o := range []Options{{}, {Manifest: manifest}} {
		if _, err := Site(context.Background(), deaf, o); err == nil || err.Error() != "connection refused" {
			t.Errorf("a deaf host: %v", err)
		}
	}
	empty := Remote{Base: base, Fetch: (&host{}).fetch}
	if _, err := Site(context.Background(), empty, Options{}); !errors.Is(err, ErrNoManifest) {
		t.Errorf("no list: %v", err)
	}
	r, err := Site(context.Background(), empty, Options{Manifest: manifest})
	if err != nil || r.Same != 0 || !slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Path == output.ManifestName && f.Kind == Missing }) {
		t.Errorf("an empty host held against a trusted list: %+v, %v", r, err)
	}
}

func TestAddress(t *testing.T) {
	r := Remote{Base: base}
	for name, want := range map[string]string{
		"index.html": base + "/", "policies/index.html": base + "/policies/", "404.html": base + "/404.html",
		"files/100% a+b 資料?#.pdf": base + "/files/100%25%20a+b%20%E8%B3%87%E6%96%99%3F%23.pdf", "xindex.html": base + "/xindex.html",
	} {
		if got := r.Address(name); got != want {
			t.Errorf("%q is at %s, want %s", name, got, want)
		}
		if u, err := url.Parse(r.Address(name)); err != nil || path.Clean(u.Path) != path.Clean("/center/"+strings.TrimSuffix(name, "index.html")) && name != "xindex.html" {
			t.Errorf("%q read back: %v, %v", name, u, err)
		}
	}
}

// Read gives one file, and the page for missing addresses whatever its status.
func TestRead(t *testing.T) {
	files, manifest := written(t)
	files[output.ManifestName] = string(manifest)
	r := Remote{Base: base, Fetch: (&host{files: files}).fetch}
	if data, err := r.Read(context.Background(), "index.html"); err != nil || string(data) != page {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := r.Read(context.Background(), "none.html"); err == nil || !strings.Contains(err.Error(), "answers 404") {
		t.Errorf("a file that is not there: %v", err)
	}
	if data, err := r.Manifest(context.Background()); err != nil || string(data) != string(manifest) {
		t.Errorf("%q, %v", data, err)
	}
}

// The text says a cause once, however many pages have it, and JSON all of them.
func TestReportOfManyPages(t *testing.T) {
	r := &Report{Files: 100, Faults: []Fault{{Path: "a.txt", Kind: Missing}}}
	for i := range 60 {
		r.Faults = append(r.Faults, Fault{Path: fmt.Sprintf("p%02d.html", i), Kind: Altered, Cause: "the host did it", Line: 3, Found: "<script>", Hint: "turn it off"})
	}
	var text, data strings.Builder
	if err := r.WriteText(&text, "public"); err != nil {
		t.Fatal(err)
	}
	want := `public: not what candor wrote: 60 altered, 1 missing; 0 of 100 files are what candor wrote
  missing    a.txt
  altered    60 files: p00.html, p01.html, p02.html and 57 more
      the host did it
      line 3 of p00.html: <script>
      = hint: turn it off
note: the manifest is the site's own, and who can change pages can change it too; --against PLACE takes it from a copy that you trust
`
	if text.String() != want {
		t.Errorf("the text is\n%s\nwant\n%s", &text, want)
	}
	if err := r.WriteJSON(&data, "public"); err != nil || strings.Count(data.String(), `"kind": "altered"`) != 60 || !strings.Contains(data.String(), `"ok": false`) {
		t.Errorf("JSON has %d of 60 faults, %v", strings.Count(data.String(), `"kind": "altered"`), err)
	}
}
