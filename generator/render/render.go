// Package render makes the files of a site: pages from templates and views, diagrams, the theme's and the content's own files.
//
// In come pages that were planned, a theme, and what draws; out go bytes into a sink, page by page on several processors, each held
// against the list of what must not leak before it is handed over, and then let go. A leak, a picture that would run a script, and a
// diagram that could not be drawn are findings; the caller throws the sink's content away when there are any. What is made a second time is
// taken from a Memory: a page whose view, template and list of leaks are the same is neither written nor looked at again. Nothing here
// reads the clock or decides what is public.
package render

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"candor/diagrams"
	"candor/generator/cache"
	"candor/generator/diag"
	"candor/generator/export"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/source"
	"candor/generator/theme"
)

// A Job is a site to be made.
type Job struct {
	Site    *model.Site
	Files   fs.FS // the site folder, for pictures and papers of the content
	Pages   []page.Page
	Exports func() ([]export.File, error)      // made when they are wanted, which is after what somebody waits for
	Last    func(files []string) []export.File // made of the paths of all other files, sorted; nil for none
	Theme   *theme.Theme
	Draw    func(context.Context, diagrams.Graph) (diagrams.Picture, error) // nil when nothing is to be drawn
	Sink    output.Sink
	Diags   *diag.List

	// Scan finds what must not leak in what is to be written at path, and tells whether it would find the same of the same data as long as
	// ScanID is the same.
	Scan   func(path string, data []byte) (found []diag.Finding, settled bool)
	ScanID string

	// Seal closes what only who has the key of a share may read, and ScanSealed finds what even they must not; nil where no page is sealed.
	Seal       func(share *model.Share, content []byte) []byte
	ScanSealed func(path string, content []byte, share *model.Share) []diag.Finding

	Memory *Memory  // of the jobs before; nil for none
	First  []string // paths of pages that somebody waits for
	Early  func()   // is called when these are in the sink and nothing was found in them; nil for nobody
}

// A Done is what a job made.
type Done struct {
	Pages    int
	Diagrams int
	Files    []output.File // sorted by path
}

