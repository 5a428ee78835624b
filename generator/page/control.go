package page

// Controls lists what is done again and again, with proof, and the criteria that this meets: what has current evidence, and, if the site says so,
// what is claimed and no more, with a State of its own.
type Controls struct {
	Frame
	Sentence  string // "46 controls with current evidence, behind all 60 criteria in scope."
	Claims    bool   // whether claims are shown too: then every entry needs its State
	Standards []Standard
	Controls  []Control
}

// A Standard tells which of its criteria in scope are met.
type Standard struct {
	ID       string // of its element: "section-soc2"
	Name     string // "SOC 2"
	Sentence string // "33 of the 35 criteria in scope have current evidence."
	Source   *Link  // who wrote the texts of its criteria; nil where none are shown
	License  string // "v3.0-20231109, CC0 1.0 Universal"; "" where none are shown
	Groups   []CriterionGroup
}

// A CriterionGroup is a part of a standard, with the criteria in it that are shown.
type CriterionGroup struct {
	Title    string // "Security", "1 Business controls"
	Count    string // "33 of 33"
	Criteria []MetCriterion
}

// A MetCriterion tells which controls and policies meet one criterion.
type MetCriterion struct {
	Criterion Criterion
	State     State          // evidenced or claimed
	Title     string         // may be ""
	Text      *CriterionText // nil for a standard whose texts are not shown
	Controls  []Link
	Policies  []Link
}

// A CriterionText is what a standard says, word for word.
type CriterionText struct {
	Lead  string // before the items, or all of it; may be ""
	Items []CriterionItem
	Tail  string // after the items, may be ""
}

// A CriterionItem is one of a list, with a list of its own or none.
type CriterionItem struct {
	Text  string
	Items []string
}

// A Control is something that is done again and again. On the page of controls its element has the ID as id.
type Control struct {
	ID       string
	Former   []string
	Title    string
	Address  string // where it is shown: "/controls/#access-review"
	State    State  // evidenced or claimed
	Summary  string
	Meets    []Criterion
	Cadence  string // "Every 90 days"; may be ""
	LastDone *Date
	NextDue  *Date
	Evidence []Evidence
	Owner    string // title of the role
	Policies []Link
	Flows    []Link
}
