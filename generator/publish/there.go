package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// There is what is in a place, as far as it can be told from a listing, the record and, where these leave a doubt, the objects themselves.
type There struct {
	State   *State   // the record; nil where nothing was published yet
	Ours    []Entry  // what an earlier publish wrote, as it is there, sorted by path; retired assets among them, with the time
	Altered []Entry  // what an earlier publish wrote and somebody else changed since, as it was written, sorted
	Foreign []Object // what others put there, sorted

	tag string // of the record
}

// Look finds out what is in a place. Objects that the record or an interrupted upload leave a doubt about are asked for their attributes, all of them where the options say so.
func Look(ctx context.Context, store Store, o Options) (*There, error) {
	t := &There{}
	store = o.patient(store)
	data, tag, err := store.Read(ctx, StatePath, maxState)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		if t.State, err = ParseState(data); err != nil {
			return nil, err
		}
		t.tag = tag
	}
	var objects []Object
	err = store.List(ctx, func(object Object) error {
		objects = append(objects, object)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(objects, func(a, b Object) int { return strings.Compare(a.Path, b.Path) })
	return t, t.sort(ctx, store, objects, o)
}

// sort tells what is candor's from what is not.
func (t *There) sort(ctx context.Context, store Store, objects []Object, o Options) error {
	if t.State == nil {
		t.Foreign = objects
		return nil
	}
	known := make([]claim, len(objects))
	var doubts []*claim
	for i, object := range objects {
		known[i] = t.State.claim(object)
		if known[i].doubtful() || o.Thorough && known[i].claimed() {
			doubts = append(doubts, &known[i])
		}
	}
	if err := lookAt(ctx, store, doubts, o.parallel()); err != nil {
		return err
	}
	for _, c := range known {
		switch e, standing := c.judge(store.Manner().Headers); standing {
		case ours:
			t.Ours = append(t.Ours, e)
		case altered:
			t.Altered = append(t.Altered, e)
		case foreign:
			t.Foreign = append(t.Foreign, c.object)
		}
	}
	return nil
}

// lookAt asks for the attributes of objects.
func lookAt(ctx context.Context, store Store, doubts []*claim, parallel int) error {
	return each(ctx, parallel, len(doubts), func(ctx context.Context, i int) error {
		c := doubts[i]
		object, err := store.Look(ctx, c.object.Path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			c.gone = true
		case err != nil:
			return fmt.Errorf("look at %q: %w", c.object.Path, err)
		default:
			c.object, c.looked = object, true
		}
		return nil
	})
}

// A claim is an object and what the record says of its path.
type claim struct {
	object             Object
	written, intended  Entry
	isWritten, isMeant bool
	looked, gone       bool
	reachable          bool // the upload that was interrupted had come so far that readers can reach what it wrote
}

type standing int

const (
	ours standing = iota + 1
	altered
	foreign
	gone
)

func (s *State) claim(object Object) claim {
	c := claim{object: object}
	c.written, c.isWritten = entry(s.Files, object.Path)
	if !c.isWritten {
		c.written, c.isWritten = entry(s.Retired, object.Path)
	}
	c.intended, c.isMeant = entry(s.Intended, object.Path)
	c.reachable = s.Upload == nil || s.Upload.Complete
	return c
}

func (c *claim) claimed() bool { return c.isWritten || c.isMeant }

// same reports whether the object's bytes are those of an entry, by tag.
func (c *claim) same(e Entry, is bool) bool {
	return is && e.Tag != "" && e.Tag == c.object.Tag && e.Size == c.object.Size
}

// doubtful reports whether the tag alone does not tell what the object is: it is neither that of what was written nor that of what was meant to be, or it is
// both, when the interrupted upload was about headers alone.
func (c *claim) doubtful() bool {
	before, after := c.same(c.written, c.isWritten), c.same(c.intended, c.isMeant)
	return c.claimed() && (before == after) && !(before && c.written.Attributes == c.intended.Attributes)
}

// judge gives the entry of the object as it is there, and whose it is.
func (c *claim) judge(headers bool) (Entry, standing) {
	e, standing := c.judgeBytes(headers)
	e.Loose = c.isWritten && c.written.Loose || !c.isWritten && !c.reachable
	return e, standing
}

func (c *claim) judgeBytes(headers bool) (Entry, standing) {
	switch {
	case c.gone:
		return Entry{}, gone
	case !c.claimed():
		return Entry{}, foreign
	case c.looked:
		return c.judgeLooked(headers)
	case c.same(c.written, c.isWritten):
		return c.written, ours
	case c.same(c.intended, c.isMeant):
		return c.intended, ours
	}
	return c.unknown()
}

// judgeLooked judges by attributes, which a copy by hand does not carry, where the place keeps them with its objects.
func (c *claim) judgeLooked(headers bool) (Entry, standing) {
	e := Entry{Path: c.object.Path, Size: c.object.Size, Tag: c.object.Tag, Attributes: c.object.Attributes, Since: c.written.Since}
	for _, known := range []struct {
		Entry
		is bool
	}{{c.intended, c.isMeant}, {c.written, c.isWritten}} {
		if !known.is {
			continue
		}
		bytesAre := c.same(known.Entry, known.is)
		switch {
		case bytesAre && !headers:
			return known.Entry, ours
		case bytesAre && e.SHA256 == "":
			e.SHA256 = known.SHA256
			return e, ours
		case e.SHA256 == known.SHA256 && e.SHA256 != "" && (bytesAre || e.Size == known.Size && e.Encoding == known.Encoding):
			return e, ours
		}
	}
	return c.unknown()
}

func (c *claim) unknown() (Entry, standing) {
	if c.isWritten {
		return c.written, altered
	}
	return Entry{}, foreign
}
