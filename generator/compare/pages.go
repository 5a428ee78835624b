package compare

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/hosting"
	"candor/generator/markdown/reading"
	"candor/generator/model"
	"candor/generator/output"
)

// A What says what became of a page or a file.
type What string

// What can become of one.
const (
	Added   What = "added"
	Removed What = "removed" // nothing is at its address any more
	Moved   What = "moved"   // its address leads to another one, which was there before
	Renamed What = "renamed" // it is at another address now
	Changed What = "changed"
)

// A Page is what became of one page.
type Page struct {
	What     What     `json:"what"`
	Address  string   `json:"address"`            // of today, from the root of the site
	Title    string   `json:"title"`              // of today; of a removed page, its last one
	Was      string   `json:"was,omitempty"`      // of a renamed page, its earlier address
	Leads    string   `json:"leads,omitempty"`    // of a moved page, where its address leads now
	Broken   bool     `json:"broken,omitempty"`   // of a renamed or removed page: its earlier address leads nowhere
	Changes  []Change `json:"changes,omitempty"`  // what is read otherwise
	Repeated int      `json:"repeated,omitempty"` // changes that another page of the report shows already: a name that stands on forty pages is told once

	from, to string // files of a renamed page
}

// A File is what became of a file that is no page.
type File struct {
	What What   `json:"what"`
	Path string `json:"path"`
}

// A comparison goes through two sites.
type comparison struct {
	before, after Side
	o             Options
	report        *Report
	gone, fresh   []output.File // pages on one side alone
	common        []output.File // pages on both, with other bytes
	read          map[string]*reading.Page
	renamedTo     map[string]string // addresses of pages by those that they had before
}

// sealed is where pages for one customer each lie.
var sealed = strings.TrimPrefix(model.AddressSealed, "/")

// derived are files that say again what pages and facts say: each differs when those do.
var derived = []string{"sitemap.xml", "feed.atom", "feed.json", "trust.json", "answers.json", "answers.csv", "subprocessors.csv"}

func isPage(name string) bool { return strings.HasSuffix(name, ".html") }

// files parts the files of both sides, reads the pages that differ, and tells of them.
func (c *comparison) files(ctx context.Context) error {
	for _, p := range pairs(c.before.Files, c.after.Files) {
		c.sort(p)
	}
	if err := c.readAll(ctx); err != nil {
		return err
	}
	c.renames()
	c.follow()
	for _, f := range c.common {
		c.changed(f.Path)
	}
	for _, f := range c.gone {
		c.removed(f.Path)
	}
	for _, f := range c.fresh {
		c.added(f.Path)
	}
	slices.SortStableFunc(c.report.Pages, func(a, b Page) int {
		return cmp.Or(cmp.Compare(slices.Index(pageWords, a.What), slices.Index(pageWords, b.What)), cmp.Compare(a.Address, b.Address))
	})
	c.report.once()
	return nil
}

// A pair is a file on both sides; nil where there is none.
type pair struct{ before, after *output.File }

func pairs(before, after []output.File) []pair {
	var all []pair
	i, j := 0, 0
	for i < len(before) || j < len(after) {
		switch {
		case j == len(after) || i < len(before) && before[i].Path < after[j].Path:
			all = append(all, pair{&before[i], nil})
			i++
		case i == len(before) || after[j].Path < before[i].Path:
			all = append(all, pair{nil, &after[j]})
			j++
		default:
			if before[i].Hash != after[j].Hash {
				all = append(all, pair{&before[i], &after[j]})
			}
			i, j = i+1, j+1
		}
	}
	return all
}

func (c *comparison) sort(p pair) {
	what, f := Changed, p.after
	if p.before == nil {
		what = Added
	} else if p.after == nil {
		what, f = Removed, p.before
	}
	switch {
	case strings.HasPrefix(f.Path, sealed):
		*map[What]*int{Added: &c.report.Sealed.Added, Removed: &c.report.Sealed.Removed, Changed: &c.report.Sealed.Changed}[what]++
	case !isPage(f.Path):
		c.file(what, f.Path)
	case what == Added:
		c.fresh = append(c.fresh, *f)
	case what == Removed:
		c.gone = append(c.gone, *f)
	default:
		c.common = append(c.common, *f)
	}
}

// file tells of another file. Assets have their hash in their name: one that went and one that came under a name are one that changed.
func (c *comparison) file(what What, name string) {
	if slices.Contains(derived, name) && what == Changed {
		return // the pages and the facts tell it
	}
	if plain := unhashed(name); plain != name {
		for i := range c.report.Files {
			if f := &c.report.Files[i]; f.Path == plain && f.What != what {
				f.What = Changed
				return
			}
		}
		name = plain
	}
	c.report.Files = append(c.report.Files, File{what, name})
}

