package publish_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/publish"
)

func oneSite() site { return newSketch(rand.New(rand.NewPCG(11, 11))).draw() }

// TestOpen reads a site and says whose it is, how large its files are, and what lies beside them.
func TestOpen(t *testing.T) {
	drawn := oneSite()
	files := drawn.files()
	files["CNAME"] = &fstest.MapFile{Data: []byte("by hand")}
	files[".git/config"] = &fstest.MapFile{Data: []byte("git's")}
	s := mustOpen(t, files)
	if s.Facts != (publish.Facts{BaseURL: baseURL, BuiltOn: "2026-11-01", ContentHash: "1"}) {
		t.Errorf("%+v", s.Facts)
	}
	if len(s.Files) != len(drawn)+1 || !slices.Equal(s.Unlisted, []string{"CNAME"}) {
		t.Errorf("%d files of %d, and %q", len(s.Files), len(drawn)+1, s.Unlisted)
	}
	for _, f := range s.Files {
		if f.Size != int64(len(files[f.Path].Data)) {
			t.Errorf("%q has %d bytes", f.Path, f.Size)
		}
	}
	if data, err := s.Read("index.html"); err != nil || string(data) != string(drawn["index.html"]) {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := s.Read("CNAME"); err == nil {
		t.Error("what is not of the site is read")
	}
}

// TestNoSite refuses folders that hold no site, or one that was changed.
func TestNoSite(t *testing.T) {
	for name, c := range map[string]struct {
		kind  publish.Kind
		parts []string
		harm  func(fstest.MapFS)
	}{
		"empty":    {publish.KindSite, []string{`"public" holds no site`, "candor build --out public"}, func(f fstest.MapFS) { clear(f) }},
		"theirs":   {publish.KindSite, []string{"damaged SHA256SUMS", "line 1"}, func(f fstest.MapFS) { f["SHA256SUMS"].Data = f["SHA256SUMS"].Data[5:] }},
		"edited":   {publish.KindEdited, []string{`"index.html" was changed since it was built`}, func(f fstest.MapFS) { f["index.html"].Data = []byte("<p>Hello") }},
		"both":     {publish.KindEdited, []string{`"404.html" was changed`, "as were 1 others"}, func(f fstest.MapFS) { f["index.html"].Data, f["404.html"].Data = nil, nil }},
		"gone":     {publish.KindEdited, []string{`"sitemap.xml" is not there any more`}, func(f fstest.MapFS) { delete(f, "sitemap.xml") }},
		"old":      {publish.KindSite, []string{"it has no trust.json"}, func(f fstest.MapFS) { *f["SHA256SUMS"] = *without(f, "trust.json") }},
		"nobody's": {publish.KindSite, []string{`"trust.json"`, `no "base_url"`}, func(f fstest.MapFS) { rewrite(f, "trust.json", "{}") }},
		"no day":   {publish.KindSite, []string{`"built_on"`, "today"}, func(f fstest.MapFS) { rewrite(f, "trust.json", `{"site":{"base_url":"https://x","built_on":"today"}}`) }},
	} {
		files := oneSite().files()
		c.harm(files)
		_, err := publish.Open(files, "public")
		t.Run(name, func(t *testing.T) { refusal(t, err, c.kind, c.parts...) })
	}
}

func without(f fstest.MapFS, path string) *fstest.MapFile {
	var lines []string
	for line := range strings.Lines(string(f["SHA256SUMS"].Data)) {
		if !strings.HasSuffix(line, "  "+path+"\n") {
			lines = append(lines, line)
		}
	}
	return &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
}

// rewrite changes a file of a site and its line in the manifest.
func rewrite(f fstest.MapFS, path, text string) {
	s := site{}
	for name, file := range f {
		if name != "SHA256SUMS" {
			s[name] = file.Data
		}
	}
	s[path] = []byte(text)
	for name, file := range s.files() {
		f[name] = file
	}
}

// TestChangedMeanwhile edits a file between the opening and the upload: it is named, and nothing of it arrives.
func TestChangedMeanwhile(t *testing.T) {
	for _, gzip := range []bool{false, true} {
		files := oneSite().files()
		s := mustOpen(t, files)
		m := newMemory()
		m.manner.Gzip = gzip
		files["sitemap.xml"].Data = []byte("edited")
		_, _, err := upload(m, s, options(0))
		refusal(t, err, publish.KindEdited, `"sitemap.xml" was changed since it was built`)
		if len(m.data) > 0 {
			t.Errorf("%q arrived", m.paths())
		}
		// and once more, when the upload goes on already
		files = oneSite().files()
		s = mustOpen(t, files)
		m.before = func(op, path string) error {
			if op == "write" && path != publish.StatePath {
				files["sitemap.xml"].Data = []byte("edited")
			}
			return nil
		}
		_, outcome, err := upload(m, s, options(0))
		refusal(t, err, publish.KindEdited, `"sitemap.xml"`)
		if _, is := m.data["sitemap.xml"]; is || outcome.Written == 0 {
			t.Errorf("it arrived, or nothing did: %+v", outcome)
		}
	}
}
