package scan

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"

	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/model"
)

// seen looks into one tree and describes it as describe does, with its notes.
func seen(t *testing.T, files fs.FS) string {
	t.Helper()
	done := make(chan string, 1)
	go func() {
		found, err := Trees(context.Background(), []Tree{{Name: ".", Files: files}}, catalog.Load)
		var b strings.Builder
		b.WriteString(describe(found))
		for _, n := range found.Notes {
			fmt.Fprintf(&b, "note: %s %s\n", n.Path, n.Why)
		}
		if err != nil {
			b.WriteString(err.Error())
		}
		done <- b.String()
	}()
	select {
	case got := <-done:
		return got
	case <-time.After(20 * time.Second):
		t.Fatal("no end after 20 seconds")
		return ""
	}
}

// TestTreesAreAlwaysTheSame holds the result to the tree, not to which file was read first, and paths to the names of trees.
func TestTreesAreAlwaysTheSame(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 300 {
		files[fmt.Sprintf("s%d/package.json", i%7)] = &fstest.MapFile{Data: []byte(manifest)}
		files[fmt.Sprintf("s%d/a%d.ts", i%7, i)] = &fstest.MapFile{Data: []byte("x(process.env.OPENAI_API_KEY, 'https://api.groq.com')\n")}
	}
	var first string
	for range 5 {
		found, err := Trees(context.Background(), []Tree{{Name: "../one", Files: files}, {Name: ".", Files: files}}, catalog.Load)
		if err != nil || found.Files != 2*307 {
			t.Fatalf("%d files, %v", found.Files, err)
		}
		got := describe(found)
		if first == "" {
			first = got
		}
		if got != first {
			t.Fatal("another result of the same tree")
		}
	}
	for _, want := range []string{"../one/s0/a0.ts:1:15: strong openai, environment variable \"OPENAI_API_KEY\"\n", "\ns6/package.json:1:20: weak openai, npm package \"openai\"\n"} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q in\n%s", want, first)
		}
	}
}

// TestNoValueIsKept holds what is kept of code to names: whatever stands beside them may be a secret.
func TestNoValueIsKept(t *testing.T) {
	files := fstest.MapFS{
		"1/.env.example":          {Data: []byte("OPENAI_API_KEY=hunter2 # hunter2\nDB=postgres://u:hunter2@x.neon.tech/hunter2\n")},
		"2/src/a.ts":              {Data: []byte("new OpenAI({ apiKey: \"hunter2\", dsn: 'https://hunter2@o1.ingest.sentry.io/1' || process.env.OPENAI_API_KEY }) // hunter2\nimport OpenAI from 'openai'\n")},
		"3/b.py":                  {Data: []byte("OPENAI_API_KEY = 'hunter2' or \"\"\"hunter2\"\"\"\nimport cohere; k = f'hunter2'\n")},
		"4/c.yaml":                {Data: []byte("- {name: OPENAI_API_KEY, value: hunter2}\nhost: https://hunter2@api.groq.com/hunter2 # hunter2\n")},
		"5/run.sh":                {Data: []byte("export OPENAI_API_KEY=hunter2\ncurl -H 'hunter2' https://api.groq.com -u hunter2 && pip install openai --token hunter2\n")},
		"6/app.properties":        {Data: []byte("x=${OPENAI_API_KEY:hunter2}\n")},
		"7/main.tf":               {Data: []byte("provider \"aws\" { secret_key = \"hunter2\" }\n")},
		"8/requirements.txt":      {Data: []byte("stripe @ git+https://hunter2@example.com/stripe#hunter2\n")},
		"9/package.json":          {Data: []byte("{\"dependencies\": {\"openai\": \"https://hunter2@example.com/x.tgz\"}}")},
		"10/Dockerfile":           {Data: []byte("FROM 123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:hunter2\nENV GROQ_API_KEY=hunter2\nRUN pip install openai --index-url https://hunter2@example.com\n")},
		".github/workflows/x.yml": {Data: []byte("      - uses: aws-actions/configure-aws-credentials@hunter2\n        env: {SENTRY_AUTH_TOKEN: hunter2}\n")},
		"13/deploy.sh":            {Data: []byte("TOKEN=hunter2 flyctl deploy --build-arg KEY=hunter2\n")},
		"14/application.yml":      {Data: []byte("spring:\n  ai:\n    mistralai:\n      api-key: hunter2\n")},
		"12/long.go":              {Data: []byte("package x\n\nvar a, key, b = \"OPENAI_API_KEY\", aB3dE5fG7hI9jK1mN3pQ5, os.Getenv(\"OPENAI_API_KEY\")\n")},
	}
	found, err := Trees(context.Background(), []Tree{{Name: ".", Files: files}}, catalog.Load)
	if err != nil || len(found.Signs) < 20 {
		t.Fatalf("%d signs, %v", len(found.Signs), err)
	}
	told := map[string]bool{}
	for _, s := range found.Signs {
		told[s.At.File.Path] = true
		if text := string(s.At.File.Data); strings.Contains(text, "hunter2") || strings.Contains(text, "aB3dE5") {
			t.Errorf("%s %s shows\n%s", diag.Place(s.At), s.Seen, text)
		}
		if s.At.Text() == "" || strings.Count(string(s.At.File.Data), "\n") > 0 {
			t.Errorf("%s is at %q of %q", s.Seen, s.At.Text(), s.At.File.Data)
		}
	}
	if len(told) != len(files) {
		t.Errorf("signs in %v of %d files", told, len(files))
	}
}

