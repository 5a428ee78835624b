package scan

import (
	"bytes"
	"path"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

// installing are the words that the commands begin with that install packages.
var installing = setOf("pip", "pip3", "uv", "pipx", "python", "python3", "conda", "mamba", "micromamba", "poetry", "pdm", "pipenv", "npm", "yarn", "pnpm", "bun", "gem", "cargo", "composer")

// installers are those commands, from their beginning to where the names of packages begin.
var installers = []struct {
	command   *pattern.Late
	ecosystem catalog.Ecosystem
}{
	{pattern.Of(`^(?:(?:pip3?|uv pip|pipx|python3? -m pip|conda|mamba|micromamba)\s+install\s|(?:uv|poetry|pdm|pipenv)\s+(?:add|install)\s)`), catalog.PyPI},
	{pattern.Of(`^(?:npm\s+(?:i|install|add)|yarn(?:\s+global)?\s+add|pnpm\s+(?:i|add|install)|bun\s+(?:add|install))\s`), catalog.NPM},
	{pattern.Of(`^gem\s+install\s`), catalog.Gem},
	{pattern.Of(`^cargo\s+(?:add|install)\s`), catalog.Cargo},
	{pattern.Of(`^composer\s+(?:global\s+)?require\s`), catalog.Composer},
}

// withValue are options of installers that a word of theirs follows.
var withValue = []string{"-r", "-c", "-e", "-i", "-f", "-t", "--requirement", "--constraint", "--index-url", "--extra-index-url", "--find-links", "--target", "--prefix", "-n", "--name", "--channel", "--registry", "--features", "--version", "--group"}

// installs takes packages that a command of a Dockerfile, a script or a step installs.
func (l *look) installs() {
	if !bytes.Contains(l.data, []byte("install ")) && !bytes.Contains(l.data, []byte(" add ")) && !bytes.Contains(l.data, []byte(" require ")) && !bytes.Contains(l.data, []byte(" i ")) {
		return
	}
	done := 0 // up to where words were read for a command before
	for _, at := range commandsAt(l.data, installing) {
		if at < done || isRemark(lineBefore(l.data, at)) {
			continue
		}
		command := l.data[at:min(len(l.data), at+maxCommand)]
		for _, in := range installers {
			if m := in.command.FindIndex(command); m != nil {
				done = l.installed(at+m[1], in.ecosystem)
				break
			}
		}
	}
}

// maxWords is how many words of a command are read.
const maxWords = 500

// installed reads the words of a command from where its packages begin, and gives where they end.
func (l *look) installed(at int, e catalog.Ecosystem) int {
	option := false
	for words := 0; at < len(l.data) && words < maxWords; words++ {
		for at < len(l.data) && (l.data[at] == ' ' || l.data[at] == '\t' || l.data[at] == '\\' && at+1 < len(l.data) && (l.data[at+1] == '\n' || l.data[at+1] == '\r') || l.data[at] == '\n' && continues(l.data, at)) {
			at++
		}
		end := at
		for end < len(l.data) && bytes.IndexByte([]byte(" \t\n\r;&|)`,"), l.data[end]) < 0 && !bytes.HasPrefix(l.data[end:], []byte(`\n`)) {
			end++
		}
		word := string(l.data[at:end])
		if word == "" || strings.HasPrefix(word, "#") || end-at > maxName {
			return at
		}
		start := at
		at = end
		if after := option; after {
			option = false
			continue
		}
		if strings.HasPrefix(word, "-") {
			for _, o := range withValue {
				option = option || word == o
			}
			continue
		}
		lead := len(word) - len(strings.TrimLeft(word, `"'\`))
		if name, ok := installedName(e, strings.Trim(word, `"'\`)); ok {
			l.install(e, name, start+lead)
		}
	}
	return at
}

// continues reports whether the line that ends at at goes on in the next one.
func continues(data []byte, at int) bool {
	line := bytes.TrimRight(data[lineStart(data, at):at], " \t\r")
	return len(line) > 0 && line[len(line)-1] == '\\'
}

// installedName gives the package of a word like langfuse[openai]==3.0 or @scope/name@4.
func installedName(e catalog.Ecosystem, word string) (string, bool) {
	if strings.ContainsAny(word, "$:{") || strings.HasPrefix(word, ".") || strings.HasPrefix(word, "/") {
		return "", false
	}
	if e == catalog.PyPI {
		return required(word)
	}
	if i := strings.LastIndexByte(word, '@'); i > 0 {
		word = word[:i]
	}
	return word, word != ""
}

func (l *look) install(e catalog.Ecosystem, name string, at int) {
	m, ok := l.known.Package(e, name)
	if !ok {
		return
	}
	l.see(sighting{vendor: m.Vendor, kind: model.SignPackage, strength: l.strength(m), seen: words[e] + ` "` + name + `"`, name: name, ecosystem: e}, at, min(at+len(name), len(l.data)))
}

// mayInstall reports whether commands stand in a file: a Dockerfile, a script, a step of a pipeline, a notebook.
func mayInstall(name string, f *family) bool {
	return f == shell || strings.Contains(strings.ToLower(path.Base(name)), "dockerfile") || strings.HasSuffix(strings.ToLower(name), "containerfile") || path.Ext(name) == ".ipynb" ||
		path.Ext(name) == ".yml" || path.Ext(name) == ".yaml"
}
