//go:build unix

package diagrams

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"candor/diagrams/internal/engine"
)

// These tests start a small command (testdata/report) and look at what its
// initialisation does with the renderer's machine code. It is built without the race
// detector, under which a cold start takes eight seconds.

// reporter returns the command, built once.
func reporter(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command to build testdata/report with")
	}
	path, err := buildReporter()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var buildReporter = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "candor-report-")
	if err != nil {
		return "", err
	}
	afterTests = append(afterTests, func() { os.RemoveAll(dir) })
	path := filepath.Join(dir, "report")
	if out, err := exec.Command("go", "build", "-o", path, "./testdata/report").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build testdata/report: %w: %s", err, out)
	}
	// Other users shall be able to run it.
	return path, os.Chmod(dir, 0o755)
})

// start is one start of the command.
type start struct {
	home, tmp string
	uid       int  // 0: as this process
	idle      bool // not told to draw
}

type started struct {
	folder, tmp string
	err         error
}

func (s start) run(t *testing.T) started {
	t.Helper()
	cmd := exec.Command(reporter(t))
	cmd.Dir = "/"
	cmd.Env = []string{"TMPDIR=" + s.tmp}
	if !s.idle {
		cmd.Env = append(cmd.Env, engine.Mark)
	}
	if s.home != "" {
		cmd.Env = append(cmd.Env, "HOME="+s.home)
	}
	if s.uid != 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(s.uid), Gid: uint32(s.uid)}}
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return started{err: fmt.Errorf("%w: %.300s", err, errs.String())}
	}
	m := regexp.MustCompile(`^folder="(.*)"\ntmp="(.*)"\ndrawn=4\n$`).FindStringSubmatch(out.String())
	if m == nil {
		return started{err: fmt.Errorf("it said %q", out.String())}
	}
	return started{folder: m[1], tmp: m[2]}
}

// good starts and expects a drawing, code kept in the home or nowhere, and the
// environment as it was.
func (s start) good(t *testing.T, kept bool) {
	t.Helper()
	r := s.run(t)
	if r.err != nil {
		t.Fatalf("%+v: %v", s, r.err)
	}
	if r.tmp != s.tmp {
		t.Errorf("TMPDIR is %q afterwards, was %q", r.tmp, s.tmp)
	}
	want := ""
	if kept {
		home, err := filepath.EvalSymlinks(s.home)
		if err != nil {
			t.Fatal(err)
		}
		want = filepath.Join(home, ".cache", "candor", "renderer")
	}
	if r.folder != want {
		t.Errorf("code is kept in %q, want %q", r.folder, want)
	}
}

// code returns the files of machine code below a home.
func code(t *testing.T, home string) []string {
	t.Helper()
	var out []string
	filepath.WalkDir(home, func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.Contains(path, "/go-graphviz/") && e.Type().IsRegular() {
			out = append(out, path)
		}
		return nil
	})
	return out
}

// place makes a home and a temporary folder.
func place(t *testing.T) start {
	t.Helper()
	return start{home: t.TempDir(), tmp: t.TempDir()}
}

func TestColdAndWarmStart(t *testing.T) {
	s := place(t)
	s.good(t, true)
	files := code(t, s.home)
	if len(files) != 1 {
		t.Fatalf("files of code: %q, want one", files)
	}
	before, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	s.good(t, true)
	after, err := os.Stat(files[0])
	if err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("the second start compiled again (%v)", err)
	}
	if left, _ := os.ReadDir(s.tmp); len(left) != 0 {
		t.Errorf("%d entries in the shared temporary folder", len(left))
	}
	info, err := os.Stat(s.run(t).folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder's mode is %v (%v), want 0700", info.Mode(), err)
	}
}

// TestIdleProcessLeavesTheCacheAlone: a process that was not started to draw says so when it is asked to, and has neither
// looked for machine code nor left any.
func TestIdleProcessLeavesTheCacheAlone(t *testing.T) {
	s := place(t)
	s.idle = true
	r := s.run(t)
	if r.err == nil || !strings.Contains(r.err.Error(), "was not started to draw") || strings.Contains(r.err.Error(), "panic") {
		t.Errorf("it ended with %v", r.err)
	}
	for _, dir := range []string{s.home, s.tmp} {
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("it left %v in %s", left, dir)
		}
	}
}

