package compare

import (
	"slices"
	"strings"
	"testing"

	"candor/generator/markdown/reading"
)

func TestChangeOf(t *testing.T) {
	for name, test := range map[string]struct{ before, after, want string }{
		"a word":         {"keeps it for 30 days", "keeps it for 90 days", "keeps it for [-30-] {+90+} days"},
		"in a long text": {"a b c d e f g h i j k X l m n o p q r s t u", "a b c d e f g h i j k Y l m n o p q r s t u", "… f g h i j k [-X-] {+Y+} l m n o p q …"},
		"far apart":      {"X a b c d e f g h i j k l m n o p X", "Y a b c d e f g h i j k l m n o p Y", "[-X-] {+Y+} a b c d e f … k l m n o p [-X-] {+Y+}"},
		"added":          {"", "now", "{+now+}"},
		"removed":        {"then", "", "[-then-]"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := changeOf("", test.before, test.after).inline(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// Blocks that change places are the same; a link that leads elsewhere and another drawing are not.
func TestChangesOf(t *testing.T) {
	blocks := func(texts ...string) []reading.Block {
		var list []reading.Block
		for _, s := range texts {
			text, links, _ := strings.Cut(s, " -> ")
			list = append(list, reading.Block{Text: text, Links: strings.Fields(links)})
		}
		return list
	}
	shown := func(a, b []reading.Block) string {
		var all []string
		for _, c := range changesOf(a, b) {
			all = append(all, c.inline())
		}
		return strings.Join(all, "\n")
	}
	if got := shown(blocks("a", "b", "c", "d"), blocks("c", "a", "b", "d")); got != "" {
		t.Errorf("other places: %s", got)
	}
	if got := shown(blocks("see -> /a/ /same/"), blocks("see -> /b/ /same/")); got != "see → [-/a/-] {+/b/+}" {
		t.Errorf("another link: %s", got)
	}
	one, other := []reading.Block{{Text: "A · B", Drawing: true, Shape: 1}}, []reading.Block{{Text: "A · B", Drawing: true, Shape: 2}}
	if got := shown(one, other); !strings.Contains(got, "drawn otherwise") {
		t.Errorf("another drawing: %s", got)
	}
	if got := shown(blocks("we keep it for 30 days", "x"), blocks("something else comes first", "we keep it for 90 days", "x")); got != "{+something else comes first+}\nwe keep it for [-30-] {+90+} days" {
		t.Errorf("paired with what it was: %s", got)
	}
}

// FuzzHunks holds that what hunks leave out is the same on both sides, and that they put one list in the place of the other.
func FuzzHunks(f *testing.F) {
	for _, s := range [][2]string{{"", ""}, {"a b c", "a c"}, {"a b c a b b a", "c b a b a c"}, {"x", "y"}, {"a a a", "a"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, one, other string) {
		a, b := strings.Split(one, " "), strings.Split(other, " ")
		var built []string
		at, bt := 0, 0
		for _, h := range hunks(a, b) {
			if h.a0 < at || h.b0 < bt || h.a0-at != h.b0-bt || h.a0 == h.a1 && h.b0 == h.b1 {
				t.Fatalf("hunk %+v after %d, %d of %q and %q", h, at, bt, a, b)
			}
			built = append(append(built, a[at:h.a0]...), b[h.b0:h.b1]...)
			at, bt = h.a1, h.b1
		}
		if built = append(built, a[at:]...); !slices.Equal(built, b) {
			t.Fatalf("%q became %q, want %q", a, built, b)
		}
	})
}

// Lists with nothing in common are not looked through for ever.
func TestHunksOfStrangers(t *testing.T) {
	a, b := make([]string, 20_000), make([]string, 20_000)
	for i := range a {
		a[i], b[i] = "a", "b"
	}
	if got := hunks(a, b); len(got) != 1 || got[0] != (hunk{0, 20_000, 0, 20_000}) {
		t.Errorf("%d hunks", len(got))
	}
}
