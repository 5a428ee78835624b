package check

import "testing"

// TestForgottenVendorsUnread holds FLW11 to silence while the vendor may stand in a file that could not be read.
func TestForgottenVendorsUnread(t *testing.T) {
	count := func(s scenario) int {
		n := 0
		for _, f := range s.run(t) {
			if f.Rule == "FLW11" {
				n++
			}
		}
		return n
	}
	s := readScenario(t, "testdata/FLW11/fires.txtar")
	all := count(s)
	s.files["content/subprocessors/langfuse.yaml"] = []byte("name: [")
	if n := count(s); n != 0 {
		t.Errorf("%d findings with a vendor's file that cannot be read", n)
	}
	delete(s.files, "content/subprocessors/langfuse.yaml")
	s.files["content/flows/more.yaml"] = []byte("title: [")
	if n := count(s); n != all-1 {
		t.Errorf("%d findings with a flow that cannot be read, want all %d but that a flow leaves a vendor out", n, all)
	}
}
