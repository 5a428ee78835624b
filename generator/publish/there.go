package publish

import (
	"context"
	"errors"
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

	tag    string   // of the record
	listed []Object // everything, sorted
}

// Look finds out what is in a place. Objects that the record or an interrupted upload leave a doubt about are asked for their attributes, all of them where the options
// say so. A place that another publish is at work in is looked at again, a few times.
func Look(ctx context.Context, store Store, o Options) (*There, error) {
	store = o.patient(store)
	for range 3 {
		t, err := glance(ctx, store)
		if err != nil {
			return nil, err
		}
		// what was written between the two would be taken for somebody else's
		is, err := store.Look(ctx, StatePath)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if is.Tag == t.tag {
			return t, t.sort(ctx, store, o)
		}
	}
	return nil, busy(StatePath)
}

// glance reads the record and lists the place.
func glance(ctx context.Context, store Store) (*There, error) {
	t := &There{}
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
	t.listed, err = list(ctx, store)
	return t, err
}

// list gives everything in a place, sorted by path.
func list(ctx context.Context, store Store) ([]Object, error) {
	var all []Object
	err := store.List(ctx, func(object Object) error {
		all = append(all, object)
		return nil
	})
	slices.SortFunc(all, func(a, b Object) int { return strings.Compare(a.Path, b.Path) })
	return all, err
}

// sort tells what is candor's from what is not.
func (t *There) sort(ctx context.Context, store Store, o Options) error {
	if t.State == nil {
		t.Foreign = t.listed
		return nil
	}
	known := make([]claim, len(t.listed))
	var doubts []*claim
	for i, object := range t.listed {
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
			return told(err, "look at %q in %s", c.object.Path, store)
		default:
			c.object, c.looked = object, true
		}
		return nil
	})
}

// A claim is an object and what the record says of its path.
type claim struct {
	object       Object
	written      Entry
	isWritten    bool
	meant        []Entry // what an interrupted upload was to write there, and those that it overtook
	looked, gone bool
	reachable    bool // the upload that was interrupted had come so far that readers can reach what it wrote
}

type standing int

const (
	ours standing = iota + 1
	altered
	foreign
	gone
)

func (s *State) claim(object Object) claim {
	c := claim{object: object, reachable: s.Upload != nil && s.Upload.Complete}
	c.written, c.isWritten = entry(s.Files, object.Path)
	if !c.isWritten {
		c.written, c.isWritten = entry(s.Retired, object.Path)
	}
	i, _ := slices.BinarySearchFunc(s.Intended, object.Path, func(e Entry, path string) int { return strings.Compare(e.Path, path) })
	for ; i < len(s.Intended) && s.Intended[i].Path == object.Path; i++ {
		c.meant = append(c.meant, s.Intended[i])
	}
	return c
}

func (c *claim) claimed() bool { return c.isWritten || len(c.meant) > 0 }

// same reports whether the object's bytes are those of an entry, by tag.
func (c *claim) same(e Entry) bool {
	return e.Tag != "" && e.Tag == c.object.Tag && e.Size == c.object.Size
}

// doubtful reports whether the tag alone does not tell what the object is: it is none that is known, or it is that of several, when an upload was about headers alone.
func (c *claim) doubtful() bool {
	var fits []Entry
	if c.isWritten && c.same(c.written) {
		fits = append(fits, c.written)
	}
	for _, e := range c.meant {
		if c.same(e) {
			fits = append(fits, e)
		}
	}
	return c.claimed() && (len(fits) == 0 || slices.ContainsFunc(fits, func(e Entry) bool { return e.Attributes != fits[0].Attributes }))
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
	case c.isWritten && c.same(c.written):
		return c.written, ours
	}
	for _, e := range c.meant {
		if c.same(e) {
			return e, ours
		}
	}
	return c.unknown()
}

// judgeLooked judges by attributes, which a copy by hand does not carry, where the place keeps them with its objects.
func (c *claim) judgeLooked(headers bool) (Entry, standing) {
	e := Entry{Path: c.object.Path, Size: c.object.Size, Tag: c.object.Tag, Attributes: c.object.Attributes, Since: c.written.Since}
	known := c.meant
	if c.isWritten {
		known = append(slices.Clone(known), c.written)
	}
	for _, k := range known {
		bytesAre := c.same(k)
		switch {
		case bytesAre && !headers:
			return k, ours
		case bytesAre && e.SHA256 == "":
			e.SHA256 = k.SHA256
			return e, ours
		case e.SHA256 == k.SHA256 && e.SHA256 != "" && (bytesAre || e.Size == k.Size && e.Encoding == k.Encoding):
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
