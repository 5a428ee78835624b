package model

import (
	"strings"

	"candor/generator/markdown"
	"candor/generator/source"
)

// A Policy is a document that binds the company: policies/*.md.
type Policy struct {
	Header `yaml:",inline"`
	// what the policy is called
	Title Text `yaml:"title" need:""`
	// what it is about, in a sentence
	Summary Text `yaml:"summary" max:"2000"`
	// who keeps it: an id from owners in site.yaml
	Owner Ref[Owner] `yaml:"owner" ref:"POL01"`
	// who approved it: an id from owners in site.yaml
	ApprovedBy Ref[Owner] `yaml:"approved_by" ref:"POL01"`
	// the day on which it was approved
	ApprovedOn Date `yaml:"approved_on"`
	// the version that was approved
	Version Text `yaml:"version"`
	// the day by which it is reviewed, where that is not what review in site.yaml says
	NextReview Date `yaml:"next_review"`
	// the criteria that it meets: CC6.1 of SOC 2, mvsp-4.2 of MVSP
	Meets []Meeting `yaml:"meets"`
	// the fingerprint of the text that was approved; written by `candor approve`
	ApprovalHash Text `yaml:"approval_hash" max:"2000"`
	// what each version changed, the newest first
	History []*Revision `yaml:"history"`
	// who may read it
	//   - public: everybody
	//   - internal: the company's own people; it is not published
	Visibility Text `yaml:"visibility" one:"public|internal" default:"public"`
	// who hears of an incident and by when, in the incident policy
	Incident *Incident `yaml:"incident"`
	// what is done when something happens, one for each kind of incident
	Playbooks []*Playbook `yaml:"playbooks"`
	Body      Body        `yaml:",body"`

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

// Announced gives the version with which the history begins where it is to follow the approved one, which then stands below it; "" otherwise.
func (p *Policy) Announced() string {
	for i, r := range p.History {
		if i > 0 && !r.Version.IsZero() && r.Version.Value == p.Version.Value && p.History[0].Version.Value != p.Version.Value {
			return p.History[0].Version.Value
		}
	}
	return ""
}

// A Revision is what one version of a policy changed.
type Revision struct {
	// the version, as it was approved
	Version Text `yaml:"version" need:""`
	// the day on which it was approved
	Date Date `yaml:"date" need:""`
	// what is another than before, each in a sentence
	Changes []Text `yaml:"changes" max:"2000" need:""`
}

// A Body is a Markdown text: what is known of it without its HTML, which is made when the page is.
type Body struct {
	Source  []byte      // the Markdown
	Span    source.Span // where it stands: byte for byte in a Markdown file, indented in a YAML one
	Outline markdown.Document

	// Kept gives the HTML that was made when the body was read, with addresses still to be filled in, its highest heading of level 2 and
	// nothing before its ids. It is nil when none was kept; then it is made from Source.
	Kept func() markdown.Fragment
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
	At          source.Span `yaml:"-"`            // the key in the front matter
	Contact     Text        `yaml:"contact"`      // where an incident is reported
	NoticeHours Number      `yaml:"notice_hours"` // within how many hours customers are told
	Severities  []Text      `yaml:"severities"`   // the severities, each with what it means
	ExercisedOn Date        `yaml:"exercised_on"` // the day on which the policy was last exercised
}

// A Playbook is what is done when one kind of incident happens.
type Playbook struct {
	// what the playbook is called in links
	ID Text `yaml:"id" need:""`
	// what happens, in a few words
	Title Text `yaml:"title" need:""`
	// what kind of incident it is for
	//   - wrong-output: a model gives wrong or harmful output
	//   - breach: data reaches somebody who may not see it
	//   - outage: the product does not work
	//   - vendor: a sub-processor reports an incident
	//   - other: anything else
	Kind Text `yaml:"kind" need:"" one:"wrong-output|breach|outage|vendor|other"`
	// what to do, in a sentence
	Summary Text `yaml:"summary" max:"2000"`
	// where it is reported
	ReportTo Text `yaml:"report_to" max:"2000"`
	// who leads: an id from owners in site.yaml
	Owner Ref[Owner] `yaml:"owner"`
	// who switches what off, and within which time
	Disable Text `yaml:"disable" max:"2000"`
	// when customers are told, and what
	Notice Text `yaml:"notice" max:"2000"`
	// what is written down, and for how long it is kept
	Record Text `yaml:"record" max:"2000"`
}

// An Update is a dated notice or piece of news: updates/*.md.
type Update struct {
	Header `yaml:",inline"`
	// the headline
	Title Text `yaml:"title" need:""`
	// the day on which it is published
	Date Date `yaml:"date" need:""`
	// what it is
	//   - notice: a notice that contracts ask for
	//   - news: something worth knowing
	//   - change: a change of something that was published
	Kind Text `yaml:"kind" one:"notice|news|change"`
	// what is new, in a sentence
	Summary Text `yaml:"summary" max:"2000"`
	// what it is about: a kind and an id, like subprocessor:openai
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
	Header `yaml:",inline"`
	// the id, which becomes part of its address
	IDKey Text `yaml:"id" need:"" ids:"page"`
	// the question, as a customer puts it
	Question Text `yaml:"question" max:"2000" need:""`
	// other wordings of the same question
	AlsoAsked []Text `yaml:"also_asked"`
	// the answer in a word
	//   - yes: yes
	//   - no: no; say why in reason
	//   - partial: in part; say why in reason
	//   - planned: not yet; say when in planned_for
	//   - not-applicable: the question does not apply; say why in reason
	Verdict Text `yaml:"verdict" need:"" one:"yes|no|partial|planned|not-applicable"`
	// the answer in full, in Markdown
	Text Text `yaml:"answer" max:"20000" need:""`
	// what the answer holds for
	Scope Text `yaml:"scope" max:"2000"`
	// what it does not hold for
	Exclusions []Text `yaml:"exclusions"`
	// why the answer is not yes, and what is done in its place
	Reason Text `yaml:"reason" max:"2000"`
	// the day by which it will be so
	PlannedFor Date `yaml:"planned_for"`
	// the facts that the answer states; they are compared with the rest of the content
	Asserts *Assertions `yaml:"asserts"`
	// what proves it: a kind and an id, like policy:access-control
	Evidence []Citation `yaml:"evidence" ref:"ANS01"`
	// where questionnaires ask the same: their ids, by name and version of the questionnaire
	Frameworks []FrameworkIDs `yaml:"frameworks,keyed"`
	// who may read it
	//   - public: everybody
	//   - private: only customers to whom it is sent
	Visibility Text `yaml:"visibility" one:"public|private" default:"public"`
	// which of the four questions it answers that auditors put to every AI company
	//   - prompt-logging: are all prompts logged
	//   - cross-tenant-injection: how is prompt injection kept from other customers' data
	//   - training-use: is customer data used for training
	//   - vendor-log-retention: what happens to the model vendors' logs
	AuditorQuestion Text `yaml:"auditor_question" one:"prompt-logging|cross-tenant-injection|training-use|vendor-log-retention"`
	// who answers for it: an id from owners in site.yaml
	Owner Ref[Owner] `yaml:"owner" ref:"ANS01"`
	// the day on which somebody last checked it
	ReviewedOn Date           `yaml:"reviewed_on"`
	Internal   AnswerInternal `yaml:",inline"`

	Topic *Topic `yaml:"-"` // set by link
	Body  Body   `yaml:"-"` // Text read as Markdown; set by parse
}

// AnswerInternal is what stays inside.
type AnswerInternal struct {
	Note Text `yaml:"note" max:"2000"` // a note for the company's own people
}

// Key gives what the answer is called in references.
func (a *Answer) Key() Key { return Key{KindAnswer, a.ID.Value} }

// Name gives the question.
func (a *Answer) Name() string { return a.Question.Value }

// Published reports whether the answer is shown to everybody; it is unless said otherwise.
func (a *Answer) Published() bool { return a.Visibility.Value != "private" }

// Assertions are the facts that an answer states, in a form that can be compared with the rest of the content.
type Assertions struct {
	// whether models are trained on customer data
	//   - never: no customer's data trains a model
	//   - opt-in: only data of customers that agreed
	//   - always: data of every customer
	TrainsOnCustomerData Text `yaml:"trains_on_customer_data" one:"never|opt-in|always"`
	// how long model vendors keep prompts and outputs: zero, or a duration
	ModelVendorRetention Text `yaml:"model_vendor_retention"`
	// the longest time for which prompts are kept
	PromptLogs Duration `yaml:"prompt_logs"`
	// the only places where customer data is processed: EU, or codes of countries
	Regions []Text `yaml:"regions"`
	// how long before a new sub-processor receives data customers are told
	SubprocessorNotice Duration `yaml:"subprocessor_notice"`
	// within how many hours customers are told of an incident
	IncidentNoticeHours Number `yaml:"incident_notice_hours"`
	// whether data is encrypted on its way
	EncryptedInTransit Flag `yaml:"encrypted_in_transit"`
	// whether data is encrypted where it rests
	EncryptedAtRest Flag `yaml:"encrypted_at_rest"`
	// whether one customer's data is kept from another's
	TenantIsolation Flag `yaml:"tenant_isolation"`
	// whether staff sign in with more than one factor
	MFA Flag `yaml:"mfa"`
	// the day of the last penetration test
	PenTestOn Date `yaml:"pen_test_on"`
	// where the SOC 2 Type I report stands
	SOC2Type1 Text `yaml:"soc2_type1" one:"planned|observing|held|lapsed"`
	// where the SOC 2 Type II report stands
	SOC2Type2 Text `yaml:"soc2_type2" one:"planned|observing|held|lapsed"`
}

// FrameworkIDs are the ids by which one version of a questionnaire asks the same.
type FrameworkIDs struct {
	ID  Text   `yaml:"-"`      // "caiq-4.0"
	IDs []Text `yaml:",value"` // the ids of the questions in that questionnaire
}
