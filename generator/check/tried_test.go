package check

import (
	"strings"
	"testing"

	"candor/generator/model"
)

// TestOneMistakeOneFinding breaks single keys of the base site: what was written and could not be read is not missing as well.
func TestOneMistakeOneFinding(t *testing.T) {
	for name, broken := range map[string]struct{ file, old, new string }{
		"misspelt":     {"content/subprocessors/openai.yaml", "legal_entity:", "legal_entty:"},
		"wrong shape":  {"content/subprocessors/openai.yaml", "contact: https://trust.openai.com", "contact: [one, two]"},
		"in a mapping": {"content/subprocessors/openai.yaml", "evidence: openai-dpa, checked_on: 2026-08-01", "evidence: {id: openai-dpa}, checked_on: 2026-08-01"},
		"a date":       {"content/answers/ai.yaml", "reviewed_on: 2026-09-01\n- id: trains", "reviewed_on: 2026-09-31\n- id: trains"},
		"front matter": {"content/policies/incident.md", "version: \"1.0\"", "version: [1]"},
		"needed":       {"content/subprocessors/openai.yaml", "category:", "catgory:"},
	} {
		s := scenario{files: map[string][]byte{}}
		for _, f := range baseFiles(t) {
			s.files[f.Name] = f.Data
		}
		s.on, _ = model.ParseDay("2026-11-23")
		text := string(s.files[broken.file])
		if !strings.Contains(text, broken.old) {
			t.Fatalf("%s: %q is not in %s", name, broken.old, broken.file)
		}
		s.files[broken.file] = []byte(strings.Replace(text, broken.old, broken.new, 1))
		if found := s.run(t); len(found) != 1 || found[0].Rule != "SCH01" {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// TestNeighboursAreStillMissed makes sure that a key refused in one record says nothing of the same key in the next.
func TestNeighboursAreStillMissed(t *testing.T) {
	s := scenario{files: map[string][]byte{}}
	for _, f := range baseFiles(t) {
		s.files[f.Name] = f.Data
	}
	s.on, _ = model.ParseDay("2026-11-23")
	text := string(s.files["content/answers/ai.yaml"])
	text = strings.Replace(text, "  owner: lead\n", "  owner: [lead]\n", 1)
	s.files["content/answers/ai.yaml"] = []byte(text[:strings.LastIndex(text, "  owner: lead\n")] + "  reviewed_on: 2026-09-01\n")
	var rules []string
	for _, f := range s.run(t) {
		rules = append(rules, f.Rule)
	}
	if got := strings.Join(rules, " "); got != "SCH01 ANS01" {
		t.Errorf("found %s", got)
	}
}
