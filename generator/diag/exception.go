package diag

import (
	"fmt"
	"io"
	"strings"

	"candor/generator/source"
)

// An Exception takes findings off the list, for a reason and until a day. It is always shown where findings are counted, so that what it
// hides is not forgotten.
type Exception struct {
	Rule     string // id of the rule: "SUB07"
	Reason   string
	Owner    string      // who answers for it
	Expires  string      // the day on which it holds no longer: YYYY-MM-DD
	At       source.Span // where it is written
	Findings []Finding   // what it takes off, at least one
}

// WriteExceptions writes exceptions for a person, in the order given: place, rule, day and owner in one line, the reason below, then what is
// taken off.
func WriteExceptions(w io.Writer, exceptions []Exception, style Style) error {
	var b strings.Builder
	for _, e := range exceptions {
		fmt.Fprintf(&b, "%s: %s until %s, %s\n", style.paint("1", Place(e.At)), e.Rule, e.Expires, printable(e.Owner))
		fmt.Fprintf(&b, "      = reason: %s\n", printable(e.Reason))
		for _, f := range e.Findings {
			fmt.Fprintf(&b, "      = %s: %s: %s\n", f.Severity, Place(f.At), printable(f.Message))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

type jsonException struct {
	Rule     string        `json:"rule"`
	Reason   string        `json:"reason"`
	Owner    string        `json:"owner"`
	Expires  string        `json:"expires"`
	At       jsonPlace     `json:"at"`
	Findings []jsonFinding `json:"findings"`
}

func (r Run) jsonExceptions() []jsonException {
	out := []jsonException{}
	for _, e := range r.Exceptions {
		j := jsonException{Rule: e.Rule, Reason: e.Reason, Owner: e.Owner, Expires: e.Expires, At: jsonPlaceOf(e.At)}
		for _, f := range e.Findings {
			j.Findings = append(j.Findings, r.jsonFinding(f))
		}
		out = append(out, j)
	}
	return out
}
