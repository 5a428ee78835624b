package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"candor/generator/criteria"
	"candor/generator/diag"
	"candor/generator/model"
)

var ans04 = Rule{
	Rule: diag.Rule{
		ID:       "ANS04",
		Severity: diag.Error,
		Title:    "two answers assert different values, or answer the same question differently",
		Why:      "Two truths in one questionnaire: whichever the customer finds second is the one that is doubted.",
		Source:   "SOC 2 CC2.3",
		Bad: `- id: incident-notice
  asserts: {incident_notice_hours: 72}
- id: breach-notice
  asserts: {incident_notice_hours: 48}`,
		Good: `- id: incident-notice
  asserts: {incident_notice_hours: 72}
- id: breach-notice
  asserts: {incident_notice_hours: 72}`,
		Remark: `Questions are the same when they have the same words, whatever their case and punctuation; also_asked counts, and so does an id of the same questionnaire (caiq-4.0: [DSP-15.1]). The same
question must have the same verdict, and when it is the question of two answers, the same text.`,
	},
	run: twoTruths,
}

func twoTruths(p *pass) {
	var asserting []*model.Answer
	for _, a := range p.site.Answers() {
		if a.Asserts != nil {
			asserting = append(asserting, a)
		}
	}
	for _, fact := range assertions() {
		var first *model.Answer
		for _, a := range asserting {
			if fact.value(a.Asserts).text == "" {
				continue
			}
			if first == nil {
				first = a
				continue
			}
			said, before := fact.value(a.Asserts), fact.value(first.Asserts)
			if !sameStatement(said.text, before.text) {
				p.report(said.at, fmt.Sprintf("answer %q asserts %s: %s, but answer %q asserts %s", a.ID.Value, fact.key, said.text, first.ID.Value, before.text),
					"find out which one is true, and correct the other", note(before.at, "asserted here"))
			}
		}
	}
	p.sameQuestions()
}

// sameStatement reports whether two values of one fact are the same: 12m and 1y are, and "US, EU" and "EU, US".
func sameStatement(a, b string) bool {
	parts := func(s string) []string {
		list := strings.Split(strings.ToLower(s), ", ")
		for i, one := range list {
			if period, err := model.ParsePeriod(one); err == nil && period.Unit == 'y' {
				list[i] = model.Period{Count: 12 * period.Count, Unit: 'm'}.String()
			}
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(parts(a), parts(b))
}

// An asking is one way in which an answer is asked for.
type asking struct {
	answer *model.Answer
	as     model.Text
	main   bool // it is the answer's own question
}

// sameQuestions reports questions that two answers answer differently.
func (p *pass) sameQuestions() {
	first := map[string]asking{}
	see := func(name string, now asking) {
		if name == "" {
			return
		}
		before, seen := first[name]
		if !seen {
			first[name] = now
			return
		}
		if before.answer == now.answer || now.answer.Verdict.IsZero() || before.answer.Verdict.IsZero() {
			return
		}
		place := note(before.as.At, fmt.Sprintf("asked here too, and answered %q", before.answer.Verdict.Value))
		switch {
		case before.answer.Verdict.Value != now.answer.Verdict.Value:
			p.report(now.as.At, fmt.Sprintf("answer %q says %q to %q, but answer %q says %q", now.answer.ID.Value, now.answer.Verdict.Value, shorten(now.as.Value),
				before.answer.ID.Value, before.answer.Verdict.Value), "keep the question in one of the two", place)
		case before.main && now.main && words(before.answer.Text.Value) != words(now.answer.Text.Value):
			p.report(now.as.At, fmt.Sprintf("answers %q and %q answer %q with different texts", before.answer.ID.Value, now.answer.ID.Value, shorten(now.as.Value)),
				"keep one of the two, and give it the other's id as an alias", place)
		}
	}
	for _, a := range p.site.Answers() {
		see(words(a.Question.Value), asking{a, a.Question, true})
		for _, q := range a.AlsoAsked {
			see(words(q.Value), asking{a, q, false})
		}
		for _, f := range a.Frameworks {
			if s, ok := criteria.Find(f.ID.Value); ok && len(s.IDs) == 0 { // a questionnaire: an id is a question
				for _, id := range f.IDs {
					see(strings.ToLower(f.ID.Value+" "+id.Value), asking{a, id, false})
				}
			}
		}
	}
}

// words gives the words of a text in small letters, without punctuation.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
