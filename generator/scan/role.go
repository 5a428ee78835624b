package scan

import (
	"path"
	"slices"
	"strings"

	"candor/generator/pattern"
)

// A role is what a file of a tree is, by its name alone.
type role struct {
	skip     bool   // nothing is read, and nobody is told: pictures, locks, what was generated
	secret   string // it may hold secrets, so it is not read: what it is
	aside    bool   // it lies among tests, examples or documents
	pipeline bool   // it tells what builds and ships the program
	workflow bool   // it is a workflow of GitHub's
	data     bool   // it holds data more than settings: what it names may be anybody's
}

var (
	locks = []string{"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "poetry.lock", "uv.lock", "pdm.lock", "pipfile.lock", "pixi.lock",
		"conda-lock.yml", "go.sum", "go.work.sum", "gemfile.lock", "cargo.lock", "composer.lock", "gradle.lockfile", "packages.lock.json", "mix.lock", "pubspec.lock", "podfile.lock",
		"flake.lock", "deno.lock", ".terraform.lock.hcl", "chart.lock", "package.resolved"}
	generated = pattern.Of(`(\.min\.[a-z]+|[.-]bundle\.js|\.chunk\.[a-z]+|\.map|\.snap|\.pb\.go|_pb2(_grpc)?\.pyi?|\.lock|\.d\.ts)$`)
	secretly  = []struct {
		name *pattern.Late
		what string
	}{
		{pattern.Of(`^\.env([._-][a-z0-9_-]+)*$|^env$|^[a-z0-9_-]*\.env$|^\.envrc$|^\.dev\.vars$`), "an environment file"},
		{pattern.Of(`\.(pem|key|p12|pfx|jks|keystore|ppk|asc|gpg|kdbx)$|^id_(rsa|dsa|ecdsa|ed25519)$`), "a key"},
		{pattern.Of(`^(\.netrc|\.npmrc|\.pypirc|\.htpasswd|\.dockercfg|\.git-credentials|\.pgpass)$|^(aws[_-]?)?credentials(\.(json|ya?ml|toml|ini|csv))?$|service[_-]?account[a-z0-9_-]*\.json$|^client_secret[a-z0-9_.-]*\.json$|^secrets?\.(ya?ml|json|toml|ini)$|\.tfvars(\.json)?$|\.tfstate(\.backup)?$`), "a file of credentials"},
	}
	testFile = pattern.Of(`(^|[._-])(test|tests|spec|specs|stories|story|e2e|mock|mocks|bench|fixture|fixtures|example|examples|sample|cy)\.[a-z]+$|^test_.*\.py$|_test\.[a-z]+$|^conftest\.py$|(Test|Tests|Spec|IT)\.(java|kt|scala|cs|swift)$`)
	// more folders of whole trees that hold what is not what runs
	asideFolder  = pattern.Of(`^(mock|__mocks__|stubs?|fakes?|test[-_]?(utils?|helpers?|data|support)|spec[-_]?helpers?|stories|\.storybook|storybook|cookbooks?|locales?|i18n|translations?|lang|evals?-data|cassettes|recordings|changelogs?|blog|posts|articles|news|dataset|datasets|snippets)$`)
	pipelineFile = pattern.Of(`^(\.gitlab-ci\.yml|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|\.travis\.yml|\.drone\.yml|jenkinsfile|appveyor\.yml|cloudbuild\.ya?ml|buildspec\.yml|\.pre-commit-config\.yaml|dependabot\.yml|renovate\.json|\.woodpecker\.ya?ml)$`)
	configJSON   = pattern.Of(`(?i)^(appsettings[a-z0-9_.-]*|config[a-z0-9_.-]*|settings[a-z0-9_.-]*|.*config|app|vercel|turbo|serverless|cdk|firebase|wrangler|railway|task-?def[a-z0-9_.-]*|docker-compose|template|devcontainer|ecosystem[a-z0-9_.-]*)\.jsonc?$`)
)

// hiddenFolders are folders with a dot that hold something of the program.
var hiddenFolders = []string{".github", ".circleci", ".devcontainer", ".gitlab", ".buildkite", ".storybook", ".docker", ".do", ".ebextensions", ".platform", ".config", ".helm", ".k8s", ".deploy", ".aws", ".azure", ".woodpecker"}

// roleOf gives the role of the file of a path.
func roleOf(name string) role {
	dir, base := path.Split(name)
	lower := strings.ToLower(base)
	r := role{skip: slices.Contains(locks, lower) || generated.MatchString(lower) && kindlessName(name)}
	if r.skip {
		return r
	}
	r.secret = secretOf(name)
	dir = strings.TrimSuffix(dir, "/")
	r.workflow = strings.HasPrefix(dir, ".github/workflows") || strings.Contains(dir, "/.github/workflows") || lower == "action.yml" || lower == "action.yaml"
	r.pipeline = r.workflow || pipelineFile.MatchString(lower) || hasFolder(dir, ".circleci", ".buildkite", ".gitlab", ".woodpecker", ".github")
	r.aside = isAside(dir) || testFile.MatchString(base) || !r.pipeline && anyFolder(dir, asideFolder) || familyOf(name) == prose
	ext := path.Ext(lower)
	r.aside = r.aside || ext == ".ipynb" // an experiment
	r.data = kindlessName(name) && (ext == ".xml" || ext == ".json" && !configJSON.MatchString(base))
	return r
}

// secretOf says what of a file that may hold secrets it is, "" for others.
func secretOf(name string) string {
	base := strings.ToLower(path.Base(name))
	switch path.Ext(base) {
	case ".go", ".js", ".ts", ".tsx", ".jsx", ".py", ".rb", ".rs", ".java", ".md", ".css", ".html", ".c", ".h", ".svg", ".png", ".php", ".txt", ".sh":
		return ""
	}
	for _, s := range secretly {
		if s.name.MatchString(base) && kindlessName(name) {
			return s.what
		}
	}
	return ""
}

func kindlessName(name string) bool {
	_, ok := kindOf(name)
	return !ok
}

func hasFolder(dir string, names ...string) bool {
	for part := range strings.SplitSeq(dir, "/") {
		if slices.Contains(names, part) {
			return true
		}
	}
	return false
}

// anyFolder reports whether a folder on a path has such a name.
func anyFolder(dir string, name *pattern.Late) bool {
	for part := range strings.SplitSeq(strings.ToLower(dir), "/") {
		if name.MatchString(part) {
			return true
		}
	}
	return false
}

// isSkippedFolder reports whether nothing below a folder of this name is looked at: what others wrote or what was made from the code, and hidden ones.
func isSkippedFolder(name string) bool {
	if strings.HasPrefix(name, ".") {
		return !slices.Contains(hiddenFolders, name)
	}
	return slices.Contains(skipped, name) && name != "bin" && name != "out" && name != "target" || strings.HasSuffix(name, ".egg-info") || name == "env" || name == "virtualenv"
}
