package render

import (
	"bytes"
	"context"
	"html/template"

	"candor/generator/markdown"
	"candor/generator/page"
)

// Chapter gives a page's content as part of another page, unless the job was called off meanwhile: a page of many chapters takes its time.
func (r *pageRenderer) Chapter(c page.Chapter) (template.HTML, error) {
	if err := context.Cause(r.ctx); err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := r.Theme.ExecuteMain(&out, c.Template, c.View); err != nil {
		return "", err
	}
	return template.HTML(markdown.Inset(out.String(), markdown.InsetOptions{Prefix: c.Prefix, Deeper: c.Deeper, Resolve: c.Resolve})), nil
}
