package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func symlink(t testing.TB, dir, path, target string) {
	t.Helper()
	if err := os.Symlink(target, filepath.Join(dir, path)); err != nil {
		t.Fatal(err)
	}
}

// foreignThings puts all kinds of foreign things into a site with the pages
// "index.html" and "policies/a.html", and returns those that are to be named.
func foreignThings(t testing.TB, dir string) []string {
	t.Helper()
	write(t, dir, ".gitignore", "*\n")
	write(t, dir, ".git/HEAD", "ref: refs/heads/main\n")
	write(t, dir, ".git/objects/ab/cd", "object")
	write(t, dir, "CNAME", "trust.fernlight.example\n")
	write(t, dir, "policies/notes.txt", "beside a page")
	write(t, dir, "downloads/2026/report.txt", "deep")
	symlink(t, dir, "latest", "downloads/2026")
	symlink(t, dir, "dangling", "nowhere")
	for path, mode := range map[string]fs.FileMode{"downloads/2026": 0o750, "CNAME": 0o640, "downloads": 0o555} {
		if err := os.Chmod(filepath.Join(dir, path), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "downloads"), 0o755) })
	return []string{"CNAME", "dangling", "downloads/", "empty/", "latest", "policies/notes.txt"}
}

func TestForeignFilesAreKeptAndNamed(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"index.html": "1", "policies/a.html": "a"})
	want := foreignThings(t, dir)
	report := stat(t, dir, "downloads/2026/report.txt")
	folder := stat(t, dir, "downloads/2026")
	time.Sleep(5 * time.Millisecond)
	before := tree(t, dir)

	result := mustBuild(t, dir, pages{"index.html": "2", "policies/a.html": "a"})
	if !slices.Equal(result.Foreign, want) {
		t.Errorf("named %q, want %q", result.Foreign, want)
	}
	after := tree(t, dir)
	if got, want := withoutPages(after), withoutPages(before); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	if !os.SameFile(report, stat(t, dir, "downloads/2026/report.txt")) {
		t.Error("a foreign file was copied, where it could have been linked")
	}
	if !folder.ModTime().Equal(stat(t, dir, "downloads/2026").ModTime()) {
		t.Error("a foreign folder has another time")
	}
	if strings.Contains(read(t, dir, ManifestName), "notes.txt") {
		t.Error("the manifest lists a foreign file")
	}
	noLitter(t, dir)

	// Foreign files outlive the pages around them, too.
	result = mustBuild(t, dir, pages{"index.html": "2"})
	if result.Removed != 1 || !slices.Equal(result.Foreign, want) {
		t.Errorf("removed %d, named %q, want 1 and %q", result.Removed, result.Foreign, want)
	}
	if read(t, dir, "policies/notes.txt") != "beside a page" {
		t.Error("a foreign file went with the folder of a stale page")
	}
	// Now the folder around it is none of candor's any more.
	result = mustBuild(t, dir, pages{"index.html": "3"})
	want[len(want)-1] = "policies/"
	if !slices.Equal(result.Foreign, want) {
		t.Errorf("named %q, want %q", result.Foreign, want)
	}
}

