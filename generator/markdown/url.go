package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// schemeOf gives the scheme a browser could see in a destination, in lower
// case, "" for a relative one, and whether it is one that may be published.
// White space and control characters do not hide a scheme: browsers drop them
// (WHATWG URL 4.4).
func schemeOf(dest string) (scheme string, ok bool) {
	end := strings.IndexAny(dest, ":/?#")
	if end < 0 || dest[end] != ':' {
		return "", true
	}
	scheme = strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F || turns(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, dest[:end]))
	return scheme, scheme == "http" || scheme == "https" || scheme == "mailto"
}

// external says whether a destination leads to another host.
func external(dest string) bool {
	scheme, _ := schemeOf(dest)
	return scheme == "http" || scheme == "https" || strings.HasPrefix(dest, "//")
}

// address gives what is to be written for a destination, and whether it may be.
func (w *writer) address(dest string) (string, bool) {
	if rest, ok := strings.CutPrefix(dest, "#"); ok {
		return "#" + w.o.AnchorPrefix + rest, true
	}
	if w.o.Resolve != nil {
		dest = string(w.decode(nil, []byte(w.o.Resolve(dest)), false, -1))
	}
	_, ok := schemeOf(dest)
	return dest, ok
}

// appendURL writes an address as an attribute value. What is not allowed in an
// address is percent-encoded; letters of other scripts stay readable, as HTML
// permits. A backslash is encoded because browsers read it as a slash.
func appendURL(dst []byte, dest string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(dest) {
		switch c := dest[i]; {
		case c == '&':
			dst = append(dst, "&amp;"...)
		case c <= ' ' || c == 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// link records a destination as a link, or reports its scheme, and gives the
// address to write and whether there is to be a link at all.
func (w *writer) link(l Link) (string, bool) {
	if scheme, ok := schemeOf(l.Dest); !ok {
		w.drop(Scheme, schemeName(scheme)+": "+noun(l.Kind), l.Start, l.End)
		return "", false
	}
	w.doc.Links = append(w.doc.Links, l)
	if w.quiet {
		return "", true
	}
	return w.address(l.Dest)
}

func noun(k LinkKind) string {
	if k == Image || k == HTMLImage {
		return "image"
	}
	return "link"
}

// schemeName makes a scheme fit for a message, however long it is.
func schemeName(s string) string {
	if len(s) > 20 {
		return strings.ToValidUTF8(s[:20], "") + "..."
	}
	return s
}

// offset gives where in the source the bytes of s lie. The parser hands out
// parts of the source, and a part of a slice ends where the whole ends, so the
// capacities tell. It is -1 for what the parser put together anew.
func (w *writer) offset(s []byte) int {
	at := cap(w.src) - cap(s)
	if len(s) == 0 || at < 0 || at+len(s) > len(w.src) || &w.src[at] != &s[0] {
		return -1
	}
	return at
}

// span gives the place of a destination, or of something near it.
func (w *writer) span(dest []byte, near int) (start, end int) {
	if at := w.offset(dest); at >= 0 {
		return at, at + len(dest)
	}
	near = min(max(near, 0), len(w.src))
	end = near
	if i := bytes.IndexByte(w.src[near:], '\n'); i >= 0 {
		end += i
	} else {
		end = len(w.src)
	}
	return near, end
}
