package parse

import (
	"bytes"
	"fmt"

	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// maxFrontMatter is how long front matter may be, in bytes.
const maxFrontMatter = 64 << 10

// frontMatter parts a Markdown file into the mapping between its first two lines of "---" and the place of the body below. The node is
// nil, with a finding, when there is none that can be read; the body is then what can be told of it.
func (r *reader) frontMatter() (*yaml.Node, source.Span) {
	data := r.file.Data
	whole := r.file.Span(0, len(data))
	if first := r.file.Line(1); !isFence(first) {
		r.broken = true
		hint := `begin the file with "---", its keys, and "---" again`
		if first == "+++" || first == "{" {
			hint = `Candor reads YAML between two lines of "---"; write the keys as "key: value"`
		}
		r.add(r.file.LineSpan(1), "this file does not begin with front matter", hint)
		return nil, whole
	}
	start := r.file.Offset(2, 1)
	for n := 2; n <= r.file.Lines(); n++ {
		if !isFence(r.file.Line(n)) {
			continue
		}
		end, body := r.file.Offset(n, 1), r.file.Offset(n+1, 1)
		if end-start > maxFrontMatter {
			r.broken = true
			r.add(r.file.LineSpan(1), fmt.Sprintf("this front matter is %d KiB, more than the %d KiB that are read", (end-start)>>10, maxFrontMatter>>10),
				"move what is text into the body")
			return nil, whole
		}
		r.lines = 1
		if len(bytes.TrimSpace(data[start:end])) == 0 {
			r.broken = true
			r.add(r.file.LineSpan(1), "this front matter is empty", `write at least "title: ..." in it`)
			return nil, r.file.Span(body, len(data))
		}
		return r.document(data[start:end]), r.file.Span(body, len(data))
	}
	r.broken = true
	r.add(r.file.LineSpan(1), "this front matter is never closed", `put "---" alone on the line after its last key`)
	return nil, whole
}

func isFence(line string) bool { return string(bytes.TrimRight([]byte(line), " \t")) == "---" }
