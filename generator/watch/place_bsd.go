//go:build darwin || freebsd

package watch

import (
	"strings"
	"syscall"
)

// eventless gives what kind of place the path is in, if it is one that tells only of some changes or none; else nothing.
func eventless(path string) string {
	var s syscall.Statfs_t
	if syscall.Statfs(path, &s) != nil {
		return ""
	}
	var name strings.Builder
	for _, c := range s.Fstypename {
		if c == 0 {
			break
		}
		name.WriteByte(byte(c))
	}
	switch kind := name.String(); {
	case kind == "nfs", kind == "smbfs", kind == "afpfs", kind == "webdav", kind == "cifs":
		return "a network mount (" + kind + ")"
	case kind == "virtiofs", kind == "AppleVirtIOFS", kind == "p9fs", strings.Contains(kind, "fuse"):
		return "a mount of a program or the host (" + kind + ")"
	}
	return ""
}
