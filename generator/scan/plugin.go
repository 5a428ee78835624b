package scan

import (
	"bytes"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
)

// plugins begin the names of packages by which a framework reaches a vendor; the vendor's name follows, or a word and the name. The catalog has those
// that are named otherwise.
var plugins = map[catalog.Ecosystem][]string{
	catalog.PyPI: {"livekit-plugins-", "langchain-", "llama-index-llms-", "llama-index-embeddings-", "llama-index-vector-stores-", "llama-index-postprocessor-", "llama-index-readers-",
		"llama-index-callbacks-", "llama-index-tools-", "apache-airflow-providers-", "dagster-", "dbt-", "prefect-", "pulumi-"},
	catalog.NPM: {"@livekit/agents-plugin-", "@pulumi/", "@langchain/", "@ai-sdk/", "@llamaindex/", "@genkit-ai/", "@mastra/"},
	catalog.Gem: {"omniauth-", "fog-"},
	catalog.Maven: {"org.springframework.ai:spring-ai-starter-model-", "org.springframework.ai:spring-ai-starter-vector-store-", "org.springframework.ai:spring-ai-", "dev.langchain4j:langchain4j-",
		"io.quarkiverse.langchain4j:quarkus-langchain4j-"},
}

// endings are what stands behind the name of a vendor in the names of such packages.
var endings = []string{"-spring-boot-starter", "-store"}

// extras are packages whose extras are plugins of theirs: livekit-agents[deepgram].
var extras = map[string]bool{"livekit-agents": true, "pipecat-ai": true, "anthropic": true, "mem0ai": true, "embedchain": true, "chonkie": true, "django-anymail": true}

// named gives the vendors of a catalog by what they are called, in small letters and without signs: each by its id, name and aliases.
func named(c *catalog.Catalog) map[string]*catalog.Vendor {
	all := map[string]*catalog.Vendor{}
	for _, v := range c.Vendors {
		for _, name := range append([]string{v.Name.Value}, v.Known.Names...) {
			all[plain(name)] = v
		}
		for _, end := range []string{"-cloud", "-ai"} { // qdrant-cloud is what a plugin calls qdrant
			if short, ok := strings.CutSuffix(v.ID.Value, end); ok && all[plain(short)] == nil && (end == "-ai" || v.SelfHostable.Value) {
				all[plain(short)] = v
			}
		}
	}
	for alias, id := range map[string]string{"bedrock": "aws-bedrock", "vertex": "google-vertex-ai", "vertexai": "google-vertex-ai", "bedrockconverse": "aws-bedrock",
		"bedrockai": "aws-bedrock", "vertexaigemini": "google-vertex-ai", "vertexaiembedding": "google-vertex-ai", "googleaigemini": "google-gemini", "googlegenai": "google-gemini", "gcp": "google-cloud",
		"azurenative": "azure"} {
		if v := c.Find(id); v != nil {
			all[alias] = v
		}
	}
	return all
}

// plain gives a name in small letters without signs.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// plugin gives the vendor that a framework's package is for. Where a server of one's own may be meant, it proves nothing.
func (v *vocabulary) plugin(e catalog.Ecosystem, name string) (catalog.Match, bool) {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	for _, prefix := range plugins[e] {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			for _, end := range endings {
				rest = strings.TrimSuffix(rest, end)
			}
			m, ok := v.vendorCalled(rest)
			if !ok {
				continue // a longer beginning may be another one's whole name
			}
			if ok && e == catalog.PyPI && m.Vendor.ID.Value == "hugging-face" {
				m.Proof = false // its models run where the code runs, too
			}
			return m, ok
		}
	}
	return catalog.Match{}, false
}

func (v *vocabulary) vendorCalled(name string) (catalog.Match, bool) {
	vendor := v.named[plain(name)]
	if vendor == nil {
		return catalog.Match{}, false
	}
	return catalog.Match{Vendor: vendor, Proof: !vendor.SelfHostable.Value && vendor.Status.Value != "discontinued"}, true
}

// extrasOf takes what stands in brackets behind the name of a package whose extras are plugins.
func (l *look) extrasOf(e catalog.Ecosystem, name string, end int, dev bool) {
	rest := l.data[end:min(len(l.data), end+300)]
	if e != catalog.PyPI || !bytes.HasPrefix(rest, []byte("[")) {
		return
	}
	inner, _, closed := bytes.Cut(rest[1:], []byte("]"))
	if !closed {
		return
	}
	at := end + 1
	for extra := range bytes.SplitSeq(inner, []byte(",")) {
		start := at + len(extra) - len(bytes.TrimLeft(extra, " "))
		at += len(extra) + 1
		word := string(bytes.TrimSpace(extra))
		m, ok := l.words.vendorCalled(word)
		if !ok || plain(word) == plain(name) {
			continue
		}
		strength := l.strength(m)
		if dev || len(m.Vendor.Compatible) > 0 {
			strength = min(strength, model.SignWeak)
		}
		l.see(sighting{vendor: m.Vendor, kind: model.SignPackage, strength: strength, seen: words[e] + ` "` + name + "[" + word + `]"`, name: name, ecosystem: e}, start, start+len(word))
	}
}
