package markdown

import (
	"os"
	"strings"
	"testing"
)

// testdata/hostile.txt holds attempts at a script, one per paragraph of lines
// between "----" lines. Each is rendered as it is, and in every place where an
// author can put text.
func TestHostile(t *testing.T) {
	data, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(data), "\n----\n")
	for _, c := range cases {
		line := strings.ReplaceAll(strings.TrimSpace(c), "\n", " ")
		for i, src := range []string{
			c, "> " + c, "- " + c, "text " + line, "# " + line, "## x {#" + line + "}",
			"[x](" + line + ")", "[x](<" + line + ">)", "![x](" + line + ")", "![" + line + "](x.png)", "[" + line + "](x)",
			"[x](y \"" + line + "\")", "<" + line + ">", "[x]\n\n[x]: " + line, "[x]\n\n[x]: <" + line + "> '" + line + "'",
			"a[^1]\n\n[^1]: " + line, "a[^" + line + "]\n\n[^" + line + "]: b",
			"| " + line + " | b |\n|---|---|\n| c | " + line + " |", "Term " + line + "\n: " + line,
			"```" + line + "\ncode\n```", "```html\n" + c + "\n```", "`" + line + "`", "**" + line + "** ~~" + line + "~~",
			"- [ ] " + line, "<a href=\"" + line + "\">x</a>", "<a href='" + line + "'>x</a>", "<img src=" + line + ">",
			"<img src=x alt=\"" + line + "\">", "<p title=\"" + line + "\" lang=\"" + line + "\">", "<td colspan=\"" + line + "\">",
			"<div>" + line + "\n\n" + c, "<table><tr><td>" + line, "<details open=\"" + line + "\"><summary>" + line,
			"<!-- " + line + " -->" + line, "<b " + line + ">x", "<" + line + "/>", "</" + line + ">", "&lt;" + line,
		} {
			o := Options{TopLevel: i % 5}
			if i%2 == 1 {
				o.AnchorPrefix = "p-"
				o.Resolve = func(string) string { return line }
			}
			checkOutput(t, []byte(src), o)
			checkReadAgrees(t, []byte(src))
			checkLinks(t, []byte(src))
		}
	}
}
