package disclosure

// A DataClass is a kind of data.
type DataClass struct {
	ID          string   `json:"id"`                                        // dotted: customer.content.prompt is part of customer.content
	Former      []string `json:"former_ids,omitempty" words:"earlier ids"`  // ids that it had before
	Title       string   `json:"title" words:"title"`                       // what readers call it
	Level       string   `json:"level,omitempty" words:"level" as:"level"`  // how confidential it is: public, internal, confidential or restricted
	Personal    bool     `json:"personal" words:"personal data"`            // whether it is personal data
	Description string   `json:"description,omitempty" words:"description"` // what belongs to it
}

// A Boundary is a trust boundary on the company's own side.
type Boundary struct {
	ID     string   `json:"id"`                                       // as steps name it: boundary:production
	Former []string `json:"former_ids,omitempty" words:"earlier ids"` // ids that it had before
	Title  string   `json:"title" words:"title"`                      // what it is called in pictures
	Region string   `json:"region,omitempty" words:"region" as:"country"`
}

// Evidence is something on file: its title and its dates are public, where it is held is not.
type Evidence struct {
	Title   string `json:"title" words:"title" key:""`
	Kind    string `json:"kind,omitempty" words:"kind"`                // agreement, report, test, record, certificate or log
	Dated   Day    `json:"dated,omitempty" words:"dated" as:"day"`     // the day that it bears
	Expires Day    `json:"expires,omitempty" words:"expires" as:"day"` // the day on which it ends
}

// A Policy is a document that binds the company.
type Policy struct {
	ID         string     `json:"id"`
	Former     []string   `json:"former_ids,omitempty" words:"earlier ids"`              // ids that it had before
	Address    string     `json:"address"`                                               // where it can be read
	Title      string     `json:"title" words:"title"`                                   // what it is called
	Summary    string     `json:"summary,omitempty" words:"summary"`                     // what it is about
	Version    string     `json:"version,omitempty" words:"version"`                     // the version that was approved
	Owner      string     `json:"owner,omitempty" words:"owner"`                         // the title of the role that keeps it
	ApprovedBy string     `json:"approved_by,omitempty" words:"approver"`                // the title of the role that approved it
	ApprovedOn Day        `json:"approved_on,omitempty" words:"approval date" as:"day"`  // the day of the approval
	NextReview Day        `json:"next_review,omitempty" words:"next review" as:"day"`    // the day by which it is reviewed
	Meets      []string   `json:"meets,omitempty" words:"criteria met"`                  // criteria, such as CC6.1 of SOC 2
	Incident   *Incident  `json:"incident,omitempty" words:"incidents"`                  // who hears of an incident, in the incident policy
	Playbooks  []Playbook `json:"playbooks,omitempty" words:"playbooks" each:"playbook"` // what is done when something happens
	History    []Revision `json:"history,omitempty" words:"history" each:"version"`      // what each version changed, the newest first
	TextHash   string     `json:"text_sha256,omitempty" words:"text" as:"text"`          // the SHA-256 of its text: another one means that the text changed
}

// A Revision is what one version of a policy changed.
type Revision struct {
	Version string   `json:"version" key:""`
	Date    Day      `json:"date" words:"approval date" as:"day"` // the day of its approval
	Changes []string `json:"changes" words:"changes"`             // what is another than before
}

// Incident says who hears of an incident, and by when.
type Incident struct {
	Contact     string   `json:"contact,omitempty" words:"where to report them"`
	NoticeHours *int     `json:"notice_hours,omitempty" words:"hours until customers are told"`
	Severities  []string `json:"severities,omitempty" words:"severities"`
	ExercisedOn Day      `json:"exercised_on,omitempty" words:"last exercise" as:"day"`
}

// A Playbook is what is done when one kind of incident happens.
type Playbook struct {
	ID       string `json:"id" key:""`
	Title    string `json:"title" words:"title"`
	Kind     string `json:"kind,omitempty" words:"kind"` // wrong-output, breach, outage, vendor or other
	Summary  string `json:"summary,omitempty" words:"summary"`
	ReportTo string `json:"report_to,omitempty" words:"where it is reported"`
	Owner    string `json:"owner,omitempty" words:"leads"` // the title of a role
	Disable  string `json:"disable,omitempty" words:"what is switched off"`
	Notice   string `json:"notice,omitempty" words:"when customers are told"`
	Record   string `json:"record,omitempty" words:"what is written down"`
}

