// Package inventory holds the vendors that source code shows against those that a site lists.
//
// In come the linked site, the catalog, the signs that were found in source code, and where the folders lie that flows are built from; out comes a Report:
// each vendor with its signs and whether the site lists it, listed vendors of which nothing was seen, and what flows and their source say differently.
// It is the comparison alone: nothing is read here, and what a sign is worth is said by model.Proof, which vendor a record is by roster.
package inventory

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/roster"
)

// A Source is a folder of source code that a flow is built from.
type Source struct {
	Flow   *model.Flow
	Folder string     // as paths of signs begin; "." for all of them
	Named  model.Text // how the flow names it
}

// An Input is what is compared.
type Input struct {
	Site    *model.Site // nil where there is none: then nothing is listed
	Catalog *catalog.Catalog
	On      model.Day
	Signs   []model.Sign
	Sources []Source // those that lie in what was scanned
}

// A Verdict says where a vendor stands.
type Verdict string

// The verdicts, in the order in which vendors are told.
const (
	Undeclared Verdict = "undeclared" // in use, and no sub-processor stands for it
	Removed    Verdict = "removed"    // in use, and its sub-processor was removed
	Possible   Verdict = "possible"   // not listed, and its signs do not prove it
	Excused    Verdict = "excused"    // one of the first two, and an exception of the content says why that may stay so for a time
	Inside     Verdict = "internal"   // in use, not listed, and of a kind that sees the company's own things alone
	Listed     Verdict = "listed"
)

var verdicts = []Verdict{Undeclared, Removed, Possible, Excused, Inside, Listed}

// A Vendor is one vendor that the code shows.
type Vendor struct {
	Known    *model.KnownVendor
	Category string // of the catalog
	Verdict  Verdict
	Signs    []model.Sign          // the surest first
	Proof    []model.Sign          // those that show it in use; nil where nothing is proved
	Records  []*model.Subprocessor // that stand for it
	Gone     *model.Subprocessor   // the one that did
	Excuse   *model.Exception      // of one that is excused
	Kin      *model.Subprocessor   // of one that is not listed: another service of the same company that is; nil for none
}

// An Unseen is a vendor that the site lists as in use, and of which the code shows nothing.
type Unseen struct {
	Record *model.Subprocessor
	Known  *model.KnownVendor // the vendor of the catalog that it is; nil where the catalog has none with signs, so that code cannot show it
}

// A Gap is a vendor that the source of flows shows and that none of them names.
type Gap struct {
	Source Source
	Vendor *Vendor
	Signs  []model.Sign // that prove it there
}

// An Idle is a vendor that a flow names and of which its source shows nothing.
type Idle struct {
	Flow   *model.Flow
	Named  model.Text // how it names its first source
	Record *model.Subprocessor
}

// A Collection is a file that names so many vendors that it is a list of them, such as a table of what a program can be set up with, and no sign that each is in use.
type Collection struct {
	Path    string
	Vendors int
}

// aCollection is from how many vendors on a file is one. The longest settings of real programs that were seen name some 20.
const aCollection = 30

// A Report is what came of the comparison.
type Report struct {
	On      model.Day
	HasSite bool
	Lists   []Collection // by path; their signs do not count
	Vendors []*Vendor    // by verdict, then by how sure, then by name
	Gaps    []Gap        // in the order of flows
	Idle    []Idle
	Unseen  []Unseen
}

// Compare holds the signs against the site.
func Compare(in Input) *Report {
	c := &comparison{Input: in, roster: roster.Of(siteOr(in.Site)), byID: map[string]*Vendor{}, knows: map[*model.Subprocessor]*model.KnownVendor{}}
	c.excusing = c.excuses()
	r := &Report{On: in.On, HasSite: in.Site != nil}
	r.Lists = c.collections()
	r.Vendors = c.vendors()
	if in.Site != nil {
		r.Gaps = c.gaps(r.Vendors)
		r.Idle = c.idle()
		r.Unseen = c.unseen()
	}
	return r
}

func siteOr(site *model.Site) *model.Site {
	if site == nil {
		return &model.Site{}
	}
	return site
}

// Of gives the vendors with a verdict.
func (r *Report) Of(v Verdict) []*Vendor {
	var all []*Vendor
	for _, vendor := range r.Vendors {
		if vendor.Verdict == v {
			all = append(all, vendor)
		}
	}
	return all
}

