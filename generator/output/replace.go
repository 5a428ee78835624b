package output

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// Replace puts data in the place of what the file at path holds, in one step: whoever opens the file, after a crash too, finds the old bytes
// or the new ones, whole. Mode and owner stay. It is for a file of an author's that a verb edits, where a site is written by [Staging]. A path that
// leads to no file, or to one that nobody may write to, is an [*Error].
func Replace(path string, data []byte) error { return replace(system{}, path, data) }

func replace(d disk, path string, data []byte) error {
	info, err := d.Lstat(path)
	switch {
	case err != nil:
		return fmt.Errorf("look at %q: %w", path, cause(err))
	case !info.Mode().IsRegular():
		return &Error{Kind: KindUnsuitable, Path: path, Text: "is not a file", Hint: "name the file itself"}
	case info.Mode()&0o222 == 0: // renaming would get around that
		return &Error{Kind: KindReadOnly, Path: path, Text: "was made read-only", Hint: "make it writable again, and repeat the command"}
	}
	next := nextTo(path)
	err = putLike(d, next, data, info)
	if err == nil {
		err = d.Rename(next, path)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) { // else it is another's
		d.Remove(next)
	}
	if err == nil {
		err = d.FlushFolder(filepath.Dir(path))
	}
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return &Error{Kind: KindFull, Path: path, Text: "was not changed, the disk is full", Hint: "free some space, and repeat the command", Err: err}
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return &Error{Kind: KindReadOnly, Path: path, Text: "cannot be changed", Hint: "make the folder that it lies in writable, and repeat the command", Err: err}
	case errors.Is(err, fs.ErrExist):
		return &Error{Kind: KindBusy, Path: path, Text: "is being changed by another candor, or one that was killed left " + filepath.Base(next) + " beside it",
			Hint: "wait for the other one to end, or remove that file", Err: err}
	}
	return fmt.Errorf("write %q: %w", path, cause(err))
}

// nextTo names the file that is going to take the place of the one at path. It is hidden, so that nobody reads it meanwhile.
func nextTo(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".candor-next")
}

// putLike writes a new file with the mode and owner of like, and sees to it that its bytes have reached the device.
func putLike(d disk, path string, data []byte, like fs.FileInfo) error {
	f, err := d.Create(path, like.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	for _, step := range []func() error{
		func() error { return f.Chmod(like.Mode().Perm()) },
		func() error { return giveTo(d, path, like) },
		f.Sync,
	} {
		if err == nil {
			err = step()
		}
	}
	return errors.Join(err, f.Close())
}
