package markdown

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// stateKey is where the limits of one document live during its parse.
var stateKey = parser.NewContextKey()

// shared is the one parser; goldmark's are safe for concurrent use once built.
// It is built at the first use, so that commands without Markdown do not pay.
var shared = sync.OnceValue(func() parser.Parser {
	block := func(p parser.BlockParser, priority int) util.PrioritizedValue {
		return util.Prioritized(p, priority)
	}
	return parser.NewParser(
		parser.WithBlockParsers(
			block(setext{parser.NewSetextHeadingParser()}, 100),
			block(nested{extension.NewDefinitionListParser()}, 101),
			block(extension.NewDefinitionDescriptionParser(), 102),
			block(parser.NewThematicBreakParser(), 200),
			block(nested{parser.NewListParser()}, 300),
			block(parser.NewListItemParser(), 400),
			block(parser.NewCodeBlockParser(), 500),
			block(atx{parser.NewATXHeadingParser()}, 600),
			block(parser.NewFencedCodeBlockParser(), 700),
			block(nested{parser.NewBlockquoteParser()}, 800),
			block(parser.NewHTMLBlockParser(), 900),
			block(footnotes{nested{extension.NewFootnoteBlockParser()}}, 999),
			block(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(beforeTables{}, 50),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
			util.Prioritized(afterTables{}, 300),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
})

// parse gives the tree of the writer's source, or nil if the source is past
// what is read at all or the parser gave up; both are reported.
func (w *writer) parse() (root ast.Node) {
	if len(w.src) > maxSource {
		w.drop(Limit, "text of more than 4 MiB", 0, len(w.src))
		return nil
	}
	// The parser is code of others fed with text of anyone. Should a text be
	// found that makes it panic, the build must say so and go on.
	defer func() {
		if recover() != nil {
			root = nil
			w.drop(Limit, "text the Markdown parser gives up on", 0, len(w.src))
		}
	}()
	pc := parser.NewContext()
	l := &limits{drop: w.drop, src: w.src}
	pc.Set(stateKey, l)
	return shared().Parse(text.NewReader(w.src), parser.WithContext(pc))
}

// atx and setext are headings that may end in `{#id}`. goldmark's own reading
// of attributes is left alone: it recurses without limit.
type atx struct{ parser.BlockParser }

func (p atx) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	if !pc.Get(stateKey).(*limits).lineFits(line) {
		return nil, parser.NoChildren // goes on as a paragraph, which is then refused
	}
	n, state := p.BlockParser.Open(parent, r, pc)
	if n != nil {
		takeID(n, r.Source())
	}
	return n, state
}

type setext struct{ parser.BlockParser }

func (p setext) Close(n ast.Node, r text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, r, pc)
	if n.Parent() != nil {
		takeID(n, r.Source())
	}
}

// takeID cuts `{#id}` and attributes beside it off the last line of a heading
// and keeps them on the node.
func takeID(n ast.Node, src []byte) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	seg := lines.At(lines.Len() - 1)
	line := src[seg.Start:seg.Stop]
	trimmed := bytes.TrimRight(line, " \t\r\n")
	if len(trimmed) == 0 || trimmed[len(trimmed)-1] != '}' {
		return
	}
	open := bytes.LastIndexByte(trimmed, '{')
	if open < 0 || open > 0 && trimmed[open-1] == '\\' {
		return
	}
	inner := trimmed[open+1 : len(trimmed)-1]
	if len(inner) < 2 || inner[0] != '#' && inner[0] != '.' {
		return
	}
	start := seg.Start + open
	n.SetAttributeString("attributes", [2]int{start, seg.Start + len(trimmed)})
	for _, f := range bytes.Fields(inner) {
		if _, has := n.AttributeString("id"); f[0] == '#' && !has {
			n.SetAttributeString("id", f[1:])
		}
	}
	text := bytes.TrimRight(line[:open], " \t")
	// `## Title ## {#id}`: the closing hashes stand before the attributes.
	if hashes := bytes.TrimRight(text, "#"); len(hashes) < len(text) &&
		(len(hashes) == 0 || hashes[len(hashes)-1] == ' ' || hashes[len(hashes)-1] == '\t') {
		text = bytes.TrimRight(hashes, " \t")
	}
	seg.Stop = seg.Start + len(text)
	lines.Set(lines.Len()-1, seg)
}
