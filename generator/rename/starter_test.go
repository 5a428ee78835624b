package rename_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator/amend"
	"candor/generator/amend/trial"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/rename"
	"candor/generator/source"
)

const on = "2026-11-23"

// starter gives the files of the starter content.
func starter(t testing.TB) fstest.MapFS {
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(content.Files, name)
		files["content/"+name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil || len(files) < 50 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	return files
}

// remembering gives a folder whose check remembers what it gave for the same files.
func remembering(t testing.TB, files fstest.MapFS, known map[[32]byte]amend.Content) amend.Folder {
	f := trial.Folder(t, files, on)
	check := f.Check
	f.Check = func(fsys fs.FS) (amend.Content, error) {
		sum := sha256.New()
		_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				data, _ := fs.ReadFile(fsys, name)
				fmt.Fprintf(sum, "%s %d %s", name, len(data), data)
			}
			return nil
		})
		key := [32]byte(sum.Sum(nil))
		if c, ok := known[key]; ok {
			return c, nil
		}
		c, err := check(fsys)
		if len(known) > 3 {
			clear(known)
		}
		known[key] = c
		return c, err
	}
	return f
}

var every = flag.Bool("every", false, "rename every record of the starter, not three of each kind: some minutes")

// TestStarter renames records of the starter content, all with -every, each alone: nothing says the old name then but its alias and permalinks.yaml, no finding comes up,
// every file that had nothing to do with it is as it was, and renamed back everything is byte for byte as before, but for the alias.
func TestStarter(t *testing.T) {
	files := starter(t)
	known := map[[32]byte]amend.Content{}
	before, err := remembering(t, files, known).Check(files)
	if err != nil {
		t.Fatal(err)
	}
	all, kinds := map[model.Kind]int{}, map[model.Kind]int{}
	for _, r := range before.Site.All() {
		all[r.Key().Kind]++
	}
	for _, r := range before.Site.All() {
		k := r.Key()
		step := max(1, all[k.Kind]/3)
		if kinds[k.Kind]++; k == (model.Key{Kind: model.KindDataClass, ID: model.CustomerBoundary}) || !*every && kinds[k.Kind]%step != 0 {
			continue
		}
		t.Run(strings.ReplaceAll(k.String(), ":", "/"), func(t *testing.T) { thereAndBack(t, files, known, before, k) })
	}
	for _, k := range []model.Kind{"topic", "step"} {
		kinds[k]++
		for _, n := range rename.Names(before.Site, k)[:3] {
			within(t, files, known, rename.Order{Kind: k, Old: n.ID, New: "anew"})
		}
	}
	for _, k := range rename.Kinds {
		if kinds[k] == 0 {
			t.Errorf("the starter has no %s", k)
		}
	}
}

// isForUs reports whether a place that was left is neither in a comment nor in a table that is published as it is.
func isForUs(at source.Span) bool {
	return !strings.HasSuffix(at.File.Path, ".csv") && !strings.HasPrefix(at.File.Line(at.Position().Line), "#")
}

