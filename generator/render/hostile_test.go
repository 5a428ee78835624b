package render_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/page"
	"candor/generator/source"
)

// rewrite calls edit for every text that an author can choose freely, in every record: not for ids, names of other records, and words of
// a list. The path names the field, and tags are what the model says of it.
func rewrite(site *model.Site, edit func(path string, tags reflect.StructTag, t *model.Text)) {
	seen := map[any]bool{}
	var walk func(v reflect.Value, path string, tags reflect.StructTag)
	walk = func(v reflect.Value, path string, tags reflect.StructTag) {
		switch {
		case v.Kind() == reflect.Interface:
			return // who cites a record: it is walked where it stands
		case v.Kind() == reflect.Pointer:
			if !v.IsNil() && v.Type() != reflect.TypeFor[*source.File]() && !seen[v.Interface()] {
				seen[v.Interface()] = true
				walk(v.Elem(), path, tags)
			}
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
			for i := range v.Len() {
				walk(v.Index(i), path, tags)
			}
		case v.Type() == reflect.TypeFor[model.Text]():
			edit(path, tags, v.Addr().Interface().(*model.Text))
		case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[source.Span]():
			_, embedsText := v.Type().FieldByName("To")
			for i := range v.NumField() {
				f := v.Type().Field(i)
				if f.Type == reflect.TypeFor[model.Text]() && (f.Anonymous || embedsText || f.Name == "ID" || f.Name == "IDKey" || f.Tag.Get("one") != "") {
					continue
				}
				walk(v.Field(i), path+"."+f.Name, f.Tag)
			}
		}
	}
	walk(reflect.ValueOf(&site.Records), "site", "")
}

// setBody puts a Markdown text in the place of one that was read.
func setBody(b *model.Body, text string) {
	b.Source = []byte(text)
	b.Outline = markdown.Read(b.Source)
}

// hostileTexts are what somebody would type who wants a script to run, a page to break, or a reader to see something else.
var hostileTexts = []string{
	`<script>alert("MARK")</script>`,
	`"><img src=x onerror=alert("MARK")>`,
	`' onmouseover='alert(1)' MARK="`,
	`</script><script>alert("MARK")</script>`,
	`</title></head><body onload=alert("MARK")>`,
	`--></style><svg onload=alert("MARK")>`,
	`javascript:alert("MARK")`,
	`JaVa` + "\t" + `ScRiPt:alert("MARK")`,
	`data:text/html;base64,PHNjcmlwdD5NQVJLPC9zY3JpcHQ+ MARK`,
	`https://x.example/"onclick="alert(1)" MARK`,
	`//evil.example/MARK`,
	`{{.Title}} {{template "main" .}} MARK`,
	`]]><!DOCTYPE x [<!ENTITY a "MARK">]>&a;`,
	"MARK \u202e gnp.exe \u2066 \u200b \u200f",
	"顧客データ MARK の取り扱い",
	strings.Repeat("MARK", 20),
}

var script = regexp.MustCompile(`(?i)^[\s\x00-\x20]*(javascript|vbscript|data):`)

// TestHostileContentIsInert puts hostile texts into every text of the starter, in turn, and looks in every page for what would run. In four
// rounds every kind of field meets every text, since there are many records of each kind.
func TestHostileContentIsInert(t *testing.T) {
	files := folder(t)
	for round := range 4 {
		site := siteOf(t, files)
		changed := 0
		hostile := func() string {
			changed++
			return hostileTexts[(changed+changed/len(hostileTexts)+round*5)%len(hostileTexts)]
		}
		rewrite(site, func(path string, _ reflect.StructTag, text *model.Text) {
			if !text.IsZero() && !strings.Contains(path, "BaseURL") && !strings.Contains(path, "Brand.") && !strings.Contains(path, ".Aliases") && !strings.HasSuffix(path, ".FilePath") {
				text.Value = hostile()
			}
		})
		for _, p := range site.Policies {
			body := ""
			for range 4 {
				h := hostile()
				body += "# " + h + "\n\n[" + h + "](" + h + ")\n\n![x](" + h + ")\n\n" + h + "\n\n<a href=\"" + h + "\">x</a>\n\n"
			}
			setBody(&p.Body, body)
		}
		for _, a := range site.Answers() {
			setBody(&a.Body, hostile())
		}
		if changed < 1000 {
			t.Fatalf("only %d texts were changed", changed)
		}
		shown := 0
		eachPage(t, rendered(t, files, site, page.Options{}), func(file string, root *nethtml.Node) {
			if strings.Contains(textOf(root), "MARK") {
				shown++
			}
			elements(root, func(n *nethtml.Node) { inert(t, file, n) })
		})
		if shown < 100 {
			t.Errorf("hostile texts are shown on %d pages only", shown)
		}
	}
}

// inert reports an element that would run a script or load something from elsewhere.
func inert(t *testing.T, file string, n *nethtml.Node) {
	t.Helper()
	switch n.Data {
	case "script":
		if src, _ := attr(n, "src"); !strings.HasPrefix(src, "/assets/") || n.FirstChild != nil {
			t.Errorf("%s holds a script", file)
		}
	case "style", "iframe", "object", "embed", "base", "foreignobject", "math":
		t.Errorf("%s holds <%s>", file, n.Data)
	}
	for _, a := range n.Attr {
		key := strings.ToLower(a.Key)
		switch {
		case strings.HasPrefix(key, "on"), key == "style", key == "srcdoc", key == "formaction", key == "srcset":
			t.Errorf("%s: <%s %s=%q>", file, n.Data, a.Key, a.Val)
		case key == "href" || key == "src" || key == "action" || key == "xlink:href":
			if script.MatchString(a.Val) || strings.HasPrefix(a.Val, "//") || key == "action" || key == "src" && elsewhere(a.Val) {
				t.Errorf("%s: <%s %s=%q>", file, n.Data, a.Key, a.Val)
			}
		case key == "mark":
			t.Errorf("%s: an attribute was added to <%s>", file, n.Data)
		}
	}
}

// TestNamesOfAnyLength renders the starter with names that no layout expects and finds them whole, in every script.
func TestNamesOfAnyLength(t *testing.T) {
	files := folder(t)
	for _, name := range []string{strings.Repeat("Verylongname", 7)[:80], "株式会社フェルンライト 顧客データ処理部門", "شركة فيرنلايت للبيانات"} {
		site := siteOf(t, files)
		for _, v := range site.Subprocessors {
			v.Title.Value = name
		}
		m := rendered(t, files, site, page.Options{})
		for _, file := range []string{"subprocessors/index.html", "subprocessors/openai/index.html", "data-flows/reply-drafts/index.html", "ai/index.html", "index.html"} {
			data, _ := m.Read(file)
			if !strings.Contains(string(data), name) {
				t.Errorf("%s does not show %q", file, name)
			}
		}
	}
}
