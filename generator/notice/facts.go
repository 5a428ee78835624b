package notice

import (
	"slices"
	"strings"

	"candor/generator/disclosure"
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
	{"Transfer", []string{"transfer.mechanism", "transfer.module"}},
	{"Reached through", []string{"hosted_by"}},
	{"AI", []string{"ai.role", "maker"}},
	{"Trains on the data", []string{"ai.training.used", "ai.training.basis"}},
	{"Keeps", []string{"ai.retention.state", "ai.retention.keep"}},
	{"Keeps all the same", []string{"ai.retention.exceptions"}},
	{"Read by people", []string{"ai.human_review"}},
}

// describe gives the rows of a vendor that hold anything.
func (w *writer) describe(v *disclosure.Subprocessor) []Fact {
	var facts []Fact
	for _, r := range rows {
		var one, many []string
		for _, key := range r.keys {
			for _, f := range w.facts[v.ID] {
				if f.Key != key {
					continue
				}
				if after := line(f.After); after != "" {
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
