package render_test

import (
	"context"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
)

// assets builds a site with one logo and gives the findings and the files.
func assets(t *testing.T, logo string) ([]diag.Finding, *output.Memory) {
	t.Helper()
	files := fstest.MapFS{
		"content/site.yaml":                    {Data: []byte("company: {name: X}\nbase_url: https://x.example\ncontacts: {security: a@x.example}\nbrand: {logo: brand/logo.svg}\n")},
		"content/brand/logo.svg":               {Data: []byte(logo)},
		"content/brand/social.png":             {Data: []byte("png")},
		"content/brand/sketch.svg":             {Data: []byte("<svg/>")},
		"content/documents.yaml":               {Data: []byte("documents:\n  open: {title: Open, access: public, file: papers/open.pdf}\n  closed: {title: Closed, access: nda, file: papers/closed.pdf}\n")},
		"content/papers/open.pdf":              {Data: []byte("open")},
		"content/papers/closed.pdf":            {Data: []byte("closed")},
		"content/papers/draft.pdf":             {Data: []byte("draft")},
		"content/policies/a.md":                {Data: []byte("---\ntitle: A\n---\n![a picture](pictures/shown.png)\n")},
		"content/policies/pictures/shown.png":  {Data: []byte("shown")},
		"content/policies/pictures/hidden.png": {Data: []byte("hidden")},
		"content/policies/b.md":                {Data: []byte("---\ntitle: B\nvisibility: internal\n---\n![a picture](pictures/hidden.png)\n")},
	}
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	j.Scan = func(path string, data []byte) ([]diag.Finding, bool) {
		if string(data) == "<svg/>" {
			return []diag.Finding{{Message: path}}, true
		}
		return nil, true
	}
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	return j.Diags.Findings(), m
}

func TestFilesOfTheContent(t *testing.T) {
	findings, m := assets(t, "<svg></svg>")
	for _, f := range findings {
		t.Errorf("%s: %s", f.Rule, f.Message)
	}
	for path, want := range map[string]bool{"brand/logo.svg": true, "brand/social.png": true, "papers/open.pdf": true, "policies/pictures/shown.png": true,
		"brand/sketch.svg": false, "papers/closed.pdf": false, "papers/draft.pdf": false, "policies/pictures/hidden.png": false} {
		if _, there := m.Read(path); there != want {
			t.Errorf("%s: published is %v, want %v", path, there, want)
		}
	}
}

// TestFilesAreNamedAsTheirAuthorKnowsThem has what is found in a picture told of the content's file, not of its copy.
func TestFilesAreNamedAsTheirAuthorKnowsThem(t *testing.T) {
	findings, _ := assets(t, "<svg/>")
	if len(findings) != 1 || findings[0].Message != "content/brand/logo.svg" {
		t.Errorf("findings are %v", findings)
	}
}
