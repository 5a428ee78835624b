package check

import (
	"fmt"
	"strings"

	"candor/generator/model"
	"candor/generator/source"
)

// An assertion is a fact that an answer can state in its asserts, and what else in the content speaks of it.
type assertion struct {
	key     string
	against string // what it is compared with, for the reference
	value   func(*model.Assertions) statement
	compare func(*pass, *model.Assertions) []conflict
}

// A statement is the value that an answer asserts, as it is compared with that of other answers, and where it stands; "" for none.
type statement struct {
	text string
	at   source.Span
}

// A conflict is something that does not agree with what an answer asserts.
type conflict struct {
	says string      // what it says: `promises say "opt-in"`
	at   source.Span // where
	note string      // of that place: "promised here"
	hint string
}

// assertions are all facts that answers can assert, in the order of the model.
func assertions() []assertion {
	return []assertion{
		{"trains_on_customer_data", "promises.trains_on_customer_data, the training terms of vendors whose models get customer data, and the data sets of tuned models",
			func(a *model.Assertions) statement { return textStatement(a.TrainsOnCustomerData) }, compareTraining},
		{"model_vendor_retention", "the retention terms of vendors whose models get customer data",
			func(a *model.Assertions) statement { return textStatement(a.ModelVendorRetention) }, compareRetention},
		{"prompt_logs", "promises.prompt_logs, else the longest prompt_log of a flow",
			func(a *model.Assertions) statement { return durationStatement(a.PromptLogs) }, comparePromptLogs},
		{"regions", "promises.regions, else the regions of boundaries and the locations of vendors that customer data reaches",
			regionStatement, compareRegions},
		{"subprocessor_notice", "promises.subprocessor_notice",
			func(a *model.Assertions) statement { return durationStatement(a.SubprocessorNotice) }, compareNotice},
		{"incident_notice_hours", "promises.incident_notice_hours, else notice_hours of the incident policy",
			func(a *model.Assertions) statement { return numberStatement(a.IncidentNoticeHours) }, compareIncidents},
		{"encrypted_in_transit", "over of every link that leaves one party for another",
			func(a *model.Assertions) statement { return flagStatement(a.EncryptedInTransit) }, compareTransit},
		{"encrypted_at_rest", "encrypted of every store that customer data reaches",
			func(a *model.Assertions) statement { return flagStatement(a.EncryptedAtRest) }, compareRest},
		{"tenant_isolation", "isolation of every vector store that customers share",
			func(a *model.Assertions) statement { return flagStatement(a.TenantIsolation) }, compareIsolation},
		{"mfa", "practices of controls, and what controls and policies say of a second factor",
			func(a *model.Assertions) statement { return flagStatement(a.MFA) }, compareMFA},
		{"pen_test_on", "the latest penetration test of certifications.yaml",
			func(a *model.Assertions) statement { return dateStatement(a.PenTestOn) }, comparePenTest},
		{"soc2_type1", "the SOC 2 Type I reports of certifications.yaml",
			func(a *model.Assertions) statement { return textStatement(a.SOC2Type1) },
			func(p *pass, a *model.Assertions) []conflict { return compareReport(p, a.SOC2Type1, 1) }},
		{"soc2_type2", "the SOC 2 Type II reports of certifications.yaml",
			func(a *model.Assertions) statement { return textStatement(a.SOC2Type2) },
			func(p *pass, a *model.Assertions) []conflict { return compareReport(p, a.SOC2Type2, 2) }},
	}
}

// compared lists the facts and what they are compared with, for the text of a rule.
func compared() string {
	var b strings.Builder
	for _, a := range assertions() {
		fmt.Fprintf(&b, "\n- %s: with %s", a.key, a.against)
	}
	return b.String()
}

func textStatement(t model.Text) statement         { return statement{t.Value, t.At} }
func dateStatement(d model.Date) statement         { return statement{d.Day.String(), d.At} }
func durationStatement(d model.Duration) statement { return statement{d.String(), d.At} }

func flagStatement(f model.Flag) statement {
	if !f.Set {
		return statement{}
	}
	return statement{fmt.Sprint(f.Value), f.At}
}

func numberStatement(n model.Number) statement {
	if !n.Set {
		return statement{}
	}
	return statement{fmt.Sprint(n.Value), n.At}
}

