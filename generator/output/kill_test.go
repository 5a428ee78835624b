package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// The scenarios in which a build is killed, or has an operation fail, at every
// point there is.
var scenarios = []scenario{
	{name: "exchange"},
	{name: "two renames", renames: true},
	{name: "first build", first: true},
	{name: "umask", umask: true},
}

type scenario struct {
	name    string
	renames bool // the file system cannot exchange two folders
	first   bool // there is no old site
	umask   bool // files are created with other modes than wanted
}

var (
	oldPages = pages{"index.html": "old", "same.html": "same", "stale/a.html": "stale", "edited.html": "written"}
	newPages = pages{"index.html": "new", "same.html": "same", "fresh/a/index.html": "fresh"}
)

// prepare makes the old site, with foreign things in it.
func (sc scenario) prepare(t testing.TB, dir string) {
	if sc.first {
		return
	}
	if _, err := build(dir, oldPages); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "edited.html", "by hand")
	write(t, dir, "mine/deep/file.txt", "foreign")
	write(t, dir, "stale/mine.txt", "foreign")
	write(t, dir, ".git/HEAD", "ref")
	symlink(t, dir, "link", "mine")
}

// disk makes a disk that calls before ahead of every operation and behaves as
// the scenario demands.
func (sc scenario) disk(before func(op, path string) error) disk {
	return &hooked{disk: system{}, before: func(op, path string) error {
		if err := before(op, path); err != nil {
			return err
		}
		if op == "exchange" && sc.renames {
			return errors.ErrUnsupported
		}
		return nil
	}}
}

// outcome is the site that the scenario's build makes if nothing disturbs it.
func (sc scenario) outcome(t *testing.T) string {
	dir := quickSite(t)
	sc.prepare(t, dir)
	if _, err := buildOn(sc.disk(func(string, string) error { return nil }), dir, newPages); err != nil {
		t.Fatal(err)
	}
	return tree(t, dir)
}

// TestMain lets this binary be the build that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("OUTPUT_TEST_BUILD"); dir != "" {
		os.Exit(buildToBeKilled(dir))
	}
	os.Exit(m.Run())
}

// buildToBeKilled builds newPages for dir. It dies at the operation number
// OUTPUT_TEST_DIE, if that is not 0, as if by SIGKILL: nothing deferred runs.
func buildToBeKilled(dir string) int {
	// One thread makes all the calls, so that their order is always the same.
	runtime.LockOSThread()
	becomeNobody()
	var sc scenario
	for _, sc = range scenarios {
		if sc.name == os.Getenv("OUTPUT_TEST_SCENARIO") {
			break
		}
	}
	if sc.umask {
		setUmask(0o077)
	}
	die, _ := strconv.Atoi(os.Getenv("OUTPUT_TEST_DIE"))
	changes := 0
	d := sc.disk(func(op, path string) error {
		if reads[op] {
			return nil // whether a build dies before or after it looked makes no difference
		}
		if changes++; changes == die {
			fmt.Println("died at", op, path)
			os.Exit(137)
		}
		return nil
	})
	if os.Getenv("OUTPUT_TEST_PLAIN") != "" {
		d = system{}
	}
	if _, err := buildOn(d, dir, newPages); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// rerun starts this binary as a build of dir.
func rerun(sc scenario, dir string, more ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(self)
	cmd.Dir = filepath.Dir(filepath.Dir(dir)) // which nobody may enter, other than this package's
	cmd.Env = append(os.Environ(), append(more, "OUTPUT_TEST_BUILD="+dir, "OUTPUT_TEST_SCENARIO="+sc.name,
		"GORACE=atexit_sleep_ms=0")...) // the race detector otherwise waits a second at the end
	return cmd
}

func TestBuildKilledAtEveryOperation(t *testing.T) {
	for _, sc := range scenarios {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			if !sc.renames && !sc.first {
				needExchange(t, quickSite(t))
			}
			want := sc.outcome(t)
			for die := 1; ; die++ {
				dir := quickSite(t)
				sc.prepare(t, dir)
				old := tree(t, dir)
				out, err := rerun(sc, dir, "OUTPUT_TEST_DIE="+strconv.Itoa(die)).CombinedOutput()
				if err == nil {
					checkWhole(t, sc, dir, want, want)
					t.Logf("killed at %d operations", die-1)
					if die < 20 {
						t.Error("so few operations cannot be all")
					}
					return
				}
				if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 137 {
					t.Fatalf("operation %d: %v\n%s", die, err, out)
				}
				if checkWhole(t, sc, dir, old, want); t.Failed() {
					t.Fatalf("operation %d: %s", die, out)
				}
			}
		})
	}
}

