package stamp

import (
	"fmt"
	"io/fs"
	"syscall"
	"time"
)

// of gives the stamp of one file, and the later of its two times.
func of(info fs.FileInfo) (stamp string, newest time.Time, ok bool) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", time.Time{}, false
	}
	written, changed := time.Unix(s.Mtim.Unix()), time.Unix(s.Ctim.Unix())
	if newest = written; changed.After(written) {
		newest = changed
	}
	return fmt.Sprintf("%d %d %o %d %d %d", s.Dev, s.Ino, s.Mode, s.Size, written.UnixNano(), changed.UnixNano()), newest, true
}
