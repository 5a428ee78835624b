package model

// Evidence is something on file: evidence.yaml. Its title and dates are shown where something published cites it; where it is held is not.
type Evidence struct {
	Header   `yaml:",inline"`
	Title    Text             `yaml:"title" need:""`
	Kind     Text             `yaml:"kind" one:"agreement|report|test|record|certificate|log"`
	Dated    Date             `yaml:"dated"`
	Expires  Date             `yaml:"expires"`
	Internal EvidenceInternal `yaml:",inline"`
}

// EvidenceInternal is what stays inside.
type EvidenceInternal struct {
	HeldAt Text `yaml:"held_at" max:"2000"`
	Note   Text `yaml:"note" max:"2000"`
}

// Key gives what the evidence is called in references.
func (e *Evidence) Key() Key { return Key{KindEvidence, e.ID.Value} }

// Name gives the title.
func (e *Evidence) Name() string { return e.Title.Value }

// Published is true: readers see that it exists, never where it is.
func (e *Evidence) Published() bool { return true }

// A Model is an approved model of a vendor: models.yaml.
type Model struct {
	Header      `yaml:",inline"`
	Title       Text              `yaml:"title"`
	Provider    Ref[Subprocessor] `yaml:"provider"`
	HostedBy    Ref[Subprocessor] `yaml:"hosted_by" ref:"SUB08"` // the cloud through which it is called, where that is not the provider
	Task        Text              `yaml:"task" one:"text|embedding|rerank|vision|speech|image|other"`
	Version     Text              `yaml:"version"`
	Purpose     Text              `yaml:"purpose" max:"2000"`
	ApprovedBy  Ref[Owner]        `yaml:"approved_by"`
	ApprovedOn  Date              `yaml:"approved_on"`
	ApprovedFor Text              `yaml:"approved_for" one:"public|internal|confidential|restricted"`
	Evaluation  Ref[Evidence]     `yaml:"evaluation"`
	OffSwitch   Text              `yaml:"off_switch" max:"2000"`
	ReviewBy    Date              `yaml:"review_by"`
	RetiresOn   Date              `yaml:"retires_on"`
	ChangeNote  Text              `yaml:"change_note" max:"2000"`

	Flows []*Flow `yaml:"-"` // flows with a step that calls it; set by link
}

// Key gives what the model is called in references.
func (m *Model) Key() Key { return Key{KindModel, m.ID.Value} }

// Name gives the title, or the id where there is none.
func (m *Model) Name() string {
	if m.Title.IsZero() {
		return m.ID.Value
	}
	return m.Title.Value
}

// Published is true: which models are in use is shown.
func (m *Model) Published() bool { return true }

// A TunedModel is a model trained further on data of one's own, with the record of that training: models.yaml.
type TunedModel struct {
	Header      `yaml:",inline"`
	Title       Text              `yaml:"title"`
	Base        Text              `yaml:"base"`
	Purpose     Text              `yaml:"purpose" max:"2000"`
	TrainedAt   Ref[Subprocessor] `yaml:"trained_at"`
	Provider    Ref[Subprocessor] `yaml:"provider"` // where it is served, when that is elsewhere
	Datasets    []*Dataset        `yaml:"datasets"`
	PreparedBy  Ref[Owner]        `yaml:"prepared_by"`
	ApprovedBy  Ref[Owner]        `yaml:"approved_by"`
	ApprovedOn  Date              `yaml:"approved_on"`
	ApprovedFor Text              `yaml:"approved_for" one:"public|internal|confidential|restricted"`
	TrainedOn   Date              `yaml:"trained_on"`
	Serves      Text              `yaml:"serves" one:"same-tenant|opted-in|all-tenants"`
	LeakageTest Ref[Evidence]     `yaml:"leakage_test"`
	Evaluation  Ref[Evidence]     `yaml:"evaluation"`
	OffSwitch   Text              `yaml:"off_switch" max:"2000"`
	ReviewBy    Date              `yaml:"review_by"`
	Version     Text              `yaml:"version"`

	Flows []*Flow `yaml:"-"` // flows with a step that calls it; set by link
}

// Key gives what the model is called in references; tuned and bought models share their names.
func (m *TunedModel) Key() Key { return Key{KindModel, m.ID.Value} }

// Name gives the title, or the id where there is none.
func (m *TunedModel) Name() string {
	if m.Title.IsZero() {
		return m.ID.Value
	}
	return m.Title.Value
}

// Published is true: the record of a training is shown.
func (m *TunedModel) Published() bool { return true }

// A Dataset is what a model was trained on.
type Dataset struct {
	Title        Text          `yaml:"title" need:""`
	Source       Text          `yaml:"source" max:"2000"`
	CustomerData Flag          `yaml:"customer_data"`
	OptIn        Ref[Evidence] `yaml:"opt_in"`
	Scrub        *Scrub        `yaml:"scrub"`
}

