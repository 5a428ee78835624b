package scan

import (
	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

// providers are what LiteLLM puts in front of the name of a model, by its documents.
var providers = map[string]string{"openai": "openai", "anthropic": "anthropic", "azure": "azure-openai", "azure_ai": "azure-openai", "bedrock": "aws-bedrock", "vertex_ai": "google-vertex-ai",
	"gemini": "google-gemini", "groq": "groq", "mistral": "mistral", "cohere": "cohere", "cohere_chat": "cohere", "together_ai": "together-ai", "fireworks_ai": "fireworks-ai",
	"perplexity": "perplexity", "xai": "xai", "deepseek": "deepseek", "openrouter": "openrouter", "replicate": "replicate", "cerebras": "cerebras", "sambanova": "sambanova",
	"deepinfra": "deepinfra", "voyage": "voyage-ai", "huggingface": "hugging-face", "ai21": "ai21", "databricks": "databricks", "nebius": "nebius"}

var route = pattern.Of(`(?:model["']?\s*[:=]\s*["']?|["'])([a-z0-9_]+)/[A-Za-z0-9][A-Za-z0-9._:@/-]*`)

// routes takes the models that LiteLLM is told to call: what stands in front of the slash says whose they are. It is a call like another, whose server
// may be told beside it.
func (l *look) routes() {
	for _, m := range route.FindAllSubmatchIndex(l.data, 300) {
		vendor := l.known.Find(providers[string(l.data[m[2]:m[3]])])
		if _, comment := inside(l.parts.comments, m[2]); vendor == nil || comment {
			continue
		}
		strength := l.strength(catalog.Match{Vendor: vendor, Proof: true})
		near := l.data[m[1]:min(len(l.data), m[1]+200)]
		if at := pointed.FindIndex(near); at != nil {
			if t := target.FindStringSubmatch(string(near[at[0]:])); t != nil && l.isOther(vendor.ID.Value, t[0]) {
				continue
			}
		}
		l.see(sighting{vendor: vendor, kind: model.SignCall, strength: strength, seen: `model "` + string(l.data[m[2]:m[1]]) + `"`}, m[2], m[1])
	}
}