// A Model is an approved model of a vendor.
type Model struct {
	ID          string    `json:"id"`
	Former      []string  `json:"former_ids,omitempty" words:"earlier ids"`                      // ids that it had before
	Address     string    `json:"address"`                                                       // where it is shown
	Title       string    `json:"title" words:"title"`                                           // what readers call it
	Provider    string    `json:"provider,omitempty" words:"provider" ref:"subprocessor"`        // the id of the sub-processor that it is called from
	Version     string    `json:"version,omitempty" words:"version"`                             // as the vendor names it
	Purpose     string    `json:"purpose,omitempty" words:"purpose"`                             // what it is used for
	ApprovedBy  string    `json:"approved_by,omitempty" words:"approver"`                        // the title of a role
	ApprovedOn  Day       `json:"approved_on,omitempty" words:"approval date" as:"day"`          // the day of the approval
	ApprovedFor string    `json:"approved_for,omitempty" words:"approved data level" as:"level"` // the highest level of data that it may receive
	Evaluation  *Evidence `json:"evaluation,omitempty" words:"evaluation"`                       // the proof that it was tested
	OffSwitch   string    `json:"off_switch,omitempty" words:"off switch"`                       // how, and how fast
	ReviewBy    Day       `json:"review_by,omitempty" words:"review date" as:"day"`              // the day by which the approval is reviewed
	RetiresOn   Day       `json:"retires_on,omitempty" words:"retirement date" as:"day"`         // the day on which its maker switches it off
	ChangeNote  string    `json:"change_note,omitempty" words:"notice of changes"`               // by whoever runs it
}

// A TunedModel is a model that was trained further, with the record of that training.
type TunedModel struct {
	ID          string    `json:"id"`
	Former      []string  `json:"former_ids,omitempty" words:"earlier ids"`                          // ids that it had before
	Address     string    `json:"address"`                                                           // where it is shown
	Title       string    `json:"title" words:"title"`                                               // what readers call it
	Base        string    `json:"base,omitempty" words:"base" ref:"model"`                           // the model that was trained further: an id, or the name of one that is not listed
	Version     string    `json:"version,omitempty" words:"version"`                                 // the version that was approved
	Purpose     string    `json:"purpose,omitempty" words:"purpose"`                                 // what it is used for
	TrainedAt   string    `json:"trained_at,omitempty" words:"place of training" ref:"subprocessor"` // the id of a sub-processor
	Provider    string    `json:"provider,omitempty" words:"place of service" ref:"subprocessor"`    // the id of a sub-processor
	Datasets    []Dataset `json:"datasets,omitempty" words:"training data" each:"training data"`     // what it was trained on
	PreparedBy  string    `json:"prepared_by,omitempty" words:"data preparer"`                       // the title of a role
	ApprovedBy  string    `json:"approved_by,omitempty" words:"approver"`                            // the title of a role
	ApprovedOn  Day       `json:"approved_on,omitempty" words:"approval date" as:"day"`              // the day of the approval
	ApprovedFor string    `json:"approved_for,omitempty" words:"approved data level" as:"level"`     // the highest level of data that it may receive
	TrainedOn   Day       `json:"trained_on,omitempty" words:"training date" as:"day"`               // the day of the training
	Serves      string    `json:"serves,omitempty" words:"customers served" as:"serves"`             // same-tenant, opted-in or all-tenants
	LeakageTest *Evidence `json:"leakage_test,omitempty" words:"leakage test"`                       // the proof that it gives nothing away
	Evaluation  *Evidence `json:"evaluation,omitempty" words:"evaluation"`                           // the proof that it was tested
	OffSwitch   string    `json:"off_switch,omitempty" words:"off switch"`                           // how, and how fast
	ReviewBy    Day       `json:"review_by,omitempty" words:"review date" as:"day"`                  // the day by which the approval is reviewed
}

// A Dataset is what a model was trained on.
type Dataset struct {
	Title        string    `json:"title" words:"title" key:""`
	Source       string    `json:"source,omitempty" words:"source"`               // where it comes from
	CustomerData *bool     `json:"customer_data,omitempty" words:"customer data"` // whether customers' data is in it
	OptIn        *Evidence `json:"opt_in,omitempty" words:"consent"`
	Scrub        *Scrub    `json:"scrub,omitempty" words:"removal of personal data"`
}

// A Scrub is how personal data was taken out of training data, and who looked.
type Scrub struct {
	Method    string    `json:"method,omitempty" words:"method"`
	CheckedBy string    `json:"checked_by,omitempty" words:"checked by"` // the title of a role
	CheckedOn Day       `json:"checked_on,omitempty" words:"last check" as:"day"`
	Evidence  *Evidence `json:"evidence,omitempty" words:"proof"`
}