// withoutPages drops the lines that a build may change.
func withoutPages(tree string) string {
	var kept []string
	for line := range strings.Lines(tree) {
		if !strings.Contains(line, " index.html ") && !strings.Contains(line, " "+ManifestName+" ") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

func TestFirstBuildIntoAFolderOfOthers(t *testing.T) {
	dir := site(t)
	write(t, dir, ".gitignore", "*\n!.gitignore\n")
	write(t, dir, "README", "mine")
	if err := os.Chmod(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	result := mustBuild(t, dir, pages{"index.html": "1"})
	if !slices.Equal(result.Foreign, []string{"README"}) {
		t.Errorf("named %q", result.Foreign)
	}
	if read(t, dir, ".gitignore") != "*\n!.gitignore\n" || read(t, dir, "README") != "mine" {
		t.Error("a foreign file changed")
	}
	if mode := stat(t, dir, ".").Mode().Perm(); mode != 0o750 {
		t.Errorf("the folder's mode is %v, was 0750", mode)
	}
}

func TestForeignFileInTheWay(t *testing.T) {
	for _, test := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		page    string // what the build wants to write
		blamed  string
	}{
		{"a file with other bytes", func(t *testing.T, dir string) {
			write(t, dir, "new.html", "mine")
		}, "new.html", "new.html"},
		{"a file where a folder belongs", func(t *testing.T, dir string) {
			write(t, dir, "new", "mine")
		}, "new/index.html", "new"},
		{"a folder where a file belongs", func(t *testing.T, dir string) {
			write(t, dir, "new/mine.txt", "mine")
		}, "new", "new"},
		{"an empty folder where a file belongs", func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "new"), 0o755); err != nil {
				t.Fatal(err)
			}
		}, "new", "new"},
		{"a foreign file in a folder of pages that becomes a file", func(t *testing.T, dir string) {
			write(t, dir, "old/mine.txt", "mine")
		}, "old", "old/mine.txt"},
		{"a symbolic link to a file with the same bytes", func(t *testing.T, dir string) {
			write(t, filepath.Dir(dir), "elsewhere", "page")
			symlink(t, dir, "new.html", "../elsewhere")
		}, "new.html", "new.html"},
		{"a symbolic link where a folder belongs", func(t *testing.T, dir string) {
			symlink(t, dir, "new", "..")
		}, "new/elsewhere", "new"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := site(t)
			mustBuild(t, dir, pages{"old/index.html": "old"})
			test.prepare(t, dir)
			before := tree(t, filepath.Dir(dir))
			_, err := build(dir, pages{test.page: "page"})
			wantKind(t, err, KindCollision, filepath.Join(dir, test.blamed))
			if got := tree(t, filepath.Dir(dir)); got != before {
				t.Errorf("got\n%s, want\n%s", got, before)
			}
		})
	}
}

func TestPageTakesThePlaceOfAFolderOfPages(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a/index.html": "a", "b": "b"})
	result := mustBuild(t, dir, pages{"a": "a", "b/index.html": "b"})
	if result.Removed != 2 || read(t, dir, "a") != "a" || read(t, dir, "b/index.html") != "b" {
		t.Errorf("got %+v\n%s", result, tree(t, dir))
	}
}

func TestEqualForeignFileIsAdopted(t *testing.T) {
	dir := site(t)
	write(t, dir, "plain.html", "same")
	write(t, dir, "private.html", "same")
	if err := os.Chmod(filepath.Join(dir, "private.html"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := stat(t, dir, "plain.html")
	result := mustBuild(t, dir, pages{"plain.html": "same", "private.html": "same"})
	if result.Linked != 1 || result.Written != 1 || len(result.Foreign) > 0 {
		t.Errorf("got %+v", result)
	}
	if !os.SameFile(before, stat(t, dir, "plain.html")) {
		t.Error("an equal file was written anew")
	}
	if mode := stat(t, dir, "private.html").Mode(); mode != fileMode {
		t.Errorf("mode %v", mode)
	}
	// Adopted is adopted: it goes when the page goes.
	if result := mustBuild(t, dir, pages{"plain.html": "same"}); result.Removed != 1 {
		t.Errorf("got %+v", result)
	}
}

func TestEditedFiles(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"same.html": "1", "other.html": "1", "stale.html": "1", "linked.html": "1", "gone.html": "1"})
	for _, path := range []string{"same.html", "other.html", "stale.html"} {
		write(t, dir, path, "by hand")
	}
	if err := os.Remove(filepath.Join(dir, "linked.html")); err != nil {
		t.Fatal(err)
	}
	symlink(t, dir, "linked.html", "gone.html")

	result := mustBuild(t, dir, pages{"same.html": "1", "other.html": "2"})
	if want := []string{"linked.html", "other.html", "same.html", "stale.html"}; !slices.Equal(result.Edited, want) {
		t.Errorf("edited: %q, want %q", result.Edited, want)
	}
	if want := []string{"linked.html", "stale.html"}; !slices.Equal(result.Foreign, want) {
		t.Errorf("foreign: %q, want %q", result.Foreign, want)
	}
	if result.Removed != 1 || result.Written != 2 {
		t.Errorf("got %+v", result)
	}
	if read(t, dir, "same.html") != "1" || read(t, dir, "other.html") != "2" || read(t, dir, "stale.html") != "by hand" {
		t.Error(tree(t, dir))
	}
	// From now on the kept one is foreign, and nothing counts as edited.
	result = mustBuild(t, dir, pages{"same.html": "1", "other.html": "2"})
	if len(result.Edited) > 0 || len(result.Foreign) != 2 {
		t.Errorf("got %+v", result)
	}
}

