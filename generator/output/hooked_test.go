package output

import (
	"io/fs"
	"time"
)

// hooked is a disk that calls before ahead of every operation, which fails if
// before returns an error. The operations in reads change nothing.
type hooked struct {
	disk   disk
	before func(op, path string) error
}

var reads = map[string]bool{
	"lstat": true, "readdir": true, "readlink": true, "open": true, "writable": true, "mounted": true,
}

func (h *hooked) Lstat(path string) (fs.FileInfo, error) {
	if err := h.before("lstat", path); err != nil {
		return nil, err
	}
	return h.disk.Lstat(path)
}

func (h *hooked) ReadDir(path string) ([]fs.DirEntry, error) {
	if err := h.before("readdir", path); err != nil {
		return nil, err
	}
	return h.disk.ReadDir(path)
}

func (h *hooked) Readlink(path string) (string, error) {
	if err := h.before("readlink", path); err != nil {
		return "", err
	}
	return h.disk.Readlink(path)
}

func (h *hooked) Open(path string) (readFile, error) {
	if err := h.before("open", path); err != nil {
		return nil, err
	}
	return h.disk.Open(path)
}

func (h *hooked) Writable(path string) error {
	if err := h.before("writable", path); err != nil {
		return err
	}
	return h.disk.Writable(path)
}

func (h *hooked) Mounted(path string) (bool, error) {
	if err := h.before("mounted", path); err != nil {
		return false, err
	}
	return h.disk.Mounted(path)
}

func (h *hooked) Mkdir(path string, mode fs.FileMode) error {
	if err := h.before("mkdir", path); err != nil {
		return err
	}
	return h.disk.Mkdir(path, mode)
}

func (h *hooked) Create(path string, mode fs.FileMode) (writeFile, error) {
	if err := h.before("create", path); err != nil {
		return nil, err
	}
	f, err := h.disk.Create(path, mode)
	if err != nil {
		return nil, err
	}
	return &hookedFile{f, path, h}, nil
}

func (h *hooked) Link(from, to string) error {
	if err := h.before("link", to); err != nil {
		return err
	}
	return h.disk.Link(from, to)
}

func (h *hooked) Symlink(target, path string) error {
	if err := h.before("symlink", path); err != nil {
		return err
	}
	return h.disk.Symlink(target, path)
}

func (h *hooked) Chmod(path string, mode fs.FileMode) error {
	if err := h.before("chmod", path); err != nil {
		return err
	}
	return h.disk.Chmod(path, mode)
}

func (h *hooked) Lchown(path string, like fs.FileInfo) error {
	if err := h.before("lchown", path); err != nil {
		return err
	}
	return h.disk.Lchown(path, like)
}

func (h *hooked) Chtimes(path string, modified time.Time) error {
	if err := h.before("chtimes", path); err != nil {
		return err
	}
	return h.disk.Chtimes(path, modified)
}

func (h *hooked) Rename(from, to string) error {
	if err := h.before("rename", to); err != nil {
		return err
	}
	return h.disk.Rename(from, to)
}

func (h *hooked) Exchange(a, b string) error {
	if err := h.before("exchange", b); err != nil {
		return err
	}
	return h.disk.Exchange(a, b)
}

func (h *hooked) Remove(path string) error {
	if err := h.before("remove", path); err != nil {
		return err
	}
	return h.disk.Remove(path)
}

func (h *hooked) Lock(path string) (lockFile, error) {
	if err := h.before("lock", path); err != nil {
		return nil, err
	}
	f, err := h.disk.Lock(path)
	if err != nil {
		return nil, err
	}
	return &hookedLock{f, path, h}, nil
}

func (h *hooked) Flush(path string) error {
	if err := h.before("flush", path); err != nil {
		return err
	}
	return h.disk.Flush(path)
}

func (h *hooked) FlushFolder(path string) error {
	if err := h.before("flushfolder", path); err != nil {
		return err
	}
	return h.disk.FlushFolder(path)
}

// hookedFile writes in two halves, so that a file can be cut short.
type hookedFile struct {
	writeFile
	path string
	disk *hooked
}

func (f *hookedFile) Write(data []byte) (int, error) {
	return writeHalves(f.writeFile.Write, f.disk, f.path, data)
}

func (f *hookedFile) Chmod(mode fs.FileMode) error {
	if err := f.disk.before("chmod", f.path); err != nil {
		return err
	}
	return f.writeFile.Chmod(mode)
}

func (f *hookedFile) Close() error {
	err := f.disk.before("close", f.path)
	if inner := f.writeFile.Close(); err == nil {
		err = inner
	}
	return err
}

type hookedLock struct {
	lockFile
	path string
	disk *hooked
}

func (f *hookedLock) Write(data []byte) (int, error) {
	return writeHalves(f.lockFile.Write, f.disk, f.path, data)
}

func writeHalves(write func([]byte) (int, error), d *hooked, path string, data []byte) (int, error) {
	done := 0
	for _, half := range [][]byte{data[:len(data)/2], data[len(data)/2:]} {
		if err := d.before("write", path); err != nil {
			return done, err
		}
		n, err := write(half)
		done += n
		if err != nil {
			return done, err
		}
	}
	return done, nil
}