// TestTreeLimits holds a tree to what is read of it, and to a note for what is not.
func TestTreeLimits(t *testing.T) {
	use := []byte("x = os.environ['GROQ_API_KEY']\n")
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune("x = os.environ['GROQ_API_KEY'] # ü\r\n")) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	deep := strings.Repeat("d/", maxTreeDepth)
	files := fstest.MapFS{
		"large.py":         {Data: slices.Concat(use, []byte(strings.Repeat("#\n", maxSize/2)))},
		"large.json":       {Data: slices.Concat(use, []byte(strings.Repeat("#\n", maxSize/2)))},
		"zero.py":          {Data: []byte("x = 'GROQ_API_KEY'\x00")},
		"wide.py":          {Data: wide},
		"latin.py":         {Data: []byte("# \xe9\nx = '\xe9' + os.environ['GROQ_API_KEY']\n")},
		"mark.py":          {Data: slices.Concat([]byte("\xef\xbb\xbf"), use)},
		"made.js":          {Data: []byte("x = 'https://api.groq.com';" + strings.Repeat("y();", maxLine))},
		deep + "x.py":      {Data: use},
		deep + "d/x.py":    {Data: use},
		"conf/key.pem":     {Data: use},
		".env":             {Data: []byte("GROQ_API_KEY=x\n")},
		"credentials.json": {Data: use},
		"picture.png":      {Data: use},
	}
	want := deep + "x.py:1:17: strong groq, environment variable \"GROQ_API_KEY\"\n" +
		"latin.py:2:23: strong groq, environment variable \"GROQ_API_KEY\"\n" +
		"note: .env is an environment file, which is not read: only examples are, like .env.example\n" +
		"note: credentials.json is a file of credentials, which is not read\n" +
		"note: " + deep + "d lies too deep\nnote: large.py is larger than 1 MiB\nnote: zero.py is no text\n"
	got := seen(t, files)
	// of one folder, one sign of a kind is told: mark.py and wide.py have their own
	if got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
	for _, name := range []string{"mark.py", "wide.py"} {
		if got := seen(t, fstest.MapFS{name: files[name]}); got != name+":1:17: strong groq, environment variable \"GROQ_API_KEY\"\n" {
			t.Errorf("found\n%s", got)
		}
	}
}

