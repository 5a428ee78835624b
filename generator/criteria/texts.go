package criteria

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// A Publication is where the texts of a standard are from, and on what terms they may be shown.
type Publication struct {
	Title     string // "Minimum Viable Secure Product"
	Version   string
	Publisher string
	Source    string // the publisher's address
	License   string
}

// A Text is what a standard says of one criterion, word for word.
type Text struct {
	Title string
	Lead  string // before the items, or all of it; may be ""
	Items []Item
	Tail  string // after the items, may be ""
}

// An Item is one of a list, with a list of its own or none.
type Item struct {
	Text  string
	Items []string
}

// mvspJSON holds the texts of MVSP v3, as the working group publishes them, which it put into the public domain.
//
//go:embed mvsp.json
var mvspJSON []byte

// mvspFile is mvsp.json, as far as it is used.
type mvspFile struct {
	Publication
	Sections []struct {
		Title    string
		Controls []struct {
			ID string
			Text
		}
	}
}

// mvsp is mvsp.json, read once; a test holds it to be complete.
var mvsp = sync.OnceValue(func() (file mvspFile) {
	if err := json.Unmarshal(mvspJSON, &file); err != nil {
		panic("criteria: mvsp.json: " + err.Error())
	}
	return file
})

// Publication tells where the texts of the standard are from; it is false for a standard that is known by its ids alone.
func (s Standard) Publication() (Publication, bool) {
	if s.Key != "mvsp" {
		return Publication{}, false
	}
	return mvsp().Publication, true
}

// Text gives the text of the criterion; it is false where the standard is known by its ids alone.
func (c Criterion) Text() (Text, bool) {
	if c.Standard != "mvsp" {
		return Text{}, false
	}
	for _, section := range mvsp().Sections {
		for _, control := range section.Controls {
			if control.ID == c.ID {
				return control.Text, true
			}
		}
	}
	return Text{}, false
}
