package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// Exchange is renamex_np(2) with RENAME_SWAP, which APFS implements.
func (system) Exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	switch err {
	case nil:
		return nil
	case unix.EINVAL, unix.ENOSYS, unix.ENOTSUP:
		err = errors.ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}
