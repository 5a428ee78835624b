//go:build !unix

package watch

import "io/fs"

// inode gives the number of a file, which is not to be had here.
func inode(fs.FileInfo) uint64 { return 0 }
