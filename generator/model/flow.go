package model

import "strings"

// A Flow is one data flow, the path of data through one feature: flows/*.yaml.
type Flow struct {
	Header `yaml:",inline"`
	// what the feature is called
	Title Text `yaml:"title" need:""`
	// what happens to the data, in a sentence or two
	Summary Text `yaml:"summary" max:"2000"`
	// what kind of feature it is
	//   - ai: a model is called: all five stages are shown
	//   - product: no model is called
	Feature Text `yaml:"feature" need:"" one:"ai|product"`
	// whether the flow runs
	//   - live: it runs today
	//   - planned: it does not run yet
	//   - retired: it does not run any more
	Status Text `yaml:"status" one:"live|planned|retired" default:"live"`
	// who uses the feature
	//   - customer-facing: customers, or people who write to them
	//   - internal: the company's own people alone
	Exposure Text `yaml:"exposure" one:"customer-facing|internal"`
	// whether customers share what the flow runs on
	//   - multi: several customers share it
	//   - single: each customer has its own
	Tenants Text `yaml:"tenants" one:"multi|single" default:"multi"`
	// how far a prompt that somebody else wrote can reach, for features that read what others wrote
	UntrustedInput *UntrustedInput `yaml:"untrusted_input"`
	// who answers for the flow: an id from owners in site.yaml
	Owner Ref[Owner] `yaml:"owner"`
	// the day on which somebody last held the flow against what really runs
	VerifiedOn Date `yaml:"verified_on"`
	// the controls that the flow rests on
	Controls []Ref[Control] `yaml:"controls"`
	// the policies that it follows
	Policies []Ref[Policy] `yaml:"policies"`
	// the proof that the feature was tested: an id from evidence.yaml
	Evaluation Ref[Evidence] `yaml:"evaluation"`
	// how the feature is switched off, and how fast
	OffSwitch Text `yaml:"off_switch" max:"2000"`
	// how people are told that they deal with AI (EU AI Act, article 50)
	Disclosure Text `yaml:"disclosure" max:"2000"`
	// where the feature is offered: EU, or codes of countries
	Market []Text `yaml:"market"`
	// what happens to the data, in order; every AI feature has a step for each stage, or says with none why it lacks one
	Steps []*Step `yaml:"steps" need:"" max:"60"`
	// which step hands data to which
	Links    []*Link      `yaml:"links" max:"90"`
	Internal FlowInternal `yaml:",inline"`

	CitedBy []Record `yaml:"-"` // answers that cite the flow; set by link
}

// FlowInternal is what stays inside.
type FlowInternal struct {
	Source []Text `yaml:"source"` // folders of the source code that this flow describes
}

// Key gives what the flow is called in references.
func (f *Flow) Key() Key { return Key{KindFlow, f.ID.Value} }

// Name gives the title.
func (f *Flow) Name() string { return f.Title.Value }

// Published is true: the page says whether a flow is live, planned or retired.
func (f *Flow) Published() bool { return true }

// IsAI reports whether the flow is that of an AI feature.
func (f *Flow) IsAI() bool { return f.Feature.Value == "ai" }

// IsLive reports whether the flow runs today; it does unless said otherwise.
func (f *Flow) IsLive() bool { return f.Status.Value == "" || f.Status.Value == "live" }

// MultiTenant reports whether several customers share what the flow runs on; they do unless said otherwise.
func (f *Flow) MultiTenant() bool { return f.Tenants.Value != "single" }

// Step gives the step of that id, or nil.
func (f *Flow) Step(id string) *Step {
	for _, s := range f.Steps {
		if s.ID.Value == id && !s.IsNone() {
			return s
		}
	}
	return nil
}

// UntrustedInput says how far a prompt that somebody else wrote can reach (OWASP LLM01:2025, prompt injection).
type UntrustedInput struct {
	Sources []Text `yaml:"sources"`           // where texts come from that somebody else wrote: inbound e-mail
	Scope   Text   `yaml:"scope" max:"2000"`  // what data such a text can reach at most
	Tools   []Tool `yaml:"tools,one"`         // what the model can call, or none
	Egress  Text   `yaml:"egress" max:"2000"` // where the output goes, and what keeps it from carrying data out
}

// A Tool is something that a model can call. "none" alone says that it can call nothing.
type Tool struct {
	// what the tool does
	Name Text `yaml:"name,short" need:"" max:"2000"`
	// whether a call changes anything: sends, writes, pays, deletes
	Changes Flag `yaml:"changes"`
	// what stands between the model and the call
	//   - none: nothing
	//   - human: a person approves each call
	//   - allow-list: only what a list allows is done
	Approval Text `yaml:"approval" one:"none|human|allow-list"`
}

