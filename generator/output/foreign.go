package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxForeign is how many files of others a site's folder may hold; more look
// like somebody's home folder named by mistake. What lies in ".git" at the root
// does not count.
const maxForeign = 100_000

// survey is what Commit does with the files of the old site.
type survey struct {
	carry   []node   // foreign files, and folders with nothing else in them
	named   []string // those of carry that are worth telling
	edited  []string // stale files of candor's that were changed by hand; in carry too
	removed int      // stale files of candor's
}

// walkOld lists the old site. enter says which folders to look into.
func (s *Staging) walkOld(enter func(path string) bool) ([]node, error) {
	foreign := 0
	nodes, err := walk(s.disk, s.dir, func(n node) (bool, error) {
		if _, listed := s.old.listed[n.path]; !listed && !n.isDir() {
			foreign++
		}
		if foreign > maxForeign {
			return false, unsuitable(s.shown, fmt.Sprintf("holds more than %d files that candor did not write", maxForeign))
		}
		return enter(n.path), nil
	})
	return nodes, problem("reading the old site", s.shown, err)
}

// examine sorts nodes, the files of the old site, into those that go and those
// that stay, and refuses if one that stays is in the way of set.
func (s *Staging) examine(nodes []node, set *Set, folders map[string]bool) (survey, error) {
	var found survey
	owned := s.ownFolders(folders)
	inside := "\x00" // the foreign folder that the node before lies in; no path begins so
	for _, n := range nodes {
		if strings.HasPrefix(n.path, inside) || n.isDir() && owned[n.path] {
			continue
		}
		stays, edited, err := s.stays(n, set)
		switch {
		case err != nil:
			return survey{}, problem("reading "+n.path, s.shown, err)
		case !stays && n.path != ManifestName && !has(set, n.path):
			found.removed++
			continue
		case !stays:
			continue
		case inTheWay(n, set, folders):
			return survey{}, s.collision(n.path)
		case edited:
			found.edited = append(found.edited, n.path)
		}
		name := n.path
		if n.isDir() {
			name += "/"
			inside = name
		}
		found.carry = append(found.carry, n)
		if n.path != ".git" && n.path != ".gitignore" {
			found.named = append(found.named, name)
		}
	}
	return found, nil
}

// ownFolders are those above a file that candor listed or is about to write.
func (s *Staging) ownFolders(folders map[string]bool) map[string]bool {
	owned := make(map[string]bool, len(folders))
	for dir := range folders {
		owned[dir] = true
	}
	for path := range s.old.listed {
		for dir := parent(path); dir != "" && !owned[dir]; dir = parent(dir) {
			owned[dir] = true
		}
	}
	return owned
}

// stays says whether the old site's n is foreign, and whether it is so because
// candor's own file was edited. A stale page that cannot be read is an error:
// kept by mistake, it would stay published.
func (s *Staging) stays(n node, set *Set) (stays, edited bool, err error) {
	if n.path == ManifestName {
		return s.old.manifest == nil, false, nil
	}
	was, listed := s.old.listed[n.path]
	wanted := has(set, n.path)
	switch {
	case n.isDir():
		return true, false, nil
	case listed && wanted: // Put has seen to it
		return false, false, nil
	case listed && n.kind != 0:
		return true, true, nil
	case listed:
		intact, err := s.intact(s.oldPath(n.path), was.Hash)
		return !intact, !intact, err
	}
	return !wanted || !s.adopted[n.path], false, nil
}

// inTheWay says whether set needs the place of a foreign n, or a folder where n
// is a file, or a file where a folder around n is.
func inTheWay(n node, set *Set, folders map[string]bool) bool {
	if has(set, n.path) || n.path == ManifestName || !n.isDir() && folders[n.path] {
		return true
	}
	for dir := parent(n.path); dir != ""; dir = parent(dir) {
		if has(set, dir) {
			return true
		}
	}
	return false
}

func has(set *Set, path string) bool {
	_, ok := set.Lookup(path)
	return ok
}

// foldersOf lists all folders above the files of set.
func foldersOf(set *Set) map[string]bool {
	folders := make(map[string]bool)
	for _, f := range set.files {
		for dir := parent(f.Path); dir != "" && !folders[dir]; dir = parent(dir) {
			folders[dir] = true
		}
	}
	return folders
}

func (s *Staging) collision(path string) error {
	return &Error{
		Kind: KindCollision, Path: filepath.Join(s.shown, filepath.FromSlash(path)),
		Text: "was not written by candor, and the site needs its place",
		Hint: "move it away and build again",
	}
}

// carryOver brings foreign files into the new site: the same inodes under a
// second name, so that content, owner, mode and times stay.
func (s *Staging) carryOver(nodes []node) error {
	for _, n := range nodes {
		if err := s.folder(parent(n.path)); err != nil {
			return problem("keeping "+n.path, s.shown, err)
		}
		if err := s.duplicate(s.oldPath(n.path), s.newPath(n.path)); err != nil {
			return problem("keeping "+n.path, s.shown, err)
		}
	}
	return nil
}

