package compare

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	parsed "golang.org/x/net/html"
)

// hostile are texts that would like to be something else in a comment.
var hostile = []string{
	"@octocat look", "a@b.example", "org/team @org/team", "fixes #1 and GH!2 or $3 %4 &5 ~bug ^alert", "<script>alert(1)</script>", "</details><h1>Approved</h1>", "<!-- hidden",
	"![x](https://evil.example/x.png)", "[click](javascript:alert(1))", "https://evil.example/", "www.evil.example", "mailto:x@evil.example", "`code` ``more``", "```", "    indented",
	"# heading", "- item", "+ item", "* item", "1. item", "2) item", "> quote", "---", "===", "***bold*** __x__ ~~x~~", "| a | b |\n|---|---|", "&lt;b&gt; &#64;octocat", ":tada: :+1:",
	"\\*", "trailing\\", "\u202eright to left", "line one\n\n/close", "[ref]: https://evil.example", "<https://evil.example>", "<del>", "$$x$$", "[^1]: note", "- [ ] task",
}

func rendered(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe())).Convert([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever stands in a site is shown as text.
func TestEscaped(t *testing.T) {
	for _, s := range hostile {
		shown := visible(s)
		out := rendered(t, "- "+escaped(shown)+"\n")
		root, err := parsed.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for n := range root.Descendants() {
			switch {
			case n.Type == parsed.TextNode:
				text.WriteString(n.Data)
			case n.Type == parsed.ElementNode && !strings.Contains(" html head body ul li ", " "+n.Data+" "), n.Type == parsed.CommentNode:
				t.Errorf("%q becomes <%s>: %s", s, n.Data, out)
			}
		}
		if strings.Count(out, "<ul>") != 1 {
			t.Errorf("%q begins a list: %s", s, out)
		}
		if got := strings.ReplaceAll(strings.TrimSpace(text.String()), apart, ""); got != shown {
			t.Errorf("%q is shown as %q", shown, got)
		}
		if calls := regexp.MustCompile(`[@#!$%&~^]["\pL\pN]`); calls.MatchString(text.String()) {
			t.Errorf("%q calls: %q", s, text.String())
		}
	}
}

// A whole comment of hostile pages is our own markup and nothing else.
func TestHostileComment(t *testing.T) {
	old, now := fstest.MapFS{}, fstest.MapFS{}
	for i, s := range hostile {
		escape := strings.NewReplacer("&", "&amp;", "<", "&lt;")
		old[fmt.Sprintf("p%02d/index.html", i)] = page("<p>before</p>")
		now[fmt.Sprintf("p%02d/index.html", i)] = page("<h2>" + escape.Replace(s) + "</h2><p>" + escape.Replace(s) + "</p>")
	}
	now["`x` @a/index.html"] = page("")
	r := reportOf(t, old, now)
	var b bytes.Buffer
	if err := r.WriteMarkdown(&b, 0); err != nil {
		t.Fatal(err)
	}
	root, err := parsed.Parse(strings.NewReader(rendered(t, b.String())))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == parsed.ElementNode && !strings.Contains(" html head body ul li p strong em code details summary del ins ", " "+n.Data+" ") {
			t.Errorf("<%s> in the comment", n.Data)
		}
		for _, a := range n.Attr {
			t.Errorf("an attribute %s of <%s>", a.Key, n.Data)
		}
	}
	if n := strings.Count(b.String(), "<details>"); n != 1 || strings.Count(b.String(), "</details>") != n {
		t.Errorf("%d folds", n)
	}
}

// What is too long for a comment is left out as whole entries, which is said, and what is folded is closed.
func TestLimit(t *testing.T) {
	old, now := fstest.MapFS{}, fstest.MapFS{}
	for i := range 3000 {
		name := fmt.Sprintf("p%04d/index.html", i)
		old[name], now[name] = page(fmt.Sprintf("<p>page %d 資料 before</p>", i)), page(fmt.Sprintf("<p>page %d 資料 after</p>", i))
	}
	r := reportOf(t, old, now)
	for _, most := range []int{0, 3000} {
		var b bytes.Buffer
		if err := r.WriteMarkdown(&b, most); err != nil {
			t.Fatal(err)
		}
		limit := most
		if most == 0 {
			limit = MaxComment
		}
		n, text := utf8.RuneCount(b.Bytes()), b.String()
		if n > limit || n < limit-1000 {
			t.Errorf("%d characters of %d", n, limit)
		}
		said := regexp.MustCompile(`\n_(\d+) entries were left out, since a comment holds no more than \d+ characters`).FindStringSubmatch(text)
		if shown := strings.Count(text, "\n- changed"); said == nil || said[1] != fmt.Sprint(3000-shown) {
			t.Errorf("%d of 3000 pages are shown, and the comment says %q", shown, said)
		}
		if strings.Count(text, "<details>") != strings.Count(text, "</details>") || !strings.HasPrefix(text, Marker+"\n**3000 pages changed**") {
			t.Errorf("the comment is broken: %.200s", text)
		}
	}
}

// The code of a path that holds ticks ends where the path does.
func TestCode(t *testing.T) {
	for _, s := range []string{"/a/", "/`/", "/``/`", "`"} {
		if out := rendered(t, code(s)); strings.TrimSpace(out) != "<p><code>"+s+"</code></p>" {
			t.Errorf("%q is %s", s, out)
		}
	}
}