// TestDamagedCodeIsNeverLoaded: go-graphviz alone panics at every start with damaged
// code, or runs whatever has the right checksum.
func TestDamagedCodeIsNeverLoaded(t *testing.T) {
	s := place(t)
	s.good(t, true)
	file := code(t, s.home)[0]
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	record, err := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(filepath.Dir(file))), "records", "*"))
	if err != nil || len(record) != 1 {
		t.Fatalf("records %q (%v), want one", record, err)
	}
	turned := bytes.Clone(good)
	turned[len(turned)/2] ^= 0x40
	tests := map[string]func(){
		"bit turned":       func() { write(t, file, turned) },
		"cut off":          func() { write(t, file, good[:1000]) },
		"empty":            func() { write(t, file, nil) },
		"header only":      func() { write(t, file, good[:6]) },
		"a folder":         func() { replace(t, file, func() error { return os.Mkdir(file, 0o700) }) },
		"a pipe":           func() { replace(t, file, func() error { return syscall.Mkfifo(file, 0o600) }) },
		"a link":           func() { replace(t, file, func() error { return os.Symlink("/dev/zero", file) }) },
		"unreadable":       func() { replace(t, file, func() error { return os.WriteFile(file, nil, 0) }) },
		"no record":        func() { replace(t, record[0], func() error { return nil }) },
		"damaged record":   func() { write(t, record[0], []byte(strings.Repeat("0", 64))) },
		"record a link":    func() { replace(t, record[0], func() error { return os.Symlink(file, record[0]) }) },
		"loader is a file": func() { dir := filepath.Dir(filepath.Dir(file)); os.RemoveAll(dir); write(t, dir, nil) },
		"engine is a file": func() { dir := filepath.Dir(file); os.RemoveAll(dir); write(t, dir, nil) },
		"stranger beside":  func() { write(t, filepath.Join(filepath.Dir(file), "0000"), turned) },
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			damage()
			s.good(t, true)
			if got, err := os.ReadFile(file); err != nil || len(got) != len(good) || bytes.Equal(got, turned) {
				t.Errorf("the damaged code is still there (%v)", err)
			}
			if files := code(t, s.home); len(files) != 1 {
				t.Errorf("files of code: %q", files)
			}
			s.good(t, true)
		})
	}
}

// TestHostileTemporaryFolder: what lies where go-graphviz would look is neither read
// nor changed.
func TestHostileTemporaryFolder(t *testing.T) {
	s := place(t)
	s.good(t, true)
	planted := filepath.Join(s.tmp, "go-graphviz", filepath.Base(filepath.Dir(code(t, s.home)[0])))
	if err := os.MkdirAll(planted, 0o777); err != nil {
		t.Fatal(err)
	}
	trap := filepath.Join(planted, filepath.Base(code(t, s.home)[0]))
	write(t, trap, []byte("WAZEVO planted"))
	for _, home := range []string{s.home, t.TempDir(), ""} {
		start{home: home, tmp: s.tmp}.good(t, home != "")
	}
	if b, err := os.ReadFile(trap); err != nil || string(b) != "WAZEVO planted" {
		t.Errorf("the planted file is %q (%v)", b, err)
	}
}

func TestNoHome(t *testing.T) {
	s := start{tmp: t.TempDir()}
	s.good(t, false)
	if left, _ := os.ReadDir(s.tmp); len(left) != 0 {
		t.Errorf("%d entries are left in the temporary folder", len(left))
	}
	start{home: "relative/home", tmp: s.tmp}.good(t, false)
	start{home: filepath.Join(s.tmp, "file", "home"), tmp: s.tmp}.run(t)
}

