package page

import "html/template"

// Flows lists the data flows.
type Flows struct {
	Frame
	Sentence string // "11 data flows, 6 of them of AI features; last held against the software on 14 October 2026."
	AI       []FlowCard
	Product  []FlowCard
	Retired  []FlowCard
}

// A FlowCard is a flow in a list.
type FlowCard struct {
	Title    string
	Address  string
	Summary  string
	State    State  // live, planned, retired
	Feature  string // "AI feature", "Product"
	IsAI     bool
	Vendors  []Link   // that take part, in the order of the flow
	Parties  []string // names of everybody the data passes, in the order of the flow, the customer's side among them
	Route    string   // "Customer → Fernlight production → OpenAI → AWS"
	Steps    int
	Links    int
	Verified *Date
	Sketch   Sketch
}

// A Sketch is the small picture of a flow: marks for steps, a column for each stage, lines for links. Draw it as an <svg> with
// viewBox="0 0 {{.Width}} {{.Height}}" and aria-hidden, since the words stand beside it.
type Sketch struct {
	Width, Height int
	Marks         []SketchMark
	Lines         []SketchLine
}

// A SketchMark is a step. X and Y are its centre.
type SketchMark struct {
	X, Y int
	Kind string // "external", "process", "store", "model": a shape, as in the diagram
	Side string // "customer", "own", "vendor"
}

// A SketchLine is a link.
type SketchLine struct {
	Path    string // for the d attribute
	Carries string // "customer", "metadata", "nothing"
}

// Flow is one data flow.
type Flow struct {
	Frame
	Summary     string
	Sentence    string // "11 steps and 13 links through Fernlight production, OpenAI, Pinecone and AWS."
	State       State  // live, planned, retired
	Feature     string // "AI feature", "Product"
	IsAI        bool
	Exposure    string // "Facing customers", "Internal"; may be ""
	Tenants     string // "Several customers share it", "One customer each"
	Owner       string // title of the role
	Verified    *Date
	Markets     []string
	Disclosure  string // how people are told that this is AI; may be ""
	OffSwitch   string // may be ""
	Evaluation  *Evidence
	Untrusted   *Untrusted
	Diagrams    []Diagram  // one, or several where the flow was too big for one; empty when NoDiagrams
	Stacked     bool       // the pictures are wide or several, or the list is long: give them the whole measure, and the list a place below
	Wide        bool       // they fill that measure, so that there is no room for the legend beside them
	LegendBelow bool       // the legend stands below the picture; else below the steps, which are so few that there is room
	NoDiagrams  bool       // the site was built without pictures: say so
	Stages      []Stage    // in order, each with its steps or the reason why there are none
	Links       []FlowLink // in order; the list's number is the number drawn on the link
	Recipients  []Recipient
	Controls    []Control // on this flow and its steps, those with current evidence
	Policies    []Link
	Answers     []Link // that cite the flow
	URL         string // whole address, to paste
}

// A Diagram is one picture.
type Diagram struct {
	Title  string        // "Reply drafts", "Reply drafts, part 1 of 2"
	SVG    template.HTML // "" where it could not be drawn
	File   string        // address of the same picture as a file that can be used elsewhere, with title, legend and source; "" for none
	Height int           // at its natural size, in px
	Wide   bool          // too wide to be read beside its steps
}

// Untrusted says how far a prompt that somebody else wrote can reach.
type Untrusted struct {
	Sources []string
	Scope   string
	Tools   string
	Egress  string
}

// A Stage is one of the five stages of an AI feature.
type Stage struct {
	Name  string // "input"; fit for a class
	Title string // "Input"
	Steps []Step
	None  string // why there are none, may be ""
}

// A Step is one thing that happens to the data. Give its element the id "step-{{.Number}}" and data-step="{{.Number}}".
type Step struct {
	Number            int
	Title             string
	Kind              string // "Outside", "Process", "Store", "Model"
	KindClass         string // "external", "process", "store", "model"
	Stage             string // "Input"
	Where             Link   // "OpenAI" with its address, "Fernlight production", "Customer" without
	Side              string // "customer", "own", "vendor"
	Region            string // may be ""
	Model             *Link
	Endpoint          string // may be ""
	Retention         string // "Kept 30 days, deleted automatically"; may be ""
	Encrypted         bool
	Isolation         string // "One namespace per tenant"; may be ""
	IsolationEvidence *Evidence
	Log               string // "Redacted prompts are kept 30 days in Redacted prompt log; Head of Security and Head of Machine Learning can read them"; may be ""
	Approval          string // "A person approves", "Only what a list allows"; may be ""
	Policy            *Link
	Controls          []Link
	In, Out           []LinkMark // links to it and from it
	Facts             []string   // all of the above that is a sentence, in order, for a plain list
}

// A FlowLink carries data from one step to another. Give its list item the id "link-{{.Number}}" and data-link="{{.Number}}", and
// data-from, data-to with the numbers of its steps.
type FlowLink struct {
	Number     int
	From, To   string // titles of the steps
	FromNumber int
	ToNumber   int
	FromWhere  string // "Fernlight production"
	ToWhere    string // "OpenAI"
	Crosses    bool   // from one party to another
	Title      string // the author's own words for it, may be ""
	Data       []DataClass
	DataText   string // "redacted prompts and embeddings"
	Over       string // "TLS", "private link", "in process"; may be ""
	Carries    string // "customer", "metadata", "nothing": as it is drawn
	Sentence   string // "Redact personal data to Write a draft (OpenAI): redacted prompts, over TLS"
}

// A Recipient is a party that receives data in the flow. data-links and data-steps help the script: {{.LinkNumbers}} "3 9".
type Recipient struct {
	Name        string
	Address     string // of a vendor's page, else ""
	Kind        string // "Customer", "Own systems", "Sub-processor"
	Side        string // "customer", "own", "vendor"
	Data        []DataClass
	DataText    string
	Place       string // "United States (us-east-1)", "Where the customer is", "Not stated"
	Terms       string // "No training; keeps nothing", "The customer's own"
	Kept        string // "Vector store: 365 days; ..." per store of the flow, else what the vendor keeps, else why there is nothing to say
	LinkNumbers string // numbers of the links into it, separated by spaces
	StepNumbers string // numbers of the steps in it, separated by spaces
	FirstStep   int    // number of its first step
	Links       []LinkMark
}

// A LinkMark is the number of a link, to be followed to its words.
type LinkMark struct {
	Number   int
	Carries  string // "customer", "metadata", "nothing"
	Sentence string // of the FlowLink
}
