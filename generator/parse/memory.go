package parse

import (
	"runtime"
	"sync"

	"candor/generator/cache"
	"candor/generator/diag"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/source"
)

// A Memory keeps what was read from one tree to the next: a file that is the very same *source.File is not read again, and the records that
// it holds are the same ones. It is for one tree at a time; a nil *Memory keeps nothing, not even the HTML of policies.
type Memory struct {
	// Store keeps the Markdown of policies, read and rendered, from one run of the program to the next; nil for none.
	Store *cache.Store
	// Hold keeps the HTML of policies in memory too, for who renders them again and again.
	Hold bool

	files map[*source.File]*reading
}

// A reading is what came of one file.
type reading struct {
	findings []diag.Finding
	merge    func(*model.Draft) // puts its records into a draft; nil when it holds none
}

// Tree reads the files of tree that are not known yet, on several processors at once, and gives a draft of all. For who will render the
// content, the HTML of each policy is made from the same parse as its outline.
func (m *Memory) Tree(tree *source.Tree, diags *diag.List) *model.Draft {
	draft := &model.Draft{Records: model.Records{Files: tree.Files}}
	for _, p := range tree.Problems {
		diags.Add(diag.Finding{Rule: SCH01, At: source.Span{File: p.File}, Message: "this file " + p.Text, Hint: p.Hint})
		draft.Unread = append(draft.Unread, unreadOf(p.File.Path)...)
	}
	for _, r := range m.readAll(tree.Files) {
		diags.Add(r.findings...)
		if r.merge != nil {
			r.merge(draft)
		}
	}
	if draft.Config == nil {
		draft.Config = &model.Config{File: &source.File{Path: Folder + "/site.yaml"}}
		if !draft.IsUnread(kindConfig, "") {
			missing(tree, draft, diags)
		}
	}
	return draft
}

// readAll gives a reading of each file, in their order, and forgets those of all others.
func (m *Memory) readAll(files []*source.File) []*reading {
	all := make([]*reading, len(files))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				var found diag.List
				merge := m.file(files[i], &found)
				all[i] = &reading{found.Findings(), merge}
			}
		})
	}
	for i, f := range files {
		if m != nil && m.files[f] != nil {
			all[i] = m.files[f]
			continue
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if m != nil {
		m.files = make(map[*source.File]*reading, len(files))
		for i, f := range files {
			m.files[f] = all[i]
		}
	}
	return all
}

// bodyOptions say how the HTML of a policy is kept.
var bodyOptions = markdown.Options{TopLevel: 2}

// compile reads a body, and has it know its HTML.
func (m *Memory) compile(body *model.Body) markdown.Document {
	key := cache.KeyOf("policy", body.Source)
	doc, fragment, found := restore(m.Store, key)
	if !found {
		var whole bool
		if doc, fragment, whole = markdown.Compile(body.Source, bodyOptions); !whole { // it depends on more than the text
			return doc
		}
	}
	kept := found || m.Store.Put(key, markdown.Append(nil, doc, fragment))
	store, src := m.Store, body.Source
	switch {
	case m.Hold:
		body.Kept = func() markdown.Fragment { return fragment }
	case kept: // all of them in memory cost more, in pages that the system has to provide, than to read each once more
		body.Kept = func() markdown.Fragment {
			if _, fragment, ok := restore(store, key); ok {
				return fragment
			}
			_, fragment, _ := markdown.Compile(src, bodyOptions)
			return fragment
		}
	}
	return doc
}

// restore gives what was kept of a body.
func restore(store *cache.Store, key cache.Key) (markdown.Document, markdown.Fragment, bool) {
	kept, ok := store.Get(key)
	if !ok {
		return markdown.Document{}, markdown.Fragment{}, false
	}
	doc, fragment, err := markdown.Restore(kept)
	return doc, fragment, err == nil
}
