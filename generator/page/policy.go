package page

import "html/template"

// Policies lists the policies.
type Policies struct {
	Frame
	Sentence string // "17 policies, the last approved on 15 September 2026; none is overdue for review."
	Policies []PolicyRow
}

// A PolicyRow is a policy in the list.
type PolicyRow struct {
	Title      string
	Address    string
	Summary    string
	Version    string
	Owner      string // title of the role
	Approved   *Date
	NextReview *Date
	Overdue    bool
	Meets      []Criterion
}

// Policy is one policy.
type Policy struct {
	Frame
	Summary    string
	Version    string
	Owner      string // title of the role
	ApprovedBy string // title of the role
	Approved   *Date
	NextReview *Date
	Overdue    bool
	Minutes    int       // to read it, at 200 words a minute; at least 1
	Contents   []Heading // headings of the body of the two highest levels, in order
	Body       template.HTML
	Meets      []Criterion
	Controls   []Link // that carry the policy out
	Answers    []Link // that cite it
	Flows      []Link // that cite it
	Incident   *Incident
	Playbooks  []Playbook
	History    []Revision // what each version changed, the newest first
	Previous   *Link      // in the list of policies
	Next       *Link
	URL        string // whole address, to paste
}

// A Revision is what one version of a policy changed.
type Revision struct {
	Version string
	Date    *Date    // of its approval
	Changes []string // each a sentence
}

// A Heading is an entry of a contents list.
type Heading struct {
	Text    string
	Address string // "#scope"
	Level   int    // 1 for the highest shown, 2 below it
}

// Incident says who hears of an incident, and by when.
type Incident struct {
	Contact     *Link
	NoticeHours int    // 0 when not said
	Notice      string // "Customers are told within 72 hours"; may be ""
	Severities  []string
	Exercised   *Date
}

// A Playbook is what is done when one kind of incident happens.
type Playbook struct {
	ID       string // fit for an id: "playbook-wrong-or-harmful-output"
	Title    string
	Kind     string // "Wrong or harmful output", "Breach", "Outage", "Vendor"
	Summary  string
	ReportTo string
	Owner    string // title of the role
	Disable  string
	Notice   string
	Record   string
}
