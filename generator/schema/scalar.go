package schema

import (
	"fmt"
	"reflect"
	"strings"

	"candor/generator/model"
	"candor/generator/parse"
)

// isScalar reports whether a type of the model is written as a single value.
func isScalar(t reflect.Type) bool {
	switch t {
	case reflect.TypeFor[model.Text](), reflect.TypeFor[model.Date](), reflect.TypeFor[model.Duration](), reflect.TypeFor[model.Flag](), reflect.TypeFor[model.Number]():
		return true
	}
	if t.Kind() != reflect.Struct {
		return false
	}
	text, ok := t.FieldByName("Text")
	return ok && text.Anonymous
}

// A notation is how a text is written.
type notation struct {
	pattern  string // for Go's regular expressions and for those of JavaScript
	message  string // what to write when it does not match
	examples []string
}

// The notations, by the form tags of the model. A text is read without the blanks around it.
var (
	webAddress = `[hH][tT][tT][pP][sS]?://[^ \t\n"<>\x60\\/?#@]+([/?#][^ \t\n"<>\x60\\]*)?`
	notations  = map[string]notation{
		"url": {blanks(webAddress), "Write the address whole: https://example.com/page", []string{"https://example.com/page"}},
		"contact": {blanks(`[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+|` + webAddress), "Write an e-mail address or a web address: security@example.com, https://example.com/contact",
			[]string{"security@example.com"}},
		"color": {blanks(`#[0-9a-fA-F]{6}`), `Write six hexadecimal digits in quotes: "#1f6f5c"`, []string{"#1f6f5c"}},
		"path": {blanks(`(\.|([^/\\.\s]|\.[^/\\.])[^/\\]*(/([^/\\.]|\.[^/\\.]|\.\.[^/\\])[^/\\]*)*)`), "Write the path from content/ on, without dots: brand/logo.svg",
			[]string{"brand/logo.svg"}},
		"font":   {parse.FontStack, `Write names with commas between them, a generic one last: Inter, "Helvetica Neue", sans-serif`, []string{`Inter, "Helvetica Neue", sans-serif`}},
		"radius": {parse.Radius, "Write 0 to 16 pixels: 8, 8px, .5rem", []string{"8px"}},
	}
	anyText  = notation{pattern: `\S`, message: "Write a value, or remove the key"}
	anyID    = notation{pattern: parse.NameID, message: "Write an id: small letters, digits, hyphens and dots"}
	pageID   = notation{pattern: parse.PageID, message: "Write up to 80 small letters, digits and single hyphens: access-control"}
	citation = notation{blanks(`(` + strings.Join(citable(), "|") + `):` + strings.Trim(parse.NameID, "^$")), "Write a kind and an id: policy:access-control", []string{"policy:access-control"}}
	date     = notation{message: "Write year, month and day: 2026-03-05", examples: []string{"2026-03-05"},
		pattern: `^(19[7-9][0-9]|[2-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$`}
	duration = notation{pattern: `^[0-9]{1,5}[dmy]$`, message: "Write days, months or years: 30d, 12m, 1y", examples: []string{"30d"}}
	flag     = notation{pattern: `^(true|false)$`, message: "Write true or false"}
	digits   = notation{pattern: `^\+?0*(1000000|[0-9]{1,6})$`, message: "Write digits alone: 72"}
)

func blanks(pattern string) string { return `^\s*(` + pattern + `)\s*$` }

// as puts a notation on a value.
func (n *node) as(w notation) *node {
	n.Pattern, n.PatternMessage, n.Examples = w.pattern, w.message, w.examples
	return n
}

// scalar gives what may be written as a single value.
func (b *builder) scalar(f parse.Field) *node {
	switch f.Type {
	case reflect.TypeFor[model.Date]():
		n := (&node{Type: types{"string"}}).as(date)
		n.Format = "date"
		return n
	case reflect.TypeFor[model.Duration]():
		return (&node{Type: types{"string"}}).as(duration)
	case reflect.TypeFor[model.Flag]():
		return (&node{Type: types{"boolean", "string"}}).as(flag)
	case reflect.TypeFor[model.Number]():
		least, most := 0, 1_000_000
		n := (&node{Type: types{"integer", "string"}}).as(digits)
		n.Minimum, n.Maximum = &least, &most
		return n
	}
	return b.text(f)
}

// text gives what may be written as a text. A number is one too, as it was written.
func (b *builder) text(f parse.Field) *node {
	comment := b.comments[nameOf(f)]
	switch {
	case f.Words != nil:
		n := &node{Type: types{"string"}, Enum: f.Words, Default: f.Default}
		for _, word := range f.Words {
			if meaning := comment.words[word]; meaning != "" {
				n.EnumWords = append(n.EnumWords, meaning)
			}
		}
		return n
	case f.Form == "country":
		return countries()
	case f.Struct == reflect.TypeFor[model.Exception]() && f.Key == "rule":
		return b.ruleIDs()
	}
	n := &node{Type: types{"string", "number"}, MaxLength: f.Most(parse.MaxText)}
	switch f.Form {
	case "":
		return n.as(b.bare(f, n))
	case "path":
	case "radius":
		least, most := 0, 16
		n.Minimum, n.Maximum = &least, &most
	default:
		n.Type = types{"string"}
	}
	known, ok := notations[f.Form]
	if !ok {
		panic(fmt.Sprintf("no notation %q, of %s", f.Form, nameOf(f))) // a mistake in the model, found by every test
	}
	return n.as(known)
}

// bare gives the notation of a text that has no form: of an id, of a name of something else, or of any text.
func (b *builder) bare(f parse.Field, n *node) notation {
	switch {
	case f.IDs == "page":
		least := 0
		n.Type, n.Minimum, n.MaxLength = types{"string", "integer"}, &least, parse.MaxID
		return pageID
	case f.IDs == "name":
		n.MaxLength = parse.MaxID
		return anyID
	case f.Type == reflect.TypeFor[model.Citation]():
		n.Type = types{"string"}
		return citation
	case f.Type == reflect.TypeFor[model.Text](), f.Type == reflect.TypeFor[model.StepRef](), f.Type == reflect.TypeFor[model.LogStore]():
		return anyText
	}
	return anyID
}

func citable() []string {
	var kinds []string
	for _, k := range model.Citable {
		kinds = append(kinds, string(k))
	}
	return kinds
}

// countries gives the codes of all countries, each with its name.
func countries() *node {
	n := &node{Type: types{"string"}, Message: "Write the two letters of ISO 3166-1, or EU: US, DE, JP"}
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			code := string([]rune{first, second})
			if name := model.CountryName(code); name != "" {
				n.Enum, n.EnumWords = append(n.Enum, code), append(n.EnumWords, name)
			}
		}
	}
	return n
}

// ruleIDs gives the rules that an exception can name.
func (b *builder) ruleIDs() *node {
	n := &node{Type: types{"string"}, Message: "Write the id of a rule that can be excepted: `candor rules` lists them"}
	for _, r := range b.rules {
		n.Enum, n.EnumWords = append(n.Enum, r.ID), append(n.EnumWords, r.Title)
	}
	return n
}
