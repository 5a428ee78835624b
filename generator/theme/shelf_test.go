package theme

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestShelf(t *testing.T) {
	builtIn := files("default/layout/layout.html", "default frame", "default/a/page.html", "default a", "handbook/layout/layout.html", "handbook frame", "themes.go", "no theme")
	site := files("themes/site/a/page.html", "own a", "themes/dense/layout/layout.html", "dense frame", "content/site.yaml", "", "themes/pictures/front.png", "", "themes/inked/a/deep/own.css", "")
	replaced := files("themes/handbook/own.css", "", "themes/default/layout/layout.html", "own default frame")
	for _, test := range []struct {
		name  string
		site  fstest.MapFS
		want  string // the file that wins for layout/layout.html, then for a/page.html
		error string
	}{
		{"", site, "default frame, own a", ""},
		{"default", site, "default frame, own a", ""},
		{"handbook", site, "handbook frame, own a", ""},
		{"dense", site, "dense frame, own a", ""},
		{"", files("content/site.yaml", ""), "default frame, default a", ""},
		{"handbook", replaced, "default frame, default a", ""},
		{"", replaced, "own default frame, default a", ""},
		{"site", site, "", `no theme "site"`},
		{"../content", site, "", `no theme "../content"`},
		{".", site, "", `no theme "."`},
		{"inked", site, "default frame, own a", ""},
		{"pictures", site, "", `no theme "pictures"`},
		{"themes.go", site, "", `no theme "themes.go"`},
		{"nowhere", site, "", `no theme "nowhere"`},
	} {
		layers, err := ShelfOf(test.site, builtIn).Layers(test.name)
		if test.error != "" {
			if err == nil || err.Error() != test.error {
				t.Errorf("%q: error %v, want %s", test.name, err, test.error)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", test.name, err)
			continue
		}
		all, err := gather(layers)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, path := range []string{"layout/layout.html", "a/page.html"} {
			for _, f := range all {
				if f.Path == path {
					got = append(got, string(f.Data))
				}
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%q: %s, want %s", test.name, got, test.want)
		}
	}
	if got := strings.Join(ShelfOf(site, builtIn).Names(), " "); got != "default dense handbook inked" {
		t.Errorf("the themes are %s", got)
	}
}

// TestStylesOfHigherLayersComeLast lets a site say something else of what a page's style says, in a file with a name of its own; a file that replaces another stands
// where that one stood.
func TestStylesOfHigherLayersComeLast(t *testing.T) {
	base := files("layout/layout.html", frame, "home/page.html", "", "home/page.css", ".home{margin:0}", "layout/base.css", ".base{margin:0}")
	own := files("layout/base.css", ".replaced{margin:0}", "layout/mine.css", ".mine{margin:0}")
	th := load(t, Options{}, own, base)
	if got := strings.Join(strings.Fields(string(th.Files()[0].Data)), " "); got != ".replaced{margin:0} .home{margin:0} .mine{margin:0}" {
		t.Errorf("the styles come in the order %s", got)
	}
}