// Fails reports whether something is missing from the site: a vendor in use that it does not list; when strict, also one that works with models and is left out of
// a flow.
func (r *Report) Fails(strict bool) bool {
	return len(r.Of(Undeclared))+len(r.Of(Removed)) > 0 || strict && slices.ContainsFunc(r.Gaps, func(g Gap) bool { return g.Vendor.Known.AI })
}

// A comparison is one run of Compare.
type comparison struct {
	Input
	roster   *roster.Roster
	byID     map[string]*Vendor
	excusing []excuse
	knows    map[*model.Subprocessor]*model.KnownVendor // what known gave
}

// collections takes the signs in lists of vendors out of the comparison, and gives those lists.
func (c *comparison) collections() []Collection {
	named := map[string]map[string]bool{}
	for _, s := range c.Signs {
		name := s.At.Position().Path
		if named[name] == nil {
			named[name] = map[string]bool{}
		}
		named[name][s.Vendor.ID] = true
	}
	var all []Collection
	for name, vendors := range named {
		if len(vendors) >= aCollection {
			all = append(all, Collection{name, len(vendors)})
		}
	}
	slices.SortFunc(all, func(a, b Collection) int { return strings.Compare(a.Path, b.Path) })
	c.Signs = slices.DeleteFunc(slices.Clone(c.Signs), func(s model.Sign) bool { return len(named[s.At.Position().Path]) >= aCollection })
	return all
}

// vendors gives every vendor with a sign, judged.
func (c *comparison) vendors() []*Vendor {
	var all []*Vendor
	for _, s := range c.Signs {
		v := c.byID[s.Vendor.ID]
		if v == nil {
			v = &Vendor{Known: s.Vendor}
			if known := c.Catalog.Find(s.Vendor.ID); known != nil {
				v.Category = known.Category.Value
			}
			c.byID[s.Vendor.ID] = v
			all = append(all, v)
		}
		v.Signs = append(v.Signs, c.weighed(s))
	}
	for _, v := range all {
		c.judge(v)
	}
	slices.SortStableFunc(all, func(a, b *Vendor) int {
		return cmp.Or(cmp.Compare(slices.Index(verdicts, a.Verdict), slices.Index(verdicts, b.Verdict)), cmp.Compare(b.Signs[0].Strength, a.Signs[0].Strength),
			strings.Compare(strings.ToLower(a.Known.Name), strings.ToLower(b.Known.Name)))
	})
	return all
}

// weighed gives a sign what it is worth on this site: a package is no proof where it may be the client of another vendor that the site uses there.
func (c *comparison) weighed(s model.Sign) model.Sign {
	if s.Kind != model.SignPackage && s.Kind != model.SignImport || len(s.Vendor.Compatible) == 0 {
		return s
	}
	flows := c.flowsAt(s.At.Position().Path)
	for _, other := range s.Vendor.Compatible {
		declared, _ := c.roster.Standing(other, c.On)
		used := slices.ContainsFunc(declared, (*model.Subprocessor).InUse)
		if len(flows) > 0 {
			used = slices.ContainsFunc(flows, func(f *model.Flow) bool { return f.Names(declared) })
		}
		if used {
			s.Strength = model.SignPossible
		}
	}
	return s
}

// flowsAt gives the flows that are built from the code at a path.
func (c *comparison) flowsAt(name string) []*model.Flow {
	var flows []*model.Flow
	for _, s := range c.Sources {
		if s.has(name) {
			flows = append(flows, s.Flow)
		}
	}
	return flows
}

func (s Source) has(name string) bool {
	return s.Folder == "." && !strings.HasPrefix(name, "../") || strings.HasPrefix(name, s.Folder+"/")
}

func (c *comparison) judge(v *Vendor) {
	slices.SortStableFunc(v.Signs, func(a, b model.Sign) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(aside(a), aside(b)))
	})
	v.Proof = model.Proof(v.Signs)
	v.Records, v.Gone = c.roster.Standing(v.Known, c.On)
	for _, r := range c.roster.Named("", v.Known.Legal) {
		if !roster.IsGone(r, c.On) && v.Known.Legal != "" && v.Kin == nil {
			v.Kin = r
		}
	}
	switch {
	case len(v.Records) > 0 || c.Site != nil && c.Site.IsUnread(model.KindSubprocessor, v.Known.ID):
		v.Verdict = Listed
	case v.Proof == nil:
		v.Verdict = Possible
	case v.Gone != nil:
		v.Verdict = Removed
	case !v.Known.Receives:
		v.Verdict = Inside
	default:
		v.Verdict = Undeclared
	}
	if v.Verdict == Undeclared || v.Verdict == Removed {
		if v.Excuse = c.excused(v.Signs); v.Excuse != nil {
			v.Verdict = Excused
		}
	}
}

