package output

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// Move gives a file of an author's another name in one step, never that of another file: whoever looks, after a crash too, finds it under one of the two. A
// symbolic link is renamed itself. What stands in the way is an [*Error].
func Move(from, to string) error { return move(system{}, from, to) }

func move(d disk, from, to string) error {
	if _, err := d.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return fmt.Errorf("look at %q: %w", to, cause(err))
		}
		return &Error{Kind: KindUnsuitable, Path: to, Text: "is there already", Hint: "remove it, or take another name"}
	}
	err := d.Rename(from, to)
	for _, folder := range []string{filepath.Dir(to), filepath.Dir(from)} {
		if err == nil {
			err = d.FlushFolder(folder)
		}
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return &Error{Kind: KindReadOnly, Path: from, Text: "cannot be renamed", Hint: "make the folder that it lies in writable, and repeat the command", Err: err}
	}
	return fmt.Errorf("rename %q: %w", from, cause(err))
}
