package model

// Evidence is something on file: evidence.yaml. Its title and dates are shown where something published cites it; where it is held is not.
type Evidence struct {
	Header `yaml:",inline"`
	// what it is called; shown where something published cites it
	Title Text `yaml:"title" need:""`
	// what it is
	Kind Text `yaml:"kind" one:"agreement|report|test|record|certificate|log"`
	// the day that it bears
	Dated Date `yaml:"dated"`
	// the day on which it ends
	Expires  Date             `yaml:"expires"`
	Internal EvidenceInternal `yaml:",inline"`
}

// EvidenceInternal is what stays inside.
type EvidenceInternal struct {
	HeldAt Text `yaml:"held_at" max:"2000"` // where it is kept
	Note   Text `yaml:"note" max:"2000"`    // a note for the company's own people
}

// Key gives what the evidence is called in references.
func (e *Evidence) Key() Key { return Key{KindEvidence, e.ID.Value} }

// Name gives the title.
func (e *Evidence) Name() string { return e.Title.Value }

// Published is true: readers see that it exists, never where it is.
func (e *Evidence) Published() bool { return true }

// A Model is an approved model of a vendor: models.yaml.
type Model struct {
	Header `yaml:",inline"`
	// what readers call it, where that is not the id
	Title Text `yaml:"title"`
	// whose model it is called from: the name of a file in subprocessors/
	Provider Ref[Subprocessor] `yaml:"provider"`
	// the cloud through which it is called, where that is not the provider
	HostedBy Ref[Subprocessor] `yaml:"hosted_by" ref:"SUB08"`
	// what it is for
	//   - text: writes or judges text
	//   - embedding: turns text into vectors
	//   - rerank: orders what a search found
	//   - vision: reads pictures
	//   - speech: hears or speaks
	//   - image: draws
	//   - other: anything else
	Task Text `yaml:"task" one:"text|embedding|rerank|vision|speech|image|other"`
	// the version that was approved, as the vendor names it
	Version Text `yaml:"version"`
	// what it is used for, in a sentence
	Purpose Text `yaml:"purpose" max:"2000"`
	// who approved it: an id from owners in site.yaml
	ApprovedBy Ref[Owner] `yaml:"approved_by"`
	// the day on which it was approved
	ApprovedOn Date `yaml:"approved_on"`
	// the highest level of data that it may receive
	ApprovedFor Text `yaml:"approved_for" one:"public|internal|confidential|restricted"`
	// the proof that it was tested: an id from evidence.yaml
	Evaluation Ref[Evidence] `yaml:"evaluation"`
	// how it is switched off, and how fast
	OffSwitch Text `yaml:"off_switch" max:"2000"`
	// the day by which the approval is reviewed
	ReviewBy Date `yaml:"review_by"`
	// the day on which its maker switches it off
	RetiresOn Date `yaml:"retires_on"`
	// how changes by its maker are noticed, where the version does not stand still
	ChangeNote Text `yaml:"change_note" max:"2000"`

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
	Header `yaml:",inline"`
	// what readers call it, where that is not the id
	Title Text `yaml:"title"`
	// the model that was trained further
	Base Ref[Model] `yaml:"base" ref:"-"`
	// what it is used for, in a sentence
	Purpose Text `yaml:"purpose" max:"2000"`
	// where it was trained: the name of a file in subprocessors/
	TrainedAt Ref[Subprocessor] `yaml:"trained_at"`
	// where it is served, when that is elsewhere
	Provider Ref[Subprocessor] `yaml:"provider"`
	// what it was trained on
	Datasets []*Dataset `yaml:"datasets"`
	// who prepared the data: an id from owners in site.yaml
	PreparedBy Ref[Owner] `yaml:"prepared_by"`
	// who approved the training, not the one who prepared it: an id from owners in site.yaml
	ApprovedBy Ref[Owner] `yaml:"approved_by"`
	// the day on which the training was approved
	ApprovedOn Date `yaml:"approved_on"`
	// the highest level of data that it may receive
	ApprovedFor Text `yaml:"approved_for" one:"public|internal|confidential|restricted"`
	// the day on which it was trained
	TrainedOn Date `yaml:"trained_on"`
	// whom it answers
	//   - same-tenant: only the customer whose data it was trained on
	//   - opted-in: only customers that opted in
	//   - all-tenants: all customers
	Serves Text `yaml:"serves" one:"same-tenant|opted-in|all-tenants"`
	// the proof that it does not give away what it was trained on: an id from evidence.yaml
	LeakageTest Ref[Evidence] `yaml:"leakage_test"`
	// the proof that it was tested: an id from evidence.yaml
	Evaluation Ref[Evidence] `yaml:"evaluation"`
	// how it is switched off, and how fast
	OffSwitch Text `yaml:"off_switch" max:"2000"`
	// the day by which the approval is reviewed
	ReviewBy Date `yaml:"review_by"`
	// the version that was approved
	Version Text `yaml:"version"`

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
	Title        Text          `yaml:"title" need:""`     // what the data is
	Source       Text          `yaml:"source" max:"2000"` // where it comes from
	CustomerData Flag          `yaml:"customer_data"`     // whether customers' data is in it
	OptIn        Ref[Evidence] `yaml:"opt_in"`            // the customers' consent: an id from evidence.yaml
	Scrub        *Scrub        `yaml:"scrub"`             // how personal data was taken out, and who looked
}

