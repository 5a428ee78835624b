package generator_test

import (
	"bufio"
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/diag"
	"candor/generator/model"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what mutants give into the table of owners")

const tableName = "testdata/mutants.txt"

// An outcome is what a mutant gives: the rules of its findings, "builds" for none.
type outcome struct {
	rules  string // "SUB05", "ANS02*3 SUB05", "builds"
	reason string // of one that builds
}

// unless the table says otherwise, these mutations are refused while the file is read.
var refused = map[string]bool{"type": true, "empty": true, "unknown": true}

// TestMutants breaks every field of every kind of content, one at a time, and holds what comes of it against the table of owners: a mutant
// gives exactly the findings that the table says, or builds, for the reason that stands there.
func TestMutants(t *testing.T) {
	files := richStarter(t)
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	if findings := checked(t, files, day); len(findings) > 0 {
		for _, f := range findings {
			t.Errorf("%s: %s [%s]", diag.Place(f.At), f.Message, f.Rule)
		}
		t.Fatal("the content that mutants are made of is not in order")
	}
	mutants, absent := breed(t, files)
	for _, p := range absent {
		if p.String() != "subprocessor.exceptions.in" { // which can stand in site.yaml alone, and is broken there
			t.Errorf("no content has the field %s: write it in testdata/rich.txtar", p)
		}
	}
	results := make([]string, len(mutants))
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				changed := maps.Clone(files)
				changed[mutants[i].file] = mutants[i].data
				results[i] = summary(checked(t, changed, day))
			}
		})
	}
	for i := range mutants {
		next <- i
	}
	close(next)
	wg.Wait()
	compareMutants(t, mutants, results)
}

// A mutant is the content with one field broken.
type mutant struct {
	name string // "subprocessor.dpa remove"
	kind string // of mutation
	file string
	data []byte
}

// breed makes all mutants, and gives the fields that nothing in the content has.
func breed(t *testing.T, files map[string][]byte) (all []mutant, absent []place) {
	t.Helper()
	for _, k := range kinds {
		for _, p := range places(k) {
			if _, ok := find(t, files, p); !ok {
				absent = append(absent, p)
				continue
			}
			for _, m := range mutations(p) {
				w, _ := find(t, files, p) // anew: the change is made in its nodes
				if m.change == nil {
					w.parent.Content = slices.Delete(w.parent.Content, w.index, w.index+2)
				} else {
					w.parent.Content[w.index+1] = m.change(w.value())
				}
				all = append(all, mutant{p.String() + " " + m.name, m.name, w.file, w.doc.bytes(t)})
			}
		}
	}
	return all, absent
}

// checked gives what is found in content.
func checked(t *testing.T, files map[string][]byte, day model.Day) []diag.Finding {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	c, err := generator.Check(generator.Input{Files: fsys, On: day})
	if err != nil {
		t.Error(err)
		return nil
	}
	return c.Findings.Findings()
}

// summary gives the rules of findings, sorted, each with its count where that is not one.
func summary(findings []diag.Finding) string {
	counts := map[string]int{}
	for _, f := range findings {
		counts[f.Rule]++
	}
	var parts []string
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		if n := counts[rule]; n > 1 {
			rule = fmt.Sprintf("%s*%d", rule, n)
		}
		parts = append(parts, rule)
	}
	return cmp.Or(strings.Join(parts, " "), "builds")
}

// compareMutants holds outcomes against the table, and prints the score.
func compareMutants(t *testing.T, mutants []mutant, results []string) {
	t.Helper()
	table := readTable(t)
	killed, excused := 0, 0
	named := map[string]bool{}
	var out strings.Builder
	for i, m := range mutants {
		named[m.name] = true
		want, listed := table[m.name]
		if !listed && refused[m.kind] {
			want.rules = "SCH01"
		}
		got := results[i]
		reason := want.reason
		if got == "builds" && reason == "" {
			reason = "?"
		}
		if got != "SCH01" || !refused[m.kind] {
			row(&out, m.name, got, reason)
		}
		switch {
		case got != want.rules:
			t.Errorf("%s gives %s, the table of owners says %s", m.name, got, cmp.Or(want.rules, "nothing"))
		case got == "builds" && (reason == "?" || len(reason) < 8):
			t.Errorf("%s builds, and the table gives no reason", m.name)
		case got == "builds":
			excused++
		default:
			killed++
		}
	}
	for name := range table {
		if !named[name] {
			t.Errorf("%s: no such mutant as %q", tableName, name)
		}
	}
	t.Logf("mutation score: %d mutants, %d killed, %d excused, %d not as the table of owners says", len(mutants), killed, excused, len(mutants)-killed-excused)
	if *update {
		if err := os.WriteFile(tableName, []byte(tableHead+out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const tableHead = `# The table of owners: for each field of the content and each way of breaking it, the rules that say so, or "builds" with the reason why it may.
# What is not listed of type, empty and unknown gives one finding of SCH01. Written by "go test ./generator -run TestMutants -update"; reasons are written by hand.
`

func row(b *strings.Builder, name, rules, reason string) {
	field, how, _ := strings.Cut(name, " ")
	line := fmt.Sprintf("%-46s %-8s %s", field, how, rules)
	if rules == "builds" {
		line += ": " + reason
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

func readTable(t *testing.T) map[string]outcome {
	t.Helper()
	data, err := os.ReadFile(tableName)
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]outcome{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		if len(words) < 3 {
			t.Fatalf("%s: %q", tableName, line)
		}
		o := outcome{rules: strings.Join(words[2:], " ")}
		if rest, ok := strings.CutPrefix(o.rules, "builds: "); ok {
			o = outcome{"builds", rest}
		}
		table[words[0]+" "+words[1]] = o
	}
	return table
}

// richStarter gives the starter, with what it leaves out and an author may write added.
func richStarter(t testing.TB) map[string][]byte {
	t.Helper()
	files := starterFiles(t)
	archive, err := txtar.ParseFile("testdata/rich.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "append "); ok {
			files[name] = append(bytes.Clone(files[name]), f.Data...)
		} else if name, ok := strings.CutPrefix(f.Name, "edit "); ok {
			files[name] = edited(t, name, string(files[name]), string(f.Data))
		} else {
			files[f.Name] = f.Data
		}
	}
	return files
}

// edited puts lines in the place of others, of each the first.
func edited(t testing.TB, name, text, changes string) []byte {
	t.Helper()
	at := 0 // where the next line goes
	for line := range strings.Lines(changes) {
		if added, ok := strings.CutPrefix(line, "+ "); ok {
			text = text[:at] + added + text[at:]
			at += len(added)
			continue
		}
		old := strings.TrimPrefix(line, "- ")
		i := strings.Index("\n"+text, "\n"+old)
		if i < 0 {
			t.Fatalf("%s has no line %q", name, old)
		}
		text = text[:i] + text[i+len(old):]
		at = i
	}
	return []byte(text)
}
