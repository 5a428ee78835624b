package scan

import (
	"bytes"
	"strings"

	"candor/generator/pattern"
)

// A client is a class, or another word, that code makes a vendor's client with.
type client struct {
	vendor string // whose servers it calls
	of     string // whose package it is in, when that is another vendor's: the package is used, its vendor is not
}

// clients are those whose servers are told by their name, or by what their call says. The others of a vendor are told by their packages.
var clients = map[string]client{
	"OpenAI": {vendor: "openai"}, "OpenAIApi": {vendor: "openai"}, "AsyncOpenAI": {vendor: "openai"}, "createOpenAI": {vendor: "openai"}, "ChatOpenAI": {vendor: "openai"},
	"OpenAIEmbeddings": {vendor: "openai"}, "OpenAIEmbedding": {vendor: "openai"}, "OpenAIEmbeddingFunction": {vendor: "openai"},
	"Anthropic": {vendor: "anthropic"}, "AsyncAnthropic": {vendor: "anthropic"}, "createAnthropic": {vendor: "anthropic"}, "ChatAnthropic": {vendor: "anthropic"},
	"GoogleGenAI": {vendor: "google-gemini"}, "GoogleGenerativeAI": {vendor: "google-gemini"}, "createGoogleGenerativeAI": {vendor: "google-gemini"},
	"ChatGoogleGenerativeAI": {vendor: "google-gemini"}, "GoogleGenerativeAIEmbeddings": {vendor: "google-gemini"},

	"AzureOpenAI": {"azure-openai", "openai"}, "AsyncAzureOpenAI": {"azure-openai", "openai"}, "AzureChatOpenAI": {"azure-openai", "openai"},
	"AzureOpenAIEmbeddings": {"azure-openai", "openai"}, "AzureOpenAIEmbedding": {"azure-openai", "openai"}, "createAzure": {"azure-openai", "openai"},
	"AnthropicBedrock": {"aws-bedrock", "anthropic"}, "AsyncAnthropicBedrock": {"aws-bedrock", "anthropic"},
	"AnthropicVertex": {"google-vertex-ai", "anthropic"}, "AsyncAnthropicVertex": {"google-vertex-ai", "anthropic"}, "ChatAnthropicVertex": {"google-vertex-ai", "anthropic"},

	"ChatBedrock": {vendor: "aws-bedrock"}, "ChatBedrockConverse": {vendor: "aws-bedrock"}, "BedrockEmbeddings": {vendor: "aws-bedrock"},
	"BedrockRuntimeClient": {vendor: "aws-bedrock"}, "BedrockConverse": {vendor: "aws-bedrock"}, "createAmazonBedrock": {vendor: "aws-bedrock"},
	"ChatVertexAI": {vendor: "google-vertex-ai"}, "VertexAIEmbeddings": {vendor: "google-vertex-ai"}, "createVertex": {vendor: "google-vertex-ai"},
	"ChatGroq": {vendor: "groq"}, "createGroq": {vendor: "groq"}, "ChatMistralAI": {vendor: "mistral"}, "MistralAIEmbeddings": {vendor: "mistral"}, "createMistral": {vendor: "mistral"},
	"ChatCohere": {vendor: "cohere"}, "CohereEmbeddings": {vendor: "cohere"}, "CohereRerank": {vendor: "cohere"}, "PineconeVectorStore": {vendor: "pinecone"},
	"OpenAiChatModel": {vendor: "openai"}, "OpenAiStreamingChatModel": {vendor: "openai"}, "OpenAiEmbeddingModel": {vendor: "openai"}, "OpenAIOkHttpClient": {vendor: "openai"},
	"AnthropicChatModel": {vendor: "anthropic"}, "AnthropicStreamingChatModel": {vendor: "anthropic"}, "AnthropicOkHttpClient": {vendor: "anthropic"},
	"InferenceClient": {vendor: "hugging-face"}, "AsyncInferenceClient": {vendor: "hugging-face"}, "HfInference": {vendor: "hugging-face"}, "HuggingFaceEndpoint": {vendor: "hugging-face"},
	"S3Client":           {vendor: "aws"},
	"VoyageAIEmbeddings": {vendor: "voyage-ai"}, "createOpenRouter": {vendor: "openrouter"},
}

// modules are packages whose own functions make a client, by the name that code has for them.
var modules = map[string]string{"openai": "openai", "anthropic": "anthropic", "genai": "google-gemini", "boto3": "aws", "async_openai": "openai", "modal": "modal", "wandb": "weights-and-biases"}

// services are names in quotes that only one vendor's service has: boto3.client("bedrock-runtime"). The word is what stands in front of the hyphen.
var services = pattern.Of(`^bedrock-(agent-)?runtime["']`)

// amazons are services of AWS, by the name in quotes that boto3 makes a client of one with. S3 is none of them: others speak it as well.
var amazons = setOf("textract", "rekognition", "comprehend", "polly", "dynamodb", "sqs", "sns", "sesv2", "kinesis", "secretsmanager", "stepfunctions", "cognito", "sagemaker",
	"athena", "cloudwatch")

// byName is what stands in front of such a name.
var byName = pattern.Of(`\b(?:[a-z_]*client|resource)\(\s*(?:service_name\s*=\s*)?["']$`)

