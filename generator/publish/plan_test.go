package publish_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"candor/generator/publish"
)

// planned looks and plans, and writes the steps as lines.
func planned(t testing.TB, m *memory, s site, o publish.Options) (*publish.Plan, string, error) {
	t.Helper()
	there, err := publish.Look(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := publish.NewPlan(s.open(t), there, m.Manner(), o)
	if err != nil {
		return nil, "", err
	}
	var lines []string
	for _, step := range plan.Steps {
		lines = append(lines, fmt.Sprintf("%s: %s (%s)", step.Phase, step.Path, step.Reason))
	}
	return plan, strings.Join(lines, "\n"), nil
}

func smallSketch() *sketch {
	return &sketch{pages: []string{"", "a", "b"}, day: 1, wordy: map[string]int{}, feed: true}
}

// TestOrderAndReasons shows what a plan says of each sort of change.
func TestOrderAndReasons(t *testing.T) {
	m := newMemory()
	s := smallSketch()
	mustUpload(t, m, s.draw(), options(0))
	delete(m.objects, "404.html")                                           // somebody deleted it
	delete(m.data, "404.html")                                              //
	m.put("sitemap.xml", []byte("by hand"), publish.Attributes{})           // somebody changed it
	m.put("theirs.txt", []byte("theirs"), publish.Attributes{})             // somebody put it there
	n := &sketch{pages: []string{"", "a", "c"}, day: 2, styles: 1, logo: 1} // the feed is gone
	plan, got, err := planned(t, m, n.draw(), options(1))
	if err != nil {
		t.Fatal(err)
	}
	want := `new files: assets/site.` + "xxxxxxxx" + `.css (new)
new pages: c/index.html (new)
page for wrong addresses: 404.html (missing there)
changed files: brand/logo.svg (changed)
changed pages: a/index.html (changed)
changed pages: index.html (changed)
changed lists: sitemap.xml (altered there by somebody else)
changed lists: trust.json (changed)
manifest: SHA256SUMS (changed)
lists that are gone: feed.atom (no part of the site any more)
pages that are gone: b/index.html (no part of the site any more)`
	if i := strings.Index(got, "site."); i < 0 || strings.Replace(got, got[i+5:i+13], "xxxxxxxx", 1) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if plan.Kept != 2 || len(plan.Foreign) != 1 || plan.Foreign[0] != "theirs.txt" || len(plan.Retired) != 1 || plan.First || plan.Resumed {
		t.Errorf("%d kept, %q, %+v", plan.Kept, plan.Foreign, plan.Retired)
	}
}

// TestOldAssetsStay keeps a style sheet that went out of use for an hour, gives it back its place when it is used again, and deletes it at once when that is asked for.
func TestOldAssetsStay(t *testing.T) {
	start := newMemory()
	s := smallSketch()
	mustUpload(t, start, s.draw(), options(0))
	var old string
	for path := range s.draw() {
		if strings.HasSuffix(path, ".css") {
			old = path
		}
	}
	has := func(m *memory) bool { _, is := m.data[old]; return is }
	s.styles, s.day = 1, 2
	m := start.copy()
	mustUpload(t, m, s.draw(), options(5))
	mustUpload(t, m, s.draw(), options(5.9))
	if !has(m) {
		t.Error("gone within the hour")
	}
	used := *s
	used.styles, used.day = 0, 3
	back := m.copy()
	mustUpload(t, back, used.draw(), options(5.95))
	mustUpload(t, back, used.draw(), options(9))
	if !has(back) {
		t.Error("gone, though it is used again")
	}
	_, outcome := mustUpload(t, m, s.draw(), options(6.1))
	if has(m) || outcome.Deleted != 1 {
		t.Errorf("there after an hour: %+v", outcome)
	}
	m = start.copy()
	o := options(5)
	o.Prune = true
	mustUpload(t, m, s.draw(), o)
	if has(m) {
		t.Error("there, though it was to be deleted")
	}
	m = start.copy()
	m.manner.OneStep = true
	mustUpload(t, m, s.draw(), options(5))
	if has(m) {
		t.Error("there, where an upload shows itself at once")
	}
}

// TestRefusals shows what may not be published where.
func TestRefusals(t *testing.T) {
	s := smallSketch()
	s.day = 5
	m := newMemory()
	m.put("a/index.html", []byte("theirs"), publish.Attributes{})
	m.put("theirs.txt", []byte("theirs"), publish.Attributes{})
	_, _, err := planned(t, m, s.draw(), options(0))
	refusal(t, err, publish.KindForeign, `"a/index.html" is there, and candor did not publish it, nor one other`)
	o := options(0)
	o.Foreign = publish.Beside
	_, _, err = planned(t, m, s.draw(), o)
	refusal(t, err, publish.KindCollision, `"a/index.html" is there already`)
	o.Foreign = publish.Replace
	plan, text, err := planned(t, m, s.draw(), o)
	if err != nil || !strings.Contains(text, "new pages: a/index.html (in the place of what others put there)") || len(plan.Foreign) != 1 {
		t.Errorf("%v\n%s", err, text)
	}
	mustUpload(t, m, s.draw(), o)
	if string(m.data["theirs.txt"]) != "theirs" {
		t.Error("theirs.txt is gone")
	}
	older := *s
	older.day = 4
	_, _, err = planned(t, m, older.draw(), options(1))
	refusal(t, err, publish.KindOlder, "built on 2026-11-04", "2026-11-05")
	o = options(1)
	o.Older = true
	mustUpload(t, m.copy(), older.draw(), o)
	moved := s.draw()
	moved["trust.json"] = []byte(strings.Replace(string(moved["trust.json"]), "trust.example.com", "trust.example.org", 1))
	_, _, err = planned(t, m, moved, options(1))
	refusal(t, err, publish.KindOtherSite, `"https://trust.example.com" is published there`, "https://trust.example.org", "--base-url https://trust.example.com")
	o = options(1)
	o.Moved = true
	mustUpload(t, m.copy(), moved, o)
}

// TestRefusedOverRemains holds a site against one whose upload was interrupted as well.
func TestRefusedOverRemains(t *testing.T) {
	s := smallSketch()
	s.day = 5
	m := newMemory()
	m.dieAt(9, false)
	if _, _, err := upload(m, s.draw().open(t), options(0)); err == nil {
		t.Fatal("not interrupted")
	}
	m.live()
	s.day = 4
	_, _, err := planned(t, m, s.draw(), options(0))
	refusal(t, err, publish.KindOlder)
}

// TestWhatSomebodyElseChanged is written anew where the site has it, and left alone where it has it no more.
func TestWhatSomebodyElseChanged(t *testing.T) {
	m := newMemory()
	s := smallSketch()
	mustUpload(t, m, s.draw(), options(0))
	m.put("b/index.html", []byte("by hand"), publish.Attributes{})
	s.pages, s.day = []string{"", "a"}, 2
	plan, _ := mustUpload(t, m, s.draw(), options(1))
	if string(m.data["b/index.html"]) != "by hand" || len(plan.Astray) != 1 {
		t.Errorf("%q, %q", m.data["b/index.html"], plan.Astray)
	}
}

// TestHeadersAlone uploads a file again when its headers alone are other, also after an interruption, and sees what somebody else did to headers when it is asked to.
func TestHeadersAlone(t *testing.T) {
	for _, opaque := range []bool{false, true} {
		r := rand.New(rand.NewPCG(3, 3))
		drawn := newSketch(r).draw()
		m := newMemory()
		m.opaque = opaque
		mustUpload(t, m, drawn, options(0))
		// what an earlier candor would have written
		for path, object := range m.objects {
			if path != publish.StatePath {
				object.Cache = "no-store"
				m.objects[path] = object
			}
		}
		record := strings.ReplaceAll(string(m.data[publish.StatePath]), `"cache": "public, max-age=0, must-revalidate"`, `"cache": "no-store"`)
		record = strings.ReplaceAll(record, `"cache": "public, max-age=31536000, immutable"`, `"cache": "no-store"`)
		m.put(publish.StatePath, []byte(record), publish.Attributes{})
		m.done = nil
		for n := 12; ; n += 3 {
			m.dieAt(n, false)
			_, _, err := upload(m, drawn.open(t), options(1))
			m.live()
			if err == nil {
				break
			}
		}
		m.holds(t, drawn)
		writes := map[string]int{}
		for _, path := range m.done {
			writes[path]++
		}
		for path := range drawn {
			if path != "_headers" && writes[path] != 1 {
				t.Errorf("opaque %t: %q was written %d times", opaque, path, writes[path])
			}
		}
		object := m.objects["index.html"]
		object.Type = "text/plain"
		m.objects["index.html"] = object
		o := options(2)
		o.Thorough = true
		plan, text, err := planned(t, m, drawn, o)
		if err != nil || len(plan.Steps) != 1 || !strings.Contains(text, "index.html (other headers)") {
			t.Errorf("%v\n%s", err, text)
		}
	}
}
