package generator

import (
	"encoding/json"
	"io/fs"
	"time"

	"candor/generator/parse"
	"candor/generator/source"
	"candor/generator/stamp"
)

// A standingSite is a site that was built and put into its folder: by the stamps of its content and of its files it is told, without reading any of them, that
// both are what they were.
type standingSite struct {
	knownSite
	Content string // stamp of what it was made from
	Site    string // stamp of its files
	Paths   []string
}

// A beginning is what the content looked like before it was read.
type beginning struct {
	stamp string
	sure  bool // nothing in it is so new that it may have changed unseen while it was read
}

func beginningOf(files fs.FS, now time.Time) beginning {
	s, newest, ok := stamp.Folder(files, parse.Folder, source.IsLitter)
	return beginning{s, ok && now.Sub(newest) > stamp.Tick}
}

// Standing tells whether the site in a folder of the disk is the one that in makes, as the build that put it there left it, so that there is nothing to do;
// then it gives that build's report, and how many files the site has. Nothing is read but what findings point at, what the content says of vendors in general, and what Finished
// has kept.
func (w *Workshop) Standing(in Input, folder string) (report Report, files int, ok bool) {
	key, err := in.key("standing", folder)
	if err != nil || w.Store == nil {
		return Report{}, 0, false
	}
	kept, found := w.Store.Get(key)
	var was standingSite
	if !found || json.Unmarshal(kept, &was) != nil || len(was.Paths) == 0 {
		return Report{}, 0, false
	}
	if now := beginningOf(in.Files, w.Now()); !now.sure || now.stamp != was.Content {
		return Report{}, 0, false
	}
	if now, ok := stamp.Files(folder, was.Paths); !ok || now != was.Site {
		return Report{}, 0, false
	}
	vendors, err := source.Read(in.Files, parse.Folder+"/"+parse.VendorFolder)
	if err != nil {
		vendors = &source.Tree{} // there is no such folder
	}
	if signsOf(w.scan(in, vendors, was.Folders)) != was.Signs {
		return Report{}, 0, false
	}
	tree, ok := was.mentioned(in.Files)
	if !ok {
		return Report{}, 0, false
	}
	return was.report(tree), len(was.Paths) - 1, true // the manifest is not counted
}

// Finished keeps what Standing asks for: of the last build, whose site was put into a folder of the disk as these paths. A content that was written while
// it was read, or a moment before, is not kept.
func (w *Workshop) Finished(in Input, report Report, folder string, paths []string) {
	key, err := in.key("standing", folder)
	if err != nil || w.Store == nil || !w.began.sure || w.tree == nil {
		return
	}
	known, ok := w.known(report, w.tree)
	now, _, whole := stamp.Folder(in.Files, parse.Folder, source.IsLitter)
	if !ok || !whole || now != w.began.stamp {
		return
	}
	site, ok := stamp.Files(folder, paths)
	if !ok {
		return
	}
	if data, err := json.Marshal(standingSite{known, w.began.stamp, site, paths}); err == nil {
		w.Store.Put(key, data)
	}
}

// mentioned reads the files that findings point at.
func (was standingSite) mentioned(files fs.FS) (*source.Tree, bool) {
	var names []string
	note := func(p knownPlace) {
		if p.Path != "" {
			names = append(names, p.Path)
		}
	}
	each := func(f knownFinding) {
		note(f.At)
		for _, r := range f.Related {
			note(r.At)
		}
	}
	for _, f := range was.Findings {
		each(f)
	}
	for _, e := range was.Exception {
		note(e.At)
		for _, f := range e.Findings {
			each(f)
		}
	}
	tree, err := (&source.Tree{}).Reread(files, parse.Folder, names)
	return tree, err == nil
}
