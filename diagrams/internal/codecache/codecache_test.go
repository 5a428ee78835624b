package codecache

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain does what the renderer's importer does, which is not part of these tests.
func TestMain(m *testing.M) {
	Settle()
	os.Exit(m.Run())
}

// TestImportsAreReadyInTime: this package is initialised before the renderer only if
// all it imports is something the renderer's init waits for as well, and its path
// sorts first.
func TestImportsAreReadyInTime(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to list imports with")
	}
	ours := list(t, "-f", `{{join .Imports "\n"}}`, "candor/diagrams/internal/codecache")
	theirs := map[string]bool{}
	for _, p := range list(t, "-deps", "github.com/goccy/go-graphviz/internal/wasm") {
		theirs[p] = true
	}
	if !theirs["github.com/tetratelabs/wazero"] {
		t.Fatal("the renderer's init is not where it was")
	}
	for _, p := range ours {
		if !theirs[p] {
			t.Errorf("%q is imported here and not by the renderer's init: it may be initialised too late", p)
		}
		if strings.Contains(p, ".") {
			t.Errorf("%q is not of the standard library", p)
		}
	}
	if path := list(t, "candor/diagrams/internal/codecache")[0]; path > "github.com/" {
		t.Errorf("%q does not sort before github.com/", path)
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

// TestOnlyEngineImportsTheRenderer: no other package may start it, or it would run
// without this one.
func TestOnlyEngineImportsTheRenderer(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to list imports with")
	}
	for _, line := range list(t, "-f", `{{.ImportPath}}={{join .Imports ","}},{{join .TestImports ","}}`, "candor/...") {
		path, imports, _ := strings.Cut(line, "=")
		if strings.Contains(imports, "goccy/go-graphviz") && path != "candor/diagrams/internal/engine" {
			t.Errorf("%s imports the renderer", path)
		}
	}
}

// tree makes a cache folder with one good file of code.
func tree(t *testing.T) (dir, code string) {
	t.Helper()
	dir = t.TempDir()
	code = filepath.Join(dir, loaderFolder, engineFolder+"v1", "abc")
	put(t, code, "machine code")
	record(dir)
	return dir, code
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func swept(t *testing.T, dir string) int {
	t.Helper()
	n, err := sweep(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func there(path string) bool { _, err := os.Lstat(path); return err == nil }

func TestSweepKeepsWhatIsRecorded(t *testing.T) {
	dir, code := tree(t)
	if swept(t, dir) != 1 || !there(code) {
		t.Fatal("good code was thrown away")
	}
	for i := range maxCode + 2 {
		put(t, code+string(rune('0'+i)), "more")
	}
	record(dir)
	if n := swept(t, dir); n != maxCode {
		t.Errorf("%d files of code are kept, want %d", n, maxCode)
	}
	if swept(t, t.TempDir()) != 0 {
		t.Error("code was found in an empty folder")
	}
}

func TestSweepThrowsTheRestAway(t *testing.T) {
	dir, code := tree(t)
	put(t, code, "other code")
	beside := filepath.Join(filepath.Dir(code), "def")
	put(t, beside, "never recorded")
	stray := filepath.Join(dir, loaderFolder, "stray")
	put(t, stray, "")
	outside := t.TempDir()
	keep := filepath.Join(outside, "keep")
	put(t, keep, "")
	link := filepath.Join(dir, loaderFolder, engineFolder+"v2")
	if err := os.Symlink(outside, link); err != nil {
		t.Fatal(err)
	}
	if swept(t, dir) != 0 {
		t.Error("something was good")
	}
	for _, p := range []string{code, beside, stray, link} {
		if there(p) {
			t.Errorf("%s is still there", p)
		}
	}
	if !there(keep) {
		t.Error("a link was followed")
	}
}

// TestSweepSparesOthersAtWork: a file another process is writing stays, one that a
// killed process has left goes.
func TestSweepSparesOthersAtWork(t *testing.T) {
	dir, code := tree(t)
	young, old, trial := code+".1.tmp", code+".2.tmp", filepath.Join(dir, "room-1")
	put(t, young, "half")
	put(t, old, "half")
	put(t, trial, "")
	past := time.Now().Add(-2 * unsettled)
	for _, p := range []string{old, trial} {
		if err := os.Chtimes(p, past, past); err != nil {
			t.Fatal(err)
		}
	}
	record(dir)
	if swept(t, dir) != 1 || !there(young) || there(old) || there(trial) {
		t.Errorf("good code, young, old and trial file: %v %v %v %v", there(code), there(young), there(old), there(trial))
	}
	if there(recordPath(dir, young)) {
		t.Error("an unfinished file was recorded")
	}
}

// TestRecordFollowsNewCode: code written again after its record was made gets another
// record.
func TestRecordFollowsNewCode(t *testing.T) {
	dir, code := tree(t)
	put(t, code, "newer code")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(code, later, later); err != nil {
		t.Fatal(err)
	}
	record(dir)
	if swept(t, dir) != 1 {
		t.Error("newer code was thrown away")
	}
}

// TestEnsurePrivateSideBySide: that others make the same folder at the same moment is no reason to go without it.
func TestEnsurePrivateSideBySide(t *testing.T) {
	home := t.TempDir()
	for round := range 200 {
		dir := filepath.Join(home, strconv.Itoa(round), "a", "b", "c")
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if _, err := ensurePrivate(dir); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		group.Wait()
	}
}
