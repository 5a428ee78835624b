package catalog

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

// TestFile holds the catalog to its own head: keys, categories and addresses are checked as it is read; ids and signatures are those of one
// vendor, what refers to a vendor finds it, and every address says how it was seen.
func TestFile(t *testing.T) {
	diags := &diag.List{}
	c := Read(source.NewFile("vendors.yaml", vendors), diags)
	for _, f := range diags.Findings() {
		t.Errorf("%s: %s (%s)", diag.Place(f.At), f.Message, f.Hint)
	}
	if len(c.Vendors) < 185 || !regexp.MustCompile(`^20\d\d-\d\d$`).MatchString(c.Compiled.Value) {
		t.Errorf("%d vendors, compiled %q", len(c.Vendors), c.Compiled.Value)
	}
	ids, names := map[string]bool{}, map[string]string{}
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, v := range c.Vendors {
		at := diag.Place(v.ID.At)
		if !id.MatchString(v.ID.Value) || ids[v.ID.Value] {
			t.Errorf("%s: id %q is none, or there twice", at, v.ID.Value)
		}
		ids[v.ID.Value] = true
		for _, name := range v.Known.Names {
			name = strings.ToLower(name)
			if other, ok := names[name]; ok && other != v.ID.Value {
				t.Errorf("%s: the name %q is that of %s too", at, name, other)
			}
			names[name] = v.ID.Value
		}
		if !v.Parent.IsZero() && c.Find(v.Parent.Value) == nil {
			t.Errorf("%s: no vendor %q", diag.Place(v.Parent.At), v.Parent.Value)
		}
		for _, other := range v.Compatible {
			if c.Find(other.Value) == nil || other.Value == v.ID.Value {
				t.Errorf("%s: no other vendor %q", diag.Place(other.At), other.Value)
			}
		}
		for key, pair := range map[string]struct {
			url model.Text
			how []model.Text
		}{"dpa_url": {v.DPAURL, v.Source.DPAURL}, "subprocessors_url": {v.SubprocessorsURL, v.Source.SubprocessorsURL},
			"security_url": {v.SecurityURL, v.Source.SecurityURL}, "trust_url": {v.TrustURL, v.Source.TrustURL}} {
			if pair.url.IsZero() != (pair.how == nil) {
				t.Errorf("%s: %s of %s and its source are not both there", at, key, v.ID.Value)
			}
		}
		if v.LegalEntity.IsZero() != v.LegalEntitySource.IsZero() {
			t.Errorf("%s: a legal entity and its source go together", at)
		}
	}
}

// TestSignatures holds each signature to one vendor and to a form that something in code can have.
func TestSignatures(t *testing.T) {
	all := claimsOf(Load())
	for _, key := range sortedKeys(all) {
		for _, other := range all[key][1:] {
			t.Errorf("%s: %s was claimed at %s", diag.Place(other.name.At), key, diag.Place(all[key][0].name.At))
		}
		if why, _ := all[key][0].misspelt(); why != "" {
			t.Errorf("%s: %s %s", diag.Place(all[key][0].name.At), key, why)
		}
	}
	if len(all) < 1500 {
		t.Errorf("only %d signatures were looked at", len(all))
	}
}

// TestAddresses holds every address to https and a host, and to one that says how it was seen.
func TestAddresses(t *testing.T) {
	n := 0
	for _, v := range Load().Vendors {
		for _, address := range []model.Text{v.Website, v.DPAURL, v.SubprocessorsURL, v.SecurityURL, v.TrustURL} {
			if address.IsZero() {
				continue
			}
			n++
			if u, err := url.Parse(address.Value); err != nil || u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") || u.User != nil || u.Fragment != "" {
				t.Errorf("%s: %q is no address of a page", diag.Place(address.At), address.Value)
			}
		}
		if v.AI != nil && !strings.HasPrefix(v.AI.Source.Value, "https://") {
			t.Errorf("%s: the source of terms is no page", diag.Place(v.AI.Source.At))
		}
		for _, f := range v.Facts(Load()) {
			if f.On != Load().Compiled.Value || f.Seen == strings.HasPrefix(f.Source, NotSeen) || f.Where() == "" {
				t.Errorf("%s: %s is told as %+v", v.ID, f.Key, f)
			}
		}
	}
	if n < 400 {
		t.Errorf("only %d addresses were looked at", n)
	}
}

