package generator

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"candor/generator/cache"
	"candor/generator/catalog"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/export"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/render"
	"candor/generator/scan"
	"candor/generator/seal"
	"candor/generator/source"
)

// A Workshop builds one site again and again, and does over only what a change touches: files are read and parsed one by one, links and
// rules are done whole, and a page is made when its view is another. What comes out is what Build makes of the same input, byte for byte. The zero
// Workshop is ready; it is for one build at a time.
type Workshop struct {
	// Store keeps what was made from one run of the program to the next; nil for none.
	Store *cache.Store
	// Hold keeps in memory what the next build of this run may want: for a preview.
	Hold bool
	// Now is the clock, for Finished and Standing; nil for a Workshop that uses neither.
	Now func() time.Time

	began    beginning
	tree     *source.Tree
	parsed   parse.Memory
	desk     check.Desk
	rendered render.Memory
	wardrobe wardrobe
	code     scan.Found
	folders  []string // that code was found in
	vendors  string   // what the content said of vendors then
	sums     map[*source.File]seen
}

// A seen asset was read.
type seen struct {
	sum  [sha256.Size]byte
	bare bool // the secret of sealed pages is in it
}

// A Step says what is new since the build before, and who waits.
type Step struct {
	All     bool     // everything may have changed: a first build, or one after changes that nobody saw
	Changed []string // paths of files that may have, from the site folder on; not read when All is true

	First []string             // paths of pages that are to be made before the others
	Early func(baseURL string) // is called once these are in the sink, unless something was found that stops the build, with the address that the site is made for
}

// touchesBeside reports whether anything may have changed that is not below one of these folders.
func (s Step) touchesBeside(folders ...string) bool {
	return s.All || slices.ContainsFunc(s.Changed, func(name string) bool {
		return !slices.ContainsFunc(folders, func(folder string) bool { return strings.HasPrefix(name, folder+"/") })
	})
}

// touches reports whether anything below folder may have changed.
func (s Step) touches(folder string) bool {
	return s.All || slices.ContainsFunc(s.Changed, func(name string) bool { return name == folder || strings.HasPrefix(name, folder+"/") })
}

// Build does what the function Build does. A sink that is an output.Keeper is asked for pages of the site before that are still the same.
func (w *Workshop) Build(ctx context.Context, in Input, step Step, sink output.Sink) (Report, error) {
	w.parsed.Store, w.parsed.Hold = w.Store, w.Hold
	w.rendered.Store, w.rendered.Hold = w.Store, w.Hold
	if w.Now != nil {
		w.began = beginningOf(in.Files, w.Now())
	}
	tree, err := w.read(in.Files, step)
	if err != nil {
		return Report{}, err
	}
	if step.touches("themes") { // noted now: this build may end before it comes to the theme
		w.wardrobe = wardrobe{}
	}
	var known cache.Key
	begins := step.All && w.wardrobe.look == nil && w.Store != nil // later builds of this run know more by themselves
	if begins {
		if known, err = w.siteKey(in, tree); err != nil {
			return Report{}, err
		}
		if report, ok := w.unchanged(known, in, tree, sink); ok {
			return report, nil
		}
	}
	if in.Warm != nil && hasFlows(tree) {
		in.Warm()
	}
	content := w.check(in, tree, &w.parsed, step)
	report := func(done render.Done) Report {
		return Report{Findings: content.Findings.Findings(), Failed: content.Findings.Fails(in.Strict), Pages: done.Pages, Diagrams: done.Diagrams,
			Exceptions: content.Exceptions, Folders: w.folders, BaseURL: baseOf(in, content), Locked: lockedIn(in, content)}
	}
	if content.Findings.Fails(in.Strict) {
		return report(render.Done{}), nil
	}
	done, err := w.render(ctx, in, step, content, sink)
	whole := report(done)
	if begins && err == nil && !whole.Failed && whole.Locked == nil {
		w.note(known, whole, done.Files, tree)
	}
	return whole, err
}

// baseOf gives the address that a site is made for.
func baseOf(in Input, content *Content) string {
	return cmp.Or(in.BaseURL, content.Site.Config.BaseURL.Value)
}

func hasFlows(tree *source.Tree) bool {
	return slices.ContainsFunc(tree.Files, func(f *source.File) bool { return strings.HasPrefix(f.Path, parse.Folder+"/flows/") })
}

