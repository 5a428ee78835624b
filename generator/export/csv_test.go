package export

import (
	"sync"
	"testing"

	"candor/generator/disclosure"
)

// TestRowsStayAsTheyAre holds what two builds in one process share: a file is written from rows, not into them. The detector sees the second half, anyone the first.
func TestRowsStayAsTheyAre(t *testing.T) {
	rows := [][]string{{"id", "answer"}, {"a", "two\nlines"}}
	data, err := cells("rows.csv", rows)
	if err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffid,answer\r\na,two lines\r\n"; string(data) != want {
		t.Errorf("wrote %q, not %q", data, want)
	}
	if rows[1][1] != "two\nlines" {
		t.Errorf("changed its input to %q", rows[1][1])
	}

	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := csvOf([]disclosure.Answer{{ID: "a"}}); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
}
