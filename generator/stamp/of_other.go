//go:build !linux

package stamp

import (
	"io/fs"
	"time"
)

// of gives no stamp: what there would be was not tried on this system.
func of(fs.FileInfo) (stamp string, newest time.Time, ok bool) { return "", time.Time{}, false }
