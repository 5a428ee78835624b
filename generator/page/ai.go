package page

// AI tells what models are used, on what terms, and what is done with prompts.
type AI struct {
	Frame
	Sentence  string // "6 approved models of 5 vendors in 6 data flows; none is trained on customer data without written consent."
	Stance    Stance
	Models    []Model
	Tuned     []TunedModel
	Vendors   []Vendor // in use or planned, with AI terms: those that train nothing and keep nothing among them
	Logging   []PromptLog
	Injection []InjectionScope
	Policies  []Link // that govern models: cited by AI flows
	Answers   []Link // that answer what auditors always ask of an AI company
}

// A Stance says whether customer data is used for training.
type Stance struct {
	State    State  // never, opt-in, always, unknown
	Value    string // "Only with written consent"
	Sentence string // "Fernlight trains on customer data only with written consent. No vendor does: 9 of 9 are barred, by contract."
}

// A Model is an approved model. Its element has the ID as id.
type Model struct {
	ID          string
	Former      []string // earlier ids, to be kept as ids of empty elements
	Title       string
	Version     string // may be ""
	Provider    *Link
	Purpose     string
	ApprovedBy  string // title of the role
	Approved    *Date
	ApprovedFor string // highest level of data: "Confidential"; may be ""
	Evaluation  *Evidence
	OffSwitch   string
	ReviewBy    *Date
	Retires     *Date
	Note        string // what changes, may be ""
	Flows       []Link
}

// A TunedModel is a model trained further, with the record of its training. Its element has the ID as id.
type TunedModel struct {
	ID          string
	Former      []string
	Title       string
	Base        string // the model it was made from
	BaseAddress string // "#llama-3.1-8b" when that is an approved model, else ""
	Version     string // may be ""
	Purpose     string
	TrainedAt   *Link
	Provider    *Link // where it is served
	Datasets    []Dataset
	PreparedBy  string // title of the role
	ApprovedBy  string // title of the role
	Approved    *Date
	Trained     *Date
	ApprovedFor string
	Serves      string // "Only the customer whose data it was trained on", "Only customers that opted in", "All customers"
	LeakageTest *Evidence
	Evaluation  *Evidence
	OffSwitch   string
	ReviewBy    *Date
	Flows       []Link
}

// A Dataset is what a model was trained on.
type Dataset struct {
	Title        string
	Source       string
	CustomerData string // "Customer data, with consent", "Customer data", "No customer data"; "" when not said
	OptIn        *Evidence
	Scrub        string // how personal data was taken out; may be ""
	ScrubBy      string // title of the role that looked
	ScrubOn      *Date
	ScrubProof   *Evidence
}

// A PromptLog is what is kept of the calls of one step.
type PromptLog struct {
	Flow     Link
	Step     string
	Number   int // of the step in its flow
	Model    *Link
	Content  string   // "Full prompts", "Redacted prompts", "Metadata alone", "Nothing"
	Where    string   // "Redacted prompt log (AWS)"; may be ""
	Keep     string   // "30 days"; may be ""
	Readers  []string // titles of the roles
	Sentence string
}

// An InjectionScope is how far a prompt that somebody else wrote reaches in one flow.
type InjectionScope struct {
	Flow      Link
	Untrusted Untrusted
	Isolation []string // "Tenant vectors: one namespace per tenant, tested 3 November 2026"
	Approval  []string // "Person edits and sends: a person approves"
}
