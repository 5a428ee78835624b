//go:build unix

package cache

import (
	"os"
	"syscall"
)

// isPrivate reports whether a folder is the user's own and closed to others: what lies in it goes into pages, so nobody else may write there.
func isPrivate(folder string) bool {
	info, err := os.Lstat(folder)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o022 != 0 {
		return false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}
