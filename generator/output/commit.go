package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
)

// Result is what a build did to the site's folder.
type Result struct {
	Files   int   // files of the site, the manifest not among them
	Written int   // of these, written anew
	Linked  int   // of these, kept from the old site: same inode, same time
	Removed int   // files of the old site that the new one has no more
	Bytes   int64 // size of all files of the site

	// Foreign names what candor did not write and kept, sorted: files, and with
	// a slash at the end folders that hold nothing of candor's. ".git" and
	// ".gitignore" at the root are kept without being named.
	Foreign []string
	// Edited names files of candor's that were changed by hand since, sorted.
	// Those the site still has were replaced; the others are in Foreign too.
	Edited []string

	Set *Set
}

// Commit puts the new site in place of the old one and ends the staging,
// whether it succeeds or not. Before the exchange of the two folders an error
// leaves the old site as it was. An error after it comes with a Result: the new
// site is in place, and what could not be cleared goes with the next Stage.
// Where nothing changed, nothing is touched.
func (s *Staging) Commit() (Result, error) {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return Result{}, errClosed(s.shown)
	}
	s.closed = true
	if s.failed != nil {
		return Result{}, errors.Join(s.failed, s.release())
	}
	set := s.files.set()
	result, err := s.commit(set)
	if err != nil {
		// Its own error, if any, says nothing new; the next Stage tries again.
		s.release()
		return result, err
	}
	return result, problem("clearing the staging folder", s.shown, s.release())
}

func (s *Staging) commit(set *Set) (Result, error) {
	folders := foldersOf(set)
	manifest := set.Manifest()
	if s.unchanged(set, manifest) {
		found, err := s.examine(s.old.nodes, set, folders)
		return s.result(set, found), err
	}
	old, err := s.oldFolder()
	if err != nil {
		return Result{}, err
	}
	var found survey
	if old != nil {
		owned := s.ownFolders(folders)
		nodes, err := s.walkOld(func(path string) bool { return owned[path] })
		if err != nil {
			return Result{}, err
		}
		if found, err = s.examine(nodes, set, folders); err != nil {
			return Result{}, err
		}
	}
	if err := s.fill(set, found, manifest, old); err != nil {
		return Result{}, err
	}
	was, err := s.exchange(old != nil)
	if err != nil {
		return Result{}, problem("exchanging the folders", s.shown, err)
	}
	if err := s.settle(set, was); err != nil {
		return s.result(set, found), fmt.Errorf("clear away the old site of %q: %w", s.shown, err)
	}
	return s.result(set, found), nil
}

// unchanged says whether the old site already is the new one.
func (s *Staging) unchanged(set *Set, manifest []byte) bool {
	return len(s.same) == len(set.files) && bytes.Equal(manifest, s.old.manifest)
}

func (s *Staging) result(set *Set, found survey) Result {
	edited := slices.Concat(s.edited, found.edited)
	slices.Sort(edited)
	slices.Sort(found.named)
	return Result{
		Files: set.Len(), Written: s.written, Linked: len(s.same), Removed: found.removed,
		Bytes: set.Bytes(), Foreign: found.named, Edited: edited, Set: set,
	}
}

// oldFolder is the site's folder as it is now, or nil if there is none.
func (s *Staging) oldFolder() (fs.FileInfo, error) {
	info, err := s.disk.Lstat(s.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, problem("reading the old site", s.shown, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, &Error{
			Kind: KindChanged, Path: s.shown, Text: "became a symbolic link while the build ran",
			Hint: "build again",
		}
	}
	return info, checkFolder(s.shown, s.dir, info, s.disk)
}

// fill completes the new site: what is the same, what is foreign, the manifest.
// Then all of it goes to the device, so that no crash after the exchange can
// show a page cut short.
func (s *Staging) fill(set *Set, found survey, manifest []byte, old fs.FileInfo) error {
	for _, file := range set.files {
		if mark, ok := s.same[file.Path]; ok {
			if err := s.linkSame(file, mark); err != nil {
				return problem("keeping "+file.Path, s.shown, err)
			}
		}
	}
	if err := s.carryOver(found.carry); err != nil {
		return err
	}
	if err := s.write(ManifestName, manifest); err != nil {
		return problem("writing the manifest", s.shown, err)
	}
	if old != nil {
		if err := s.dressLike(old); err != nil {
			return problem("setting permissions", s.shown, err)
		}
	}
	return problem("writing", s.shown, s.disk.Flush(s.next))
}

// dressLike gives the new site's folder owner and mode of the old one.
func (s *Staging) dressLike(old fs.FileInfo) error {
	if err := giveTo(s.disk, s.next, old); err != nil {
		return err
	}
	now, err := s.disk.Lstat(s.next)
	if err != nil || now.Mode() == old.Mode() {
		return err
	}
	return s.disk.Chmod(s.next, old.Mode())
}

// linkSame gives an old file a second name in the new site, provided that it
// still is what Put compared.
func (s *Staging) linkSame(file File, mark stamp) error {
	if err := s.folder(parent(file.Path)); err != nil {
		return err
	}
	to := s.newPath(file.Path)
	err := s.disk.Link(s.oldPath(file.Path), to)
	if errors.Is(err, fs.ErrNotExist) {
		return s.changed(file.Path)
	}
	if err != nil && linkless(err) {
		return s.copySame(file, to)
	}
	if err != nil {
		return err
	}
	info, err := s.disk.Lstat(to)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() != mark.size || !info.ModTime().Equal(mark.modified) {
		return s.changed(file.Path)
	}
	return nil
}

func (s *Staging) copySame(file File, to string) error {
	digest := sha256.New()
	if err := s.copyBytes(s.oldPath(file.Path), to, fileMode, digest); err != nil {
		return err
	}
	if [sha256.Size]byte(digest.Sum(nil)) != file.Hash {
		return s.changed(file.Path)
	}
	delete(s.same, file.Path)
	s.written++
	return nil
}

func (s *Staging) changed(path string) error {
	return &Error{
		Kind: KindChanged, Path: filepath.Join(s.shown, filepath.FromSlash(path)),
		Text: "changed while the build ran", Hint: "build again",
	}
}

// exchange puts the new folder in place and returns where the old one lies
// now, or "" if there was none.
func (s *Staging) exchange(hasOld bool) (string, error) {
	if !hasOld {
		return "", s.disk.Rename(s.next, s.dir)
	}
	err := s.disk.Exchange(s.next, s.dir)
	if !errors.Is(err, errors.ErrUnsupported) {
		return s.next, err
	}
	away := filepath.Join(s.work, oldName)
	if err := s.disk.Rename(s.dir, away); err != nil {
		return "", err
	}
	err = s.disk.Rename(s.next, s.dir)
	if err == nil {
		return away, nil
	}
	if back := s.disk.Rename(away, s.dir); back != nil {
		return "", s.lost(errors.Join(err, back))
	}
	return "", err
}

// settle makes the exchange last and removes the old site.
func (s *Staging) settle(set *Set, was string) error {
	for _, dir := range []string{filepath.Dir(s.dir), s.work} {
		if err := s.disk.FlushFolder(dir); err != nil {
			return err
		}
	}
	if was == "" {
		return nil
	}
	nodes, err := s.rescue(was, set)
	if err != nil {
		return err
	}
	if err := removeNodes(s.disk, was, nodes); err != nil {
		return err
	}
	return nil
}