// unhashed gives the name of an asset without the hash of its bytes.
func unhashed(name string) string {
	if !strings.HasPrefix(name, "assets/") || !strings.Contains(hosting.CacheControl(name), "immutable") {
		return name
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	return strings.TrimSuffix(stem, path.Ext(stem)) + ext
}

// key names a page of a side in what was read.
func key(s *Side, name string) string { return s.Name + "\x00" + name }

// readAll reads the pages that are needed, several at a time.
func (c *comparison) readAll(ctx context.Context) error {
	type job struct {
		side *Side
		name string
	}
	var jobs []job
	if c.before.Name == c.after.Name {
		c.after.Name += " (after)"
	}
	for _, f := range slices.Concat(c.gone, c.common) {
		jobs = append(jobs, job{&c.before, f.Path})
	}
	for _, f := range slices.Concat(c.fresh, c.common) {
		jobs = append(jobs, job{&c.after, f.Path})
	}
	read := make([]reading.Page, len(jobs))
	err := each(ctx, len(jobs), c.o.Workers, func(ctx context.Context, i int) error {
		data, err := jobs[i].side.Read(ctx, jobs[i].name)
		if err != nil {
			return fmt.Errorf("read %s of %s: %w", jobs[i].name, jobs[i].side.Name, err)
		}
		if len(data) <= maxFile {
			read[i] = rooted(reading.Of(data), jobs[i].side.Document)
		}
		return nil
	})
	c.read = map[string]*reading.Page{}
	for i, j := range jobs {
		c.read[key(j.side, j.name)] = &read[i]
	}
	return err
}

func (c *comparison) old(name string) *reading.Page { return c.read[key(&c.before, name)] }
func (c *comparison) now(name string) *reading.Page { return c.read[key(&c.after, name)] }

// renames finds pages that are at another address now: those that lead there, and those whose text is there without a word at the old address.
func (c *comparison) renames() {
	for _, f := range slices.Clone(c.common) {
		now := c.now(f.Path)
		if now.MovedTo == "" || c.old(f.Path).MovedTo != "" {
			continue
		}
		c.common = without(c.common, f.Path)
		to := c.fileAt(now.MovedTo)
		if c.take(to) {
			c.renamed(f.Path, to, false)
			continue
		}
		c.report.Pages = append(c.report.Pages, Page{What: Moved, Address: addressOf(f.Path), Title: titleOf(c.old(f.Path)), Leads: visible(now.MovedTo)})
	}
	for _, f := range slices.Clone(c.gone) {
		if to := c.twin(f.Path); to != "" && c.take(to) {
			c.gone = without(c.gone, f.Path)
			c.renamed(f.Path, to, true)
		}
	}
}

// take removes a page from the fresh ones and reports whether it was one.
func (c *comparison) take(name string) bool {
	n := len(c.fresh)
	c.fresh = without(c.fresh, name)
	return len(c.fresh) < n
}

func without(files []output.File, name string) []output.File {
	return slices.DeleteFunc(files, func(f output.File) bool { return f.Path == name })
}

// fileAt gives the new page that an address leads to; "" for none.
func (c *comparison) fileAt(address string) string {
	address, _, _ = strings.Cut(address, "#")
	for _, f := range c.fresh {
		if addressOf(f.Path) == address {
			return f.Path
		}
	}
	return ""
}

// alike is how much of a page has to be in another for the two to be one that was renamed.
const alike = 0.7

// twin finds a new page in the same part of the site that reads as one which is gone.
func (c *comparison) twin(name string) string {
	best, most := "", alike
	for _, f := range c.fresh {
		if path.Dir(path.Dir(f.Path)) != path.Dir(path.Dir(name)) || c.now(f.Path).MovedTo != "" {
			continue
		}
		if s := similarity(c.old(name).Blocks, c.now(f.Path).Blocks); s >= most {
			best, most = f.Path, s+1e-9
		}
	}
	return best
}

// similarity gives the part of two pages' blocks that both have, from 0 to 1. Pages of a few blocks are not told apart by it.
func similarity(a, b []reading.Block) float64 {
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	have := map[string]int{}
	for _, x := range a {
		have[x.Text]++
	}
	both := 0
	for _, x := range b {
		if have[x.Text] > 0 {
			have[x.Text]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// renamed tells of a page at another address; what is read otherwise on it is told when all renames are known.
func (c *comparison) renamed(from, to string, broken bool) {
	if c.renamedTo == nil {
		c.renamedTo = map[string]string{}
	}
	c.renamedTo[addressOf(from)] = addressOf(to)
	c.report.Pages = append(c.report.Pages, Page{What: Renamed, Address: addressOf(to), Title: titleOf(c.now(to)), Was: addressOf(from), Broken: broken, from: from, to: to})
}

// follow has links of the earlier site lead to where pages are now, so that a rename is told once and not for each page that links there.
func (c *comparison) follow() {
	for _, f := range c.before.Files {
		page := c.old(f.Path)
		if page == nil {
			continue
		}
		page.MovedTo = c.today(page.MovedTo)
		for i := range page.Blocks {
			for j, l := range page.Blocks[i].Links {
				page.Blocks[i].Links[j] = c.today(l)
			}
		}
	}
	for i := range c.report.Pages {
		p := &c.report.Pages[i]
		if p.What != Renamed {
			continue
		}
		old := slices.Clone(c.old(p.from).Blocks)
		for j := range old {
			old[j].Text = strings.ReplaceAll(old[j].Text, p.Was, p.Address) // the page says its own address
		}
		p.Changes = changesOf(old, c.now(p.to).Blocks)
	}
}

// today gives the address that a link of the earlier site has now.
func (c *comparison) today(link string) string {
	address, anchor, _ := strings.Cut(link, "#")
	if to, ok := c.renamedTo[address]; ok {
		return to + behind("#", anchor)
	}
	return link
}

// rooted takes the address of the site out of a page's texts and links: two builds for different addresses read the same.
func rooted(page reading.Page, d *disclosure.Document) reading.Page {
	if d == nil {
		return page
	}
	base := strings.TrimSuffix(d.Site.BaseURL, "/")
	below := ""
	if u, err := url.Parse(base); err == nil {
		below = strings.TrimSuffix(u.Path, "/")
	}
	local := func(link string) string {
		if base != "" && strings.HasPrefix(link, base+"/") {
			return link[len(base):]
		}
		if below != "" && strings.HasPrefix(link, below+"/") {
			return link[len(below):]
		}
		return link
	}
	page.MovedTo = local(page.MovedTo)
	for i := range page.Blocks {
		b := &page.Blocks[i]
		if base != "" {
			b.Text = strings.ReplaceAll(b.Text, base+"/", "/")
		}
		for j := range b.Links {
			b.Links[j] = local(b.Links[j])
		}
	}
	return page
}

func (c *comparison) changed(name string) {
	old, now := c.old(name), c.now(name)
	changes := changesOf(old.Blocks, now.Blocks)
	if old.Title != now.Title && old.Heading == now.Heading {
		changes = append([]Change{changeOf("", "title of the page: "+old.Title, "title of the page: "+now.Title)}, changes...)
	}
	if old.MovedTo != now.MovedTo {
		changes = append(changes, changeOf("", behind("leads to ", old.MovedTo), behind("leads to ", now.MovedTo)))
	}
	if len(changes) == 0 {
		c.report.Markup = append(c.report.Markup, addressOf(name))
		return
	}
	c.report.Pages = append(c.report.Pages, Page{What: Changed, Address: addressOf(name), Title: titleOf(now), Changes: changes})
}

func (c *comparison) removed(name string) {
	old := c.old(name)
	c.report.Pages = append(c.report.Pages, Page{What: Removed, Address: addressOf(name), Title: titleOf(old), Broken: true})
}

func (c *comparison) added(name string) {
	now := c.now(name)
	p := Page{What: Added, Address: addressOf(name), Title: titleOf(now)}
	if now.MovedTo != "" {
		p.Leads = visible(now.MovedTo)
	}
	c.report.Pages = append(c.report.Pages, p)
}

// once leaves out of each page what an earlier one shows already.
func (r *Report) once() {
	type said struct{ before, after string }
	seen := map[said]bool{}
	for i := range r.Pages {
		p := &r.Pages[i]
		var kept []Change
		for _, ch := range p.Changes {
			k := said{ch.Before, ch.After}
			if seen[k] {
				p.Repeated++
				continue
			}
			seen[k] = true
			kept = append(kept, ch)
		}
		p.Changes = kept
	}
}

// addressOf gives the address of a page from the root of the site.
func addressOf(name string) string {
	if name == "index.html" || name == "" {
		return "/"
	}
	if dir, ok := strings.CutSuffix(name, "/index.html"); ok {
		return visible("/" + dir + "/")
	}
	return visible("/" + name)
}

func titleOf(p *reading.Page) string { return visible(cmp.Or(p.Heading, p.Title)) }

func behind(word, s string) string {
	if s == "" {
		return ""
	}
	return word + s
}
