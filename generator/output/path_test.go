package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPathsThatAreRefused(t *testing.T) {
	long := strings.Repeat("x", 256)
	for _, path := range []string{
		"", "/", "/etc/passwd", "//host/share/x", "..", "../x", "a/../b", "a/..", "./a", "a/./b", ".",
		"a//b", "a/", `a\b`, `..\..\x`, `C:\x`, "a\x00b", "a\nb", "a\tb", "a\x7fb", "a\u0085b",
		"a\u202egnp.exe", "zero\u200bwidth", "\ufeffbom", "a\u2028b", "a\xff", "\xc0\xae\xc0\xae/x",
		long, "a/" + long + "/b", strings.Repeat("abc/", 256) + "d",
		".git", ".git/config", "a/.git/hooks/pre-commit", ".GIT/config", "a/.Git",
		"SHA256SUMS", "sha256sums", "-", "dot.", "space ", "a./b", "a /b", "...", ". ",
	} {
		for name, sink := range sinks(t) {
			err := sink.Put(path, []byte("x"))
			problem, ok := errors.AsType[*Error](err)
			if !ok || problem.Kind != KindPath || problem.Path != path || problem.Hint == "" {
				t.Errorf("%s: %q: got %v", name, path, err)
			}
		}
	}
}

func TestPathsThatAreTaken(t *testing.T) {
	for _, path := range []string{
		"index.html", ".well-known/security.txt", "a/b/c/d/e.html", "方針/プライバシー.html", "with space.pdf", "-x", "a/-",
		strings.Repeat("x", 255), strings.Repeat("a/", 511) + "b", "a..b", "..a", "a/SHA256SUMS", ".gitignore", "a.git/x", "~", "#top", "*", "%2e%2e/x",
	} {
		for name, sink := range sinks(t) {
			if err := sink.Put(path, []byte("x")); err != nil {
				t.Errorf("%s: %q: %v", name, path, err)
			}
		}
	}
}

// Whatever CheckPath takes lands inside the site, is listed in the manifest
// under its very name, and is not mistaken for another path.
func FuzzCheckPath(f *testing.F) {
	for _, seed := range []string{
		"index.html", "a/b", "../x", "a/../../x", "/x", `\x`, "a\x00", "A/B", "é/É", "e\u0301", " lead", "a\u212a", "-", "sha256sums", ".git/x", "ß",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if CheckPath(path) != nil {
			return
		}
		if len(path) > 200 {
			return // the folder of the test comes on top
		}
		dir := quickSite(t)
		if _, err := build(dir, pages{path: "page"}); err != nil {
			t.Fatalf("%q: %v", path, err)
		}
		inside := filepath.Join(dir, filepath.FromSlash(path))
		if rel, err := filepath.Rel(dir, inside); err != nil || !filepath.IsLocal(rel) {
			t.Fatalf("%q leads to %q", path, inside)
		}
		if data, err := os.ReadFile(inside); err != nil || string(data) != "page" {
			t.Fatalf("%q: %q, %v", path, data, err)
		}
		files, err := ParseManifest([]byte(read(t, dir, ManifestName)))
		if err != nil || len(files) != 1 || files[0].Path != path {
			t.Fatalf("%q: listed as %v, %v", path, files, err)
		}
		if key := fold(path); fold(key) != key || fold(strings.ToUpper(path)) != fold(strings.ToLower(path)) && isASCII(path) {
			t.Fatalf("%q folds to %q", path, key)
		}
		noLitter(t, dir)
	})
}

func isASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0 }
