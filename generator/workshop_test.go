package generator_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"candor/content"
	"candor/diagrams"
	"candor/generator"
	"candor/generator/cache"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/seal"
	"candor/themes"
)

// A desk is a site folder that somebody edits.
type desk struct {
	r     *rand.Rand
	good  map[string][]byte // as it was at first
	files fstest.MapFS
	new   int
}

func newDesk(t testing.TB, seed uint64) *desk {
	d := &desk{r: rand.New(rand.NewPCG(seed, 4)), good: starterFiles(t), files: fstest.MapFS{}}
	approved := regexp.MustCompile(`(?m)^approval_hash: .*\n`)
	d.good["content/shares/"+sealedID+".yaml"] = fmt.Appendf(nil, "for: Northwind\nanswers: [trains-on-customer-data, sso]\nexpires: 2027-01-31\ncheck: %q\n", sealing(t).Check(sealedID))
	for name, data := range d.good { // an edit of an approved text would be found each time
		d.good[name] = approved.ReplaceAll(data, nil)
		d.write(name, d.good[name])
	}
	return d
}

// sealedID is the id of the desk's sealed page.
const sealedID = "q7m2xk4vahn3zt5bpw6ydc2rse"

// sealing gives the secret of the desk's site.
func sealing(t testing.TB) seal.Secret {
	t.Helper()
	s, err := seal.ParseSecret(seal.SecretPrefix + strings.Repeat("a", seal.KeyLength))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) write(name string, data []byte) {
	d.files[name] = &fstest.MapFile{Data: data, Mode: 0o644, ModTime: time.Unix(int64(len(data)), 0)}
}

func (d *desk) names() []string { return slices.Sorted(maps.Keys(d.files)) }

func (d *desk) pick(names []string) string { return names[d.r.IntN(len(names))] }

func (d *desk) some(match string) string {
	var fit []string
	for _, name := range d.names() {
		if ok, _ := path.Match(match, name); ok {
			fit = append(fit, name)
		}
	}
	if len(fit) == 0 {
		return d.pick(d.names())
	}
	return d.pick(fit)
}

var (
	prose = regexp.MustCompile(`(?m)^([A-Z][a-z]+ .{20,}|  *(summary|purpose|description|answer|title): [A-Z].*)$`)
	word  = regexp.MustCompile(` [a-z]{4,} `)
)

// edit changes what a person would, and gives what was done and to which files.
func (d *desk) edit() (what string, paths []string) {
	switch n := d.r.IntN(20); {
	case n < 9:
		return d.reword()
	case n < 11:
		return d.add()
	case n < 12:
		from := d.some("content/*/*")
		to := path.Join(path.Dir(from), fmt.Sprintf("renamed-%d", d.new)+path.Ext(from))
		d.new++
		d.write(to, d.files[from].Data)
		delete(d.files, from)
		return "rename " + from + " to " + to, []string{from, to}
	case n < 13:
		name := d.some("content/*/*")
		delete(d.files, name)
		return "delete " + name, []string{name}
	case n < 15:
		name := d.pick(d.names())
		files := map[string][]byte{name: d.files[name].Data}
		scramble(d.r, files)
		if data, ok := files[name]; ok {
			d.write(name, data)
		} else {
			delete(d.files, name)
		}
		return "break " + name, []string{name}
	}
	return d.mend()
}

// reword puts another word into a sentence.
func (d *desk) reword() (string, []string) {
	name := d.some([]string{"content/policies/*.md", "content/answers/*.yaml", "content/subprocessors/*.yaml", "content/flows/*.yaml", "content/*.yaml", "content/updates/*.md"}[d.r.IntN(6)])
	data := d.files[name].Data
	lines := prose.FindAllIndex(data, -1)
	if len(lines) == 0 {
		return "leave " + name, []string{name}
	}
	line := lines[d.r.IntN(len(lines))]
	at := word.FindIndex(data[line[0]:line[1]])
	if at == nil {
		return "leave " + name, []string{name}
	}
	words := []string{"plainly", "often", "carefully", "seldom", "quietly"}
	d.write(name, slices.Concat(data[:line[0]+at[0]+1], []byte(d.pick(words)), data[line[0]+at[1]-1:]))
	return "reword " + name, []string{name}
}

