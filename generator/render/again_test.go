package render

import (
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/export"
	"candor/generator/output"
	"candor/generator/search"
)

// again gives the renderer of one job of several, with a sink that keeps what the one before wrote.
func again(m *Memory, sink output.Sink) *pageRenderer {
	r := &renderer{Job: Job{Memory: m, Sink: sink, Diags: &diag.List{}, Scan: func(string, []byte) ([]diag.Finding, bool) { return nil, true }}, run: m.begin()}
	return &pageRenderer{renderer: r}
}

// TestAnIndexIsMadeOnce makes the index of the answers of other answers alone.
func TestAnIndexIsMadeOnce(t *testing.T) {
	m, sink := &Memory{}, &output.Memory{}
	address := func(entries ...search.Entry) (string, []byte) {
		r := again(m, sink)
		a, err := r.Search(entries)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := r.Search(entries); b != a || err != nil {
			t.Fatalf("asked twice, it is at %s and %s, %v", a, b, err)
		}
		m.end(r.run)
		if data, ok := sink.Read(strings.TrimPrefix(a, "/")); !ok || len(data) == 0 {
			t.Fatalf("%s is not written", a)
		}
		sink = sink.Next()
		for _, x := range m.made.indexes {
			return a, x.data
		}
		return a, nil
	}
	entry := search.Entry{Question: "Is it encrypted?", Markdown: []byte("Yes.")}
	first, made := address(entry)
	same, kept := address(entry)
	if first != same || &made[0] != &kept[0] {
		t.Errorf("of the same answers it was made again: %s and %s", first, same)
	}
	entry.Markdown = []byte("No key leaves the vault.")
	if other, _ := address(entry); other == first {
		t.Error("another answer has the same index")
	}
}

// TestAnExportIsMadeOnce makes a file for machines of other facts alone.
func TestAnExportIsMadeOnce(t *testing.T) {
	m, sink := &Memory{}, &output.Memory{}
	made := 0
	run := func(from []string) string {
		r := again(m, sink)
		err := r.export(export.File{Path: "a.csv", From: from, Make: func() ([]byte, error) { made++; return []byte(strings.Join(from, ",")), nil }})
		if err != nil {
			t.Fatal(err)
		}
		m.end(r.run)
		data, _ := sink.Read("a.csv")
		sink = sink.Next()
		return string(data)
	}
	if one, two := run([]string{"a", "b"}), run([]string{"a", "b"}); one != "a,b" || two != one || made != 1 {
		t.Errorf("got %q and %q, made %d times", one, two, made)
	}
	if got := run([]string{"ab"}); got != "ab" || made != 2 {
		t.Errorf("got %q, made %d times", got, made)
	}
}
