package notice

import (
	"slices"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// A row is one thing that readers are told of a vendor: the facts of these keys, one after the other. A list is told element by element.
type row struct {
	words string
	keys  []string
}

// rows are what a notice tells of a vendor: who, what for, which data and whose, where, on which ground, and what it may do with it.
var rows = []row{
	{"Who", []string{"legal_entity", "postal_address", "country"}},
	{"Contact there", []string{"contact"}},
	{"What for", []string{"purpose"}},
	{"Data", []string{"data"}},
	{"Whose data", []string{"data_subjects"}},
	{"Where", []string{"locations"}},
	{"Transfer", []string{"transfer"}},
	{"Reached through", []string{"hosted_by"}},
	{"AI", []string{"ai.role", "maker"}},
	{"Trains on the data", []string{"ai.training.used"}},
	{"Keeps prompts", []string{"ai.retention.state"}},
	{"Keeps all the same", []string{"ai.retention.exceptions"}},
	{"Read by people", []string{"ai.human_review"}},
}

// describe gives the rows of a vendor that hold anything, from its facts in words.
func describe(v *disclosure.Subprocessor, told []disclosure.Field) []Fact {
	var facts []Fact
	for _, r := range rows {
		var one, many []string
		for _, key := range r.keys {
			for _, f := range told {
				if f.Key != key {
					continue
				}
				if after := said(v, f); after != "" {
					one = append(one, after)
				}
				many = append(many, lines(f.New)...)
			}
		}
		if len(one) > 0 {
			many = slices.Insert(many, 0, strings.Join(one, ", "))
		}
		if len(many) > 0 {
			facts = append(facts, Fact{r.words, many})
		}
	}
	return facts
}

// said gives a fact in words; what rests on another fact has both in one.
func said(v *disclosure.Subprocessor, f disclosure.Field) string {
	switch f.Key {
	case "ai.training.used":
		return line(f.After) + bases[v.AI.Training.Basis]
	case "ai.retention.state":
		return kept(v)
	}
	return line(f.After)
}

var bases = map[string]string{"contract": ", by contract", "policy": ", by its published policy", "setting": ", by a setting of the account"}

// kept says for how long a vendor keeps prompts and what comes of them.
func kept(v *disclosure.Subprocessor) string {
	if v.AI == nil {
		return ""
	}
	switch terms := v.AI.Retention; {
	case terms.State == model.ZeroRetention:
		return "not at all (zero retention)"
	case terms.Keep != "":
		if p, err := model.ParsePeriod(terms.Keep); err == nil {
			return "for " + p.Long()
		}
		return "for " + line(terms.Keep)
	}
	return "for how long is not known"
}

// keeping says in one field what differs in how long a vendor keeps prompts: the state and the time are one fact for readers.
func keeping(fields []disclosure.Field, old, v *disclosure.Subprocessor) []disclosure.Field {
	var all []disclosure.Field
	for _, f := range fields {
		if f.Key == "ai.retention.state" || f.Key == "ai.retention.keep" {
			f = disclosure.Field{Key: "ai.retention", Words: "keeps prompts", Before: kept(old), After: kept(v)}
			if slices.ContainsFunc(all, func(g disclosure.Field) bool { return g.Key == f.Key }) {
				continue
			}
		}
		all = append(all, f)
	}
	return all
}

// identity keeps what tells who a vendor is and what it did.
func identity(facts []Fact) []Fact {
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Words != "Who" && f.Words != "What for" })
}
