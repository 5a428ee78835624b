package render_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"candor/diagrams"
	"candor/generator/diag"
	"candor/generator/export"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
)

// TestEveryByteIsScanned holds every file that is written against what was shown to Scan, and the other way round.
func TestEveryByteIsScanned(t *testing.T) {
	files := folder(t)
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	var mu sync.Mutex
	scanned := map[string]string{}
	j.Scan = func(path string, data []byte) ([]diag.Finding, bool) {
		mu.Lock()
		defer mu.Unlock()
		scanned[strings.TrimPrefix(path, "content/")] = string(data) // the content's own files go by the name that their author knows
		if path == "policies/index.html" {
			return []diag.Finding{{Rule: "LEK01", Message: "this comes out"}}, true
		}
		return nil, true
	}
	done, err := render.Pages(context.Background(), j)
	if err != nil {
		t.Fatal(err)
	}
	eachFile(m, func(path string, data []byte) {
		if scanned[path] != string(data) {
			t.Errorf("%s was not scanned as it is written", path)
		}
	})
	if n := m.Set().Len(); n != len(scanned) || done.Pages != len(j.Pages) || done.Diagrams == 0 {
		t.Errorf("%d files, %d scanned, %d pages of %d, %d diagrams", n, len(scanned), done.Pages, len(j.Pages), done.Diagrams)
	}
	if f := j.Diags.Findings(); len(f) != 1 || f[0].Rule != "LEK01" {
		t.Errorf("findings are %v", f)
	}
}

// TestSameInputSameBytes renders the starter with one processor and with several.
func TestSameInputSameBytes(t *testing.T) {
	files := folder(t)
	first := rendered(t, files, siteOf(t, files), page.Options{}).Set().Digest()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if rendered(t, files, siteOf(t, files), page.Options{}).Set().Digest() != first {
		t.Error("another number of processors gives other bytes")
	}
}

// TestDiagramThatCannotBeDrawn is a finding at the flow, and the other pages are made all the same.
func TestDiagramThatCannotBeDrawn(t *testing.T) {
	files := folder(t)
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	j.Draw = func(ctx context.Context, g diagrams.Graph) (diagrams.Picture, error) {
		if g.Name == "billing" {
			return diagrams.Picture{}, &diagrams.Fault{Graph: g.Name, Reason: diagrams.Hung, Detail: "10 s"}
		}
		return words(ctx, g)
	}
	done, err := render.Pages(context.Background(), j)
	if err != nil || done.Pages != len(j.Pages) {
		t.Fatalf("%d pages of %d, %v", done.Pages, len(j.Pages), err)
	}
	f := j.Diags.Findings()
	if len(f) != 1 || f[0].Rule != "LEK03" || f[0].At.Position().Path != "content/flows/billing.yaml" || !strings.Contains(f[0].Message, `"billing"`) {
		t.Errorf("findings are %+v", f)
	}
}

// TestMachineTrouble stops at an error of the renderer, the sink or the caller, and gives it back.
func TestMachineTrouble(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	trouble := errors.New("no child process")
	j := job(t, files, site, page.Options{}, &output.Memory{})
	j.Draw = func(context.Context, diagrams.Graph) (diagrams.Picture, error) { return diagrams.Picture{}, trouble }
	if _, err := render.Pages(context.Background(), j); !errors.Is(err, trouble) || !strings.Contains(err.Error(), "data-flows/") {
		t.Errorf("error is %v", err)
	}
	j = job(t, files, site, page.Options{}, fullDisk{})
	if _, err := render.Pages(context.Background(), j); !errors.Is(err, errFull) {
		t.Errorf("error is %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := render.Pages(ctx, job(t, files, site, page.Options{}, &output.Memory{})); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

var errFull = errors.New("the disk is full")

type fullDisk struct{}

func (fullDisk) Put(string, []byte) error { return errFull }

// TestNoDiagrams makes every flow's page without a renderer, and says so on it.
func TestNoDiagrams(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	m := &output.Memory{}
	j := job(t, files, site, page.Options{NoDiagrams: true}, m)
	j.Draw = nil
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	data, _ := m.Read("data-flows/reply-drafts/index.html")
	if !strings.Contains(string(data), "without pictures") {
		t.Error("the page does not say that pictures are missing")
	}
	if slices.ContainsFunc(j.Pages, func(p page.Page) bool { return p.Draws }) {
		t.Error("a page is said to draw")
	}
}

// TestLastKnowsAllOthers makes a file of the paths of all others, which is scanned, written and listed as they are.
func TestLastKnowsAllOthers(t *testing.T) {
	files := folder(t)
	m := &output.Memory{}
	j := job(t, files, siteOf(t, files), page.Options{}, m)
	var told []string
	j.Last = func(paths []string) []export.File {
		told = paths
		return []export.File{{Path: "_last", Data: []byte("all")}}
	}
	scanned := false
	j.Scan = func(path string, data []byte) ([]diag.Finding, bool) {
		if path == "_last" {
			scanned = true
		}
		return nil, true
	}
	done, err := render.Pages(context.Background(), j)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range done.Files {
		if f.Path != "_last" {
			all = append(all, f.Path)
		}
	}
	if data, ok := m.Read("_last"); string(data) != "all" || !ok || !scanned || len(done.Files) != len(all)+1 {
		t.Errorf("%q was written, scanned: %v", data, scanned)
	}
	if !slices.Equal(told, all) {
		t.Errorf("it was made of %d paths, and there are %d", len(told), len(all))
	}
}
