package grammars_test

import (
	"embed"
	"io/fs"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"candor/generator/markdown/internal/grammars"

	"github.com/alecthomas/chroma/v2/lexers"
)

// TestFewGrammarsAreRead: chroma, which was initialised before this test ran, has read the grammars that are kept and
// the few lexers that it has in Go.
func TestFewGrammarsAreRead(t *testing.T) {
	read, err := fs.Glob(grammars.Embedded(), "embedded/*.xml")
	if want := len(strings.Fields(grammars.Kept)); err != nil || len(read) != want {
		t.Errorf("%d grammars are there (%v), want %d", len(read), err, want)
	}
	for _, name := range read {
		if data, err := fs.ReadFile(grammars.Embedded(), name); err != nil || !strings.Contains(string(data), "<lexer>") {
			t.Errorf("%s: %.60q (%v)", name, data, err)
		}
	}
	if n := len(lexers.GlobalLexerRegistry.Lexers); n > len(read)+40 {
		t.Errorf("chroma has made %d lexers: every start of every command takes 20 ms for it", n)
	}
}

// TestUsedGrammarsAreKept: a grammar that uses another one finds it.
func TestUsedGrammarsAreKept(t *testing.T) {
	uses := regexp.MustCompile(`<using lexer="([^"]+)"`)
	found := 0
	for _, name := range strings.Fields(grammars.Kept) {
		data, err := fs.ReadFile(grammars.Embedded(), "embedded/"+name+".xml")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range uses.FindAllSubmatch(data, -1) {
			found++
			if lexers.Get(string(m[1])) == nil {
				t.Errorf("%s uses %q, which is not kept", name, m[1])
			}
		}
	}
	if found == 0 {
		t.Error("no grammar uses another: the test looks for the wrong words")
	}
}

func TestThinnedKeepsNothingOfNothing(t *testing.T) {
	if got := grammars.Thinned(embed.FS{}); got != (embed.FS{}) {
		t.Error("files are found in an empty file system")
	}
}

// TestImportsAreReadyInTime: this package is initialised before chroma's lexers only if all it imports is something
// that they wait for as well, and its path sorts first.
func TestImportsAreReadyInTime(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to list imports with")
	}
	const slow = "github.com/alecthomas/chroma/v2/lexers"
	theirs := map[string]bool{}
	for _, path := range list(t, "-deps", slow) {
		theirs[path] = true
	}
	for _, path := range list(t, "-f", `{{join .Imports "\n"}}`, "candor/generator/markdown/internal/grammars") {
		if !theirs[path] || strings.Contains(path, ".") {
			t.Errorf("%q is imported: this package may be initialised too late", path)
		}
	}
	if path := list(t, "candor/generator/markdown/internal/grammars")[0]; path > slow {
		t.Errorf("%q does not sort before %q", path, slow)
	}
}

func list(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Fields(string(out))
}