// A Scrub is how personal data was taken out of a dataset, and who looked.
type Scrub struct {
	Method    Text          `yaml:"method" max:"2000"`
	CheckedBy Ref[Owner]    `yaml:"checked_by"`
	CheckedOn Date          `yaml:"checked_on"`
	Evidence  Ref[Evidence] `yaml:"evidence"`
}

// A Control is something the company does again and again, with proof: controls.yaml.
type Control struct {
	Header   `yaml:",inline"`
	Title    Text            `yaml:"title" need:""`
	Summary  Text            `yaml:"summary" max:"2000"`
	Meets    []Meeting       `yaml:"meets"`
	Policy   Ref[Policy]     `yaml:"policy"`
	Policies []Ref[Policy]   `yaml:"policies"`
	Cadence  Duration        `yaml:"cadence"`
	LastDone Date            `yaml:"last_done"`
	Evidence []Ref[Evidence] `yaml:"evidence,one"`
	Owner    Ref[Owner]      `yaml:"owner"`

	// Practices are what the control carries out, in words that the SOC 2 plan and assertions of answers look for.
	Practices []Text `yaml:"practices" one:"sso|mfa|password-manager|device-inventory|patching|access-review|model-approval|tuning-approval|redaction|tenant-isolation|prompt-logging|access-logging|output-logging|incident-runbook|readiness-review"`

	// ReviewsAccessOf names the boundaries and vendors whose accounts and roles the control looks at.
	ReviewsAccessOf []Party `yaml:"reviews_access_of"`

	Flows []*Flow `yaml:"-"` // flows that name it; set by link
}

// Key gives what the control is called in references.
func (c *Control) Key() Key { return Key{KindControl, c.ID.Value} }

// Name gives the title.
func (c *Control) Name() string { return c.Title.Value }

// Published is true.
func (c *Control) Published() bool { return true }

// A Certification is a report, certificate or test by somebody else: certifications.yaml.
type Certification struct {
	Header       `yaml:",inline"`
	Title        Text          `yaml:"name" need:""`
	Kind         Text          `yaml:"kind" one:"attestation|certification|assessment|test"`
	State        Text          `yaml:"state" need:"" one:"planned|observing|held|lapsed"`
	AsOf         Date          `yaml:"as_of"`
	Window       Window        `yaml:"window"`
	IssuedOn     Date          `yaml:"issued_on"`
	ValidUntil   Date          `yaml:"valid_until"`
	PlannedFor   Date          `yaml:"planned_for"`
	Scope        CertScope     `yaml:"scope"`
	Auditor      Text          `yaml:"auditor"`
	Summary      Text          `yaml:"summary" max:"2000"`
	Document     Ref[Document] `yaml:"document"`
	Evidence     Ref[Evidence] `yaml:"evidence"`
	BridgeLetter Ref[Evidence] `yaml:"bridge_letter"`
}

// The states of a certification.
const (
	StatePlanned   = "planned"
	StateObserving = "observing"
	StateHeld      = "held"
	StateLapsed    = "lapsed"
)

// Key gives what the certification is called in references.
func (c *Certification) Key() Key { return Key{KindCertification, c.ID.Value} }

// Name gives its name.
func (c *Certification) Name() string { return c.Title.Value }

// Published is true.
func (c *Certification) Published() bool { return true }

// A Window is the time that a Type II report looks at.
type Window struct {
	From Date `yaml:"from"`
	To   Date `yaml:"to"`
}

// CertScope is what a certification looks at.
type CertScope struct {
	Products []Text `yaml:"products"`
	Criteria []Text `yaml:"criteria"`
}

// A Document is a report or paper that readers may have: documents.yaml.
type Document struct {
	Header        `yaml:",inline"`
	Title         Text               `yaml:"title" need:""`
	Kind          Text               `yaml:"kind" one:"report|certificate|paper|policy|agreement|questionnaire"`
	Access        Text               `yaml:"access" need:"" one:"public|on-request|nda"`
	FilePath      Text               `yaml:"file" form:"path"` // in content/; only with access: public
	URL           Text               `yaml:"url" form:"url"`
	Dated         Date               `yaml:"dated"`
	Pages         Number             `yaml:"pages"`
	Summary       Text               `yaml:"summary" max:"2000"`
	Certification Ref[Certification] `yaml:"certification"`
}

// Key gives what the document is called in references.
func (d *Document) Key() Key { return Key{KindDocument, d.ID.Value} }

// Name gives the title.
func (d *Document) Name() string { return d.Title.Value }

// Published is true: that a document exists is shown; the file only with access: public.
func (d *Document) Published() bool { return true }
