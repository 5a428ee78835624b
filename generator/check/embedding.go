package check

import (
	"slices"
	"strings"

	"candor/generator/model"
	"candor/generator/pattern"
)

// isEmbedding reports whether a step turns texts into vectors: by what its model is for, else by the names of its endpoint and model, by its
// title, or by what its vendor does.
func isEmbedding(s *model.Step) bool {
	if s.IsNone() || s.Kind.Value != "model" && s.Kind.Value != "process" {
		return false
	}
	if m := s.Model.To; m != nil && !m.Task.IsZero() {
		return m.Task.Value == "embedding"
	}
	if callNames(s, "rerank") {
		return false
	}
	v := s.In.Subprocessor
	return callNames(s, "embed") || tellsOf(s.Title.Value, embeddingWork) || tellsOf(s.ID.Value, embeddingWork) || v != nil && v.AI != nil && v.AI.Role.Value == "embedding"
}

// embeddingWork are titles and ids of steps that make embeddings; "Look up embeddings" is not one.
var embeddingWork = pattern.Of(`(?i)\bembeds?\b|\bvectori[sz]|\b(?:make|compute|create|generate|calculate)s?\s+(?:\w+\s+)?(?:embeddings?|vectors?)\b|\binto\s+vectors\b`)

// tellsOf reports whether a name matches a pattern all of whose words have to do with embeddings or vectors: most names need no look.
func tellsOf(name string, pattern *pattern.Late) bool {
	name = strings.ToLower(name)
	return (strings.Contains(name, "embed") || strings.Contains(name, "vector")) && pattern.MatchString(name)
}

// isReranking reports whether a step puts texts in order and writes none.
func isReranking(s *model.Step) bool {
	if m := s.Model.To; m != nil && !m.Task.IsZero() {
		return m.Task.Value == "rerank"
	}
	return callNames(s, "rerank")
}

// callNames reports whether the endpoint or model of a step has a name with these letters in it.
func callNames(s *model.Step, letters string) bool {
	for _, t := range []model.Text{s.Endpoint, s.Model.Text} {
		if strings.Contains(strings.ToLower(t.Value), letters) {
			return true
		}
	}
	return false
}

// makesVectors reports whether a step turns texts into vectors, also one of which only the data tells: all that leaves it is called an
// embedding, and nothing that arrives is.
func makesVectors(f *model.Flow, s *model.Step) bool {
	if isEmbedding(s) {
		return true
	}
	if m := s.Model.To; s.IsNone() || s.Kind.Value != "model" && s.Kind.Value != "process" || m != nil && !m.Task.IsZero() {
		return false
	}
	out := classesOn(departures(f, s))
	return len(out) > 0 && !slices.ContainsFunc(out, func(c *model.DataClass) bool { return !isVectorClass(c) }) &&
		!slices.ContainsFunc(classesOn(arrivals(f, s)), isVectorClass)
}

var vectorName = pattern.Of(`(?i)embedding|\bembeds?\b|vector`)

// isVectorClass reports whether a class is called one of embeddings.
func isVectorClass(c *model.DataClass) bool {
	return tellsOf(c.ID.Value, vectorName) || tellsOf(c.Title.Value, vectorName)
}

// classesOn gives the classes that links carry, those that are known, each once.
func classesOn(links []*model.Link) []*model.DataClass {
	var all []*model.DataClass
	seen := map[*model.DataClass]bool{}
	for _, l := range links {
		for _, d := range l.Data {
			if d.To != nil && !seen[d.To] {
				seen[d.To] = true
				all = append(all, d.To)
			}
		}
	}
	return all
}
