package scan

import (
	"bytes"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

// routers are words of what is told whom to call by the name of a model: LiteLLM and what is built on it, LangChain's init_chat_model, Pydantic AI, Prism.
var routers = setOf("litellm", "litellm_params", "crewai", "dspy", "init_chat_model", "init_embeddings", "pydantic_ai", "Prism")

// providers are what they put in front of the name of a model, by their documents.
var providers = map[string]string{"openai": "openai", "anthropic": "anthropic", "azure": "azure-openai", "azure_ai": "azure-openai", "bedrock": "aws-bedrock", "vertex_ai": "google-vertex-ai",
	"gemini": "google-gemini", "groq": "groq", "mistral": "mistral", "cohere": "cohere", "cohere_chat": "cohere", "together_ai": "together-ai", "fireworks_ai": "fireworks-ai",
	"perplexity": "perplexity", "xai": "xai", "deepseek": "deepseek", "openrouter": "openrouter", "replicate": "replicate", "cerebras": "cerebras", "sambanova": "sambanova",
	"deepinfra": "deepinfra", "voyage": "voyage-ai", "huggingface": "hugging-face", "ai21": "ai21", "databricks": "databricks", "nebius": "nebius",
	"google_genai": "google-gemini", "google-gla": "google-gemini", "google_vertexai": "google-vertex-ai", "google-vertex": "google-vertex-ai", "azure_openai": "azure-openai", "mistralai": "mistral",
	"bedrock_converse": "aws-bedrock", "together": "together-ai", "fireworks": "fireworks-ai"}

var (
	route = pattern.Of(`(?:model["']?\s*[:=]\s*["']?|["'])([a-z0-9_-]+)[/:][A-Za-z0-9][A-Za-z0-9._:@/-]*`)
	// bare are names of models that one vendor's own service has, where the router is left to know whose they are.
	bare = pattern.Of(`model["']?\s*[:=]\s*["']((gpt-|chatgpt-|o[134](?:-|["'])|text-embedding-3)|claude-)[A-Za-z0-9._:-]*`)
	// told says whose a model is beside its name.
	told = pattern.Of(`\b(?:model_provider["']?\s*[:=]|provider\s*=)\s*["']([a-z0-9_-]+)["']`)
	// key is what follows a name that something is kept under: a price, a limit.
	key = pattern.Of(`^["']\s*(?::|=>)`)
	// prism says it in PHP.
	prism = pattern.Of(`\bProvider::([A-Z][A-Za-z0-9]+)`)
)

// routes takes the models that a router is told to call: what stands in front of the slash or the colon says whose they are. It is a call like another, whose
// server may be told beside it.
func (l *look) routes() {
	for _, m := range route.FindAllSubmatchIndex(l.data, 300) {
		if key.Match(l.data[m[1]:min(len(l.data), m[1]+20)]) {
			continue
		}
		l.route(providers[string(l.data[m[2]:m[3]])], m[2], m[1])
	}
	for _, m := range bare.FindAllSubmatchIndex(l.data, 100) {
		if told.Match(l.data[m[1]:min(len(l.data), m[1]+200)]) {
			continue
		}
		if m[4] >= 0 {
			l.route("openai", m[2], m[1])
		} else {
			l.route("anthropic", m[2], m[1])
		}
	}
	for _, m := range told.FindAllSubmatchIndex(l.data, 100) {
		l.route(providers[string(l.data[m[2]:m[3]])], m[2], m[3])
	}
	for _, m := range prism.FindAllSubmatchIndex(l.data, 100) {
		if found, ok := l.words.vendorCalled(string(l.data[m[2]:m[3]])); ok {
			l.route(found.Vendor.ID.Value, m[2], m[3])
		}
	}
}

// route takes one model, or the name of whom it is called from.
func (l *look) route(id string, start, end int) {
	vendor := l.known.Find(id)
	if _, comment := inside(l.parts.comments, start); vendor == nil || comment {
		return
	}
	near := arguments(l.data[end:min(len(l.data), end+200)]) // of the call that it stands in, if it is one
	if at := pointed.FindIndex(near); at != nil {
		if t := target.FindStringSubmatch(string(near[at[0]:])); t != nil && l.isOther(vendor.ID.Value, t[0]) {
			return
		}
	}
	strength := l.strength(catalog.Match{Vendor: vendor, Proof: true})
	l.see(sighting{vendor: vendor, kind: model.SignCall, strength: strength, seen: `model "` + string(l.data[start:end]) + `"`}, start, end)
}

// generators are the functions of the AI SDK that take a model. One that is told by a name with a slash goes through Vercel's gateway.
var generators = setOf("streamText", "generateText", "streamObject", "generateObject")

var (
	gatewayModel = pattern.Of("\\bmodel\\s*:\\s*[\"'`][a-z0-9-]+/[A-Za-z0-9]")
	fromAI       = pattern.Of(`\bfrom\s*["']ai["']`)
)

// gateway takes a call of the AI SDK whose model goes through the gateway.
func (l *look) gateway(h hit) {
	rest := l.data[h.end:min(len(l.data), h.end+maxCall)]
	vendor := l.known.Find("vercel-ai-gateway")
	if vendor == nil || !bytes.HasPrefix(rest, []byte("(")) || !gatewayModel.Match(arguments(rest[1:])) || !fromAI.Match(l.data) {
		return
	}
	strength := l.strength(catalog.Match{Vendor: vendor, Proof: true})
	l.see(sighting{vendor: vendor, kind: model.SignCall, strength: strength, seen: `model of "` + string(l.data[h.start:h.end]) + `"`}, h.start, h.end)
}
