package check

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/model"
)

var ret02 = Rule{
	Rule: diag.Rule{
		ID:       "RET02",
		Severity: diag.Error,
		Title:    "a model vendor's terms have expired, are not yet in effect, or were not read again in time",
		Why:      "An agreement that has lapsed protects nobody, and terms change without a letter.",
		Source:   "SOC 2 CC9.2; ISO/IEC 42001 A.10.3",
		Bad: `# subprocessors/openai.yaml, on 2026-11-23
ai:
  retention: {state: zero-retention, evidence: openai-zdr, signed_on: 2025-02-20, expires: 2026-02-20}`,
		Good: `# subprocessors/openai.yaml, on 2026-11-23
ai:
  retention: {state: zero-retention, evidence: openai-zdr, signed_on: 2026-02-20, expires: 2027-02-20}`,
		Remark: "Looked at are vendors in use that have AI terms: their agreements on retention and training, the evidence of both, and the days on which they were last read (checked_on) against review.subprocessors. When the vendor was last reviewed is a matter of SUB07. On the day on which it expires an agreement has expired.",
	},
	run: lapsedTerms,
}

func lapsedTerms(p *pass) {
	for _, v := range p.site.Subprocessors {
		if !v.InUse() || v.AI == nil {
			continue
		}
		retention, training := v.AI.Retention, v.AI.Training
		p.lapsed(v, "retention terms", retention.Expires)
		p.ahead(v, "retention terms", "in effect", retention.EffectiveOn)
		p.ahead(v, "retention terms", "signed", retention.SignedOn)
		p.proof(v, "retention terms", retention.Evidence)
		if training.Evidence.To != retention.Evidence.To {
			p.proof(v, "training terms", training.Evidence)
		}
		p.looked(v, "retention terms", retention.CheckedOn)
		p.looked(v, "training terms", training.CheckedOn)
	}
}

func (p *pass) lapsed(v *model.Subprocessor, what string, expires model.Date) {
	if !expires.IsZero() && expires.Day <= p.on {
		p.report(expires.At, fmt.Sprintf("the %s of %q expired on %s", what, v.ID.Value, expires.Day), "renew the agreement, or stop sending data to the vendor")
	}
}

func (p *pass) ahead(v *model.Subprocessor, what, verb string, day model.Date) {
	if day.Day > p.on {
		p.report(day.At, fmt.Sprintf("the %s of %q are %s on %s, after today, %s", what, v.ID.Value, verb, day.Day, p.on), "send no data to the vendor until then, or correct the date")
	}
}

// proof reports evidence of terms that has expired or is dated ahead.
func (p *pass) proof(v *model.Subprocessor, what string, r model.Ref[model.Evidence]) {
	if r.To == nil {
		return
	}
	switch {
	case !r.To.Expires.IsZero() && r.To.Expires.Day <= p.on:
		p.report(r.At, fmt.Sprintf("the %s of %q rest on %q, which expired on %s", what, v.ID.Value, r.Value, r.To.Expires.Day), "renew the agreement and file it in evidence.yaml", note(r.To.Expires.At, "expired here"))
	case r.To.Dated.Day > p.on:
		p.report(r.At, fmt.Sprintf("the %s of %q rest on %q, which is dated %s, after today, %s", what, v.ID.Value, r.Value, r.To.Dated.Day, p.on), "correct the date in evidence.yaml", note(r.To.Dated.At, "dated here"))
	}
}

// looked reports a last look that is too long ago, or ahead.
func (p *pass) looked(v *model.Subprocessor, what string, day model.Date) {
	every := cadence(p.site.Config.Review.Subprocessors, yearly)
	if day.IsZero() {
		return
	}
	if day.Day > p.on {
		p.report(day.At, fmt.Sprintf("the %s of %q were read on %s, after today, %s", what, v.ID.Value, day.Day, p.on), "write the day of the last look")
		return
	}
	if due := day.Day.Add(every.Period); due < p.on && !p.configUnread() {
		p.report(day.At, fmt.Sprintf("the %s of %q were to be read again by %s", what, v.ID.Value, due), "read them again, and write the day", note(every.At, fmt.Sprintf("every %s, as written here", every.Long())))
	}
}
