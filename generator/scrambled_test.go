package generator_test

import (
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"candor/content"
	"candor/generator"
	"candor/generator/diag"
	"candor/generator/model"
)

// TestScrambledContent checks content in which lines went, came twice, changed places or were cut short, in several files at once: whatever is
// found, nothing stumbles over it, and every form of output can say it.
func TestScrambledContent(t *testing.T) {
	files := richStarter(t)
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	found, seeds := 0, uint64(120)
	if testing.Short() {
		seeds = 15
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 9))
		scrambled := maps.Clone(files)
		for range 1 + r.IntN(4) {
			scramble(r, scrambled)
		}
		findings := checked(t, scrambled, day)
		found += len(findings)
		run := diag.Run{Findings: findings, Rules: generator.Rules(), On: content.Day}
		for _, write := range []func(io.Writer, diag.Run) error{diag.WriteJSON, diag.WriteSARIF, diag.WriteGitHub} {
			if err := write(io.Discard, run); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
		}
		if err := diag.WriteText(io.Discard, findings, diag.Style{}); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
	if found < 8*int(seeds) {
		t.Errorf("only %d findings: little was scrambled", found)
	}
}

// scramble changes one file.
func scramble(r *rand.Rand, files map[string][]byte) {
	names := slices.Sorted(maps.Keys(files))
	name := names[r.IntN(len(names))]
	lines := strings.SplitAfter(string(files[name]), "\n")
	i, j := r.IntN(len(lines)), r.IntN(len(lines))
	switch r.IntN(7) {
	case 0:
		lines = slices.Delete(lines, i, i+1)
	case 1:
		lines = slices.Insert(lines, i, lines[j])
	case 2:
		if colon := strings.IndexByte(lines[i], ':'); colon > 0 {
			values := []string{"[]", "{}", "", "x", "[x, y]", "{a: b}", "7", "2026-01-01", "~"}
			lines[i] = lines[i][:colon+1] + " " + values[r.IntN(len(values))] + "\n"
		}
	case 3:
		lines = lines[:i]
	case 4:
		delete(files, name)
		return
	case 5:
		lines[i], lines[j] = lines[j], lines[i]
	case 6:
		data := []byte(strings.Join(lines, ""))
		if len(data) > 0 {
			data[r.IntN(len(data))] = byte(r.IntN(128))
		}
		files[name] = data
		return
	}
	files[name] = []byte(strings.Join(lines, ""))
}
