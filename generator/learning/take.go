package learning

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
)

// A lesson is an order at work.
type lesson struct {
	content amend.Content
	now     *model.Site                 // as it is with what is new
	asked   map[string]map[string]place // by the words of a wording: the answers that have it, by their ids
	news    []novelty
	refused [][]string // why not, for each pair
}

// A place is where an answer has a wording, nil for one that is new.
type place = *model.Text

// A novelty is one item that is to be written.
type novelty struct {
	pairs     []int // that say it
	answer    *model.Answer
	framework string // "" for a wording
	text      string
}

// words gives the words of a text in small letters, without punctuation: two wordings with the same ones are one question, as for rule ANS04.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// askedIn gives who is asked what in a site.
func askedIn(site *model.Site) map[string]map[string]place {
	all := map[string]map[string]place{}
	for _, a := range site.Answers() {
		for _, q := range append([]model.Text{a.Question}, a.AlsoAsked...) {
			note(all, words(q.Value), a, &q)
		}
	}
	return all
}

func note(all map[string]map[string]place, key string, a *model.Answer, at place) {
	if all[key] == nil {
		all[key] = map[string]place{}
	}
	all[key][a.ID.Value] = at
}

// tidy writes a text on one line, without what nobody sees.
func tidy(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, " ")), " ")
	for {
		c, ok := parse.Invisible(s)
		if !ok {
			return strings.TrimSpace(s)
		}
		s = strings.ReplaceAll(s, string(c), "")
	}
}

// longest gives how many characters an item of a list may have, by the list's key in an answer.
func longest(key string) int {
	for _, f := range parse.PlanOf(reflect.TypeFor[model.Answer]()).Fields {
		if f.Key == key {
			return f.Item().Most(parse.MaxText)
		}
	}
	return parse.MaxText
}

func (l *lesson) refuse(pair int, format string, args ...any) {
	l.refused[pair] = append(l.refused[pair], fmt.Sprintf(format, args...))
}

// take sees what of a pair is new.
func (l *lesson) take(i int, p Pair) {
	a, _ := l.content.Site.Find(model.KindAnswer, p.Answer).(*model.Answer)
	asked, framework, id := tidy(p.Asked), tidy(p.Framework), tidy(p.ID)
	switch {
	case a == nil && l.content.Site.IsUnread(model.KindAnswer, p.Answer):
		l.refuse(i, "answer %q may stand in a file that cannot be read", p.Answer)
		return
	case a == nil:
		l.refuse(i, "no answer %q%s", p.Answer, l.nearest(p.Answer))
		return
	case asked == "" && id == "":
		l.refuse(i, "there is neither a question nor an id to learn")
		return
	}
	if asked != "" {
		l.takeWording(i, a, asked)
	}
	switch {
	case id == "":
	case framework == "":
		l.refuse(i, "nothing says which questionnaire %q is an id of", id)
	default:
		l.takeID(i, a, framework, id)
	}
}

func (l *lesson) nearest(id string) string {
	var ids []string
	for _, a := range l.content.Site.Answers() {
		ids = append(ids, a.ID.Value)
	}
	if near, ok := diag.Nearest(id, ids); ok {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func (l *lesson) takeWording(i int, a *model.Answer, asked string) {
	key, most := words(asked), longest("also_asked")
	_, known := l.asked[key][a.ID.Value]
	switch n := len([]rune(asked)); {
	case key == "":
		l.refuse(i, "there are no words in %q", shorten(asked))
		return
	case known:
		l.again(i, func(n novelty) bool { return n.answer == a && n.framework == "" && words(n.text) == key })
		return
	case n > most:
		l.refuse(i, "the question is %d characters long, at most %d fit", n, most)
		return
	}
	for _, other := range l.content.Site.Answers() {
		if has, known := l.asked[key][other.ID.Value]; known {
			where := ""
			if has != nil {
				p := has.At.Position()
				where = fmt.Sprintf(" in %s:%d", p.Path, p.Line)
			}
			l.refuse(i, "answer %q is asked so already%s: one wording cannot lead to two", other.ID.Value, where)
			return
		}
	}
	note(l.asked, key, a, nil)
	l.news = append(l.news, novelty{[]int{i}, a, "", asked})
}

func (l *lesson) takeID(i int, a *model.Answer, framework, id string) {
	if n := len([]rune(id)); n > parse.MaxText {
		l.refuse(i, "the id is %d characters long, at most %d fit", n, parse.MaxText)
		return
	}
	for _, f := range a.Frameworks {
		if f.ID.Value == framework && slices.ContainsFunc(f.IDs, func(t model.Text) bool { return strings.EqualFold(t.Value, id) }) {
			return
		}
	}
	if !l.again(i, func(n novelty) bool {
		return n.answer == a && n.framework == framework && strings.EqualFold(n.text, id)
	}) {
		l.news = append(l.news, novelty{[]int{i}, a, framework, id})
	}
}

// again notes that a pair says what another one said before it in the order, if one did.
func (l *lesson) again(pair int, same func(novelty) bool) bool {
	i := slices.IndexFunc(l.news, same)
	if i >= 0 {
		l.news[i].pairs = append(l.news[i].pairs, pair)
	}
	return i >= 0
}

// shorten keeps a quoted text within a line.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:57]) + "..."
	}
	return s
}
