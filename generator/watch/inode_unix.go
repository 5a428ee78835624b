//go:build unix

package watch

import (
	"io/fs"
	"syscall"
)

// inode gives the number of a file: another file in its place with the same size and time has another.
func inode(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Ino)
	}
	return 0
}
