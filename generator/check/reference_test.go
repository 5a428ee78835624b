package check

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestReference holds RULES.md to the structs, and every rule to a place in it.
func TestReference(t *testing.T) {
	var page bytes.Buffer
	if err := WriteReference(&page); err != nil {
		t.Fatal(err)
	}
	for _, r := range Rules() {
		if strings.Count(page.String(), "\n### "+r.ID+"\n") != 1 {
			t.Errorf("%s has no family, or two", r.ID)
		}
	}
	if *update {
		if err := os.WriteFile("RULES.md", page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("RULES.md")
	if err != nil || !bytes.Equal(have, page.Bytes()) {
		t.Errorf("RULES.md is not what the rules say (%v): go test ./generator/check -run TestReference -update", err)
	}
}
