package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var not04 = Rule{
	Rule: diag.Rule{
		ID:       "NOT04",
		Severity: diag.Error,
		Title:    "a sealed page names an answer that does not exist, or none; or it is past its expiry",
		Why:      "A customer must not miss an answer that was promised, and a link must not outlive its purpose.",
		Bad: `# shares/q7m2xk4vahn3zt5bpw6ydc2rse.yaml, on 2026-11-23
answers: [trains-on-customer-dat]
expires: 2026-10-31`,
		Good: `# shares/q7m2xk4vahn3zt5bpw6ydc2rse.yaml, on 2026-11-23
answers: [trains-on-customer-data]
expires: 2027-01-31`,
		Remark: "A page is there on the day on which it expires, and no longer built from the day after, nor once it is revoked. So a page that has expired is a warning alone: nothing of it is published, and its file can go or stay as a record.",
	},
	run: staleShares,
}

func staleShares(p *pass) {
	ids := idsOf(p.site.Answers())
	for _, s := range p.site.Shares {
		share := s.Internal
		id := s.ID.Value
		switch s.State(p.on) {
		case model.ShareRevoked:
			continue
		case model.ShareExpired:
			if !share.Expires.IsZero() {
				p.reportAs(diag.Warning, share.Expires.At, fmt.Sprintf("share %q expired on %s, and is no longer built", id, share.Expires.Day),
					fmt.Sprintf("`candor share revoke %s` keeps the file as a record; or remove the file, or agree on a new day", id))
			}
			continue
		}
		refs := share.Answers
		for _, q := range share.Questions {
			refs = append(refs[:len(refs):len(refs)], q.Answer)
		}
		for _, a := range refs {
			if missing(p, a, model.KindAnswer) {
				p.report(a.At, fmt.Sprintf("share %q names %q, which is no answer", id, a.Value), hintFor(a.Value, ids, "write the id of an answer in answers/"))
			}
		}
		if len(refs) == 0 && !p.tried(s.Extent, "answers") && !p.tried(s.Extent, "questions") {
			p.report(near(s, share.For), fmt.Sprintf("share %q names no answer", id), `write "answers: [...]" with ids of answers, or remove the file`)
		}
	}
}
