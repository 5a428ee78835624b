package markdown

import (
	"slices"
	"strings"
	"testing"
)

// The names that authors write after a fence are known to chroma.
func TestLanguages(t *testing.T) {
	for _, name := range strings.Fields("yaml yml json toml ini sh bash shell console python py go golang js javascript ts hcl tf docker dockerfile sql xml html css diff http") {
		if lexerFor(name) == nil {
			t.Errorf("%q is not highlighted", name)
		}
	}
	for _, name := range strings.Fields(chosenLanguages) {
		if lexerFor(name) == nil {
			t.Errorf("%q is chosen and has no lexer", name)
		}
	}
	for _, name := range []string{"", "text", "perl", "mermaid", "../../etc/passwd", "*.go"} {
		if lexerFor(name) != nil {
			t.Errorf("%q is highlighted", name)
		}
	}
}

// A highlighted block is the block: without its tags it reads as written.
func TestHighlightKeepsText(t *testing.T) {
	for _, c := range []struct{ language, code string }{
		{"yaml", "a: 1 # b\nc:\n  - \"<d>\"\n"}, {"json", "{\"a\": [1, null]}\n"}, {"sh", "echo \"$A\" && ls > x\n"},
		{"go", "func f() { return <-c & 1 }\n"}, {"html", "<p onclick='x'>&amp;</p>\n"}, {"yaml", "\u2019: é\n\n\n"},
	} {
		_, out := Convert([]byte("```"+c.language+"\n"+c.code+"```\n"), Options{})
		if !strings.HasPrefix(string(out), `<pre class="chroma" tabindex="0"><code>`) {
			t.Errorf("%s: %s", c.language, out)
		}
		if got := textOf(t, out); got != c.code {
			t.Errorf("%s: %q became %q", c.language, c.code, got)
		}
	}
}

// Past the limits a block is shown without classes, whole.
func TestHighlightLimits(t *testing.T) {
	for name, code := range map[string]string{
		"line":  "a: " + strings.Repeat("b", maxCodeLine) + "\n",
		"block": strings.Repeat("a: b\n", maxCode/5+1),
		"blank": "a: b" + strings.Repeat("\n", maxBlank+2) + "c: d\n",
	} {
		_, out := Convert([]byte("```yaml\n"+code+"```\n"), Options{})
		if strings.Contains(string(out), "<span") || textOf(t, out) != code {
			t.Errorf("%s: %.200s", name, out)
		}
	}
	block := "```yaml\n" + strings.Repeat("a: b\n", maxCode/5-1) + "```\n\n"
	_, out := Convert([]byte(strings.Repeat(block, maxAllCode/maxCode+3)), Options{})
	if n := strings.Count(string(out), `class="chroma"`); n != maxAllCode/maxCode {
		t.Errorf("%d blocks highlighted, want %d", n, maxAllCode/maxCode)
	}
}

func TestHighlightCacheIsBounded(t *testing.T) {
	lexer := lexerFor("ini")
	for i := range maxBlocks + 10 {
		highlighted("ini", lexer, "a="+itoa(i)+"\n")
	}
	highlights.Lock()
	defer highlights.Unlock()
	if len(highlights.blocks) > maxBlocks || highlights.bytes > maxBytes {
		t.Errorf("%d blocks, %d bytes", len(highlights.blocks), highlights.bytes)
	}
}

func TestStyleClasses(t *testing.T) {
	classes := StyleClasses()
	for _, want := range []string{"nt", "k", "s", "c", "p", "m"} {
		if !slices.Contains(classes, want) {
			t.Errorf("no class %q", want)
		}
	}
	for _, c := range classes {
		if c == "" || c == "w" || c == "chroma" || slices.Contains(ownClasses, c) {
			t.Errorf("class %q", c)
		}
	}
}
