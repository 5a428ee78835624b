package calm

import (
	"runtime/debug"
	"testing"
)

// TestOver: the collector is still until it is told otherwise, and then as it was.
func TestOver(t *testing.T) {
	if now := debug.SetGCPercent(-1); now != -1 {
		t.Errorf("the collector is set to %d while packages are initialised", now)
	}
	if Over(); debug.SetGCPercent(before) != before || before <= 0 {
		t.Errorf("the collector is not set to %d again", before)
	}
}
