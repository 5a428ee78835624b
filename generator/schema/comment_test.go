package schema

import (
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"candor/generator/model"
	"candor/generator/parse"
)

func TestReadComments(t *testing.T) {
	comments, err := readComments(fstest.MapFS{"a.go": {Data: []byte(`package a

// A Step is one thing.
// It has two lines.
type Step struct {
	// where it stands
	//   - in: what comes in
	//   - out: what goes out: and more
	Stage string
	Note  string // for ourselves
	Bare  string
}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]comment{
		"Step":       {"A Step is one thing. It has two lines.", map[string]string{}},
		"Step.Stage": {"Where it stands.", map[string]string{"in": "What comes in.", "out": "What goes out: and more."}},
		"Step.Note":  {"For ourselves.", map[string]string{}},
		"Step.Bare":  {"", map[string]string{}},
	}
	if !reflect.DeepEqual(comments, want) {
		t.Errorf("got %q, want %q", comments, want)
	}
}

// TestWordsExist holds the words that a comment explains to those that the enumeration has.
func TestWordsExist(t *testing.T) {
	comments, err := readComments(model.Source)
	if err != nil {
		t.Fatal(err)
	}
	explained := 0
	for _, shape := range parse.Shapes() {
		eachField(shape.Root.Type, func(f parse.Field) {
			for word := range comments[nameOf(f)].words {
				explained++
				if !slices.Contains(f.Words, word) {
					t.Errorf("%s: the comment explains %q, which is none of its words", nameOf(f), word)
				}
			}
		})
	}
	if explained < 100 {
		t.Errorf("only %d words are explained", explained)
	}
}

// eachField visits every field that may be written in a type.
func eachField(t reflect.Type, visit func(parse.Field)) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if isScalar(t) || t.Kind() != reflect.Struct {
		return
	}
	for _, f := range parse.PlanOf(t).Fields {
		visit(f)
		eachField(f.Type, visit)
	}
}

func TestSpoken(t *testing.T) {
	for name, want := range map[string]string{"Flow": "flow", "UntrustedInput": "untrusted input", "AITerms": "AI terms", "DPA": "DPA"} {
		if got := spoken(name); got != want {
			t.Errorf("%s is spoken %q, want %q", name, got, want)
		}
	}
}
