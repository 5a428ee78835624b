package check

import (
	"fmt"
	"strings"
	"unicode"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var pol05 = Rule{
	Rule: diag.Rule{
		ID:       "POL05",
		Severity: diag.Warning,
		Title:    "a policy that readers look for is missing, or a policy lacks the headings that they look for",
		Why:      "Reviewers go through a list: who may do what, with which data, at which vendors. What they do not find, they ask for.",
		Source:   "SOC 2 CC5.3; MVSP 1.6; ISO/IEC 42001 A.2.2",
		Bad: `# site.yaml
required:
  policies: [information-security, acces-control]
  headings: [Purpose, Scope]
# policies/information-security.md
## 1. Purpose`,
		Good: `# site.yaml
required:
  policies: [information-security, access-control]
  headings: [Purpose, Scope]
# policies/information-security.md
## 1. Purpose and scope`,
		Remark: `Where site.yaml does not say which policies are required, there must be one on information security, access control, incidents (INC01), vendors, the handling or retention of data and, with an AI feature, the governance of models or the use of AI: by its id, an alias or its
title. Headings are compared by their words, whatever their numbers. Where none are required, a short policy without a summary must say in a heading or its first lines what it is for or whom it covers. An empty list asks for nothing. Internal policies count as there, and are not held to headings.`,
	},
	run: missingPolicies,
}

func missingPolicies(p *pass) {
	if p.configUnread() {
		return
	}
	required := p.site.Config.Required
	if required.Policies == nil {
		p.usualPolicies()
	}
	for _, id := range required.Policies {
		if p.site.Find(model.KindPolicy, id.Value) == nil && !p.site.IsUnread(model.KindPolicy, id.Value) {
			p.report(id.At, fmt.Sprintf("policy %q is required, but not there", id.Value), hintFor(id.Value, idsOf(p.site.Policies), "write policies/"+id.Value+".md, or remove the name"))
		}
	}
	for _, policy := range p.site.Policies {
		if !policy.Published() {
			continue
		}
		if required.Headings == nil && isThin(policy) {
			p.report(near(policy, policy.Title), fmt.Sprintf("policy %q says neither what it is for nor whom it covers", policy.ID.Value), `add a heading "Purpose" or "Scope", or write "summary: ..." in its front matter`)
		}
		for _, heading := range required.Headings {
			if !hasHeading(policy, heading.Value) {
				p.report(near(policy, policy.Title), fmt.Sprintf("policy %q has no heading %q", policy.ID.Value, heading.Value), "add the heading and what belongs under it", note(heading.At, "required here"))
			}
		}
	}
}

// A subject is what a policy that every reader looks for is about.
type subject struct {
	name, file   string
	names        *pattern.Late // of policies about it, in small letters and without punctuation
	onlyWithAI   bool
	unlessOthers bool // another rule asks for it where there are flows or vendors
}

var subjects = [...]subject{
	{name: "information security", file: "information-security", names: pattern.Of(`\b(?:information|info|cyber|data|it|corporate|company|enterprise|organi[sz]ational?|general|global) ?security\b|\b(?:infosec|isms)\b|` +
		`^(?:our |the )?security(?: (?:polic(?:y|ies)|program(?:me)?|statement|overview|standards?|framework|manual|plan|practices|and|privacy|measures))*$`)},
	{name: "access control", file: "access-control", names: pattern.Of(`\baccess (?:controls?|management|polic(?:y|ies)|reviews?|rights?|and)\b|\b(?:logical|user|system|systems|account|data|and|privileged|remote) access\b|^access\b|` +
		`\b(?:identity|identities|iam|authentication|authorization|least privilege|account management|user management)\b`)},
	{name: "vendors", file: "vendor-management", names: pattern.Of(`\b(?:vendors?|suppliers?|third part(?:y|ies)|sub ?processors?|subcontractors?|outsourcing|procurement|supply chain|tprm|vrm|service providers?)\b`)},
	{name: "the handling or retention of data", file: "data-handling", names: pattern.Of(`\b(?:data|information|records?) (?:\w+ and )?(?:handling|retention|classification|management|governance|protection|lifecycle|disposal|deletion|destruction|inventory)\b|` +
		`\b(?:retention|deletion|disposal) (?:schedule|policy|of)\b|^retention\b`)},
	{name: "the governance of models or the use of AI", file: "model-governance", onlyWithAI: true,
		names: pattern.Of(`\b(?:ai|a i|aims|artificial intelligence|models?|machine learning|ml|llms?|genai|generative|algorithms?)\b`)},
	{name: "incidents", file: "incident-response", unlessOthers: true, names: pattern.Of(`\b(?:incidents?|breach(?:es)?)\b`)},
}

// subjectsOf tells what a policy is about by its names, which may begin with the company's.
func subjectsOf(policy *model.Policy, company string) *[len(subjects)]bool {
	about := new([len(subjects)]bool)
	for _, written := range append([]model.Text{policy.ID, policy.Title}, policy.Aliases...) {
		name := strings.TrimSpace(strings.TrimPrefix(plainWords(written.Value), company))
		for i := range about {
			about[i] = about[i] || subjects[i].names.MatchString(name)
		}
	}
	return about
}

// usualPolicies reports what no policy is about. Incidents are left to INC01.
func (p *pass) usualPolicies() {
	if p.anyUnread(model.KindPolicy) || len(p.site.Policies)+len(p.site.Flows)+len(p.site.Subprocessors) == 0 {
		return
	}
	var found [len(subjects)]bool
	for _, l := range p.folio.look(subjectLook) {
		for i, about := range l.about {
			found[i] = found[i] || about
		}
	}
	for i, s := range subjects {
		others := s.unlessOthers && len(p.site.Flows)+len(p.site.Subprocessors) > 0
		if !found[i] && !others && (!s.onlyWithAI || p.hasAI()) {
			p.report(p.site.Config.Company.Name.At, "no policy is about "+s.name, fmt.Sprintf(`write policies/%s.md, or list the policies that are required with "required: {policies: [...]}" here`, s.file))
		}
	}
}

// plainWords gives the words of a name in small letters, with one space between them.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// hasHeading reports whether a heading of the policy has all words of the one that is required: "1. Purpose and scope" has those of "Scope".
func hasHeading(policy *model.Policy, required string) bool {
	wanted := strings.Fields(plainWords(required))
next:
	for _, h := range policy.Body.Outline.Headings {
		there := " " + singular(plainWords(h.Text)) + " "
		for _, w := range wanted {
			if w != "and" && w != "or" && w != "of" && w != "the" && !strings.Contains(there, " "+singular(w)+" ") {
				continue next
			}
		}
		return true
	}
	return false
}

// singular takes the ends off words, so that "Responsibility" and "Responsibilities" are one.
func singular(s string) string {
	all := strings.Fields(s)
	for i, w := range all {
		if stem, ok := strings.CutSuffix(w, "ies"); ok {
			w = stem + "y"
		}
		all[i] = strings.TrimSuffix(w, "s")
	}
	return strings.Join(all, " ")
}

const (
	thinWords = 150  // of a policy: a longer one says what it is for by what it says
	opening   = 1000 // bytes that are read for its purpose
)

var (
	openingHeading = pattern.Of(`(?i)\b(?:purposes?|scope|aims?|objectives?|goals?|intent|overview|introduction|background|summary|about|applicability|applies|covers?|coverage|rationale|preamble|why|who|what|principles|commitment|audience)\b`)
	openingWords   = pattern.Of(`(?i)\b(?:purpose|scope|aims?|objectives?|goals?|intended|intent|appl(?:y|ies|icable)|covers?|governs?|describes?|explains?|sets? out|outlines?|so that|in order to|designed to|` +
		`(?:this|our|the following) (?:\w+ ){0,3}?(?:polic(?:y|ies)|statement|terms|agreement|guide(?:lines?)?|document|page|standards?|procedures?|plan|program(?:me)?|notice|rules)|` +
		`we (?:want|believe|are|use|do|provide|take|offer|make|keep|promise|understand|recognize|protect)|everyone|everybody|all (?:employees|staff|users|people|customers|personnel|contractors)|you (?:may|must|can|should|agree|are))\b`)
)

// isThin reports whether a policy is short and leaves open what it is for.
func isThin(policy *model.Policy) bool {
	body := policy.Body
	if body.Outline.Words >= thinWords || !policy.Summary.IsZero() || openingWords.Match(body.Source[:min(len(body.Source), opening)]) {
		return false
	}
	for _, h := range body.Outline.Headings {
		if openingHeading.MatchString(h.Text) {
			return false
		}
	}
	return true
}
