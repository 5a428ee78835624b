package check

import (
	"strings"
	"testing"
)

// TestPlaceholders holds the reader of gaps against what templates leave behind, and against what real policies say that looks like it.
func TestPlaceholders(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[Company Name] cares", "[Company Name]"},
		{"[COMPANY_NAME], [insert the date here]", "[COMPANY_NAME] [insert the date here]"},
		{"[Your Company] and [your organization's name]", "[Your Company] [your organization's name]"},
		{"signed [Date] by [Name], [Title]", "[Date] [Name] [Title]"},
		{"approved by the [CISO]", "[CISO]"},
		{"a [link][1], a [name](x.md)\n[the company]: x", ""},
		{"[name]: x.md\n\nsee [name]", ""},
		{"a note[^name] and [sic], [1], [x], [GDPR]", ""},
		{"packages to [Your name], 35th floor", ""},
		{"> Dear [Name], on [Date] we found", ""},
		{`escaped \[Company Name\]`, ""},
		{"<company> <Company Name> <your domain>", "<company> <Company Name> <your domain>"},
		{"<br> <title> <security@example.com> <https://example.com/name> <a name=\"x\">", ""},
		{"{{name}} {{ site.title }} {Effective Date}", "{{name}} {{ site.title }} {Effective Date}"},
		{"{#name-of} {x} ${HOME} {}", ""},
		{"TODO: write. TBD. FIXME", "TODO TBD FIXME"},
		{"todo, TODOs, TODO comments, TODO_LIST, TODO.md, a TODO list", ""},
		{"Lorem ipsum dolor, LOREM IPSUM", "Lorem ipsum LOREM IPSUM"},
		{"Acme Corp, ACME Inc, Acme", "Acme Corp ACME Inc Acme"},
		{"Certificates come by ACME. **Example:** Acme buys.", ""},
		{"Example Corp. Example, Inc. Example Company", "Example Corp Example, Inc Example Company"},
		{"for example Corporation law; Example company policy", ""},
		{"Your Company shall. YOUR COMPANY NAME. mail@yourcompany.com", "Your Company YOUR COMPANY NAME yourcompany"},
		{"your company, Your company\n\n# Securing Your Company", ""},
		{"on XX/XX/XXXX, XX.XX.20XX, 12/XX/2026, in 20XX, XXX people", "XX/XX/XXXX XX.XX.20XX 20XX XXX"},
		{"shown as XXXX-XXXX-1234, boxXXX, Xerox, 4XX errors, XXL", ""},
		{"Signed: ________ by ____", "________ ____"},
		{"____\n\n_____ \n\nfoo____bar, __init__, ___strong___", ""},
		{"`[Company Name]` and ``TODO``", ""},
		{"```\nTODO [Company Name]\n```\nTBD", "TBD"},
		{"~~~yaml\nTODO\n~~~~\nTBD", "TBD"},
		{"- a\n  ```\n  TODO\n  ```\n  TBD", "TBD"},
		{"```\nTODO, and the fence never ends", ""},
		{"<!-- TODO: later -->", ""},
		{"日本語 [会社名] TBD", "TBD"},
	} {
		var got []string
		for _, g := range placeholders(c.text, true) {
			got = append(got, c.text[g.start:g.end])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: found %q, want %q", c.text, strings.Join(got, " "), c.want)
		}
	}
	if got := placeholders("`TODO` in YAML is no code", false); len(got) != 1 {
		t.Errorf("outside of Markdown a backquote is a character: found %v", got)
	}
}

// FuzzPlaceholders looks for a text that ends the scanner early, late or never.
func FuzzPlaceholders(f *testing.F) {
	for _, s := range []string{"[Company Name]", "```\nx\n", "`", "~~~", "<!--", "{{", "____", "\\", "[", "20XX", "XX/XX/XXXX", "TODO", "Your Company", "> [Name]", "\n```"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, markdown bool) {
		last := 0
		for _, g := range placeholders(s, markdown) {
			if g.start < last || g.end <= g.start || g.end > len(s) {
				t.Fatalf("gap %v is out of order in %q", g, s)
			}
			last = g.end
		}
	})
}
