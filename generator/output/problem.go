package output

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"syscall"
)

// Kind says what stands in the way of a new site.
type Kind int

// The kinds of [Error].
const (
	KindPath        Kind = iota + 1 // a page's path that CheckPath refuses
	KindTwice                       // one path for two pages, also if they differ in case only
	KindCollision                   // a foreign file where a page belongs
	KindNotFolder                   // the site's folder is a file or another thing
	KindUnsuitable                  // the root of the file system, or a folder around the current one
	KindNoParent                    // the folder that would hold the site's folder does not exist
	KindReadOnly                    // no permission to write, or a read-only file system
	KindMount                       // a mount point, which cannot be exchanged
	KindBusy                        // another build has begun and not ended
	KindManifest                    // the old manifest is damaged
	KindStagingName                 // something not candor's has the name of the staging folder
	KindFull                        // the disk, or the user's share of it, is full
	KindChanged                     // a file changed while the build ran
	KindClosed                      // Put or Commit after Commit or Abort
	KindLost                        // the old site could be moved neither out nor back
)

// Error is something in the way that a person can clear. Path is as the caller
// wrote it, or a path of the site; Hint says what to do.
type Error struct {
	Kind Kind
	Path string
	Text string // follows the quoted path
	Hint string
	Err  error // the system's own words, or nil
}

// Error gives one line without the hint: `"public" is a file, not a folder`.
func (e *Error) Error() string {
	text := strconv.Quote(e.Path) + " " + e.Text
	if e.Kind == KindPath {
		text = fmt.Sprintf("%q cannot be a file of the site: %s", e.Path, e.Text)
	}
	if e.Err != nil {
		text += ": " + cause(e.Err).Error()
	}
	return text
}

// Unwrap gives the system's error, for errors.Is.
func (e *Error) Unwrap() error { return e.Err }

// cause drops operation and path, which the message already has.
func cause(err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		return inner.Err
	}
	if inner, ok := errors.AsType[syscall.Errno](err); ok {
		return inner
	}
	return err
}

// problem turns an error of the file system into an [Error] where a person can
// do something about it, and otherwise wraps it with what was being done.
// shown is the site's folder as the caller wrote it.
func problem(doing, shown string, err error) error {
	if _, ok := errors.AsType[*Error](err); err == nil || ok {
		return err
	}
	switch {
	case isFull(err):
		return &Error{
			Kind: KindFull, Path: shown, Text: "was not replaced, the disk is full",
			Hint: "free some space and build again; the old site is as it was", Err: err,
		}
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return &Error{
			Kind: KindReadOnly, Path: shown, Text: "cannot be replaced, " + doing + " is not permitted",
			Hint: "make the folder and the one it lies in writable, or choose another with --out", Err: err,
		}
	case spansDevices(err):
		return mountProblem(shown, err)
	}
	return fmt.Errorf("%s for %q: %w", doing, shown, err)
}

func mountProblem(shown string, err error) *Error {
	return &Error{
		Kind: KindMount, Path: shown, Text: "is a mount point or spans file systems, so it cannot be exchanged in one step",
		Hint: "mount the folder above it instead, or choose a folder inside it with --out", Err: err,
	}
}
