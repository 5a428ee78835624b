package verify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"candor/generator/hosting"
)

// missingPage is what a host shows for addresses at which there is nothing.
const missingPage = "404.html"

// nothing is an address at which no site has anything.
const nothing = "candor-verify/there-is-nothing-here/"

// Site fetches every file that a manifest lists, and holds it against it. A host that cannot be asked for the manifest is an error.
func Site(ctx context.Context, r Remote, o Options) (*Report, error) {
	manifest, err := r.Manifest(ctx) // with a trusted one, too: a host that gives no answer gives none two hundred times
	switch {
	case o.Manifest != nil && (err == nil || errors.Is(err, ErrNoManifest) || errors.Is(err, errAnswered)):
		manifest = o.Manifest
	case err != nil:
		return nil, err
	}
	all, err := wanted(manifest, o)
	if err != nil {
		return nil, err
	}
	s := &site{Remote: r, o: o, tally: newTally(all, manifest, o), listed: map[[sha256.Size]byte]string{}}
	for _, w := range all {
		s.listed[w.Hash] = w.Path
	}
	s.pages = s.sitemap(ctx)
	if err := each(ctx, len(all), o.Workers, func(i int) { s.look(ctx, all[i]) }); err != nil {
		return nil, err
	}
	report := s.finish()
	s.otherPlace()
	return report, nil
}

// A site is what a host serves.
type site struct {
	Remote
	*tally
	o      Options
	listed map[[sha256.Size]byte]string // paths by their bytes, for look-ups
	pages  []byte                       // the sitemap, if it is what was written: pages that stand where they are; nil for none
}

// sitemap gives the site's own sitemap if it is, byte for byte, the one that is listed.
func (s *site) sitemap(ctx context.Context) []byte {
	const name = "sitemap.xml"
	a, err := s.get(ctx, s.Address(name))
	if err != nil || a.Status != 200 || s.listed[sha256.Sum256(a.Body)] != name {
		return nil
	}
	return a.Body
}

// hasMoved reports whether the file may be one at an earlier address, which hosts may answer with a redirect instead: a page that the sitemap does not name. Sealed
// pages are in no sitemap either, and stand where they are.
func (s *site) hasMoved(w want, address string) bool {
	return s.pages != nil && path.Base(w.Path) == "index.html" && !strings.HasPrefix(w.Path, "q/") && !bytes.Contains(s.pages, []byte(pathOf(address)+"</loc>"))
}

// pathOf gives the path of an address as it is written in one.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.EscapedPath()
}

// look holds one file against what is written of it.
func (s *site) look(ctx context.Context, w want) {
	switch {
	case hosting.ForHost(w.Path):
		s.mu.Lock()
		s.report.ForHost++
		s.mu.Unlock()
		return
	case w.Path == missingPage:
		s.lookForNothing(ctx, w)
		return
	}
	address := s.Address(w.Path)
	a, err := s.get(ctx, address)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		s.fault(Fault{Path: w.Path, Kind: Unreadable, Address: address, Cause: err.Error()})
	case a.Status == 200 && a.elsewhere == "" && sum(a.Body, w) == w.Hash:
		s.same(w, a.Body)
	case a.Status == 200 && a.elsewhere == "" && a.hops > 0 && s.listed[sha256.Sum256(a.Body)] != "" && s.hasMoved(w, address):
		s.mu.Lock()
		s.report.Redirects = append(s.report.Redirects, w.Path)
		s.report.Same++
		s.mu.Unlock()
	default:
		s.fault(s.wrong(ctx, w, address, a))
	}
}

// wrong says what is wrong with an answer.
func (s *site) wrong(ctx context.Context, w want, address string, a answer) Fault {
	f := Fault{Path: w.Path, Address: address}
	if a.Status != 200 {
		f.Status = a.Status
	}
	switch {
	case a.elsewhere != "":
		f.Kind, f.Cause = Redirected, fmt.Sprintf("the host leads to %s", around(a.elsewhere, 0))
		f.Hint = whyElsewhere(a.elsewhere)
	case a.Status == 404 || a.Status == 410:
		f.Kind = Missing
		if f.Cause, f.Hint = whyDotted(w.Path); f.Cause == "" {
			f.Hint = "publish again; a host that knows no index.html for a folder has to be told of it"
		}
	case a.Status != 200:
		f.Kind, f.Cause, f.Hint = Refused, whyRefused(a), "let everybody read the site, programs too, or ask from where it may be read"
	case s.isStale(ctx, w, address):
		f.Kind, f.Cause, f.Hint = Stale, "a cache on the way gives an older copy"+aged(a.Response), "empty the cache of the host; "+strconv.Quote("Cache-Control: "+hosting.CacheControl(w.Path))+" is how candor has this file kept"
	default:
		s.altered(&f, w, a)
	}
	return f
}

