package check

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/source"
)

var lnk01 = Rule{
	Rule: diag.Rule{
		ID:       "LNK01",
		Severity: diag.Error,
		Title:    "a link, an anchor, a picture or a file leads nowhere",
		Why:      "A dead link on a page about care says something about care.",
		Source:   "WCAG 2.2, 2.4.4 (a link does what it says)",
		Bad:      `See the [access control policy](acces-control.md#reveiws).`,
		Good:     `See the [access control policy](access-control.md#reviews).`,
		Remark: `A link is written from file to file (access-control.md#scope, ../policies/access-control.md), or as an address of the site (/subprocessors/openai/). Links to other sites are not followed.
Anchors are looked at where they are known: headings of policies, and ids on the pages of certifications, documents, controls and updates.`,
	},
	run: deadLinks,
}

func deadLinks(p *pass) {
	c := &linkCheck{pass: p, good: map[linking]bool{}}
	for _, policy := range p.site.Policies {
		if policy.Published() {
			c.body(policy.File, &policy.Body)
		}
	}
	for _, a := range p.site.Answers() {
		if a.Published() {
			c.body(a.File, &a.Body)
		}
	}
	for _, u := range p.site.Updates {
		c.body(u.File, &u.Body)
	}
	config := p.site.Config
	for _, t := range []model.Text{config.SecurityTxt.Policy, config.SecurityTxt.Acknowledgments, config.SecurityTxt.Encryption, config.SecurityTxt.Hiring} {
		if !t.IsZero() {
			c.destination("content/site.yaml", t.Value, t.At, false, nil)
		}
	}
	for _, t := range []model.Text{config.Brand.Logo, config.Brand.LogoDark, config.Brand.Favicon} {
		c.file(t)
	}
	for _, d := range p.site.Documents {
		c.file(d.FilePath)
	}
}

// A linkCheck is LNK01 at work.
type linkCheck struct {
	*pass
	addresses []string         // all there are, for hints; made when first asked for
	good      map[linking]bool // links that lead somewhere: pages link to the same few
}

// A linking, by a link or picture, leads to the same from every file of a folder, unless to its own page.
type linking struct {
	folder, dest string
	picture      bool
}

func (c *linkCheck) body(f *source.File, b *model.Body) {
	from := "content/"
	if f != nil {
		from = f.Path
	}
	folder := path.Dir(from)
	for _, l := range b.Outline.Links {
		w := linking{folder, l.Dest, l.Kind == markdown.Image || l.Kind == markdown.HTMLImage}
		if c.good[w] {
			continue
		}
		if c.destination(from, l.Dest, b.At(l.Start, l.End), w.picture, b.Outline.Headings) && !strings.HasPrefix(l.Dest, "#") {
			c.good[w] = true
		}
	}
}

// destination reports where a link that stands in the file from leads, when that is nowhere, and whether it is somewhere. own are the headings of its
// own page.
func (c *linkCheck) destination(from, dest string, at source.Span, picture bool, own []markdown.Heading) bool {
	target, ok := c.site.Resolve(from, dest)
	if !ok {
		if !c.mayBeUnread(from, dest) {
			c.dead(from, dest, at, picture)
		}
		return false
	}
	if target.External {
		return true
	}
	if picture && target.Asset == "" {
		c.report(at, fmt.Sprintf("%q is a page, not a picture", shorten(dest)), "write it as a link, without the exclamation mark")
		return false
	}
	address, anchor, has := strings.Cut(target.Address, "#")
	if !has || anchor == "" {
		return true
	}
	names, known := c.anchorsOf(address, target.Record, own)
	if known && !slices.Contains(names, anchor) {
		c.report(at, fmt.Sprintf("%q leads to %q, which is no place on that page", shorten(dest), "#"+anchor), c.anchorHint(anchor, names))
		return false
	}
	return true
}

func (c *linkCheck) anchorHint(anchor string, names []string) string {
	if len(names) == 0 {
		return "the page has no headings; take the anchor away"
	}
	if hint := diag.Suggest(anchor, names); hint != "" {
		return hint
	}
	return "write the heading in small letters with hyphens between the words"
}

