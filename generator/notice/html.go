package notice

import (
	_ "embed" // the template
	"fmt"
	"html/template"
	"strings"
	"unicode/utf8"
)

//go:embed notice.html
var page string

// letter is the HTML of a notice, which escapes every text for the place in which it stands. Its styles stand in the elements, where mail programs look; what
// is in the head makes it dark and narrow where they look there too. It loads nothing.
var letter = template.Must(template.New("notice").Option("missingkey=error").Parse(page))

// A sheet is what the template gets.
type sheet struct {
	Subject, Title, Opening string
	Changes                 []sheetChange
	Closing                 [][]piece
}

type sheetChange struct {
	Name, Headline, InShort, Address, Update string
	Terms, Facts                             []Fact
	Differs                                  []sheetField
	Differing, Becoming                      string // headings
}

type sheetField struct {
	Words string
	Sides []Fact
}

// A piece of a sentence may be a link.
type piece struct{ Text, Link string }

// HTML gives the notice as a page of HTML that needs nothing beside itself.
func (n *Notice) HTML() (string, error) {
	s := sheet{Subject: n.Subject, Title: strings.TrimPrefix(n.Subject, short(n.Brand)+": "), Opening: n.opening()}
	for i, c := range n.Changes {
		of := sheetChange{Name: c.Name, Headline: n.numbered(i), InShort: c.inShort(), Address: c.Address, Update: c.Update, Terms: c.terms(), Facts: c.Facts, Differing: differing, Becoming: becoming}
		for _, f := range c.Fields {
			of.Differs = append(of.Differs, sheetField{upper(f.Words), sides(f)})
		}
		s.Changes = append(s.Changes, of)
	}
	for _, p := range n.closing() {
		s.Closing = append(s.Closing, n.linked(p))
	}
	var b strings.Builder
	if err := letter.Execute(&b, s); err != nil {
		return "", fmt.Errorf("write the notice as HTML: %w", err)
	}
	return b.String(), nil
}

// linked makes links of the addresses that a sentence names.
func (n *Notice) linked(sentence string) []piece {
	var pieces []piece
	for _, address := range []string{n.Contact, n.List} {
		before, after, ok := strings.Cut(sentence, address)
		if address == "" || !ok {
			continue
		}
		link := address
		if !isWeb(address) {
			link = "mailto:" + address
		}
		pieces = append(pieces, piece{Text: before}, piece{Text: address, Link: link})
		sentence = after
	}
	return append(pieces, piece{Text: sentence})
}

// upper has a text begin with a capital.
func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(first)) + s[size:]
}
