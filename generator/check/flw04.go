package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var flw04 = Rule{
	Rule: diag.Rule{
		ID:       "FLW04",
		Severity: diag.Error,
		Title:    "a link carries a class of data that is not defined; incomplete: a class that nothing uses",
		Why:      "A name that nobody defined means nothing to a reader, and a definition that nobody uses hints at a flow that was forgotten.",
		Source:   "SOC 2 C1.1; MVSP 3.1",
		Bad: `# data-classes.yaml
classes:
  customer.content: {title: Content, level: confidential}
# flows/reply-drafts.yaml
links:
  - {from: redact, to: draft, data: [customer.contnet], over: tls}`,
		Good: `# data-classes.yaml
classes:
  customer.content: {title: Content, level: confidential}
# flows/reply-drafts.yaml
links:
  - {from: redact, to: draft, data: [customer.content], over: tls}`,
		Remark: "A class is used when a link carries it, when a sub-processor is declared for it, or when a class below it is used.",
	},
	run: looseClasses,
}

func looseClasses(p *pass) {
	ids := idsOf(p.site.DataClasses)
	used := map[*model.DataClass]bool{}
	use := func(c *model.DataClass) {
		for ; c != nil; c = c.Parent {
			used[c] = true
		}
	}
	for _, f := range p.site.Flows {
		for _, l := range f.Links {
			for _, d := range l.Data {
				use(d.To)
				if missing(p, d, model.KindDataClass) {
					p.report(d.At, fmt.Sprintf("the link from %q to %q carries %q, which is no class of data", l.From.Value, l.To.Value, d.Value),
						hintFor(d.Value, ids, "declare it in data-classes.yaml"))
				}
			}
		}
	}
	for _, v := range p.site.Subprocessors {
		for _, d := range v.Data {
			use(d.To)
		}
	}
	if p.anyUnread(model.KindFlow, model.KindSubprocessor) {
		return
	}
	for _, c := range p.site.DataClasses {
		if !used[c] {
			p.reportAs(diag.Incomplete, c.Place(), fmt.Sprintf("no link and no sub-processor uses the class %q", c.ID.Value), "draw the flow that carries it, or remove it")
		}
	}
}