// duplicate makes to the same as from, with all that is in it.
func (s *Staging) duplicate(from, to string) error {
	info, err := s.disk.Lstat(from)
	if err != nil {
		return err
	}
	switch {
	case info.IsDir():
		return s.duplicateFolder(from, to, info)
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := s.disk.Readlink(from)
		if err != nil {
			return err
		}
		if err := s.disk.Symlink(target, to); err != nil {
			return err
		}
		return giveTo(s.disk, to, info)
	}
	err = s.disk.Link(from, to)
	if err == nil || !info.Mode().IsRegular() || !linkless(err) {
		return err
	}
	return s.copyForeign(from, to, info)
}

// linkless says whether copying helps where linking does not: a file system
// without hard links, a file of somebody else's (proc_sys_fs(5),
// protected_hardlinks), a file with all the links it can have. Full disks and
// mount points are no such reason.
func linkless(err error) bool {
	return !isFull(err) && !spansDevices(err)
}

func (s *Staging) duplicateFolder(from, to string, info fs.FileInfo) error {
	if mounted, err := s.disk.Mounted(from); err != nil {
		return err
	} else if mounted {
		return mountProblem(s.within(from), nil)
	}
	entries, err := s.disk.ReadDir(from)
	if err != nil {
		return err
	}
	if err := s.disk.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, entry := range entries {
		if err := s.duplicate(filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())); err != nil {
			return err
		}
	}
	if err := giveTo(s.disk, to, info); err != nil {
		return err
	}
	if err := s.disk.Chmod(to, info.Mode()); err != nil {
		return err
	}
	return s.disk.Chtimes(to, info.ModTime())
}

// within is the path of a file in the old site as the caller would write it.
func (s *Staging) within(path string) string {
	below, err := filepath.Rel(s.dir, path)
	if err != nil {
		return path
	}
	return filepath.Join(s.shown, below)
}

// giveTo hands path to the owner of like, as far as this user may.
func giveTo(d disk, path string, like fs.FileInfo) error {
	if err := d.Lchown(path, like); err != nil && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// copyForeign copies bytes, mode and time.
func (s *Staging) copyForeign(from, to string, info fs.FileInfo) error {
	if err := s.copyBytes(from, to, info.Mode().Perm(), io.Discard); err != nil {
		return err
	}
	if err := giveTo(s.disk, to, info); err != nil {
		return err
	}
	if err := s.disk.Chmod(to, info.Mode()); err != nil {
		return err
	}
	return s.disk.Chtimes(to, info.ModTime())
}

// copyBytes copies a file and shows its bytes to witness.
func (s *Staging) copyBytes(from, to string, mode fs.FileMode, witness io.Writer) error {
	in, err := s.disk.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := s.disk.Create(to, mode)
	if err != nil {
		return err
	}
	if s.fixFileMode {
		err = out.Chmod(mode)
	}
	if err == nil {
		_, err = io.Copy(io.MultiWriter(out, witness), in)
	}
	return errors.Join(err, out.Close())
}

// rescue brings foreign files over that were made or replaced in the old site
// after Commit had looked at it, and returns all that is in there. now is where
// the old site lies since the exchange.
func (s *Staging) rescue(now string, set *Set) ([]node, error) {
	return walk(s.disk, now, func(n node) (bool, error) {
		if err := unlock(s.disk, now, n); err != nil {
			return false, err
		}
		if _, listed := s.old.listed[n.path]; listed || n.path == ManifestName || has(set, n.path) {
			return true, nil
		}
		return true, s.rescueOne(filepath.Join(now, filepath.FromSlash(n.path)), s.oldPath(n.path), n)
	})
}

func (s *Staging) rescueOne(from, to string, n node) error {
	if n.isDir() {
		return nil
	}
	before, err := s.disk.Lstat(from)
	if err != nil {
		return err
	}
	after, err := s.disk.Lstat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := s.folderAround(to); err != nil {
			return err
		}
	case err != nil:
		return err
	case os.SameFile(before, after) || s.equalLinks(from, to, n):
		return nil
	}
	return s.disk.Rename(from, to)
}

// folderAround makes the folders above path, which lies in the site.
func (s *Staging) folderAround(path string) error {
	dir := filepath.Dir(path)
	if there, err := s.exists(dir); err != nil || there {
		return err
	}
	if err := s.folderAround(dir); err != nil {
		return err
	}
	return s.disk.Mkdir(dir, dirMode)
}

func (s *Staging) equalLinks(a, b string, n node) bool {
	if n.kind&fs.ModeSymlink == 0 {
		return false
	}
	one, err := s.disk.Readlink(a)
	if err != nil {
		return false
	}
	two, err := s.disk.Readlink(b)
	return err == nil && one == two
}
