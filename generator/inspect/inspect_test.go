package main

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestPlantedFaults looks at a site in which each page has one fault: each is told, and nothing of the pages that have none.
func TestPlantedFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("browsers and checkers take their time")
	}
	archive, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		write(t, dir, f.Name, f.Data)
	}
	noise := make([]byte, 0, 250_000) // which no zip makes smaller than 150,000
	for r := rand.New(rand.NewPCG(1, 1)); len(noise) < cap(noise); {
		noise = append(noise, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"[r.IntN(64)])
	}
	write(t, dir, "heavy.js", append([]byte("// "), noise...))

	o := &order{tabs: 2}
	r, err := o.report(t.Context(), []string{"faults=" + dir})
	if errors.Is(err, errNoTools) || errors.Is(err, errNoBrowser) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range r.failures {
		told = append(told, f.Page+" "+f.Tool+": "+f.What)
		if f.Page == "/" || f.Page == "/404.html" {
			t.Errorf("nothing is wrong with %s, but %s says: %s, %s", f.Page, f.Tool, f.What, f.Where)
		}
	}
	all := strings.Join(told, "\n")
	for _, want := range strings.Split(strings.TrimSpace(string(archive.Comment)), "\n")[1:] {
		if !strings.Contains("\n"+all, "\n"+want) {
			t.Errorf("nobody says %q; they say:\n%s", want, about(told, want))
		}
	}
	r.print(io.Discard, o.sites, 0)
}

// about gives what is told of the page that an expectation names.
func about(told []string, want string) string {
	page, _, _ := strings.Cut(want, " ")
	var list []string
	for _, line := range told {
		if strings.HasPrefix(line, page+" ") {
			list = append(list, line)
		}
	}
	return strings.Join(list, "\n")
}

func write(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
