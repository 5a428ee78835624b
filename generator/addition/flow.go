package addition

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/parse"
)

// A FlowOrder says what is known of a flow that is to be written.
type FlowOrder struct {
	ID, Title, Owner string   // the latter two may be ""
	Product          bool     // no model is called
	Source           []string // folders of its source code
	Models           []string // sub-processors that its source shows and that work with models
	Others           []string // those that it shows beside them
}

// FlowPath gives where the file of a flow lies.
func FlowPath(id string) string { return parse.Folder + "/flows/" + id + ".yaml" }

// Flow writes the file of a flow that does not run yet: a step for each stage, for each vendor that its source code shows, and links between them in their order.
func (s Setting) Flow(o FlowOrder) []byte {
	p := open(FlowPath(o.ID))
	p.comment("TODO marks what only you know; `candor check` reports each until it is filled in. Take away the steps that do not happen, and add those that do.")
	title := o.Title
	if title == "" {
		title = titleOf(o.ID)
	}
	p.key("title", title, "")
	p.text("summary", "what happens to the data, in a sentence or two")
	feature, other := "ai", "product if no model is called"
	if o.Product {
		feature, other = "product", "ai if a model is called"
	}
	p.key("feature", feature, other)
	p.key("status", "planned", "live when it runs")
	p.todo("exposure", "who uses it: customer-facing or internal")
	p.key("tenants", "multi", "single if each customer has a system of its own")
	s.owner(p, o.Owner, "who answers for it")
	p.todo("verified_on", "the day on which you last held this against what really runs: year-month-day")
	p.maybe("policies", "["+strings.Join(first(s.Policies, 2), ", ")+"]", "the policies that it follows")
	if len(o.Source) > 0 {
		p.raw("source", "["+strings.Join(quotedAll(o.Source), ", ")+"]", "its source code: vendors that show there and are missing here are found (FLW11)")
	} else {
		p.maybe("source", "[services/...]", "the folders of its source code: vendors that show there and are missing here are found (FLW11)")
	}
	if !o.Product {
		s.promises(p)
	}
	s.steps(p, o)
	return []byte(p.String())
}

// promises writes what is asked of AI features.
func (s Setting) promises(p *page) {
	p.text("off_switch", "how the feature is switched off, and how fast")
	p.text("disclosure", "how people are told that they deal with AI")
	p.within("untrusted_input", func() {
		p.raw("sources", `["TODO: where texts come from that somebody else wrote"]`, "take untrusted_input away if there are none")
		p.text("scope", "what data such a text can reach at most")
		p.text("tools", "what the model can call; none if it can call nothing")
		p.text("egress", "where the output goes, and what keeps it from carrying data out")
	})
}

// A flowStep is a step as it is written.
type flowStep struct{ id, text string }

// steps writes steps and the links between them.
func (s Setting) steps(p *page, o FlowOrder) {
	own := Todo
	if len(s.Boundaries) == 1 || slices.Contains(s.Boundaries, "production") {
		if own = s.Boundaries[0]; slices.Contains(s.Boundaries, "production") {
			own = "production"
		}
	}
	all := []flowStep{{"request", `stage: input, kind: external, title: "TODO: what comes in", in: customer`},
		{"prepare", fmt.Sprintf(`stage: preprocessing, kind: process, title: "TODO: what is done with it first", in: %s`, own)}}
	for _, vendor := range o.Others {
		all = append(all, flowStep{"at-" + vendor, fmt.Sprintf(`stage: preprocessing, kind: process, title: "TODO: what happens there", in: %s`, vendor)})
	}
	models := o.Models
	if len(models) == 0 && !o.Product {
		models = []string{Todo}
	}
	for _, vendor := range models {
		id := "model"
		if len(models) > 1 {
			id = "model-" + vendor
		}
		all = append(all, flowStep{id, fmt.Sprintf(`stage: model, kind: model, title: "TODO: what the model is asked for", in: %s, model: TODO, project: TODO, endpoint: TODO,`+
			"\n     "+`prompt_log: {content: TODO, store: history, keep: TODO, readers: [TODO]}`, vendor)})
	}
	approval := ", approval: TODO"
	if o.Product {
		approval = ""
	}
	all = append(all, flowStep{"result", `stage: output, kind: external, title: "TODO: what comes out", in: customer` + approval},
		flowStep{"history", fmt.Sprintf(`stage: storage, kind: store, title: "TODO: what is kept", in: %s, retention: TODO, deletion: "TODO: what makes it forget", encrypted: TODO`, own)})
	p.raw("steps", "", "in: customer, "+choice(append(slices.Clone(s.Boundaries), s.Vendors...), "a boundary of site.yaml, or a sub-processor"))
	if !o.Product {
		p.indent = "  "
		p.comment("model: %s; prompt_log.content: none, redacted or full; approval: none, human or allow-list", choice(s.Models, "an id from models.yaml"))
		p.indent = ""
	}
	for _, step := range all {
		fmt.Fprintf(p, "  - {id: %s, %s}\n", step.id, step.text)
	}
	p.raw("links", "", "data: "+choice(s.Classes, "ids from data-classes.yaml"))
	for i, step := range all[1:] {
		fmt.Fprintf(p, "  - {from: %s, to: %s, data: [TODO], over: TODO}", all[i].id, step.id)
		if i == 0 {
			p.WriteString(" # over: tls, mtls, vpn, private-link, in-process or plaintext")
		}
		p.WriteString("\n")
	}
}

func first(ids []string, n int) []string {
	if len(ids) == 0 {
		return []string{"..."}
	}
	return ids[:min(n, len(ids))]
}

func quotedAll(texts []string) []string {
	var all []string
	for _, t := range texts {
		if s := scalar(t); !strings.ContainsAny(s, `,[]{}`) || s[0] == '"' {
			all = append(all, s)
		} else {
			all = append(all, fmt.Sprintf("%q", t))
		}
	}
	return all
}
