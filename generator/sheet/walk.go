package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// element is the begin or the end of an element, or text, and where it stands in the bytes. A tag that closes itself comes as a begin with closed set,
// and as an end of no length.
type element struct {
	start, closed    bool
	prefix, local    string
	attrs            []xml.Attr
	text             string // of text alone; local is "" then
	depth            int    // of the element: 1 is the outermost
	begin, end       int
	prefixed, parent string // the name as written; the local name of the element around it
}

// attr gives an attribute by its local name, whatever its prefix; the first one wins.
func (e element) attr(local string) string {
	for _, a := range e.attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

func (e element) on(local string) bool {
	v := e.attr(local)
	return v == "1" || v == "true" || v == "on"
}

var (
	errDeep  = errors.New("too many elements within elements")
	errBegin = errors.New("an element is not closed")
)

// walk visits all elements and texts of XML in order. It demands that elements are closed by their own names, at most maxDepth of them open.
func walk(data []byte, visit func(element)) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []xml.Name
	for {
		begin := int(d.InputOffset())
		token, err := d.RawToken()
		if err == io.EOF {
			if len(open) > 0 {
				return errBegin
			}
			return nil
		}
		if err != nil {
			return err
		}
		e := element{begin: begin, end: int(d.InputOffset())}
		switch t := token.(type) {
		case xml.StartElement:
			e.start, e.closed = true, strings.HasSuffix(string(data[begin:e.end]), "/>")
			e.attrs = t.Attr
			e.name(t.Name, open)
			if open = append(open, t.Name); len(open) > maxDepth {
				return errDeep
			}
			e.depth = len(open)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != t.Name {
				return errBegin
			}
			e.depth = len(open)
			open = open[:len(open)-1]
			e.name(t.Name, open)
		case xml.CharData:
			e.text, e.depth = string(t), len(open)
			if len(open) > 0 {
				e.parent = open[len(open)-1].Local
			}
		case xml.Directive:
			return errors.New("a directive")
		default:
			continue
		}
		visit(e)
	}
}

func (e *element) name(n xml.Name, open []xml.Name) {
	e.prefix, e.local, e.prefixed = n.Space, n.Local, n.Local
	if n.Space != "" {
		e.prefix, e.prefixed = n.Space+":", n.Space+":"+n.Local
	}
	if len(open) > 0 {
		e.parent = open[len(open)-1].Local
	}
}
