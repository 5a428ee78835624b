package model

import (
	"strings"

	"candor/generator/markdown"
	"candor/generator/source"
)

// A Policy is a document that binds the company: policies/*.md.
type Policy struct {
	Header       `yaml:",inline"`
	Title        Text        `yaml:"title" need:""`
	Summary      Text        `yaml:"summary" max:"2000"`
	Owner        Ref[Owner]  `yaml:"owner" ref:"POL01"`
	ApprovedBy   Ref[Owner]  `yaml:"approved_by" ref:"POL01"`
	ApprovedOn   Date        `yaml:"approved_on"`
	Version      Text        `yaml:"version"`
	NextReview   Date        `yaml:"next_review"`
	Meets        []Meeting   `yaml:"meets"`
	ApprovalHash Text        `yaml:"approval_hash" max:"2000"`
	Visibility   Text        `yaml:"visibility" one:"public|internal"`
	Incident     *Incident   `yaml:"incident"`
	Playbooks    []*Playbook `yaml:"playbooks"`
	Body         Body        `yaml:",body"`

	Due      Day        `yaml:"-"` // the day by which the policy is to be reviewed, 0 when that cannot be told; set by link
	CitedBy  []Record   `yaml:"-"` // answers and flows that cite the policy; set by link
	Controls []*Control `yaml:"-"` // controls that carry the policy out; set by link
}

// Key gives what the policy is called in references.
func (p *Policy) Key() Key { return Key{KindPolicy, p.ID.Value} }

// Name gives the title.
func (p *Policy) Name() string { return p.Title.Value }

// Published reports whether the policy is shown; it is unless said otherwise.
func (p *Policy) Published() bool { return p.Visibility.Value != "internal" }

// A Body is a Markdown text: what is known of it without its HTML, which is made when the page is.
type Body struct {
	Source  []byte      // the Markdown
	Span    source.Span // where it stands: byte for byte in a Markdown file, indented in a YAML one
	Outline markdown.Document

	// Kept gives the HTML that was made when the body was read, with addresses still to be filled in, its highest heading of level 2 and
	// nothing before its ids. It is nil when none was kept; then it is made from Source.
	Kept func() (markdown.Fragment, error)
}

// At gives the place of the bytes of Source from start to end: exactly in a Markdown file, by looking for them in a YAML one.
func (b Body) At(start, end int) source.Span {
	if b.Span.End-b.Span.Start == len(b.Source) {
		return b.Span.File.Span(b.Span.Start+start, b.Span.Start+end)
	}
	if i := strings.Index(b.Span.Text(), string(b.Source[start:end])); i >= 0 && end > start {
		return b.Span.File.Span(b.Span.Start+i, b.Span.Start+i+end-start)
	}
	return b.Span
}

// Incident says who hears of an incident, and by when.
type Incident struct {
	At          source.Span `yaml:"-"` // the key in the front matter
	Contact     Text        `yaml:"contact"`
	NoticeHours Number      `yaml:"notice_hours"`
	Severities  []Text      `yaml:"severities"`
	ExercisedOn Date        `yaml:"exercised_on"`
}

// A Playbook is what is done when one kind of incident happens.
type Playbook struct {
	ID       Text       `yaml:"id" need:""`
	Title    Text       `yaml:"title" need:""`
	Kind     Text       `yaml:"kind" need:"" one:"wrong-output|breach|outage|vendor|other"`
	Summary  Text       `yaml:"summary" max:"2000"`
	ReportTo Text       `yaml:"report_to" max:"2000"`
	Owner    Ref[Owner] `yaml:"owner"`
	Disable  Text       `yaml:"disable" max:"2000"`
	Notice   Text       `yaml:"notice" max:"2000"`
	Record   Text       `yaml:"record" max:"2000"`
}

// An Update is a dated notice or piece of news: updates/*.md.
type Update struct {
	Header   `yaml:",inline"`
	Title    Text       `yaml:"title" need:""`
	Date     Date       `yaml:"date" need:""`
	Kind     Text       `yaml:"kind" one:"notice|news|change"`
	Summary  Text       `yaml:"summary" max:"2000"`
	Concerns []Citation `yaml:"concerns"`
	Body     Body       `yaml:",body"`
}

// Key gives what the update is called in references.
func (u *Update) Key() Key { return Key{KindUpdate, u.ID.Value} }

// Name gives the title.
func (u *Update) Name() string { return u.Title.Value }

// Published is true: an update is written to be read.
func (u *Update) Published() bool { return true }

// A Topic is a file of answers.
type Topic struct {
	ID      Text
	File    *source.File
	Title   string // from site.yaml, else made from the id
	Answers []*Answer
}

