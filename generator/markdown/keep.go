package markdown

import (
	"encoding/binary"
	"errors"
)

// keepVersion begins what Append writes; it changes with what a Document or the HTML of a Fragment is made of.
const keepVersion = "candor markdown 1"

var errKept = errors.New("this is no document that was kept")

// Append adds a document and its fragment to out, for Restore to read.
func Append(out []byte, d Document, f Fragment) []byte {
	w := packer{out}
	w.text(keepVersion)
	w.number(len(d.Headings))
	for _, h := range d.Headings {
		w.number(h.Level)
		w.text(h.Text)
		w.text(h.Anchor)
		w.number(h.Start)
		w.number(h.End)
	}
	w.number(len(d.Links))
	for _, l := range d.Links {
		w.text(l.Dest)
		w.number(int(l.Kind))
		w.text(l.Text)
		w.number(l.Start)
		w.number(l.End)
	}
	w.number(len(d.Dropped))
	for _, p := range d.Dropped {
		w.number(int(p.Kind))
		w.text(p.What)
		w.number(p.Start)
		w.number(p.End)
	}
	w.number(d.Words)
	w.text(d.FirstParagraph)
	w.text(f.Mark)
	w.number(len(f.Dests))
	for _, dest := range f.Dests {
		w.text(dest)
	}
	w.text(string(f.HTML))
	return w.out
}

// Restore reads what Append wrote. The fragment's HTML stays in kept, which must not be changed. What Append cannot have written is an error.
func Restore(kept []byte) (d Document, f Fragment, err error) {
	r := unpacker{rest: kept}
	if r.text() != keepVersion {
		return Document{}, Fragment{}, errKept
	}
	for range r.count(5) {
		d.Headings = append(d.Headings, Heading{Level: r.number(), Text: r.text(), Anchor: r.text(), Start: r.number(), End: r.number()})
	}
	for range r.count(5) {
		d.Links = append(d.Links, Link{Dest: r.text(), Kind: LinkKind(r.upTo(int(HTMLImage))), Text: r.text(), Start: r.number(), End: r.number()})
	}
	for range r.count(4) {
		d.Dropped = append(d.Dropped, Dropped{Kind: DropKind(r.upTo(int(SameID))), What: r.text(), Start: r.number(), End: r.number()})
	}
	d.Words, d.FirstParagraph = r.number(), r.text()
	f.Mark = r.text()
	for range r.count(1) {
		f.Dests = append(f.Dests, r.text())
	}
	f.HTML = r.bytes()
	if r.failed || len(r.rest) > 0 {
		return Document{}, Fragment{}, errKept
	}
	return d, f, nil
}

// A packer writes numbers and texts one after the other.
type packer struct{ out []byte }

func (p *packer) number(n int) { p.out = binary.AppendUvarint(p.out, uint64(n)) }

func (p *packer) text(s string) {
	p.number(len(s))
	p.out = append(p.out, s...)
}

// An unpacker reads them again; once something is not as a packer writes it, all that follows is empty.
type unpacker struct {
	rest   []byte
	failed bool
}

func (u *unpacker) number() int { return u.upTo(1<<31 - 1) }

func (u *unpacker) upTo(most int) int {
	n, size := binary.Uvarint(u.rest)
	if size <= 0 || n > uint64(most) {
		u.failed, u.rest = true, nil
		return 0
	}
	u.rest = u.rest[size:]
	return int(n)
}

// count reads how many follow, each of at least so many bytes.
func (u *unpacker) count(least int) int {
	n := u.number()
	if n > len(u.rest)/least {
		u.failed, u.rest = true, nil
		return 0
	}
	return n
}

func (u *unpacker) bytes() []byte {
	n := u.number()
	if n > len(u.rest) {
		u.failed, u.rest = true, nil
		return nil
	}
	b := u.rest[:n:n]
	u.rest = u.rest[n:]
	return b
}

func (u *unpacker) text() string { return string(u.bytes()) }
