package check

import (
	"slices"
	"strings"

	"candor/generator/pattern"
)

// blanks are words that name what is to be filled in. fillers may stand beside them.
var (
	blanks = set("company organization organisation org business employer name date title department role email e-mail phone telephone number url website " +
		"city country address product owner approver author contact version frequency signature yyyy mm dd domain entity ciso ceo cto dpo date_of name_of")
	fillers = set("your the our of and or a an here insert enter add fill in replace with specify select choose state legal effective last review approval issue " +
		"current full short job first team system service vendor client customer employee person security officer privacy manager head day days month months year years hours period time location " +
		"policy document mailing street zip code tool tools provider link page that this is to be x n")
	orders = set("insert enter fill replace specify your")
	own    = set("your name first last full email e-mail phone number address")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func all(words []string, in map[string]bool) bool {
	for _, w := range words {
		if !in[w] {
			return false
		}
	}
	return true
}

// asksForWords reports whether what stands in brackets names what is to be written there: "Company Name", "insert date",
// "YOUR_COMPANY".
func asksForWords(inner string) bool {
	words := strings.FieldsFunc(strings.ToLower(inner), func(r rune) bool {
		return strings.ContainsRune(" \t\n_/,.:;'’()#&", r)
	})
	if len(words) == 0 || len(words) > 10 {
		return false
	}
	if len(words) > 1 && orders[words[0]] {
		return words[0] != "your" || !all(words, own) // "your name" is the reader's
	}
	blank := false
	for _, w := range words {
		if w == "todo" || w == "tbd" {
			return true
		}
		blank = blank || blanks[w]
		if !blanks[w] && !fillers[w] {
			return false
		}
	}
	return blank
}

var (
	corporate  = pattern.Of(`^,? (Corp|Corporation|Inc|Incorporated|Company|Co|Ltd|Limited|LLC|GmbH|Org|Organization|Organisation|CORP|INC|COMPANY|LTD)\b`)
	yourOwn    = pattern.Of(`^ (Company|COMPANY|Organization|ORGANIZATION|Organisation|Business Name|BUSINESS NAME)( (Name|NAME))?\b`)
	datePieces = pattern.Of(`^(XX|xx|[0-3]?[0-9])([/.-])(XX|xx|[01]?[0-9])[/.-](XXXX|xxxx|20XX|20xx|XX)\b`)
	workNotes  = pattern.Of(`^[ -](comments?|markers?|marks?|items?|notes?|lists?|tags?)\b`)
)

// word reads one word and tells whether it is a note, a sample, or a date with its digits left out.
func (sc *scanner) word() {
	end := sc.at + 1
	for end < len(sc.s) && isWordByte(sc.s[end]) {
		end++
	}
	word, rest := sc.s[sc.at:end], sc.s[end:]
	switch word {
	case "TODO", "TBD", "FIXME", "TBC":
		if !workNotes.MatchString(rest) && !sc.inName(end) {
			sc.found(end, isNote, finish)
			return
		}
	case "Lorem", "lorem", "LOREM":
		if len(rest) >= 6 && strings.EqualFold(rest[:6], " ipsum") {
			sc.found(end+6, isPlaceholder, fillIn)
			return
		}
	case "Acme", "ACME":
		if m := corporate.FindString(rest); !sc.excused(m == "") {
			sc.found(end+len(m), isSample, rename)
			return
		}
	case "Example", "EXAMPLE":
		if m := corporate.FindString(rest); m != "" {
			sc.found(end+len(m), isSample, rename)
			return
		}
	case "Your", "YOUR", "My", "MY":
		if m := yourOwn.FindString(rest); m != "" && !strings.HasPrefix(strings.TrimSpace(sc.lineStart()), "#") {
			sc.found(end+len(m), isSample, rename)
			return
		}
	case "YourCompany", "Yourcompany", "yourcompany", "CompanyName", "companyname", "MyCompany", "mycompany", "yourdomain", "YourDomain", "YourOrganization", "yourorganization", "AcmeCorp", "ACMECorp":
		sc.found(end, isSample, rename)
		return
	default:
		if sc.blankDate(word, end) {
			return
		}
	}
	sc.at = end
}

// inName reports whether a word is part of an identifier: TODO_LIST, TODO.md, @TODO.
func (sc *scanner) inName(end int) bool {
	before, after := byte(' '), byte(' ')
	if sc.at > 0 {
		before = sc.s[sc.at-1]
	}
	if end+1 < len(sc.s) && sc.s[end] == '.' && isWordByte(sc.s[end+1]) {
		return true
	}
	if end < len(sc.s) {
		after = sc.s[end]
	}
	return before == '_' || before == '/' || before == '-' || before == '.' || after == '_' || after == '/' || after == '='
}

// blankDate finds XX/XX/XXXX, 20XX and XXX.
func (sc *scanner) blankDate(word string, end int) bool {
	if !strings.ContainsAny(word, "Xx") {
		return false
	}
	if m := datePieces.FindString(sc.s[sc.at:min(len(sc.s), sc.at+12)]); strings.ContainsAny(m, "Xx") {
		sc.found(sc.at+len(m), isPlaceholder, fillIn)
		return true
	}
	alone := (sc.at == 0 || !strings.ContainsRune("-*#.", rune(sc.s[sc.at-1]))) && (end == len(sc.s) || !strings.ContainsRune("-*.", rune(sc.s[end])) || end+1 == len(sc.s) || !isWordByte(sc.s[end+1]))
	if word == "20XX" || word == "20xx" || alone && len(word) >= 3 && strings.Trim(word, "X") == "" {
		sc.found(end, isPlaceholder, fillIn)
		return true
	}
	return false
}

// excuses are words near Acme that make it a name in an example; protocols are those that make it RFC 8555.
var (
	excuses   = []string{"for example", "example:", "example,", "examples:", "example*", "imagine", "suppose"}
	protocols = []string{"certificate", "tls", "ssl", "protocol", "8555", "let's encrypt", "let’s encrypt", "challenge", "https", "cert-manager", "client"}
)

// excused reports whether the paragraph around the present place makes Acme something else than a sample that was left over.
func (sc *scanner) excused(mayBeProtocol bool) bool {
	before, after := sc.s[max(0, sc.at-300):sc.at], sc.s[sc.at:min(len(sc.s), sc.at+300)]
	if i := strings.LastIndex(before, "\n\n"); i >= 0 {
		before = before[i:]
	}
	after, _, _ = strings.Cut(after, "\n\n")
	paragraph := strings.ToLower(before + after)
	words := excuses
	if mayBeProtocol {
		words = append(words[:len(words):len(words)], protocols...)
	}
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(paragraph, w) })
}
