package theme

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// Colours are the custom properties that a theme sets for the whole page, as they hold on screens that ask for light pages and on those that ask for dark ones.
type Colours struct {
	light, dark map[string]string
}

// ColoursOf reads the colours of the theme that layers make, the one that wins first. The templates are not looked at.
func ColoursOf(layers ...fs.FS) (*Colours, error) {
	all, err := gather(layers)
	if err != nil {
		return nil, err
	}
	var styles bytes.Buffer
	for _, f := range inOrder(all, ".css") {
		styles.Write(f.Data)
		styles.WriteByte('\n')
	}
	return readColours(styles.Bytes()), nil
}

// readColours reads the custom properties of :root. Of conditions it knows those that divide screens by light and dark; what stands under others (paper,
// narrow windows, colours that the reader has chosen) does not count.
func readColours(data []byte) *Colours {
	s := &Colours{light: map[string]string{}, dark: map[string]string{}}
	p := css.NewParser(parse.NewInput(bytes.NewReader(data)), false)
	var within []condition // of the at-rules that the parser is in
	var selectors []string
	for {
		switch grammar, _, name := p.Next(); grammar {
		case css.ErrorGrammar:
			return s
		case css.BeginAtRuleGrammar:
			within = append(within, conditionOf(string(name), textOf(p.Values())))
		case css.EndAtRuleGrammar:
			within = within[:max(0, len(within)-1)]
		case css.QualifiedRuleGrammar:
			selectors = append(selectors, textOf(p.Values()))
		case css.BeginRulesetGrammar:
			selectors = append(selectors, textOf(p.Values()))
		case css.EndRulesetGrammar:
			selectors = nil
		case css.CustomPropertyGrammar:
			if !slices.Contains(selectors, ":root") && !slices.Contains(selectors, "html") {
				continue
			}
			holds := condition{light: true, dark: true}
			for _, c := range within {
				holds.light, holds.dark = holds.light && c.light, holds.dark && c.dark
			}
			if holds.light {
				s.light[string(name)] = textOf(p.Values())
			}
			if holds.dark {
				s.dark[string(name)] = textOf(p.Values())
			}
		}
	}
}

func textOf(tokens []css.Token) string {
	var text strings.Builder
	for _, t := range tokens {
		text.Write(t.Data)
	}
	return strings.TrimSpace(text.String())
}

// A condition says on which screens what stands under it holds.
type condition struct{ light, dark bool }

// conditionOf reads the head of an at-rule. @supports is taken to hold where it asks for something that is there, since browsers have had for years what themes ask for.
func conditionOf(rule, head string) condition {
	switch strings.ToLower(rule) {
	case "@supports":
		yes := !strings.HasPrefix(strings.ToLower(head), "not")
		return condition{yes, yes}
	case "@layer":
		return condition{true, true}
	case "@media":
		var any condition
		for _, query := range strings.Split(strings.ToLower(head), ",") {
			c := queryOf(query)
			any.light, any.dark = any.light || c.light, any.dark || c.dark
		}
		return any
	}
	return condition{}
}

// queryOf reads one query of @media: "screen and (prefers-color-scheme:dark)".
func queryOf(query string) condition {
	c := condition{true, true}
	for _, part := range strings.Split(query, " and ") {
		part = strings.Trim(strings.Join(strings.Fields(part), ""), "()")
		switch part {
		case "screen", "all", "onlyscreen":
		case "prefers-color-scheme:dark":
			c.light = false
		case "prefers-color-scheme:light":
			c.dark = false
		default:
			return condition{}
		}
	}
	return c
}
