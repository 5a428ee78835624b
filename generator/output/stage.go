package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// The modes of everything candor writes, whatever the umask.
const (
	fileMode fs.FileMode = 0o644
	dirMode  fs.FileMode = 0o755
)

// Names inside the staging folder. While two folders change places by renames,
// nextName and oldName both exist and the site's folder does not; at every
// other moment at most one of them does.
const (
	nextName   = "new" // the site that is being built; after the exchange, the old one
	oldName    = "old" // the old site, where folders cannot be exchanged in one step
	markerName = ".gitignore"
)

// markerText fills the marker. The marker is the lock of the build, shows that
// the folder is candor's to delete, and keeps half a site out of git.
const markerText = "# candor builds the next site here; when no build runs, this folder may be deleted\n*\n"

// errLocked is what disk.Lock returns when another holds the lock.
var errLocked = errors.New("locked by another")

// Staging is a site that is being built. Its methods are safe for concurrent
// use; Commit and Abort wait for every Put that has begun.
type Staging struct {
	disk  disk
	shown string // the site's folder as the caller wrote it, for messages
	dir   string // the same, absolute and without symbolic links
	work  string // the staging folder
	next  string // the new site in it
	lock  lockFile
	old   oldSite
	files register

	fixFileMode, fixDirMode bool        // the umask, or an ACL, changes what is created
	settledMode             fs.FileMode // what this file system makes of fileMode

	gate   sync.RWMutex // held for reading by Put, for writing by Commit and Abort
	closed bool

	mu      sync.Mutex
	failed  error            // the first error of a Put: the site has a hole
	same    map[string]stamp // files whose old bytes are the new ones
	adopted map[string]bool  // foreign files whose bytes are the new ones
	written int
	edited  []string        // listed, wanted, and changed by hand
	made    map[string]bool // folders that exist in next
}

// stamp shows whether a file was written to since it was compared.
type stamp struct {
	size     int64
	modified time.Time
}

// oldSite is what stands in the site's folder when a build begins.
type oldSite struct {
	manifest []byte // nil if there is none
	listed   map[string]File
	nodes    []node
	kinds    map[string]fs.FileMode // the type bits of each node
}

// Stage begins a new site for the folder dir, which need not exist yet; the one
// above it must. It makes a staging folder beside dir, takes a lock that ends
// with the process, removes what a killed build left, and reads which files of
// dir are candor's. Nothing in dir changes before [Staging.Commit]. If dir is a
// symbolic link, the folder it leads to is the site's. What a person can clear
// away comes back as an [*Error]; a second build of the same folder gets
// [KindBusy] at once.
func Stage(dir string) (*Staging, error) { return stage(dir, system{}) }

func stage(dir string, d disk) (*Staging, error) {
	path, err := locate(dir, d)
	if err != nil {
		return nil, err
	}
	s := &Staging{
		disk: d, shown: dir, dir: path,
		work: filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".candor-staging"),
		same: make(map[string]stamp), adopted: make(map[string]bool), made: make(map[string]bool),
	}
	s.next = filepath.Join(s.work, nextName)
	if err := s.acquire(); err != nil {
		return nil, problem("making a staging folder", dir, err)
	}
	if err := s.prepare(); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

// acquire makes the staging folder and locks it, or takes over one that a
// killed build left.
func (s *Staging) acquire() error {
	// The build that holds the lock removes the folder when it ends, between
	// any two of the steps here; then the next attempt finds it gone.
	for range 100 {
		err := s.disk.Mkdir(s.work, dirMode)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := s.checkStagingFolder(); errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return err
		}
		err = s.lockMarker()
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return s.busy()
}

func (s *Staging) busy() error {
	return &Error{
		Kind: KindBusy, Path: s.shown, Text: "is being written by another build",
		Hint: "wait until it has ended and build again", Err: nil,
	}
}

// lockMarker takes the lock; fs.ErrNotExist if the staging folder vanished
// meanwhile.
func (s *Staging) lockMarker() error {
	marker := filepath.Join(s.work, markerName)
	lock, err := s.disk.Lock(marker)
	if errors.Is(err, errLocked) {
		return s.busy()
	}
	if err != nil {
		return err
	}
	mine, err := lock.Stat()
	if err != nil {
		lock.Close()
		return err
	}
	there, err := s.disk.Lstat(marker)
	if err == nil && !os.SameFile(mine, there) {
		err = fs.ErrNotExist
	}
	if err == nil {
		err = s.sign(lock)
	}
	if err != nil {
		lock.Close()
		return err
	}
	s.lock = lock
	return nil
}

// sign writes the marker's text unless it is there. An empty marker is that of
// a build killed before it could write.
func (s *Staging) sign(lock lockFile) error {
	text, err := io.ReadAll(io.LimitReader(lock, int64(len(markerText))+1))
	switch {
	case err != nil:
		return err
	case string(text) == markerText:
		return nil
	case !strings.HasPrefix(markerText, string(text)):
		return s.notOurs(markerName)
	}
	_, err = io.WriteString(lock, markerText[len(text):])
	return err
}

// checkStagingFolder makes sure that the folder is candor's, since its content
// is deleted.
func (s *Staging) checkStagingFolder() error {
	info, err := s.disk.Lstat(s.work)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return s.notOurs("")
	}
	entries, err := s.disk.ReadDir(s.work)
	if err != nil {
		return err
	}
	marked := false
	for _, entry := range entries {
		switch name := entry.Name(); {
		case name == markerName && entry.Type().IsRegular():
			marked = true
		case name == nextName || name == oldName:
		default:
			return s.notOurs(name)
		}
	}
	if len(entries) > 0 && !marked {
		return s.notOurs(entries[0].Name())
	}
	return nil
}

