package register

import (
	"slices"
	"strings"
	"unicode"
)

// accents brings letters of European languages to those of English.
var accents = strings.NewReplacer("à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ą", "a", "æ", "ae", "ç", "c", "ć", "c", "č", "c", "ď", "d", "è", "e", "é", "e", "ê", "e", "ë", "e", "ę", "e", "ě", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "œ", "oe", "ř", "r", "ß", "ss", "ś", "s", "š", "s", "ť", "t",
	"ù", "u", "ú", "u", "û", "u", "ü", "u", "ů", "u", "ý", "y", "ÿ", "y", "ź", "z", "ż", "z", "ž", "z")

// headerWords gives the words of a header in small letters, without accents, parted at humps, in the singular.
func headerWords(header string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(humps(header), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		w = accents.Replace(strings.ToLower(w))
		switch w = singular(w); w {
		case "subprocessor", "subprocesser":
			words = append(words, "sub", "processor")
		case "thirdparty":
			words = append(words, "third", "party")
		case "the", "a", "of", "our", "your", "this", "their", "der", "die", "das", "du", "de", "la", "le", "del":
		default:
			words = append(words, w)
		}
	}
	return words
}

// singular takes off what makes a plural in English; headers are compared, not read.
func singular(w string) string {
	switch {
	case w == "categorie": // it is "category" once the s of French and German is gone
		return "category"
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		return w[:len(w)-1]
	}
	return w
}

// humps parts words that are told apart by capitals: isSubProcessor, websiteURL, URLOfVendor.
func humps(s string) string {
	letters := []rune(s)
	at := func(i int) rune {
		if i < 0 || i >= len(letters) {
			return ' '
		}
		return letters[i]
	}
	var b strings.Builder
	for i, c := range letters {
		plural := at(i+1) == 's' && !unicode.IsLetter(at(i+2)) // SCCs
		if unicode.IsUpper(c) && (unicode.IsLower(at(i-1)) || unicode.IsUpper(at(i-1)) && unicode.IsLower(at(i+1)) && !plural) {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// A meaning is a field that a header may mean, and how surely: 4 as it is written, 3 without a qualifier, 2 by its last or first words.
type meaning struct {
	field Field
	sure  int
}

// longest header that is read: longer ones are sentences.
const longest = 80

// meanings gives the fields that a header may mean, those in fields.txt before others; none for what is not understood.
func meanings(header string) []meaning {
	if len(header) > longest {
		return nil
	}
	words := headerWords(withoutBrackets(header))
	if len(words) == 0 {
		words = headerWords(header)
	}
	if all := meant(words, 4); all != nil {
		return all
	}
	if all := meant(unqualified(words), 3); all != nil {
		return all
	}
	words = unqualified(words)
	for n := len(words) - 1; n > 0; n-- { // the noun is last in English, and first before "of", "for" and in other languages
		if all := meant(words[len(words)-n:], 2); all != nil && !misleads(words[:len(words)-n]) {
			return all
		}
		if all := meant(words[:n], 2); all != nil && n > 1 {
			return all
		}
	}
	return nil
}

func meant(words []string, sure int) []meaning {
	var all []meaning
	for _, f := range known().means[strings.Join(words, " ")] {
		all = append(all, meaning{f, sure})
	}
	return all
}

// qualifiers say whose something is, in a list in which everything is a vendor's.
var qualifiers = []string{"vendor", "supplier", "third", "party", "3rd", "provider", "company", "sub", "processor", "service", "partner", "organization", "organisation", "anbieter", "lieferant",
	"fournisseur", "proveedor", "required", "optional", "y", "n", "yes", "no", "true", "false", "current", "primary", "main"}

func unqualified(words []string) []string {
	for len(words) > 1 && slices.Contains(qualifiers, words[0]) {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(qualifiers[13:], words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// strangers before a noun make it somebody else's, or of something else: the name of the owner, the date of the report.
var strangers = []string{"contact", "owner", "manager", "approver", "reviewer", "requester", "previous", "parent", "customer", "invoice", "billing", "document", "file", "report", "ticket", "internal", "term",
	"department", "account", "user", "first", "last", "bank", "tax", "cost", "contract", "product", "policy", "incident", "dpo", "reseller", "fourth", "control", "privacy", "terms", "record", "image", "logo", "login"}

func misleads(before []string) bool {
	return slices.ContainsFunc(before, func(w string) bool { return slices.Contains(strangers, w) })
}

// withoutBrackets takes out what stands in brackets.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, c := range s {
		switch {
		case c == '(' || c == '[':
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(c)
		}
	}
	return b.String()
}
