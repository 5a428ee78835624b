// Package codecache makes the renderer's cache of machine code safe to load.
//
// go-graphviz compiles its WebAssembly while packages are initialised, in every
// command, and keeps the machine code in a folder of the shared temporary folder,
// guarded by a checksum only: another user could plant code there, stop the program
// from starting, or a damaged file could. This package gives that one init another
// temporary folder: a private one below the user's cache folder, owned by the user
// and closed to others all the way up, in which every file of code has its SHA-256
// recorded by us. Files without a matching record are thrown away before they are
// loaded.
//
// What comes in: the environment (HOME, XDG_CACHE_HOME, or their like), because no
// caller can be there this early. What goes out: the temporary folder's variable,
// changed from this package's init until Settle. Where no private folder can be had
// (no home, a read-only one, a foreign one, a full disk), nothing is cached and the
// code is compiled in memory. It never fails, never waits for another process, and
// never touches a folder outside its own.
//
// Only processes that draw need the renderer; they are told so by Mark in their
// environment. In all others the module is exchanged for a stand-in before it is
// loaded, and no cache is looked at.
//
// It works because Go initialises packages in the order of their import paths once
// all they import is ready. The path begins with "candor/", which sorts before
// "github.com/", and it imports nothing but standard packages that go-graphviz's
// init needs as well; a test holds it to that.
package codecache

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

const (
	cacheFolder  = "candor/renderer"
	loaderFolder = "go-graphviz" // the name go-graphviz gives its cache
	engineFolder = "wazero-"     // begins the folder of one version of its runtime
	recordFolder = "records"     // ours: one record per file of code
	trialFile    = "room-*"
	newRecord    = "new-*"

	maxCode   = 4         // files of code kept: several processors may share a home
	codeBytes = 64 << 20  // more than any file of code has
	roomBytes = 8 << 20   // what a fresh compilation writes, with something to spare
	unsettled = time.Hour // after it, an unfinished file is nobody's any more
)

// variables are those that os.TempDir reads.
func variables() []string {
	if runtime.GOOS == "windows" {
		return []string{"TMP", "TEMP"}
	}
	return []string{"TMPDIR"}
}

// setting is an environment variable as it was.
type setting struct {
	name, value string
	set         bool
}

var (
	before  []setting // to put back
	private string    // the folder in use, "" if none
)

func init() {
	for _, v := range variables() {
		value, set := os.LookupEnv(v)
		before = append(before, setting{v, value, set})
	}
	if idle {
		wasmFile = standIn()
	} else {
		private = prepare()
	}
	dir := private
	if dir == "" {
		// Below a file no folder can be made, so nothing is read and nothing written.
		dir = filepath.Join(os.DevNull, "none")
	}
	for _, v := range variables() {
		os.Setenv(v, dir)
	}
}

// Settle puts the environment back and records what the renderer's init has
// written. It is called once, by the package that imports the renderer.
func Settle() {
	for _, s := range before {
		if s.set {
			os.Setenv(s.name, s.value)
		} else {
			os.Unsetenv(s.name)
		}
	}
	before = nil
	if private != "" {
		record(private)
	}
}

// Folder returns the private folder in use, "" if nothing is cached or the process is
// idle.
func Folder() string { return private }

// Compiled reports whether a process that draws would find machine code, as far as can be told without reading it, or
// could not keep any. It is a hint: whether to wait for another process that compiles.
func Compiled() bool {
	base, err := os.UserCacheDir()
	if err != nil {
		return true
	}
	records, err := os.ReadDir(filepath.Join(base, cacheFolder, recordFolder))
	return len(records) > 0 || err != nil && !errors.Is(err, os.ErrNotExist)
}

// prepare returns a private folder holding nothing but code that matches its
// record, or "".
func prepare() (dir string) {
	defer func() {
		if recover() != nil { // whatever it is, starting without a cache is better
			dir = ""
		}
	}()
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir, err = ensurePrivate(filepath.Join(base, cacheFolder))
	if err != nil {
		return ""
	}
	good, err := sweep(dir, time.Now())
	if err != nil || good == 0 && !hasRoom(dir) {
		return ""
	}
	return dir
}

// ensurePrivate makes dir if need be and returns its real path once it is sure that
// nobody but the user (and root) can change what lies there.
func ensurePrivate(dir string) (string, error) {
	if !filepath.IsAbs(dir) {
		return "", errors.New("not an absolute path")
	}
	above, err := deepest(dir)
	if err != nil {
		return "", err
	}
	if err := closedAbove(above); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	dir, err = filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	if err := closedAbove(dir); err != nil {
		return "", err
	}
	return dir, ownedAlone(dir)
}

// deepest returns the real path of the lowest folder on the way to dir that is
// there already.
func deepest(dir string) (string, error) {
	for {
		real, err := filepath.EvalSymlinks(dir)
		if err == nil {
			return real, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		// A link that leads nowhere is there, too: MkdirAll would follow it. A folder that is there now was made meanwhile by another process.
		if info, err := os.Lstat(dir); err == nil {
			if info.Mode()&os.ModeSymlink != 0 {
				return "", errors.New("a link that leads nowhere")
			}
			continue
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no folder above")
		}
		dir = parent
	}
}

// hasRoom reports whether the folder takes what a compilation writes. The
// renderer's init panics when it cannot write, so this is tried beforehand.
func hasRoom(dir string) bool {
	f, err := os.CreateTemp(dir, trialFile)
	if err != nil {
		return false
	}
	defer os.Remove(f.Name())
	block, x := make([]byte, 1<<20), uint32(1)
	for i := range block { // not zeros: some file systems store none
		x = x*1664525 + 1013904223
		block[i] = byte(x >> 24)
	}
	for range roomBytes / len(block) {
		if _, err := f.Write(block); err != nil {
			f.Close()
			return false
		}
	}
	return f.Close() == nil
}

// isUnfinished reports the name of a file another process may be writing.
func isUnfinished(name string) bool { return strings.HasSuffix(name, ".tmp") }