// add writes a new file: a policy, a picture that a policy shows, a part of the theme or its style.
func (d *desk) add() (string, []string) {
	d.new++
	switch d.r.IntN(4) {
	case 0:
		name := fmt.Sprintf("content/policies/new-%d.md", d.new)
		d.write(name, d.files[d.some("content/policies/*.md")].Data)
		return "add " + name, []string{name}
	case 1:
		picture, policy := fmt.Sprintf("content/policies/picture-%d.png", d.new%3), d.some("content/policies/*.md")
		d.write(picture, []byte(fmt.Sprint("\x89PNG", d.new)))
		d.write(policy, slices.Concat(d.files[policy].Data, []byte("\n![A picture]("+path.Base(picture)+")\n")))
		return "show " + picture + " in " + policy, []string{picture, policy}
	case 2:
		d.write("themes/site/layout/crumbs.html", []byte(fmt.Sprintf("<p>Here %d</p>", d.new)))
		return "override crumbs.html", []string{"themes/site/layout/crumbs.html"}
	}
	d.write("themes/site/own.css", []byte(fmt.Sprintf("p { margin: %dpx }", d.new)))
	return "override own.css", []string{"themes/site/own.css"}
}

// mend gives all files back what they were, and takes new ones away.
func (d *desk) mend() (string, []string) {
	var paths []string
	for _, name := range d.names() {
		if was, ok := d.good[name]; !ok {
			delete(d.files, name)
		} else if !bytes.Equal(was, d.files[name].Data) {
			d.write(name, was)
		} else {
			continue
		}
		paths = append(paths, name)
	}
	for name, data := range d.good {
		if d.files[name] == nil {
			d.write(name, data)
			paths = append(paths, name)
		}
	}
	return fmt.Sprintf("mend %d files", len(paths)), paths
}

// input gives what to build.
func (d *desk) input(t *testing.T) generator.Input {
	t.Helper()
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	return generator.Input{Files: d.files, On: day, Draw: sketch, Secret: sealing(t), Themes: themes.BuiltIn()}
}

// sketch draws a picture that holds all words of the graph.
func sketch(_ context.Context, g diagrams.Graph) (diagrams.Picture, error) {
	said := ""
	if g.Plate != nil { // what it holds, not where it lies
		said, g.Plate = fmt.Sprint(*g.Plate), nil
	}
	return diagrams.Picture{SVG: []byte(`<svg role="img" viewBox="0 0 1 1"><title>` + html.EscapeString(fmt.Sprint(g, said)) + `</title></svg>`)}, nil
}

