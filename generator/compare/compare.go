// Package compare tells what would change for readers between two sites.
//
// In come two sides, each a site or the public facts of one; out comes a Report: pages that were added, removed, renamed and changed, by what is read on them and not by
// their bytes; other files; facts, field by field; and the notices that customers are due. It is written as text, as Markdown for a comment, and as JSON. Nothing
// here knows where a side lies, the clock or the network.
package compare

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/output"
)

// A Side is one of two sites. Files is nil where there are the facts alone, and Document where there are none.
type Side struct {
	Name     string        // as a person calls it
	Files    []output.File // sorted by path
	Read     func(ctx context.Context, path string) ([]byte, error)
	Document *disclosure.Document
}

// Options are what a comparison depends on besides the sides.
type Options struct {
	On      model.Day // the day from which on notices can be sent
	Workers int       // how many files are read at a time; 0 for one
}

// A Report is what would change for readers.
type Report struct {
	Version  int      `json:"version"` // of this form: 1
	Summary  string   `json:"summary"` // in one line
	Before   Place    `json:"before"`
	After    Place    `json:"after"`
	Notices  []Notice `json:"notices"`         // that customers are due, the most urgent first
	Facts    []Record `json:"facts"`           // what differs of the facts, sorted by kind and id
	Pages    []Page   `json:"pages"`           // by what became of them, then by address
	Files    []File   `json:"files"`           // other files, sorted by path
	Markup   []string `json:"markup_only"`     // addresses of pages that read the same, and are written otherwise
	Sealed   Sealed   `json:"sealed"`          // pages for one customer each; their addresses are for nobody else
	Compared Compared `json:"compared"`        // what was there on both sides
	Notes    []string `json:"notes,omitempty"` // what a person should know of the comparison
}

// Version is the version of the JSON form. It rises when a key is renamed or removed or means something else.
const Version = 1

// A Place says which side it is.
type Place struct {
	Name        string         `json:"name"`
	BuiltOn     disclosure.Day `json:"built_on,omitempty"`
	ContentHash string         `json:"content_hash,omitempty"`
}

// Compared says what could be compared.
type Compared struct {
	Pages bool `json:"pages"`
	Facts bool `json:"facts"`
}

// Sealed counts the pages for one customer each.
type Sealed struct {
	Added   int `json:"added"`
	Removed int `json:"removed"`
	Changed int `json:"changed"`
}

// Of compares two sides. A file that cannot be read is an error.
func Of(ctx context.Context, before, after Side, o Options) (*Report, error) {
	r := &Report{Version: Version, Before: placeOf(before), After: placeOf(after), Notices: []Notice{}, Facts: []Record{}, Pages: []Page{}, Files: []File{}, Markup: []string{}}
	r.Compared = Compared{Pages: before.Files != nil && after.Files != nil, Facts: before.Document != nil && after.Document != nil}
	if r.Compared.Pages {
		c := &comparison{before: before, after: after, o: o, report: r}
		if err := c.files(ctx); err != nil {
			return nil, err
		}
	}
	if r.Compared.Facts {
		r.facts(before.Document, after.Document)
		r.notices(before.Document, after.Document, o.On)
	}
	r.note(before, after)
	r.Summary = r.summary()
	return r, nil
}

func placeOf(s Side) Place {
	p := Place{Name: visible(s.Name)}
	if s.Document != nil {
		p.BuiltOn, p.ContentHash = disclosure.Day(visible(string(s.Document.Site.BuiltOn))), visible(s.Document.Site.ContentHash)
	}
	return p
}

func (r *Report) note(before, after Side) {
	lacks := func(without func(Side) bool, one, both string) {
		switch was, is := without(before), without(after); {
		case was && is:
			r.Notes = append(r.Notes, both)
		case was:
			r.Notes = append(r.Notes, r.Before.Name+" "+one)
		case is:
			r.Notes = append(r.Notes, r.After.Name+" "+one)
		}
	}
	lacks(func(s Side) bool { return s.Document == nil }, "holds no "+disclosure.Name+", so facts and notices were not compared", "neither side holds "+disclosure.Name+", so facts and notices were not compared")
	lacks(func(s Side) bool { return s.Files == nil }, "is the facts alone, so pages were not compared", "both sides are the facts alone, so pages were not compared")
	if r.Compared.Facts && before.Document.Site.BuiltOn > after.Document.Site.BuiltOn {
		r.Notes = append(r.Notes, fmt.Sprintf("%s was built later than %s: is it the other way round?", r.Before.Name, r.After.Name))
	}
}

// Empty reports whether nothing that a reader or a program gets is another.
func (r *Report) Empty() bool {
	return len(r.Notices)+len(r.Facts)+len(r.Pages)+len(r.Files)+len(r.Markup) == 0 && r.Sealed == Sealed{}
}

// maxFile is the most bytes of a file that are compared by what is read; a larger one is compared by its hash.
const maxFile = 64 << 20

// Folder gives the regular files of a folder, sorted by path, with their hashes: what lies there, whatever a manifest says. The manifest and what belongs to git and
// to publishing are left out; symbolic links are not followed.
func Folder(ctx context.Context, files fs.FS) ([]output.File, error) {
	list := []output.File{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || name == ".candor"):
			return fs.SkipDir
		case !d.Type().IsRegular() || name == output.ManifestName || name == ".nojekyll":
			return ctx.Err()
		}
		f, err := hashed(files, name)
		list = append(list, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the site: %w", err)
	}
	return list, nil
}

func hashed(files fs.FS, name string) (output.File, error) {
	file, err := files.Open(name)
	if err != nil {
		return output.File{}, err
	}
	defer file.Close()
	digest := sha256.New()
	n, err := io.Copy(digest, file)
	return output.File{Path: name, Size: n, Hash: [sha256.Size]byte(digest.Sum(nil))}, err
}

// each runs do for 0 to n-1, several at a time, and gives the first error.
func each(ctx context.Context, n, workers int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var group sync.WaitGroup
	next := make(chan int)
	for range max(1, min(workers, n)) {
		group.Go(func() {
			for i := range next {
				if err := do(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
feed:
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	group.Wait()
	return context.Cause(ctx)
}
