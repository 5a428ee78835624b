//go:build unix

package output

import (
	"os"
	"syscall"
)

func setUmask(mask int) { syscall.Umask(mask) }

// becomeNobody gives up the superuser's rights if OUTPUT_TEST_NOBODY is set.
func becomeNobody() {
	if os.Getenv("OUTPUT_TEST_NOBODY") == "" {
		return
	}
	const nobody = 65534
	for _, err := range []error{syscall.Setgroups(nil), syscall.Setgid(nobody), syscall.Setuid(nobody)} {
		if err != nil {
			panic(err)
		}
	}
}