// spelled gives findings as they are printed.
func spelled(t *testing.T, findings []diag.Finding) string {
	t.Helper()
	var b strings.Builder
	if err := diag.WriteText(&b, findings, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestBuiltAgainIsBuiltAnew edits a site 300 times and holds what is built from the change alone against what is built from nothing: the same
// findings, and the same bytes in every file.
func TestBuiltAgainIsBuiltAnew(t *testing.T) {
	d := newDesk(t, 1)
	folder, clock := t.TempDir(), time.Now()
	now := func() time.Time { clock = clock.Add(time.Second); return clock }
	open := func() *generator.Workshop {
		return &generator.Workshop{Hold: d.r.IntN(2) == 0, Store: cache.Open(cache.Options{Folder: folder, Name: "site", Version: "1", Now: now})}
	}
	shop, shown := open(), &output.Memory{}
	step := generator.Step{All: true}
	passed, failed, fresh := 0, 0, 0
	for i := range 300 {
		what := "begin"
		if i > 0 {
			what, step.Changed = d.edit()
		}
		in := d.input(t)
		anew := &output.Memory{}
		want, err := generator.Build(context.Background(), in, anew)
		wantErr := fmt.Sprint(err)
		next := shown.Next()
		again, err := shop.Build(context.Background(), in, step, next)
		if fmt.Sprint(err) != wantErr {
			t.Fatalf("edit %d, %s: %v, want %v", i, what, err, wantErr)
		}
		if err == nil && spelled(t, again.Findings) != spelled(t, want.Findings) {
			t.Fatalf("edit %d, %s: found\n%s\nwant\n%s", i, what, spelled(t, again.Findings), spelled(t, want.Findings))
		}
		if err == nil && (again.Failed != want.Failed || again.Pages != want.Pages || again.Diagrams != want.Diagrams) {
			t.Fatalf("edit %d, %s: %v %d %d, want %v %d %d", i, what, again.Failed, again.Pages, again.Diagrams, want.Failed, want.Pages, want.Diagrams)
		}
		step = generator.Step{}
		switch {
		case err != nil || want.Failed:
			failed++
		default:
			passed++
			compareSites(t, fmt.Sprintf("edit %d, %s", i, what), next, anew)
			shown = next
			shown.Finish()
		}
		if d.r.IntN(25) == 0 { // the program is started again
			fresh++
			shop.Store.Close(true)
			shop, step = open(), generator.Step{All: true}
		}
	}
	t.Logf("%d builds passed, %d failed, %d new starts", passed, failed, fresh)
	if passed < 120 || failed < 60 || fresh < 5 {
		t.Errorf("%d builds passed, %d failed, %d new starts: too few of a kind to show anything", passed, failed, fresh)
	}
}

// compareSites holds one site against another, byte for byte.
func compareSites(t *testing.T, what string, got, want *output.Memory) {
	t.Helper()
	if bytes.Equal(got.Set().Manifest(), want.Set().Manifest()) {
		for _, f := range want.Set().Files() {
			g, _ := got.Read(f.Path)
			w, _ := want.Read(f.Path)
			if !bytes.Equal(g, w) {
				t.Fatalf("%s: %s is not what its hash says", what, f.Path)
			}
		}
		return
	}
	for _, f := range want.Set().Files() {
		g, _ := got.Read(f.Path)
		if w, _ := want.Read(f.Path); !bytes.Equal(g, w) {
			t.Fatalf("%s: %s is\n%s\nwant\n%s", what, f.Path, g, w)
		}
	}
	t.Fatalf("%s: files that should be gone: %d, want %d", what, got.Set().Len(), want.Set().Len())
}

// TestUnchangedPagesAreNotMadeAgain rewords one policy and counts what had to be written.
func TestUnchangedPagesAreNotMadeAgain(t *testing.T) {
	d := newDesk(t, 2)
	shop := &generator.Workshop{Hold: true}
	first := &output.Memory{}
	if report, err := shop.Build(context.Background(), d.input(t), generator.Step{All: true}, first); err != nil || report.Failed {
		t.Fatal(err, spelled(t, report.Findings))
	}
	const name = "content/policies/access-control.md"
	d.write(name, bytes.Replace(d.files[name].Data, []byte("\n## "), []byte("\nA sentence more.\n\n## "), 1))
	sink := &counting{Memory: first.Next()}
	if report, err := shop.Build(context.Background(), d.input(t), generator.Step{Changed: []string{name}}, sink); err != nil || report.Failed {
		t.Fatal(err, spelled(t, report.Findings))
	}
	slices.Sort(sink.put)
	if want := []string{"index.html", "policies/access-control/index.html", "print/index.html", "trust.json"}; !slices.Equal(sink.put, want) {
		t.Errorf("written: %q, want %q", sink.put, want)
	}
}

// TestWhoWaitsIsServedFirst has the page that somebody looks at in the sink before the others, and nothing told early of a site with a gap.
func TestWhoWaitsIsServedFirst(t *testing.T) {
	d := newDesk(t, 3)
	shop := &generator.Workshop{Hold: true}
	const page = "policies/access-control/index.html"
	site := &output.Memory{}
	early := -1
	step := generator.Step{All: true, First: []string{page}, Early: func(string) {
		early = site.Set().Len()
		if _, ok := site.Read(page); !ok {
			t.Error("the page is not there")
		}
	}}
	if report, err := shop.Build(context.Background(), d.input(t), step, site); err != nil || report.Failed {
		t.Fatal(err, spelled(t, report.Findings))
	}
	if early < 1 || early > 10 {
		t.Errorf("%d of %d files were there early", early, site.Set().Len())
	}
	d.write("content/site.yaml", bytes.Replace(d.files["content/site.yaml"].Data, []byte("\ncompany:"), []byte("\ncompani:"), 1))
	step = generator.Step{Changed: []string{"content/site.yaml"}, Early: func(string) { t.Error("a site with a gap is shown early") }}
	if report, err := shop.Build(context.Background(), d.input(t), step, site.Next()); err != nil || !report.Failed {
		t.Error("a misspelt key passes", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.write("content/site.yaml", d.good["content/site.yaml"])
	step = generator.Step{Changed: []string{"content/site.yaml"}, Early: func(string) { cancel() }}
	if _, err := shop.Build(ctx, d.input(t), step, site.Next()); !errors.Is(err, context.Canceled) {
		t.Errorf("a build that is called off ends with %v", err)
	}
	last := site.Next()
	if report, err := shop.Build(context.Background(), d.input(t), generator.Step{}, last); err != nil || report.Failed {
		t.Fatal(err, spelled(t, report.Findings))
	}
	anew := &output.Memory{}
	if _, err := generator.Build(context.Background(), d.input(t), anew); err != nil {
		t.Fatal(err)
	}
	compareSites(t, "after a build that was called off", last, anew)
}

// TestApprovedTextUnderWork has a policy that somebody writes shown, with a warning, and still refused by a build.
func TestApprovedTextUnderWork(t *testing.T) {
	d := newDesk(t, 6)
	const name, page = "content/policies/encryption.md", "policies/encryption/index.html"
	d.write(name, append(bytes.Clone(starterFiles(t)[name]), "\nA sentence that nobody has approved.\n"...))
	for _, writing := range []bool{true, false} {
		in, site := d.input(t), &output.Memory{}
		in.Writing = writing
		report, err := generator.Build(context.Background(), in, site)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(report.Findings, func(f diag.Finding) bool { return f.Rule == "POL03" && f.At.File.Path == name })
		if i < 0 || report.Failed == writing || (report.Findings[i].Severity == diag.Warning) != writing {
			t.Errorf("writing is %v: failed is %v, found\n%s", writing, report.Failed, spelled(t, report.Findings))
		}
		if data, _ := site.Read(page); bytes.Contains(data, []byte("nobody has approved")) != writing {
			t.Errorf("writing is %v, and the sentence is not where it should be", writing)
		}
	}
}

// TestNothingToDo builds a site twice from one store, and once more after a file of the site was changed by hand.
func TestNothingToDo(t *testing.T) {
	d := newDesk(t, 5)
	folder := t.TempDir()
	build := func(site *output.Memory) (*counting, generator.Report) {
		store := cache.Open(cache.Options{Folder: folder, Name: "site", Version: "1", Now: time.Now})
		sink := &counting{Memory: site}
		report, err := (&generator.Workshop{Store: store}).Build(context.Background(), d.input(t), generator.Step{All: true}, sink)
		if err != nil || report.Failed {
			t.Fatal(err, spelled(t, report.Findings))
		}
		if err := store.Close(true); err != nil {
			t.Fatal(err)
		}
		return sink, report
	}
	first, was := build(&output.Memory{})
	second, is := build(first.Next())
	compareSites(t, "built again", second.Memory, first.Memory)
	if len(second.put) > 0 || spelled(t, was.Findings) != spelled(t, is.Findings) || was.Pages != is.Pages || was.Diagrams != is.Diagrams || len(was.Exceptions) != len(is.Exceptions) {
		t.Errorf("%q were written again; found\n%s\nwant\n%s", second.put, spelled(t, is.Findings), spelled(t, was.Findings))
	}
	spoilt := &output.Memory{}
	for _, f := range first.Set().Files() {
		if data, _ := first.Read(f.Path); f.Path != "ai/index.html" {
			spoilt.Put(f.Path, data)
		} else {
			spoilt.Put(f.Path, []byte("spoilt"))
		}
	}
	third, _ := build(spoilt.Next())
	compareSites(t, "a spoilt page", third.Memory, first.Memory)
	if want := []string{"ai/index.html"}; !slices.Equal(third.put, want) {
		t.Errorf("written: %q, want %q", third.put, want)
	}
}

// A counting sink notes what was not kept.
type counting struct {
	*output.Memory
	mu  sync.Mutex
	put []string
}

func (c *counting) Put(path string, data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put = append(c.put, path)
	return c.Memory.Put(path, data)
}
