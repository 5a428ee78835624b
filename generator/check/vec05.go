package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var vec05 = Rule{
	Rule: diag.Rule{
		ID:       "VEC05",
		Severity: diag.Incomplete,
		Title:    "an AI feature uses a vector store, but no step makes embeddings",
		Why:      "Whoever makes the embeddings sees every text in full. That vendor is the one that is forgotten most easily.",
		Source:   "OWASP LLM08:2025; GDPR Art. 28(2)",
		Bad: `steps:
  - {id: redact, stage: preprocessing, kind: process, title: Redact, in: production}
  - {id: vectors, stage: storage, kind: store, title: Tenant vectors, in: pinecone}`,
		Good: `steps:
  - {id: redact, stage: preprocessing, kind: process, title: Redact, in: production}
  - {id: embed, stage: model, kind: model, title: Make vectors, in: openai, model: text-embedding-3-small, endpoint: embeddings}
  - {id: vectors, stage: storage, kind: store, title: Tenant vectors, in: pinecone}`,
		Remark: `A step makes embeddings as VEC03 has it. A store that makes them itself is still a model call: draw it as one. Embeddings that come in from outside or out
of another store need no step, nor does a flow that says why it has none: "stage: model, none: the vectors were made by ...".`,
	},
	run: unexplainedVectors,
}

func unexplainedVectors(p *pass) {
	for _, f := range p.site.Flows {
		if !f.IsAI() || !isCurrent(f) || embeds(f) {
			continue
		}
		for _, s := range f.Steps {
			if s.HoldsVectors() && len(arrivals(f, s)) > 0 {
				p.report(s.ID.At, fmt.Sprintf("flow %q uses vector store %q, but no step makes embeddings", f.ID.Value, s.ID.Value),
					`add the step that makes them: "- {id: embed, stage: model, kind: model, title: Make vectors, in: ..., model: ...}", or write "task: embedding" at the model that does`)
				break
			}
		}
	}
}

// embeds reports whether a flow says where its embeddings come from.
func embeds(f *model.Flow) bool {
	for _, s := range f.Steps {
		if s.IsNone() {
			if tellsOf(s.None.Value, vectorName) {
				return true // it says why it has no such step
			}
			continue
		}
		if makesVectors(f, s) || s.CallsModel() && tellsOf(s.Title.Value, vectorName) {
			return true
		}
		if s.Kind.Value == "external" || s.IsStore() && !s.HoldsVectors() {
			for _, c := range classesOn(departures(f, s)) {
				if isVectorClass(c) {
					return true
				}
			}
		}
	}
	return false
}
