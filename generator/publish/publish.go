// Package publish brings a built site to where readers are: into a bucket, a folder, a branch.
//
// In come a Site, the folder that a build wrote with its manifest, and a Store, the place that it goes to; Look tells what is in the place, NewPlan what is to be
// done, and Run does it. The plan is worked out from bytes alone: what was written by whom is known from hashes and from a record that is kept in the place
// itself (StatePath), never from the times of files, so a build of another day uploads what differs and nothing else, from whichever machine.
//
// At every moment every link on every page that can be reached leads to something that is there, also when the upload ends in the middle and is taken
// up again, or another site is published over its remains; Phase tells how. Nothing is deleted, and nothing is written over, but what an earlier publish wrote.
// Nothing is sent whose bytes are not those of the manifest.
//
// It never builds, and never judges what a site says: whoever calls it has done that.
package publish

import (
	"context"
	"time"
)

// A Store is a place that sites are published to. Paths are those of the site, with slashes, without a leading one. Its methods are called from several
// goroutines at once. Their errors are *Error where a person can do something about it.
type Store interface {
	// String names the place as messages do: "s3://bucket/prefix", "/srv/www".
	String() string
	// Manner tells how files are kept here.
	Manner() Manner
	// List calls visit with everything that is in the place, in any order, what others put there included, but not what lies below StateFolder. Attributes may
	// be left empty. An error of visit ends it.
	List(ctx context.Context, visit func(Object) error) error
	// Look gives one object with its attributes; an error that is fs.ErrNotExist says that there is none.
	Look(ctx context.Context, path string) (Object, error)
	// Read gives the bytes of an object and its tag; an error that is fs.ErrNotExist says that there is none. More than limit bytes are an error.
	Read(ctx context.Context, path string, limit int64) (data []byte, tag string, err error)
	// Write puts data in the place of an object, as a whole or not at all, and gives its tag. Where the condition does not hold, nothing is written and the
	// error is ErrConflict; a place that knows no conditions writes.
	Write(ctx context.Context, path string, data []byte, a Attributes, c Condition) (tag string, err error)
	// Delete takes an object away; that there is none is no error.
	Delete(ctx context.Context, path string) error
	// Tag foretells the tag that an object with these bytes will have. It may be wrong where the place encrypts, which costs a Look.
	Tag(data []byte) string
}

// A Flusher is a Store that can say when all that was written will outlast a failure of power. Flush is called after each phase.
type Flusher interface {
	Flush(ctx context.Context) error
}

// Manner is how a place keeps files.
type Manner struct {
	Headers    bool // type, caching and encoding are kept with each file, as in a bucket; otherwise the host has its own configuration
	HostFiles  bool // files for the host (hosting.ForHost) are wanted here
	Gzip       bool // texts are kept compressed, under their own names; needs Headers
	GzipBeside bool // texts have a compressed copy beside them, for nginx (gzip_static) and caddy (precompressed)
	Blind      bool // a write cannot be made to depend on what is there, as far as is known; asked again after the first write
	OneStep    bool // the place shows nothing of an upload before its end, as a branch does: no waiting before deletions, nothing is retired
}

// An Object is something in a place.
type Object struct {
	Path string
	Size int64  // in bytes, as it is kept
	Tag  string // changes with the bytes: the ETag of a bucket without its quotes, a hash; "" where there is none
	Attributes
}

// Attributes are what a place keeps with an object, as far as it does.
type Attributes struct {
	Type     string `json:"type,omitempty"`     // Content-Type
	Cache    string `json:"cache,omitempty"`    // Cache-Control
	Encoding string `json:"encoding,omitempty"` // Content-Encoding: "gzip" or ""
	SHA256   string `json:"sha256,omitempty"`   // of the file of the site, before it was compressed, in lower-case hexadecimal
}

// A Condition is what must hold for a write. The zero Condition always holds.
type Condition struct {
	Absent bool   // there is no such object
	Tag    string // the object has this tag
}

// Foreign says what to do about what others put in the place.
type Foreign int

// What to do about what others put in the place.
const (
	Refuse  Foreign = iota // nothing is published to a place that holds things and where nothing was published before
	Beside                 // they are left alone; one that has the name of a file of the site is a refusal
	Replace                // those that have the name of a file of the site are written over; the others are left alone
)

// Options are how to publish. The zero value of all but Now is what people want.
type Options struct {
	Now      func() time.Time // the clock
	Foreign  Foreign
	Older    bool          // go on when what is there was built on a later day
	Moved    bool          // go on when what is there has another base URL
	Prune    bool          // delete assets that went out of use at once, not an hour later
	Thorough bool          // look at the attributes of every object, not of those alone that may have changed
	Linger   time.Duration // wait this long between the last page that was written and the first that is deleted: readers have links on their screens
	Parallel int           // uploads at once; 0 is eight
	Progress func(Progress)
	Patience time.Duration // how long to repeat what a server refuses for the moment; 0 is two minutes, negative is not at all
}

// Progress is told after every step, one at a time.
type Progress struct {
	Step        Step // the one that was done, or that is repeated
	Done, Steps int
	Sent, Bytes int64 // what was sent and what there is to send, compressed as it goes over the line
	Trouble     error // why the step is repeated, in Wait; nil for a step that was done
	Wait        time.Duration
	Lingering   bool // no step: Wait goes by before pages are deleted
}

// An Outcome is what was done, complete or not.
type Outcome struct {
	Written, Deleted int
	Sent             int64  // bytes
	Left             []Step // deletions that the place did not permit; the next publish tries them again
	Denied           error  // why not
}
