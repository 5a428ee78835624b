package publish_test

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"candor/generator/output"
	"candor/generator/publish"
)

const baseURL = "https://trust.example.com"

// A site is what a build would write, without its manifest, by path.
type site map[string][]byte

// A sketch is what a site is drawn from: the next site is drawn from a changed sketch.
type sketch struct {
	pages  []string // folders, "" the front page
	styles int      // the version of the style sheet, of which the script and the index have their own
	script int
	index  int
	logo   int
	feed   bool
	day    int
	wordy  map[string]int // the version of a page's words
}

// oddNames are names that keys, URLs, XML and shells each have their own mind about.
var oddNames = []string{
	"100%", "a+b", "two words", "文書", `say "so"`, "it's", "#1", "what?", "a&b", "semi;colon", "%25", "%2F", "tilde~", "[x]", "comma,", "é", "e\u0301", "<b>", "a=b", "at@",
}

func newSketch(r *rand.Rand) *sketch {
	s := &sketch{pages: []string{""}, feed: r.IntN(2) == 0, day: 1, wordy: map[string]int{}}
	for i := range 4 + r.IntN(8) {
		s.add(r, i)
	}
	return s
}

func (s *sketch) add(r *rand.Rand, i int) {
	name := fmt.Sprintf("p%d", i)
	if r.IntN(2) == 0 {
		name = oddNames[r.IntN(len(oddNames))]
	}
	if above := s.pages[r.IntN(len(s.pages))]; above != "" && strings.Count(above, "/") < 2 {
		name = above + "/" + name
	}
	if !slices.Contains(s.pages, name) {
		s.pages = append(s.pages, name)
	}
}

// next changes a sketch as days go by: pages come, go, are renamed and rewritten, and so are styles and scripts.
func (s *sketch) next(r *rand.Rand) *sketch {
	n := *s
	n.pages, n.wordy = slices.Clone(s.pages), maps.Clone(s.wordy)
	n.day++
	for i := range r.IntN(4) {
		n.add(r, 100*n.day+i)
	}
	for range r.IntN(4) {
		if len(n.pages) > 2 {
			i := 1 + r.IntN(len(n.pages)-1)
			if r.IntN(2) == 0 {
				n.pages = slices.Delete(n.pages, i, i+1)
			} else {
				n.pages[i] = fmt.Sprintf("renamed%d-%d", n.day, i)
			}
		}
	}
	n.wordy[n.pages[r.IntN(len(n.pages))]]++
	for _, version := range []*int{&n.styles, &n.script, &n.index, &n.logo} {
		*version += r.IntN(2)
	}
	n.feed = r.IntN(3) > 0
	return &n
}

// draw makes the site of a sketch. Each page links to the front page, to the next page and to some others, so that all can be reached.
func (s *sketch) draw() site {
	out := site{}
	index := out.hashed("answers", "json", fmt.Sprintf(`{"v":%d}`, s.index))
	script := out.hashed("site", "js", fmt.Sprintf("// %d\n", s.script))
	style := out.hashed("site", "css", fmt.Sprintf("/* %d */\n", s.styles))
	out["brand/logo.svg"] = fmt.Appendf(nil, "<svg xmlns='http://www.w3.org/2000/svg'><!-- %d --></svg>\n", s.logo)
	for i, page := range s.pages {
		var b bytes.Buffer
		up := strings.Repeat("../", strings.Count(page, "/")+min(len(page), 1))
		to := func(path string) string { return html.EscapeString(up + escaped(path)) }
		fmt.Fprintf(&b, "<!doctype html><title>%s</title><link rel=stylesheet href=\"%s\"><script src=\"%s\"></script>", html.EscapeString(page), to(style), to(script))
		fmt.Fprintf(&b, "<body data-index=\"%s\"><img src=\"%s\"><a href=\"%s\">front</a> words %d\n", to(index), to("brand/logo.svg"), to("index.html"), s.wordy[page])
		if s.feed {
			fmt.Fprintf(&b, "<link rel=alternate href=\"%s\">", to("feed.atom"))
		}
		for j, other := range s.pages {
			if j == (i+1)%len(s.pages) || (i*7+j*3)%5 == 0 {
				fmt.Fprintf(&b, "<a href=\"%s\">%s</a>\n", to(pageFile(other)), html.EscapeString(other))
			}
		}
		out[pageFile(page)] = b.Bytes()
	}
	out["404.html"] = []byte("<a href=\"index.html\">front</a>")
	out["sitemap.xml"] = s.list()
	if s.feed {
		out["feed.atom"] = s.list()
	}
	out["_headers"] = fmt.Appendf(nil, "/*\n  X-Day: %d\n", s.day)
	out["trust.json"] = fmt.Appendf(nil, "{\"site\": {\"base_url\": %q, \"built_on\": \"2026-11-%02d\", \"content_hash\": \"%d\"}}\n", baseURL, s.day, s.day)
	return out
}

