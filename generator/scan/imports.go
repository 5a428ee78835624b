package scan

import (
	"bytes"
	"path"
	"strings"

	"candor/generator/catalog"
	"candor/generator/pattern"
)

// pythonModules are modules whose package has a name that does not begin with theirs.
var pythonModules = map[string]string{"deepgram": "deepgram-sdk", "tavily": "tavily-python", "weaviate": "weaviate-client", "github": "PyGithub", "slack": "slack-sdk",
	"plaid": "plaid-python", "hubspot": "hubspot-api-client", "auth0": "auth0-python", "atlassian": "atlassian-python-api", "logtail": "logtail-python", "ldclient": "launchdarkly-server-sdk",
	"gitlab": "python-gitlab", "intercom": "python-intercom", "snowflake": "snowflake-connector-python", "databricks": "databricks-sql-connector", "segment": "segment-analytics-python",
	"vapi": "vapi-server-sdk", "mem0": "mem0ai", "perplexity": "perplexityai", "traceloop": "traceloop-sdk", "cerebras": "cerebras-cloud-sdk"}

// An imported is a package that code imports.
type imported struct {
	ecosystem catalog.Ecosystem
	names     []string // of the package, the likeliest first
	installs  bool     // the import says itself where the package comes from: "npm:openai@4"
	clause    string   // what is imported of it
}

var (
	fromModule  = pattern.Of(`(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*$`)
	pythonFrom  = pattern.Of(`^\s*"?\s*from\s+([A-Za-z_][\w.]*)\s+import\s+(.*)$`)
	pythonPlain = pattern.Of(`^\s*"?\s*import\s+(.*)$`)
	pythonName  = pattern.Of(`[A-Za-z_][\w.]*`)
	rubyRequire = pattern.Of(`^\s*require\s*\(?\s*$`)
	clauseOf    = pattern.Of(`import\s+(?:type\s+)?([^;"'` + "`" + `]*?)\s*from\s*$`)
)

// maxClause is how far in front of a package's name its import may begin.
const maxClause = 400

// importAt gives the package that is imported where data[start:end] stands, if one is.
func importAt(name string, f *family, data []byte, r reading, start int) (i imported, ok bool) {
	switch {
	case f == curly || f == page:
		return scriptImport(data, r, start)
	case f == python || path.Ext(name) == ".ipynb":
		return pythonImport(data, start)
	case path.Ext(name) == ".rb":
		text, quoted := inside(r.texts, start)
		if quoted && text[0]+1 == start && rubyRequire.Match(data[lineStart(data, start):text[0]]) {
			return imported{ecosystem: catalog.Gem, names: []string{string(data[text[0]+1 : text[1]-1])}}, true
		}
	}
	return i, false
}

func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }

func lineEnd(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(data)
}

// scriptImport reads imports of JavaScript and its kin.
func scriptImport(data []byte, r reading, start int) (i imported, ok bool) {
	text, quoted := inside(r.texts, start)
	if !quoted || text[1]-text[0] > maxName {
		return i, false
	}
	before := data[max(0, text[0]-maxClause):text[0]]
	if !fromModule.Match(before[max(0, len(before)-20):]) {
		return i, false
	}
	i = imported{ecosystem: catalog.NPM}
	spec := string(data[text[0]+1 : text[1]-1])
	for _, prefix := range []string{"npm:", "https://esm.sh/", "https://cdn.skypack.dev/"} {
		if rest, found := strings.CutPrefix(spec, prefix); found {
			spec, i.installs = rest, true
		}
	}
	parts := strings.SplitN(spec, "/", 3)
	if strings.HasPrefix(spec, "@") && len(parts) > 1 {
		parts = []string{parts[0] + "/" + parts[1]}
	}
	if at := strings.LastIndexByte(parts[0], '@'); at > 0 {
		parts[0] = parts[0][:at]
	}
	i.names = parts[:1]
	if m := clauseOf.FindStringSubmatch(string(before)); m != nil {
		i.clause = m[1]
	}
	if at := strings.LastIndex(i.clause, "import "); at >= 0 { // an import of its own in front
		i.clause = i.clause[at+7:]
	}
	return i, true
}

// pythonImport reads the line of an import: from google.cloud import storage.
func pythonImport(data []byte, start int) (i imported, ok bool) {
	begin, end := lineStart(data, start), lineEnd(data, start)
	if end-begin > 300 {
		return i, false
	}
	line := string(data[begin:end])
	i = imported{ecosystem: catalog.PyPI}
	if m := pythonFrom.FindStringSubmatchIndex(line); m != nil {
		if begin+m[2] != start {
			return i, false
		}
		module := line[m[2]:m[3]]
		for _, name := range pythonName.FindAllString(line[m[4]:m[5]], 10) {
			i.names = append(i.names, distributions(module+"."+name)...)
		}
		i.names = append(i.names, distributions(module)...)
		return i, true
	}
	m := pythonPlain.FindStringSubmatchIndex(line)
	if m == nil {
		return i, false
	}
	for _, at := range pythonName.FindAllStringIndex(line[m[2]:m[3]], 20) {
		if begin+m[2]+at[0] == start {
			i.names = distributions(line[m[2]+at[0] : m[2]+at[1]])
			return i, true
		}
	}
	return i, false
}

// distributions gives the packages that a module may be of: google.cloud.storage is of google-cloud-storage, or of one of a shorter name.
func distributions(module string) []string {
	parts := strings.Split(strings.TrimRight(module, "."), ".")
	var all []string
	for n := min(len(parts), 5); n > 0; n-- {
		all = append(all, strings.Join(parts[:n], "-"))
	}
	if name := pythonModules[parts[0]]; name != "" {
		all = append(all, name)
	}
	return all
}

// isDefault reports whether what is imported of a provider of the AI SDK is the one that calls its vendor's own servers: { openai }, not { createOpenAI }.
func (i imported) isDefault() bool {
	if len(i.names) == 0 || !strings.HasPrefix(i.names[0], "@ai-sdk/") {
		return false
	}
	for _, name := range pythonName.FindAllString(i.clause, 20) {
		if name != "as" && name != "type" && !strings.HasPrefix(name, "create") && name[0] >= 'a' && name[0] <= 'z' {
			return true
		}
	}
	return false
}

// Frameworks come with clients of many vendors: code that imports one of these need not ask for the vendor's own package. The first is how Python says it, in
// front of the class, the second how JavaScript does, behind it.
var (
	frameworkBefore = pattern.Of(`\bfrom\s+((?:langchain|llama_index|haystack|chromadb|autogen|crewai|agno|embedchain|smolagents)\w*(?:\.\w+)*)\s+import\s+\(?[\w\s,]*$`)
	frameworkBehind = pattern.Of(`^[\w\s,]*\}\s*from\s*["']((?:langchain|@langchain|llamaindex|chromadb)[\w./-]*)["']`)
)

// maxMentions is how many times a class may be named in a file before its import is no longer looked for: imports come first.
const maxMentions = 8

// frameworkOf gives the framework that a file imports a class from, and where it does.
func frameworkOf(data []byte, class string) (module string, at int, ok bool) {
	from := 0
	for range maxMentions {
		i := bytes.Index(data[from:], []byte(class))
		if i < 0 {
			break
		}
		at = from + i
		from = at + len(class)
		before, behind := data[max(0, at-maxClause):at], data[at+len(class):min(len(data), at+len(class)+maxClause)]
		for _, m := range [][]string{frameworkBefore.FindStringSubmatch(string(before)), frameworkBehind.FindStringSubmatch(string(behind))} {
			if m != nil {
				return m[1], at, true
			}
		}
	}
	return "", 0, false
}
