package wording

import (
	"maps"
	"slices"
)

// PlainWords gives the words that are no terms, sorted.
func PlainWords() []string { return slices.Sorted(maps.Keys(known().plain)) }
