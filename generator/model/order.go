package model

import (
	"cmp"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Alphabet gives what compares two names as a dictionary does: "Éclair" stands beside "Eclipse" whatever the case, and "Site 2" before "Site 10". It is 0 for
// the same names alone. One goroutine may use it.
func Alphabet() func(a, b string) int {
	order := collate.New(language.English, collate.Numeric)
	return func(a, b string) int { return cmp.Or(order.CompareString(a, b), cmp.Compare(a, b)) }
}
