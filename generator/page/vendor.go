package page

// Subprocessors lists the vendors that receive data.
type Subprocessors struct {
	Frame
	Sentence   string      // "14 active sub-processors in 1 country; next change 15 December 2026: WorkOS is added."
	Upcoming   []Change    // soonest first
	NoChanges  string      // the sentence to show when Upcoming is empty
	Current    []Vendor    // active and retiring, in the order of the alphabet by name
	Planned    []Vendor    // in the same order
	Past       []Vendor    // removed, latest first
	Categories []string    // of all that are listed, in the order of the alphabet, for a filter
	Countries  []string    // of all that are listed, in the order of the alphabet, for a filter
	Kinds      []DataClass // what the listed ones receive, and what that is part of, by title, for a filter
	Notice     string      // how early changes are announced: "30 days"; "" when not promised
	Objection  string      // for how long one may object: "14 days"; "" when not promised
	Places     []Place     // where the current ones work on data, in the order of the alphabet by country
	NoPlace    []Link      // current ones of which no place is known
	Coming     []Moment    // what will happen, soonest first
	Years      []MovedYear // what happened, latest first
	Earlier    []MovedYear // what happened before that, for a part that opens
}

// A Place is a country with the vendors that work on data there today.
type Place struct {
	Country   Country
	Count     string   // "14 sub-processors"
	Doing     []Doing  // the most vendors first
	Data      string   // what those vendors receive, at most 6 kinds named; one that is part of another is not named beside it
	Transfers []Ground // the grounds on which data gets to those vendors, the most vendors first
}

// Doing is what vendors do with the data in a country, and which.
type Doing struct {
	Activity string // "Processes and stores", "Stores"; "Not said" where nothing is
	Count    int
	Few      []Link // the vendors by name where they are at most 12, else the first 10
	Rest     []Link // the others, for a part that opens
}

// A Ground is what a transfer of data to vendors rests on.
type Ground struct {
	Transfer string // "Standard contractual clauses, module 3"; "No ground is recorded"
	Vendors  string // which vendors, at most 3 named; "" where it is the same for all in the place
}

// A MovedYear is a year with what happened in it.
type MovedYear struct {
	Year    string
	Moments []Moment // latest first
}

// A Moment is a day on which something about vendors changes.
type Moment struct {
	Date  *Date
	Moves []Move
}

// A Move is one sort of change on one day.
type Move struct {
	State   State   // what happened, by word and shape: "Announced", "Added", "Removed"; "Will be added", "Last day to object"
	Vendors []Moved // in the order of the alphabet by name
}

// Moved is a vendor that a change concerns.
type Moved struct {
	Vendor     Link
	ReplacedBy *Link // for a removal, where another vendor took its place
}

// Subprocessor is the page of one vendor.
type Subprocessor struct {
	Frame
	Vendor   Vendor
	Sentence string  // what it is, in one sentence: "OpenAI receives redacted prompts and 4 other kinds of data in the United States; it keeps nothing."
	Change   *Change // when one is coming
	URL      string  // whole address, to paste
}

// A Vendor is everything public about a vendor: in the list it is a row that opens in place, on its page all of it is shown.
type Vendor struct {
	ID             string // fit for an id and for data attributes
	Name           string
	Address        string // of its page
	LegalEntity    string // may be ""
	PostalAddress  string // may be ""
	Country        *Country
	Website        string // whole address, may be ""
	TrustURL       string // whole address, may be ""
	Contact        *Link
	Category       string // "Model API"
	CategoryClass  string // "llm-api"
	State          State  // active, planned, retiring, removed
	Critical       bool
	Engagement     string // "For every customer", "Only for customers that opt in", "Only under a condition"; may be ""
	Condition      string // may be ""
	Summary        string // may be ""
	Purpose        string // may be ""
	Announced      *Date
	Effective      *Date
	Removed        *Date
	ReplacedBy     *Link
	Data           []DataClass
	DataText       string // titles of Data: "Redacted prompts, embeddings and 3 more"
	Subjects       []string
	Locations      []Location
	Countries      []string // names, each once
	Transfer       string   // ground for the transfer in words: "Standard contractual clauses, module 3"; may be ""
	Agreement      *Agreement
	AI             *AITerms // nil for a vendor without models
	Terms          string   // AI terms in one line: "No training; keeps nothing"; "" for a vendor without models
	ApprovedFor    string   // highest level of data: "Restricted"; may be ""
	HostedBy       *Link
	Maker          string // of the model that the vendor hosts, may be ""
	Register       string // "Listed as OpenAI OpCo, LLC in the Data Privacy Framework, checked 3 November 2026"; may be ""
	Certifications []string
	Owner          string // title of the role that answers for it, may be ""
	Reviewed       *Date
	Flows          []FlowUse
	Models         []Link   // approved models that it provides
	Answers        []Link   // that cite it
	Search         string   // lower case, everything a filter should find it by
	Within         []string // in the list: ids of Kinds that it receives, whole or in part; fit for data attributes
}

// A Location is a place where a vendor works on data.
type Location struct {
	Country  Country
	Region   string // "us-east-1"; may be ""
	Activity string // "processes and stores"; may be ""
}

// An Agreement is a data processing agreement.
type Agreement struct {
	Address  string // whole address of its text, may be ""
	Signed   *Date
	Evidence *Evidence
}

// AITerms are what a vendor's contract says of models and of the data sent to them.
type AITerms struct {
	Role              string // "Runs a model", "Makes embeddings", "Keeps vectors", "Tunes models", "Hosts models", "Traces model calls"; may be ""
	Training          string // "Never trains on the data, by contract, checked 16 September 2026"
	TrainingState     State  // never, opt-in, always, unknown
	TrainingEvidence  *Evidence
	TrainingChecked   *Date
	Retention         string // "keeps nothing (zero retention), under an agreement signed 20 February 2026"
	RetentionState    State  // zero-retention, days, unknown
	Keep              string // "30 days"; "" for zero retention or unknown
	RetentionEvidence *Evidence
	Signed            *Date
	Effective         *Date
	Expires           *Date
	RetentionChecked  *Date
	Exceptions        []string
	Covers            string // what the agreement covers: "project prod; endpoints chat-completions, embeddings"; "" for all
	HumanReview       string // "Nobody reads it", "People read it after reports of abuse only", "People may read it"; may be ""
}

// A FlowUse is the part that a vendor has in a flow.
type FlowUse struct {
	Title    string
	Address  string
	State    State
	Steps    []string    // titles of the steps in the vendor
	Receives []DataClass // over the links into those steps
}
