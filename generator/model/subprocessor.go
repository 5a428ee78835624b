package model

// A Subprocessor is a vendor that receives data: subprocessors/*.yaml.
type Subprocessor struct {
	Header `yaml:",inline"`
	// what the vendor is called
	Title Text `yaml:"name" need:""`
	// the company that the contract is with
	LegalEntity Text `yaml:"legal_entity"`
	// where that company has its seat
	Address Text `yaml:"address" max:"2000"`
	// the country of that seat: ISO 3166-1 alpha-2
	Country Text `yaml:"country" form:"country"`
	// where the vendor presents itself
	Website Text `yaml:"website" form:"url"`
	// the vendor's own page on security
	TrustURL Text `yaml:"trust_url" form:"url"`
	// how to reach the vendor about data protection
	Contact Text `yaml:"contact"`
	// what the vendor does
	Category Text `yaml:"category" need:"" one:"llm-api|cloud-host|vector-database|fine-tuning|inference|payments|monitoring|error-tracking|email|support|source-control|analytics|identity|storage|security|communication|other"`
	// what the vendor is
	//   - subprocessor: it may receive customer data, so it is listed
	//   - internal-tool: no customer data reaches it, so it is not published
	Role Text `yaml:"role" one:"subprocessor|internal-tool" default:"subprocessor"`
	// how much depends on the vendor; critical ones are reviewed more often where review in site.yaml says so
	Tier Text `yaml:"tier" one:"critical|standard"`
	// where the vendor stands
	//   - planned: announced, receives nothing yet
	//   - active: receives data
	//   - retiring: receives data, and is on its way out
	//   - removed: receives nothing any more
	Status Text `yaml:"status" need:"" one:"planned|active|retiring|removed"`
	// the day on which customers were told
	AnnouncedOn Date `yaml:"announced_on"`
	// the day from which it receives data
	EffectiveOn Date `yaml:"effective_on"`
	// the day from which it receives nothing any more
	RemovedOn Date `yaml:"removed_on"`
	// the vendor that takes its place: the name of a file in subprocessors/
	ReplacedBy Ref[Subprocessor] `yaml:"replaced_by"`
	// for which customers it works
	//   - core: every customer
	//   - opt-in: customers that opted in
	//   - conditional: customers for whom condition holds
	Engagement Text `yaml:"engagement" one:"core|opt-in|conditional"`
	// when it receives data, with engagement: conditional
	Condition Text `yaml:"condition" max:"2000"`
	// what readers should know of it, in a sentence
	Summary Text `yaml:"summary" max:"2000"`
	// what it does with the data, in a sentence
	Purpose Text `yaml:"purpose" max:"2000"`
	// what it may receive: ids from data-classes.yaml; one stands for all that are part of it
	Data []Ref[DataClass] `yaml:"data"`
	// whose data it is: users, people who write to customers
	DataSubjects []Text `yaml:"data_subjects"`
	// where it works on the data
	Locations []Location `yaml:"locations"`
	// the legal ground on which personal data leaves the home region
	Transfer Transfer `yaml:"transfer"`
	// the data processing agreement
	DPA Agreement `yaml:"dpa"`
	// what its contract says of models, training and retention
	AI *AITerms `yaml:"ai"`
	// the highest level of data that it may receive
	ApprovedFor Text `yaml:"approved_for" one:"public|internal|confidential|restricted"`
	// the cloud through which it is reached, where that is a vendor of its own
	HostedBy Ref[Subprocessor] `yaml:"hosted_by" ref:"SUB08"`
	// who makes the models that it serves, where that is somebody else
	Maker Text `yaml:"maker"`
	// a look into the public register of the Data Privacy Framework
	Register Register `yaml:"register"`
	// the vendor's own reports and certificates: soc2-type2, iso27001
	Certified []Text `yaml:"certifications"`
	// who answers for it: an id from owners in site.yaml
	Owner Ref[Owner] `yaml:"owner"`
	// the day on which it was last reviewed
	ReviewedOn Date                 `yaml:"reviewed_on"`
	Internal   SubprocessorInternal `yaml:",inline"`

	Flows []*Flow `yaml:"-"` // flows with a step in this vendor; set by link, in the order of their ids
}

// SubprocessorInternal is what stays inside.
type SubprocessorInternal struct {
	Note Text `yaml:"note" max:"2000"` // a note for the company's own people
}

// The states of a sub-processor.
const (
	StatusPlanned  = "planned"
	StatusActive   = "active"
	StatusRetiring = "retiring"
	StatusRemoved  = "removed"
)

// Key gives what the sub-processor is called in references.
func (v *Subprocessor) Key() Key { return Key{KindSubprocessor, v.ID.Value} }

// Name gives the vendor's name.
func (v *Subprocessor) Name() string { return v.Title.Value }

// Published is false for a tool of the company's own people that no customer data reaches.
func (v *Subprocessor) Published() bool { return v.Role.Value != "internal-tool" }

// InUse reports whether the vendor receives data today.
func (v *Subprocessor) InUse() bool {
	return v.Status.Value == StatusActive || v.Status.Value == StatusRetiring
}

