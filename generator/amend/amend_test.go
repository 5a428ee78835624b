package amend_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/amend"
	"candor/generator/amend/trial"
	"candor/generator/diag"
	"candor/generator/source"
)

// patched applies a unified diff of one file, as patch does, and is strict about its counts and its context.
func patched(old, diff string) (string, error) {
	lines := slices.Collect(strings.Lines(old))
	var out []string
	done := 0
	rest := slices.Collect(strings.Lines(strings.ReplaceAll(diff, "\n\\ No newline at end of file\n", "\x00\n")))
	for i, line := range rest {
		rest[i] = strings.TrimSuffix(line, "\x00\n")
	}
	for i := 0; i < len(rest); i++ {
		var from, count, to, now int
		if n, _ := fmt.Sscanf(rest[i], "@@ -%d,%d +%d,%d @@", &from, &count, &to, &now); n != 4 {
			continue
		}
		out = append(out, lines[done:from-1]...)
		done = from - 1
		if len(out) != to-1 {
			return "", fmt.Errorf("the hunk says that it begins in line %d, not in %d", to, len(out)+1)
		}
		for count > 0 || now > 0 {
			i++
			mark, text := rest[i][0], rest[i][1:]
			if mark != '+' {
				if lines[done] != text {
					return "", fmt.Errorf("line %d is %q, not %q", done+1, lines[done], text)
				}
				done, count = done+1, count-1
			}
			if mark != '-' {
				out, now = append(out, text), now-1
			}
		}
	}
	return strings.Join(append(out, lines[done:]...), ""), nil
}

// TestDiff makes edits at random, and finds that patching the old file with the diff gives the new one.
func TestDiff(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var text strings.Builder
		for n := range 1 + random.IntN(30) {
			fmt.Fprintf(&text, "line %d\n", n%3)
		}
		old := strings.TrimSuffix(text.String(), []string{"", "\n"}[random.IntN(2)])
		f := source.NewFile("content/a.yaml", []byte(old))
		var edits []source.Edit
		for at := random.IntN(20); at < len(old); at += 1 + random.IntN(60) {
			end := min(at+random.IntN(9), len(old))
			edits = append(edits, source.Edit{At: f.Span(at, end), Text: []string{"", "x", "new\n", "a\nb"}[random.IntN(4)]})
			at = end
		}
		c, err := amend.Plan(fstest.MapFS{f.Path: {Data: f.Data}}, f, edits, "")
		if err != nil {
			t.Fatal(err)
		}
		want := string(source.Apply(f.Span(0, len(old)), edits))
		if got, err := patched(old, amend.Diff([]*amend.Change{c})); err != nil || got != want {
			t.Fatalf("%v: %q became %q, want %q, by\n%s", err, old, got, want, amend.Diff([]*amend.Change{c}))
		}
	}
}

// twoFiles gives a folder with two files, a change of each, the second of which gets another name.
func twoFiles(t *testing.T) (amend.Folder, fstest.MapFS, []*amend.Change) {
	files := fstest.MapFS{"content/flows/a.yaml": {Data: []byte("a: 1\r\n")}, "content/flows/b.yaml": {Data: []byte("b: 1\n")}}
	f := trial.Folder(t, files, "2026-11-23")
	a, b := source.NewFile("content/flows/a.yaml", []byte("a: 1\n")), source.NewFile("content/flows/b.yaml", []byte("b: 1\n"))
	first, err := amend.Plan(files, a, []source.Edit{{At: a.Span(3, 4), Text: "2\nc: 3"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	second, err := amend.Plan(files, b, []source.Edit{{At: b.Span(3, 4), Text: "2"}}, "content/flows/0.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return f, files, []*amend.Change{first, second}
}

// holding gives what files hold, in the order of their names.
func holding(files fs.FS) string {
	var out strings.Builder
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, _ := fs.ReadFile(files, name)
			info, err := d.Info()
			fmt.Fprintf(&out, "%s %q %v\n", strings.TrimPrefix(name, "content/flows/"), data, err == nil && info.Size() == int64(len(data)) && info.Name() == d.Name())
		}
		return nil
	})
	return out.String()
}

const before, after = "a.yaml \"a: 1\\r\\n\" true\nb.yaml \"b: 1\\n\" true\n", "0.yaml \"b: 2\\n\" true\na.yaml \"a: 2\\r\\nc: 3\\r\\n\" true\n"

// TestOver shows files as Apply leaves them, while they are as they were.
func TestOver(t *testing.T) {
	f, files, changes := twoFiles(t)
	over := amend.Over(files, changes)
	if got := holding(over); got != after {
		t.Errorf("over them is\n%s", got)
	}
	if _, err := fs.ReadFile(over, "content/flows/b.yaml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old name: %v", err)
	}
	if got := holding(files); got != before {
		t.Errorf("below them is\n%s", got)
	}
	if kept, err := f.Apply(changes, func() (bool, error) { return true, nil }); !kept || err != nil || holding(files) != after {
		t.Errorf("%v, %v: there is\n%s", kept, err, holding(files))
	}
}

// TestApply puts everything back, whatever goes wrong.
func TestApply(t *testing.T) {
	trouble := errors.New("trouble")
	for name, spoil := range map[string]func(f *amend.Folder, files fstest.MapFS) (judge func() (bool, error)){
		"it does not hold": func(*amend.Folder, fstest.MapFS) func() (bool, error) {
			return func() (bool, error) { return false, nil }
		},
		"it cannot be seen": func(*amend.Folder, fstest.MapFS) func() (bool, error) {
			return func() (bool, error) { return true, trouble }
		},
		"no new name": func(f *amend.Folder, files fstest.MapFS) func() (bool, error) {
			f.Move = func(string, string) error { return trouble }
			return func() (bool, error) { return true, nil }
		},
		"no write": func(f *amend.Folder, files fstest.MapFS) func() (bool, error) {
			write := f.Write
			f.Write = func(path string, data []byte) error {
				if strings.Contains(string(data), "b: 2") {
					return trouble
				}
				return write(path, data)
			}
			return func() (bool, error) { return true, nil }
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, files, changes := twoFiles(t)
			kept, err := f.Apply(changes, spoil(&f, files))
			if kept || name != "it does not hold" && !errors.Is(err, trouble) || holding(files) != before {
				t.Errorf("%v, %v: there is\n%s", kept, err, holding(files))
			}
		})
	}
	f, files, changes := twoFiles(t)
	files["content/flows/b.yaml"] = &fstest.MapFile{Data: []byte("b: 7\n")}
	if kept, err := f.Apply(changes, func() (bool, error) { return true, nil }); kept || err == nil || err.Error() != "content/flows/b.yaml was changed while it was read" || !strings.HasPrefix(holding(files), before[:8]) {
		t.Errorf("changed meanwhile: %v, %v\n%s", kept, err, holding(files))
	}
}

// TestNew counts findings of one kind, and knows them by another name.
func TestNew(t *testing.T) {
	of := func(messages ...string) (all []diag.Finding) {
		for _, m := range messages {
			all = append(all, diag.Finding{Rule: "X", Message: m})
		}
		return all
	}
	renamed := func(s string) string { return strings.ReplaceAll(s, "new", "old") }
	if got := amend.New(of("old", "a", "a"), of("new", "a", "a", "a", "b"), renamed); len(got) != 2 || got[0].Message != "a" || got[1].Message != "b" {
		t.Errorf("got %v", got)
	}
	if got := amend.New(of("old"), of("new"), nil); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}
