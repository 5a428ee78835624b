package verify

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/output"
)

func init() { largest = 1 << 20 } // a test of the limit is no test of the machine

// page is a page as candor writes them: its scripts are files of the site.
const page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<script src=\"/assets/site.0123abcd.js\" defer></script>\n</head>\n<body>\n<main>\n<h1>Trust</h1>\n<p>Write to security@example.com</p>\n</main>\n</body>\n</html>\n"

// written is a site as candor writes it, with names that are hard on the way.
func written(t *testing.T) (files map[string]string, manifest []byte) {
	t.Helper()
	files = map[string]string{
		"index.html": page, "404.html": strings.ReplaceAll(page, "Trust", "Nothing is here"), "policies/index.html": strings.ReplaceAll(page, "Trust", "Policies"),
		"policies/säfety/index.html": strings.ReplaceAll(page, "Trust", "Safety"), "files/100% a+b 資料.pdf": "%PDF-1.7\n", "subprocessors.csv": "name,data\r\nOpenAI,prompts\r\n",
		".well-known/security.txt": "Contact: mailto:security@example.com\n", "assets/site.0123abcd.js": "run()\n", "_headers": "/*\n  X-Content-Type-Options: nosniff\n",
		"sitemap.xml": "<urlset><url><loc>https://example.com/center/</loc></url><url><loc>https://example.com/center/policies/</loc></url></urlset>\n",
	}
	var m output.Memory
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := m.Put(name, []byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	return files, m.Set().Manifest()
}

func folderOf(files map[string]string, manifest []byte) fstest.MapFS {
	all := fstest.MapFS{output.ManifestName: {Data: manifest}}
	for name, text := range files {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFolder(t *testing.T) {
	for name, test := range map[string]struct {
		change func(files map[string]string)
		faults []string // kind, path, and a part of the cause
		strays []string
	}{
		"as it was written": {change: func(map[string]string) {}},
		"a word is another": {func(f map[string]string) { f["index.html"] = strings.Replace(page, "Trust", "Distrust", 1) }, []string{"altered index.html: "}, nil},
		"a file is gone":    {func(f map[string]string) { delete(f, "index.html") }, []string{"missing index.html: "}, nil},
		"a file is empty":   {func(f map[string]string) { f["index.html"] = "" }, []string{"altered index.html: it is empty"}, nil},
		"git wrote CRLF":    {func(f map[string]string) { f["index.html"] = strings.ReplaceAll(page, "\n", "\r\n") }, []string{"altered index.html: git turned its line ends into CRLF"}, nil},
		"git took CRLF": {func(f map[string]string) { f["subprocessors.csv"] = "name,data\nOpenAI,prompts\n" },
			[]string{"altered subprocessors.csv: git turned its line ends, which are CRLF, into LF"}, nil},
		"git LFS": {func(f map[string]string) {
			f["files/100% a+b 資料.pdf"] = "version https://git-lfs.github.com/spec/v1\noid x\n"
		}, []string{"altered files/100% a+b 資料.pdf: it is a pointer of Git LFS"}, nil},
		"a byte order mark":  {func(f map[string]string) { f["index.html"] = "\ufeff" + page }, []string{"altered index.html: an editor put a byte order mark"}, nil},
		"an editor's ending": {func(f map[string]string) { f["index.html"] = page + "\n" }, []string{"altered index.html: line feeds at its end"}, nil},
		"no names with dots": {func(f map[string]string) { delete(f, ".well-known/security.txt") }, []string{"missing .well-known/security.txt: many tools leave out names that begin with a dot"}, nil},
		"Jekyll":             {func(f map[string]string) { delete(f, "_headers") }, []string{"missing _headers: Jekyll leaves out"}, nil},
		"another case":       {func(f map[string]string) { f["Index.html"] = page; delete(f, "index.html") }, []string{`missing index.html: "Index.html" lies there, which differs in case alone`}, []string{"Index.html"}},
		"another Unicode form": {func(f map[string]string) {
			f["policies/sa\u0308fety/index.html"] = f["policies/säfety/index.html"]
			delete(f, "policies/säfety/index.html")
		}, []string{"missing policies/säfety/index.html: its name lies there in another Unicode form"}, []string{"policies/sa\u0308fety/index.html"}},
		"somebody else's page": {func(f map[string]string) { f["win/index.html"] = page }, nil, []string{"win/index.html"}},
		"what publishing writes": {func(f map[string]string) {
			f[".candor/published.json"] = "{}"
			f[".nojekyll"] = ""
			f["index.html.gz"] = packed(t, page)
		}, nil, nil},
		"a packed copy of something else":     {func(f map[string]string) { f["index.html.gz"] = packed(t, "<h1>pwned</h1>") }, []string{`altered index.html.gz: what is packed in it is not "index.html"`}, nil},
		"a packed copy that cannot be opened": {func(f map[string]string) { f["index.html.br"] = "x" }, nil, []string{"index.html.br"}},
		"a bomb": {func(f map[string]string) {
			f["index.html.gz"] = strings.Repeat(packed(t, strings.Repeat("\x00", 1<<20)), largest>>20+1)
		}, []string{"altered index.html.gz: what is packed in it"}, nil},
		"a script": {func(f map[string]string) {
			f["index.html"] = strings.Replace(page, "</body>", `<script src="https://static.cloudflareinsights.com/beacon.min.js"></script></body>`, 1)
		}, []string{"altered index.html: Cloudflare puts the script of Web Analytics into it"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			files, manifest := written(t)
			test.change(files)
			if files["SHA256SUMS.gz"] != "" {
				files["SHA256SUMS.gz"] = packed(t, string(manifest))
			}
			r, err := Folder(context.Background(), folderOf(files, manifest), Options{Workers: 2})
			if err != nil {
				t.Fatal(err)
			}
			same(t, r, test.faults)
			var strays []string
			for _, s := range r.Strays {
				strays = append(strays, s.Path)
			}
			if !slices.Equal(strays, test.strays) {
				t.Errorf("strays are %q, want %q", strays, test.strays)
			}
			if missing := len(r.Faults); missing == 0 && r.Same != r.Files {
				t.Errorf("%d of %d files are the same, and no fault says which are not", r.Same, r.Files)
			}
		})
	}
}

// same holds faults against "kind path: cause", of which the cause may be cut short.
func same(t *testing.T, r *Report, want []string) {
	t.Helper()
	var got []string
	for _, f := range r.Faults {
		got = append(got, string(f.Kind)+" "+f.Path+": "+f.Cause)
	}
	if len(got) != len(want) {
		t.Fatalf("faults are %q, want %q", got, want)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("fault %q, want %q", got[i], want[i])
		}
	}
}

// The list of a site that somebody rewrote is right by itself; only a trusted one tells.
func TestTrustedManifest(t *testing.T) {
	files, manifest := written(t)
	original := folderOf(files, manifest)
	var m output.Memory
	forged := maps.Clone(files)
	forged["policies/index.html"] = strings.Replace(files["policies/index.html"], "Policies", "Lies", 1)
	for name, text := range forged {
		if err := m.Put(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	site := folderOf(forged, m.Set().Manifest())
	r, err := Folder(context.Background(), site, Options{})
	if err != nil || len(r.Faults) > 0 || r.Trusted {
		t.Fatalf("by its own list the site is whole: %+v, %v", r, err)
	}
	r, err = Folder(context.Background(), site, Options{Manifest: manifest, Originals: original})
	if err != nil || !r.Trusted {
		t.Fatal(r, err)
	}
	same(t, r, []string{"altered SHA256SUMS: it is not the trusted one", "altered policies/index.html: "})
	if f := r.Faults[1]; f.Line != 8 || f.Found != "<h1>Lies</h1>" || f.Written != "<h1>Policies</h1>" {
		t.Errorf("the line that differs is not shown: %+v", f)
	}
}

func TestFolderIsNotLeft(t *testing.T) {
	files, manifest := written(t)
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "policies")
	for _, err := range []error{
		os.WriteFile(filepath.Join(dir, output.ManifestName), manifest, 0o644),
		os.Rename(filepath.Join(dir, "policies"), elsewhere), os.Symlink(elsewhere, filepath.Join(dir, "policies")),
		os.Remove(filepath.Join(dir, "index.html")), os.Mkdir(filepath.Join(dir, "index.html"), 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := Folder(context.Background(), os.DirFS(dir), Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, r, []string{"obstructed index.html: a folder lies there", `obstructed policies/index.html: "policies" is a symbolic link`, `obstructed policies/säfety/index.html: "policies" is a symbolic link`})
}

func TestNoManifest(t *testing.T) {
	_, err := Folder(context.Background(), fstest.MapFS{"index.html": {Data: []byte(page)}}, Options{})
	if !errors.Is(err, ErrNoManifest) {
		t.Errorf("no list: %v", err)
	}
	_, err = Folder(context.Background(), fstest.MapFS{output.ManifestName: {Data: []byte("0123  index.html\n")}}, Options{})
	if err == nil || !strings.Contains(err.Error(), "not a manifest of candor's") {
		t.Errorf("somebody else's list: %v", err)
	}
	_, err = Folder(context.Background(), fstest.MapFS{output.ManifestName: {Mode: fs.ModeNamedPipe}}, Options{})
	if err == nil || !strings.Contains(err.Error(), "is no regular file") {
		t.Errorf("a pipe in the place of the list: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	files, manifest := written(t)
	if _, err = Folder(ctx, folderOf(files, manifest), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

// What a site says of itself in two places is one thing.
func TestIdentity(t *testing.T) {
	build := func(front string) *Report {
		files := map[string]string{
			"index.html": `<p>as of <time datetime="2026-11-23"></time></p><p>Made from content <code>` + front + `</code></p>`,
			"trust.json": `{"site": {"company": "Fernlight", "base_url": "https://trust.example", "built_on": "2026-11-23", "content_hash": "8f97edb3dead6a73"}}`,
		}
		var m output.Memory
		for name, text := range files {
			if err := m.Put(name, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := Folder(context.Background(), folderOf(files, m.Set().Manifest()), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := build("8f97edb3dead")
	same(t, r, nil)
	if r.Identity == nil || r.Identity.BuiltOn != "2026-11-23" || r.Identity.Company != "Fernlight" {
		t.Errorf("the site says what it is, and the report %+v", r.Identity)
	}
	same(t, build("0000edb3dead"), []string{"inconsistent trust.json: it was made from content 8f97edb3dead, and the front page from other content"})
}

// Names and lines of a hostile site do not steer a terminal.
func TestVisible(t *testing.T) {
	if got := around("a\x1b[31mred\u202eder\x00", 0); strings.ContainsAny(got, "\x1b\u202e\x00") || !strings.Contains(got, `\u202e`) {
		t.Errorf("shown as %q", got)
	}
	if got := around(strings.Repeat("ä", 400), 300); len(got) > maxShown+2*len("…")+2 || !strings.HasPrefix(got, "…") {
		t.Errorf("a long line is shown as %q", got)
	}
}

// A fault that could not be read says nothing of the site, unless another one does.
func TestUnreachable(t *testing.T) {
	r := &Report{Faults: []Fault{{Kind: Unreadable}}}
	if !r.Unreachable() {
		t.Error("nothing is known of a site of which nothing could be read")
	}
	if r.Faults = append(r.Faults, Fault{Kind: Missing}); r.Unreachable() {
		t.Error("what is missing is known")
	}
	if (&Report{}).Unreachable() {
		t.Error("a site without faults was reached")
	}
}
