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

// A Standing is where something stands, in few words.
type Standing struct {
	State State
	Text  string // "SOC 2 Type II, observing until 31 December 2026"
}

// A Fact is one figure of the posture, with its proof.
type Fact struct {
	Key     string     // "certifications", "training", "location", "subprocessors", "change", "contact"; fit for a class
	Label   string     // "Independent reports"
	Value   string     // "SOC 2 Type I held"
	Note    string     // "Held as of 31 May 2026, issued 30 June 2026."
	Others  []Standing // what else there is of the kind, at most four
	State   *State     // nil where there is none
	Date    *Date      // of the figure; nil where there is none
	Address string     // its proof
	Proof   string     // text of the link to the proof: "All certifications"
}
