package questionnaire

import (
	"fmt"

	"candor/generator/model"
	"candor/generator/pattern"
	"candor/generator/wording"
)

// turns are the words that turn a question round, so that yes is the answer where it was no. "Without" is none: it begins a condition more often than not.
var turns = pattern.Of(`(?i)\b(not|never|no|none|nothing|nobody|neither|nor|cannot|refrain(s|ed)?|abstain(s|ed)?|prohibit(s|ed)?|forbid(s|den)?|forbade|bar(s|red)|ban(s|ned)|exclud(e|es|ed)|prevent(s|ed)?|prevented|lack(s|ed)?|free (of|from)|kept (out|away|from)|keeps? (out|from)|unencrypted|plain ?text|clear ?text)\b|n['’]t\b`)

// idle are places in which such a word turns nothing.
var idle = pattern.Of(`(?i)\b(if|or|whether or|but|why|is it|are they) not\b|\bnot (only|limited|applicable|just|least)\b|\bno (longer|less|later|more|matter|one)\b|\bno\.|#|\bif (no|none)\b|\byes ?(/|or) ?no\b|\by/n\b|\([^()]*\)|\bsuch that .*|\bso (that|information|data|it|they|no)\b.*|\bthat (prevent|exclude|forbid|prohibit|bar|ban)s?\b|\bto (ensure|prevent|avoid|make sure|protect) .*|\b(which|who|where|when|because|unless|until|while) .*|\bin case (of )?no\b|\bhow (do|does|are|is|can|will) .*`)

// isTurned reports whether a question asks for the opposite: "do you never", "is it prohibited".
func isTurned(question string) bool {
	return len(turns.FindAllString(idle.ReplaceAllString(question, " "), -1))%2 == 1
}

// turned tells that a question asks the other way round than the nearest wording of an answer, whose verdict would then be the wrong word for it; "" where it
// does not.
func turned(question string, a *model.Answer) string {
	nearest, best := a.Question.Value, alike(question, a.Question.Value)
	for _, q := range a.AlsoAsked {
		if s := alike(question, q.Value); s > best {
			nearest, best = q.Value, s
		}
	}
	if isTurned(question) == isTurned(nearest) {
		return ""
	}
	return fmt.Sprintf("it asks the other way round than %q", shorten(nearest, shownQuestion))
}

// alike gives the share of the terms of two texts that they have in common.
func alike(one, other string) float64 {
	in := map[string]int{}
	for _, t := range wording.Terms(one) {
		in[t] |= 1
	}
	for _, t := range wording.Terms(other) {
		in[t] |= 2
	}
	both := 0
	for _, where := range in {
		if where == 3 {
			both++
		}
	}
	return float64(both) / float64(max(len(in), 1))
}