// An Answer is one question of a customer, answered: answers/*.yaml.
type Answer struct {
	Header          `yaml:",inline"`
	IDKey           Text           `yaml:"id" need:""` // as written; Header.ID is the same
	Question        Text           `yaml:"question" max:"2000" need:""`
	AlsoAsked       []Text         `yaml:"also_asked"`
	Verdict         Text           `yaml:"verdict" need:"" one:"yes|no|partial|planned|not-applicable"`
	Text            Text           `yaml:"answer" max:"20000" need:""`
	Scope           Text           `yaml:"scope" max:"2000"`
	Exclusions      []Text         `yaml:"exclusions"`
	Reason          Text           `yaml:"reason" max:"2000"`
	PlannedFor      Date           `yaml:"planned_for"`
	Asserts         *Assertions    `yaml:"asserts"`
	Evidence        []Citation     `yaml:"evidence" ref:"ANS01"`
	Frameworks      []FrameworkIDs `yaml:"frameworks,keyed"`
	Visibility      Text           `yaml:"visibility" one:"public|private"`
	AuditorQuestion Text           `yaml:"auditor_question" one:"prompt-logging|cross-tenant-injection|training-use|vendor-log-retention"`
	Owner           Ref[Owner]     `yaml:"owner" ref:"ANS01"`
	ReviewedOn      Date           `yaml:"reviewed_on"`
	Internal        AnswerInternal `yaml:",inline"`

	Topic *Topic `yaml:"-"` // set by link
	Body  Body   `yaml:"-"` // Text read as Markdown; set by parse
}

// AnswerInternal is what stays inside.
type AnswerInternal struct {
	Note Text `yaml:"note" max:"2000"`
}

// Key gives what the answer is called in references.
func (a *Answer) Key() Key { return Key{KindAnswer, a.ID.Value} }

// Name gives the question.
func (a *Answer) Name() string { return a.Question.Value }

// Published reports whether the answer is shown to everybody; it is unless said otherwise.
func (a *Answer) Published() bool { return a.Visibility.Value != "private" }

// Assertions are the facts that an answer states, in a form that can be compared with the rest of the content.
type Assertions struct {
	TrainsOnCustomerData Text     `yaml:"trains_on_customer_data" one:"never|opt-in|always"`
	ModelVendorRetention Text     `yaml:"model_vendor_retention"` // zero, or a duration
	PromptLogs           Duration `yaml:"prompt_logs"`
	Regions              []Text   `yaml:"regions"`
	SubprocessorNotice   Duration `yaml:"subprocessor_notice"`
	IncidentNoticeHours  Number   `yaml:"incident_notice_hours"`
	EncryptedInTransit   Flag     `yaml:"encrypted_in_transit"`
	EncryptedAtRest      Flag     `yaml:"encrypted_at_rest"`
	TenantIsolation      Flag     `yaml:"tenant_isolation"`
	MFA                  Flag     `yaml:"mfa"`
	PenTestOn            Date     `yaml:"pen_test_on"`
	SOC2Type1            Text     `yaml:"soc2_type1" one:"planned|observing|held|lapsed"`
	SOC2Type2            Text     `yaml:"soc2_type2" one:"planned|observing|held|lapsed"`
}

// FrameworkIDs are the ids by which one version of a questionnaire asks the same.
type FrameworkIDs struct {
	ID  Text   `yaml:"-"` // "caiq-4.0"
	IDs []Text `yaml:",value"`
}

// A Share is a sealed page for one customer: shares/*.yaml. Nothing of it is public.
type Share struct {
	Header   `yaml:",inline"`
	Internal ShareInternal `yaml:",inline"`
}

// ShareInternal is what stays inside: all of it.
type ShareInternal struct {
	For       Text          `yaml:"for" need:""`
	Answers   []Ref[Answer] `yaml:"answers" ref:"NOT04"`
	CreatedOn Date          `yaml:"created_on"`
	Expires   Date          `yaml:"expires" need:""`
	Owner     Ref[Owner]    `yaml:"owner"`
	Note      Text          `yaml:"note" max:"2000"`
}

// Key gives what the share is called in references.
func (s *Share) Key() Key { return Key{KindShare, s.ID.Value} }

// Name gives the id.
func (s *Share) Name() string { return s.ID.Value }

// Published is false.
func (s *Share) Published() bool { return false }

// Permalinks lists every id ever published: permalinks.yaml, written by `candor permalinks`.
type Permalinks struct {
	File           *source.File `yaml:"-"`
	Policies       []Text       `yaml:"policies"`
	Subprocessors  []Text       `yaml:"subprocessors"`
	Flows          []Text       `yaml:"flows"`
	Answers        []Text       `yaml:"answers"`
	Certifications []Text       `yaml:"certifications"`
	Documents      []Text       `yaml:"documents"`
	Updates        []Text       `yaml:"updates"`
}
