package wording

import (
	"maps"
	"slices"
)

// Plain gives the words that are no terms, sorted.
func Plain() []string { return slices.Sorted(maps.Keys(known().plain)) }
