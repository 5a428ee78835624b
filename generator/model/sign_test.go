package model

import "testing"

// TestProof holds the verdict to its words, one case for each.
func TestProof(t *testing.T) {
	sign := func(kind SignKind, strength SignStrength, aside bool) Sign {
		return Sign{Kind: kind, Strength: strength, Aside: aside}
	}
	for _, c := range []struct {
		name  string
		signs []Sign
		want  string // kinds of what is shown
	}{
		{"nothing", nil, ""},
		{"a strong one", []Sign{sign(SignImport, SignWeak, false), sign(SignHost, SignStrong, false)}, "host"},
		{"the strong one that says most", []Sign{sign(SignVariable, SignStrong, false), sign(SignPackage, SignStrong, false)}, "package"},
		{"a strong one of the last kind", []Sign{sign(SignImport, SignStrong, false)}, "import"},
		{"one weak", []Sign{sign(SignPackage, SignWeak, false)}, ""},
		{"two weak of a kind", []Sign{sign(SignPackage, SignWeak, false), sign(SignPackage, SignWeak, false)}, ""},
		{"two weak of two kinds", []Sign{sign(SignPackage, SignWeak, false), sign(SignVariable, SignWeak, false)}, "package variable"},
		{"a weak and a possible one", []Sign{sign(SignVariable, SignPossible, false), sign(SignPackage, SignWeak, false)}, "package variable"},
		{"two possible", []Sign{sign(SignVariable, SignPossible, false), sign(SignPackage, SignPossible, false)}, ""},
		{"tests and documents", []Sign{sign(SignVariable, SignWeak, true), sign(SignHost, SignWeak, true)}, ""},
		{"a test and what runs", []Sign{sign(SignVariable, SignWeak, true), sign(SignPackage, SignWeak, false)}, "variable package"},
	} {
		got := ""
		for i, s := range Proof(c.signs) {
			if i > 0 {
				got += " "
			}
			got += string(s.Kind)
		}
		if got != c.want {
			t.Errorf("%s: shown are %q, want %q", c.name, got, c.want)
		}
	}
}
