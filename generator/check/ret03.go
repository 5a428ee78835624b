package check

import (
	"fmt"
	"strings"
	"unicode"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var ret03 = Rule{
	Rule: diag.Rule{
		ID:       "RET03",
		Severity: diag.Error,
		Title:    "a step calls an endpoint, or uses a feature, that the vendor's retention terms do not cover",
		Why:      "Agreements on zero retention name endpoints. Files, batches, caches, web search and stored conversations keep data of their own, so they count as covered only where they are named.",
		Source:   "SOC 2 CC9.2 and C1.2; ISO/IEC 42001 A.10.3",
		Bad: `# subprocessors/openai.yaml: covers: {endpoints: [chat-completions]}
- {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1, endpoint: chat-completions, features: [files]}`,
		Good: `# subprocessors/openai.yaml: covers: {endpoints: [chat-completions], features: [files]}
- {id: draft, stage: model, kind: model, title: Draft, in: openai, model: gpt-4.1, endpoint: chat-completions, features: [files]}`,
		Remark: `Asked of steps that hand customer data to a model under terms of zero retention or of days. An empty list of endpoints covers all, an empty list of features
none; a feature that has an endpoint of its own may stand among the endpoints. chat-completions, chat_completions and /v1/chat/completions are one endpoint.`,
	},
	run: uncoveredCalls,
}

func uncoveredCalls(p *pass) {
	p.eachUnderTerms(func(s *model.Step, v *model.Subprocessor, terms model.RetentionTerms) {
		covers := terms.Covers
		p.withinTerms(s, v, termScope{"endpoint", s.Endpoint, covers.Endpoints, endpointName})
		for _, feature := range s.Features {
			if listed(covers.Features, feature.Value, endpointName) || listed(covers.Endpoints, feature.Value, endpointName) {
				continue
			}
			at := terms.State.At
			if len(covers.Features) > 0 {
				at = covers.Features[0].At
			}
			p.report(feature.At, fmt.Sprintf("step %q uses %q at %q, which its retention terms do not cover", s.ID.Value, feature.Value, v.ID.Value),
				fmt.Sprintf(`do without it, or have the agreement name it and write "features: [%s]" in covers`, feature.Value), note(at, "its terms are here"))
		}
	})
}

// eachUnderTerms calls do for every step, of the flows that are current, that hands customer data to a model at a vendor whose terms say
// what it keeps: nothing, or what it gets for some days.
func (p *pass) eachUnderTerms(do func(s *model.Step, v *model.Subprocessor, terms model.RetentionTerms)) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		v := s.In.Subprocessor
		if v == nil || v.AI == nil || !callsVendorModel(s) || len(customerData(f, s)) == 0 {
			return
		}
		if state := v.AI.Retention.State.Value; state == model.ZeroRetention || state == "days" {
			do(s, v, v.AI.Retention)
		}
	})
}

// A termScope is what a step uses of a vendor, and what the vendor's retention terms cover of that kind.
type termScope struct {
	key      string // "endpoint"
	used     model.Text
	covered  []model.Text
	spelling func(string) string // brings two spellings of one thing into one
}

// withinTerms reports a step that uses what is not covered, or does not say what it uses.
func (p *pass) withinTerms(s *model.Step, v *model.Subprocessor, c termScope) {
	if coversAll(c.covered) {
		return
	}
	var ids []string
	for _, t := range c.covered {
		ids = append(ids, t.Value)
	}
	here := note(c.covered[0].At, "covered here")
	switch {
	case c.used.IsZero():
		p.report(s.In.At, fmt.Sprintf("step %q calls %q, but names no %s; its retention terms cover %s alone", s.ID.Value, v.ID.Value, c.key, list(ids)),
			fmt.Sprintf(`write "%s: ..." with the one that the code uses`, c.key), here)
	case !listed(c.covered, c.used.Value, c.spelling):
		p.report(c.used.At, fmt.Sprintf("step %q calls %q with the %s %q, but its retention terms cover %s alone", s.ID.Value, v.ID.Value, c.key, c.used.Value, list(ids)),
			"use one that is covered, or have the agreement name this one", here)
	}
}

// coversAll reports whether a list of what an agreement covers leaves nothing out.
func coversAll(covered []model.Text) bool {
	for _, c := range covered {
		switch strings.ToLower(c.Value) {
		case "all", "any", "*":
			return true
		}
	}
	return len(covered) == 0
}

// listed reports whether a list holds a name, both brought into one spelling.
func listed(all []model.Text, name string, spelling func(string) string) bool {
	for _, t := range all {
		if spelling(t.Value) == spelling(name) {
			return true
		}
	}
	return false
}

// aroundEndpoint is what stands before the name of an endpoint: the method, the host, the version, and the deployment in Azure's addresses.
var aroundEndpoint = pattern.Of(`^(?:(?:get|post|put)\s+)?(?:https?://[^/]*)?/*(?:api/+)?(?:v[0-9]+(?:(?:alpha|beta)[0-9]*)?/+)?(?:openai/+(?:deployments/+[^/]+/+)?)?(?:v[0-9]+/+)?`)

// endpointName brings the spellings of an endpoint into one: chat-completions, chat_completions, POST /v1/chat/completions and
// https://api.openai.com/v1/chat/completions; generate-content, generateContent and models/gemini:generateContent.
func endpointName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s, _, _ = strings.Cut(s, "?")
	s = s[len(aroundEndpoint.FindString(s)):]
	if i := strings.LastIndexByte(s, ':'); i > 0 && strings.Contains(s[:i], "/") {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
	return strings.TrimSuffix(strings.TrimSuffix(s, "api"), "s")
}