// Pages makes every file of the job. The error is the machine's; what an author can mend goes to the job's findings.
func Pages(ctx context.Context, job Job) (Done, error) {
	if job.Memory == nil {
		job.Memory = &Memory{}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &renderer{Job: job, ctx: ctx, run: job.Memory.begin()}
	rest, err := r.first()
	if err != nil {
		return Done{}, err
	}
	var wg sync.WaitGroup
	lane := func(pages []page.Page) {
		next := make(chan page.Page)
		for range runtime.GOMAXPROCS(0) {
			wg.Go(func() {
				var buf bytes.Buffer
				for p := range next {
					if err := r.page(p, &buf); err != nil {
						cancel(err)
					}
				}
			})
		}
		wg.Go(func() {
			defer close(next)
			for _, p := range pages {
				select {
				case next <- p:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	rest, book := r.later(rest)
	drawn, plain := part(rest, func(p page.Page) bool { return p.Draws })
	lane(drawn) // pages wait for their diagrams, so the others do not wait for them
	lane(plain)
	if err := r.files(); err != nil {
		cancel(err)
	}
	wg.Wait()
	lane(book)
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return Done{}, err
	}
	if err := r.last(); err != nil {
		return Done{}, err
	}
	job.Memory.end(r.run)
	slices.SortFunc(r.run.files, func(a, b output.File) int { return strings.Compare(a.Path, b.Path) })
	return Done{Pages: int(r.pages.Load()), Diagrams: int(r.diagrams.Load()), Files: r.run.files}, nil
}

// later parts off the pages that show what others show, when somebody waits: the next change calls off what has not been begun, and these are the longest.
func (r *renderer) later(pages []page.Page) (now, later []page.Page) {
	if r.Early == nil {
		return pages, nil
	}
	later, now = part(pages, func(p page.Page) bool { return p.Again })
	return now, later
}

// part parts the pages that are so from the others.
func part(pages []page.Page, so func(page.Page) bool) (some, others []page.Page) {
	for _, p := range pages {
		if so(p) {
			some = append(some, p)
		} else {
			others = append(others, p)
		}
	}
	return some, others
}

// first makes the pages that somebody waits for, and gives the others.
func (r *renderer) first() ([]page.Page, error) {
	if r.Early == nil {
		return r.Pages, nil
	}
	var rest []page.Page
	var buf bytes.Buffer
	for _, p := range r.Pages {
		if !slices.Contains(r.First, p.Path) {
			rest = append(rest, p)
			continue
		}
		if err := r.page(p, &buf); err != nil {
			return nil, err
		}
	}
	if err := r.themeFiles(); err != nil {
		return nil, err
	}
	if r.ctx.Err() == nil && !r.Diags.Fails(false) {
		r.Early()
	}
	return rest, nil
}

type renderer struct {
	Job
	ctx             context.Context
	run             *run
	pages, diagrams atomic.Int64
}

// page makes one page in buf, which belongs to the goroutine, unless it is known already.
func (r *renderer) page(p page.Page, buf *bytes.Buffer) error {
	view, err := p.Make(&pageRenderer{renderer: r, page: p})
	if err != nil {
		return fmt.Errorf("make %s: %w", p.Path, err)
	}
	key := r.keyOf(p, view, buf)
	kept, err := r.keep(p.Path, key)
	if err != nil {
		return err
	}
	if !kept {
		buf.Reset()
		if err := r.Theme.Execute(buf, p.Template, view); err != nil {
			return err
		}
		if err := r.put(p.Path, p.Path, buf.Bytes(), key); err != nil {
			return err
		}
	}
	r.pages.Add(1)
	return nil
}

// put holds a file against the list of what must not leak, and hands it over. name is the one by which its author knows it.
func (r *renderer) put(path, name string, data []byte, key cache.Key) error {
	found, settled := r.Scan(name, data)
	r.Diags.Add(found...)
	if err := r.Sink.Put(path, data); err != nil {
		return err
	}
	file := output.File{Path: path, Size: int64(len(data)), Hash: sha256.Sum256(data)}
	r.wrote(file)
	if settled && len(found) == 0 {
		r.remember(path, key, file)
	}
	return nil
}

// whole hands over a file of which all bytes are at hand.
func (r *renderer) whole(path, name string, data []byte) (cache.Key, error) {
	sum := sha256.Sum256(data)
	key := cache.KeyOf("file", []byte(name), sum[:], []byte(r.ScanID))
	if kept, err := r.keep(path, key); kept || err != nil {
		return key, err
	}
	return key, r.put(path, name, data, key)
}

// files hands over what is not a page.
func (r *renderer) files() error {
	if r.Early == nil {
		if err := r.themeFiles(); err != nil {
			return err
		}
	}
	exports, err := r.Exports()
	if err != nil {
		return err
	}
	for _, f := range exports {
		if err := r.export(f); err != nil {
			return err
		}
	}
	for _, asset := range published(r.Site) {
		if err := r.asset(asset); err != nil {
			return err
		}
	}
	return nil
}

// last hands over what is made of the paths of all other files.
func (r *renderer) last() error {
	if r.Last == nil {
		return nil
	}
	var paths []string
	for _, f := range r.run.files {
		paths = append(paths, f.Path)
	}
	slices.Sort(paths)
	for _, f := range r.Last(paths) {
		if err := r.export(f); err != nil {
			return err
		}
	}
	return nil
}

// export hands over a file for machines. One that is made from the same as before is not made again.
func (r *renderer) export(f export.File) error {
	if f.Make == nil {
		_, err := r.whole(f.Path, f.Path, f.Data)
		return err
	}
	var buf bytes.Buffer
	writeView(&buf, f.From)
	key := cache.KeyOf("export", []byte(f.Path), []byte(r.ScanID), buf.Bytes())
	if kept, err := r.keep(f.Path, key); kept || err != nil {
		return err
	}
	data, err := f.Make()
	if err != nil {
		return err
	}
	return r.put(f.Path, f.Path, data, key)
}

func (r *renderer) themeFiles() error {
	for _, f := range r.Theme.Files() {
		if _, err := r.whole(f.Path, f.Path, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// asset hands over a file of the content. One that is the very same as in the job before is not read again.
func (r *renderer) asset(asset *source.File) error {
	path := model.AssetAddress(asset.Path)[1:]
	key, known := r.run.before.assets[asset]
	if known {
		if kept, err := r.keep(path, key); err != nil {
			return err
		} else if kept {
			r.run.made.assets[asset] = key
			return nil
		}
	}
	data, err := fs.ReadFile(r.Files, asset.Path)
	if err != nil {
		return fmt.Errorf("read %s: %w", asset.Path, err)
	}
	key, err = r.whole(path, asset.Path, data)
	r.run.made.assets[asset] = key
	return err
}

// A pageRenderer makes the parts of one page's view.
type pageRenderer struct {
	*renderer
	page page.Page
}

// Stylesheet gives the address of the theme's stylesheet.
func (r *pageRenderer) Stylesheet() string { return r.Theme.Stylesheet() }

// Script gives the address of the theme's script.
func (r *pageRenderer) Script() string { return r.Theme.Script() }

// Scripts gives the addresses of the scripts that a template's pages have for themselves.
func (r *pageRenderer) Scripts(template string) []string { return r.Theme.Scripts(template) }

// Markdown gives a body as safe HTML.
func (r *pageRenderer) Markdown(b page.Body) (template.HTML, error) {
	fragment, ok := r.fragment(b)
	var out bytes.Buffer
	if ok {
		err := fragment.Fill(&out, b.Resolve)
		return template.HTML(out.String()), err
	}
	err := markdown.Render(&out, b.Source, markdown.Options{Resolve: b.Resolve, TopLevel: b.TopLevel, AnchorPrefix: b.Prefix})
	return template.HTML(out.String()), err
}

// Seal makes a page of view and closes it. What is in it is seen by nobody else: it is scanned here, before it is closed, and kept nowhere.
func (r *pageRenderer) Seal(share *model.Share, name string, view any) (string, error) {
	var open bytes.Buffer
	if err := r.Theme.Execute(&open, name, view); err != nil {
		return "", err
	}
	r.Diags.Add(r.ScanSealed(r.page.Path, open.Bytes(), share)...)
	return hex.EncodeToString(r.Job.Seal(share, open.Bytes())), nil
}

// Diagram gives a diagram's picture, and hands over its plate as a file of the site; one that cannot be drawn is a finding of the page's record. Of all pages
// that show it, it is drawn for the first.
func (r *pageRenderer) Diagram(g diagrams.Graph, plate string) (page.Drawing, error) {
	var buf bytes.Buffer
	writeView(&buf, g)
	key := cache.KeyOf("drawing", buf.Bytes(), []byte(plate))
	r.run.mu.Lock()
	drawing, ok := r.run.drawn[key]
	if !ok {
		drawing = sync.OnceValues(func() (page.Drawing, error) { return r.drawing(g, plate) })
		r.run.drawn[key] = drawing
	}
	r.run.mu.Unlock()
	drawn, err := drawing()
	var fault *diagrams.Fault
	if errors.As(err, &fault) && r.page.Again {
		return page.Drawing{}, nil
	}
	if errors.As(err, &fault) {
		r.Diags.Add(diag.Finding{Rule: "LEK03", At: r.page.At, Message: fault.Error(), Hint: "split the flow into smaller ones, or build with --no-diagrams to publish it as text"})
		return page.Drawing{}, nil
	}
	return drawn, err
}

// drawing draws what Diagram gives.
func (r *pageRenderer) drawing(g diagrams.Graph, plate string) (page.Drawing, error) {
	picture, err := r.picture(g)
	if err != nil {
		return page.Drawing{}, err
	}
	drawing := page.Drawing{SVG: template.HTML(picture.SVG), Width: int(picture.Width * 4 / 3), Height: int(picture.Height * 4 / 3)}
	r.diagrams.Add(1)
	if picture.Plate == nil {
		return drawing, nil
	}
	drawing.Plate = plate
	path := strings.TrimPrefix(plate, "/")
	_, err = r.whole(path, path, picture.Plate)
	return drawing, err
}
