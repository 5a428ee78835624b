//go:build !unix

package diagrams

import "testing"

func makePipe(t *testing.T, path string) error {
	t.Skip("named pipes are not files on this system")
	return nil
}
