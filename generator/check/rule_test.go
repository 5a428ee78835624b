package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/model"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestRuleTexts makes sure that every rule says what `candor rules` prints, once.
func TestRuleTexts(t *testing.T) {
	id := regexp.MustCompile(`^[A-Z]{3}[0-9]{2}$`)
	seen := map[string]bool{}
	for _, r := range Rules() {
		if !id.MatchString(r.ID) || seen[r.ID] {
			t.Errorf("%q is no id, or is there twice", r.ID)
		}
		seen[r.ID] = true
		for name, text := range map[string]string{"title": r.Title, "why": r.Why, "bad example": r.Bad, "good example": r.Good} {
			if text == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s: the %s is %q", r.ID, name, text)
			}
		}
		if r.Bad == r.Good {
			t.Errorf("%s: the examples are the same", r.ID)
		}
		if !strings.HasSuffix(r.Why, ".") && !strings.HasSuffix(r.Why, "?") || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s: a title ends in no full stop, a reason in one: %q, %q", r.ID, r.Title, r.Why)
		}
		if r.run == nil && r.ID != "SCH01" && r.ID != "EXC01" && r.ID != "LEK03" {
			t.Errorf("%s has no code", r.ID)
		}
	}
	for _, known := range []string{"SUB01", "LEK01", "SCH01"} {
		if r, ok := Find(known); !ok || r.ID != known {
			t.Errorf("Find(%q) gives %q", known, r.ID)
		}
	}
	if r, ok := Find("XYZ99"); ok {
		t.Errorf("Find gives %q for a rule that is not there", r.ID)
	}
}

// TestOneFilePerRule makes sure that each rule stands in the file of its name, and that the list names them all.
func TestOneFilePerRule(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := 0
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec).Names[0].Name
				if !regexp.MustCompile(`^[a-z]{3}[0-9]{2}$`).MatchString(v) {
					continue
				}
				declared++
				if name != v+".go" {
					t.Errorf("%s stands in %s", v, name)
				}
				if _, ok := Find(strings.ToUpper(v)); !ok {
					t.Errorf("%s is not in the list", v)
				}
			}
		}
	}
	if declared != len(Rules()) {
		t.Errorf("%d rules are declared, %d are in the list", declared, len(Rules()))
	}
}

// TestUnreadable breaks each file of two sites in turn: what cannot be read is one finding, and everything that refers to it is left in peace.
func TestUnreadable(t *testing.T) {
	base, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	whole := scenario{path: "base", files: map[string][]byte{}}
	for _, f := range base.Files {
		whole.files[f.Name] = f.Data
	}
	for _, whole := range []scenario{whole, readScenario(t, "testdata/SOC02/quiet.txtar")} {
		for name := range whole.files {
			if strings.HasSuffix(name, ".svg") {
				continue
			}
			s := scenario{files: maps.Clone(whole.files)}
			s.on, _ = model.ParseDay("2026-11-23")
			s.files[name] = []byte("---\nkey: [never closed\n---\n")
			findings := s.run(t)
			if len(findings) != 1 || findings[0].Rule != "SCH01" {
				for _, f := range findings {
					t.Errorf("%s with %s broken: %s: %s [%s]", whole.path, name, diag.Place(f.At), f.Message, f.Rule)
				}
			}
		}
	}
}

// TestEmptySite makes sure that no rule stumbles over a site with nothing in it.
func TestEmptySite(t *testing.T) {
	on, _ := model.ParseDay("2026-11-23")
	var diags diag.List
	site := &model.Site{Records: model.Records{Config: &model.Config{}}}
	Site(site, on, &diags)
	for _, f := range diags.Findings() {
		if f.Rule != "ANS06" {
			t.Errorf("%s: %s", f.Rule, f.Message)
		}
	}
	if found := Leaks(site).Scan("x", []byte("anything")); found != nil {
		t.Errorf("an empty site leaks %v", found)
	}
}

// TestMessages reads the findings of all archives for the voice of messages: lower case, no full stop, no failure of anybody.
func TestMessages(t *testing.T) {
	for _, r := range Rules() {
		for _, f := range readScenario(t, "testdata/"+r.ID+"/fires.txtar").run(t) {
			if strings.HasSuffix(f.Message, ".") || strings.Contains(f.Message, "failed") || f.Message[0] >= 'A' && f.Message[0] <= 'Z' && !strings.HasPrefix(f.Message, "AI ") {
				t.Errorf("%s: %q", r.ID, f.Message)
			}
			if f.Rule != "SCH01" && (f.Hint == "" || strings.HasSuffix(f.Hint, ".")) {
				t.Errorf("%s: hint %q of %q", r.ID, f.Hint, f.Message)
			}
			if f.At.IsZero() {
				t.Errorf("%s: %q has no place", r.ID, f.Message)
			}
		}
	}
}

// TestStumble makes sure that a mistake in a rule names the rule and does not end the program.
func TestStumble(t *testing.T) {
	broken := Rule{Rule: diag.Rule{ID: "XYZ01"}, run: func(p *pass) { _ = p.site.Config.File.Path }}
	s := broken.judge(&pass{site: &model.Site{Records: model.Records{Config: &model.Config{}}}})
	if s == nil || s.Rule != "XYZ01" || !strings.HasPrefix(s.Error(), "rule XYZ01 stumbled over this content: ") {
		t.Errorf("got %v", s)
	}
	if s := sub01.judge(&pass{site: &model.Site{Records: model.Records{Config: &model.Config{}}}}); s != nil {
		t.Errorf("got %v", s)
	}
}
