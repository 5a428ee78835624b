package pattern_test

import (
	"sync"
	"testing"

	"candor/generator/pattern"
)

// TestLate: a pattern is compiled when it is asked, by whoever asks first, and not before.
func TestLate(t *testing.T) {
	wrong := pattern.Of(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression was compiled")
		}
	}()
	p := pattern.Of(`b+`)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := p.FindStringIndex("abbc"); len(got) != 2 || got[0] != 1 || got[1] != 3 {
				t.Errorf("found at %v", got)
			}
		})
	}
	wg.Wait()
	wrong.MatchString("")
}
