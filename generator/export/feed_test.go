package export_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"

	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/export"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/page"
	"candor/generator/parse"
	"candor/generator/source"
)

// What somebody may write into a headline.
const hostileTitle = "A < B & \"C\" 'D' ]]> <script>alert(1)</script> 日本語 \u0007\ufffe\u202e end"

// feedsSite gives a site with updates of every kind, told since an earlier one.
func feedsSite(t *testing.T) (*model.Site, *disclosure.Document) {
	t.Helper()
	files := fstest.MapFS{
		"content/site.yaml":                    {Data: []byte("company: {name: \"X & <Y>\"}\nbase_url: https://x.example/trust\ncontacts: {security: s@x.example}\npromises: {objection_window: 14d}\nbrand: {favicon: brand/fav icon.svg}\n")},
		"content/brand/fav icon.svg":           {Data: []byte("<svg/>")},
		"content/brand/logo.svg":               {Data: []byte("<svg/>")},
		"content/policies/models.md":           {Data: []byte("---\ntitle: Plain\nversion: \"1.2\"\napproved_on: 2026-03-01\n---\nText.\n")},
		"content/subprocessors/openai.yaml":    {Data: []byte("name: OpenAI <b>\nstatus: planned\nannounced_on: 2026-02-01\neffective_on: 2026-03-05\npurpose: Plain\nlegal_entity: Plain\ncategory: llm-api\n")},
		"content/updates/2026-02-01-openai.md": {Data: []byte("---\ntitle: Plain\ndate: 2026-02-01\nkind: notice\nconcerns: [subprocessor:openai]\nsummary: Plain\n---\nSee [the policy](../policies/models.md), [all](/policies/), [below](#x) and [them](https://openai.com/?a=1&b=2).\n\n## X {#x}\n\n<script>alert(1)</script>\n\n![picture](https://evil.example/a.png) ![own](../brand/logo.svg)\n")},
		"content/updates/2026-04-01-news.md":   {Data: []byte("---\ntitle: News\ndate: 2026-04-01\n---\n")},
	}
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		t.Fatal(err)
	}
	site := link.Draft(parse.Tree(tree, &diag.List{}), &diag.List{})
	v, u := site.Subprocessors[0], site.Find(model.KindUpdate, "2026-02-01-openai").(*model.Update)
	for _, text := range []*model.Text{&v.Purpose, &v.LegalEntity, &u.Title, &u.Summary, &site.Policies[0].Title} { // a parser would refuse some of it
		text.Value = hostileTitle
	}
	before := disclosure.Of(site, day(t, "2026-04-02").Day, disclosure.Options{})
	before.Subprocessors[0].LegalEntity = "Before <i>& " + hostileTitle
	return site, disclosure.Of(site, day(t, "2026-05-06").Day, disclosure.Options{Since: before})
}

func made(t *testing.T, site *model.Site, d *disclosure.Document) map[string][]byte {
	t.Helper()
	all, err := export.All[page.Page](site, nil, d)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for _, f := range all {
		if f.Make != nil {
			if f.Data, err = f.Make(); err != nil {
				t.Fatal(err)
			}
		}
		got[f.Path] = f.Data
	}
	return got
}

// A node is an element as a strict parser sees it.
type node struct {
	name     string // with its namespace
	attr     map[string]string
	text     string
	children []*node
}

const atomNS = "http://www.w3.org/2005/Atom "

func parsed(t *testing.T, data []byte) *node {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	stack := []*node{root}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the feed is no XML: %v", err)
		}
		top := stack[len(stack)-1]
		switch x := token.(type) {
		case xml.StartElement:
			n := &node{name: x.Name.Space + " " + x.Name.Local, attr: map[string]string{}}
			for _, a := range x.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(x)
		}
	}
	if len(root.children) != 1 {
		t.Fatalf("the feed has %d roots", len(root.children))
	}
	return root.children[0]
}

func (n *node) all(name string) []*node {
	var list []*node
	for _, c := range n.children {
		if c.name == atomNS+name {
			list = append(list, c)
		}
	}
	return list
}