func (s *Staging) notOurs(name string) error {
	path := filepath.Join(filepath.Dir(s.shown), filepath.Base(s.work), name)
	return &Error{
		Kind: KindStagingName, Path: path, Text: "was not written by candor, and candor builds the next site there",
		Hint: "move it away and build again",
	}
}

// prepare clears what a killed build left, makes the new site's folder and
// reads the old site.
func (s *Staging) prepare() error {
	if err := s.recover(); err != nil {
		return problem("clearing what an earlier build left", s.shown, err)
	}
	if err := s.disk.Mkdir(s.next, dirMode); err != nil {
		return problem("making a staging folder", s.shown, err)
	}
	if err := s.probeModes(); err != nil {
		return problem("setting permissions", s.shown, err)
	}
	return s.readOld()
}

// recover ends what a killed build began.
func (s *Staging) recover() error {
	old := filepath.Join(s.work, oldName)
	hasOld, err := s.exists(old)
	if err != nil {
		return err
	}
	if hasOld {
		hasSite, err := s.exists(s.dir)
		if err != nil {
			return err
		}
		hasNext, err := s.exists(s.next)
		if err != nil {
			return err
		}
		switch {
		case !hasSite: // killed between the two renames
			if err := s.disk.Rename(old, s.dir); err != nil {
				return err
			}
		case hasNext: // the same, and then somebody made a new folder
			return s.lost(nil)
		}
	}
	if err := removeTree(s.disk, s.next); err != nil {
		return err
	}
	return removeTree(s.disk, old)
}

func (s *Staging) exists(path string) (bool, error) {
	_, err := s.disk.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// lost is the one state that no build mends by itself: the old site lies in the
// staging folder.
func (s *Staging) lost(err error) error {
	return &Error{
		Kind: KindLost, Path: s.shown, Text: "is not the old site, whose exchange was interrupted",
		Hint: fmt.Sprintf("the old site is in %q: move it where it belongs", filepath.Join(s.work, oldName)), Err: err,
	}
}

// probeModes finds out what the umask and the file system make of a mode, from
// the marker and the folder that were just created.
func (s *Staging) probeModes() error {
	marker := filepath.Join(s.work, markerName)
	file, err := s.disk.Lstat(marker)
	if err != nil {
		return err
	}
	if file.Mode() != fileMode {
		if err := s.disk.Chmod(marker, fileMode); err != nil {
			return err
		}
		if file, err = s.disk.Lstat(marker); err != nil {
			return err
		}
		s.fixFileMode = true
	}
	s.settledMode = file.Mode()
	dir, err := s.disk.Lstat(s.next)
	if err != nil {
		return err
	}
	s.fixDirMode = dir.Mode().Perm() != dirMode
	if s.fixDirMode {
		return s.disk.Chmod(s.next, dirMode)
	}
	return nil
}

// release removes the staging folder and gives up the lock. What cannot be
// removed stays marked, for the next Stage.
func (s *Staging) release() error {
	defer s.lock.Close()
	if hasOld, err := s.exists(filepath.Join(s.work, oldName)); err != nil || hasOld {
		return err // the old site itself, or as much as could not be removed
	}
	if err := removeTree(s.disk, s.next); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		s.lock.Close() // an open file cannot be removed there
	}
	if err := s.disk.Remove(filepath.Join(s.work, markerName)); err != nil {
		return err
	}
	// Another build may be waiting at this very place with a marker of its own;
	// then the folder is its own and stays.
	s.disk.Remove(s.work)
	return nil
}

// Abort gives the new site up: the old one stands as it was, the staging folder
// goes. It may be called again, and after Commit, without effect.
func (s *Staging) Abort() error {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if err := s.release(); err != nil {
		return fmt.Errorf("remove the staging folder of %q: %w", s.shown, err)
	}
	return nil
}

// readOld reads the manifest and the names of the old site.
func (s *Staging) readOld() error {
	there, err := s.exists(s.dir)
	if err != nil || !there {
		return problem("reading the old site", s.shown, err)
	}
	if err := s.readManifest(); err != nil {
		return err
	}
	s.old.nodes, err = s.walkOld(func(path string) bool { return path != ".git" })
	if err != nil {
		return err
	}
	s.old.kinds = make(map[string]fs.FileMode, len(s.old.nodes))
	for _, n := range s.old.nodes {
		s.old.kinds[n.path] = n.kind
	}
	return nil
}

func (s *Staging) readManifest() error {
	path := filepath.Join(s.dir, ManifestName)
	info, err := s.disk.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return problem("reading the manifest", s.shown, err)
	}
	if !info.Mode().IsRegular() {
		return s.collision(ManifestName)
	}
	file, err := s.disk.Open(path)
	if err != nil {
		return problem("reading the manifest", s.shown, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxManifest))
	if err != nil {
		return problem("reading the manifest", s.shown, err)
	}
	if !bytes.HasPrefix(data, []byte(signature)) {
		return s.collision(ManifestName)
	}
	files, err := ParseManifest(data)
	if err != nil {
		return &Error{
			Kind: KindManifest, Path: filepath.Join(s.shown, ManifestName), Text: "is damaged",
			Hint: fmt.Sprintf("restore it, or move %q away and build anew", s.shown), Err: err,
		}
	}
	s.old.manifest = data
	s.old.listed = make(map[string]File, len(files))
	for _, f := range files {
		s.old.listed[f.Path] = f
	}
	return nil
}
