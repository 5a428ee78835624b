package disclosure

import (
	"cmp"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"candor/generator/criteria"
	"candor/generator/model"
)

// Of gives every public fact of a linked site on a day. The texts of its answers are made when they are wanted, by JSON or Compare.
func Of(site *model.Site, on model.Day, o Options) *Document {
	t := newTeller(site, on, cmp.Or(o.BaseURL, site.Config.BaseURL.Value))
	d := &Document{Schema: t.whole("/" + SchemaName), Version: Version, Site: t.site(o), Promises: promises(site.Config.Promises)}
	d.Boundaries = each(site.Config.Boundaries, t.boundary)
	d.DataClasses = t.classes()
	d.Policies = each(published(site.Policies), t.policy)
	d.Subprocessors = each(published(site.Subprocessors), t.vendor)
	d.Flows = each(site.Flows, t.flow)
	d.Models = each(site.Models, t.model)
	d.TunedModels = each(site.Tuned, t.tuned)
	for _, c := range site.Controls {
		if t.shows(c) {
			d.Controls = append(d.Controls, t.control(c))
		}
	}
	d.Certifications = each(site.Certifications, t.certification)
	d.Documents = each(site.Documents, t.paper)
	d.Answers = t.answers()
	d.Updates = t.updates()
	d.Changes = t.entries(d, o.Since)
	return d
}

// A teller tells the facts of one site.
type teller struct {
	records *model.Site
	on      model.Day
	base    string // the address of the site, without a slash at its end
	proven  map[*model.Control]bool
}

func newTeller(site *model.Site, on model.Day, base string) *teller {
	t := &teller{records: site, on: on, base: BaseOf(base), proven: map[*model.Control]bool{}}
	for _, c := range site.Controls {
		_, t.proven[c] = criteria.Proven(c, on)
	}
	return t
}

// BaseOf gives the address of a site as addresses below it begin: in one line, and without a slash at its end.
func BaseOf(address string) string { return strings.TrimRight(oneLine(address), "/") }

// whole gives an address of the site as a whole one; others, and none, as they are.
func (t *teller) whole(address string) string {
	if strings.HasPrefix(address, "/") {
		return t.base + address
	}
	return address
}

// where gives the whole address of a record.
func (t *teller) where(r model.Record) string { return t.whole(model.Address(r)) }

// shows reports whether the page of controls shows a control.
func (t *teller) shows(c *model.Control) bool {
	return t.proven[c] || t.records.Config.Controls.Show.Value == "claimed"
}

func (t *teller) site(o Options) Site {
	c := t.records.Config
	s := Site{Company: text(c.Company.Name), LegalEntity: text(c.Company.LegalEntity), Product: text(c.Company.Product), Website: webAddress(c.Company.Website),
		Summary: text(c.Summary), BaseURL: t.base, Frameworks: texts(c.Frameworks), Authority: authorityOf(t.base), BuiltOn: dayOf(t.on), ContentHash: o.ContentHash,
		Contacts: Contacts{text(c.Contacts.Security), text(c.Contacts.Privacy), text(c.Contacts.Documents)}}
	if x := (SecurityTxt{Expires: dayOf(c.SecurityTxt.Expires.Day), Policy: t.whole(text(c.SecurityTxt.Policy)), Languages: texts(c.SecurityTxt.Languages),
		Acknowledgments: t.whole(text(c.SecurityTxt.Acknowledgments)), Encryption: t.whole(text(c.SecurityTxt.Encryption)), Hiring: t.whole(text(c.SecurityTxt.Hiring))}); !reflect.DeepEqual(x, SecurityTxt{}) {
		s.SecurityTxt = &x
	}
	if o.Version != "" {
		s.Generator = "candor " + o.Version
	}
	if o.Since != nil && o.Since.Site.Authority != "" {
		s.Authority = o.Since.Site.Authority // ids that were published stay what they are when the site moves
	}
	return s
}

// authorityOf gives the host name of an address, as ids are minted under it (RFC 4151).
func authorityOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func promises(p model.Promises) Promises {
	return Promises{SubprocessorNotice: p.SubprocessorNotice.String(), ObjectionWindow: p.ObjectionWindow.String(), IncidentNoticeHours: number(p.IncidentNoticeHours),
		Regions: texts(p.Regions), PromptLogs: p.PromptLogs.String(), TrainsOnCustomerData: text(p.TrainsOnCustomerData)}
}

