//go:build unix

package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// openFlags keep a file that was replaced by a symbolic link or a named pipe
// from leading a read elsewhere or making it wait.
const openFlags = unix.O_NOFOLLOW | unix.O_NONBLOCK

// isFull says whether err means no space, or none left for this user.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// spansDevices says whether err means a mount point, or two file systems where
// one was needed.
func spansDevices(err error) bool {
	return errors.Is(err, syscall.EXDEV) || errors.Is(err, syscall.EBUSY)
}

func (system) Lock(path string) (lockFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|openFlags, fileMode)
	if err != nil {
		return nil, err
	}
	for {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err != unix.EINTR {
			break
		}
	}
	if err == nil {
		return f, nil
	}
	f.Close()
	if err == unix.EWOULDBLOCK {
		return nil, errLocked
	}
	return nil, &fs.PathError{Op: "flock", Path: path, Err: err}
}

func (system) Lchown(path string, like fs.FileInfo) error {
	want, ok := like.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if have, ok := info.Sys().(*syscall.Stat_t); ok && have.Uid == want.Uid && have.Gid == want.Gid {
		return nil
	}
	return os.Lchown(path, int(want.Uid), int(want.Gid))
}

func (system) FlushFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil // some network and user-space file systems have no such call
	}
	return err
}

func (system) Writable(path string) error {
	if err := unix.Access(path, unix.W_OK|unix.X_OK); err != nil {
		return &fs.PathError{Op: "access", Path: path, Err: err}
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	// The superuser may write here all the same; who took the permission away
	// did not mean that.
	if info.Mode()&0o222 == 0 {
		return &fs.PathError{Op: "access", Path: path, Err: syscall.EACCES}
	}
	return nil
}

// device is the number of the file system that info's file lies on.
func device(info fs.FileInfo) (uint64, bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return uint64(stat.Dev), true
}

// otherDevice says whether path lies on another file system than its parent.
func otherDevice(path, parent string) (bool, error) {
	below, err := os.Lstat(path)
	if err != nil {
		return false, err
	}
	above, err := os.Lstat(parent)
	if err != nil {
		return false, err
	}
	a, okA := device(below)
	b, okB := device(above)
	return okA && okB && a != b, nil
}
