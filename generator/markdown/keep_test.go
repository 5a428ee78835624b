package markdown_test

import (
	"bytes"
	"reflect"
	"testing"

	"candor/generator/markdown"
)

// FuzzKept has every document come back as it was kept, and anything else refused or read without harm.
func FuzzKept(f *testing.F) {
	f.Add([]byte("# A\n\ntext [l](/policies/) ![p](a.png) <script>x</script>\n\n## B {#b}\n\n```yaml\na: 1\n```\n"))
	f.Add(markdown.Append(nil, markdown.Document{Words: 3}, markdown.Fragment{Mark: "m", Dests: []string{"a"}, HTML: []byte("<p>m0.")}))
	f.Fuzz(func(t *testing.T, src []byte) {
		markdown.Restore(src)
		doc, fragment, ok := markdown.Compile(src, markdown.Options{TopLevel: 2})
		if !ok {
			return
		}
		kept := markdown.Append([]byte("before")[:0], doc, fragment)
		gotDoc, got, err := markdown.Restore(kept)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(gotDoc, doc) || got.Mark != fragment.Mark || !bytes.Equal(got.HTML, fragment.HTML) || len(got.Dests) != len(fragment.Dests) {
			t.Errorf("kept as %v, came back as %v", doc, gotDoc)
		}
		for i := range min(len(kept), 200) {
			if _, _, err := markdown.Restore(kept[:i]); err == nil {
				t.Errorf("the first %d of %d bytes pass for the whole", i, len(kept))
			}
		}
	})
}