// TestMatches asks for what is seen in code, and for what looks like it.
func TestMatches(t *testing.T) {
	c := Load()
	for _, q := range []struct {
		kind, name, want string // "" for nothing, "(id)" for what proves nothing
	}{
		{"npm", "openai", "openai"}, {"npm", "openai-whisper", ""}, {"npm", "modal", "(modal)"}, {"npm", "@aws-sdk/client-s3", "aws"},
		{"npm", "@aws-sdk/client-", ""}, {"npm", "@aws-sdk/client-bedrock-runtime", "aws-bedrock"}, {"npm", "@aws-sdk/types", ""},
		{"npm", "@anthropic-ai/bedrock-sdk", "aws-bedrock"}, {"npm", "humanloop", "(humanloop)"}, {"npm", "constructor", ""}, {"npm", "", ""},
		{"pypi", "modal", "modal"}, {"pypi", "Llama_Index.LLMs-openai", "openai"}, {"pypi", "huggingface_hub", "(hugging-face)"},
		{"go", "github.com/stripe/stripe-go/v84", "stripe"}, {"go", "github.com/stripe/stripe-gopher", ""}, {"go", "github.com/stripe", ""},
		{"go", "github.com/aws/aws-sdk-go-v2/service/bedrock/types", "aws-bedrock"}, {"go", "github.com/aws/aws-sdk-go-v2/service/bedrockx", "aws"},
		{"go", "github.com/azure/azure-sdk-for-go/sdk/azcore", "(azure)"},
		{"gem", "aws-sdk-bedrockruntime", "aws-bedrock"}, {"gem", "aws-sdk-s3", "aws"}, {"cargo", "aws_config", "aws"},
		{"maven", "software.amazon.awssdk:sqs", "aws"}, {"maven", "software.amazon.awssdk:bedrockruntime", "aws-bedrock"}, {"composer", "Twilio/SDK", "twilio"},
		{"hex", "openai", ""},
		{"variable", "OPENAI_API_KEY", "openai"}, {"variable", "openai_api_key", ""}, {"variable", "VITE_POSTHOG_KEY", "posthog"},
		{"variable", "REACT_APP_REDIS_URL", "(redis-cloud)"}, {"variable", "MY_OPENAI_API_KEY", ""},
		{"host", "api.openai.com", "openai"}, {"host", "API.OpenAI.com", "openai"}, {"host", "platform.openai.com", ""}, {"host", "api.openai.com.evil.example", ""},
		{"host", "s3.eu-west-1.amazonaws.com", "aws"}, {"host", "bedrock-runtime.eu-west-1.amazonaws.com", "aws-bedrock"}, {"host", "docs.amazonaws.com", ""},
		{"host", "us-central1-aiplatform.googleapis.com", "google-vertex-ai"}, {"host", ".amazonaws.com", ""}, {"host", "gmail.googleapis.com", "(google-workspace)"},
		{"host", "openrouter.ai/api/v1", "openrouter"}, {"host", "openrouter.ai/apix", ""}, {"host", "openrouter.ai", ""}, {"host", "www.comet.com/opik/api/v1", "comet"},
		{"host", strings.Repeat("a.", 200) + "amazonaws.com", ""},
	} {
		var m Match
		var ok bool
		switch q.kind {
		case "variable":
			m, ok = c.Variable(q.name)
		case "host":
			host, path, _ := strings.Cut(q.name, "/")
			if path != "" {
				path = "/" + path
			}
			m, ok = c.Host(host, path)
		default:
			m, ok = c.Package(Ecosystem(q.kind), q.name)
		}
		got := ""
		if ok {
			got = m.Vendor.ID.Value
			if !m.Proof {
				got = "(" + got + ")"
			}
		}
		if got != q.want {
			t.Errorf("%s %q is a sign of %q, want %q", q.kind, q.name, got, q.want)
		}
	}
	if v := c.Redirected("OPENAI_BASE_URL"); v == nil || v.ID.Value != "openai" || c.Redirected("OPENAI_API_KEY") != nil {
		t.Error("OPENAI_BASE_URL points the client of OpenAI elsewhere, OPENAI_API_KEY does not")
	}
}

// TestKnown looks at what rules see of a vendor.
func TestKnown(t *testing.T) {
	c := Load()
	for id, want := range map[string]string{
		"openai":   "openai, OpenAI, OpenAI, L.L.C., OpenAI Ireland Ltd, ChatGPT API, OpenAI OpCo, LLC", // its own legal entity
		"sendgrid": "sendgrid, Twilio SendGrid, SendGrid",                                               // Twilio Inc. has others
	} {
		if got := strings.Join(c.Find(id).Known.Names, ", "); got != want {
			t.Errorf("%s goes by %q, want %q", id, got, want)
		}
	}
	if k := c.Find("sendgrid").Known; k.Parent != c.Find("twilio").Known || !k.Receives || k.AI {
		t.Errorf("SendGrid is %+v", k)
	}
	if k := c.Find("github").Known; k.Receives {
		t.Error("GitHub holds a company's own code")
	}
	if k := c.Find("openai").Known; !k.AI || len(k.Compatible) == 0 || k.Compatible[0].ID != "azure-openai" {
		t.Errorf("OpenAI is %+v", k)
	}
}

// TestBrokenCatalog reads one that its head does not allow.
func TestBrokenCatalog(t *testing.T) {
	diags := &diag.List{}
	Read(source.NewFile("v.yaml", []byte("version: 1\ncompiled: 2026-11\nvendors:\n- {id: a, name: A, website: a.example, category: llm, signature: {npm: [a]}}\n")), diags)
	var got []string
	for _, f := range diags.Findings() {
		got = append(got, f.Message)
	}
	if len(got) != 3 || !strings.Contains(strings.Join(got, "\n"), `no key "signature"`) {
		t.Errorf("found %q", got)
	}
	if len((Read(source.NewFile("v.yaml", []byte("[")), diags)).Vendors) != 0 {
		t.Error("a list that is never closed has vendors")
	}
}

// BenchmarkRead reads the whole catalog.
func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Read(source.NewFile("vendors.yaml", vendors), &diag.List{})
	}
}
