package questionnaire

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
	"candor/generator/sheet"
)

// A Lesson is a question and the answer that a person gave to it.
type Lesson struct {
	Answer    *model.Answer
	Asked     string
	Framework string // of ID; "" when not known
	ID        string // of the question in its framework; "" when not known
	From      string // the row: "Controls!14"
}

// A Passed row taught nothing, and why.
type Passed struct {
	From, Question, Why string
	Contradicts         bool // the sheet says something else than the answer that it names, or has changed: somebody must look
}

// Lessons reads a questionnaire that a person has corrected: the rows whose cells name an answer by its address, or hold its text, and the suggestions
// that were marked. Rows in which the verdict says something else than the answer teach nothing, since the answer would be wrong for the question.
func (l *Library) Lessons(s sheet.Survey, suggestions [][]string, o Options) ([]Lesson, []Passed) {
	framework := o.Framework
	if framework == "" {
		framework = l.framework(o.Name, s)
	}
	learner := learner{Library: l, framework: framework, texts: map[string]*model.Answer{}, rows: map[string]sheet.Row{}}
	for _, a := range l.answers {
		learner.texts[plain(prose(a))] = a
	}
	for _, t := range s.Tables {
		for _, r := range t.Rows {
			learner.rows[place(r)] = r
			learner.row(r)
		}
	}
	learner.marked(suggestions)
	return learner.lessons, learner.passed
}

type learner struct {
	*Library
	framework string
	texts     map[string]*model.Answer // by what a cell holds of them
	rows      map[string]sheet.Row
	lessons   []Lesson
	passed    []Passed
}

// row learns from the cells of a row.
func (l *learner) row(r sheet.Row) {
	a, several := l.Named(r.Given + "\n" + r.GivenComment + "\n" + r.GivenLink)
	for _, cell := range []string{r.Given, r.GivenComment} {
		if a == nil {
			a = l.texts[plain(cell)]
		}
	}
	switch said := verdict(r); {
	case several:
		l.pass(r, "its cells name several answers, each for a part of the question")
	case a == nil && r.Given+r.GivenComment+r.GivenLink != "":
		l.pass(r, "its cells name no answer of this site: paste the address of one")
	case a == nil:
	case said != "" && said != a.Verdict.Value:
		l.contradicted(r, fmt.Sprintf("the sheet says %q, answer %q says %q", said, a.ID.Value, a.Verdict.Value))
	default:
		l.learn(r, a)
	}
}

// marked learns from the sheet of suggestions: the rows with a mark in the first column.
func (l *learner) marked(rows [][]string) {
	for _, row := range rows {
		if len(row) < len(suggestionColumns)-2 || strings.TrimSpace(row[0]) == "" || row[0] == suggestionColumns[0] {
			continue
		}
		number, _ := strconv.Atoi(strings.TrimSpace(row[2]))
		r, ok := l.rows[place(sheet.Row{Sheet: row[1], Number: number})]
		a, _ := l.Named(row[8])
		switch {
		case !ok || r.Question != row[4]:
			l.passed = append(l.passed, Passed{From: strings.TrimPrefix(row[1]+"!"+row[2], "!"), Question: row[4], Why: "the questionnaire has another question there now", Contradicts: true})
		case a == nil:
			l.pass(r, fmt.Sprintf("the suggestion's address %q leads to no answer of this site", row[8]))
		default:
			l.learn(r, a)
		}
	}
}

func (l *learner) pass(r sheet.Row, why string) {
	l.passed = append(l.passed, Passed{From: strings.TrimPrefix(place(r), "!"), Question: r.Question, Why: why})
}

func (l *learner) contradicted(r sheet.Row, why string) {
	l.pass(r, why)
	l.passed[len(l.passed)-1].Contradicts = true
}

func (l *learner) learn(r sheet.Row, a *model.Answer) {
	lesson := Lesson{Answer: a, Asked: asked(r), From: strings.TrimPrefix(place(r), "!")}
	if l.framework != "" {
		lesson.Framework, lesson.ID = l.framework, r.ID
	}
	for _, known := range l.lessons {
		if known.Answer == a && known.Asked == lesson.Asked && known.ID == lesson.ID {
			return
		}
	}
	l.lessons = append(l.lessons, lesson)
}

// Named gives the one answer whose address stands in a text; nil for none, and when there are several.
func (l *Library) Named(text string) (found *model.Answer, several bool) {
	for rest := text; ; {
		i := strings.Index(rest, model.AddressAnswers)
		if i < 0 {
			return found, false
		}
		rest = rest[i+len(model.AddressAnswers):]
		id := strings.TrimPrefix(rest, "#")
		if end := strings.IndexFunc(id, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '%') }); end >= 0 {
			id = id[:end]
		}
		if plain, err := url.PathUnescape(id); err == nil {
			id = plain
		}
		a := l.byID(id)
		if a != nil && found != nil && a != found {
			return nil, true
		}
		if a != nil {
			found = a
		}
	}
}

// byID gives the answer with an id or an earlier one.
func (l *Library) byID(id string) *model.Answer {
	for _, a := range l.answers {
		if a.ID.Value == id {
			return a
		}
	}
	for _, a := range l.answers {
		for _, alias := range a.Aliases {
			if alias.Value == id {
				return a
			}
		}
	}
	return nil
}

// Chosen gives the answer that a row has: the one that somebody has named in its cells, or the one that is to be filled in; nil where it has none that may be
// used, or one for each of its parts.
func (l *Library) Chosen(line *Line) *model.Answer {
	if line.Outcome == Filled && len(line.Filled) == 1 {
		return line.Filled[0].Answer
	}
	r := line.Row
	a, _ := l.Named(r.Given + "\n" + r.GivenComment + "\n" + r.GivenLink)
	if line.Outcome == Given && a != nil && l.barred[slices.Index(l.answers, a)] == "" {
		return a
	}
	return nil
}

// verdict gives what the answer's cell says in one of the words for a verdict, or begins with; "" when it says anything else.
func verdict(r sheet.Row) string {
	given := strings.TrimSpace(r.Given)
	for _, said := range []string{given, opening(given)} {
		for _, v := range verdicts {
			if w, _ := sheet.Word(v, []string{said}); w != "" && said != "" {
				return v
			}
		}
	}
	return ""
}

// opening gives the words before the first sign that ends or interrupts a sentence.
func opening(s string) string {
	if i := strings.IndexAny(s, ".,:;!?\n—–"); i > 0 {
		return s[:i]
	}
	return ""
}

// plain gives a cell's text so that it can be compared: without its address at the end, white space and case.
func plain(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexAny(s, " \n"); strings.Contains(s[i+1:], "://") {
		s = s[:max(i, 0)]
	}
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