// one gives the only child of that name, a nil one where the standard lets it be absent.
func (n *node) one(t *testing.T, name string, must bool) *node {
	t.Helper()
	all := n.all(name)
	if len(all) > 1 || must && len(all) == 0 {
		t.Errorf("%s has %d elements %q", n.name, len(all), name)
	}
	if len(all) == 0 {
		return &node{}
	}
	return all[0]
}

// isIRI demands a whole address (RFC 3987, as far as net/url reads it).
func isIRI(t *testing.T, what, s string) {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil || u.Scheme == "" || strings.ContainsAny(s, " <>\"{}|\\^`\n") {
		t.Errorf("%s %q is no IRI", what, s)
	}
}

// isDateConstruct demands a moment of RFC 3339 with capital letters (RFC 4287, 3.3).
func isDateConstruct(t *testing.T, n *node) {
	t.Helper()
	if _, err := time.Parse(time.RFC3339, n.text); err != nil || n.text != strings.ToUpper(n.text) {
		t.Errorf("%s %q is no moment", n.name, n.text)
	}
}

// isTextConstruct demands plain text, or HTML that is escaped (3.1).
func isTextConstruct(t *testing.T, n *node) {
	t.Helper()
	if typ := n.attr["type"]; typ != "" && typ != "text" && typ != "html" {
		t.Errorf("%s has the type %q", n.name, typ)
	}
	if len(n.children) > 0 {
		t.Errorf("%s has elements in it, and is no XHTML", n.name)
	}
}

// isPerson demands a name, and that an address is one (3.2).
func isPerson(t *testing.T, n *node) {
	t.Helper()
	if strings.TrimSpace(n.one(t, "name", true).text) == "" {
		t.Error("somebody has no name")
	}
	if uri := n.one(t, "uri", false); uri.name != "" {
		isIRI(t, "the address of a person", uri.text)
	}
}

// links holds the links against 4.1.1, 4.1.2 and 4.2.7: whole addresses, and no two alternates of one type and language.
func links(t *testing.T, n *node) (self, alternate []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, l := range n.all("link") {
		isIRI(t, "a link", l.attr["href"])
		switch rel := l.attr["rel"]; rel {
		case "", "alternate":
			alternate = append(alternate, l.attr["href"])
			if key := l.attr["type"] + " " + l.attr["hreflang"]; seen[key] {
				t.Errorf("two alternates are of one type and language: %q", key)
			} else {
				seen[key] = true
			}
		case "self":
			self = append(self, l.attr["href"])
		default:
			t.Errorf("there is a link of the kind %q", rel)
		}
		if typ := l.attr["type"]; typ != "" && strings.Count(typ, "/") != 1 {
			t.Errorf("a link has the type %q", typ)
		}
	}
	return self, alternate
}

var (
	feedElements  = []string{"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated", "entry"}
	entryElements = []string{"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title", "updated"}
)

func known(t *testing.T, n *node, names []string) {
	t.Helper()
	for _, c := range n.children {
		if name, ok := strings.CutPrefix(c.name, atomNS); !ok || !slices.Contains(names, name) {
			t.Errorf("%s holds %s", n.name, c.name)
		}
		if c.name == atomNS+"category" && c.attr["term"] == "" { // 4.2.2
			t.Error("a category has no term")
		}
	}
}

