package markdown

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"strconv"
	"strings"
)

// Fragment is a document's HTML in which the addresses of its own site are still
// to be filled in: they are known once all content has been read, and parsing a
// second time costs more than filling them in.
type Fragment struct {
	HTML  []byte
	Dests []string // destinations as written, in the order of their marks
	Mark  string   // stands in HTML, followed by the index in Dests and a full stop
}

// Compile gives what Read gives, and the HTML as far as it can be written before
// addresses are known. o.Resolve is not used. It is false where the HTML depends on
// more than addresses: pictures from other hosts, and links without a scheme to other
// hosts, are for Render.
func Compile(src []byte, o Options) (Document, Fragment, bool) {
	f := Fragment{Mark: markOf(src)}
	o.Resolve = func(dest string) string {
		if external(dest) || strings.HasPrefix(dest, "mailto:") {
			return dest
		}
		f.Dests = append(f.Dests, dest)
		return f.Mark + strconv.Itoa(len(f.Dests)-1) + "."
	}
	doc, html := Convert(src, o)
	f.HTML = html
	for _, l := range doc.Links {
		if strings.HasPrefix(l.Dest, "//") || (l.Kind == Image || l.Kind == HTMLImage) && external(l.Dest) {
			return doc, Fragment{}, false
		}
	}
	return doc, f, true
}

// markOf gives a relative address that no author has written in src.
func markOf(src []byte) string {
	h := fnv.New64a()
	h.Write(src)
	for n := h.Sum64(); ; n++ {
		if mark := fmt.Sprintf("candor-%016x-", n); !bytes.Contains(src, []byte(mark)) {
			return mark
		}
	}
}

// Fill writes the HTML with the addresses that resolve gives for the destinations;
// one of a scheme that is not published is left empty.
func (f Fragment) Fill(out io.Writer, resolve func(dest string) string) error {
	rest, mark := f.HTML, []byte(f.Mark)
	var buf []byte
	for len(f.Dests) > 0 {
		i := bytes.Index(rest, mark)
		if i < 0 {
			break
		}
		number, after, _ := bytes.Cut(rest[i+len(mark):], []byte("."))
		n, err := strconv.Atoi(string(number))
		if err != nil || n >= len(f.Dests) {
			return fmt.Errorf("no address %q in a document", number)
		}
		address := resolve(f.Dests[n])
		if _, ok := schemeOf(address); !ok {
			address = ""
		}
		buf = appendURL(append(buf, rest[:i]...), address)
		if _, err := out.Write(buf); err != nil {
			return err
		}
		buf, rest = buf[:0], after
	}
	_, err := out.Write(rest)
	return err
}
