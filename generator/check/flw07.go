package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw07 = Rule{
	Rule: diag.Rule{
		ID:       "FLW07",
		Severity: diag.Error,
		Title:    "a store keeps confidential data without encryption at rest",
		Why:      "A disk, a backup or a snapshot that gets lost is an incident when it can be read, and a sentence in a report when it cannot.",
		Source:   "SOC 2 CC6.1; GDPR Art. 32(1)(a)",
		Bad:      `- {id: logs, stage: storage, kind: store, title: Audit log, in: aws, retention: 30d, deletion: automatic}`,
		Good:     `- {id: logs, stage: storage, kind: store, title: Audit log, in: aws, retention: 30d, deletion: automatic, encrypted: true}`,
		Remark:   "Asked of stores of data of the levels confidential and restricted: what links bring to them, what links fetch from them, and what is sent to models whose prompts are logged there in full. Stores with the customer are the customer's own and are not asked.",
	},
	run: plainStores,
}

func plainStores(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if !s.IsStore() || s.In.Customer || s.Encrypted.Value {
			return
		}
		var ids []string
		var highest *model.DataClass
		for _, d := range kept(f, s) {
			if model.LevelRank(d.Level.Value) < model.LevelRank("confidential") {
				continue
			}
			ids = append(ids, d.ID.Value)
			if highest == nil || model.LevelRank(d.Level.Value) > model.LevelRank(highest.Level.Value) {
				highest = d
			}
		}
		if highest == nil {
			return
		}
		what := fmt.Sprintf("%s, which is %s", ids[0], highest.Level.Value)
		if len(ids) > 1 {
			what = fmt.Sprintf("%s, which are up to %s", list(ids), highest.Level.Value)
		}
		classified := note(highest.Level.At, fmt.Sprintf("%s is classified here", highest.ID.Value))
		if s.Encrypted.Set {
			p.report(s.Encrypted.At, fmt.Sprintf("store %q keeps %s, and is not encrypted at rest", s.ID.Value, what),
				`encrypt it at rest and write "encrypted: true", or keep no such data in it`, classified)
			return
		}
		p.report(s.ID.At, fmt.Sprintf("store %q keeps %s, but does not say that it is encrypted at rest", s.ID.Value, what),
			`write "encrypted: true" if it is, else encrypt it`, classified)
	})
}

// kept gives the classes of data that rest in a store: what links bring there or fetch from there, and what models receive whose prompts
// are logged there in full.
func kept(f *model.Flow, s *model.Step) []*model.DataClass {
	links := append(arrivals(f, s), departures(f, s)...)
	for _, other := range f.Steps {
		if log := other.PromptLog; log != nil && log.Store.Step == s && log.Content.Value == "full" {
			links = append(links, arrivals(f, other)...)
		}
	}
	var classes []*model.DataClass
	seen := map[*model.DataClass]bool{nil: true}
	for _, l := range links {
		for _, d := range l.Data {
			if !seen[d.To] {
				seen[d.To] = true
				classes = append(classes, d.To)
			}
		}
	}
	return classes
}
