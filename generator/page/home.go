package page

// Home is the front page.
type Home struct {
	Frame
	Summary        string // one sentence about company and product, from site.yaml; may be ""
	Sentence       string // what follows from the content: "14 active sub-processors in 1 country; next change 15 December 2026: WorkOS is added."
	Posture        []Fact // four to six
	Flows          []FlowCard
	Changes        []Change // upcoming, soonest first
	NoChanges      string   // the sentence to show when Changes is empty: "No change of sub-processors is announced."
	Latest         []UpdateEntry
	Certifications []Certification
	Documents      []Document
	Answers        []AnswerCard // featured, at most six
	AnswersTotal   int
	Contacts       []Contact
	SecurityTxt    string // address of security.txt, "" when there is none
	PoliciesTotal  int
	ControlsTotal  int
}

// A Fact is one figure of the posture, with its proof.
type Fact struct {
	Key     string // "certifications", "training", "location", "subprocessors", "change", "contact"; fit for a class
	Label   string // "Independent reports"
	Value   string // "SOC 2 Type I held"
	Note    string // "SOC 2 Type II: observed from 1 July to 31 December 2026"
	State   *State // nil where there is none
	Date    *Date  // of the figure; nil where there is none
	Address string // its proof
	Proof   string // text of the link to the proof: "All certifications"
}
