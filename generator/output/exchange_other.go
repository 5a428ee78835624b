//go:build !linux && !darwin

package output

import (
	"errors"
	"os"
)

// Exchange does not exist here; the folders change places by two renames.
func (system) Exchange(a, b string) error {
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: errors.ErrUnsupported}
}
