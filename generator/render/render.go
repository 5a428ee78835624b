// Package render makes the files of a site: pages from templates and views, diagrams, the theme's and the content's own files.
//
// In come pages that were planned, a theme, and what draws; out go bytes into a sink, page by page on several processors, each held
// against the list of what must not leak before it is handed over, and then let go. A leak, a picture that would run a script, and a
// diagram that could not be drawn are findings; the caller throws the sink's content away when there are any. Nothing here reads
// the clock or decides what is public.
package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"runtime"
	"sync"
	"sync/atomic"

	"candor/diagrams"
	"candor/generator/diag"
	"candor/generator/export"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/theme"
)

// A Job is a site to be made.
type Job struct {
	Site    *model.Site
	Files   fs.FS // the site folder, for pictures and papers of the content
	Pages   []page.Page
	Exports []export.File
	Theme   *theme.Theme
	Draw    func(context.Context, diagrams.Graph) (diagrams.Picture, error) // nil when nothing is to be drawn
	Scan    func(path string, data []byte) []diag.Finding                   // finds what must not leak
	Sink    output.Sink
	Diags   *diag.List
}

// A Done counts what a job made.
type Done struct {
	Pages    int
	Diagrams int
}

// Pages makes every file of the job. The error is the machine's; what an author can mend goes to the job's findings.
func Pages(ctx context.Context, job Job) (Done, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &renderer{Job: job, ctx: ctx}
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
	drawn, plain := part(job.Pages)
	lane(drawn) // pages wait for their diagrams, so the others do not wait for them
	lane(plain)
	if err := r.files(); err != nil {
		cancel(err)
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return Done{}, err
	}
	return Done{Pages: int(r.pages.Load()), Diagrams: int(r.diagrams.Load())}, nil
}

// part parts the pages that have diagrams from those that have none.
func part(pages []page.Page) (drawn, plain []page.Page) {
	for _, p := range pages {
		if p.Draws {
			drawn = append(drawn, p)
		} else {
			plain = append(plain, p)
		}
	}
	return drawn, plain
}

type renderer struct {
	Job
	ctx             context.Context
	pages, diagrams atomic.Int64
}

// page makes one page in buf, which belongs to the goroutine.
func (r *renderer) page(p page.Page, buf *bytes.Buffer) error {
	view, err := p.Make(&pageRenderer{renderer: r, page: p})
	if err != nil {
		return fmt.Errorf("make %s: %w", p.Path, err)
	}
	buf.Reset()
	if err := r.Theme.Execute(buf, p.Template, view); err != nil {
		return err
	}
	if err := r.put(p.Path, buf.Bytes()); err != nil {
		return err
	}
	r.pages.Add(1)
	return nil
}

// put holds a file against the list of what must not leak, and hands it over.
func (r *renderer) put(path string, data []byte) error {
	r.Diags.Add(r.Scan(path, data)...)
	return r.Sink.Put(path, data)
}

// files hands over what is not a page.
func (r *renderer) files() error {
	for _, f := range r.Theme.Files() {
		if err := r.put(f.Path, f.Data); err != nil {
			return err
		}
	}
	for _, f := range r.Exports {
		if err := r.put(f.Path, f.Data); err != nil {
			return err
		}
	}
	for _, asset := range published(r.Site) {
		data, err := fs.ReadFile(r.Files, asset.Path)
		if err != nil {
			return fmt.Errorf("read %s: %w", asset.Path, err)
		}
		r.Diags.Add(r.Scan(asset.Path, data)...) // by the name that its author knows
		if err := r.Sink.Put(model.AssetAddress(asset.Path)[1:], data); err != nil {
			return err
		}
	}
	return nil
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

// Markdown gives a body as safe HTML.
func (r *pageRenderer) Markdown(b page.Body) (template.HTML, error) {
	var out bytes.Buffer
	if b.Kept != nil {
		fragment, err := b.Kept()
		if err != nil {
			return "", err
		}
		err = fragment.Fill(&out, b.Resolve)
		return template.HTML(out.String()), err
	}
	err := markdown.Render(&out, b.Source, markdown.Options{Resolve: b.Resolve, TopLevel: b.TopLevel, AnchorPrefix: b.Prefix})
	return template.HTML(out.String()), err
}

// Diagram gives a diagram's picture; one that cannot be drawn is a finding of the page's record.
func (r *pageRenderer) Diagram(g diagrams.Graph) (template.HTML, error) {
	picture, err := r.Draw(r.ctx, g)
	var fault *diagrams.Fault
	if errors.As(err, &fault) {
		r.Diags.Add(diag.Finding{Rule: "LEK03", At: r.page.At, Message: fault.Error(), Hint: "split the flow into smaller ones, or build with --no-diagrams to publish it as text"})
		return "", nil
	}
	if err != nil {
		return "", err
	}
	r.diagrams.Add(1)
	return template.HTML(picture.SVG), nil
}
