package catalog

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestFits holds patterns at random to what a star means, said in the plainest way.
func TestFits(t *testing.T) {
	var plainly func(pattern, name string) bool
	plainly = func(pattern, name string) bool {
		switch {
		case pattern == "":
			return name == ""
		case name == "":
			return false
		case pattern[0] == '*':
			return plainly(pattern[1:], name[1:]) || plainly(pattern, name[1:])
		}
		return pattern[0] == name[0] && plainly(pattern[1:], name[1:])
	}
	r := rand.New(rand.NewPCG(1, 8))
	random := func(letters string, n int) string {
		b := make([]byte, r.IntN(n))
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	matched := 0
	for range 200_000 {
		pattern, name := random("ab*", 7), random("ab", 9)
		want := plainly(pattern, name)
		if want {
			matched++
		}
		if got := fits(pattern, name); got != want {
			t.Fatalf("%q fits %q: %v, want %v", pattern, name, got, want)
		}
	}
	if matched < 10_000 {
		t.Errorf("only %d of them fitted", matched)
	}
}

// TestFitsIsQuick asks for a pattern of many stars, which somebody may write to make a scan hang.
func TestFitsIsQuick(t *testing.T) {
	begin := time.Now()
	if fits(strings.Repeat("*a", 200)+"b", strings.Repeat("a", 10_000)) {
		t.Error("it ends in another letter")
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("it took %s", took)
	}
}
