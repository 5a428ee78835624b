package scan

import (
	"context"
	"path/filepath"
	"testing"
	"testing/fstest"

	"candor/generator/catalog"

	"github.com/rogpeppe/go-internal/txtar"
)

// fuzzTree holds what reads a file of a whole tree to come to an end, and to places inside the one line that it keeps. Its corpus are the files of the
// labelled trees.
func fuzzTree(f *testing.F, name string, seeds ...string) {
	archives, err := filepath.Glob("testdata/labelled/*.txtar")
	if err != nil || archives == nil {
		f.Fatalf("no labelled trees: %v", err)
	}
	for _, a := range archives {
		archive, err := txtar.ParseFile(a)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == filepath.Ext(name) {
				f.Add(file.Data)
			}
		}
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		found, err := Trees(context.Background(), []Tree{{Name: "x", Files: fstest.MapFS{name: {Data: data}}}}, catalog.Load)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range found.Signs {
			at := s.At
			if at.File.Path != "x/"+name || at.Start < 0 || at.End <= at.Start || at.End > len(at.File.Data) {
				t.Errorf("%s is at %d to %d of %q in %s", s.Seen, at.Start, at.End, at.File.Data, at.File.Path)
			}
			if p := at.Position(); p.Line < 1 || p.Column < 1 {
				t.Errorf("%s is at %v", s.Seen, p)
			}
		}
	})
}

func FuzzScript(f *testing.F) {
	fuzzTree(f, "a.ts", "`${a}.openai.azure.com` /* ` */ import x from '@ai-sdk/openai'; new OpenAI({baseURL: `http://x`})")
}
func FuzzPython(f *testing.F) {
	fuzzTree(f, "a.py", "'''a''' from google.cloud import storage\nopenai.api_base = 'http://x'\nOpenAI(")
}
func FuzzStrict(f *testing.F)   { fuzzTree(f, "a.go", "'\"' \"//\" openai.NewClient(") }
func FuzzSettings(f *testing.F) { fuzzTree(f, "a.yaml", "image: 'redis'\nmodel: azure/x # litellm\n") }
func FuzzTerraform(f *testing.F) {
	fuzzTree(f, "a.tf", "module \"x\" {\n source = \"hashicorp/aws\"\n")
}
func FuzzWorkflow(f *testing.F) { fuzzTree(f, ".github/workflows/a.yml", "- uses: azure/login\n") }
func FuzzMarkup(f *testing.F)   { fuzzTree(f, "a.html", "<!-- <a href=\"https://api.x.ai\"> --") }
func FuzzShell(f *testing.F)    { fuzzTree(f, "a.sh", "pip install \\\n 'openai' # x\n") }
func FuzzProperties(f *testing.F) {
	fuzzTree(f, "application.yml", "spring:\n  ai:\n    openai:\n      base-url: ${URL:http://x}\n      api-key: k\n---\nspring.ai.mistralai.api-key: x\n")
}
func FuzzServerless(f *testing.F) { fuzzTree(f, "serverless.yml", "provider:\n  # x\n  name: aws\n") }
func FuzzCommands(f *testing.F) {
	fuzzTree(f, "Makefile", "a:\n\t@A=b npx wrangler deploy\n\tcat <<EOF\nfly deploy\nEOF\n")
}
func FuzzRouters(f *testing.F) {
	fuzzTree(f, "a.py", "import litellm\nx = completion(model='openai/x', api_base='http://y')\nsession.client('sqs')\nfrom langchain.x import (\n ChatOpenAI)\nChatOpenAI()")
}
func FuzzNotebook(f *testing.F) { fuzzTree(f, "a.ipynb", "\"!pip install openai\\n\"") }
func FuzzSetup(f *testing.F) {
	fuzz(f, "setup.py", "install_requires=['openai', \"x[y]\"], extras_require={'a': ['stripe']")
}
func FuzzSetupCfg(f *testing.F) {
	fuzz(f, "setup.cfg", "[options]\ninstall_requires = openai\n  stripe>1\n")
}
func FuzzConda(f *testing.F) { fuzz(f, "environment.yml", "dependencies:\n- pip:\n  - openai==1\n") }
func FuzzDeno(f *testing.F)  { fuzz(f, "deno.json", "{\"imports\": {\"a\": \"npm:openai@4\"}}") }
func FuzzImages(f *testing.F) {
	fuzzTree(f, "Dockerfile", "FROM --platform=x gcr.io/datadoghq/agent:7\nRUN npm i \\\n openai")
}
