package model

import "strings"

// A Flow is one data flow, the path of data through one feature: flows/*.yaml.
type Flow struct {
	Header         `yaml:",inline"`
	Title          Text            `yaml:"title" need:""`
	Summary        Text            `yaml:"summary" max:"2000"`
	Feature        Text            `yaml:"feature" need:"" one:"ai|product"`
	Status         Text            `yaml:"status" one:"live|planned|retired" default:"live"`
	Exposure       Text            `yaml:"exposure" one:"customer-facing|internal"`
	Tenants        Text            `yaml:"tenants" one:"multi|single" default:"multi"`
	UntrustedInput *UntrustedInput `yaml:"untrusted_input"`
	Owner          Ref[Owner]      `yaml:"owner"`
	VerifiedOn     Date            `yaml:"verified_on"`
	Controls       []Ref[Control]  `yaml:"controls"`
	Policies       []Ref[Policy]   `yaml:"policies"`
	Evaluation     Ref[Evidence]   `yaml:"evaluation"`
	OffSwitch      Text            `yaml:"off_switch" max:"2000"`
	Disclosure     Text            `yaml:"disclosure" max:"2000"`
	Market         []Text          `yaml:"market"`
	Steps          []*Step         `yaml:"steps" need:"" max:"60"`
	Links          []*Link         `yaml:"links" max:"90"`
	Internal       FlowInternal    `yaml:",inline"`

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
	Sources []Text `yaml:"sources"`
	Scope   Text   `yaml:"scope" max:"2000"`
	Tools   []Tool `yaml:"tools,one"`
	Egress  Text   `yaml:"egress" max:"2000"`
}

// A Tool is something that a model can call. "none" alone says that it can call nothing.
type Tool struct {
	Name     Text `yaml:"name,short" need:"" max:"2000"`
	Changes  Flag `yaml:"changes"` // whether a call changes anything: sends, writes, pays, deletes
	Approval Text `yaml:"approval" one:"none|human|allow-list"`
}

// IsNone reports whether the tool only says that there is none.
func (t Tool) IsNone() bool { return strings.EqualFold(t.Name.Value, "none") }

// A Step is one thing that happens to the data, in one place.
type Step struct {
	ID        Text           `yaml:"id" need:"link"`
	Stage     Text           `yaml:"stage" need:"" one:"input|preprocessing|model|output|storage"`
	None      Text           `yaml:"none" max:"2000"` // why the flow lacks this stage; then nothing else is written
	Kind      Text           `yaml:"kind" need:"link" one:"external|process|store|model"`
	Title     Text           `yaml:"title" need:"link" max:"80"`
	In        Party          `yaml:"in" need:"link" ref:"SUB01"`
	Model     Ref[Model]     `yaml:"model" ref:"MOD01"`
	Project   Text           `yaml:"project"`
	Endpoint  Text           `yaml:"endpoint"`
	Features  []Text         `yaml:"features" one:"files|batch|caching|web-search|stored-state|fine-tuning|code-execution"` // of the vendor's interface, beyond the plain call
	Region    Text           `yaml:"region"`
	Isolation *Isolation     `yaml:"isolation"`
	Retention Duration       `yaml:"retention"`
	Deletion  Text           `yaml:"deletion" max:"2000"`
	Encrypted Flag           `yaml:"encrypted"`
	PromptLog *PromptLog     `yaml:"prompt_log"`
	Approval  Text           `yaml:"approval" one:"none|human|allow-list"`
	Policy    Ref[Policy]    `yaml:"policy"`
	Controls  []Ref[Control] `yaml:"controls"`
	Internal  StepInternal   `yaml:",inline"`

	Tuned  *TunedModel `yaml:"-"` // the model of the step when it is a tuned one; set by link
	Number int         `yaml:"-"` // from 1, in the order of the file, stages that are absent not counted; set by link
}

// StepInternal is what stays inside: ids of the vendor's account and notes.
type StepInternal struct {
	Note Text `yaml:"note" max:"2000"`
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
	By       Text          `yaml:"by" one:"namespace|index|database|collection|project|query-filter|row-level|none"`
	Per      Text          `yaml:"per" one:"tenant|user|workspace"`
	Evidence Ref[Evidence] `yaml:"evidence"`
}

// A PromptLog says what is kept of a model call.
type PromptLog struct {
	Content Text         `yaml:"content" one:"full|redacted|metadata|none"`
	Store   LogStore     `yaml:"store" ref:"LOG02"`
	Keep    Duration     `yaml:"keep"`
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
	From  StepRef          `yaml:"from" need:""`
	To    StepRef          `yaml:"to" need:""`
	Title Text             `yaml:"title"`
	Data  []Ref[DataClass] `yaml:"data" ref:"FLW04"`
	Over  Text             `yaml:"over" one:"tls|mtls|vpn|private-link|in-process|plaintext"`

	Number int `yaml:"-"` // from 1, in the order of the file; set by link
}

// A StepRef names a step of the same flow; link sets Step.
type StepRef struct {
	Text
	Step *Step
}

// A DataClass is a kind of data, named in a dotted hierarchy: customer.content.prompt.
type DataClass struct {
	Header      `yaml:",inline"`
	Title       Text `yaml:"title" need:""`
	Level       Text `yaml:"level" need:"" one:"public|internal|confidential|restricted"`
	Personal    Flag `yaml:"personal"`
	Description Text `yaml:"description" max:"2000"`

	// DerivedFrom names the classes that this one is computed from: an embedding, a summary, a label.
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