// TestBrokenManifests looks at manifests that are none, whole ones on one very long line, and one with a name that is no name: each broken one costs a note.
func TestBrokenManifests(t *testing.T) {
	long := strings.Repeat("x", 2*maxLine)
	got := seen(t, fstest.MapFS{
		"a/package.json":   {Data: []byte(strings.Repeat("[", 900_000))},
		"b/composer.json":  {Data: []byte(`{"require": {"openai-php/client": "1"}`)},
		"c/pyproject.toml": {Data: []byte("a = " + strings.Repeat("[", 100_000))},
		"d/Cargo.toml":     {Data: []byte("[dependencies\n")},
		"e/pom.xml":        {Data: []byte(strings.Repeat("<a>", 300_000))},
		"f/go.mod":         {Data: []byte("require (\n")},
		"g/package.json":   {Data: []byte(`{"about": "` + long + `", "dependencies": {"` + long + `": "1", "stripe": "1"}}`)},
		"h/package.json":   {Data: []byte("{}")},
		"i/Pipfile":        {Data: []byte("\n")},
		"j/pyproject.toml": {Data: []byte("[tool.black]\nline-length = 100\n")},
	})
	want := "g/package.json:1:200042: strong stripe, npm package \"stripe\"\n"
	for _, form := range []string{"a/package.json is no JSON", "b/composer.json is no JSON", "c/pyproject.toml is no TOML", "d/Cargo.toml is no TOML", "e/pom.xml is no XML", "f/go.mod is no go.mod file"} {
		want += "note: " + form + " that can be read: what it asks for is not known\n"
	}
	if got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}

// TestManyNotes holds what is told of a tree of unreadable files to what a person reads.
func TestManyNotes(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 3 * maxNotes {
		files[fmt.Sprintf("%d/.env", i)] = &fstest.MapFile{}
	}
	found, err := Trees(context.Background(), []Tree{{Name: "code", Files: files}}, catalog.Load)
	if last := len(found.Notes) - 1; err != nil || last != maxNotes || found.Notes[last] != (Note{"code", "holds more that was not read"}) {
		t.Errorf("%d notes, %v", len(found.Notes), err)
	}
}

// TestTreesStop ends a run whose time is up.
func TestTreesStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Trees(ctx, []Tree{{Name: ".", Files: fstest.MapFS{"a.py": {}}}}, catalog.Load); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// TestHostileCode holds the readers of code to an end in time that grows with the size of what they read.
func TestHostileCode(t *testing.T) {
	if testing.Short() {
		t.Skip("the time that reading takes says nothing with the race detector")
	}
	fill := func(unit string) string { return strings.Repeat(unit, hostileSize/len(unit)) }
	texts := []string{fill("/*"), fill("\""), fill("'\\"), fill("`\\"), fill("`\\`"), fill("\"\"\"'''"), fill("<!--"), fill("//"), fill("#"), fill("openai."), fill("openai(\n"), fill("OpenAI("),
		fill("OpenAI(base_url=\n"), fill("import openai\n"), fill("from openai import "), fill("from 'openai'\n"), fill("'openai'"), fill("api.openai.com\n"), fill("{}.openai.com"), fill("${a}.x.ai/"),
		fill("OPENAI_API_KEY\n"), fill("OPENAI_BASE_URL=http://x\n"), fill("AWS::S3::"), fill("model: azure/x\nlitellm\n"), fill("pip install openai \\\n"), fill("npm i openai "),
		fill("uses: azure/login@1\n"), fill("image: redis\n"), fill("resource \"aws_s3\" \"x\" {\n"), fill("source = \"hashicorp/aws\"\n"), fill("module \"x\" {\n"), fill("provider \"aws\" {\n"),
		fill("base_url = 'http://x'\nOpenAI()\n"), fill("install_requires=["), fill("extras_require={'a': ["), fill("- openai\n"), fill("\"npm:openai\"")}
	for _, name := range []string{"a.ts", "a.py", "a.go", "a.yaml", "a.tf", "a.html", "a.md", "a.ipynb", "a.sh", "a.php", ".github/workflows/a.yml", "setup.py", "setup.cfg", "environment.yml", "deno.json", "Dockerfile"} {
		for i, text := range texts {
			began := time.Now()
			seen(t, fstest.MapFS{name: {Data: []byte("OPENAI_API_KEY openai litellm\n" + text)}})
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("%s of %.20q (%d) took %v", name, text, i, took)
			}
		}
	}
}

