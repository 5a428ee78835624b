//go:build unix

package codecache

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

var errOpen = errors.New("others can write there")

// ownedAlone reports an error unless dir is a folder of this user that nobody else
// can enter.
func ownedAlone(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(st.Uid) != os.Geteuid() || info.Mode().Perm()&0o077 != 0 {
		return errOpen
	}
	return nil
}

// closedAbove reports an error unless dir, a real path, and every folder above it
// belong to root or to this user, and nobody else can put something in their place:
// they are closed to others, or sticky.
func closedAbove(dir string) error {
	for {
		info, err := os.Lstat(dir)
		if err != nil {
			return err
		}
		st, ok := info.Sys().(*syscall.Stat_t)
		if !ok || !info.IsDir() || st.Uid != 0 && int(st.Uid) != os.Geteuid() || openTo(info.Mode(), int(st.Gid)) {
			return errOpen
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil
		}
		dir = parent
	}
}

// openTo reports whether others than the owner can replace what is in a folder. A
// group with the user's own number is taken for the user's own, as the usual
// distributions have it.
func openTo(m fs.FileMode, gid int) bool {
	if m&fs.ModeSticky != 0 {
		return false
	}
	return m.Perm()&0o002 != 0 || m.Perm()&0o020 != 0 && gid != os.Geteuid()
}
