package parse_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// answersIn reads a file of answers; nil when that cannot be done without a finding.
func answersIn(t testing.TB, raw []byte) ([]*model.Answer, *source.File) {
	tree, err := source.Read(fstest.MapFS{"content/answers/x.yaml": {Data: raw}}, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	diags := &diag.List{}
	draft := parse.Tree(tree, diags)
	for _, f := range diags.Findings() {
		if f.At.File != nil && f.At.File.Path == "content/answers/x.yaml" {
			return nil, nil
		}
	}
	return draft.Answers(), tree.File("content/answers/x.yaml")
}

// learnt gives a file of answers with a wording and an id added to the first one.
func learnt(t testing.TB, text string, items ...string) (string, error) {
	answers, f := answersIn(t, []byte(text))
	if len(answers) == 0 {
		t.Fatalf("no answer is read from\n%s", text)
	}
	edits, err := parse.Amend(f, nil, []parse.Addition{
		{To: answers[0].ID.At, Path: []string{"also_asked"}, Items: items, After: []string{"id", "question", "also_asked"}},
		{To: answers[0].ID.At, Path: []string{"frameworks", "caiq-4.0"}, Items: []string{"DSP-15.1"}, After: []string{"evidence", "answer", "verdict"}},
		{To: answers[0].ID.At, Path: []string{"frameworks", "mvsp"}, Items: []string{"3.1"}},
	})
	if err != nil {
		return "", err
	}
	return string(source.Apply(f.Span(0, len(f.Data)), edits)), nil
}

// TestAmendAdds items to lists in every notation that YAML has.
func TestAmendAdds(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"new keys": {
			"# top\n- id: x\n  question: Q? # the question\n  verdict: \"yes\"\n  answer: |\n    Yes.\n    # no comment\n\n  # who\n  owner: lead\n\n# next\n- id: y\n  question: R?\n  verdict: \"yes\"\n  answer: Yes.\n",
			"# top\n- id: x\n  question: Q? # the question\n  also_asked:\n    - Is it so?\n  verdict: \"yes\"\n  answer: |\n    Yes.\n    # no comment\n  frameworks: {caiq-4.0: [DSP-15.1], mvsp: [\"3.1\"]}\n\n  # who\n  owner: lead\n\n# next\n- id: y\n  question: R?\n  verdict: \"yes\"\n  answer: Yes.\n",
		},
		"lists with dashes": {
			"- question: Q\n  id: x\n  also_asked:\n    - 'It''s?'   # quoted\n    # the last\n  frameworks:\n    mvsp:\n    - \"2.7\"\n    soc2: [CC1.1] # c\n  verdict: \"yes\"\n  answer: Yes.",
			"- question: Q\n  id: x\n  also_asked:\n    - 'It''s?'   # quoted\n    - 'Is it so?'\n    # the last\n  frameworks:\n    mvsp:\n    - \"2.7\"\n    - \"3.1\"\n    soc2: [CC1.1] # c\n    caiq-4.0: [DSP-15.1]\n  verdict: \"yes\"\n  answer: Yes.",
		},
		"lists in brackets": {
			"- id: x\n  question: Q\n  also_asked: [A, \"B?\"] # c\n  frameworks: {mvsp: [ \"2.7\" ], caiq-4.0: []}\n  verdict: \"yes\"\n  answer: Yes.\n",
			"- id: x\n  question: Q\n  also_asked: [A, \"B?\", \"Is it so?\"] # c\n  frameworks: {mvsp: [ \"2.7\", \"3.1\" ], caiq-4.0: [DSP-15.1]}\n  verdict: \"yes\"\n  answer: Yes.\n",
		},
		"brackets over lines": {
			"- id: x\n  question: Q\n  also_asked: [\n    A,\n    \"B\", # the last\n  ]\n  frameworks: {\n    mvsp: [\"2.7\",\n      \"2.8\" # the last\n      ],\n  }\n  verdict: \"yes\"\n  answer: Yes.\n",
			"- id: x\n  question: Q\n  also_asked: [\n    A,\n    \"B\", # the last\n    \"Is it so?\",\n  ]\n  frameworks: {\n    mvsp: [\"2.7\",\n      \"2.8\", # the last\n      \"3.1\"\n      ], caiq-4.0: [DSP-15.1],\n  }\n  verdict: \"yes\"\n  answer: Yes.\n",
		},
		"an answer in braces": {
			"- {id: x, question: Q, verdict: \"yes\", answer: Yes.}\n- {id: y, question: R, verdict: \"yes\", answer: Yes.}\n",
			"- {id: x, question: Q, also_asked: [\"Is it so?\"], verdict: \"yes\", answer: Yes., frameworks: {caiq-4.0: [DSP-15.1], mvsp: [\"3.1\"]}}\n- {id: y, question: R, verdict: \"yes\", answer: Yes.}\n",
		},
		"a question over lines": {
			"- id: x\n  question: Is\n    it\n\n    so\n  verdict: \"yes\"\n  answer: >+\n    Yes.\n\n\n- id: y\n  question: R\n  verdict: \"yes\"\n  answer: Yes.\n",
			"- id: x\n  question: Is\n    it\n\n    so\n  also_asked:\n    - Is it so?\n  verdict: \"yes\"\n  answer: >+\n    Yes.\n\n\n  frameworks: {caiq-4.0: [DSP-15.1], mvsp: [\"3.1\"]}\n- id: y\n  question: R\n  verdict: \"yes\"\n  answer: Yes.\n",
		},
		"items over lines": {
			"-   id: x\n    question: Q\n    also_asked:\n    -   Is\n      it\n    -   \"not\n\n      so\"\n    verdict: \"yes\"\n    answer: Yes.\n",
			"-   id: x\n    question: Q\n    also_asked:\n    -   Is\n      it\n    -   \"not\n\n      so\"\n    -   \"Is it so?\"\n    verdict: \"yes\"\n    answer: Yes.\n    frameworks: {caiq-4.0: [DSP-15.1], mvsp: [\"3.1\"]}\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := learnt(t, c.text, "Is it so?")
			if err != nil || got != c.want {
				t.Errorf("got %v\n%s\nwant\n%s", err, got, c.want)
			}
			if answers, _ := answersIn(t, []byte(got)); len(answers) == 0 {
				t.Error("it cannot be read any more")
			}
		})
	}
}

