package approval

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
)

// settings gives the keys that the approval of a policy writes.
func (o Order) settings(site *model.Site, p *model.Policy) ([]parse.Setting, error) {
	hash := parse.Setting{Key: "approval_hash", Value: p.Body.Hash()}
	changed := model.IsHash(p.ApprovalHash.Value) && p.ApprovalHash.Value != hash.Value
	if o.Keep {
		if changed {
			return nil, amend.Refuse("have the new text approved, and leave --keep away", "the text of policy %q has changed since it was approved", p.ID.Value)
		}
		return []parse.Setting{hash}, nil
	}
	by, err := o.approver(site, p)
	if err != nil {
		return nil, err
	}
	if o.On < p.ApprovedOn.Day {
		return nil, amend.Refuse(fmt.Sprintf("write that day or a later one with --on, or mend approved_on in %s", p.File.Path),
			"policy %q was approved on %s already, after %s", p.ID.Value, p.ApprovedOn.Day, o.On)
	}
	version, err := o.version(p, changed)
	if err != nil {
		return nil, err
	}
	all := []parse.Setting{{Key: "approved_by", Value: by}, {Key: "approved_on", Value: o.On.String()}, {Key: "version", Value: version, Quoted: true}}
	if o.NextReview != 0 {
		if o.NextReview <= o.On {
			return nil, amend.Refuse("write a day after the approval", "--next-review %s does not lie after the approval, %s", o.NextReview, o.On)
		}
		all = append(all, parse.Setting{Key: "next_review", Value: o.NextReview.String()})
	}
	return append(all, hash), nil
}

// approver gives the id of who approves.
func (o Order) approver(site *model.Site, p *model.Policy) (string, error) {
	var ids []string
	for _, owner := range site.Config.Owners {
		ids = append(ids, owner.ID.Value)
	}
	switch owner := site.Find(model.KindOwner, o.By); {
	case o.By == "" && p.ApprovedBy.IsZero():
		return "", amend.Refuse("add --by OWNER, one of "+strings.Join(ids, ", "), "nothing says who approves policy %q", p.ID.Value)
	case o.By == "":
		return p.ApprovedBy.Value, nil // POL01 knows whether that is an owner
	case owner == nil:
		return "", amend.Refuse(cmp.Or(diag.Suggest(o.By, ids), "declare the role under owners in site.yaml"), "--by %q is no owner", o.By)
	default:
		return owner.Key().ID, nil
	}
}

// firstVersion is that of a policy that nobody gave one.
const firstVersion = "1.0"

// version gives the version that is approved: another one than before when the text is another.
func (o Order) version(p *model.Policy, changed bool) (string, error) {
	old := p.Version.Value
	switch {
	case o.Version != "" && o.Version == old && changed:
		return "", amend.Refuse("name the version that follows it, or leave --version away to have it counted", "the text of policy %q has changed since version %q was approved", p.ID.Value, old)
	case o.Version != "":
		return o.Version, nil
	case p.Announced() != "":
		return p.Announced(), nil
	case old == "":
		return firstVersion, nil
	case !changed:
		return old, nil
	}
	next, ok := nextVersion(old)
	if !ok {
		return "", amend.Refuse("add --version V", "nothing says which version of policy %q follows %q", p.ID.Value, old)
	}
	return next, nil
}

var numbered = regexp.MustCompile(`^([vV]?)((\d{1,4})(\.\d{1,6}){0,3})$`)

// firstYear is the least number that a version begins with when it is a year: what follows 2026.04 is for people to say.
const firstYear = 1900

// nextVersion raises the last number of a version, and is false for what does not consist of numbers.
func nextVersion(version string) (string, bool) {
	m := numbered.FindStringSubmatch(version)
	if m == nil {
		return "", false
	}
	if first, err := strconv.Atoi(m[3]); err != nil || first >= firstYear {
		return "", false
	}
	at := strings.LastIndexByte(m[2], '.') + 1
	last, err := strconv.Atoi(m[2][at:])
	if err != nil {
		return "", false
	}
	return fmt.Sprintf("%s%s%0*d", m[1], m[2][:at], len(m[2][at:]), last+1), true
}

// leftDue refuses an approval that leaves a day of review of the policy's own which has come: a policy that is approved was reviewed.
func (o Order) leftDue(site *model.Site, s *Stamp, gaps []diag.Finding) error {
	if o.Keep || s.Policy == nil || s.Policy.NextReview.IsZero() {
		return nil
	}
	for _, f := range gaps {
		if f.Rule == "POL02" {
			cadence := site.Config.Review.Policies.Period
			if cadence.IsZero() {
				cadence = model.Period{Count: 1, Unit: 'y'}
			}
			return amend.Refuse(fmt.Sprintf("say when it is reviewed again: --next-review %s", o.On.Add(cadence)),
				"next_review of policy %q is %s, which this approval would leave as it is", s.Policy.ID.Value, s.Policy.NextReview.Day)
		}
	}
	return nil
}
