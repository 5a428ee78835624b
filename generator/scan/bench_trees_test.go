package scan

import (
	"testing"

	"candor/generator/catalog"
)

// BenchmarkVocabulary gathers the words of the catalog.
func BenchmarkVocabulary(b *testing.B) {
	c := catalog.Load()
	for b.Loop() {
		vocabularyOf(c)
	}
}