// read gives the tree of the content as it is now.
func (w *Workshop) read(files fs.FS, step Step) (*source.Tree, error) {
	var err error
	var tree *source.Tree
	switch {
	case w.tree == nil:
		tree, err = source.Read(files, parse.Folder)
	case step.All:
		tree, err = w.tree.ReadAgain(files, parse.Folder)
	default:
		tree, err = w.tree.Reread(files, parse.Folder, step.Changed)
	}
	if err == nil {
		w.tree = tree
	}
	return tree, err
}

// check parses, links and checks a tree.
func (w *Workshop) check(in Input, tree *source.Tree, memory *parse.Memory, step Step) *Content {
	diags := &diag.List{}
	site := link.Draft(memory.Tree(tree, diags), diags)
	catalog.Own(tree, diags)
	if folders, vendors := site.SourceFolders(), vendorsIn(tree); !slices.Equal(folders, w.folders) || vendors != w.vendors || step.touchesBeside(parse.Folder, "themes") {
		w.code, w.folders, w.vendors = w.scan(in, tree, folders), folders, vendors
	}
	site.Signs = w.code.Signs
	site.Look = w.wardrobe.measure(in, site.Config)
	c := &Content{Site: site, Tree: tree, On: in.On, NoSource: w.code.Missing, read: diags.Findings()}
	c.Findings, c.Exceptions = c.judgeAt(&w.desk, in.On)
	if in.Writing {
		c.Findings.Soften(c.awaitsApproval)
	}
	return c
}

// awaitsApproval reports whether a finding says that an approved text has become another one.
func (c *Content) awaitsApproval(f diag.Finding) bool {
	return f.Rule == "POL03" && slices.ContainsFunc(c.Site.Policies, func(p *model.Policy) bool {
		return p.ApprovalHash.At == f.At && model.IsHash(p.ApprovalHash.Value)
	})
}

// render makes the pages of content that passed.
func (w *Workshop) render(ctx context.Context, in Input, step Step, content *Content, sink output.Sink) (render.Done, error) {
	look, err := w.wardrobe.theme(in, content.Site.Config)
	if err != nil {
		return render.Done{}, err
	}
	hash, err := w.contentHash(in.Files, content.Tree)
	if err != nil {
		return render.Done{}, err
	}
	if bare := w.bareAssets(content.Tree); len(bare) > 0 {
		content.Findings.Add(bare...)
		return render.Done{}, nil
	}
	sealed, locked := sealable(content.Site, in.On, in.Secret)
	if locked != nil && !in.Writing {
		return render.Done{}, locked
	}
	told, err := tell(in, content, hash)
	if err != nil {
		return render.Done{}, err
	}
	pages := page.Plan(content.Site, in.On, page.Options{BaseURL: in.BaseURL, Files: in.Files, Version: in.Version, ContentHash: hash, NoDiagrams: in.Draw == nil, Sealed: sealed, Disclosure: told})
	exports := func() ([]export.File, error) { return export.All(content.Site, pages, told) }
	last := func(files []string) []export.File { return export.ForHosts(content.Site, files, in.BaseURL) }
	leaks := w.desk.Leaks(content.Site)
	var early func()
	if step.Early != nil {
		early = func() { step.Early(baseOf(in, content)) }
	}
	return render.Pages(ctx, render.Job{Site: content.Site, Files: in.Files, Pages: pages, Exports: exports, Last: last, Theme: look, Draw: in.Draw,
		Scan: leaks.ScanFor, ScanID: leaks.Fingerprint(), Seal: sealWith(in.Secret), ScanSealed: leaks.ScanSealed,
		Memory: &w.rendered, Sink: sink, Diags: content.Findings, First: step.First, Early: early})
}

// contentHash names the content that a site was made from, file by file: the same for the same files, whatever the machine.
func (w *Workshop) contentHash(files fs.FS, tree *source.Tree) (string, error) {
	sum := sha256.New()
	sums := map[*source.File]seen{}
	for _, f := range tree.Files {
		one, known := w.sums[f]
		switch {
		case f.IsText():
			one.sum = f.Sum()
		case !known:
			data, err := fs.ReadFile(files, f.Path)
			if err != nil {
				return "", fmt.Errorf("read %s: %w", f.Path, err)
			}
			one.sum = sha256.Sum256(data)
			_, _, one.bare = seal.FindSecret(data)
		}
		if !f.IsText() {
			sums[f] = one
		}
		fmt.Fprintf(sum, "%s\x00%x\n", f.Path, one.sum)
	}
	w.sums = sums
	return hex.EncodeToString(sum.Sum(nil)), nil
}
