//go:build !unix

package watch

import "io/fs"

// identify gives the numbers by which a file is known, which are not to be had here.
func identify(fs.FileInfo) identity { return identity{} }
