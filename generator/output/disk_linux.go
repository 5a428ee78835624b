package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Exchange is renameat2(2) with RENAME_EXCHANGE, which Linux has since 3.15
// and which ext4, xfs, btrfs, tmpfs and overlayfs implement.
func (system) Exchange(a, b string) error {
	for {
		err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
		switch err {
		case nil:
			return nil
		case unix.EINTR:
			continue
		case unix.EINVAL, unix.ENOSYS, unix.ENOTSUP:
			err = errors.ErrUnsupported
		}
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
}

// Flush is syncfs(2): one call for a thousand files and their folders. It also
// reports a disk that turned out full or broken after write(2) had returned.
func (system) Flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return &fs.PathError{Op: "syncfs", Path: path, Err: err}
	}
	return nil
}

// Mounted asks statx(2), which since Linux 5.8 knows bind mounts too; before,
// it compares file systems.
func (system) Mounted(path string) (bool, error) {
	var stat unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, path, unix.AT_SYMLINK_NOFOLLOW|unix.AT_NO_AUTOMOUNT, unix.STATX_TYPE, &stat)
	if err == nil && stat.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return stat.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0, nil
	}
	return otherDevice(path, filepath.Dir(path))
}