func TestFolderOfPagesThatBecameALinkIsNotFollowed(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"p/a.html": "a"})
	outside := t.TempDir()
	write(t, outside, "a.html", "a")
	if err := os.RemoveAll(filepath.Join(dir, "p")); err != nil {
		t.Fatal(err)
	}
	symlink(t, dir, "p", outside)
	_, err := build(dir, pages{"p/a.html": "a"})
	wantKind(t, err, KindCollision, filepath.Join(dir, "p"))
	// And where no page needs the place, only the link is kept.
	result := mustBuild(t, dir, pages{"q.html": "q"})
	if !slices.Equal(result.Foreign, []string{"p"}) || read(t, outside, "a.html") != "a" {
		t.Errorf("named %q; outside:\n%s", result.Foreign, tree(t, outside))
	}
}

func TestManifestOfSomebodyElse(t *testing.T) {
	dir := site(t)
	// It lists a file truly, and yet candor must not take that for its own.
	write(t, dir, ManifestName, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  release.tar\n")
	write(t, dir, "release.tar", "abc")
	_, err := Stage(dir)
	wantKind(t, err, KindCollision, filepath.Join(dir, ManifestName))
	if read(t, dir, "release.tar") != "abc" {
		t.Error("the release is gone")
	}
	noLitter(t, dir)
}

func TestDamagedManifest(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "a"})
	write(t, dir, ManifestName, strings.TrimSuffix(read(t, dir, ManifestName), "html\n"))
	before := tree(t, dir)
	_, err := Stage(dir)
	wantKind(t, err, KindManifest, filepath.Join(dir, ManifestName))
	if got := tree(t, dir); got != before {
		t.Errorf("got\n%s, want\n%s", got, before)
	}
	noLitter(t, dir)
}

func TestForeignFilesThatArriveDuringTheBuild(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "1", "stale/b.html": "1"})
	write(t, dir, ".git/index", "1")
	d := &hooked{disk: system{}}
	d.before = func(op, path string) error {
		if op != "exchange" {
			return nil
		}
		// The last moment at which somebody can write into the old site.
		write(t, dir, "late.txt", "late")
		write(t, dir, "stale/late.txt", "late")
		write(t, dir, "new/deep/late.txt", "late")
		write(t, dir, ".git/index.lock", "2")
		return os.Rename(filepath.Join(dir, ".git/index.lock"), filepath.Join(dir, ".git/index"))
	}
	if _, err := buildOn(d, dir, pages{"a.html": "2"}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"a.html": "2", "late.txt": "late", "stale/late.txt": "late", "new/deep/late.txt": "late", ".git/index": "2",
	} {
		if got := read(t, dir, path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	noLitter(t, dir)
}

func TestPageEditedWhileTheBuildRuns(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "1", "b.html": "1"})
	s, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	for path, text := range (pages{"a.html": "1", "b.html": "2"}) {
		if err := s.Put(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, dir, "a.html", "unchecked")
	_, err = s.Commit()
	wantKind(t, err, KindChanged, filepath.Join(dir, "a.html"))
	if read(t, dir, "b.html") != "1" {
		t.Error("the site was replaced all the same")
	}
	noLitter(t, dir)
}

func TestForeignFileMadeWhereAPageWillBe(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"a.html": "1"})
	s, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	if err := s.Put("b.html", []byte("page")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "b.html", "mine")
	_, err = s.Commit()
	wantKind(t, err, KindCollision, filepath.Join(dir, "b.html"))
	if read(t, dir, "b.html") != "mine" {
		t.Error("the foreign file is gone")
	}
}

// A file system without hard links gets copies, equal in all but the inode.
func TestWithoutHardLinks(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{"index.html": "1", "policies/a.html": "a"})
	want := foreignThings(t, dir)
	time.Sleep(5 * time.Millisecond)
	before := tree(t, dir)
	cname := stat(t, dir, "CNAME").ModTime()
	d := &hooked{disk: system{}, before: func(op, path string) error {
		if op == "link" {
			return errors.ErrUnsupported
		}
		return nil
	}}
	result, err := buildOn(d, dir, pages{"index.html": "2", "policies/a.html": "a"})
	if err != nil {
		t.Fatal(err)
	}
	if result.Linked != 0 || result.Written != 2 || !slices.Equal(result.Foreign, want) {
		t.Errorf("got %+v", result)
	}
	if got, want := withoutPages(tree(t, dir)), withoutPages(before); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	if !stat(t, dir, "CNAME").ModTime().Equal(cname) {
		t.Error("a foreign file has another time")
	}
	noLitter(t, dir)
}
