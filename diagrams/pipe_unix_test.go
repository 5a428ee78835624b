//go:build unix

package diagrams

import (
	"syscall"
	"testing"
)

func makePipe(t *testing.T, path string) error { return syscall.Mkfifo(path, 0o600) }