func (t *teller) boundary(b *model.Boundary) Boundary {
	return Boundary{ID: b.ID.Value, Former: former(b.Head()), Title: text(b.Title), Region: text(b.Region)}
}

// classes gives the kinds of data that anything published names, in the order of the content.
func (t *teller) classes() []DataClass {
	named := map[*model.DataClass]bool{}
	note := func(refs []model.Ref[model.DataClass]) {
		for _, ref := range refs {
			named[ref.To] = true
		}
	}
	for _, v := range published(t.records.Subprocessors) {
		note(v.Data)
	}
	for _, f := range t.records.Flows {
		for _, l := range f.Links {
			note(l.Data)
		}
	}
	var list []DataClass
	for _, c := range t.records.DataClasses {
		if named[c] {
			list = append(list, DataClass{ID: c.ID.Value, Former: former(c.Head()), Title: text(c.Title), Level: text(c.Level), Personal: c.IsPersonal(), Description: text(c.Description)})
		}
	}
	return list
}

func (t *teller) policy(p *model.Policy) Policy {
	v := Policy{ID: p.ID.Value, Former: former(p.Head()), Address: t.where(p), Title: text(p.Title), Summary: text(p.Summary), Version: text(p.Version), Owner: role(p.Owner),
		ApprovedBy: role(p.ApprovedBy), ApprovedOn: dayOf(p.ApprovedOn.Day), NextReview: dayOf(p.Due), Meets: texts(p.Meets), TextHash: textHash(p.Body)}
	if i := p.Incident; i != nil {
		v.Incident = &Incident{Contact: text(i.Contact), NoticeHours: number(i.NoticeHours), Severities: texts(i.Severities), ExercisedOn: dayOf(i.ExercisedOn.Day)}
	}
	for _, b := range p.Playbooks {
		v.Playbooks = append(v.Playbooks, Playbook{ID: b.ID.Value, Title: text(b.Title), Kind: text(b.Kind), Summary: text(b.Summary), ReportTo: text(b.ReportTo),
			Owner: role(b.Owner), Disable: text(b.Disable), Notice: text(b.Notice), Record: text(b.Record)})
	}
	for _, r := range p.History {
		v.History = append(v.History, Revision{Version: text(r.Version), Date: dayOf(r.Date.Day), Changes: texts(r.Changes)})
	}
	return v
}

// textHash names the text of a body, "" for one that is empty.
func textHash(b model.Body) string {
	if len(b.Source) == 0 {
		return ""
	}
	_, digits, _ := strings.Cut(b.Hash(), ":")
	return digits
}

func (t *teller) model(m *model.Model) Model {
	return Model{ID: m.ID.Value, Former: former(m.Head()), Address: t.where(m), Title: oneLine(m.Name()), Provider: idOf(m.Provider.To), Version: text(m.Version),
		Purpose: text(m.Purpose), ApprovedBy: role(m.ApprovedBy), ApprovedOn: dayOf(m.ApprovedOn.Day), ApprovedFor: text(m.ApprovedFor), Evaluation: evidence(m.Evaluation),
		OffSwitch: text(m.OffSwitch), ReviewBy: dayOf(m.ReviewBy.Day), RetiresOn: dayOf(m.RetiresOn.Day), ChangeNote: text(m.ChangeNote)}
}

func (t *teller) tuned(m *model.TunedModel) TunedModel {
	v := TunedModel{ID: m.ID.Value, Former: former(m.Head()), Address: t.where(m), Title: oneLine(m.Name()), Base: text(m.Base.Text), Version: text(m.Version),
		Purpose: text(m.Purpose), TrainedAt: idOf(m.TrainedAt.To), Provider: idOf(m.Provider.To), PreparedBy: role(m.PreparedBy), ApprovedBy: role(m.ApprovedBy),
		ApprovedOn: dayOf(m.ApprovedOn.Day), ApprovedFor: text(m.ApprovedFor), TrainedOn: dayOf(m.TrainedOn.Day), Serves: text(m.Serves), LeakageTest: evidence(m.LeakageTest),
		Evaluation: evidence(m.Evaluation), OffSwitch: text(m.OffSwitch), ReviewBy: dayOf(m.ReviewBy.Day)}
	if base := t.records.Find(model.KindModel, m.Base.Value); base != nil {
		v.Base = base.Key().ID
	}
	for _, d := range m.Datasets {
		data := Dataset{Title: text(d.Title), Source: text(d.Source), CustomerData: flag(d.CustomerData), OptIn: evidence(d.OptIn)}
		if s := d.Scrub; s != nil {
			data.Scrub = &Scrub{Method: text(s.Method), CheckedBy: role(s.CheckedBy), CheckedOn: dayOf(s.CheckedOn.Day), Evidence: evidence(s.Evidence)}
		}
		v.Datasets = append(v.Datasets, data)
	}
	return v
}

