package publish

import (
	"errors"
	"strconv"
)

// Kind says what stands in the way.
type Kind int

// The kinds of Error.
const (
	KindSite        Kind = iota + 1 // the folder holds no site that can be published
	KindEdited                      // a file of the site is not what the build wrote
	KindOtherSite                   // the place holds a site with another base URL
	KindOlder                       // the place holds a site of a later day
	KindForeign                     // the place holds what others put there, and no site
	KindCollision                   // what others put there has the name of a file of the site
	KindState                       // the record in the place is damaged
	KindNewer                       // the record is that of a newer candor
	KindBusy                        // another publish goes on
	KindCredentials                 // there are none, or they are not known there
	KindDenied                      // the credentials do not permit it
	KindMissing                     // there is no such bucket, no such folder
	KindClock                       // the clock here and the one there differ
	KindRegion                      // the bucket is in another region
	KindEndpoint                    // nobody answers there, or something that is no such store
	KindPlace                       // the name of the place cannot be understood
	KindMoment                      // refused for the moment: too many requests, trouble at the server
)

// Error is something in the way that a person can clear. Hint says what to type or where to look.
type Error struct {
	Kind Kind
	Path string // what it is about, quoted before Text; "" where Text says all
	Text string
	Hint string
	Err  error // the words of the system or the server, or nil
}

// Error gives one line without the hint: `"index.html" was changed since it was built`.
func (e *Error) Error() string {
	text := e.Text
	if e.Path != "" {
		text = strconv.Quote(e.Path) + " " + text
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives the error of the system or the server.
func (e *Error) Unwrap() error { return e.Err }

// ErrConflict says that the condition of a write does not hold.
var ErrConflict = errors.New("somebody else wrote it meanwhile")

// Is reports whether err is an Error of this kind.
func Is(err error, kind Kind) bool {
	problem, ok := errors.AsType[*Error](err)
	return ok && problem.Kind == kind
}
