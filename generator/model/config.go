package model

import "candor/generator/source"

// Config is site.yaml: the company, its promises, and what the rest of the content refers to by a short name.
type Config struct {
	File            *source.File  `yaml:"-"`
	Company         Company       `yaml:"company" need:""`
	BaseURL         Text          `yaml:"base_url" need:"" form:"url"`
	Summary         Text          `yaml:"summary" max:"2000"`
	HomeRegion      Text          `yaml:"home_region"`
	Markets         []Text        `yaml:"markets"`
	Contacts        Contacts      `yaml:"contacts" need:""`
	SecurityTxt     SecurityTxt   `yaml:"security_txt"`
	Brand           Brand         `yaml:"brand"`
	Promises        Promises      `yaml:"promises"`
	Review          Review        `yaml:"review"`
	Frameworks      []Text        `yaml:"frameworks"`
	Required        Required      `yaml:"required"`
	FeaturedAnswers []Ref[Answer] `yaml:"featured_answers"`
	Topics          []*TopicTitle `yaml:"topics"`
	Boundaries      []*Boundary   `yaml:"boundaries,keyed" ids:"name"`
	Owners          []*Owner      `yaml:"owners,keyed" ids:"name"`
	Exceptions      []Exception   `yaml:"exceptions"`
}

// Company is who publishes the site.
type Company struct {
	Name        Text `yaml:"name" need:""`
	LegalEntity Text `yaml:"legal_entity"`
	Product     Text `yaml:"product"`
	Website     Text `yaml:"website" form:"url"`
}

// Contacts are the addresses that are published.
type Contacts struct {
	Security  Text   `yaml:"security" need:"" form:"contact"`
	Privacy   Text   `yaml:"privacy" form:"contact"`
	Documents Text   `yaml:"documents" form:"contact"`
	Others    []Text `yaml:"others" form:"contact"` // further addresses that texts may name
}

// SecurityTxt is what RFC 9116 asks for beside the contact.
type SecurityTxt struct {
	At              source.Span `yaml:"-"` // the key in site.yaml
	Expires         Date        `yaml:"expires"`
	Policy          Text        `yaml:"policy"`
	Languages       []Text      `yaml:"languages"`
	Acknowledgments Text        `yaml:"acknowledgments"`
	Encryption      Text        `yaml:"encryption"`
	Hiring          Text        `yaml:"hiring"`
}

// Brand makes the site look like the company's own.
type Brand struct {
	Accent  Text `yaml:"accent" form:"color"` // #rrggbb
	Logo    Text `yaml:"logo" form:"path"`    // a path in content/
	Favicon Text `yaml:"favicon" form:"path"` // a path in content/
}

// Promises are what the contracts say; the rest of the content is held against them.
type Promises struct {
	SubprocessorNotice   Duration `yaml:"subprocessor_notice"`
	ObjectionWindow      Duration `yaml:"objection_window"`
	IncidentNoticeHours  Number   `yaml:"incident_notice_hours"`
	Regions              []Text   `yaml:"regions"`
	PromptLogs           Duration `yaml:"prompt_logs"`
	TrainsOnCustomerData Text     `yaml:"trains_on_customer_data" one:"never|opt-in|always"`
}

// Review holds how often things are looked at again.
type Review struct {
	Policies      Duration `yaml:"policies"`
	Answers       Duration `yaml:"answers"`
	Subprocessors Duration `yaml:"subprocessors"`
	Critical      Duration `yaml:"critical_subprocessors"` // those of tier critical, when they are looked at more often
	Models        Duration `yaml:"models"`
	Access        Duration `yaml:"access"`
	Flows         Duration `yaml:"flows"`
	Incidents     Duration `yaml:"incidents"` // how often the incident policy is exercised
}

// Required is what every reader expects to find: policies by their ids, and headings that every policy has.
type Required struct {
	At       source.Span `yaml:"-"` // the key in site.yaml
	Policies []Text      `yaml:"policies"`
	Headings []Text      `yaml:"headings"`
}

// A TopicTitle names a topic of answers and gives its place in the order.
type TopicTitle struct {
	ID    Text `yaml:"id" need:""`
	Title Text `yaml:"title" need:""`
}

// A Boundary is a trust boundary on the company's own side of a data flow.
type Boundary struct {
	Header      `yaml:",inline"`
	Title       Text `yaml:"title" need:""`
	Region      Text `yaml:"region"`
	ApprovedFor Text `yaml:"approved_for" one:"public|internal|confidential|restricted"`
}

// Key gives what the boundary is called in references.
func (b *Boundary) Key() Key { return Key{KindBoundary, b.ID.Value} }

// Name gives the title.
func (b *Boundary) Name() string { return b.Title.Value }

// Published is true: boundaries are drawn.
func (b *Boundary) Published() bool { return true }

// CustomerBoundary is the id of the boundary that every site has: the customer's own side.
const CustomerBoundary = "customer"

// An Owner is a role that answers for something. The title is public, the person is not.
type Owner struct {
	Header   `yaml:",inline"`
	Title    Text          `yaml:"title" need:""`
	Internal OwnerInternal `yaml:",inline"`
}

// OwnerInternal is what stays inside.
type OwnerInternal struct {
	Person Text `yaml:"person"`
	Email  Text `yaml:"email"`
}

// Key gives what the owner is called in references.
func (o *Owner) Key() Key { return Key{KindOwner, o.ID.Value} }

// Name gives the title.
func (o *Owner) Name() string { return o.Title.Value }

// Published is true: the title of an owner is shown.
func (o *Owner) Published() bool { return true }