// TestManySigns holds what is kept of a tree in which everything is a sign to what memory there is, and to the same signs whatever is read first.
func TestManySigns(t *testing.T) {
	add := func(order []int) *keeper {
		k := newKeeper()
		for _, i := range order {
			k.keep(sighting{vendor: catalog.Load().Vendors[i%3], kind: model.SignHost, path: fmt.Sprintf("%06d/x", i), seen: "x"})
		}
		k.trim()
		return k
	}
	var up, down []int
	for i := range 3 * maxKept {
		up = append(up, i)
	}
	down = slices.Clone(up)
	slices.Reverse(down)
	one, other := add(up), add(down)
	if len(one.best) != maxKept || len(other.best) != maxKept {
		t.Fatalf("%d and %d kept", len(one.best), len(other.best))
	}
	for key := range one.best {
		if _, ok := other.best[key]; !ok {
			t.Fatalf("%q is kept once", key.dir)
		}
	}
}

// TestLargeTree looks into a hundred thousand files on disk, within ten seconds and with 200 MiB at the most. It needs the machine for itself, so it is asked for, as CI does after
// all other tests: CANDOR_LARGE is the folder for the files, which are made once.
func TestLargeTree(t *testing.T) {
	dir := os.Getenv("CANDOR_LARGE")
	if dir == "" {
		t.Skip("CANDOR_LARGE names no folder for 100,000 files")
	}
	if _, err := os.Stat(filepath.Join(dir, "s0")); err != nil {
		writeLarge(t, dir)
	}
	const most = 10 * time.Second
	var took time.Duration
	for range 2 { // once more if need be: what was written goes on to the disk for a while
		began := time.Now()
		found, err := Trees(context.Background(), []Tree{{Name: ".", Files: os.DirFS(dir)}}, catalog.Load)
		took = time.Since(began)
		t.Logf("%d files and %d signs in %v", found.Files, len(found.Signs), took)
		if err != nil || found.Files < 100_000 {
			t.Fatalf("%d files, %v", found.Files, err)
		}
		if took <= most {
			break
		}
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("%d MiB", memory.Sys>>20)
	if took > most || memory.Sys > 200<<20 {
		t.Errorf("%v with %d MiB", took, memory.Sys>>20)
	}
}

// writeLarge writes a tree as a company's might be: two hundred services, most files of which have nothing of interest. Of five files three are code, one describes what is
// deployed, one is a script.
func writeLarge(t *testing.T, dir string) {
	body := strings.Repeat("export function handle(request: Request, context: Context) {\n  const value = context.load(request.params.id); // as it was\n  return value.map((v) => v.name + \": \" + v.total);\n}\n", 20)
	deployed := strings.Repeat("kind: Deployment\nspec:\n  containers:\n    - name: web\n      image: registry.local/web:1\n      command: [\"sh\", \"-c\", \"npm install && npm start\"]\n      env:\n        - name: NODE_ENV\n          value: production\n", 20)
	script := "#!/bin/sh\n" + strings.Repeat("for f in $(ls /srv/data | sort); do\n  docker run --rm -v \"$PWD:/work\" local/image sh -c \"gzip /work/$f\" && git add . && pip install -r requirements.txt\ndone\n", 25)
	for s := range 200 {
		for i := range 500 {
			name := filepath.Join(dir, fmt.Sprintf("s%d/src/p%d/file%d.ts", s, i%20, i))
			text := body
			switch {
			case i == 0:
				name, text = filepath.Join(dir, fmt.Sprintf("s%d/package.json", s)), `{"dependencies": {"openai": "6", "stripe": "19", "zod": "4"}}`
			case i%5 == 2:
				name, text = filepath.Join(dir, fmt.Sprintf("s%d/deploy/web%d.yaml", s, i)), deployed
			case i%5 == 3:
				name, text = filepath.Join(dir, fmt.Sprintf("s%d/scripts/each%d.sh", s, i)), script
			case i%50 == 1:
				text += "const ai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\nfetch('https://api.groq.com/x');\n"
			}
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