func regionStatement(a *model.Assertions) statement {
	if len(a.Regions) == 0 {
		return statement{}
	}
	return statement{strings.Join(textValues(a.Regions), ", "), a.Regions[0].At}
}

func textValues(texts []model.Text) []string {
	var values []string
	for _, t := range texts {
		values = append(values, t.Value)
	}
	return values
}

// unbacked is the conflict of a fact that nothing else in the content speaks of.
func unbacked(hint string) []conflict {
	return []conflict{{says: "nothing else in the content says so", hint: hint}}
}

// promised gives the conflict with a promise of site.yaml, nil when it is the same or there is none.
func promised(said, promise statement) []conflict {
	if promise.text == "" || sameStatement(promise.text, said.text) {
		return nil
	}
	return []conflict{{says: fmt.Sprintf("%q is promised", promise.text), at: promise.at, note: "promised here"}}
}

// compareTraining holds what is said of training against the promise, and against what is done: by vendors, which RET05 holds against the
// promise where there is one, and with tuned models, which nothing else does.
func compareTraining(p *pass, a *model.Assertions) []conflict {
	said, promise := a.TrainsOnCustomerData, p.site.Config.Promises.TrainsOnCustomerData
	conflicts := promised(textStatement(said), textStatement(promise))
	if promise.IsZero() && !p.configUnread() {
		uses := p.modelUses()
		for _, v := range p.site.Subprocessors {
			if _, used := uses[v]; used && v.AI != nil && trainingRank[v.AI.Training.Used.Value] > trainingRank[said.Value] {
				used := v.AI.Training.Used
				conflicts = append(conflicts, conflict{says: fmt.Sprintf("training by %q is %q", v.ID.Value, used.Value), at: used.At, note: "said of the vendor here"})
			}
		}
	}
	for _, m := range p.site.Tuned {
		for _, d := range m.Datasets {
			done := "always"
			if !d.OptIn.IsZero() {
				done = "opt-in"
			}
			if d.CustomerData.Value && trainingRank[done] > trainingRank[said.Value] {
				conflicts = append(conflicts, conflict{says: fmt.Sprintf("tuned model %q learned from customer data, %q", m.ID.Value, d.Title.Value), at: d.CustomerData.At, note: "customer data, as written here"})
			}
		}
	}
	return conflicts
}

// compareRetention holds the time that model vendors are said to keep prompts against the longest that their terms allow.
func compareRetention(p *pass, a *model.Assertions) []conflict {
	said := a.ModelVendorRetention
	days, ok := retentionDays(said.Value)
	if !ok {
		return []conflict{{says: "that is neither zero nor a time", hint: `write "zero", or a time like 30d`}}
	}
	uses := p.modelUses()
	var conflicts []conflict
	longest, most, unknown := conflict{}, -1, false
	for _, v := range p.site.Subprocessors {
		if _, used := uses[v]; !used || v.AI == nil {
			continue
		}
		terms := v.AI.Retention
		keeps := terms.Keep.Days()
		switch {
		case terms.State.Value == model.ZeroRetention:
			keeps = 0
		case terms.State.Value != "days" || terms.Keep.IsZero():
			unknown = true // RET01
			continue
		}
		says := conflict{says: fmt.Sprintf("%q keeps prompts for %s", v.ID.Value, terms.Keep.Long()), at: terms.Keep.At, note: "said of the vendor here"}
		if keeps == 0 {
			says = conflict{says: fmt.Sprintf("%q keeps nothing", v.ID.Value), at: terms.State.At, note: "said of the vendor here"}
		}
		if keeps > days {
			conflicts = append(conflicts, says)
		}
		if keeps > most {
			most, longest = keeps, says
		}
	}
	if most >= 0 && !unknown && len(conflicts) == 0 && most < days {
		longest.says += ", and no other model vendor for longer"
		return []conflict{longest}
	}
	return conflicts
}

// retentionDays reads zero, none, or a time.
func retentionDays(s string) (int, bool) {
	switch strings.ToLower(strings.ReplaceAll(s, " ", "-")) {
	case "zero", "none", "zero-retention", "0":
		return 0, true
	}
	period, err := model.ParsePeriod(s)
	return period.Days(), err == nil
}

