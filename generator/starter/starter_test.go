package starter_test

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
	"candor/generator/starter"
)

func day(t testing.TB, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestShiftMovesDatesAndNothingElse names each kind of date, and what looks like one.
func TestShiftMovesDatesAndNothingElse(t *testing.T) {
	const site = "company: {name: C}\nbase_url: https://c.example\ncontacts: {security: s@c.example}\n"
	files, err := starter.Shift(fstest.MapFS{
		"site.yaml":                  {Data: []byte(site)},
		"models.yaml":                {Data: []byte("# compiled 2026-11-01\nmodels:\n  gpt-4.1: {version: \"2025-04-14\", approved_on: 2026-11-20, purpose: \"Since October 30, 2026, 30 October 2026, 40 May 2026 and May 2026.\"}\n")},
		"updates/2026-10-20-news.md": {Data: []byte("---\ntitle: News of 2026-10-20\ndate: 2026-10-20\n---\nFrom December 31, 2026 on. See [it](2026-10-20-news.md).\n")},
		"answers/ai.yaml":            {Data: []byte("- id: a\n  question: Q\n  verdict: \"yes\"\n  answer: Until\n    December 31, 2026 or so.\n")},
		"brand/logo.svg":             {Data: []byte("<svg>2026-10-20</svg>")},
	}, day(t, "2026-11-23"), day(t, "2026-11-28"))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, f := range files {
		if f.Path == "content/site.yaml" {
			continue
		}
		b.WriteString("-- " + f.Path + " --\n" + string(f.Data))
	}
	want := `-- content/answers/ai.yaml --
- id: a
  question: Q
  verdict: "yes"
  answer: Until
    January 5, 2027 or so.
-- content/brand/logo.svg --
<svg>2026-10-20</svg>-- content/models.yaml --
# compiled 2026-11-01
models:
  gpt-4.1: {version: "2025-04-14", approved_on: 2026-11-25, purpose: "Since November 4, 2026, 4 November 2026, 40 May 2026 and May 2026."}
-- content/updates/2026-10-25-news.md --
---
title: News of 2026-10-25
date: 2026-10-25
---
From January 5, 2027 on. See [it](2026-10-25-news.md).
`
	if got := b.String(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestShiftOfApprovals gives moved texts new hashes, and leaves one that was wrong as it is.
func TestShiftOfApprovals(t *testing.T) {
	hash := func(text string) string { return model.Body{Source: []byte(text)}.Hash() }
	const text, moved = "From 2026-12-31 on. See [news](../updates/2026-10-20-news.md).\n", "From 2027-01-05 on. See [news](../updates/2026-10-25-news.md).\n"
	policy := func(hash, text string) string {
		return "---\ntitle: P\napproval_hash: " + hash + " # x\n---\n\n" + text
	}
	files, err := starter.Shift(fstest.MapFS{
		"site.yaml":                  {Data: []byte("company: {name: C}\nbase_url: https://c.example\ncontacts: {security: s@c.example}\n")},
		"policies/approved.md":       {Data: []byte(policy(hash(text), text))},
		"policies/changed.md":        {Data: []byte(policy(hash("x"), text))},
		"updates/2026-10-20-news.md": {Data: []byte("---\ntitle: News\ndate: 2026-10-20\n---\nText.\n")},
	}, day(t, "2026-11-23"), day(t, "2026-11-28"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"content/policies/approved.md": policy(hash(moved), moved), "content/policies/changed.md": policy(hash("x"), moved)}
	for _, f := range files {
		if w, ok := want[f.Path]; ok && string(f.Data) != w {
			t.Errorf("%s is\n%s\nwant\n%s", f.Path, f.Data, w)
		}
	}
}

// TestStarterIsClean moves the starter to days of all kinds: on each, no rule finds anything.
func TestStarterIsClean(t *testing.T) {
	for _, to := range []string{content.Day, "2026-11-25", "2026-12-31", "2027-01-01", "2028-02-29", "2031-02-28"} {
		moved, err := starter.Shift(content.Files, day(t, content.Day), day(t, to))
		if err != nil {
			t.Fatal(err)
		}
		files := fstest.MapFS{}
		for _, f := range moved {
			files[f.Path] = &fstest.MapFile{Data: f.Data}
		}
		tree, err := source.Read(files, parse.Folder)
		if err != nil {
			t.Fatal(err)
		}
		diags := &diag.List{}
		check.Site(link.Draft(parse.Tree(tree, diags), diags), day(t, to), diags)
		for _, f := range diags.Findings() {
			t.Errorf("on %s: %s: %s [%s]", to, diag.Place(f.At), f.Message, f.Rule)
		}
	}
}

// TestShiftOfTheStarter moves the real starter by nothing, far ahead, and back: it stays readable and comes back as it was.
func TestShiftOfTheStarter(t *testing.T) {
	from, far := day(t, content.Day), day(t, "2031-02-28")
	same, err := starter.Shift(content.Files, from, from)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range same {
		data, err := fs.ReadFile(content.Files, strings.TrimPrefix(f.Path, "content/"))
		if err != nil || !bytes.Equal(data, f.Data) {
			t.Errorf("%s is not the same when moved by nothing: %v", f.Path, err)
		}
	}
	moved, err := starter.Shift(content.Files, from, far)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range moved {
		files[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	parse.Tree(tree, diags)
	for _, f := range diags.Findings() {
		t.Errorf("%s: %s", diag.Place(f.At), f.Message)
	}
	for path, want := range map[string]string{"content/site.yaml": "203", "content/controls.yaml": "203"} {
		if !bytes.Contains(files[path].Data, []byte(want)) {
			t.Errorf("%s holds no date of the 2030s", path)
		}
	}
	old := regexp.MustCompile(`\b(2026|2027)-\d{2}-\d{2}\b|\b(2026|2027)\b`)
	for _, f := range moved {
		if !strings.HasSuffix(f.Path, ".yaml") && !strings.HasSuffix(f.Path, ".md") {
			continue
		}
		for i, line := range strings.Split(string(f.Data), "\n") {
			code, _, _ := strings.Cut(line, "#")
			if m := old.FindString(code); m != "" {
				t.Errorf("%s:%d: %s was left behind: %s", f.Path, i+1, m, line)
			}
		}
	}
}