// holdAtom holds a feed against every MUST of RFC 4287, sections 3 and 4, that concerns what is in it.
func holdAtom(t *testing.T, data []byte, at string) *node {
	t.Helper()
	feed := parsed(t, data)
	if feed.name != atomNS+"feed" {
		t.Fatalf("the root is %s", feed.name)
	}
	known(t, feed, feedElements)
	isTextConstruct(t, feed.one(t, "title", true))
	isTextConstruct(t, feed.one(t, "subtitle", false))
	isDateConstruct(t, feed.one(t, "updated", true))
	isIRI(t, "the id", feed.one(t, "id", true).text)
	if icon := feed.one(t, "icon", false); icon.name != "" {
		isIRI(t, "the icon", icon.text)
	}
	if len(feed.all("author")) == 0 {
		t.Error("the feed has no author, and neither have its entries")
	}
	for _, a := range feed.all("author") {
		isPerson(t, a)
	}
	if self, _ := links(t, feed); len(self) != 1 || self[0] != at { // a SHOULD that readers rely on
		t.Errorf("the feed is at %s and says %s", at, self)
	}
	ids := map[string]bool{feed.one(t, "id", true).text: true}
	for _, e := range feed.all("entry") {
		known(t, e, entryElements)
		isTextConstruct(t, e.one(t, "title", true))
		isTextConstruct(t, e.one(t, "summary", false))
		isDateConstruct(t, e.one(t, "updated", true))
		isDateConstruct(t, e.one(t, "published", false))
		id := e.one(t, "id", true).text
		isIRI(t, "an id", id)
		if ids[id] {
			t.Errorf("the id %s is there twice", id)
		}
		ids[id] = true
		_, alternate := links(t, e)
		content := e.one(t, "content", false)
		if content.name == "" && len(alternate) == 0 {
			t.Errorf("%s has neither content nor a link", id)
		}
		if content.attr["src"] != "" || content.attr["type"] != "html" || len(content.children) > 0 { // 4.1.3.3: escaped HTML has no elements
			t.Errorf("the content of %s is of the type %q", id, content.attr["type"])
		}
		if e.one(t, "updated", true).text > feed.one(t, "updated", true).text {
			t.Errorf("%s was updated after the feed", id)
		}
		safe(t, id, content.text)
	}
	return feed
}

// safe holds the HTML of an entry to what a reader may trust: it parses, nothing in it runs, and every address is whole.
func safe(t *testing.T, id, text string) {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		t.Errorf("%s has an empty content", id)
	}
	z := html.NewTokenizer(strings.NewReader(text))
	open := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				t.Errorf("the content of %s is no HTML: %v", id, z.Err())
			}
			if open != 0 {
				t.Errorf("the content of %s leaves %d elements open", id, open)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			token := z.Token()
			if !slices.Contains([]string{"p", "a", "h3", "h4", "img", "table", "thead", "tbody", "tr", "th", "td", "strong"}, token.Data) {
				t.Errorf("the content of %s has an element %q", id, token.Data)
			}
			switch {
			case token.Type == html.EndTagToken:
				open--
			case token.Type == html.StartTagToken && token.Data != "img":
				open++
			}
			for _, a := range token.Attr {
				switch {
				case a.Key == "src" && !strings.HasPrefix(a.Val, "https://x.example/trust/"),
					a.Key == "href" && !strings.HasPrefix(a.Val, "https://"),
					strings.HasPrefix(a.Key, "on"), a.Key == "style":
					t.Errorf("the content of %s has %s=%q", id, a.Key, a.Val)
				}
			}
		}
	}
}

