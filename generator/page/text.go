package page

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/model"
)

// date gives a day in both forms, nil for no day.
func date(d model.Day) *Date {
	if d == 0 {
		return nil
	}
	return &Date{Machine: d.String(), Long: d.Long()}
}

// long gives a day in words behind something: long("signed ", d) is "signed 20 February 2026", "" for no day.
func long(before string, d model.Day) string {
	if d == 0 {
		return ""
	}
	return before + d.Long()
}

// values gives what was written.
func values(list []model.Text) []string {
	var out []string
	for _, t := range list {
		if !t.IsZero() {
			out = append(out, t.Value)
		}
	}
	return out
}

// joined puts the parts that are there together.
func joined(between string, parts ...string) string {
	var there []string
	for _, s := range parts {
		if s != "" {
			there = append(there, s)
		}
	}
	return strings.Join(there, between)
}

// series gives "a", "a and b" or "a, b and c".
func series(list []string) string {
	list = isolatedAll(list)
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// rightToLeft are the scripts whose letters run from right to left (UAX #9, classes R and AL).
var rightToLeft = []*unicode.RangeTable{unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic, unicode.Adlam, unicode.Hanifi_Rohingya}

// isolated makes a name fit to stand in an English sentence. A name with letters that run from right to left draws the digits and the punctuation beside it, and the next such name,
// over to its side: "X will receive Y from 15 December" reads "Y from 15 December will receive X". Between U+2068 and U+2069 it keeps to itself (UAX #9, 2.3). Other names stay as they are.
func isolated(name string) string {
	const first, pop = "\u2068", "\u2069"
	if strings.HasPrefix(name, first) && strings.HasSuffix(name, pop) || !strings.ContainsFunc(name, func(r rune) bool { return unicode.In(r, rightToLeft...) }) {
		return name
	}
	return first + name + pop
}

func isolatedAll(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, isolated(name))
	}
	return out
}

// atMost gives the first n and how many more there are: "a, b and 3 more"; a single one more is named rather than counted.
func atMost(n int, list []string, more string) string {
	if len(list) <= n+1 {
		return series(list)
	}
	return series(append(append([]string{}, list[:n]...), strconv.Itoa(len(list)-n)+" "+more))
}

// count gives "1 step", "3 steps".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// lowerFirst makes a title fit for the middle of a sentence; a word of capitals stays.
func lowerFirst(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(next) || unicode.IsDigit(next) || next == '-' {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// upperFirst makes the beginning of a sentence.
func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// sentence ends a text with a full stop, unless it has an end.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "."
}

// sentences puts texts together, each ended with a full stop.
func sentences(parts ...string) string {
	for i := range parts {
		parts[i] = sentence(parts[i])
	}
	return joined(" ", parts...)
}

// shorten cuts a text to at most n characters, between words where it has any. Of a long one it reads no more than it keeps.
func shorten(s string, n int) string {
	var line strings.Builder
	length := 0
	for field := range strings.FieldsSeq(s) {
		if line.Len() > 0 {
			line.WriteByte(' ')
			length++
		}
		line.WriteString(field)
		if length += utf8.RuneCountInString(field); length > n {
			break
		}
	}
	if length <= n {
		return line.String()
	}
	cut := string([]rune(line.String())[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// wholeSentences gives the first sentences of a text that fit into n characters together; where the first one alone is longer, its beginning.
func wholeSentences(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	end, length := 0, 0
	for i, r := range s {
		length++
		if length > n {
			break
		}
		after := i + utf8.RuneLen(r)
		if strings.ContainsRune(".!?。", r) && (after == len(s) || s[after] == ' ' || r == '。') && i > end+3 {
			end = after
		}
	}
	if length <= n {
		return s
	}
	// The verdict alone, or another short beginning, says less than a sentence that is cut.
	if utf8.RuneCountInString(s[:end]) < n/3 {
		return shorten(s, n)
	}
	return s[:end]
}

// webAddress gives an address on the web as it is, "" for anything else.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return s
}

// contactLink gives a link to whom a contact names: an e-mail address or an address on the web. It is nil for nothing.
func contactLink(s string) *Link {
	switch {
	case s == "":
		return nil
	case webAddress(s) != "":
		return &Link{Text: strings.TrimSuffix(strings.TrimPrefix(s, "https://"), "/"), Address: s, External: true}
	case isMail(s):
		return &Link{Text: strings.TrimPrefix(s, "mailto:"), Address: mailTo(s, "")}
	}
	return &Link{Text: s}
}

func isMail(s string) bool {
	name, host, ok := strings.Cut(strings.TrimPrefix(s, "mailto:"), "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(s, " <>\"'?&,;\\") && !strings.Contains(name, ":")
}

// mailTo gives the address that opens a letter (RFC 6068).
func mailTo(s, subject string) string {
	s = "mailto:" + strings.TrimPrefix(s, "mailto:")
	if subject != "" {
		s += "?subject=" + strings.ReplaceAll(url.QueryEscape(subject), "+", "%20")
	}
	return s
}

// escapePath makes a path of a file fit for an address.
func escapePath(s string) string { return (&url.URL{Path: s}).EscapedPath() }
