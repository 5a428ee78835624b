package scan

import (
	"path"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/pattern"
	"candor/generator/source"
)

// A kind is one kind of manifest: it tells either packages of an ecosystem or environment variables. Where all files of the kind are
// of one form, packages gives nil for a file that is not.
type kind struct {
	name      *pattern.Late // of the file, in small letters
	ecosystem catalog.Ecosystem
	packages  func(*source.File) []dependency
	variables func(*source.File) []variable
	form      string // "" where people write programs or lines
}

// kinds are all kinds of manifests. Lock files are none of them: they name what dependencies depend on.
var kinds = []kind{
	{pattern.Of(`^package\.json$`), catalog.NPM, npmPackages, nil, "JSON"},
	{pattern.Of(`^composer\.json$`), catalog.Composer, composerPackages, nil, "JSON"},
	{pattern.Of(`^([a-z0-9_.-]*[-_.])?requirements([-_.][a-z0-9_.-]*)?\.(txt|in)$`), catalog.PyPI, requirements, nil, ""},
	{pattern.Of(`^pyproject\.toml$`), catalog.PyPI, pyproject, nil, "TOML"},
	{pattern.Of(`^pipfile$`), catalog.PyPI, pipfile, nil, "TOML"},
	{pattern.Of(`^setup\.py$`), catalog.PyPI, setupPackages, nil, ""},
	{pattern.Of(`^setup\.cfg$`), catalog.PyPI, setupSettings, nil, ""},
	{pattern.Of(`^(conda[_-]?)?(environment|env)([._-][a-z0-9_-]+)?\.ya?ml$|^conda\.ya?ml$`), catalog.PyPI, condaPackages, nil, ""},
	{pattern.Of(`^(deno\.jsonc?|import_?map\.json)$`), catalog.NPM, denoImports, nil, ""},
	{pattern.Of(`^go\.mod$`), catalog.Go, goModules, nil, "go.mod file"},
	{pattern.Of(`^(gemfile|gems\.rb)$`), catalog.Gem, gems, nil, ""},
	{pattern.Of(`^cargo\.toml$`), catalog.Cargo, crates, nil, "TOML"},
	{pattern.Of(`^pom\.xml$`), catalog.Maven, mavenArtifacts, nil, "XML"},
	{pattern.Of(`^build\.gradle(\.kts)?$`), catalog.Maven, gradleArtifacts, nil, ""},
	{pattern.Of(`^[a-z0-9_-]+\.versions\.toml$`), catalog.Maven, gradleCatalog, nil, "TOML"},
	{pattern.Of(`^\.?env([._-][a-z0-9]+)*[._-](example|sample|template|tmpl|dist)([._-](local|dev|development|test|staging|production|txt))?$`), "", nil, envVariables, ""},
	{pattern.Of(`^(example|sample|template)[._-]env$`), "", nil, envVariables, ""},
	{pattern.Of(`^(docker-)?compose([._-][a-z0-9_.-]+)?\.ya?ml$`), "", nil, composeVariables, ""},
	{pattern.Of(`^((docker|container)file([._-][a-z0-9_.-]+)?|[a-z0-9_.-]+\.dockerfile)$`), "", nil, dockerVariables, ""},
}

// inRequirements is what pip's files are called in a folder named requirements.
var inRequirements = pattern.Of(`^[a-z0-9_.-]+\.(txt|in)$`)

// kindOf gives the kind of manifest that a file is, by its name.
func kindOf(name string) (kind, bool) {
	dir, base := path.Split(name)
	if !mayBeKind(base) {
		return kind{}, false
	}
	base = strings.ToLower(base)
	for _, k := range kinds {
		if k.name.MatchString(base) {
			return k, true
		}
	}
	if path.Base(dir) == "requirements" && inRequirements.MatchString(base) {
		return kind{ecosystem: catalog.PyPI, packages: requirements}, true
	}
	return kind{}, false
}

// mayBeKind reports whether a file may be a manifest by the end of its name. Nearly all files of a tree are none, and this is asked of each.
func mayBeKind(base string) bool {
	switch path.Ext(base) {
	case ".go", ".js", ".ts", ".tsx", ".jsx", ".rs", ".java", ".md", ".css", ".html", ".c", ".h", ".svg", ".png", ".php", ".vue", ".svelte", ".map", ".snap", ".sh", ".kt", ".cs":
		return false
	case ".py":
		return base == "setup.py"
	case ".rb":
		return base == "gems.rb"
	}
	return true
}

// languageOf gives the ecosystem that files of an ending are built with.
var languageOf = map[string]catalog.Ecosystem{
	".js": catalog.NPM, ".mjs": catalog.NPM, ".cjs": catalog.NPM, ".jsx": catalog.NPM, ".ts": catalog.NPM, ".mts": catalog.NPM, ".tsx": catalog.NPM,
	".vue": catalog.NPM, ".svelte": catalog.NPM, ".py": catalog.PyPI, ".go": catalog.Go, ".rb": catalog.Gem, ".rs": catalog.Cargo,
	".java": catalog.Maven, ".kt": catalog.Maven, ".scala": catalog.Maven, ".groovy": catalog.Maven, ".php": catalog.Composer,
}

// isAside reports whether a folder holds, by the name of one on its path, tests, examples or documents.
func isAside(dir string) bool { return anyFolder(dir, asideName) }

var asideName = pattern.Of(`^(_*(tests?|specs?|fixtures|mocks|snapshots)_*|testing|testdata|e2e|docs?|documentation|examples?|samples?|demos?|tutorials?|bench|benchmarks?|cypress|playwright|playground|[a-z0-9_-]+[-_](tests?|e2e|specs|examples))$`)

// isDevelopment reports whether a word in the name of a group or a file says that it is not for what runs.
func isDevelopment(name string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c < 'a' || c > 'z' }), func(word string) bool {
		return slices.Contains(developmentWords, word)
	})
}

var developmentWords = []string{"dev", "develop", "development", "test", "tests", "testing", "lint", "linting", "linters", "format", "doc", "docs", "typing", "types",
	"typecheck", "mypy", "ci", "bench", "benchmark", "notebook", "notebooks", "example", "examples"}