// TestAtom holds the feed against its standard, and reads what it tells.
func TestAtom(t *testing.T) {
	site, told := feedsSite(t)
	data := made(t, site, told)["feed.atom"]
	feed := holdAtom(t, data, "https://x.example/trust/feed.atom")
	if got := feed.one(t, "icon", true).text; got != "https://x.example/trust/brand/fav%20icon.svg" {
		t.Errorf("the icon is %s", got)
	}
	if got := feed.one(t, "updated", true).text; got != "2026-05-06T00:00:00Z" {
		t.Errorf("the feed was updated %s", got)
	}
	var got []string
	for _, e := range feed.all("entry") {
		got = append(got, e.one(t, "id", true).text+" "+e.one(t, "updated", true).text)
	}
	want := []string{
		"tag:x.example,2026:updates/2026-05-06-openai-changed 2026-05-06T00:00:00Z",
		"tag:x.example,2026:updates/2026-04-01-news 2026-04-01T00:00:00Z",
		"tag:x.example,2026:updates/2026-03-05-openai-effective 2026-03-05T00:00:00Z",
		"tag:x.example,2026:updates/2026-03-01-models-approved 2026-03-01T00:00:00Z",
		"tag:x.example,2026:updates/2026-02-01-openai-announced 2026-02-01T00:00:00Z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	entries := feed.all("entry")
	if title := entries[4].one(t, "title", true).text; title != "A < B & \"C\" 'D' ]]> <script>alert(1)</script> 日本語 \u202e end" {
		t.Errorf("the title is %q", title)
	}
	content := entries[4].one(t, "content", true).text
	for _, part := range []string{`<a href="https://x.example/trust/policies/models/"`, `<a href="https://openai.com/?a=1&amp;b=2"`, `<a href="https://x.example/trust/updates/#2026-02-01-openai-x"`, "Announced: <strong>1 February 2026</strong>",
		"Objections are possible until: <strong>15 February 2026</strong>", `src="https://x.example/trust/brand/logo.svg"`} {
		if !strings.Contains(content, part) {
			t.Errorf("%s is not in %s", part, content)
		}
	}
	if content := entries[0].one(t, "content", true).text; !strings.Contains(content, "<th>legal entity</th><td>Before &lt;i&gt;&amp; A &lt; B") {
		t.Errorf("no table of what differs is in %s", content)
	}
	if got := entries[0].all("category"); len(got) != 2 || got[0].attr["term"] != "changed" || got[1].attr["label"] != "sub-processor" {
		t.Errorf("categories %+v", got)
	}
}

// TestJSONFeed holds the feed against a schema of its standard, and reads what it tells programs.
func TestJSONFeed(t *testing.T) {
	site, told := feedsSite(t)
	data := made(t, site, told)["feed.json"]
	holdJSONFeed(t, data)
	var feed struct {
		FeedURL string `json:"feed_url"`
		Items   []struct {
			ID, URL, Title string
			HTML           string `json:"content_html"`
			Published      string `json:"date_published"`
			Candor         struct {
				What, Kind, Record, Announced, Effective string
				ObjectUntil                              string `json:"object_until"`
				Fields                                   []disclosure.Field
			} `json:"_candor"`
		}
	}
	if err := json.Unmarshal(data, &feed); err != nil {
		t.Fatal(err)
	}
	if feed.FeedURL != "https://x.example/trust/feed.json" || len(feed.Items) != 5 {
		t.Fatalf("%+v", feed)
	}
	for _, it := range feed.Items {
		safe(t, it.ID, it.HTML)
	}
	last, first := feed.Items[4], feed.Items[0]
	if c := last.Candor; c.What != "announced" || c.Kind != "subprocessor" || c.Record != "openai" || c.Announced != "2026-02-01" || c.Effective != "2026-03-05" || c.ObjectUntil != "2026-02-15" {
		t.Errorf("%+v", c)
	}
	if last.URL != "https://x.example/trust/updates/#2026-02-01-openai" || last.Published != "2026-02-01T00:00:00Z" {
		t.Errorf("%+v", last)
	}
	if f := first.Candor.Fields; len(f) != 1 || f[0].Key != "legal_entity" || f[0].Before == "" {
		t.Errorf("%+v", f)
	}
}

func holdJSONFeed(t *testing.T, data []byte) {
	t.Helper()
	schema, err := os.Open("testdata/jsonfeed-1.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer schema.Close()
	doc, err := jsonschema.UnmarshalJSON(schema)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("feed.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("feed.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(v); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{`{"version": "https://jsonfeed.org/version/1", "title": "x", "items": []}`, `{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": "a"}]}`} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if compiled.Validate(v) == nil {
			t.Errorf("%s passes", bad)
		}
	}
}

// TestReadersReadTheFeeds reads both with a library that readers of feeds use.
func TestReadersReadTheFeeds(t *testing.T) {
	site, told := feedsSite(t)
	files := made(t, site, told)
	for _, name := range []string{"feed.atom", "feed.json"} {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(files[name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(feed.Items) != 5 || feed.Title != "X & <Y> trust center: updates" || feed.Link != "https://x.example/trust/updates/" {
			t.Errorf("%s: %+v", name, feed)
			continue
		}
		it := feed.Items[4]
		if it.GUID != "tag:x.example,2026:updates/2026-02-01-openai-announced" || it.UpdatedParsed == nil || it.Link != "https://x.example/trust/updates/#2026-02-01-openai" || it.Content == "" {
			t.Errorf("%s: %+v", name, it)
		}
	}
}

// TestFeedsWithoutEntries are valid too, and say the same every day.
func TestFeedsWithoutEntries(t *testing.T) {
	site := &model.Site{Records: model.Records{Config: &model.Config{Company: model.Company{Name: model.Text{Value: "X"}}, BaseURL: model.Text{Value: "https://x.example"}}}}
	files := made(t, site, disclosure.Of(site, day(t, "2026-05-06").Day, disclosure.Options{}))
	later := made(t, site, disclosure.Of(site, day(t, "2026-05-07").Day, disclosure.Options{}))
	holdAtom(t, files["feed.atom"], "https://x.example/feed.atom")
	holdJSONFeed(t, files["feed.json"])
	for _, name := range []string{"feed.atom", "feed.json"} {
		if !bytes.Equal(files[name], later[name]) {
			t.Errorf("%s is another one a day later", name)
		}
	}
}

// TestAuthorities mints ids under a host name alone (RFC 4151).
func TestAuthorities(t *testing.T) {
	for base, want := range map[string]string{"https://Trust.X.example:8443/a": "tag:trust.x.example,2026:updates", "http://[::1]:80": "tag:trust.invalid,2026:updates", "nowhere": "tag:trust.invalid,2026:updates"} {
		site := &model.Site{Records: model.Records{Config: &model.Config{}}}
		feed := parsed(t, made(t, site, disclosure.Of(site, day(t, "2026-05-06").Day, disclosure.Options{BaseURL: base}))["feed.atom"])
		if got := feed.one(t, "id", true).text; got != want {
			t.Errorf("%s: %s, want %s", base, got, want)
		}
	}
}

// TestSubprocessorsAsCSV reads the table as an auditor's spreadsheet does.
func TestSubprocessorsAsCSV(t *testing.T) {
	site, _ := feedsSite(t)
	v := site.Subprocessors[0]
	v.Purpose.Value, v.LegalEntity.Value = "=HYPERLINK(\"https://evil.example\")", "日本 | =1+1"
	v.Locations = []model.Location{{Country: model.Text{Value: "IE"}, Region: model.Text{Value: "eu-west-1"}, Activity: []model.Text{{Value: "process"}, {Value: "store"}}}, {Country: model.Text{Value: "US"}}}
	v.AI = &model.AITerms{Retention: model.RetentionTerms{State: model.Text{Value: "days"}, Keep: model.Duration{Period: model.Period{Count: 30, Unit: 'd'}}}}
	all := rows(t, made(t, site, disclosure.Of(site, day(t, "2026-05-06").Day, disclosure.Options{}))["subprocessors.csv"])
	if len(all) != 2 {
		t.Fatalf("there are %d rows", len(all))
	}
	cell := map[string]string{}
	for i, name := range all[0] {
		cell[name] = all[1][i]
	}
	for name, want := range map[string]string{"id": "openai", "name": "OpenAI <b>", "status": "announced", "purpose": `'=HYPERLINK("https://evil.example")`, "legal_entity": "日本 | '=1+1",
		"locations": "Ireland (eu-west-1): process, store | United States", "ai_retention": "keeps it for a time, 30 days", "ai_training": "not known", "announced_on": "2026-02-01",
		"object_until": "2026-02-15", "effective_on": "2026-03-05", "personal_data": "no", "address": "https://x.example/trust/subprocessors/openai/"} {
		if got, there := cell[name]; !there || got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