// A Control is something that is done again and again.
type Control struct {
	ID       string     `json:"id"`
	Former   []string   `json:"former_ids,omitempty" words:"earlier ids"`            // ids that it had before
	Address  string     `json:"address"`                                             // where it is shown
	Title    string     `json:"title" words:"title"`                                 // what is done
	State    string     `json:"state" words:"state"`                                 // evidenced, or claimed where the site shows claims too
	Summary  string     `json:"summary,omitempty" words:"summary"`                   // what is done, in a sentence or two
	Meets    []string   `json:"meets,omitempty" words:"criteria met"`                // criteria, such as CC6.2 of SOC 2
	Policies []string   `json:"policies,omitempty" words:"policies" ref:"policy"`    // ids of the policies that it carries out
	Cadence  string     `json:"cadence,omitempty" words:"cadence" as:"period"`       // how often it is done: 90d
	LastDone Day        `json:"last_done,omitempty" words:"last time" as:"day"`      // the day on which it was last done
	NextDue  Day        `json:"next_due,omitempty" words:"next due date" as:"day"`   // the day by which it is done again
	Evidence []Evidence `json:"evidence,omitempty" words:"evidence" each:"evidence"` // the proof of the last time
	Owner    string     `json:"owner,omitempty" words:"owner"`                       // the title of a role
}

// A Certification is a report, certificate or test by somebody else.
type Certification struct {
	ID           string    `json:"id"`
	Former       []string  `json:"former_ids,omitempty" words:"earlier ids"`                          // ids that it had before
	Address      string    `json:"address"`                                                           // where it is shown
	Name         string    `json:"name" words:"name"`                                                 // what it is called
	Kind         string    `json:"kind,omitempty" words:"kind"`                                       // attestation, certification, assessment or test
	State        string    `json:"state" words:"state" as:"state"`                                    // planned, observing, held or lapsed, on the day of the document
	AsOf         Day       `json:"as_of,omitempty" words:"reference date" as:"day"`                   // the day that it looks at
	From         Day       `json:"window_from,omitempty" words:"start of the observed time" as:"day"` // the first day of the time that it looks at
	To           Day       `json:"window_to,omitempty" words:"end of the observed time" as:"day"`     // the last day of that time
	IssuedOn     Day       `json:"issued_on,omitempty" words:"issue date" as:"day"`                   // the day on which it was issued
	ValidUntil   Day       `json:"valid_until,omitempty" words:"end of validity" as:"day"`            // the last day on which it is valid
	PlannedFor   Day       `json:"planned_for,omitempty" words:"planned date" as:"day"`               // the day by which it is planned
	Products     []string  `json:"products,omitempty" words:"products in scope"`                      // the products that it looks at
	Criteria     []string  `json:"criteria,omitempty" words:"criteria in scope"`                      // the criteria or categories that it looks at
	Auditor      string    `json:"auditor,omitempty" words:"auditor"`                                 // who looked
	Summary      string    `json:"summary,omitempty" words:"summary"`                                 // what it says
	Documents    []string  `json:"documents,omitempty" words:"documents" ref:"document"`              // ids of the documents that readers may have
	Evidence     *Evidence `json:"evidence,omitempty" words:"proof"`                                  // the proof
	BridgeLetter *Evidence `json:"bridge_letter,omitempty" words:"bridge letter"`                     // the letter that covers the time since
}

// A Paper is a report or paper that readers may have or ask for.
type Paper struct {
	ID            string   `json:"id"`
	Former        []string `json:"former_ids,omitempty" words:"earlier ids"`                          // ids that it had before
	Address       string   `json:"address"`                                                           // where it is shown
	Title         string   `json:"title" words:"title"`                                               // what it is called
	Kind          string   `json:"kind,omitempty" words:"kind"`                                       // report, certificate, paper, policy, agreement or questionnaire
	Access        string   `json:"access" words:"access" as:"access"`                                 // public, on-request or nda
	File          string   `json:"file,omitempty" words:"file"`                                       // the address of a public one
	Dated         Day      `json:"dated,omitempty" words:"dated" as:"day"`                            // the day that it bears
	Pages         *int     `json:"pages,omitempty" words:"pages"`                                     // how many pages it has
	Summary       string   `json:"summary,omitempty" words:"summary"`                                 // what is in it
	Certification string   `json:"certification,omitempty" words:"certification" ref:"certification"` // the id of what it is the report of
}

// An Update is a notice or a piece of news that somebody wrote.
type Update struct {
	ID       string   `json:"id"`
	Former   []string `json:"former_ids,omitempty" words:"earlier ids"`                // ids that it had before
	Address  string   `json:"address"`                                                 // where it is shown
	Title    string   `json:"title" words:"headline"`                                  // the headline
	Date     Day      `json:"date" words:"date" as:"day"`                              // the day on which it is published
	Kind     string   `json:"kind" words:"kind"`                                       // notice, news or change
	Summary  string   `json:"summary,omitempty" words:"summary"`                       // what is new, in a sentence
	Concerns []string `json:"concerns,omitempty" words:"what it concerns" ref:"cited"` // the records that it is about, such as subprocessor:openai
	TextHash string   `json:"text_sha256,omitempty" words:"text" as:"text"`            // the SHA-256 of its text: another one means that the text changed
}
