package diagrams

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"candor/diagrams/internal/engine"
)

// token is one token of DOT: a quoted string's content as written, or a plain word
// or sign.
type token struct {
	text   string
	quoted bool
}

// lex is a reader of DOT, written from the language's grammar and not from our
// writer: a quoted string ends at the first quote that no backslash precedes; a
// backslash is kept with what follows.
func lex(dot string) ([]token, error) {
	var out []token
	for i := 0; i < len(dot); {
		switch c := dot[i]; {
		case c == ' ' || c == '\n':
			i++
		case c == '"':
			end := i + 1
			for end < len(dot) && dot[end] != '"' {
				if dot[end] == '\\' {
					end++
				}
				end++
			}
			if end >= len(dot) {
				return nil, errors.New("a string does not end")
			}
			out = append(out, token{dot[i+1 : end], true})
			i = end + 1
		case strings.IndexByte("{}[];=,", c) >= 0:
			out = append(out, token{string(c), false})
			i++
		default:
			end := i
			for end < len(dot) && strings.IndexByte("{}[];=, \n\"", dot[end]) < 0 {
				end++
			}
			out = append(out, token{dot[i:end], false})
			i = end
		}
	}
	return out, nil
}

// shown is what Graphviz makes of a label: \\ and \" are themselves, \n and \l end
// lines, any other escape is an expansion that must not be there.
func shown(label string) ([]string, error) {
	lines, line := []string{}, ""
	for i := 0; i < len(label); i++ {
		if label[i] != '\\' {
			line += label[i : i+1]
			continue
		}
		if i++; i == len(label) {
			return nil, errors.New("a backslash at the end")
		}
		switch label[i] {
		case '\\', '"':
			line += label[i : i+1]
		case 'n', 'l':
			lines, line = append(lines, line), ""
		default:
			return nil, fmt.Errorf("\\%c expands", label[i])
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	for i, l := range lines {
		if strings.Contains(strings.ReplaceAll(l, "&amp;", ""), "&") {
			return nil, fmt.Errorf("%q begins an entity", l)
		}
		lines[i] = strings.TrimRight(strings.ReplaceAll(l, "&amp;", "&"), " ")
	}
	return lines, nil
}

// labels returns the content of every label in the DOT of g.
func labels(t *testing.T, g Graph) [][]string {
	t.Helper()
	tokens, err := lex(string(g.dot(g.text())))
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for i, tok := range tokens {
		if tok.quoted && i >= 2 && tokens[i-1].text == "=" && tokens[i-2].text == "label" && tok.text != " " {
			lines, err := shown(tok.text)
			if err != nil {
				t.Fatalf("label %q: %v", tok.text, err)
			}
			out = append(out, lines)
		}
	}
	return out
}

// labeled returns a graph of one boundary and one step with the given texts.
func labeled(title, terms, step string) Graph {
	return Graph{
		Name: "labeled", Prefix: "x", Title: "Labeled",
		Boundaries: []Boundary{{ID: "b", Title: title, Terms: terms, Kind: Own}},
		Steps:      []Step{{ID: "s", Title: step, Boundary: "b"}},
	}
}

// FuzzLabel: whatever a label says, the DOT holds the same statements, and the label
// is shown as the lines that were meant.
func FuzzLabel(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	plain, err := lex(string(labeled("t", "", "s").dot(labeled("t", "", "s").text())))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := labeled("t", "", s)
		words := g.text()
		got := labels(t, g)
		if len(got) != 2 || fmt.Sprint(got[1]) != fmt.Sprint(words.steps[0]) {
			t.Fatalf("label %q is shown as %q, want %q", s, got, words.steps)
		}
		tokens, _ := lex(string(g.dot(words)))
		if len(tokens) != len(plain) {
			t.Fatalf("label %q changes the statements", s)
		}
	})
}

func TestEscapeKeepsRawText(t *testing.T) {
	// escape must hold by itself, for text that clean has not seen.
	for _, s := range hostile {
		tokens, err := lex("label=" + quote(s) + ";")
		if err != nil || len(tokens) != 4 {
			t.Errorf("quote(%q) is %d tokens (%v), want 4", s, len(tokens), err)
		}
	}
}

// TestHostileLabelsInTheRenderer draws every hostile text as step, title and terms,
// and finds it on the picture as text only.
func TestHostileLabelsInTheRenderer(t *testing.T) {
	draw := newRenderer(t)
	for _, s := range hostile {
		g := labeled("Title "+s, s, s)
		g.Title, g.Desc = s+"x", s
		g.Links = []Link{{From: "s", To: "s", Title: s}}
		words := g.text()
		svg, err := draw(g.dot(words))
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		pic, err := g.finish(words, svg)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		for _, bad := range []string{"<script", "<b>", "<!", "<?", "href=", "\u202E", "\u2066", "\x00", "labeled"} {
			if strings.Contains(string(pic.SVG), bad) {
				t.Errorf("%q: %q is in the picture", s, bad)
			}
		}
		for _, l := range words.steps[0] {
			if !strings.Contains(string(pic.SVG), ">"+escaped(l)+"</text>") {
				t.Errorf("%q: line %q is not in the picture", s, l)
			}
		}
	}
}

// TestDOTHasNoPaint: color, addresses, tooltips and styles beyond kinds of line never
// reach the renderer, and newrank always does.
func TestDOTHasNoPaint(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+$`)
	known := " rankdir newrank nodesep ranksep fontname fontsize labeljust height margin arrowsize id class style label shape width peripheries weight constraint dir rank "
	for _, g := range []Graph{replyDrafts("a"), twelve("b"), foreign("c")} {
		dot := string(g.dot(g.text()))
		if !strings.Contains(dot, "newrank=true") {
			t.Error("no newrank=true")
		}
		tokens, err := lex(dot)
		if err != nil {
			t.Fatal(err)
		}
		for i, tok := range tokens {
			if tok.text != "=" || tok.quoted {
				continue
			}
			if n := tokens[i-1].text; !name.MatchString(n) || !strings.Contains(known, " "+n+" ") {
				t.Errorf("attribute %q in DOT", n)
			}
		}
	}
}

// TestVersionIsTheModule holds the name that is part of every cache key against the
// module that is linked.
func TestVersionIsTheModule(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	path, version, _ := strings.Cut(engine.Version, " ")
	if !strings.Contains(string(mod), "/"+path+" "+version) {
		t.Errorf("engine.Version is %q, which go.mod does not require", engine.Version)
	}
}
