package trial_test

import (
	"slices"
	"strings"
	"testing"

	"candor/generator/model"
	"candor/generator/scan/trial"
)

// excused are differences that are known and stay, each with its reason.
var excused = map[string]string{
	"modal-dialog: + modal possible package": "npm has a dialog of the vendor's name: the catalog asks, a reader knows",
}

// TestLabelled holds the scan to what a reader says of each tree.
func TestLabelled(t *testing.T) {
	cases, err := trial.Read("../testdata/labelled")
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 40 {
		t.Errorf("only %d trees", len(cases))
	}
	for i := range cases {
		c := &cases[i]
		lines := slices.DeleteFunc(c.Differences(), func(line string) bool { return excused[c.Name+": "+line] != "" })
		if len(lines) > 0 {
			t.Errorf("%s (%s):\n%s", c.Name, c.Title, strings.Join(lines, "\n"))
		}
	}
	for _, kind := range trial.Kinds {
		if s := trial.Kind(cases, kind); s.Said == 0 {
			t.Errorf("no tree has a sign of kind %q", kind)
		}
	}
	if s := trial.Proved(cases); s.Precision() < 0.95 || s.Recall() < 0.9 {
		t.Errorf("of the vendors proved, precision is %.3f and recall %.3f", s.Precision(), s.Recall())
	}
}

// TestScore counts by hand.
func TestScore(t *testing.T) {
	label := func(text string) trial.Label {
		words := strings.Fields(text)
		return trial.Label{Vendor: words[0], Verdict: words[1], Kinds: []model.SignKind{model.SignKind(words[2])}}
	}
	cases := []trial.Case{{Want: []trial.Label{label("a proved host"), label("b proved package"), label("c possible host")},
		Found: []trial.Label{label("a proved host"), label("b possible package"), label("d proved host")}}}
	if s := trial.Proved(cases); s != (trial.Score{Said: 2, Found: 2, Both: 1}) || s.Precision() != 0.5 || s.Recall() != 0.5 {
		t.Errorf("proved: %+v", s)
	}
	if s := trial.Seen(cases); s != (trial.Score{Said: 3, Found: 3, Both: 2}) {
		t.Errorf("seen: %+v", s)
	}
	if s := trial.Kind(cases, model.SignHost); s != (trial.Score{Said: 2, Found: 2, Both: 1}) {
		t.Errorf("hosts: %+v", s)
	}
	var b strings.Builder
	trial.Report(&b, cases, true)
	if got := strings.Join(strings.Fields(b.String()), " "); !strings.Contains(got, "host 2 2 1 50.0 % 50.0 %") || !strings.Contains(got, "- b proved package - c possible host + b possible package") {
		t.Errorf("reported %s", got)
	}
}
