package diag

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest gives the name that a person most likely meant by typed: the one with the fewest edits, if those are at most a third
// of its letters, or two (two letters swapped) in a word of four. The first of several equally near ones wins, so give names in a
// fixed order.
func Nearest(typed string, names []string) (string, bool) {
	typed = strings.ToLower(typed)
	length := len([]rune(typed))
	most := max(1, length/3)
	if length >= 4 {
		most = max(2, most)
	}
	best, least := "", 1+most
	for _, name := range names {
		if d := levenshtein.ComputeDistance(typed, strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best, best != ""
}

// Suggest gives a hint for a mistyped name: the nearest valid one, else the list of them while it is short, else "".
func Suggest(typed string, names []string) string {
	if near, ok := Nearest(typed, names); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(names) > 0 && len(names) <= 12 {
		return "known here: " + strings.Join(names, ", ")
	}
	return ""
}
