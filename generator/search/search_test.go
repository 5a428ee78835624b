package search_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"candor/generator/search"
)

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

func zipped(t testing.TB, data []byte) int {
	t.Helper()
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestSpeed) // as a busy host does
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

func indexOf(t testing.TB, entries []search.Entry) []byte {
	t.Helper()
	data, err := search.Index(entries)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSize holds the index of 2,000 answers to 150 kB, whatever they say: natural ones, very long ones, and ones that all are about other things.
func TestSize(t *testing.T) {
	w := newWriter(t)
	natural := w.entries(2000)
	long := w.entries(2000)
	for i := range long {
		long[i].Markdown = []byte(w.text(300))
	}
	for name, entries := range map[string][]search.Entry{"natural": natural, "long": long} {
		data := indexOf(t, entries)
		var file struct{ Terms, At, Weights string }
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		size := zipped(t, data)
		t.Logf("%s: %d bytes, %d compressed; %d terms, %d times an answer", name, len(data), size, strings.Count(file.Terms, "|")+1, len(file.Weights))
		if size > 150_000 {
			t.Errorf("%s: the index takes %d bytes", name, size)
		}
		if strings.Count(file.Terms, "|") < 3000 {
			t.Errorf("%s: a corpus of so few terms shows nothing", name)
		}
	}
}

// TestSameIndex makes the same bytes of the same answers, and other bytes of others.
func TestSameIndex(t *testing.T) {
	entries := newWriter(t).entries(100)
	first := indexOf(t, entries)
	for range 3 {
		if !bytes.Equal(first, indexOf(t, entries)) {
			t.Fatal("the same answers have another index")
		}
	}
	for name, change := range map[string]func(e *search.Entry){
		"question":   func(e *search.Entry) { e.Question = "Zebras?" },
		"also asked": func(e *search.Entry) { e.AlsoAsked = append(e.AlsoAsked, "Zebras?") },
		"answer":     func(e *search.Entry) { e.Markdown = []byte("**Zebras**") },
		"rest":       func(e *search.Entry) { e.Rest = []string{"zebras"} },
		"ids":        func(e *search.Entry) { e.IDs = []string{"Zebra"} },
	} {
		other := slices.Clone(entries)
		change(&other[50])
		if data := indexOf(t, other); !bytes.Contains(data, []byte("zebra")) {
			t.Errorf("%s: no answer is found by it", name)
		}
	}
}

// TestOddIndexes makes indexes of next to nothing.
func TestOddIndexes(t *testing.T) {
	for _, entries := range [][]search.Entry{nil, {{}}, {{Question: "?"}, {Question: "顧客データは学習に使われますか"}}, {{IDs: []string{"a|b", "", "c d"}}}} {
		var file map[string]any
		if err := json.Unmarshal(indexOf(t, entries), &file); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(file["answers"]); got != fmt.Sprint(len(entries)) {
			t.Errorf("%d answers are told as %s", len(entries), got)
		}
	}
}

// TestAReaderForgetsNothing makes an index after another one that had most of its answers, and from nothing.
func TestAReaderForgetsNothing(t *testing.T) {
	entries := newWriter(t).entries(60)
	r := &search.Reader{}
	for round := range 5 {
		entries[round*7].Markdown = []byte("Quite another one.")
		entries[round*7+1].IDs = []string{"X.1"}
		entries = slices.Delete(entries, round, round+1)
		again, err := r.Index(entries)
		if err != nil || !bytes.Equal(again, indexOf(t, entries)) {
			t.Fatalf("round %d: another index than from nothing, %v", round, err)
		}
	}
}

func BenchmarkAgain(b *testing.B) {
	entries := newWriter(b).entries(2000)
	r := &search.Reader{}
	for b.Loop() {
		entries[7].Question += " More?"
		if _, err := r.Index(entries); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	entries := newWriter(b).entries(2000)
	for b.Loop() {
		indexOf(b, entries)
	}
}
