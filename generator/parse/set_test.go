package parse_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// stamped gives the front matter of a policy with the keys set that an approval sets, or what stands in the way.
func stamped(front string) (string, error) {
	f := source.NewFile("content/policies/x.md", []byte("---\n"+front+"---\nText: a.\n"))
	edits, err := parse.Set(f, []parse.Setting{{Key: "approved_by", Value: "ceo"}, {Key: "approved_on", Value: "2026-11-23"}, {Key: "version", Value: "1.10", Quoted: true}})
	if err != nil {
		return "", err
	}
	got := string(source.Apply(f.Span(0, len(f.Data)), edits))
	return strings.TrimSuffix(strings.TrimPrefix(got, "---\n"), "---\nText: a.\n"), nil
}

// TestSet sets keys in every notation that YAML has, and finds everything else as it was.
func TestSet(t *testing.T) {
	for name, c := range map[string]struct{ front, want string }{
		"in place": {
			"# who\ntitle: X\napproved_by:  cto   # the second\napproved_on: 2026-04-14\nversion: 1.9\n# end\n",
			"# who\ntitle: X\napproved_by:  ceo   # the second\napproved_on: 2026-11-23\nversion: 1.10\n# end\n",
		},
		"quotes": {
			"version: '1.9' # v\n\"approved_on\": \"2026-04-14\"\napproved_by: 'cto'\ntitle: X\n",
			"version: '1.10' # v\n\"approved_on\": \"2026-11-23\"\napproved_by: 'ceo'\ntitle: X\n",
		},
		"at the end": {
			"title: X\nmeets:\n  - CC6.1\n# nothing more\n",
			"title: X\nmeets:\n  - CC6.1\n# nothing more\napproved_by: ceo\napproved_on: 2026-11-23\nversion: \"1.10\"\n",
		},
		"after a block": {
			"title: X\nversion: \"1.9\"\nsummary: |+\n  # no comment\n\n",
			"title: X\nversion: \"1.10\"\nsummary: |+\n  # no comment\n\napproved_by: ceo\napproved_on: 2026-11-23\n",
		},
		"indented": {
			"  title: X\n  version: 1.9\n",
			"  title: X\n  version: 1.10\n  approved_by: ceo\n  approved_on: 2026-11-23\n",
		},
		"several lines": {
			"approved_by: >- # the second\n\n  cto\n  \n# version\nversion: \"1.9\n\n  \"\napproved_on:\n  2026-04-14\n  # day\ntitle: X\n",
			"approved_by: >- # the second\n\n  ceo\n  \n# version\nversion: \"1.10\"\napproved_on:\n  2026-11-23\n  # day\ntitle: X\n",
		},
		"words over lines": {
			"approved_by: the\n  cto # who\nversion: |\n    one\n    nine\n  # indented less\ntitle: X\napproved_on: 2026-04-14\n",
			"approved_by: ceo # who\nversion: |\n    1.10\n  # indented less\ntitle: X\napproved_on: 2026-11-23\n",
		},
		"braces": {
			"{title: X, version: 1.9, meets: [CC6.1], approved_on: 2026-04-14} # }\n",
			"{approved_by: ceo, title: X, version: 1.10, meets: [CC6.1], approved_on: 2026-11-23} # }\n",
		},
		"braces over lines": {
			"{\n  \"title\": \"X\",\n  \"version\":\"1.9\",\n  \"approved_by\": \"cto\",\n}\n",
			"{approved_on: 2026-11-23, \n  \"title\": \"X\",\n  \"version\":\"1.10\",\n  \"approved_by\": \"ceo\",\n}\n",
		},
		"no value yet": {
			"title: X\napproved_by:\napproved_on:   # day\nversion: ~\n",
			"title: X\napproved_by: ceo\napproved_on: 2026-11-23   # day\nversion: \"1.10\"\n",
		},
		"tags": {
			"title: X\nversion: !!str 1.9\napproved_by: !!str\n  \"cto\"\napproved_on: 2026\n",
			"title: X\nversion: !!str 1.10\napproved_by: !!str\n  \"ceo\"\napproved_on: 2026-11-23\n",
		},
		"an alias": {
			"title: X\nowner: &boss cto\napproved_by: *boss\nversion: 1.9\n",
			"title: X\nowner: &boss cto\napproved_by: ceo\nversion: 1.10\napproved_on: 2026-11-23\n",
		},
		"an alias that is right": {
			"title: X\nowner: &boss ceo\napproved_by: *boss\nversion: &v \"1.10\"\napproved_on: 2026-11-23\n",
			"title: X\nowner: &boss ceo\napproved_by: *boss\nversion: &v \"1.10\"\napproved_on: 2026-11-23\n",
		},
		"question marks": {
			"? title\n: X\n? version\n: 1.9\n",
			"? title\n: X\n? version\n: 1.10\napproved_by: ceo\napproved_on: 2026-11-23\n",
		},
		"keys further in": {
			"title: X\nplaybooks:\n  - {version: 1, approved_by: x}\nincident:\n  approved_on: 2026-01-01\n",
			"title: X\nplaybooks:\n  - {version: 1, approved_by: x}\nincident:\n  approved_on: 2026-01-01\napproved_by: ceo\napproved_on: 2026-11-23\nversion: \"1.10\"\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := stamped(c.front)
			if err != nil || got != c.want {
				t.Errorf("got %v\n%s\nwant\n%s", err, got, c.want)
			}
			if again, err := stamped(c.want); err != nil || again != c.want {
				t.Errorf("set again: %v\n%s", err, again)
			}
		})
	}
}

