package diagrams

import (
	"context"
	"os"
	"testing"
)

// childMode says, in the environment of this test binary, that it shall be a child.
const childMode = "CANDOR_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childMode) {
	case "":
		os.Exit(m.Run())
	case "serve":
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
	}
}

func TestLook(t *testing.T) {
	self, _ := os.Executable()
	p := NewPool(Options{Command: []string{self}, Env: append(os.Environ(), childMode+"=serve")})
	defer p.Close()
	pic, err := p.Draw(context.Background(), replyDrafts("d1"))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/diag-look/1.svg", pic.SVG, 0o644)
	t.Log(pic.Width, pic.Height, len(pic.SVG), pic.Restarted)
}

func replyDrafts(prefix string) Graph {
	return Graph{
		Name: "reply-drafts", Prefix: prefix, Title: "Reply drafts: where a customer's message goes",
		Desc: "Eight steps in five trust boundaries.",
		Boundaries: []Boundary{
			{ID: "customer", Title: "Customer", Kind: Customer},
			{ID: "production", Title: "Fernlight production", Terms: "United States", Kind: Own},
			{ID: "pinecone", Title: "Pinecone, US", Terms: "30 days, one namespace per tenant", Kind: Vendor},
			{ID: "openai", Title: "OpenAI, US", Terms: "zero retention on file", Kind: Vendor},
			{ID: "aws", Title: "Amazon Web Services, US", Terms: "encrypted, 30 days", Kind: Vendor},
		},
		Steps: []Step{
			{ID: "message", Title: "Customer message", Stage: Input, Kind: External, Boundary: "customer"},
			{ID: "redact", Title: "Redact personal data", Stage: Preprocessing, Kind: Process, Boundary: "production"},
			{ID: "search", Title: "Find similar messages", Stage: Preprocessing, Kind: Process, Boundary: "production"},
			{ID: "vectors", Title: "Tenant vectors", Stage: Preprocessing, Kind: Store, Boundary: "pinecone"},
			{ID: "draft", Title: "Draft a reply", Stage: Model, Kind: ModelStep, Boundary: "openai"},
			{ID: "review", Title: "Agent reviews the draft", Stage: Output, Kind: Process, Boundary: "production"},
			{ID: "logs", Title: "Audit log", Stage: Storage, Kind: Store, Boundary: "aws"},
			{ID: "mailbox", Title: "Encrypted message archive", Stage: Storage, Kind: Store, Boundary: "aws"},
		},
		Links: []Link{
			{From: "message", To: "redact", Carries: CustomerData, Title: "customer content, over TLS"},
			{From: "redact", To: "search", Carries: CustomerData, Title: "redacted text"},
			{From: "search", To: "vectors", Carries: CustomerData, Title: "embedding"},
			{From: "vectors", To: "search", Carries: Metadata, Title: "ids of neighbors"},
			{From: "search", To: "draft", Carries: CustomerData, Title: "redacted prompt, over TLS"},
			{From: "draft", To: "review", Carries: CustomerData, Title: "draft"},
			{From: "review", To: "message", Carries: CustomerData, Title: "approved reply"},
			{From: "review", To: "logs", Carries: Metadata, Title: "who approved and when"},
			{From: "review", To: "mailbox", Carries: CustomerData, Title: "sent reply"},
		},
	}
}
