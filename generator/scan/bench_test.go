package scan

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"candor/generator/catalog"
)

// BenchmarkFolders looks into 2,000 files on disk, 120 of which are manifests.
func BenchmarkFolders(b *testing.B) {
	dir := b.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for s := range 40 {
		write(fmt.Sprintf("s%d/package.json", s), `{"dependencies": {"express": "5", "lodash": "4", "openai": "6", "stripe": "19", "zod": "4"}, "devDependencies": {"vitest": "3"}}`)
		write(fmt.Sprintf("s%d/worker/pyproject.toml", s), "[project]\nname = \"w\"\ndependencies = [\n  \"fastapi>=0.120\",\n  \"boto3\",\n  \"sentry-sdk\",\n]\n")
		write(fmt.Sprintf("s%d/.env.example", s), "OPENAI_API_KEY=\nDATABASE_URL=postgres://u:p@localhost/db\nSENTRY_DSN=https://k@o1.ingest.sentry.io/1\n")
		for i := range 47 {
			write(fmt.Sprintf("s%d/src/p%d/f%d.ts", s, i%6, i), "export {}\n")
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	catalog.Load()
	for b.Loop() {
		if found := Folders(root.FS(), []string{"."}, catalog.Load); len(found.Signs) != 40*7 {
			b.Fatalf("%d signs", len(found.Signs))
		}
	}
}
