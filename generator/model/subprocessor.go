package model

// A Subprocessor is a vendor that receives data: subprocessors/*.yaml.
type Subprocessor struct {
	Header       `yaml:",inline"`
	Title        Text                 `yaml:"name" need:""`
	LegalEntity  Text                 `yaml:"legal_entity"`
	Address      Text                 `yaml:"address" max:"2000"`
	Country      Text                 `yaml:"country" form:"country"` // ISO 3166-1 alpha-2
	Website      Text                 `yaml:"website" form:"url"`
	TrustURL     Text                 `yaml:"trust_url" form:"url"`
	Contact      Text                 `yaml:"contact"`
	Category     Text                 `yaml:"category" need:"" one:"llm-api|cloud-host|vector-database|fine-tuning|inference|payments|monitoring|error-tracking|email|support|source-control|analytics|identity|storage|security|communication|other"`
	Role         Text                 `yaml:"role" one:"subprocessor|internal-tool" default:"subprocessor"`
	Tier         Text                 `yaml:"tier" one:"critical|standard"`
	Status       Text                 `yaml:"status" need:"" one:"planned|active|retiring|removed"`
	AnnouncedOn  Date                 `yaml:"announced_on"`
	EffectiveOn  Date                 `yaml:"effective_on"`
	RemovedOn    Date                 `yaml:"removed_on"`
	ReplacedBy   Ref[Subprocessor]    `yaml:"replaced_by"`
	Engagement   Text                 `yaml:"engagement" one:"core|opt-in|conditional"`
	Condition    Text                 `yaml:"condition" max:"2000"`
	Summary      Text                 `yaml:"summary" max:"2000"`
	Purpose      Text                 `yaml:"purpose" max:"2000"`
	Data         []Ref[DataClass]     `yaml:"data"`
	DataSubjects []Text               `yaml:"data_subjects"`
	Locations    []Location           `yaml:"locations"`
	Transfer     Transfer             `yaml:"transfer"`
	DPA          Agreement            `yaml:"dpa"`
	AI           *AITerms             `yaml:"ai"`
	ApprovedFor  Text                 `yaml:"approved_for" one:"public|internal|confidential|restricted"`
	HostedBy     Ref[Subprocessor]    `yaml:"hosted_by" ref:"SUB08"`
	Maker        Text                 `yaml:"maker"`
	Register     Register             `yaml:"register"`
	Certified    []Text               `yaml:"certifications"`
	Owner        Ref[Owner]           `yaml:"owner"`
	ReviewedOn   Date                 `yaml:"reviewed_on"`
	Internal     SubprocessorInternal `yaml:",inline"`

	Flows []*Flow `yaml:"-"` // flows with a step in this vendor; set by link, in the order of their ids
}

// SubprocessorInternal is what stays inside.
type SubprocessorInternal struct {
	Note Text `yaml:"note" max:"2000"`
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
	Country  Text   `yaml:"country" need:"" form:"country"` // ISO 3166-1 alpha-2, or EU
	Region   Text   `yaml:"region"`
	Activity []Text `yaml:"activity" one:"process|store|support|access"`
}

// Transfer is the legal ground on which personal data leaves the home region (GDPR, chapter V).
type Transfer struct {
	Mechanism Text   `yaml:"mechanism" one:"none|scc|adequacy|dpf|bcr|uk-idta"`
	Module    Number `yaml:"module"` // of the standard contractual clauses, 1 to 4
}

// An Agreement is the data processing agreement with a vendor (GDPR, article 28).
type Agreement struct {
	URL      Text          `yaml:"url" form:"url"`
	SignedOn Date          `yaml:"signed_on"`
	Evidence Ref[Evidence] `yaml:"evidence"`
}

// A Register is a dated look into the public register of the Data Privacy Framework.
type Register struct {
	CheckedOn Date `yaml:"checked_on"`
	ListedAs  Text `yaml:"listed_as"`
}

// AITerms are what a vendor's contract says of models and of the data sent to them.
type AITerms struct {
	Role        Text           `yaml:"role" one:"model|embedding|vector-store|fine-tuning|inference-host|tracing"`
	Training    TrainingTerms  `yaml:"training"`
	Retention   RetentionTerms `yaml:"retention"`
	HumanReview Text           `yaml:"human_review" one:"none|abuse-only|yes"`
}

// TrainingTerms say whether the vendor trains on the data.
type TrainingTerms struct {
	Used      Text          `yaml:"used" one:"never|opt-in|always|unknown"`
	Basis     Text          `yaml:"basis" one:"contract|policy|setting"`
	Evidence  Ref[Evidence] `yaml:"evidence"`
	CheckedOn Date          `yaml:"checked_on"`
}

// RetentionTerms say what the vendor keeps of prompts and outputs, and for how long.
type RetentionTerms struct {
	State       Text          `yaml:"state" one:"zero-retention|days|unknown"`
	Keep        Duration      `yaml:"keep"`
	Evidence    Ref[Evidence] `yaml:"evidence"`
	SignedOn    Date          `yaml:"signed_on"`
	EffectiveOn Date          `yaml:"effective_on"`
	Expires     Date          `yaml:"expires"`
	CheckedOn   Date          `yaml:"checked_on"`
	Exceptions  []Text        `yaml:"exceptions"`
	Covers      Coverage      `yaml:"covers"`
}

// ZeroRetention is the state of a vendor that keeps nothing.
const ZeroRetention = "zero-retention"

// Coverage is what an agreement covers. An empty list of projects or endpoints means all; of features, none.
type Coverage struct {
	Projects  []Text `yaml:"projects"`
	Endpoints []Text `yaml:"endpoints"`
	Features  []Text `yaml:"features" one:"files|batch|caching|web-search|stored-state|fine-tuning|code-execution"` // that keep data unless they are named
}
