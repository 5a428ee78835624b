package sheet

import (
	"regexp"
	"slices"
	"strings"
)

// spoken is how drop-downs say a verdict, the plainest first. A word that says more or less than the verdict is in none of the lists.
var spoken = map[string][]string{
	"yes": {"yes", "y", "true", "fully implemented", "implemented", "fully compliant", "compliant", "in place", "fully in place", "fully met", "met", "fully meets", "meets", "meets requirement", "complies", "comply", "fully complies", "conforms", "conformant", "fully conformant", "supported", "fully supported",
		"satisfied", "fully satisfied", "fulfilled", "pass", "passed", "agree", "agreed", "full compliance", "full", "fully", "complete", "affirmative", "adopted", "requirement met", "control in place", "implementation complete", "yes fully", "yes implemented", "yes in place", "yes compliant", "yes fully implemented", "ja", "oui", "sí", "si", "sì"},
	"no": {"no", "n", "false", "not implemented", "not compliant", "non compliant", "noncompliant", "not in place", "not met", "unmet", "does not meet", "does not comply", "not supported", "not satisfied", "not fulfilled", "fail", "failed", "disagree", "no compliance", "non compliance", "non conformant", "not conformant", "negative",
		"requirement not met", "control not in place", "no not implemented", "no not in place", "nein", "non", "nee"},
	"partial": {"partial", "partially", "partly", "partially implemented", "partially compliant", "partly implemented", "partly compliant", "partially in place", "partially met", "partly met", "partial compliance", "partial implementation", "partially supported", "partially satisfied", "partially fulfilled", "partially complies",
		"partially meets", "partially conformant", "in part", "yes partially", "partial yes", "yes partial", "somewhat", "teilweise", "partiel", "partiellement", "parcial", "parcialmente", "gedeeltelijk"},
	"planned": {"planned", "plan", "is planned", "planned implementation", "planned for implementation", "implementation planned", "planned not implemented", "not implemented planned", "not implemented but planned", "not yet implemented planned", "no but planned", "no planned", "no planned for future", "planned for future", "planned for the future", "future",
		"roadmap", "on roadmap", "on the roadmap", "in roadmap", "on product roadmap", "scheduled", "to be implemented", "will be implemented", "will implement", "planned to be implemented", "plan to implement", "in planning", "geplant"},
	"not-applicable": {"n/a", "na", "n a", "not applicable", "non applicable", "does not apply", "not relevant", "nicht anwendbar", "entfällt", "no aplica", "sans objet", "niet van toepassing"},
}

var (
	ordinal       = regexp.MustCompile(`^(?:\(?[0-9]{1,2}\s*[-–—.:=)]+\s*|[a-zA-Z]\)\s+)`)
	tail          = regexp.MustCompile(`^(.*?)[\s,;:(–—-]+(?:\(?(?:please |and |but |see |with |add |provide |give |if so |must |w/ ?|requires? )*(?:explain|describe|elaborate|specify|comments?|explanations?|explanation required|details?|notes?|justify|justification|below|in comments?|see comments?|in notes|the comments?)(?: required| below| in comments?| in notes| in the comments?| column| why| field)*)[).!*]*$`)
	notApplicable = regexp.MustCompile(`(?i)\bn/a\b`)
	parts         = regexp.MustCompile(`\s*/\s*|\s+or\s+`)
)

// Word gives the word of a drop-down that says a verdict (yes, no, partial, planned, not-applicable), or "" and why none does. A word that says more or
// less than the verdict is none: where only "Yes" and "No" are allowed, "partial" has no word, and neither has "planned" where there is "In progress".
func Word(verdict string, allowed []string) (word, why string) {
	list := spoken[verdict]
	best := len(list) * 4
	for _, w := range allowed {
		if rank := rankOf(w, list); rank >= 0 && rank < best && !contradicts(w) {
			word, best = w, rank
		}
	}
	switch {
	case word != "":
		return word, ""
	case list == nil:
		return "", `"` + verdict + `" is no verdict that a drop-down could say`
	}
	shown := allowed
	if len(shown) > 6 {
		shown = append(slices.Clone(shown[:6]), "…")
	}
	return "", `the drop-down has no word for "` + verdict + `": ` + strings.Join(shown, ", ")
}

// rankOf is the place of a word in a list of how a verdict is said, -1 when it is not there; after all others those with an invitation to explain, and
// those that leave it open which of two things they say.
func rankOf(word string, list []string) int {
	plain := saying(word)
	if i := slices.Index(list, plain); i >= 0 {
		return i
	}
	if m := tail.FindStringSubmatch(strings.ToLower(ordinal.ReplaceAllString(strings.TrimSpace(word), ""))); m != nil {
		if i := slices.Index(list, saying(m[1])); i >= 0 {
			return len(list) + i
		}
	}
	bare := ordinal.ReplaceAllString(strings.TrimSpace(word), "")
	if inner := brackets.FindString(bare); inner != "" {
		if outer, in := slices.Index(list, saying(brackets.ReplaceAllString(bare, " "))), slices.Index(list, saying(inner)); outer >= 0 && in >= 0 {
			return 2*len(list) + outer // "Yes (implemented)"
		}
	}
	for _, part := range alternatives(word) {
		if i := slices.Index(list, saying(part)); i >= 0 {
			return 3*len(list) + i
		}
	}
	return -1
}

// contradicts tells words such as "Yes/No", one part of which says yes and another no.
func contradicts(word string) bool {
	yes, no := false, false
	for _, part := range alternatives(word) {
		yes = yes || slices.Contains(spoken["yes"], saying(part))
		no = no || slices.Contains(spoken["no"], saying(part))
	}
	return yes && no
}

// alternatives parts a word such as "Planned / In progress".
func alternatives(word string) []string {
	return parts.Split(notApplicable.ReplaceAllString(ordinal.ReplaceAllString(strings.TrimSpace(word), ""), "NA"), -1)
}

// saying is a word of a drop-down in lower case, without a number before it and without marks.
func saying(word string) string {
	word = strings.ToLower(ordinal.ReplaceAllString(strings.TrimSpace(word), ""))
	if n := strings.Trim(word, " .()[]"); n == "n/a" || n == "n.a" {
		return "n/a"
	}
	word = strings.Join(plainWords(word), " ")
	return strings.ReplaceAll(word, "#", "")
}
