//go:build !unix

package cache

import "os"

// isPrivate reports whether a folder is one: what a user's cache folder is to others is the system's to say.
func isPrivate(folder string) bool {
	info, err := os.Lstat(folder)
	return err == nil && info.IsDir()
}