// A Scrub is how personal data was taken out of a dataset, and who looked.
type Scrub struct {
	Method    Text          `yaml:"method" max:"2000"` // how it was taken out
	CheckedBy Ref[Owner]    `yaml:"checked_by"`        // who looked: an id from owners in site.yaml
	CheckedOn Date          `yaml:"checked_on"`        // the day on which they looked
	Evidence  Ref[Evidence] `yaml:"evidence"`          // what they found: an id from evidence.yaml
}

// A Control is something the company does again and again, with proof: controls.yaml.
type Control struct {
	Header `yaml:",inline"`
	// what is done, in a few words
	Title Text `yaml:"title" need:""`
	// what is done, in a sentence or two
	Summary Text `yaml:"summary" max:"2000"`
	// the criteria that it meets: CC6.2 of SOC 2, mvsp-4.2 of MVSP
	Meets []Meeting `yaml:"meets"`
	// the policy that it carries out
	Policy Ref[Policy] `yaml:"policy"`
	// the policies that it carries out, where there are several
	Policies []Ref[Policy] `yaml:"policies"`
	// how often it is done
	Cadence Duration `yaml:"cadence"`
	// the day on which it was last done
	LastDone Date `yaml:"last_done"`
	// the proof of the last time: ids from evidence.yaml
	Evidence []Ref[Evidence] `yaml:"evidence,one"`
	// who does it: an id from owners in site.yaml
	Owner Ref[Owner] `yaml:"owner"`

	// what the control carries out, in words that the SOC 2 plan and assertions of answers look for
	Practices []Text `yaml:"practices" one:"sso|mfa|password-manager|device-inventory|patching|access-review|model-approval|tuning-approval|redaction|tenant-isolation|prompt-logging|access-logging|output-logging|incident-runbook|readiness-review"`

	// the boundaries and vendors whose accounts and roles the control looks at
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
	Header `yaml:",inline"`
	// what it is called: SOC 2 Type II
	Title Text `yaml:"name" need:""`
	// what it is
	//   - attestation: the report of an auditor: SOC 2
	//   - certification: the certificate of a certification body: ISO/IEC 27001
	//   - assessment: a questionnaire or self-assessment
	//   - test: a penetration test
	Kind Text `yaml:"kind" one:"attestation|certification|assessment|test"`
	// where it stands today
	//   - planned: it has not begun
	//   - observing: the auditor's window is open; there is no report yet
	//   - held: the report or certificate is there
	//   - lapsed: it is too old to count
	State Text `yaml:"state" need:"" one:"planned|observing|held|lapsed"`
	// the day that a Type I report looks at
	AsOf Date `yaml:"as_of"`
	// the time that a Type II report looks at
	Window Window `yaml:"window"`
	// the day on which it was issued
	IssuedOn Date `yaml:"issued_on"`
	// the day until which it is valid
	ValidUntil Date `yaml:"valid_until"`
	// the day by which it is planned
	PlannedFor Date `yaml:"planned_for"`
	// what it looks at
	Scope CertScope `yaml:"scope"`
	// who looked
	Auditor Text `yaml:"auditor"`
	// what it says, in a sentence
	Summary Text `yaml:"summary" max:"2000"`
	// the document that readers may have: an id from documents.yaml
	Document Ref[Document] `yaml:"document"`
	// the proof: an id from evidence.yaml
	Evidence Ref[Evidence] `yaml:"evidence"`
	// the letter that covers the time since the report: an id from evidence.yaml
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
	From Date `yaml:"from"` // its first day
	To   Date `yaml:"to"`   // its last day
}

// CertScope is what a certification looks at.
type CertScope struct {
	Products []Text `yaml:"products"` // the products
	Criteria []Text `yaml:"criteria"` // the criteria or categories: security, confidentiality
}

// A Document is a report or paper that readers may have: documents.yaml.
type Document struct {
	Header `yaml:",inline"`
	// what it is called
	Title Text `yaml:"title" need:""`
	// what it is
	Kind Text `yaml:"kind" one:"report|certificate|paper|policy|agreement|questionnaire"`
	// who may have it
	//   - public: everybody
	//   - on-request: whoever asks for it
	//   - nda: whoever signs a non-disclosure agreement
	Access Text `yaml:"access" need:"" one:"public|on-request|nda"`
	// a path in content/; only with access: public
	FilePath Text `yaml:"file" form:"path"`
	// where it is, when that is elsewhere
	URL Text `yaml:"url" form:"url"`
	// the day that it bears
	Dated Date `yaml:"dated"`
	// how many pages it has
	Pages Number `yaml:"pages"`
	// what is in it, in a sentence
	Summary Text `yaml:"summary" max:"2000"`
	// what it is the report of: an id from certifications.yaml
	Certification Ref[Certification] `yaml:"certification"`
}

// Key gives what the document is called in references.
func (d *Document) Key() Key { return Key{KindDocument, d.ID.Value} }

// Name gives the title.
func (d *Document) Name() string { return d.Title.Value }

// Published is true: that a document exists is shown; the file only with access: public.
func (d *Document) Published() bool { return true }
