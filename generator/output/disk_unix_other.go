//go:build unix && !linux

package output

import (
	"os"
	"path/filepath"
)

// Flush writes the names; the contents follow when the system thinks fit.
// Waiting for each of a thousand files would take longer than the build.
func (d system) Flush(path string) error { return d.FlushFolder(path) }

func (system) Mounted(path string) (bool, error) {
	if _, err := os.Lstat(path); err != nil {
		return false, err
	}
	return otherDevice(path, filepath.Dir(path))
}
