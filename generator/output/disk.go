package output

import (
	"io"
	"io/fs"
	"os"
	"time"
)

// disk is every call this package makes to the file system, so that tests can
// count them, make one fail, or die at one. All paths are absolute.
type disk interface {
	Lstat(path string) (fs.FileInfo, error)
	ReadDir(path string) ([]fs.DirEntry, error) // sorted by name
	Readlink(path string) (string, error)
	Open(path string) (readFile, error)

	Mkdir(path string, mode fs.FileMode) error
	Create(path string, mode fs.FileMode) (writeFile, error) // never an existing file
	Link(from, to string) error
	Symlink(target, path string) error
	Chmod(path string, mode fs.FileMode) error
	Lchown(path string, like fs.FileInfo) error // gives path the owner and group of like
	Chtimes(path string, modified time.Time) error
	Rename(from, to string) error
	// Exchange swaps two folders in one step, or returns an error that is
	// errors.ErrUnsupported where the system or the file system cannot.
	Exchange(a, b string) error
	Remove(path string) error // a file or an empty folder

	// Lock opens the file at path, making it if need be, and takes an exclusive
	// lock on it that ends with the process. errLocked if another holds it.
	Lock(path string) (lockFile, error)
	// Flush writes everything below path to the device.
	Flush(path string) error
	// FlushFolder writes the entries of one folder to the device.
	FlushFolder(path string) error
	// Writable is nil if this process may make entries in the folder at path.
	Writable(path string) error
	// Mounted says whether something is mounted at path.
	Mounted(path string) (bool, error)
}

type readFile interface {
	io.ReadCloser
	Stat() (fs.FileInfo, error)
}

type writeFile interface {
	io.WriteCloser
	Chmod(mode fs.FileMode) error
	Sync() error
}

type lockFile interface {
	io.ReadWriteCloser
	Stat() (fs.FileInfo, error)
}

// system is the real file system. Exchange, Lock, Flush, FlushFolder, Lchown,
// Writable and Mounted differ by operating system and stand in files of their own.
type system struct{}

func (system) Lstat(path string) (fs.FileInfo, error)     { return os.Lstat(path) }
func (system) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }
func (system) Readlink(path string) (string, error)       { return os.Readlink(path) }
func (system) Mkdir(path string, mode fs.FileMode) error  { return os.Mkdir(path, mode) }
func (system) Link(from, to string) error                 { return os.Link(from, to) }
func (system) Symlink(target, path string) error          { return os.Symlink(target, path) }
func (system) Chmod(path string, mode fs.FileMode) error  { return os.Chmod(path, mode) }
func (system) Rename(from, to string) error               { return os.Rename(from, to) }
func (system) Remove(path string) error                   { return os.Remove(path) }

func (system) Open(path string) (readFile, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (system) Create(path string, mode fs.FileMode) (writeFile, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (system) Chtimes(path string, modified time.Time) error {
	return os.Chtimes(path, time.Time{}, modified)
}