// altered says what became of a file that came with other bytes.
func (s *site) altered(f *Fault, w want, a answer) {
	f.Kind = Altered
	other := s.listed[sha256.Sum256(a.Body)]
	switch {
	case w.manifest:
		f.Cause, f.Hint = "it is not the trusted one: another version of the site is published, or somebody wrote it anew", "build from the commit that was published, or publish again"
		return
	case other == "index.html":
		f.Cause, f.Hint = "the host gives the front page in its place, as for an app of one page", "turn that fallback off: what is not there has to be answered with 404"
		return
	case other != "":
		f.Cause = fmt.Sprintf("the host gives %q in its place", other)
		return
	case a.hops > 0:
		f.Cause = "the host leads to " + around(a.from, 0) + ", which candor did not write"
	default:
		f.Cause, f.Hint = causeInFolder(a.Body, w)
	}
	if f.Cause == "" {
		f.Cause = strings.TrimPrefix(aged(a.Response), ", ")
	}
	f.show(a.Body, original(s.o.Originals, w.Path))
}

// isStale asks past the caches on the way.
func (s *site) isStale(ctx context.Context, w want, address string) bool {
	a, err := s.follow(ctx, fresh(address, w.Hash))
	return err == nil && a.Status == 200 && a.elsewhere == "" && sum(a.Body, w) == w.Hash
}

// aged says how old a cache's copy is.
func aged(r Response) string {
	if seconds, err := strconv.Atoi(strings.TrimSpace(r.Age)); err == nil && seconds > 0 {
		return fmt.Sprintf(", %s old", age(time.Duration(seconds)*time.Second))
	}
	if r.Cache != "" {
		return fmt.Sprintf(" (%s)", around(r.Cache, 0))
	}
	return ""
}

func age(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}

func whyElsewhere(to string) string {
	if strings.Contains(to, "cloudflareaccess.com") || strings.Contains(to, "login") || strings.Contains(to, "sso") {
		return "that is a login: let everybody read the site"
	}
	return "verify the address at its end, if that is yours"
}

func whyRefused(a answer) string {
	switch {
	case strings.Contains(string(a.Body), "/cdn-cgi/challenge-platform/"), strings.Contains(string(a.Body), "Just a moment..."):
		return "Cloudflare asks whether a person is reading"
	case a.Status == 401:
		return "the host asks for a password"
	case a.Status == 403:
		return "the host lets nobody read it: a bucket answers so for a file that is not there, too"
	case a.Status == 429:
		return "the host was asked too often"
	}
	return ""
}

// lookForNothing asks for an address at which there is nothing: the page for missing addresses is to be shown there, with that status.
func (s *site) lookForNothing(ctx context.Context, w want) {
	address := s.Base + "/" + nothing
	a, err := s.get(ctx, address)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		s.fault(Fault{Path: w.Path, Kind: Unreadable, Address: address, Cause: err.Error()})
	case sha256.Sum256(a.Body) == w.Hash && a.Status == 404:
		s.same(w, a.Body)
	case sha256.Sum256(a.Body) == w.Hash:
		s.same(w, a.Body)
		s.note(fmt.Sprintf("the page for missing addresses comes with status %d instead of 404, so that search engines take it for a page", a.Status))
	default:
		s.lookForPage(ctx, w, address, a)
	}
}

// lookForPage asks for 404.html itself where the host shows something else for missing addresses.
func (s *site) lookForPage(ctx context.Context, w want, address string, shown answer) {
	direct := s.Address(w.Path)
	a, err := s.get(ctx, direct)
	if err == nil && a.elsewhere == "" && sha256.Sum256(a.Body) == w.Hash {
		s.same(w, a.Body)
		s.note(fmt.Sprintf("for missing addresses the host shows a page of its own, with status %d, not 404.html; tell it of the file", shown.Status))
		return
	}
	if shown.Status == 200 && s.listed[sha256.Sum256(shown.Body)] == "index.html" {
		s.fault(Fault{Path: w.Path, Kind: Altered, Address: address, Cause: "the host gives the front page for addresses at which there is nothing, as for an app of one page", Hint: "turn that fallback off"})
		return
	}
	f := Fault{Path: w.Path, Kind: Altered, Address: address, Cause: "for addresses at which there is nothing the host shows another page", Hint: "tell the host that 404.html is the page for those"}
	if shown.Status != 200 && shown.Status != 404 {
		f.Status = shown.Status
	}
	if cause, hint := inserted(w.Path, shown.Body); cause != "" && shown.Status == 404 {
		f.Cause, f.Hint = cause, hint
	}
	f.show(shown.Body, original(s.o.Originals, w.Path))
	s.fault(f)
}

func (t *tally) note(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.report.Notes = append(t.report.Notes, text)
}

// otherPlace notes that a site was built for another address than it is read at.
func (s *site) otherPlace() {
	if id := s.report.Identity; id != nil && id.BaseURL != "" && strings.TrimSuffix(id.BaseURL, "/") != strings.TrimSuffix(s.Base, "/") {
		s.note(fmt.Sprintf("it was built for %s, and is read at %s: links in feeds and exports lead there", around(id.BaseURL, 0), s.Base))
	}
}
