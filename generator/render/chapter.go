package render

import (
	"bytes"
	"html/template"

	"candor/generator/markdown"
	"candor/generator/page"
)

// Chapter gives a page's content as part of another page.
func (r *pageRenderer) Chapter(c page.Chapter) (template.HTML, error) {
	var out bytes.Buffer
	if err := r.Theme.ExecuteMain(&out, c.Template, c.View); err != nil {
		return "", err
	}
	return template.HTML(markdown.Inset(out.String(), markdown.InsetOptions{Prefix: c.Prefix, Deeper: c.Deeper, Resolve: c.Resolve})), nil
}
