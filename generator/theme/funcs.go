package theme

import (
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// funcs are what templates can call beside the functions of html/template. All are pure.
//
//	join .List ", "            the texts of a list with something between them
//	series .List               "a", "a and b", "a, b and c"
//	plural .Count "step" "steps"   "1 step", "3 steps"
//	inc .Number                one more
//	lower .Text                in lower case
//	unbroken .Sentence         with days like 2 January 2006 kept on one line
var funcs = template.FuncMap{
	"join":   strings.Join,
	"series": series,
	"plural": plural,
	"inc":    func(n int) int { return n + 1 },
	"lower":  strings.ToLower,

	"unbroken": unbroken,
}

var longDay = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b`)
})

// unbroken puts spaces at which no line ends into days.
func unbroken(text string) string {
	return longDay().ReplaceAllString(text, "$1\u00a0$2\u00a0$3")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func series(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