// IsNone reports whether the tool only says that there is none.
func (t Tool) IsNone() bool { return strings.EqualFold(t.Name.Value, "none") }

// A Step is one thing that happens to the data, in one place.
type Step struct {
	// what the step is called in links
	ID Text `yaml:"id" need:"link"`
	// where in an AI feature the step stands
	//   - input: what comes in
	//   - preprocessing: what is done before a model is called
	//   - model: the call of a model
	//   - output: what is done with what the model gives
	//   - storage: what is kept
	Stage Text `yaml:"stage" need:"" one:"input|preprocessing|model|output|storage"`
	// why the flow lacks this stage; then nothing else is written
	None Text `yaml:"none" max:"2000"`
	// what the step is in the picture
	//   - external: outside the company: a person or a system of the customer
	//   - process: something is done to the data
	//   - store: data rests there
	//   - model: a model is called
	Kind Text `yaml:"kind" need:"link" one:"external|process|store|model"`
	// what happens, in a few words
	Title Text `yaml:"title" need:"link" max:"80"`
	// where it happens: customer, a boundary of site.yaml, or a sub-processor
	In Party `yaml:"in" need:"link" ref:"SUB01"`
	// the model that is called: an id from models.yaml
	Model Ref[Model] `yaml:"model" ref:"MOD01"`
	// the project of the vendor's account in which the call is made
	Project Text `yaml:"project"`
	// the vendor's interface that is called: chat-completions
	Endpoint Text `yaml:"endpoint"`
	// what the call uses of the vendor's interface, beyond the plain call
	Features []Text `yaml:"features" one:"files|batch|caching|web-search|stored-state|fine-tuning|code-execution"`
	// where the data is worked on: EU, or the code of a country
	Region Text `yaml:"region"`
	// what keeps one customer's vectors from another's
	Isolation *Isolation `yaml:"isolation"`
	// how long a store keeps the data
	Retention Duration `yaml:"retention"`
	// what makes a store forget
	Deletion Text `yaml:"deletion" max:"2000"`
	// whether the data is encrypted at rest
	Encrypted Flag `yaml:"encrypted"`
	// what is kept of a model call
	PromptLog *PromptLog `yaml:"prompt_log"`
	// what stands between the output and its effect
	//   - none: nothing
	//   - human: a person approves each output
	//   - allow-list: only what a list allows is done
	Approval Text `yaml:"approval" one:"none|human|allow-list"`
	// the policy that the step follows
	Policy Ref[Policy] `yaml:"policy"`
	// the controls that the step rests on
	Controls []Ref[Control] `yaml:"controls"`
	Internal StepInternal   `yaml:",inline"`

	Tuned  *TunedModel `yaml:"-"` // the model of the step when it is a tuned one; set by link
	Number int         `yaml:"-"` // from 1, in the order of the file, stages that are absent not counted; set by link
}

// StepInternal is what stays inside: ids of the vendor's account and notes.
type StepInternal struct {
	Note Text `yaml:"note" max:"2000"` // a note for the company's own people
}

// The stages of an AI feature, in the order in which auditors follow them.
const (
	StageInput         = "input"
	StagePreprocessing = "preprocessing"
	StageModel         = "model"
	StageOutput        = "output"
	StageStorage       = "storage"
)

// Stages are all stages in order.
var Stages = []string{StageInput, StagePreprocessing, StageModel, StageOutput, StageStorage}

// IsNone reports whether the step only says that its stage is absent.
func (s *Step) IsNone() bool { return !s.None.IsZero() }

// CallsModel reports whether the step sends data to a model.
func (s *Step) CallsModel() bool { return !s.IsNone() && s.Kind.Value == "model" }

// IsStore reports whether data rests in the step.
func (s *Step) IsStore() bool { return !s.IsNone() && s.Kind.Value == "store" }

// HoldsVectors reports whether the step is a vector store: one in a vector database, or one that states its isolation.
func (s *Step) HoldsVectors() bool {
	if !s.IsStore() {
		return false
	}
	v := s.In.Subprocessor
	return s.Isolation != nil || v != nil && (v.Category.Value == "vector-database" || v.AI != nil && v.AI.Role.Value == "vector-store")
}

// A Party is where a step happens: with the customer, inside a boundary of one's own, or at a vendor. One pointer is set by link,
// none when nothing has that name.
type Party struct {
	Text
	Customer     bool
	Boundary     *Boundary
	Subprocessor *Subprocessor
}

// IsKnown reports whether the name means something.
func (p Party) IsKnown() bool { return p.Customer || p.Boundary != nil || p.Subprocessor != nil }