// comparePromptLogs holds the time that prompts are said to be logged against the promise; flows are held against the promise by LOG03,
// and against the answer where nothing is promised.
func comparePromptLogs(p *pass, a *model.Assertions) []conflict {
	said, promise := a.PromptLogs, p.site.Config.Promises.PromptLogs
	if !promise.IsZero() || p.configUnread() {
		return promised(durationStatement(said), durationStatement(promise))
	}
	var longest *model.PromptLog
	var where string
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if log := s.PromptLog; log != nil && log.Content.Value != "none" && (longest == nil || log.Keep.Days() > longest.Keep.Days()) {
			longest, where = log, fmt.Sprintf("step %q of flow %q", s.ID.Value, f.ID.Value)
		}
	})
	if longest == nil || longest.Keep.IsZero() || longest.Keep.Days() == said.Days() {
		return nil
	}
	return []conflict{{says: fmt.Sprintf("the longest prompt log, that of %s, is kept for %s", where, longest.Keep.Long()), at: longest.Keep.At, note: "kept here"}}
}

// compareRegions holds the regions against the promise; places are held against the promise by FLW09, and against the answer where
// nothing is promised.
func compareRegions(p *pass, a *model.Assertions) []conflict {
	if promises := p.site.Config.Promises.Regions; len(promises) > 0 {
		if missing := outside(a.Regions, promises); missing.Value != "" {
			return []conflict{{says: fmt.Sprintf("%q is not promised", missing.Value), at: promises[0].At, note: "promised here"}}
		}
		if missing := outside(promises, a.Regions); missing.Value != "" {
			return []conflict{{says: fmt.Sprintf("%q is promised too", missing.Value), at: missing.At, note: "promised here"}}
		}
		return nil
	}
	if p.configUnread() {
		return nil
	}
	var conflicts []conflict
	seen := map[source.Span]bool{}
	add := func(what string, region model.Text) {
		if !region.IsZero() && !seen[region.At] && outside([]model.Text{region}, a.Regions).Value != "" {
			seen[region.At] = true
			conflicts = append(conflicts, conflict{says: fmt.Sprintf("customer data reaches %s in %q", what, region.Value), at: region.At, note: "located here"})
		}
	}
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if len(customerData(f, s)) == 0 {
			return
		}
		if b := s.In.Boundary; b != nil {
			add(fmt.Sprintf("boundary %q", b.ID.Value), b.Region)
		}
		if v := s.In.Subprocessor; v != nil {
			for _, l := range v.Locations {
				add(fmt.Sprintf("%q", v.ID.Value), l.Country)
			}
		}
	})
	return conflicts
}

// outside gives the first of regions that lies in none of others, an empty text for none.
func outside(regions, others []model.Text) model.Text {
	for _, r := range regions {
		found := false
		for _, o := range others {
			found = found || sameRegion(r.Value, o.Value)
		}
		if !found {
			return r
		}
	}
	return model.Text{}
}

func compareNotice(p *pass, a *model.Assertions) []conflict {
	promise := p.site.Config.Promises.SubprocessorNotice
	if promise.IsZero() && !p.configUnread() {
		return unbacked(fmt.Sprintf(`write "promises: {subprocessor_notice: %s}" in site.yaml, if the contracts say so`, a.SubprocessorNotice))
	}
	return promised(durationStatement(a.SubprocessorNotice), durationStatement(promise))
}

func compareIncidents(p *pass, a *model.Assertions) []conflict {
	said, promise := a.IncidentNoticeHours, p.site.Config.Promises.IncidentNoticeHours
	if promise.Set || p.configUnread() {
		return promised(numberStatement(said), numberStatement(promise))
	}
	for _, policy := range p.site.Policies {
		if i := policy.Incident; i != nil && i.NoticeHours.Set {
			if i.NoticeHours.Value == said.Value {
				return nil
			}
			return []conflict{{says: fmt.Sprintf("policy %q says %d hours", policy.ID.Value, i.NoticeHours.Value), at: i.NoticeHours.At, note: "written here"}}
		}
	}
	if p.anyUnread(model.KindPolicy) {
		return nil
	}
	return unbacked(fmt.Sprintf(`write "promises: {incident_notice_hours: %d}" in site.yaml, if the contracts say so`, said.Value))
}
