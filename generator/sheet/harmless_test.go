package sheet

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestHarmless(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", " =cmd|' /C calc'!A0": " '=cmd|' /C calc'!A0", "\t=1": "'\t=1", "\r=1": "'\r=1", "\ttext": "'\ttext",
		"＝1": "'＝1", "\"=1": "\"'=1", "\u00a0=1": "\u00a0'=1", "a; =1": "a; '=1", "a\n- b": "a\n- b", "a|@b": "a|'@b", "− 1": "'− 1",
		"Yes": "Yes", "a=b": "a=b", "": "", "1.10": "1.10", "no - never": "no - never", "(=1)": "(=1)",
	} {
		if got := Harmless(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	data, err := CSV([][]string{{"a", "b"}, {"=1", "two\nlines, \"quoted\""}})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "'=1" || rows[1][1] != "two\nlines, \"quoted\"" || !strings.Contains(string(data), "a,b\r\n") {
		t.Errorf("got %q %v", data, err)
	}
}
