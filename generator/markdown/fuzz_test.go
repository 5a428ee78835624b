package markdown

import (
	"os"
	"strings"
	"testing"
)

// FuzzRender: whatever the bytes, nothing panics, the output keeps to the
// allow-list and stays inside its element, and Read, Convert and Render agree.
func FuzzRender(f *testing.F) {
	data, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range strings.Split(string(data), "\n----\n") {
		f.Add([]byte(c))
	}
	for _, s := range []string{
		"# A {#b}\n## A\nb\n===\n", "| a | b |\n|:-|-:|\n| `x\\|y` | <td> |\n", "- a\n  > 1. b\n\n  c\n* [x] d\n",
		"x[^1]\n\n[^1]: a\n    > [^1]: b\n[^2]: [^1]\n", "Term\n: a\n\n  b\n: c\n\nd\n: e", "```yaml\na: 1\n```\n~~~go\nx",
		"<details>\n\n- <b>\n\n</details>\n\n> <table>\n> <tr>\n\nx </b> <kbd>y", "日本語の\n文です。[x](あ.md#い)\n# 見出し\n",
		"[a]: <b> 'c'\n[a] ![a](x \"y\") <https://x.example> me@x.example www.x.example", "a\x00b\xff\r\nc\r\n\r\n\td\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		checkOutput(t, src, Options{TopLevel: 2, AnchorPrefix: "p-"})
		checkReadAgrees(t, src)
		checkLinks(t, src)
	})
}
