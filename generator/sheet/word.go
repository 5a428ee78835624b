package sheet

// Word gives the word of a drop-down that says a verdict (yes, no, partial, planned, not-applicable), or "" and why none does. A word that says more or
// less than the verdict is none: where only "Yes" and "No" are allowed, "partial" stays blank.
func Word(verdict string, allowed []string) (word, why string) {
	for _, w := range allowed {
		if simple(w) == verdict {
			return w, ""
		}
	}
	return "", "no word of the drop-down says " + `"` + verdict + `"`
}
