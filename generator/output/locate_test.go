package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestSiteThatIsASymbolicLink(t *testing.T) {
	base := t.TempDir()
	for _, folder := range []string{"here", "there"} {
		if err := os.Mkdir(filepath.Join(base, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dir, target := filepath.Join(base, "here", "public"), filepath.Join(base, "there", "www")
	symlink(t, base, "here/public", "link")
	symlink(t, base, "here/link", "../there/www")

	for _, text := range []string{"1", "2"} { // the target exists the second time only
		mustBuild(t, dir, pages{"a.html": text})
		if read(t, target, "a.html") != text {
			t.Error("the page is not where the link leads")
		}
		if stat(t, base, "here/public").Mode()&fs.ModeSymlink == 0 {
			t.Error("the link was replaced")
		}
		noLitter(t, target)
	}
	symlink(t, base, "loop", "loop")
	_, err := Stage(filepath.Join(base, "loop"))
	wantKind(t, err, KindUnsuitable, filepath.Join(base, "loop"))
}

func TestFoldersThatCannotBeASite(t *testing.T) {
	base := t.TempDir()
	write(t, base, "file", "mine")
	write(t, base, "here/deep/x", "")
	write(t, base, "locked/a.html", "mine")
	if err := os.Chmod(filepath.Join(base, "locked"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(base, "locked"), 0o755) })
	symlink(t, base, "link", "file")
	t.Chdir(filepath.Join(base, "here", "deep"))
	before := tree(t, base)
	for _, test := range []struct {
		dir  string
		kind Kind
	}{
		{"", KindUnsuitable},
		{".", KindUnsuitable},
		{"..", KindUnsuitable},
		{"../../here", KindUnsuitable},
		{base, KindUnsuitable},
		{"/", KindUnsuitable},
		{filepath.Join(base, "file"), KindNotFolder},
		{filepath.Join(base, "link"), KindNotFolder},
		{filepath.Join(base, "file", "public"), KindNoParent},
		{filepath.Join(base, "nowhere", "public"), KindNoParent},
		{filepath.Join(base, "locked"), KindReadOnly},
	} {
		s, err := Stage(test.dir)
		if err == nil {
			s.Abort()
		}
		wantKind(t, err, test.kind, test.dir)
	}
	if got := tree(t, base); got != before {
		t.Errorf("got\n%s, want\n%s", got, before)
	}
	_, err := Stage(filepath.Join(base, "file"))
	if want := `"` + filepath.Join(base, "file") + `" is a file, not a folder`; err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A home folder named by mistake is not taken for a site.
func TestFolderWithTooManyFilesOfOthers(t *testing.T) {
	dir := quickSite(t)
	source := ""
	for i := range maxForeign + 1 {
		name := fmt.Sprintf("many/%d", i)
		if i%10_000 == 0 { // file systems limit the links of one file
			source = name
			write(t, dir, source, "")
		} else if err := os.Link(filepath.Join(dir, source), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Stage(dir)
	wantKind(t, err, KindUnsuitable, dir)
	noLitter(t, dir)
	if err := os.Remove(filepath.Join(dir, "many", "1")); err != nil {
		t.Fatal(err)
	}
	s, err := Stage(dir)
	if err != nil {
		t.Fatalf("one file fewer: %v", err)
	}
	if err := s.Abort(); err != nil {
		t.Fatal(err)
	}
}

func TestStagingFolderThatIsNotOurs(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T, path string){
		"a file":            func(t *testing.T, path string) { write(t, path, "", "mine") },
		"a folder":          func(t *testing.T, path string) { write(t, path, "thesis.txt", "mine") },
		"same names":        func(t *testing.T, path string) { write(t, path, "new/thesis.txt", "mine") },
		"another gitignore": func(t *testing.T, path string) { write(t, path, ".gitignore", "*.o\n") },
		"a link": func(t *testing.T, path string) {
			if err := os.Symlink(t.TempDir(), path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := site(t)
			prepare(t, filepath.Join(filepath.Dir(dir), ".public.candor-staging"))
			before := tree(t, filepath.Dir(dir))
			_, err := Stage(dir)
			problem, ok := errors.AsType[*Error](err)
			if !ok || problem.Kind != KindStagingName {
				t.Errorf("got %v", err)
			}
			if got := tree(t, filepath.Dir(dir)); got != before {
				t.Errorf("got\n%s, want\n%s", got, before)
			}
		})
	}
}

// A build was killed between two renames, and then somebody made a new folder
// where the old site was: no build may remove the old site.
func TestOldSiteInTheStagingFolderIsNotRemoved(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "old"})
	work := filepath.Join(filepath.Dir(dir), ".public.candor-staging")
	write(t, work, markerName, markerText)
	write(t, work, "new/a.html", "new")
	if err := os.Rename(dir, filepath.Join(work, oldName)); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "b.html", "mine")
	before := tree(t, filepath.Dir(dir))
	for range 2 {
		_, err := Stage(dir)
		wantKind(t, err, KindLost, dir)
	}
	if got := tree(t, filepath.Dir(dir)); got != before {
		t.Errorf("got\n%s, want\n%s", got, before)
	}
	// With that folder out of the way, the old site comes back.
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	mustBuild(t, dir, pages{"a.html": "old"})
	if read(t, dir, "a.html") != "old" {
		t.Error("the old site did not come back")
	}
	noLitter(t, dir)
}