func thereAndBack(t *testing.T, original fstest.MapFS, known map[[32]byte]amend.Content, before amend.Content, k model.Key) {
	files := maps.Clone(original)
	f := remembering(t, files, known)
	now := k.ID + "-anew"
	result, err := rename.Run(f, rename.Order{Kind: k.Kind, Old: k.ID, New: now})
	if err != nil || len(result.Findings) > 0 || slices.ContainsFunc(result.Left, isForUs) {
		t.Fatalf("%v, findings %v, left %v", err, result.Findings, result.Left)
	}
	after, err := f.Check(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Findings) != len(before.Findings) {
		t.Errorf("%d findings became %d", len(before.Findings), len(after.Findings))
	}
	for _, m := range link.Mentions(after.Site) {
		if m.To.Key().Kind == k.Kind && m.ID() == k.ID {
			t.Errorf("%v is still %q", m.At.Position(), m.Value)
		}
	}
	if a, b := len(link.Mentions(after.Site)), len(link.Mentions(before.Site)); a != b {
		t.Errorf("%d mentions became %d", b, a)
	}
	if r := after.Site.Find(k.Kind, now); r == nil || r.Key().ID != now {
		t.Errorf("no %s %q", k.Kind, now)
	}
	if old := model.Address(before.Site.Find(k.Kind, k.ID)); old != "" && after.Site.Find(k.Kind, k.ID) == nil {
		t.Errorf("%s leads nowhere", old)
	}
	stillNamed(t, files, k)
	back, err := rename.Run(f, rename.Order{Kind: k.Kind, Old: now, New: k.ID})
	if err != nil || len(back.Findings) > 0 {
		t.Fatalf("back: %v, findings %v", err, back.Findings)
	}
	for _, name := range slices.Sorted(maps.Keys(original)) {
		if files[name] == nil {
			t.Errorf("%s is gone", name)
		} else if got := withoutAliases(files[name].Data, now); !bytes.Equal(got, original[name].Data) {
			t.Errorf("%s is now\n%s", name, got)
		}
	}
	if len(files) != len(original) {
		t.Errorf("%d files became %d", len(original), len(files))
	}
}

// within renames a topic, or a step of a flow, and renames it back: then every byte is as before.
func within(t *testing.T, original fstest.MapFS, known map[[32]byte]amend.Content, order rename.Order) {
	files := maps.Clone(original)
	f := remembering(t, files, known)
	r, err := rename.Run(f, order)
	if err != nil || len(r.Findings) > 0 || r.Mended == 0 {
		t.Errorf("%v: %v, %d mended, findings %v", order, err, r.Mended, r.Findings)
	}
	flow, old, ok := strings.Cut(order.Old, "/")
	if order.Old, order.New = order.New, order.Old; ok {
		order.Old, order.New = flow+"/"+order.Old, old
	}
	if _, err := rename.Run(f, order); err != nil || !equal(files, original) {
		t.Errorf("%v: back again, files differ: %v", order, err)
	}
}

// stillNamed looks for the old name in the form of a citation, an address or a path. A picture or table that is published as it is, is told, and left.
func stillNamed(t *testing.T, files fstest.MapFS, k model.Key) {
	forms := []string{regexp.QuoteMeta(k.String())}
	if address := model.AddressFor(k); address != "" {
		forms = append(forms, regexp.QuoteMeta(strings.TrimSuffix(address, "/")))
	}
	if k.Kind == model.KindPolicy || k.Kind == model.KindUpdate {
		forms = append(forms, `[(/]`+regexp.QuoteMeta(k.ID)+`\.md`)
	}
	old := regexp.MustCompile(`(` + strings.Join(forms, "|") + `)($|[^a-z0-9.-]|\.($|[^a-z]))`)
	for name, f := range files {
		if found := old.Find(f.Data); found != nil && name != "content/permalinks.yaml" && !strings.HasSuffix(name, ".csv") {
			t.Errorf("%s still says %s", name, found)
		}
	}
}

var aliasLine = regexp.MustCompile(`(?m)^ *aliases: \[[^\]]*\]\n|, aliases: \[[^\]]*\]`)

// withoutAliases takes a name out of the aliases that it stands in, and a list with it that is empty then.
func withoutAliases(data []byte, name string) []byte {
	return aliasLine.ReplaceAllFunc(data, func(found []byte) []byte {
		own := regexp.MustCompile(`[a-z0-9.-]*` + regexp.QuoteMeta("-anew") + `[a-z0-9.-]*`)
		switch line := own.ReplaceAll(found, nil); {
		case bytes.Equal(line, found):
			return found
		case bytes.Contains(line, []byte("[]")), bytes.Contains(line, []byte("[, ]")):
			return nil
		default:
			return bytes.Replace(line, []byte(", ]"), []byte("]"), 1)
		}
	})
}