// TestHomeOpenToOthers: a folder that others can write to is not used.
func TestHomeOpenToOthers(t *testing.T) {
	s := place(t)
	if err := os.Chmod(s.home, 0o777); err != nil {
		t.Fatal(err)
	}
	s.good(t, false)
	if err := os.Chmod(s.home, 0o755); err != nil {
		t.Fatal(err)
	}
	s.good(t, true)
	if err := os.Chmod(s.run(t).folder, 0o755); err != nil {
		t.Fatal(err)
	}
	s.good(t, false)
}

// TestStartsSideBySide: processes that all find the folder empty, while another one
// damages what they write.
func TestStartsSideBySide(t *testing.T) {
	s := place(t)
	for round := range 2 {
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { s.good(t, true) })
		}
		wg.Wait()
		files := code(t, s.home)
		if len(files) != 1 {
			t.Fatalf("round %d: files of code %q", round, files)
		}
		if round == 0 {
			write(t, files[0], []byte("damage"))
		}
	}
	before, err := os.Stat(code(t, s.home)[0])
	if err != nil {
		t.Fatal(err)
	}
	s.good(t, true)
	s.good(t, true)
	if after, err := os.Stat(code(t, s.home)[0]); err != nil || after.ModTime().Sub(before.ModTime()) > time.Minute {
		t.Errorf("what they left cannot be used (%v)", err)
	}
}

// asOthers skips unless this process may start others as other users. It returns a
// folder that all can enter.
func asOthers(t *testing.T) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can start processes as other users")
	}
	folder, err := os.MkdirTemp("", "candor-users-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// ownedFolder makes a folder of a user.
func ownedFolder(t *testing.T, path string, uid int, mode fs.FileMode) string {
	t.Helper()
	if err := os.Mkdir(path, mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, uid, uid); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestTwoUsersDoNotMeet: with go-graphviz alone the second user's start panics, and
// root loads what the first has written.
func TestTwoUsersDoNotMeet(t *testing.T) {
	dir := asOthers(t)
	tmp := ownedFolder(t, filepath.Join(dir, "tmp"), 0, 0o777|fs.ModeSticky)
	ada := start{uid: 20001, tmp: tmp, home: ownedFolder(t, filepath.Join(dir, "ada"), 20001, 0o755)}
	bob := start{uid: 20002, tmp: tmp, home: ownedFolder(t, filepath.Join(dir, "bob"), 20002, 0o755)}
	ada.good(t, true)
	bob.good(t, true)
	ada.good(t, true)
	if len(code(t, ada.home)) != 1 || len(code(t, bob.home)) != 1 {
		t.Errorf("code of one: %q, of the other: %q", code(t, ada.home), code(t, bob.home))
	}
	// Another one's home, as sudo and su leave it in the environment.
	bob.home = ada.home
	bob.good(t, false)
	root := start{tmp: tmp, home: ada.home}
	root.good(t, false)
	if left, _ := os.ReadDir(tmp); len(left) != 0 {
		t.Errorf("%d entries in the shared temporary folder", len(left))
	}
}

func TestReadOnlyHome(t *testing.T) {
	dir := asOthers(t)
	s := start{uid: 20003, tmp: ownedFolder(t, filepath.Join(dir, "tmp"), 0, 0o777|fs.ModeSticky)}
	s.home = ownedFolder(t, filepath.Join(dir, "home"), 20003, 0o555)
	s.good(t, false)
	s.home = ownedFolder(t, filepath.Join(dir, "foreign"), 0, 0o755)
	s.good(t, false)
	s.home = "/nonexistent"
	s.good(t, false)
	if left, _ := os.ReadDir(s.tmp); len(left) != 0 {
		t.Errorf("%d entries are left in the temporary folder", len(left))
	}
}

// TestFullDisk: the renderer's init panics when its code cannot be written.
func TestFullDisk(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can mount a small file system")
	}
	home := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m,mode=0755", "tmpfs", home).CombinedOutput(); err != nil {
		t.Skipf("no small file system can be mounted here: %s", out)
	}
	defer exec.Command("umount", home).Run()
	start{home: home, tmp: t.TempDir()}.good(t, false)
}
