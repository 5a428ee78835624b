package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/preview"
	"candor/generator/watch"
)

// A studio builds for a preview, and says on the terminal what came of it. build and tell are called by one goroutine each, in turn.
type studio struct {
	*app
	flags serveFlags
	in    generator.Input
	shop  *generator.Workshop
	last  *output.Memory // the last whole site
	began time.Time
	path  atomic.Pointer[string] // of the site's address
	said  map[string]int         // findings that were printed last, by how they read
	bad   bool                   // the last build was stopped

	locked     *generator.Locked // sealed pages that the last build left out
	toldLocked string            // what was said of them
}

// build builds once more from what changed.
func (s *studio) build(ctx context.Context, r preview.Request) (preview.Outcome, error) {
	s.began = s.now()
	in := s.in
	in.Writing = true
	var err error
	if in.On, err = s.day(s.flags.on); err != nil {
		return preview.Outcome{}, err
	}
	if err := s.hasContent(in.Files); err != nil {
		return preview.Outcome{}, err
	}
	if err := s.hasTheme(in.Files, s.flags.theme); err != nil {
		return preview.Outcome{}, err
	}
	if in.Secret, err = s.secret(); err != nil { // one may be made while the preview runs
		return preview.Outcome{}, err
	}
	site := &output.Memory{}
	if s.last != nil {
		site = s.last.Next()
	}
	early := func(baseURL string) {
		s.setBase(baseURL)
		r.Early(site)
	}
	report, err := s.shop.Build(ctx, in, generator.Step{All: r.Change.All, Changed: r.Change.Paths, First: r.First, Early: early}, site)
	s.setBase(report.BaseURL)
	out := preview.Outcome{Findings: report.Findings, Exceptions: report.Exceptions, Folders: report.Folders, Pages: report.Pages, Diagrams: report.Diagrams}
	s.locked = report.Locked
	if err != nil || report.Failed {
		return out, err
	}
	if s.shop.Store != nil { // what later builds of this run need, they have in memory
		s.shop.Store.Close(true)
		s.shop.Store = nil
	}
	site.Finish()
	s.last, out.Site = site, site
	return out, nil
}

// today gives the day that is built for.
func (s *studio) today() string {
	if s.flags.on != "" {
		return s.flags.on
	}
	return s.now().UTC().Format(time.DateOnly)
}

// base gives the path below which the site is served.
func (s *studio) base() string {
	if path := s.path.Load(); path != nil {
		return *path
	}
	return ""
}

// tell prints what is new.
func (s *studio) tell(r preview.Request, out preview.Outcome, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	took := s.now().Sub(s.began).Milliseconds()
	var fresh []diag.Finding
	mended := 0
	if err == nil { // else the content may not have been looked at, and what was found in it is neither new nor mended
		fresh, mended = s.news(out.Findings)
	}
	if err := diag.WriteText(s.stderr, fresh, s.style(s.terminal)); err != nil {
		return
	}
	s.tellLocked()
	stopped := err != nil || out.Site == nil
	line := s.now().Format(time.TimeOnly) + " " + changed(r.Change) + ": "
	if stopped && !s.bad && s.flags.bell {
		if s.quiet {
			fmt.Fprint(s.stderr, "\a")
		}
		line = "\a" + line // in one piece, so that nothing that others print comes in between
	}
	s.bad = stopped
	switch {
	case err != nil:
		s.complain(err)
		line += "not built"
	case out.Site == nil:
		line += "not shown: " + diag.CountOf(out.Findings).String()
	default:
		line += fmt.Sprintf("%s in %d ms", count(out.Pages, "page"), took)
		if len(out.Findings) > 0 {
			line += ", " + diag.CountOf(out.Findings).String()
		}
	}
	if mended > 0 {
		line += ", " + strconv.Itoa(mended) + " mended"
	}
	s.say("%s%s\n", line, excepted(out.Exceptions))
}

// tellLocked says which sealed pages are not shown, once.
func (s *studio) tellLocked() {
	said := ""
	if s.locked != nil {
		said = "not shown: " + s.locked.Error()
	}
	if said != s.toldLocked && said != "" {
		s.notice(said, lockedHint(s.locked))
	}
	s.toldLocked = said
}

// news gives the findings that were not there at the last build, and counts those that are gone.
func (s *studio) news(findings []diag.Finding) (fresh []diag.Finding, mended int) {
	now := map[string]int{}
	names := diag.Fingerprints(findings)
	for i, f := range findings {
		if now[names[i]]++; now[names[i]] > s.said[names[i]] {
			fresh = append(fresh, f)
		}
	}
	for name, n := range s.said {
		mended += max(0, n-now[name])
	}
	s.said = now
	return fresh, mended
}

// changed says in a word what a build was made for.
func changed(c watch.Change) string {
	switch {
	case c.All || len(c.Paths) == 0:
		return "all"
	case len(c.Paths) == 1:
		return c.Paths[0]
	}
	return fmt.Sprintf("%s and %d more", c.Paths[0], len(c.Paths)-1)
}

// setBase notes the path of the site's address.
func (s *studio) setBase(address string) {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		path := strings.TrimRight(u.Path, "/")
		s.path.Store(&path)
	}
}
