//go:build unix

package watch

import (
	"io/fs"
	"syscall"
)

// identify gives the numbers by which a file is known: another in its place, with the same size and time, has others.
func identify(info fs.FileInfo) identity {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return identity{device: uint64(s.Dev), inode: uint64(s.Ino)}
	}
	return identity{}
}