func (s *sketch) list() []byte {
	var b bytes.Buffer
	b.WriteString("<list>")
	for _, page := range s.pages {
		fmt.Fprintf(&b, "<a href=\"%s\"></a>\n", html.EscapeString(escaped(pageFile(page))))
	}
	b.WriteString("</list>\n")
	return b.Bytes()
}

func pageFile(page string) string { return strings.TrimPrefix(page+"/index.html", "/") }

// escaped writes a path as it stands in a link.
func escaped(path string) string { return (&url.URL{Path: "./" + path}).EscapedPath()[2:] }

func (s site) hashed(name, ending, text string) string {
	sum := sha256.Sum256([]byte(text))
	path := "assets/" + name + "." + hex.EncodeToString(sum[:4]) + "." + ending
	s[path] = []byte(text)
	return path
}

// files gives a site as a build leaves it in a folder, with its manifest.
func (s site) files() fstest.MapFS {
	out := fstest.MapFS{}
	var b bytes.Buffer
	b.WriteString("# written by candor; check with: sha256sum -c SHA256SUMS\n")
	for _, path := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(s[path]), path)
		out[path] = &fstest.MapFile{Data: s[path], Mode: 0o644}
	}
	out[output.ManifestName] = &fstest.MapFile{Data: b.Bytes(), Mode: 0o644}
	return out
}

func (s site) open(t testing.TB) *publish.Site {
	t.Helper()
	return mustOpen(t, s.files())
}

func mustOpen(t testing.TB, files fs.FS) *publish.Site {
	t.Helper()
	opened, err := publish.Open(files, "public")
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// known are the links of pages that were read already, by path and bytes.
var known sync.Map

// links gives what a page or a feed at path links to, as paths of the site.
func links(t testing.TB, path string, data []byte) []string {
	key := path + string(data)
	if out, is := known.Load(key); is {
		return out.([]string)
	}
	out := readLinks(t, path, data)
	known.Store(key, out)
	return out
}

func readLinks(t testing.TB, path string, data []byte) []string {
	from := &url.URL{Scheme: "http", Host: "x", Path: "/" + path}
	var out []string
	z := html.NewTokenizer(bytes.NewReader(data))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			if a.Key != "href" && a.Key != "src" && a.Key != "data-index" {
				continue
			}
			to, err := from.Parse(a.Val)
			if err != nil {
				t.Errorf("%s: link %q: %v", path, a.Val, err)
				continue
			}
			out = append(out, strings.TrimPrefix(to.Path, "/"))
		}
	}
	return out
}

// broken follows every link from where readers and programs begin, and gives those that lead nowhere, as "from -> to".
func broken(t testing.TB, get func(path string) ([]byte, bool)) []string {
	var out []string
	if _, is := get("index.html"); !is {
		if _, is := get("404.html"); is {
			return []string{"404.html without a front page"}
		}
		return nil
	}
	seen := map[string]bool{}
	queue := []string{"index.html", "404.html", "sitemap.xml"}
	if feed, is := get("feed.atom"); is { // one that no page links to yet is known to nobody, but where it is read, what it lists is there
		for _, to := range links(t, "feed.atom", feed) {
			if _, is := get(to); !is {
				out = append(out, "feed.atom -> "+to)
			}
		}
	}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		data, is := get(path)
		if !is || seen[path] {
			continue
		}
		seen[path] = true
		if !strings.HasSuffix(path, ".html") && !strings.HasSuffix(path, ".xml") && !strings.HasSuffix(path, ".atom") {
			continue
		}
		for _, to := range links(t, path, data) {
			if _, is := get(to); !is {
				out = append(out, path+" -> "+to)
			}
			queue = append(queue, to)
		}
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

// TestTheSketchesAreWhole shows that the sites of these tests have no broken link by themselves, that a missing page is told, and that odd names are among them.
func TestTheSketchesAreWhole(t *testing.T) {
	odd := 0
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := newSketch(r)
		for range 3 {
			drawn := s.draw()
			get := func(path string) ([]byte, bool) { data, is := drawn[path]; return data, is }
			if b := broken(t, get); len(b) > 0 {
				t.Fatalf("seed %d: %q", seed, b)
			}
			gone := pageFile(s.pages[len(s.pages)-1])
			if gone != "index.html" {
				delete(drawn, gone)
				if b := broken(t, get); len(b) == 0 {
					t.Fatalf("seed %d: nobody misses %q", seed, gone)
				}
			}
			if strings.Contains(gone, "%") {
				odd++
			}
			s = s.next(r)
		}
	}
	if odd == 0 {
		t.Error("no odd names")
	}
}
