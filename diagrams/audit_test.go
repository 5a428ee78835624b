package diagrams

import (
	"context"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
)

func TestAuditRefuses(t *testing.T) {
	head := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-labelledby="p-title"><title id="p-title">x</title>`
	if err := Audit([]byte(head+`<g id="p-s1"/></svg>`), "p"); err != nil {
		t.Fatalf("a clean picture: %v", err)
	}
	for _, bad := range []string{
		`<script>alert(1)</script>`,
		`<style>*{}</style>`,
		`<foreignObject/>`,
		`<image href="https://a.example/x.png"/>`,
		`<use href="#p-title"/>`,
		`<g onload="alert(1)"/>`,
		`<g style="color:red"/>`,
		`<a href="javascript:alert(1)"/>`,
		`<a href="http://a.example"/>`,
		`<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://a.example"/>`,
		`<path d="M0,0" fill="red"/>`,
		`<path d="M0,0" stroke="url(#x)"/>`,
		`<g id="q-s1"/>`,
		`<g id="p-title"/>`,
		`<!-- graphviz -->`,
		`<?xml-stylesheet href="x"?>`,
		`<g xmlns="http://www.w3.org/1999/xhtml"/>`,
		`<animate/>`,
	} {
		if err := Audit([]byte(head+bad+`</svg>`), "p"); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
	if err := Audit([]byte(strings.Replace(head, `id="p-title"`, ``, 1)+`</svg>`), "p"); err == nil {
		t.Error("a picture without its title passes")
	}
}

// TestIdsDoNotCollide draws the same flow and another on one page.
func TestIdsDoNotCollide(t *testing.T) {
	pool := newTestPool(t, Options{})
	seen := map[string]bool{}
	id := regexp.MustCompile(` id="([^"]*)"`)
	for _, g := range []Graph{replyDrafts("d1"), replyDrafts("d2"), twelve("d1-p1"), foreign("d10")} {
		pic, err := pool.Draw(context.Background(), g)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllStringSubmatch(string(pic.SVG), -1) {
			if seen[m[1]] {
				t.Errorf("id %q is there twice", m[1])
			}
			seen[m[1]] = true
		}
	}
	for _, want := range []string{"d1-title", "d1-desc", "d1-b5", "d1-s8", "d1-l9", "d1-n9", "d2-s8"} {
		if !seen[want] {
			t.Errorf("no id %q", want)
		}
	}
}

// TestPictureSaysWhatItIs: name and description, no fixed size, every link's number
// and words, each step's whole title; nothing of the flow's own ids.
func TestPictureSaysWhatItIs(t *testing.T) {
	g := replyDrafts("d")
	g.Steps[1].Title = "Redact personal data of every kind before anything leaves"
	pic, err := newTestPool(t, Options{}).Draw(context.Background(), g)
	if err != nil {
		t.Fatal(err)
	}
	svg := string(pic.SVG)
	for _, want := range []string{
		`role="img"`, `aria-labelledby="d-title"`, `aria-describedby="d-desc"`,
		`<title id="d-title">Reply drafts: where a customer&#39;s message goes</title>`, `<desc id="d-desc">Eight steps`,
		`<title>Redact personal data of every kind before anything leaves</title>`, `>of every kind before…</text>`,
		`<title>5. redacted prompt, over TLS</title>`, `data-link="5" data-from="3" data-to="5"`,
		`class="step step-model stage-model" data-step="5"`, `class="link link-metadata"`, `class="boundary boundary-vendor"`,
		`<title>OpenAI, US: zero retention on file</title>`, `>zero retention on file</text>`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s is not in the picture", want)
		}
	}
	for _, bad := range []string{"pinecone", "reply-drafts", "graphviz", " width=", " height=", "style=", "black", "#"} {
		if strings.Contains(strings.ReplaceAll(svg, "&#", ""), bad) {
			t.Errorf("%q is in the picture", bad)
		}
	}
	if !strings.Contains(svg, `viewBox="0 0 `+number(pic.Width)+" "+number(pic.Height)+`"`) || pic.Width < 300 || pic.Width > 700 {
		t.Errorf("size %g by %g is not the viewBox's", pic.Width, pic.Height)
	}
}

// TestPictureAloneIsReadable: opened without a style sheet, areas are not filled and
// lines are drawn; only heads and letters are solid, and discs have the page's color.
func TestPictureAloneIsReadable(t *testing.T) {
	pic, err := newTestPool(t, Options{}).Draw(context.Background(), twelve("t"))
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(string(pic.SVG)))
	for {
		tok, err := d.Token()
		if err != nil {
			break
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		fill, class := attr(e, "fill"), attr(e, "class")
		switch e.Name.Local {
		case "svg":
			if fill != "none" {
				t.Error("the picture's own fill is not none")
			}
		case "path", "polygon", "ellipse":
			if (fill != "") != (class == "link-head") || attr(e, "stroke") != "currentColor" {
				t.Errorf("%s has fill %q and stroke %q", class, fill, attr(e, "stroke"))
			}
		case "text":
			if fill != "currentColor" {
				t.Errorf("text has fill %q", fill)
			}
		}
	}
}