// anchorsOf gives the anchors of a page, and whether they are known. headings are those of the page that links.
func (c *linkCheck) anchorsOf(address string, r model.Record, headings []markdown.Heading) ([]string, bool) {
	if policy, ok := r.(*model.Policy); ok {
		headings = policy.Body.Outline.Headings
	} else if r != nil {
		return nil, false
	}
	switch address {
	case model.AddressCertifications:
		return anchorsIn(c.site.Certifications), !c.anyUnread(model.KindCertification)
	case model.AddressDocuments:
		return anchorsIn(c.site.Documents), !c.anyUnread(model.KindDocument)
	case model.AddressControls:
		return anchorsIn(c.site.Controls), !c.anyUnread(model.KindControl)
	case model.AddressUpdates:
		return anchorsIn(c.site.Updates), !c.anyUnread(model.KindUpdate)
	}
	if r == nil && address != "" {
		return nil, false
	}
	names := make([]string, len(headings))
	for i, h := range headings {
		names[i] = h.Anchor
	}
	return names, true
}

// anchorsIn gives the ids of records that share a page, those that they had before last: the page has an anchor for each.
func anchorsIn[T model.Headed](records []T) []string {
	names := idsOf(records)
	for _, r := range records {
		for _, a := range r.Head().Aliases {
			names = append(names, a.Value)
		}
	}
	return names
}

// mayBeUnread reports whether a link leads to a file that is there but could not be read.
func (c *linkCheck) mayBeUnread(from, dest string) bool {
	name, _, _ := strings.Cut(dest, "#")
	parts := strings.Split(strings.Trim(name, "/"), "/")
	if !strings.HasPrefix(name, "/") {
		parts = strings.Split(strings.TrimPrefix(path.Join(path.Dir(from), name), "content/"), "/")
	}
	kind, ok := map[string]model.Kind{"policies": model.KindPolicy, "subprocessors": model.KindSubprocessor, "flows": model.KindFlow,
		"data-flows": model.KindFlow, "answers": model.KindAnswer, "updates": model.KindUpdate}[parts[0]]
	id := strings.TrimSuffix(parts[len(parts)-1], path.Ext(name))
	return ok && len(parts) == 2 && c.site.IsUnread(kind, id)
}

// dead reports a link to nothing, with the nearest thing in the notation that was used.
func (c *linkCheck) dead(from, dest string, at source.Span, picture bool) {
	what := "link leads"
	if picture {
		what = "picture is looked for"
	}
	name, anchor, _ := strings.Cut(dest, "#")
	hint := "write a file of the content beside it, like access-control.md, or an address, like /policies/access-control/"
	if strings.HasPrefix(name, "/") {
		hint = hintFor(name, c.allAddresses(), hint)
	} else if names := c.filesFrom(path.Dir(from), picture); name != "" {
		hint = hintFor(name, names, hint)
	} else if anchor == "" {
		hint = "write where it leads"
	}
	p := fmt.Sprintf("a %s at %q, which this site does not have", what, shorten(dest))
	if !picture {
		p = fmt.Sprintf("a %s to %q, which this site does not have", what, shorten(dest))
	}
	c.report(at, p, hint)
}

// allAddresses gives every address of a page, section by section, and of a file.
func (c *linkCheck) allAddresses() []string {
	if c.addresses != nil {
		return c.addresses
	}
	c.addresses = append([]string{model.AddressHome}, model.Sections...)
	for _, r := range c.site.BesideConfig() {
		if a := model.Address(r); a != "" && !strings.Contains(a, "#") {
			c.addresses = append(c.addresses, a)
		}
	}
	for _, a := range c.site.Assets {
		c.addresses = append(c.addresses, model.AssetAddress(a.Path))
	}
	return c.addresses
}

// filesFrom gives what can be linked to from a folder, as it is written there.
func (c *linkCheck) filesFrom(folder string, picture bool) []string {
	var names []string
	for _, r := range c.site.BesideConfig() {
		headed, ok := r.(interface{ Head() *model.Header })
		if picture || !ok || model.Address(r) == "" || headed.Head().File == nil {
			continue
		}
		switch r.(type) {
		case *model.Policy, *model.Update, *model.Subprocessor, *model.Flow:
			names = append(names, relative(folder, headed.Head().File.Path))
		}
	}
	for _, a := range c.site.Assets {
		names = append(names, relative(folder, a.Path))
	}
	return names
}

// relative gives the path from a folder of the content to a file of it.
func relative(folder, file string) string {
	if path.Dir(file) == folder {
		return path.Base(file)
	}
	return "../" + strings.TrimPrefix(file, "content/")
}

// file reports a path in content/ at which no file is.
func (c *linkCheck) file(t model.Text) {
	if t.IsZero() {
		return
	}
	var names []string
	for _, a := range c.site.Assets {
		name := strings.TrimPrefix(a.Path, "content/")
		if name == t.Value {
			return
		}
		names = append(names, name)
	}
	c.report(t.At, fmt.Sprintf("there is no file %q in content/", t.Value), hintFor(t.Value, names, "put it there, or correct the path"))
}