// clientWords gives the words that a client may be found by.
func clientWords() map[string]bool {
	all := map[string]bool{"bedrock": true, "AWS": true}
	for _, words := range []map[string]bool{routers, generators} {
		for word := range words {
			all[word] = true
		}
	}
	for word := range clients {
		all[word] = true
	}
	for word := range modules {
		all[word] = true
	}
	for word := range amazons {
		all[word] = true
	}
	return all
}

var (
	calls     = pattern.Of(`^(?:(?:::Client\.new|::client|::chat|::embeddings|::responses|\.fromEnv)?\s*(?:<[A-Za-z]+>)?\(|(?:\.builder|::factory)\(\))`)
	functions = pattern.Of(`^(?:\.|::)(?:Client::new|NewClient|NewClientWithConfig|DefaultConfig|ChatCompletion\.a?create|Completion\.a?create|Embedding\.a?create|Client|configure|client|resource|App|init)\(`)
	defines   = pattern.Of(`(?:\b(?:class|def|function|func|interface|type|import|extends)\s+)$`)
	pointed   = pattern.Of(`(?i)\b(?:openai_|anthropic_)?(?:base_?url|api_?base|base_?path|azure_endpoint|api_?endpoint|end_?point(?:_url)?|withbaseur[li]|uri_?base|api_url|url_?base)\b["']?\s*[:=(]?\s*`)
	vertex    = pattern.Of(`(?i)\bvertex_?ai\s*[:=]\s*true\b`)
	assigned  = pattern.Of(`(?i)(\.)?\b([A-Za-z_]*(?:base_?url|api_?base|base_?path|endpoint|_url|_host))\s*(?::\s*str(?:ing)?\s*)?:?=\s*f?["'` + "`" + `]([a-z]+://[^"'` + "`" + `\s]+)`)
	literal   = pattern.Of(`["'` + "`" + `](https?://[^"'` + "`" + `\s]+)`)
)

// A use is one place where code makes a client.
type use struct {
	vendor     string
	start, end int
	elsewhere  bool // it is pointed at another server
	unknown    bool // where it is pointed is told elsewhere
	another    bool // it calls this vendor with a package of another
	lent       bool // it is that other vendor, which is not called
}

// maxCall is how many bytes of a call are looked at.
const maxCall = 1000

// useAt gives what a word makes, if it makes a client. isOther reports whether an address is that of somebody other than a vendor.
func useAt(data []byte, h hit, isOther func(vendor, address string) bool) (all []use) {
	word, rest := string(data[h.start:h.end]), data[h.end:min(len(data), h.end+maxCall)]
	before := data[max(0, h.start-24):h.start]
	if word == "bedrock" && h.start > 0 && strings.IndexByte("\"'`", data[h.start-1]) >= 0 && services.MatchString(string(data[h.start:min(len(data), h.end+20)])) {
		return []use{{vendor: "aws-bedrock", start: h.start, end: h.end, another: true}}
	}
	if amazons[word] {
		return amazonAt(data, h)
	}
	c, known := clients[word]
	call := calls.FindIndex(rest)
	if module := modules[word]; module != "" {
		c, known = client{vendor: module}, true
		call = functions.FindIndex(rest)
	}
	if !known || call == nil || defines.MatchString(string(before)) {
		return nil
	}
	u := use{vendor: c.vendor, start: h.start, end: h.end}
	args := arguments(rest[call[1]:])
	switch {
	case c.vendor == "aws" && bytes.HasPrefix(bytes.TrimLeft(args, "\"'"), []byte("bedrock")): // told where it stands
		return []use{{vendor: c.vendor, lent: true}}
	case c.of != "":
		u.another = true
		all = append(all, use{vendor: c.of, lent: true})
	case c.vendor == "google-gemini" && vertex.MatchString(string(args)):
		u.vendor, u.another = "google-vertex-ai", true
		all = append(all, use{vendor: c.vendor, lent: true})
	case pointed.MatchString(string(args)):
		at := pointed.FindStringIndex(string(args))
		given, _, _ := bytes.Cut(args[at[0]:], []byte("\n"))
		found := literal.FindStringSubmatch(string(given))
		u.unknown = found == nil
		u.elsewhere = found != nil && isOther(c.vendor, found[1])
	}
	return append(all, u)
}

// amazonAt gives the use of a service of AWS, where a client of it is made that is not pointed at another server.
func amazonAt(data []byte, h hit) []use {
	args := arguments(data[h.end:min(len(data), h.end+maxCall)])
	if !byName.Match(data[max(0, h.start-60):h.start]) || pointed.MatchString(string(args)) {
		return nil
	}
	return []use{{vendor: "aws", start: h.start, end: h.end}}
}

// arguments gives what stands between the parentheses of a call, the first of which is open.
func arguments(rest []byte) []byte {
	depth := 1
	for i, c := range rest {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return rest[:i]
			}
		}
	}
	return rest
}

// pointing says where a file's own statements point clients: openai.api_base = "...", BASE_URL = "...".
type pointing struct {
	client   bool // the client itself
	constant bool // something that a client is given
}

// pointingOf reads the assignments of a file. A comment is as long as a file's author wants: those in one are passed over.
func pointingOf(data []byte, r reading, vendor string, isOther func(vendor, address string) bool) (p pointing) {
	if !bytes.Contains(data, []byte("://")) {
		return p
	}
	for _, m := range assigned.FindAllSubmatchIndex(data, 50) {
		if _, comment := inside(r.comments, m[4]); comment || !isOther(vendor, string(data[m[6]:m[7]])) {
			continue
		}
		if m[2] >= 0 {
			p.client = true
		}
		p.constant = true
	}
	return p
}
