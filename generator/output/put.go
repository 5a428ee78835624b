package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
)

// chunks are buffers for reading old files. A page fits into one.
var chunks = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// Put adds a file to the new site; see [Sink]. If the old site has the same
// bytes at path, they are compared one by one and nothing is written: Commit
// links the old file. After an error the site is incomplete and Commit refuses.
func (s *Staging) Put(path string, data []byte) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return errClosed(s.shown)
	}
	err := s.put(path, data)
	if err != nil {
		s.mu.Lock()
		if s.failed == nil {
			s.failed = err
		}
		s.mu.Unlock()
	}
	return err
}

func errClosed(shown string) error {
	return &Error{
		Kind: KindClosed, Path: shown, Text: "is not being built any more",
		Hint: "begin a new site with Stage",
	}
}

func (s *Staging) put(path string, data []byte) error {
	file := File{Path: path, Size: int64(len(data)), Hash: sha256.Sum256(data)}
	added, err := s.files.add(file)
	if err != nil || !added {
		return err
	}
	kept, err := s.keep(file, data)
	if err != nil || kept {
		return err
	}
	if err := s.write(path, data); err != nil {
		return problem("writing "+path, s.shown, err)
	}
	s.mu.Lock()
	s.written++
	s.mu.Unlock()
	return nil
}

// keep decides whether the old file at file's path can serve again, and notes
// it. A foreign file in the way is an error.
func (s *Staging) keep(file File, data []byte) (bool, error) {
	kind, present := s.old.kinds[file.Path]
	if !present || kind.IsDir() { // what a folder holds, Commit finds out
		return false, nil
	}
	was, listed := s.old.listed[file.Path]
	path := s.oldPath(file.Path)
	if listed && was.Hash != file.Hash {
		// It is replaced in any case, so one that cannot be read counts as edited.
		intact := false
		if kind == 0 {
			intact, _ = s.intact(path, was.Hash)
		}
		if !intact {
			s.noteEdited(file.Path)
		}
		return false, nil
	}
	found, mode := stamp{}, fs.FileMode(0)
	equal := false
	if kind == 0 { // a regular file
		found, mode, equal = s.compare(path, data)
	}
	switch {
	case !equal && !listed:
		return false, s.collision(file.Path)
	case !equal:
		s.noteEdited(file.Path)
		return false, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !listed {
		s.adopted[file.Path] = true
	}
	if mode != s.settledMode {
		return false, nil // the mode belongs to the inode, thus to the old site too
	}
	s.same[file.Path] = found
	return true, nil
}

// Keep adds the old site's file; see [Keeper]. It is read, to be sure of it.
func (s *Staging) Keep(file File) (bool, error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return false, errClosed(s.shown)
	}
	was, listed := s.old.listed[file.Path]
	if kind, present := s.old.kinds[file.Path]; !present || kind != 0 || !listed || was.Hash != file.Hash {
		return false, nil
	}
	found, mode, err := s.examineOld(file)
	if err != nil || mode != s.settledMode {
		return false, nil // Put says what is to be said of it
	}
	file.Size = found.size
	added, err := s.files.add(file)
	if err != nil || !added {
		return err == nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.same[file.Path] = found
	return true, nil
}

// examineOld gives size, time and mode of an old file that has the hash of file; an error if it has not.
func (s *Staging) examineOld(file File) (stamp, fs.FileMode, error) {
	path := s.oldPath(file.Path)
	before, err := s.disk.Lstat(path)
	if err != nil {
		return stamp{}, 0, err
	}
	if intact, err := s.intact(path, file.Hash); err != nil || !intact {
		return stamp{}, 0, errors.Join(err, fs.ErrNotExist)
	}
	return stamp{before.Size(), before.ModTime()}, before.Mode(), nil
}

func (s *Staging) noteEdited(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edited = append(s.edited, path)
}

func (s *Staging) oldPath(path string) string {
	return filepath.Join(s.dir, filepath.FromSlash(path))
}

func (s *Staging) newPath(path string) string {
	return filepath.Join(s.next, filepath.FromSlash(path))
}

// compare says whether the file at path holds exactly data. A file that cannot
// be read does not.
func (s *Staging) compare(path string, data []byte) (stamp, fs.FileMode, bool) {
	f, err := s.disk.Open(path)
	if err != nil {
		return stamp{}, 0, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return stamp{}, 0, false
	}
	chunk := chunks.Get().(*[64 << 10]byte)
	defer chunks.Put(chunk)
	for rest := data; len(rest) > 0; {
		n, err := io.ReadFull(f, chunk[:min(len(chunk), len(rest))])
		if err != nil || !bytes.Equal(chunk[:n], rest[:n]) {
			return stamp{}, 0, false
		}
		rest = rest[n:]
	}
	return stamp{info.Size(), info.ModTime()}, info.Mode(), true
}

// intact says whether the file at path still has the hash that candor listed.
func (s *Staging) intact(path string, listed [sha256.Size]byte) (bool, error) {
	f, err := s.disk.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false, err // a pipe, say, which has no end to read to
	}
	chunk := chunks.Get().(*[64 << 10]byte)
	defer chunks.Put(chunk)
	digest := sha256.New()
	for {
		n, err := f.Read(chunk[:])
		digest.Write(chunk[:n])
		if errors.Is(err, io.EOF) {
			return [sha256.Size]byte(digest.Sum(nil)) == listed, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// write makes a file of the new site.
func (s *Staging) write(path string, data []byte) error {
	if err := s.folder(parent(path)); err != nil {
		return err
	}
	f, err := s.disk.Create(s.newPath(path), fileMode)
	if err != nil {
		return err
	}
	if s.fixFileMode {
		err = f.Chmod(fileMode)
	}
	if err == nil {
		_, err = f.Write(data)
	}
	return errors.Join(err, f.Close())
}

// folder makes dir in the new site, and those above it, unless they are there.
func (s *Staging) folder(dir string) error {
	if dir == "" {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.folderLocked(dir)
}

func (s *Staging) folderLocked(dir string) error {
	if dir == "" || s.made[dir] {
		return nil
	}
	if err := s.folderLocked(parent(dir)); err != nil {
		return err
	}
	if err := s.disk.Mkdir(s.newPath(dir), dirMode); err != nil {
		return err
	}
	if s.fixDirMode {
		if err := s.disk.Chmod(s.newPath(dir), dirMode); err != nil {
			return err
		}
	}
	s.made[dir] = true
	return nil
}