// checkWhole fails unless the site is entirely old or entirely new, and unless
// the next builds work and leave nothing beside it.
func checkWhole(t *testing.T, sc scenario, dir, old, want string) {
	t.Helper()
	between := false
	switch got := tree(t, dir); got {
	case old, want:
	case "missing":
		// Between two renames there is no site. That window is why the exchange
		// is tried first; the next Stage closes it.
		if between = sc.renames; !between {
			t.Error("the site is gone")
		}
	default:
		t.Errorf("the site is neither old nor new:\n%s\nold:\n%s\nnew:\n%s", got, old, want)
	}
	s, err := Stage(dir)
	if err != nil {
		t.Fatalf("next stage: %v", err)
	}
	if err := s.Abort(); err != nil {
		t.Fatalf("next abort: %v", err)
	}
	if got := tree(t, dir); between && got != old {
		t.Errorf("the old site did not come back:\n%s", got)
	}
	if _, exists := os.Lstat(dir); exists == nil {
		noLitter(t, dir)
	}
	if _, err := build(dir, newPages); err != nil {
		t.Fatalf("next build: %v", err)
	}
	if got := tree(t, dir); got != want {
		t.Errorf("the next build made\n%s, want\n%s", got, want)
	}
	noLitter(t, dir)
}

// Every operation fails once, reads too; the build may succeed only if it made
// the new site.
func TestBuildWithEveryOperationFailing(t *testing.T) {
	for _, sc := range scenarios {
		if sc.umask {
			continue // umask is the whole process's
		}
		for _, fault := range []error{syscall.EIO, syscall.ENOSPC} {
			t.Run(fmt.Sprint(sc.name, "/", fault), func(t *testing.T) {
				t.Parallel()
				want := sc.outcome(t)
				for number := int64(1); ; number++ {
					dir := quickSite(t)
					sc.prepare(t, dir)
					old := tree(t, dir)
					var calls atomic.Int64
					where := ""
					_, err := buildOn(sc.disk(func(op, path string) error {
						if fault == syscall.ENOSPC && reads[op] {
							return nil // reading needs no space
						}
						if calls.Add(1) == number {
							where = op + " " + strings.TrimPrefix(path, filepath.Dir(dir))
							return &fs.PathError{Op: op, Path: path, Err: fault}
						}
						return nil
					}), dir, newPages)
					if where == "" {
						t.Logf("%d operations failed in turn", number-1)
						return
					}
					if err == nil && tree(t, dir) != want {
						t.Errorf("%s failed, the build did not, and the site is not the new one", where)
					}
					problem, typed := errors.AsType[*Error](err)
					if err != nil && fault == syscall.ENOSPC && (!typed || problem.Kind != KindFull) && !strings.HasPrefix(err.Error(), "clear") {
						t.Errorf("%s: a full disk is reported as: %v", where, err)
					}
					if checkWhole(t, sc, dir, old, want); t.Failed() {
						t.Fatalf("%s failed with %v; the build: %v", where, fault, err)
					}
				}
			})
		}
	}
}

// The same with real signals: SIGKILL at each system call that can change a
// file, delivered by strace.
func TestBuildKilledAtEverySystemCall(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds; -short was given")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if out, err := exec.Command(strace, "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("tracing is not allowed here: %s", out)
	}
	sc := scenarios[0]
	want := sc.outcome(t)
	kills := 0
	for _, call := range []string{
		"mkdirat", "openat", "flock", "write", "linkat", "symlinkat", "fchmodat", "fchmodat2", "fchownat",
		"utimensat", "syncfs", "fsync", "renameat", "renameat2", "unlinkat",
	} {
		known := exec.Command(strace, "-o", os.DevNull, "-e", "trace="+call, "true").Run() == nil
		for when := 1; known; when++ {
			dir := quickSite(t)
			sc.prepare(t, dir)
			old := tree(t, dir)
			build := rerun(sc, dir, "OUTPUT_TEST_PLAIN=1", "GOMAXPROCS=1", "GODEBUG=asyncpreemptoff=1")
			traced := exec.Command(strace, "-f", "-o", os.DevNull, "-e", "trace="+call,
				"-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, when), build.Path)
			traced.Env = build.Env
			out, err := traced.CombinedOutput()
			if err == nil {
				checkWhole(t, sc, dir, want, want)
				break // it has no more calls of this kind
			}
			if traced.ProcessState.ExitCode() == 1 {
				t.Fatalf("%s number %d: the build was not killed: %v\n%s", call, when, err, out)
			}
			kills++
			if checkWhole(t, sc, dir, old, want); t.Failed() {
				t.Fatalf("killed at %s number %d: %v\n%s", call, when, err, out)
			}
		}
	}
	t.Logf("killed at %d system calls", kills)
	if kills < 40 {
		t.Error("so few system calls cannot be all")
	}
}
