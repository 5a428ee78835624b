package render_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
)

const plainPicture = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"><style>path{fill:url(#g)}</style>
<linearGradient id="g"/><a href="https://x.example/"><path d="M0 0h10" style="stroke: #123"/></a><use xlink:href="#g"/><image href="data:image/png;base64,iVBORw0="/>BODY</svg>`

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
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	return j.Diags.Findings(), m
}

func TestFilesOfTheContent(t *testing.T) {
	findings, m := assets(t, strings.Replace(plainPicture, "BODY", "", 1))
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

func TestHarmInPictures(t *testing.T) {
	for _, body := range []string{
		`<script>alert(1)</script>`,
		`<path onload="alert(1)"/>`,
		`<foreignObject><p>x</p></foreignObject>`,
		`<a href="javascript:alert(1)">x</a>`,
		`<a xlink:href=" JAVASCRIPT:alert(1)">x</a>`,
		`<use href="https://evil.example/x.svg#a"/>`,
		`<image href="https://evil.example/x.png"/>`,
		`<image href="data:image/svg+xml;base64,PHN2Zz4="/>`,
		`<style>@import "https://evil.example/x.css";</style>`,
		`<style>path{fill:url( https://evil.example/x )}</style>`,
		`<style>@\69mport "x";</style>`,
		`<path style="fill:url(https://evil.example/x)"/>`,
		`<path fill="url(//evil.example/x)"/>`,
		`<set attributeName="href" to="javascript:alert(1)"/>`,
		`<animate attributeName="href" values="javascript:alert(1)"/>`,
		`<?xml-stylesheet href="https://evil.example/x.css"?>`,
		`<unclosed>`,
		`&unknown;`,
	} {
		findings, _ := assets(t, strings.Replace(plainPicture, "BODY", body, 1))
		if len(findings) == 0 {
			t.Errorf("nothing is said of %s", body)
		}
		for _, f := range findings {
			if f.Severity != diag.Error || f.At.Position().Path != "content/brand/logo.svg" || f.Hint == "" {
				t.Errorf("%s: %+v", body, f)
			}
		}
	}
	findings, _ := assets(t, `<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>`)
	if len(findings) == 0 {
		t.Error("nothing is said of an entity")
	}
}
