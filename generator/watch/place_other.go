//go:build !linux && !darwin && !freebsd

package watch

import (
	"path/filepath"
	"strings"
)

// eventless gives what kind of place the path is in, if it is one that tells only of some changes or none; else nothing.
func eventless(path string) string {
	if strings.HasPrefix(filepath.VolumeName(path), `\\`) { // \\server\share, and \\wsl$\Debian
		return "a network share"
	}
	return ""
}
