package sheet

import (
	"reflect"
	"testing"
)

// TestWordsAsTheyStand keeps spaces around words that stand in cells: formulas compare with the very word.
func TestWordsAsTheyStand(t *testing.T) {
	parts := described(t, "sheet Q\n1 | # | Question | Answer | | w\n2 | 1 | Is it safe? | | | Yes\n3 | 2 | Is it sound? | | | No\nlist C2:C3 =$E$2:$E$3")
	parts.put("xl/worksheets/sheet1.xml", swap(">Yes<", "> Yes <")(parts.parts["xl/worksheets/sheet1.xml"]))
	b, err := Open("q.xlsx", parts.zip(t))
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Survey(Choice{})
	if err != nil {
		t.Fatal(err)
	}
	r := s.Tables[0].Rows[0]
	if want := []string{" Yes ", "No"}; !reflect.DeepEqual(r.Allowed, want) {
		t.Errorf("got %q, want %q", r.Allowed, want)
	}
	if word, _ := Word("yes", r.Allowed); word != " Yes " {
		t.Errorf("got %q", word)
	}
}

// TestReferences reads the references of rules and formulas.
func TestReferences(t *testing.T) {
	for _, c := range []struct {
		formula, sheet, cells string
	}{
		{"$A$1:$A$3", "", "$A$1:$A$3"}, {"Lists!A:A", "Lists", "A:A"}, {"'My ''own'' list'!$B$2", "My 'own' list", "$B$2"}, {"'A & B'!1:3", "A & B", "1:3"}, {"Über!C3", "Über", "C3"},
	} {
		m := reference.FindStringSubmatch(c.formula)
		if m == nil {
			t.Errorf("%s is no reference", c.formula)
			continue
		}
		p := &page{name: c.sheet}
		if got := sheetNamed([]*page{{name: "other"}, p}, p, m); got != p || m[3] != c.cells {
			t.Errorf("%s is %v, %s", c.formula, got, m[3])
		}
	}
	for _, formula := range []string{"[1]Lists!A1:A3", "SUM(A1)", "A1:A3*2", "\"Yes,No\"", "YesNo", "Lists!A1:A3,B1"} {
		if m := reference.FindStringSubmatch(formula); m != nil {
			t.Errorf("%s is a reference", formula)
		}
	}
	if got := shifted("'A1 b'!B2:$C$3", 2, 1); got != "'A1 b'!$C$4:$C$3" {
		t.Errorf("got %s", got)
	}
}