// Isolation says how one tenant's vectors are kept from another's.
type Isolation struct {
	// what parts one from another
	//   - namespace: a namespace each
	//   - index: an index each
	//   - database: a database each
	//   - collection: a collection each
	//   - project: a project of the account each
	//   - query-filter: a filter in every query; one that is forgotten returns everything
	//   - row-level: rules of the database on each row
	//   - none: nothing
	By Text `yaml:"by" one:"namespace|index|database|collection|project|query-filter|row-level|none"`
	// what has one of its own
	Per Text `yaml:"per" one:"tenant|user|workspace"`
	// the proof that it holds: an id from evidence.yaml
	Evidence Ref[Evidence] `yaml:"evidence"`
}

// A PromptLog says what is kept of a model call.
type PromptLog struct {
	// what is kept
	//   - full: prompts as they are
	//   - redacted: prompts without personal data
	//   - metadata: times, sizes and names, no text
	//   - none: nothing; then nothing else is written
	Content Text `yaml:"content" one:"full|redacted|metadata|none"`
	// where it is kept: a step of this flow, or a sub-processor
	Store LogStore `yaml:"store" ref:"LOG02"`
	// how long it is kept
	Keep Duration `yaml:"keep"`
	// who can read it: ids from owners in site.yaml
	Readers []Ref[Owner] `yaml:"readers"`
}

// A LogStore is where prompt logs lie: a step of the same flow, or a vendor. One pointer is set by link.
type LogStore struct {
	Text
	Step         *Step
	Subprocessor *Subprocessor
}

// A Link carries data from one step to another.
type Link struct {
	// the step that hands data on
	From StepRef `yaml:"from" need:""`
	// the step that gets it
	To StepRef `yaml:"to" need:""`
	// what the line says in the picture, where the data does not say it
	Title Text `yaml:"title"`
	// what is handed on: ids from data-classes.yaml
	Data []Ref[DataClass] `yaml:"data" ref:"FLW04"`
	// how it travels
	//   - tls: TLS
	//   - mtls: mutual TLS
	//   - vpn: a VPN
	//   - private-link: a private link of the cloud
	//   - in-process: it stays within one process
	//   - plaintext: unencrypted
	Over Text `yaml:"over" one:"tls|mtls|vpn|private-link|in-process|plaintext"`

	Number int `yaml:"-"` // from 1, in the order of the file; set by link
}

// A StepRef names a step of the same flow; link sets Step.
type StepRef struct {
	Text
	Step *Step
}

// A DataClass is a kind of data, named in a dotted hierarchy: customer.content.prompt.
type DataClass struct {
	Header `yaml:",inline"`
	// what readers call it
	Title Text `yaml:"title" need:""`
	// how confidential it is, as in the data handling policy
	Level Text `yaml:"level" need:"" one:"public|internal|confidential|restricted"`
	// whether it is about people; where nothing is said, it is as the class above it
	Personal Flag `yaml:"personal"`
	// what belongs to it
	Description Text `yaml:"description" max:"2000"`

	// the classes that it is computed from: an embedding, a summary, a label
	DerivedFrom []Ref[DataClass] `yaml:"derived_from"`

	Parent *DataClass `yaml:"-"` // customer.content for customer.content.prompt; nil at the top; set by link
}

// Levels are the levels of confidentiality, lowest first.
var Levels = []string{"public", "internal", "confidential", "restricted"}

// Key gives what the class is called in references.
func (c *DataClass) Key() Key { return Key{KindDataClass, c.ID.Value} }

// Name gives the title.
func (c *DataClass) Name() string { return c.Title.Value }

// Published is true: classes are shown wherever data goes.
func (c *DataClass) Published() bool { return true }

// IsPersonal reports whether the class, or else the nearest class above it that says so, is personal data.
func (c *DataClass) IsPersonal() bool {
	for ; c != nil; c = c.Parent {
		if c.Personal.Set {
			return c.Personal.Value
		}
	}
	return false
}

// Within reports whether c is other or stands below it in the hierarchy.
func (c *DataClass) Within(other *DataClass) bool {
	for ; c != nil; c = c.Parent {
		if c == other {
			return true
		}
	}
	return false
}

// IsCustomerData reports whether the class stands in the hierarchy of customer data.
func (c *DataClass) IsCustomerData() bool {
	for ; c != nil; c = c.Parent {
		if c.ID.Value == CustomerBoundary {
			return true
		}
	}
	return false
}

// LevelRank gives the place of a level in Levels, -1 for none.
func LevelRank(level string) int {
	for i, l := range Levels {
		if l == level {
			return i
		}
	}
	return -1
}
