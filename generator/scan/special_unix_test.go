//go:build unix

package scan

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSpecialFiles holds the scan to files: a named pipe would wait for ever, a link may lead anywhere.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	outside := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(outside, "package.json"), manifest)
	write(filepath.Join(dir, "code/a/package.json"), strings.ReplaceAll(manifest, "openai", "stripe"))
	write(filepath.Join(dir, "beside/package.json"), manifest)
	write(filepath.Join(dir, "code/secret/package.json"), manifest)
	for _, err := range []error{
		syscall.Mkfifo(filepath.Join(dir, "code/go.mod"), 0o644),
		os.Symlink("../beside/package.json", filepath.Join(dir, "code/package.json")),
		os.Symlink("../beside", filepath.Join(dir, "code/beside")),
		os.Symlink(outside, filepath.Join(dir, "code/outside")),
		os.Symlink("..", filepath.Join(dir, "code/a/up")),
		os.Chmod(filepath.Join(dir, "code/secret"), 0),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(filepath.Join(dir, "code/secret"), 0o755)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	want := "code/a/package.json:1:20: strong stripe, npm package \"stripe\"\n"
	if os.Getuid() == 0 { // nothing is closed to root
		want += "code/secret/package.json:1:20: strong openai, npm package \"openai\"\n"
	}
	if got := found(t, root.FS(), "code"); got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
	if got := found(t, root.FS(), "code/outside", "../x", "code/a/package.json"); got != "missing code/outside ../x code/a/package.json\n" {
		t.Errorf("found\n%s", got)
	}
}

// TestSpecialFilesInTrees holds the scan of whole trees to files too: a loop of links, a pipe and a closed folder cost a note each.
func TestSpecialFilesInTrees(t *testing.T) {
	dir := t.TempDir()
	for _, err := range []error{
		os.MkdirAll(filepath.Join(dir, "a/closed"), 0o755),
		os.WriteFile(filepath.Join(dir, "a/package.json"), []byte(strings.ReplaceAll(manifest, "openai", "stripe")), 0o644),
		syscall.Mkfifo(filepath.Join(dir, "a/main.py"), 0o644),
		os.Symlink("..", filepath.Join(dir, "a/up")),
		os.Symlink("self.py", filepath.Join(dir, "a/self.py")),
		os.Symlink("package.json", filepath.Join(dir, "a/composer.json")),
		os.Chmod(filepath.Join(dir, "a/closed"), 0),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(filepath.Join(dir, "a/closed"), 0o755)
	want := "a/package.json:1:20: strong stripe, npm package \"stripe\"\n"
	if os.Getuid() != 0 { // nothing is closed to root
		want += "note: a/closed cannot be read\n"
	}
	want += "note: a/composer.json is a symbolic link, which is not followed\nnote: a/main.py is no ordinary file\nnote: a/self.py is a symbolic link, which is not followed\n"
	if got := seen(t, os.DirFS(dir)); got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}