func aside(s model.Sign) int {
	if s.Aside {
		return 1
	}
	return 0
}

// gaps gives the vendors that the source of flows proves and that no flow which is built from it names, once for each such folder.
func (c *comparison) gaps(vendors []*Vendor) []Gap {
	var all []Gap
	folders := map[string]bool{}
	for _, s := range c.Sources {
		if folders[s.Folder] {
			continue
		}
		folders[s.Folder] = true
		var flows []*model.Flow
		for _, other := range c.Sources {
			if other.Folder == s.Folder || other.has(s.Folder+"/.") {
				flows = append(flows, other.Flow)
			}
		}
		for _, v := range vendors {
			if !slices.ContainsFunc(v.Records, func(r *model.Subprocessor) bool { return r.InUse() && r.Published() }) ||
				slices.ContainsFunc(flows, func(f *model.Flow) bool { return f.Names(v.Records) }) {
				continue
			}
			var here []model.Sign
			for _, sign := range v.Signs {
				if s.has(sign.At.Position().Path) {
					here = append(here, sign)
				}
			}
			if proof := model.Proof(here); proof != nil && c.excused(here) == nil {
				all = append(all, Gap{s, v, proof})
			}
		}
	}
	return all
}

// idle gives the vendors that flows name and of which none of their sources shows a sign, where the catalog knows signs.
func (c *comparison) idle() []Idle {
	var all []Idle
	done := map[*model.Flow]bool{}
	for _, s := range c.Sources {
		if done[s.Flow] {
			continue
		}
		done[s.Flow] = true
		said := map[*model.Subprocessor]bool{}
		for _, step := range s.Flow.Steps {
			for _, i := range step.Involved() {
				if said[i.Vendor] || c.known(i.Vendor) == nil || c.shownTo(s.Flow, i.Vendor) {
					continue
				}
				said[i.Vendor] = true
				all = append(all, Idle{s.Flow, s.Named, i.Vendor})
			}
		}
	}
	return all
}

// shownTo reports whether a source of a flow, or a manifest above it, shows a sign of a record.
func (c *comparison) shownTo(f *model.Flow, record *model.Subprocessor) bool {
	for _, v := range c.byID {
		if !slices.Contains(v.Records, record) {
			continue
		}
		for _, sign := range v.Signs {
			at := sign.At.Position().Path
			for _, s := range c.Sources {
				if s.Flow == f && (s.has(at) || (Source{Folder: path.Dir(at)}).has(s.Folder)) {
					return true
				}
			}
		}
	}
	return false
}

// unseen gives the vendors that the site lists as in use and of which there is no sign.
func (c *comparison) unseen() []Unseen {
	seen := map[*model.Subprocessor]bool{}
	for _, v := range c.byID {
		for _, r := range v.Records {
			seen[r] = true
		}
	}
	var all []Unseen
	for _, r := range c.Site.Subprocessors {
		if r.InUse() && !roster.IsGone(r, c.On) && !seen[r] {
			all = append(all, Unseen{r, c.known(r)})
		}
	}
	return all
}

// known gives the vendor of the catalog with signs that a record stands for: one that it is, before one that it is the company of.
func (c *comparison) known(r *model.Subprocessor) *model.KnownVendor {
	if found, ok := c.knows[r]; ok {
		return found
	}
	c.knows[r] = c.look(r)
	return c.knows[r]
}

func (c *comparison) look(r *model.Subprocessor) *model.KnownVendor {
	var found *model.KnownVendor
	for _, v := range c.Catalog.Vendors {
		declared, gone := c.roster.Standing(v.Known, c.On)
		if !v.HasSigns() || gone != r && !slices.Contains(declared, r) {
			continue
		}
		if v.ID.Value == r.ID.Value {
			return v.Known
		}
		if found == nil {
			found = v.Known
		}
	}
	return found
}
