package render

import (
	"strings"

	"candor/generator/model"
	"candor/generator/source"
)

// published gives the files of the content that readers may have, in the order of their paths: the brand's, those of public documents,
// and the pictures and papers that a published text shows or links to. Whatever else lies in the content stays there.
func published(site *model.Site) []*source.File {
	wanted := map[string]bool{}
	for _, d := range site.Documents {
		if d.Access.Value == "public" && !d.FilePath.IsZero() {
			wanted["content/"+d.FilePath.Value] = true
		}
	}
	show := func(r model.Record, b model.Body, from *source.File) {
		if !r.Published() {
			return
		}
		for _, l := range b.Outline.Links {
			if target, ok := site.Resolve(from.Path, l.Dest); ok && target.Asset != "" {
				wanted[target.Asset] = true
			}
		}
	}
	for _, p := range site.Policies {
		show(p, p.Body, p.File)
	}
	for _, a := range site.Answers() {
		show(a, a.Body, a.File)
	}
	for _, u := range site.Updates {
		show(u, u.Body, u.File)
	}
	for _, b := range []model.Text{site.Config.Brand.Logo, site.Config.Brand.LogoDark, site.Config.Brand.Favicon} {
		wanted["content/"+b.Value] = !b.IsZero()
	}
	var files []*source.File
	for _, a := range site.Assets {
		if wanted[a.Path] || strings.HasPrefix(a.Path, "content/brand/social.") {
			files = append(files, a)
		}
	}
	return files
}