// TestAmendRefuses what cannot be added to without changing something else, and says where.
func TestAmendRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"- id: x\n  question: Q\n  also_asked: &a [A]\n  verdict: \"yes\"\n  answer: Yes.\n- id: y\n  question: R\n  also_asked: *a\n  verdict: \"yes\"\n  answer: Yes.\n": `content/answers/x.yaml:3: "also_asked" is shared by an anchor (& and *), so it cannot be added to here`,
		"- &a\n  id: x\n  question: Q\n  verdict: \"yes\"\n  answer: Yes.\n":                                                                                               `content/answers/x.yaml:2: this is shared by an anchor (& and *), so it cannot be added to here`,
	} {
		if got, err := learnt(t, text, "New?"); err == nil || err.Error() != want {
			t.Errorf("got %v, %q, want %q", err, got, want)
		}
	}
}

// awkward are wordings that plain YAML would take for something else.
var awkward = []string{
	"a: b", "a #b", "null", "~", "- a", "a:", "[a]", "{a}", `a"b'c`, `\`, "é?", "*a", "&a", "!a", "%a", "@a", "a, b", "true", "#", "漢\u00a0字", "2026-11-23", "3.1", "0x1f",
	"? a", "-", "| a", "> a", "`a`", "It's", "(a) Is it?", "yes", "a\tb", "— and so?", "1. Is it?", strings.Repeat("long ", 90) + "question?", "🔒?", "a\u2028b", "a\u0085b", "=", "<<", "a : b", "--- a", "...",
}

// TestAmendQuotes what has to be quoted, in every notation of a list.
func TestAmendQuotes(t *testing.T) {
	for _, text := range awkward {
		for _, list := range []string{"", "  also_asked: [A]\n", "  also_asked: ['A']\n", "  also_asked: [\"A\"]\n", "  also_asked:\n    - A\n", "  also_asked:\n    - 'A'\n", "  also_asked:\n    - \"A\"\n", "  also_asked:\n", "  also_asked: []\n", "  also_asked:\n    - >-\n      A\n"} {
			content := "- id: x\n  question: Q\n" + list + "  verdict: \"yes\"\n  answer: Yes.\n"
			f := source.NewFile("content/answers/x.yaml", []byte(content))
			edits, err := parse.Amend(f, nil, []parse.Addition{{To: f.Span(6, 7), Path: []string{"also_asked"}, Items: []string{text, "Z"}, After: []string{"question"}}})
			if err != nil {
				t.Errorf("%q in %q: %v", text, list, err)
				continue
			}
			got := source.Apply(f.Span(0, len(f.Data)), edits)
			tree, _ := source.Read(fstest.MapFS{"content/answers/x.yaml": {Data: got}}, parse.Folder)
			asked := parse.Tree(tree, &diag.List{}).Answers()[0].AlsoAsked
			if n := len(asked); n < 2 || asked[n-1].Value != "Z" || !strings.ContainsAny(text, "\u0085") && asked[n-2].Value != text {
				t.Errorf("%q in %q is read as %v from\n%s", text, list, asked, got)
			}
		}
	}
}

// TestAmendReplaces names wherever they stand, and refuses an anchor whose value others have too.
func TestAmendReplaces(t *testing.T) {
	for text, want := range map[string]string{
		"owner: lead # lead":        "owner: true # lead",
		"owner: 'lead'":             "owner: 'true'",
		"owner: \"lead\"":           "owner: \"true\"",
		"owner: >-\n  lead\n":       "owner: >-\n  true\n",
		"owner: !!str lead":         "owner: !!str true",
		"{owner: lead, tier: lead}": "{owner: \"true\", tier: lead}",
		"owner: &o lead\nx: *o":     "",
		"owner: \"le\\u0061d\"":     "",
	} {
		if strings.HasPrefix(want, "owner: true") {
			want = "owner: \"true\" # lead"
		}
		f := source.NewFile("content/subprocessors/x.yaml", []byte(text))
		tree, _ := source.Read(fstest.MapFS{f.Path: {Data: f.Data}}, parse.Folder)
		owner := parse.Tree(tree, &diag.List{}).Subprocessors[0].Owner
		edits, err := parse.Amend(f, []parse.Replacement{{At: owner.At, Start: 0, End: 4, Text: "true"}}, nil)
		if got := string(source.Apply(f.Span(0, len(f.Data)), edits)); err == nil && got != want || err != nil && want != "" {
			t.Errorf("%q became %q, %v; want %q", text, got, err, want)
		}
	}
}

// FuzzAmend adds to answers of any kind: what was added is read back, every other value is as it was, and every byte that was there still is.
func FuzzAmend(f *testing.F) {
	for _, list := range []string{"", "  also_asked: [A]\n", "  also_asked:\n    - A # c\n    # d\n", "  also_asked: [\n    A,\n  ]\n  frameworks: {mvsp: [a]}\n", "  frameworks:\n    soc2:\n    - a\n"} {
		for _, text := range awkward[:6] {
			f.Add("# top\n- id: x\n  question: Q\n"+list+"  verdict: \"yes\"\n  answer: |\n    Yes.\n", text, false)
		}
		f.Add("- {id: x, question: Q, owner: &o o, verdict: \"yes\", answer: Yes.}\n- id: y\n  owner: *o\n  question: R\n"+list+"  verdict: \"no\"\n  answer: No.", "a", false)
		f.Add("- {id: x, question: Q, verdict: \"yes\", answer: Yes.}\n- id: y\n  owner: 'lead'  # l\n  question: R\n"+list+"  verdict: \"no\"\n  answer: No.", "a", true)
	}
	f.Fuzz(func(t *testing.T, content, item string, windows bool) {
		raw := []byte(content)
		if windows {
			raw = append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n"))...)
		}
		before, file := answersIn(t, raw)
		item = strings.Join(strings.Fields(item), " ")
		if _, bad := parse.Invisible(item); len(before) == 0 || item == "" || bad || len([]rune(item)) > 500 || !strings.HasPrefix(strings.ToValidUTF8(item, ""), item) {
			return
		}
		last := before[len(before)-1]
		var replaced []parse.Replacement
		for _, a := range before {
			if a.Owner.Value == last.Owner.Value && !a.Owner.IsZero() {
				replaced = append(replaced, parse.Replacement{At: a.Owner.At, Start: 0, End: len(a.Owner.Value), Text: "head"})
			}
		}
		edits, err := parse.Amend(file, replaced, []parse.Addition{
			{To: last.ID.At, Path: []string{"also_asked"}, Items: []string{item}, After: []string{"question"}},
			{To: last.ID.At, Path: []string{"frameworks", "caiq-4.0"}, Items: []string{"DSP-15.1", "3.1"}},
		})
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
		got, _ := answersIn(t, after)
		if len(got) != len(before) {
			t.Fatalf("%q became %q, of which %d answers are read", raw, after, len(got))
		}
		now := got[len(got)-1]
		if n := len(now.AlsoAsked); n != len(last.AlsoAsked)+1 || now.AlsoAsked[n-1].Value != item {
			t.Errorf("%q became %q: asked as %v", raw, after, now.AlsoAsked)
		}
		for i, a := range got {
			b := before[i]
			owner := b.Owner.Value
			if owner == last.Owner.Value && owner != "" {
				owner = "head"
			}
			if a.Owner.Value != owner || a.Question.Value != b.Question.Value || a.Text.Value != b.Text.Value || a.ID.Value != b.ID.Value || a.Verdict.Value != b.Verdict.Value || len(a.Evidence) != len(b.Evidence) {
				t.Errorf("%q became %q: answer %d differs", raw, after, i)
			}
		}
	})
}
