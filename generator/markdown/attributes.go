package markdown

import (
	"bytes"
	"strings"
)

// places says where in a tag its attributes stand; x/net/html gives their
// values, but not their places.
type places []attrPlace

// attrPlace is one attribute: offsets in the tag of the whole and of the value
// between its quotes.
type attrPlace struct {
	name                 string
	start, end           int
	valueStart, valueEnd int
}

// of gives the place of the first attribute of a name, or the whole tag.
func (p places) of(name string, size int) attrPlace {
	for _, a := range p {
		if a.name == name {
			return a
		}
	}
	return attrPlace{name, 0, size, 0, size}
}

// attributes finds the attributes of a start tag (HTML 13.2.5.32 and on).
func attributes(tag []byte) places {
	var out places
	end := len(tag)
	i := bytes.IndexAny(tag, " \t\r\n\f/")
	if i < 0 {
		return nil
	}
	skip := func(set string, in bool) {
		for i < end && (strings.IndexByte(set, tag[i]) >= 0) == in {
			i++
		}
	}
	for i < end {
		skip(" \t\r\n\f/", true)
		if i >= end || tag[i] == '>' {
			break
		}
		a := attrPlace{start: i}
		i++ // a name may begin with any character, even '='
		skip(" \t\r\n\f/=>", false)
		a.name = strings.ToLower(string(tag[a.start:i]))
		a.end, a.valueStart, a.valueEnd = i, a.start, i
		skip(" \t\r\n\f", true)
		if i < end && tag[i] == '=' {
			i++
			skip(" \t\r\n\f", true)
			if i < end && (tag[i] == '"' || tag[i] == '\'') {
				quote := tag[i : i+1]
				i++
				a.valueStart = i
				skip(string(quote), false)
				a.valueEnd = i
				i = min(i+1, end)
			} else {
				a.valueStart = i
				skip(" \t\r\n\f>", false)
				a.valueEnd = i
			}
			a.end = i
		}
		out = append(out, a)
	}
	return out
}
