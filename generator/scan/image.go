package scan

import (
	"bytes"
	"path"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

// servers are container images of servers that a vendor also runs for others, by their names without a registry: who runs one needs the vendor's client
// for it, and the client is no sign of the vendor then.
var servers = map[string]string{
	"qdrant/qdrant": "qdrant-cloud", "semitechnologies/weaviate": "weaviate-cloud", "chromadb/chroma": "chroma-cloud", "chroma-core/chroma": "chroma-cloud", "milvusdb/milvus": "zilliz",
	"langfuse/langfuse": "langfuse", "langfuse/langfuse-worker": "langfuse", "redis": "redis-cloud", "redis/redis-stack": "redis-cloud", "redis/redis-stack-server": "redis-cloud",
	"bitnami/redis": "redis-cloud", "valkey/valkey": "redis-cloud", "mongo": "mongodb-atlas", "bitnami/mongodb": "mongodb-atlas", "elasticsearch": "elastic-cloud",
	"elasticsearch/elasticsearch": "elastic-cloud", "bitnami/elasticsearch": "elastic-cloud", "supabase/postgres": "supabase", "supabase/studio": "supabase", "supabase/gotrue": "supabase", "posthog/posthog": "posthog",
	"getsentry/sentry": "sentry", "sentry": "sentry", "clickhouse/clickhouse-server": "clickhouse-cloud", "confluentinc/cp-kafka": "confluent", "bitnami/kafka": "confluent",
	"apache/kafka": "confluent", "cockroachdb/cockroach": "cockroachdb-cloud", "temporalio/auto-setup": "temporal-cloud", "temporalio/server": "temporal-cloud",
	"livekit/livekit-server": "livekit", "arizephoenix/phoenix": "arize", "svix/svix-server": "svix", "inngest/inngest": "inngest", "triggerdotdev/trigger.dev": "trigger-dev",
	"get-convex/convex-backend": "convex", "helicone/helicone-all-in-one": "helicone", "comet-ml/opik/opik-backend": "comet", "rudderlabs/rudder-server": "rudderstack",
	"gitlab/gitlab-ce": "gitlab", "gitlab/gitlab-ee": "gitlab", "mendableai/firecrawl": "firecrawl", "firecrawl/firecrawl": "firecrawl", "unstructured-io/unstructured-api": "unstructured",
	"wandb/local": "weights-and-biases", "tursodatabase/libsql-server": "turso", "mem0/mem0-api-server": "mem0",
	"ollama/ollama": "openai", "vllm/vllm-openai": "openai", "localai/localai": "openai", "huggingface/text-generation-inference": "openai", "ggml-org/llama.cpp": "openai",
	"minio/minio": "aws", "localstack/localstack": "aws", "bitnami/minio": "aws", "chrislusf/seaweedfs": "aws",
}

// agents are images that send to a vendor what happens beside them.
var agents = map[string]string{"datadog/agent": "datadog", "datadoghq/agent": "datadog", "cloudflare/cloudflared": "cloudflare", "newrelic/infrastructure": "new-relic",
	"newrelic/infrastructure-bundle": "new-relic", "rollbar/rollbar-agent": "rollbar"}

var (
	imageLine = pattern.Of(`^\s*(?:-\s+)?(?:["']?(?:image|repository)["']?\s*:\s*["']?|(?i:from)\s+(?:--platform=\S+\s+)?)([a-zA-Z0-9][a-zA-Z0-9._/-]*(?::[0-9]+/[a-zA-Z0-9._/-]+)?)`)
	account   = pattern.Of(`^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$`)
)

// images takes the container images of a file: those of servers of one's own, and those that send to a vendor.
func (l *look) images() {
	for _, m := range l.imagesAt() {
		registry, name := imageName(string(l.data[m[0]:m[1]]))
		if id := servers[name]; id != "" && !l.role.aside && !l.role.pipeline {
			about := ""
			if id == "openai" || id == "aws" { // beside which the vendor itself may be in use
				about = string(model.SignPackage)
			}
			l.hosted = append(l.hosted, redirection{vendor: id, folder: path.Dir(l.path), about: about})
		}
		id, seen := agents[name], `container image "`+name+`"`
		if id == "" {
			id, seen = registryOf(registry), `container registry "`+registry+`"`
		}
		if vendor := l.known.Find(id); vendor != nil {
			l.see(sighting{vendor: vendor, kind: model.SignImage, strength: l.strength(catalog.Match{Vendor: vendor, Proof: true}), seen: seen}, m[0], m[1])
		}
	}
}

// maxImages is how many images of a file are looked at.
const maxImages = 300

// imagesAt gives where images are named. Few lines do, so each is asked for its words first.
func (l *look) imagesAt() (all [][2]int) {
	for at := 0; at < len(l.data) && len(all) < maxImages; {
		end := lineEnd(l.data, at)
		line := l.data[at:end]
		first := bytes.TrimLeft(line, " \t")
		if bytes.Contains(line, []byte("image")) || bytes.Contains(line, []byte("repository")) || len(first) > 4 && bytes.EqualFold(first[:4], []byte("from")) {
			if m := imageLine.FindStringSubmatchIndex(string(line)); m != nil {
				all = append(all, [2]int{at + m[2], at + m[3]})
			}
		}
		at = end + 1
	}
	return all
}

// imageName parts the name of an image into its registry, "" for the usual one, and the rest in small letters without a tag.
func imageName(image string) (registry, name string) {
	name = strings.ToLower(image)
	if first, rest, ok := strings.Cut(name, "/"); ok && strings.ContainsAny(first, ".:") {
		registry, name = first, rest
	}
	return registry, strings.TrimPrefix(name, "library/")
}

// registryOf gives the cloud that keeps a company's own images by the name of the registry, "" for others: what everybody may fetch from says nothing.
func registryOf(registry string) string {
	switch {
	case account.MatchString(registry):
		return "aws"
	case strings.HasSuffix(registry, ".azurecr.io"):
		return "azure"
	case strings.HasSuffix(registry, "-docker.pkg.dev"):
		return "google-cloud"
	case registry == "registry.digitalocean.com":
		return "digitalocean"
	case strings.HasSuffix(registry, ".scw.cloud"):
		return "scaleway"
	}
	return ""
}
