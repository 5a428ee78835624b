package disclosure

// A Subprocessor is a vendor that receives data.
type Subprocessor struct {
	ID             string     `json:"id"`
	Former         []string   `json:"former_ids,omitempty" words:"earlier ids"`                        // ids that it had before
	Address        string     `json:"address"`                                                         // its page
	Name           string     `json:"name" words:"name"`                                               // what the vendor is called
	LegalEntity    string     `json:"legal_entity,omitempty" words:"legal entity"`                     // the company that the contract is with
	PostalAddress  string     `json:"postal_address,omitempty" words:"postal address"`                 // where that company has its seat
	Country        string     `json:"country,omitempty" words:"country of its seat" as:"country"`      // the country of that seat, ISO 3166-1 alpha-2
	Website        string     `json:"website,omitempty" words:"website"`                               // where the vendor presents itself
	TrustURL       string     `json:"trust_url,omitempty" words:"its own trust center"`                // the vendor's own page on security
	Contact        string     `json:"contact,omitempty" words:"contact"`                               // how to reach the vendor about data protection
	Category       string     `json:"category,omitempty" words:"category" as:"category"`               // what the vendor does
	Tier           string     `json:"tier,omitempty" words:"tier"`                                     // critical where much depends on it
	Status         string     `json:"status" words:"status" as:"status"`                               // planned, active, retiring or removed
	AnnouncedOn    Day        `json:"announced_on,omitempty" words:"announcement date" as:"day"`       // the day on which customers were told
	EffectiveOn    Day        `json:"effective_on,omitempty" words:"effective date" as:"day"`          // the day from which it receives data
	RemovedOn      Day        `json:"removed_on,omitempty" words:"removal date" as:"day"`              // the day from which it receives nothing any more
	ObjectUntil    Day        `json:"object_until,omitempty" words:"last day for objections" as:"day"` // the last day for objections: announced_on and the promised time to object
	ReplacedBy     string     `json:"replaced_by,omitempty" words:"replacement" ref:"subprocessor"`    // the id of the vendor that takes its place
	Engagement     string     `json:"engagement,omitempty" words:"use" as:"engagement"`                // core, opt-in or conditional
	Condition      string     `json:"condition,omitempty" words:"condition"`                           // when it receives data
	Summary        string     `json:"summary,omitempty" words:"summary"`                               // what readers should know of it
	Purpose        string     `json:"purpose,omitempty" words:"purpose"`                               // what it does with the data
	Data           []string   `json:"data,omitempty" words:"data" ref:"data class"`                    // ids of the classes of data that it may receive
	DataSubjects   []string   `json:"data_subjects,omitempty" words:"data subjects"`                   // whose data it is
	Locations      []Location `json:"locations,omitempty" words:"locations" each:"location"`           // where it works on the data
	Transfer       Transfer   `json:"transfer,omitzero" words:"transfer"`                              // the legal ground on which personal data leaves the home region
	Agreement      Agreement  `json:"agreement,omitzero" words:"data processing agreement"`            // the data processing agreement
	AI             *AITerms   `json:"ai,omitempty"`                                                    // what its contract says of models
	ApprovedFor    string     `json:"approved_for,omitempty" words:"approved data level" as:"level"`   // the highest level of data that it may receive
	HostedBy       string     `json:"hosted_by,omitempty" words:"host" ref:"subprocessor"`             // the id of the cloud through which it is reached
	Maker          string     `json:"maker,omitempty" words:"maker of its models"`                     // who makes the models that it serves
	Register       Register   `json:"register,omitzero" words:"Data Privacy Framework"`                // a look into the register of the Data Privacy Framework
	Certifications []string   `json:"certifications,omitempty" words:"its certifications" as:"report"` // the vendor's own reports and certificates
	Owner          string     `json:"owner,omitempty" words:"owner"`                                   // the title of the role that answers for it
	ReviewedOn     Day        `json:"reviewed_on,omitempty" words:"last review" as:"day"`              // the day on which it was last reviewed
}

