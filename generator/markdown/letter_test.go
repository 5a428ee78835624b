package markdown

import "testing"

func TestLetter(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"paragraphs":       {"No. *Every* vendor\nis barred.\n\nSee [the policy](/policies/a/).\n", "No. Every vendor is barred.\n\nSee the policy."},
		"a tight list":     {"We keep:\n\n- names\n- mail & `logs`\n", "We keep:\n\n- names\n- mail & logs"},
		"numbers":          {"3. one\n4. two\n   - inner\n   - other\n", "3. one\n4. two\n   - inner\n   - other"},
		"a loose list":     {"- one\n\n  more\n- two\n", "- one\n\n  more\n\n- two"},
		"a table":          {"| a | b |\n|---|---|\n| 1 | 2 |\n", "a | b\n1 | 2"},
		"code":             {"Run:\n\n```\nx --y\n  z\n```\n\nDone.", "Run:\n\nx --y\n  z\n\nDone."},
		"entities":         {"a &amp; b &lt;c&gt;", "a & b <c>"},
		"a quotation":      {"> said\n\nend", "said\n\nend"},
		"nothing":          {"", ""},
		"a heading":        {"## Head\n\ntext", "Head\n\ntext"},
		"a rule and html":  {"a\n\n---\n\n<div>kept <b>text</b></div>\n\nb", "a\n\nkept text\n\nb"},
		"an item of a box": {"- [x] done\n- [ ] open\n", "- done\n- open"},
	} {
		if got := Letter([]byte(c.src)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
