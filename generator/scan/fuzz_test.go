package scan

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/catalog"
	"candor/generator/source"

	"github.com/rogpeppe/go-internal/txtar"
)

// fuzz holds the reader of a manifest to come to an end and to name places inside the file, whatever the file says. Its corpus are the
// manifests of that name in the archives.
func fuzz(f *testing.F, name string, seeds ...string) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, a := range archives {
		archive, err := txtar.ParseFile(a)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if path.Base(file.Name) == name {
				f.Add(file.Data)
			}
		}
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	kind, ok := kindOf(name)
	if !ok {
		f.Fatalf("%s is no manifest", name)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		inside := func(at source.Span) {
			if at.Start < 0 || at.End < at.Start || at.End > len(at.File.Data) {
				t.Errorf("place %d to %d in a file of %d bytes", at.Start, at.End, len(at.File.Data))
			}
		}
		fsys := fstest.MapFS{name: {Data: data}}
		for _, s := range Folders(fsys, []string{"."}, catalog.Load).Signs {
			if inside(s.At); s.At.Text() == "" || strings.Contains(s.At.Text(), "\n") {
				t.Errorf("%s is at %q", s.Seen, s.At.Text())
			}
		}
		file, trouble, err := source.ReadText(fsys, name, maxSize)
		if err != nil || trouble != "" || kind.packages == nil {
			return
		}
		for i, d := range kind.packages(file) {
			if i < 50 {
				inside(d.at())
			}
		}
	})
}

func FuzzPackageJSON(f *testing.F) {
	fuzz(f, "package.json", `{"dependencies": {"a": "npm:openai", "openai": "\ud800", "": ""}, "dependencies": null}`)
}

func FuzzComposerJSON(f *testing.F) {
	fuzz(f, "composer.json", `{"require": {"\u0074wilio/sdk": "1"}}`)
}

func FuzzRequirements(f *testing.F) { fuzz(f, "requirements.txt", "openai[a,b] (>=1) ; x\n\\\n") }

func FuzzPyproject(f *testing.F) {
	fuzz(f, "pyproject.toml", "[project]\ndependencies = [\"\"\"openai\"\"\", \"\\u006fpenai\"]\n[[tool.poetry]]\n")
}

func FuzzPipfile(f *testing.F) { fuzz(f, "Pipfile", "[packages]\n\"openai\".version = '*'\n") }

func FuzzGoMod(f *testing.F) {
	fuzz(f, "go.mod", "require \"github.com/openai/openai-go\" v1.0.0\n", "require (\n)\n")
}

func FuzzGemfile(f *testing.F) {
	fuzz(f, "Gemfile", "group :test do\n  gem \"stripe\" # x\nend\nend\n")
}

func FuzzCargo(f *testing.F) { fuzz(f, "Cargo.toml", "dependencies.async-openai.package = 3\n") }

func FuzzPom(f *testing.F) {
	fuzz(f, "pom.xml", "<project><dependencies><dependency><groupId>io.sentry</groupId><artifactId><![CDATA[sentry]]></artifactId></dependency></dependencies></project>")
}

func FuzzGradle(f *testing.F) { fuzz(f, "build.gradle", "api 'io.sentry:sentry' // '''\n") }

func FuzzGradleCatalog(f *testing.F) { fuzz(f, "libs.versions.toml", "[libraries]\na = {group = 1}\n") }

func FuzzEnv(f *testing.F) {
	fuzz(f, ".env.example", "OPENAI_API_KEY=https://ü@api.openai.com:1/x,api.groq.com\n")
}

func FuzzCompose(f *testing.F) {
	fuzz(f, "docker-compose.yml", "- OPENAI_API_KEY\n\"GROQ_API_KEY\": x\n")
}

func FuzzDocker(f *testing.F) {
	fuzz(f, "Dockerfile.web", "ENV \\\nOPENAI_API_KEY=1 GROQ_API_KEY=ü\\\n")
}
