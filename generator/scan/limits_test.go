package scan

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candor/generator/catalog"
	"candor/generator/diag"
)

func found(t *testing.T, fsys fs.FS, folders ...string) string {
	t.Helper()
	done := make(chan string, 1)
	go func() { done <- describe(Folders(fsys, folders, catalog.Load)) }()
	select {
	case got := <-done:
		return got
	case <-time.After(10 * time.Second):
		t.Fatal("no end after 10 seconds")
		return ""
	}
}

const manifest = `{"dependencies": {"openai": "1"}}`

// TestSecretsAreGone holds every place in a file of variables to a copy in which no value can be read.
func TestSecretsAreGone(t *testing.T) {
	fsys := fstest.MapFS{
		".env.example": {Data: []byte("# password hunter2\nOPENAI_API_KEY=sk-hunter2 # hunter2\nDB=postgres://u:hunter2@x.neon.tech/hunter2\nHUNTER2=1\nSTRIPE_API_KEY=\n  hunter2\n")},
		"compose.yml":  {Data: []byte("x:\n  - COHERE_API_KEY=hunter2\n  - HUNTER2\n  PASSWORD: hunter2\n")},
		"Dockerfile":   {Data: []byte("ENV A=hunter2 GROQ_API_KEY=hunter2 B=hünter2 FAL_KEY=hunter2\nENV XAI_API_KEY HUNTER2\n")},
	}
	signs := Folders(fsys, []string{"."}, catalog.Load).Signs
	if len(signs) != 7 {
		t.Errorf("%d signs", len(signs))
	}
	for _, s := range signs {
		if text := strings.ToLower(string(s.At.File.Data)); strings.Contains(text, "nter2") {
			t.Errorf("%s shows\n%s", diag.Place(s.At), text)
		}
		if !strings.Contains(s.Seen, s.At.Text()) || s.At.Text() == "" {
			t.Errorf("%s is at %q", s.Seen, s.At.Text())
		}
	}
}

// TestLimits holds the scan to what it takes, and to an end, whatever the code holds.
func TestLimits(t *testing.T) {
	deep := strings.Repeat("d/", maxDepth)
	fsys := fstest.MapFS{
		"large/package.json":              {Data: []byte(manifest + strings.Repeat(" ", maxSize))},
		"wide/package.json":               {Data: []byte("\xff\xfe{\x00}\x00")},
		"latin/package.json":              {Data: []byte("{\"dependencies\": {\"openai\": \"\xe9\"}}")},
		"zero/requirements.txt":           {Data: []byte("openai\x00")},
		"mark/requirements.txt":           {Data: []byte("\xef\xbb\xbfopenai\r\nstripe\r\n")},
		"deep/" + deep + "package.json":   {Data: []byte(manifest)},
		"deep/" + deep + "d/package.json": {Data: []byte(manifest)},
	}
	want := "deep/" + deep + "package.json:1:20: strong openai, npm package \"openai\"\n" +
		"mark/requirements.txt:1:1: strong openai, python package \"openai\"\nmark/requirements.txt:2:1: strong stripe, python package \"stripe\"\n"
	if got := found(t, fsys, "deep", "large", "latin", "mark", "wide", "zero"); got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}

	many := fstest.MapFS{"package.json": {Data: []byte(manifest)}, "z/package.json": {Data: []byte(manifest)}}
	for i := range maxFiles {
		many[fmt.Sprintf("a/%d.js", i)] = &fstest.MapFile{}
	}
	if got := found(t, many, "."); got != "package.json:1:20: strong openai, npm package \"openai\"\n" {
		t.Errorf("of too many files, found\n%s", got)
	}
}

// hostileSize is enough for a reader whose time grows with the square to be found out.
const hostileSize = maxSize / 16

// hostile makes text that a careless reader of each kind takes for ever over, or falls over.
func hostile(name string) []string {
	fill := func(unit string) string { return strings.Repeat(unit, hostileSize/len(unit)) }
	all := []string{fill("["), fill("{\"a\":"), fill("("), fill("\""), fill("'"), fill("#\n"), fill("//\n"), fill("/*"), fill("\n"), fill("a."), fill("openai\n"),
		fill("\\\n"), fill("# via\n"), fill("-"), fill("A=a.b\n"), "A=" + fill("a.b.c/d@"), "A=" + fill("a."), "A=" + fill("https://"), fill("<a>"), fill("<project>"),
		fill("gem 'openai'\n"), fill("implementation 'com.openai:openai-java:1'\n"), fill("ENV OPENAI_API_KEY=api.openai.com "), "ENV " + fill("OPENAI_API_KEY=api.openai.com "),
		fill("OPENAI_API_KEY=api.openai.com\n"), fill("if x do\n"), "require (\n" + fill("\tgithub.com/openai/openai-go v1.0.0\n") + ")\n", fill("implementation ")}
	switch name {
	case "package.json":
		all = append(all, "{\"dependencies\": {"+strings.Repeat("\"openai\": \"1\", ", 7000)+"\"x\": \"1\"}}")
	case "pyproject.toml":
		all = append(all, "[project]\ndependencies = [\n"+strings.Repeat("'openai',\n", 9000)+"]\n", fill("[project]\n"), "a = "+fill("["), "a"+fill(".a"))
	case "pom.xml":
		all = append(all, "<project><dependencies>"+strings.Repeat("<dependency><groupId>com.openai</groupId><artifactId>openai-java</artifactId></dependency>", 1000)+"</dependencies></project>")
	}
	return all
}

// TestHostile holds every reader to an end in time that grows with the size of what it reads.
func TestHostile(t *testing.T) {
	for _, name := range []string{"package.json", "composer.json", "requirements.txt", "pyproject.toml", "Pipfile", "go.mod", "Gemfile", "Cargo.toml", "pom.xml", "build.gradle",
		"libs.versions.toml", ".env.example", "compose.yml", "Dockerfile"} {
		for i, text := range hostile(name) {
			began := time.Now()
			found(t, fstest.MapFS{name: {Data: []byte(text)}}, ".")
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("%s of %.20q (%d) took %v", name, text, i, took)
			}
		}
	}
}
