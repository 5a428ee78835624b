package markdown

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
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
	size := 0
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		size += seg.Len()
	}
	if lexer == nil || size > maxHighlight {
		w.s("<pre tabindex=\"0\"><code>")
		w.lines(n.Lines())
		w.s("</code></pre>\n")
		return
	}
	code := make([]byte, 0, size)
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		code = w.decode(code, seg.Value(w.src), false, -1)
	}
	code = bytes.ReplaceAll(code, []byte("\r\n"), []byte("\n")) // as lexers see it
	w.s("<pre class=\"chroma\" tabindex=\"0\"><code>", highlighted(language, lexer, string(code)), "</code></pre>\n")
}

// lexerFor finds a language by the names people write after the fence. Unlike
// chroma's own search it does not go on to file name patterns.
func lexerFor(language string) chroma.Lexer {
	if language == "" {
		return nil
	}
	return languages()[language]
}

var languages = sync.OnceValue(func() map[string]chroma.Lexer {
	m := map[string]chroma.Lexer{}
	for _, l := range lexers.GlobalLexerRegistry.Lexers {
		c := l.Config()
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			if name = strings.ToLower(name); m[name] == nil {
				m[name] = l
			}
		}
	}
	for _, plain := range []string{"text", "plain", "plaintext", "no-highlight"} {
		delete(m, plain)
	}
	return m
})

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