// A Location is a country where a vendor works on the data.
type Location struct {
	Country  string   `json:"country" words:"country" as:"country" key:""` // ISO 3166-1 alpha-2, or EU
	Region   string   `json:"region,omitempty" words:"region" key:""`      // as the vendor names it
	Activity []string `json:"activity,omitempty" words:"activity"`         // process, store, support or access
}

// A Transfer is the legal ground on which personal data leaves the home region.
type Transfer struct {
	Mechanism string `json:"mechanism,omitempty" words:"mechanism" as:"mechanism"`    // none, scc, adequacy, dpf, bcr or uk-idta
	Module    *int   `json:"module,omitempty" words:"module of the standard clauses"` // 1 to 4
}

// An Agreement is a data processing agreement.
type Agreement struct {
	URL      string    `json:"url,omitempty" words:"text"`                        // where its text is
	SignedOn Day       `json:"signed_on,omitempty" words:"signing date" as:"day"` // the day on which it was signed
	Evidence *Evidence `json:"evidence,omitempty" words:"proof"`                  // the signed copy
}

// A Register is a dated look into the register of the Data Privacy Framework.
type Register struct {
	ListedAs  string `json:"listed_as,omitempty" words:"listed as"`
	CheckedOn Day    `json:"checked_on,omitempty" words:"last check" as:"day"`
}

// AITerms are what a vendor's contract says of models and of the data sent to them.
type AITerms struct {
	Role        string         `json:"role,omitempty" words:"role in AI features" as:"role"`          // model, embedding, vector-store, fine-tuning, inference-host or tracing
	Training    TrainingTerms  `json:"training" words:"training"`                                     // whether it trains on the data
	Retention   RetentionTerms `json:"retention" words:"retention"`                                   // what it keeps of prompts and outputs
	HumanReview string         `json:"human_review,omitempty" words:"human review" as:"human review"` // none, abuse-only or yes
}

// TrainingTerms say whether a vendor trains on the data.
type TrainingTerms struct {
	Used      string    `json:"used" words:"on the data" as:"training"`           // never, opt-in, always or unknown
	Basis     string    `json:"basis,omitempty" words:"basis"`                    // contract, policy or setting
	Evidence  *Evidence `json:"evidence,omitempty" words:"proof"`                 // the proof
	CheckedOn Day       `json:"checked_on,omitempty" words:"last check" as:"day"` // the day on which somebody last looked
}

// RetentionTerms say what a vendor keeps of prompts and outputs, and for how long.
type RetentionTerms struct {
	State       string    `json:"state" words:"state" as:"retention"`                                      // zero-retention, days or unknown
	Keep        string    `json:"keep,omitempty" words:"period" as:"period"`                               // how long
	Evidence    *Evidence `json:"evidence,omitempty" words:"proof"`                                        // the agreement
	SignedOn    Day       `json:"signed_on,omitempty" words:"signing date of the agreement" as:"day"`      // the day on which it was signed
	EffectiveOn Day       `json:"effective_on,omitempty" words:"effective date of the agreement" as:"day"` // the day from which it holds
	Expires     Day       `json:"expires,omitempty" words:"end of the agreement" as:"day"`                 // the day on which it ends
	CheckedOn   Day       `json:"checked_on,omitempty" words:"last check" as:"day"`                        // the day on which somebody last looked
	Exceptions  []string  `json:"exceptions,omitempty" words:"exceptions"`                                 // what is kept all the same
	Covers      Coverage  `json:"covers,omitzero" words:"covers"`                                          // what the agreement covers
}

// Coverage is what an agreement covers; an empty list of projects or endpoints means all of them.
type Coverage struct {
	Projects  []string `json:"projects,omitempty" words:"projects"`
	Endpoints []string `json:"endpoints,omitempty" words:"endpoints"`
	Features  []string `json:"features,omitempty" words:"features"`
}