// TestSetRefuses what cannot be changed without changing something else.
func TestSetRefuses(t *testing.T) {
	for _, front := range []string{
		"title: X\napproved_by: &boss cto\nowner: *boss\n", // the owner would change too
		"title: X\napproved_by: [cto]\n",
		"title: X\napproved_on: {{ now }}\n",
		"title: X\n...\n",                    // what follows is another document
		"title: X\nversion: 1\nversion: 2\n", // which of them?
		"- title\n", "title\n", "title: [\n", "",
	} {
		if got, err := stamped(front); err == nil {
			t.Errorf("%q became %q", front, got)
		}
	}
}

// TestSetQuotes values that plain YAML would take for something else.
func TestSetQuotes(t *testing.T) {
	for _, value := range []string{"a: b", "a #b", "null", "~", "-", "- a", "a:", "[a]", "{a}", `a"b'c`, `\`, "é", "*a", "&a", "!a", "%a", "@a", "a, b", "1.0 draft", "true", "#", "漢\u00a0字"} {
		for _, front := range []string{"title: X\n", "title: X\nversion: 1\n", "title: X\nversion: '1'\n", "title: X\nversion: \"1\"\n", "{title: X, version: 1}\n", "title: X\nversion: |\n  1\n", "title: X\nversion:\n"} {
			f := source.NewFile("content/policies/x.md", []byte("---\n"+front+"---\n"))
			edits, err := parse.Set(f, []parse.Setting{{Key: "version", Value: value}})
			if err != nil {
				t.Errorf("%q in %q: %v", value, front, err)
				continue
			}
			draft, _ := read(t, fstest.MapFS{"content/policies/x.md": {Data: source.Apply(f.Span(0, len(f.Data)), edits)}})
			if got := draft.Policies[0].Version.Value; got != strings.TrimSpace(value) {
				t.Errorf("%q in %q is read as %q", value, front, got)
			}
		}
	}
}

// policyOf reads one policy; nil when that cannot be done.
func policyOf(t *testing.T, raw []byte) (*model.Policy, *source.File) {
	tree, err := source.Read(fstest.MapFS{"content/policies/x.md": {Data: raw}}, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	draft, _ := read(t, fstest.MapFS{"content/policies/x.md": {Data: raw}})
	if len(draft.Policies) == 0 {
		return nil, nil
	}
	return draft.Policies[0], tree.Files[0]
}

// FuzzSet sets keys in front matter of any kind: what was set is read back, every other value is as it was, and so is every byte that does not
// belong to what was set.
func FuzzSet(f *testing.F) {
	for _, front := range []string{"title: X\napproved_by: cto # who\nversion: '1'\n", "{title: X, version: 1}\n", "title: >\n  X\nversion: |-\n  1\n", "title: &a X\nversion: *a\n", "? title\n: X\n", "title: X\nversion:\n\n# end\n\n"} {
		f.Add(front, "text\n", "1.10", false)
		f.Add(front, "---\n", "a: b", true)
	}
	f.Fuzz(func(t *testing.T, front, body, version string, windows bool) {
		raw := []byte("---\n" + front + "\n---\n" + body)
		if windows {
			raw = append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))...)
		}
		before, file := policyOf(t, raw)
		version = strings.TrimSpace(version)
		if before == nil || version == "" {
			return
		}
		edits, err := parse.Set(file, []parse.Setting{{Key: "version", Value: version, Quoted: true}, {Key: "approved_on", Value: "2026-11-23"}})
		if err != nil {
			return
		}
		after, ok := file.Patch(raw, edits)
		if !ok {
			t.Fatalf("%q is not what it was read from", raw)
		}
		if rest := without(file, edits); !isWithin(rest, after) {
			t.Errorf("%q became %q, which lacks some of it", raw, after)
		}
		got, _ := policyOf(t, after)
		if got == nil {
			t.Fatalf("%q became %q, which cannot be read", raw, after)
		}
		if got.ApprovedOn.Day.String() != "2026-11-23" || got.Version.Value != version && !got.Version.IsZero() {
			t.Errorf("%q became %q: version %q, approved on %s", raw, after, got.Version, got.ApprovedOn.Day)
		}
		if !bytes.Equal(got.Body.Source, before.Body.Source) {
			t.Errorf("the text of %q became %q", raw, got.Body.Source)
		}
		got.Version, got.ApprovedOn, before.Version, before.ApprovedOn = model.Text{}, model.Date{}, model.Text{}, model.Date{}
		if a, b := valuesOf(before), valuesOf(got); !reflect.DeepEqual(a, b) {
			t.Errorf("%q became %q: %v became %v", raw, after, a, b)
		}
	})
}

// without gives what edits leave of a file, piece by piece.
func without(f *source.File, edits []source.Edit) []string {
	var gaps []source.Edit
	for _, e := range edits {
		gaps = append(gaps, source.Edit{At: e.At, Text: "\x00"})
	}
	return strings.Split(string(source.Apply(f.Span(0, len(f.Data)), gaps)), "\x00")
}

// isWithin reports whether a file begins and ends as the pieces do, and holds all of them in their order.
func isWithin(pieces []string, raw []byte) bool {
	text := strings.ReplaceAll(strings.TrimPrefix(string(raw), "\xef\xbb\xbf"), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if !strings.HasPrefix(text, pieces[0]) || !strings.HasSuffix(text, pieces[len(pieces)-1]) {
		return false
	}
	for _, p := range pieces {
		_, rest, ok := strings.Cut(text, p)
		if !ok {
			return false
		}
		text = rest
	}
	return true
}

// valuesOf gives the texts of a policy without their places.
func valuesOf(p *model.Policy) []string {
	all := []string{p.Title.Value, p.Summary.Value, p.Owner.Value, p.ApprovedBy.Value, p.NextReview.Day.String(), p.ApprovalHash.Value, p.Visibility.Value}
	for _, list := range [][]model.Text{p.Meets, p.Aliases} {
		for _, text := range list {
			all = append(all, text.Value)
		}
	}
	for _, b := range p.Playbooks {
		all = append(all, b.ID.Value, b.Title.Value, b.Kind.Value, b.Record.Value)
	}
	return all
}
