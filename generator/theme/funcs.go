package theme

import (
	"html/template"
	"strconv"
	"strings"
)

// funcs are what templates can call beside the functions of html/template. All are pure.
//
//	join .List ", "            the texts of a list with something between them
//	series .List               "a", "a and b", "a, b and c"
//	plural .Count "step" "steps"   "1 step", "3 steps"
//	inc .Number                one more
//	lower .Text                in lower case
var funcs = template.FuncMap{
	"join":   strings.Join,
	"series": series,
	"plural": plural,
	"inc":    func(n int) int { return n + 1 },
	"lower":  strings.ToLower,
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