// ObjectUntil gives the last day on which customers may object to a vendor: the promised time after the day on which they were told; 0 where nothing is promised,
// or nobody was told.
func (r *Records) ObjectUntil(v *Subprocessor) Day {
	window := r.Config.Promises.ObjectionWindow.Period
	if window.IsZero() || v.AnnouncedOn.IsZero() {
		return 0
	}
	return v.AnnouncedOn.Day.Add(window)
}

// HasPersonalData reports whether any class declared for the vendor is personal.
func (v *Subprocessor) HasPersonalData() bool {
	for _, d := range v.Data {
		if d.To != nil && d.To.IsPersonal() {
			return true
		}
	}
	return false
}

// A Location is a country where a vendor works on the data.
type Location struct {
	// the country: ISO 3166-1 alpha-2, or EU
	Country Text `yaml:"country" need:"" form:"country"`
	// the region, as the vendor names it
	Region Text `yaml:"region"`
	// what happens there
	//   - process: the data is worked on
	//   - store: the data is kept
	//   - support: support staff may see it
	//   - access: it is reached from there
	Activity []Text `yaml:"activity" one:"process|store|support|access"`
}

// Transfer is the legal ground on which personal data leaves the home region (GDPR, chapter V).
type Transfer struct {
	// the ground
	//   - none: none is needed
	//   - scc: standard contractual clauses
	//   - adequacy: an adequacy decision
	//   - dpf: the Data Privacy Framework
	//   - bcr: binding corporate rules
	//   - uk-idta: the UK international data transfer agreement
	Mechanism Text `yaml:"mechanism" one:"none|scc|adequacy|dpf|bcr|uk-idta"`
	// the module of the standard contractual clauses, 1 to 4
	Module Number `yaml:"module"`
}

// An Agreement is the data processing agreement with a vendor (GDPR, article 28).
type Agreement struct {
	URL      Text          `yaml:"url" form:"url"` // where its text is
	SignedOn Date          `yaml:"signed_on"`      // the day on which it was signed
	Evidence Ref[Evidence] `yaml:"evidence"`       // the signed copy: an id from evidence.yaml
}

// A Register is a dated look into the public register of the Data Privacy Framework.
type Register struct {
	CheckedOn Date `yaml:"checked_on"` // the day of the look
	ListedAs  Text `yaml:"listed_as"`  // the name under which the vendor is listed
}

// AITerms are what a vendor's contract says of models and of the data sent to them.
type AITerms struct {
	// what the vendor does for AI features
	//   - model: runs a model of its own
	//   - embedding: makes embeddings
	//   - vector-store: keeps vectors
	//   - fine-tuning: tunes models
	//   - inference-host: hosts models
	//   - tracing: traces model calls
	Role Text `yaml:"role" one:"model|embedding|vector-store|fine-tuning|inference-host|tracing"`
	// whether it trains on the data
	Training TrainingTerms `yaml:"training"`
	// what it keeps of prompts and outputs, and for how long
	Retention RetentionTerms `yaml:"retention"`
	// whether people at the vendor read the data
	//   - none: nobody reads it
	//   - abuse-only: after signs of abuse only
	//   - yes: they may read it
	HumanReview Text `yaml:"human_review" one:"none|abuse-only|yes"`
}

// TrainingTerms say whether the vendor trains on the data.
type TrainingTerms struct {
	// whether it trains on the data
	//   - never: it does not
	//   - opt-in: only when asked to
	//   - always: it does
	//   - unknown: nothing is known
	Used Text `yaml:"used" one:"never|opt-in|always|unknown"`
	// what that rests on
	//   - contract: the contract
	//   - policy: a policy that the vendor published
	//   - setting: a setting of the account
	Basis Text `yaml:"basis" one:"contract|policy|setting"`
	// the proof: an id from evidence.yaml
	Evidence Ref[Evidence] `yaml:"evidence"`
	// the day on which somebody last looked
	CheckedOn Date `yaml:"checked_on"`
}

// RetentionTerms say what the vendor keeps of prompts and outputs, and for how long.
type RetentionTerms struct {
	// how long it keeps prompts and outputs
	//   - zero-retention: nothing is kept, but for what exceptions names
	//   - days: for as long as keep says
	//   - unknown: nothing is known
	State Text `yaml:"state" one:"zero-retention|days|unknown"`
	// how long, with state: days
	Keep Duration `yaml:"keep"`
	// the agreement: an id from evidence.yaml
	Evidence Ref[Evidence] `yaml:"evidence"`
	// the day on which it was signed
	SignedOn Date `yaml:"signed_on"`
	// the day from which it holds
	EffectiveOn Date `yaml:"effective_on"`
	// the day on which it ends
	Expires Date `yaml:"expires"`
	// the day on which somebody last looked
	CheckedOn Date `yaml:"checked_on"`
	// what is kept all the same
	Exceptions []Text `yaml:"exceptions"`
	// what the agreement covers
	Covers Coverage `yaml:"covers"`
}

// ZeroRetention is the state of a vendor that keeps nothing.
const ZeroRetention = "zero-retention"

// Coverage is what an agreement covers. An empty list of projects or endpoints means all; of features, none.
type Coverage struct {
	// projects of the account; all where none is named
	Projects []Text `yaml:"projects"`
	// interfaces of the vendor; all where none is named
	Endpoints []Text `yaml:"endpoints"`
	// features that it covers; each keeps data unless it is named
	Features []Text `yaml:"features" one:"files|batch|caching|web-search|stored-state|fine-tuning|code-execution"`
}
