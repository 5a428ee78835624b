package render_test

import (
	"net/url"
	"path"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"candor/generator/output"
	"candor/generator/page"
)

// TestLinks follows every link of the starter: pages, files and anchors of the site itself must be there, also below a base path.
func TestLinks(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	for _, base := range []string{"", "https://pages.example/some/where"} {
		m := rendered(t, files, site, page.Options{BaseURL: base})
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		crawl(t, m, u.Path)
	}
}

func crawl(t *testing.T, m *output.Memory, base string) {
	t.Helper()
	ids := map[string]map[string]bool{}
	eachPage(t, m, func(file string, root *nethtml.Node) {
		ids[file] = map[string]bool{}
		elements(root, func(n *nethtml.Node) {
			if id, ok := attr(n, "id"); ok {
				if ids[file][id] {
					t.Errorf("%s: two elements have the id %q", file, id)
				}
				ids[file][id] = true
			}
		})
	})
	followed := 0
	eachPage(t, m, func(file string, root *nethtml.Node) {
		elements(root, func(n *nethtml.Node) {
			for _, key := range []string{"href", "src", "xlink:href"} {
				if dest, ok := attr(n, key); ok && !elsewhere(dest) {
					followed++
					if fault := follow(m, ids, base, file, dest); fault != "" {
						t.Errorf("%s: %s leads to %q: %s", file, n.Data, dest, fault)
					}
				}
			}
			for _, key := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "for"} {
				if value, ok := attr(n, key); ok {
					for id := range strings.FieldsSeq(value) {
						if !ids[file][id] {
							t.Errorf("%s: %s names %q, which is no id of the page", file, key, id)
						}
					}
				}
			}
		})
	})
	if followed < 1000 {
		t.Errorf("only %d links were followed", followed)
	}
}

func elsewhere(dest string) bool {
	return strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "http://") || strings.HasPrefix(dest, "mailto:")
}

// follow says what is wrong with a link to the site itself, "" for nothing.
func follow(m *output.Memory, ids map[string]map[string]bool, base, from, dest string) string {
	address, anchor, _ := strings.Cut(dest, "#")
	anchor, err := url.PathUnescape(anchor)
	if err != nil {
		return err.Error()
	}
	to := from
	if address != "" {
		rest, ok := strings.CutPrefix(address, base+"/")
		if !ok {
			return "it is not below the base path"
		}
		if to, err = url.PathUnescape(rest); err != nil {
			return err.Error()
		}
		if to == "" || strings.HasSuffix(to, "/") {
			to = path.Join(to, "index.html")
		}
	}
	if _, ok := m.Read(to); !ok {
		return "there is no such file"
	}
	if anchor != "" && !ids[to][anchor] {
		return "there is no such anchor"
	}
	if strings.HasSuffix(dest, "#") {
		return "the anchor is empty"
	}
	return ""
}

// TestPagesLoadNothingElsewhere looks for anything that a browser would fetch from another host, and for script and style in the page.
func TestPagesLoadNothingElsewhere(t *testing.T) {
	files := folder(t)
	eachPage(t, rendered(t, files, siteOf(t, files), page.Options{}), func(file string, root *nethtml.Node) {
		elements(root, func(n *nethtml.Node) {
			src, hasSrc := attr(n, "src")
			switch n.Data {
			case "script":
				if !hasSrc || n.FirstChild != nil {
					t.Errorf("%s holds a script of its own", file)
				}
			case "style", "iframe", "object", "embed", "base":
				t.Errorf("%s holds <%s>", file, n.Data)
			case "link":
				if rel, _ := attr(n, "rel"); rel != "canonical" {
					src, _ = attr(n, "href")
				}
			}
			if elsewhere(src) || strings.HasPrefix(src, "//") || strings.HasPrefix(src, "data:") {
				t.Errorf("%s loads %q", file, src)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "srcset" && strings.Contains(a.Val, "//") {
					t.Errorf("%s: <%s %s=%q>", file, n.Data, a.Key, a.Val)
				}
			}
		})
	})
}
