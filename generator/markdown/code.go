package markdown

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	_ "candor/generator/markdown/internal/grammars" // before the lexers are made

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// StyleClasses lists the classes that highlighted code can carry, sorted. They
// stand on <span> inside <pre class="chroma"> and are chroma's short names, as
// in the style sheets of Pygments ("k" keyword, "nt" tag, "s" string, ...).
func StyleClasses() []string {
	var out []string
	for token, class := range chroma.StandardTypes {
		if class != "" && classOf(token) == class {
			out = append(out, class)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fence writes a fenced code block, with the classes of its language if that
// is known.
func (w *writer) fence(n *ast.FencedCodeBlock) {
	if w.quiet {
		return
	}
	language := strings.ToLower(string(n.Language(w.src)))
	lexer := lexerFor(language)
	if lexer == nil || !w.fits(n.Lines()) {
		w.plainCode(n.Lines())
		return
	}
	var code []byte
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		code = w.decode(code, seg.Value(w.src), false, -1)
	}
	code = bytes.ReplaceAll(code, []byte("\r\n"), []byte("\n")) // as lexers see it
	w.s("<pre class=\"chroma\" tabindex=\"0\"><code>", highlighted(language, lexer, string(code)), "</code></pre>\n")
}

// plainCode writes code as it is. It can be scrolled by keyboard, as every <pre>.
func (w *writer) plainCode(lines *text.Segments) {
	w.s("<pre tabindex=\"0\"><code>")
	w.lines(lines)
	w.s("</code></pre>\n")
}

// lexerFor finds a language by the names people write after the fence. Unlike
// chroma's own search it does not go on to file name patterns.
func lexerFor(language string) chroma.Lexer {
	if language == "" {
		return nil
	}
	return languages()[language]
}

// chosenLanguages are those highlighted. Of the rest, package grammars leaves chroma
// no grammar: a new one is to be named there too.
const chosenLanguages = `yaml json toml ini properties bash console powershell python go javascript typescript sql
	hcl terraform docker xml html css rust ruby php diff http nginx graphql protobuf csharp kotlin swift`

// languages are those highlighted, by every name chroma has for them. They are
// chosen: chroma's lexers are regular expressions that backtrack, and some take
// seconds for a page of the wrong text. These stay under a tenth of a second
// for 4 kB of the worst that was found, in lines of 160 bytes; in one line YAML
// takes five seconds for 8 kB. Hence the limits that fits holds a block to.
var languages = sync.OnceValue(func() map[string]chroma.Lexer {
	chosen := set(chosenLanguages)
	m := map[string]chroma.Lexer{}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		names := append([]string{l.Config().Name}, l.Config().Aliases...)
		if !slices.ContainsFunc(names, func(name string) bool { return chosen[strings.ToLower(name)] }) {
			continue
		}
		for _, name := range names {
			if name = strings.ToLower(name); m[name] == nil {
				m[name] = l
			}
		}
	}
	m["yml"] = m["yaml"] // to chroma a file name only
	return m
})

// fits says whether a block is within the limits of highlighting: of the block,
// of its lines, of blank lines in a row, and of all blocks of the document.
func (w *writer) fits(lines *text.Segments) bool {
	size, blank := 0, 0
	for i := range lines.Len() {
		seg := lines.At(i)
		size += seg.Len()
		if blank++; len(bytes.TrimSpace(seg.Value(w.src))) > 0 {
			blank = 0
		}
		if seg.Len() > maxCodeLine || blank > maxBlank || size > maxCode {
			return false
		}
	}
	w.code += size
	return w.code <= maxAllCode
}

// highlights keeps blocks that were highlighted already, by language and text:
// the same example stands in many policies, and every page in every build of a
// preview. Past maxBlocks or maxBytes it starts anew.
var highlights struct {
	sync.Mutex
	blocks map[string]string
	bytes  int
}

const (
	maxBlocks = 2000
	maxBytes  = 8 << 20
)

func highlighted(language string, lexer chroma.Lexer, code string) string {
	key := language + "\x00" + code
	h := &highlights
	h.Lock()
	block, ok := h.blocks[key]
	h.Unlock()
	if ok {
		return block
	}
	block = highlight(lexer, code)
	h.Lock()
	defer h.Unlock()
	size := len(key) + len(block)
	if h.blocks == nil || len(h.blocks) >= maxBlocks || h.bytes+size > maxBytes {
		h.blocks, h.bytes = map[string]string{}, 0
	}
	h.blocks[key] = block
	h.bytes += size
	return block
}

// highlight writes code with a span per token; neighbours of one class share
// theirs. A lexer that does not give back the text it got is not believed.
func highlight(lexer chroma.Lexer, code string) (out string) {
	plain := string(escaped(nil, []byte(code)))
	defer func() {
		if recover() != nil { // a lexer is a program of others, fed with text of anyone
			out = plain
		}
	}()
	tokens, err := lexer.Tokenise(nil, code)
	if err != nil {
		return plain
	}
	b := make([]byte, 0, 2*len(code))
	class, n := "", 0
	for t := tokens(); t != chroma.EOF; t = tokens() {
		if !strings.HasPrefix(code[min(n, len(code)):], t.Value) {
			return plain
		}
		n += len(t.Value)
		if next := classOf(t.Type); next != class {
			if class != "" {
				b = append(b, "</span>"...)
			}
			if class = next; class != "" {
				b = append(append(append(b, `<span class="`...), class...), `">`...)
			}
		}
		b = escaped(b, []byte(t.Value))
	}
	if class != "" {
		b = append(b, "</span>"...)
	}
	if n < len(code) {
		return plain
	}
	return string(b)
}

// classOf gives the class of a token: its own, or that of the kind it belongs to.
func classOf(t chroma.TokenType) string {
	for {
		if class, ok := chroma.StandardTypes[t]; ok {
			if t < 0 || t == chroma.TextWhitespace {
				return ""
			}
			return class
		}
		parent := t.Parent()
		if parent == t {
			return ""
		}
		t = parent
	}
}