func (t *teller) control(c *model.Control) Control {
	v := Control{ID: c.ID.Value, Former: former(c.Head()), Address: t.where(c), Title: text(c.Title), State: "claimed", Summary: text(c.Summary), Meets: texts(c.Meets),
		Policies: idsOf(criteria.Policies(c)), Cadence: c.Cadence.String(), LastDone: dayOf(c.LastDone.Day), Owner: role(c.Owner)}
	if t.proven[c] {
		v.State = "evidenced"
	}
	if v.Cadence != "" {
		v.NextDue = dayOf(criteria.Due(c))
	}
	for _, ref := range c.Evidence {
		if e := evidence(ref); e != nil {
			v.Evidence = append(v.Evidence, *e)
		}
	}
	return v
}

func (t *teller) certification(c *model.Certification) Certification {
	v := Certification{ID: c.ID.Value, Former: former(c.Head()), Address: t.where(c), Name: text(c.Title), Kind: text(c.Kind), State: StateOf(c, t.on), AsOf: dayOf(c.AsOf.Day),
		From: dayOf(c.Window.From.Day), To: dayOf(c.Window.To.Day), IssuedOn: dayOf(c.IssuedOn.Day), ValidUntil: dayOf(c.ValidUntil.Day), PlannedFor: dayOf(c.PlannedFor.Day),
		Products: texts(c.Scope.Products), Criteria: texts(c.Scope.Criteria), Auditor: text(c.Auditor), Summary: text(c.Summary), Evidence: evidence(c.Evidence),
		BridgeLetter: evidence(c.BridgeLetter)}
	for _, d := range t.records.Documents {
		if d.Certification.To == c || c.Document.To == d {
			v.Documents = append(v.Documents, d.ID.Value)
		}
	}
	return v
}

// StateOf gives the state of a certification on a day: what was held until a day that has passed is held no longer, whatever the content says.
func StateOf(c *model.Certification, on model.Day) string {
	if c.State.Value == model.StateHeld && !c.ValidUntil.IsZero() && c.ValidUntil.Day < on {
		return model.StateLapsed
	}
	return c.State.Value
}

func (t *teller) paper(d *model.Document) Paper {
	v := Paper{ID: d.ID.Value, Former: former(d.Head()), Address: t.where(d), Title: text(d.Title), Kind: text(d.Kind), Access: text(d.Access), Dated: dayOf(d.Dated.Day),
		Pages: number(d.Pages), Summary: text(d.Summary), Certification: idOf(d.Certification.To)}
	if d.Access.Value != "public" {
		return v
	}
	v.File = webAddress(d.URL)
	for _, f := range t.records.Assets {
		if !d.FilePath.IsZero() && f.Path == "content/"+strings.TrimPrefix(d.FilePath.Value, "/") {
			v.File = t.whole((&url.URL{Path: model.AssetAddress(f.Path)}).EscapedPath())
		}
	}
	return v
}

// updates gives what was written, newest first.
func (t *teller) updates() []Update {
	var list []Update
	for _, u := range t.records.Updates {
		if u.Date.IsZero() {
			continue
		}
		v := Update{ID: u.ID.Value, Former: former(u.Head()), Address: t.where(u), Title: text(u.Title), Date: dayOf(u.Date.Day), Kind: cmp.Or(text(u.Kind), "news"),
			Summary: text(u.Summary), TextHash: textHash(u.Body)}
		for _, c := range u.Concerns {
			if c.To != nil && c.To.Published() && !slices.Contains(v.Concerns, c.To.Key().String()) {
				v.Concerns = append(v.Concerns, c.To.Key().String())
			}
		}
		list = append(list, v)
	}
	slices.SortStableFunc(list, func(a, b Update) int { return cmp.Or(cmp.Compare(b.Date, a.Date), strings.Compare(a.ID, b.ID)) })
	return list
}
