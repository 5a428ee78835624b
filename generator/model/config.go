package model

import "candor/generator/source"

// Config is site.yaml: the company, its promises, and what the rest of the content refers to by a short name.
type Config struct {
	File *source.File `yaml:"-"`
	// who publishes the site
	Company Company `yaml:"company" need:""`
	// the address under which the site is published
	BaseURL Text `yaml:"base_url" need:"" form:"url"`
	// what the company's product does, in a sentence or two, for the front page
	Summary Text `yaml:"summary" max:"2000"`
	// where the company's customers expect their data to stay: EU, or the code of a country
	HomeRegion Text `yaml:"home_region"`
	// where the product is sold: EU, or codes of countries
	Markets []Text `yaml:"markets"`
	// addresses that readers may write to
	Contacts Contacts `yaml:"contacts" need:""`
	// what stands in /.well-known/security.txt beside the contact (RFC 9116)
	SecurityTxt SecurityTxt `yaml:"security_txt"`
	// the theme: default, handbook, or a folder in themes/ of the site folder
	Theme Text `yaml:"theme"`
	// what makes the site look like the company's own
	Brand Brand `yaml:"brand"`
	// what the contracts say; the rest of the content is held against it
	Promises Promises `yaml:"promises"`
	// how often things are looked at again
	Review Review `yaml:"review"`
	// the standards and questionnaires that the site answers to: soc2-security, mvsp
	Frameworks []Text `yaml:"frameworks"`
	// what the page of controls shows
	Controls ControlsPage `yaml:"controls"`
	// what every reader expects to find among the policies
	Required Required `yaml:"required"`
	// the answers that the front page shows, in its order
	FeaturedAnswers []Ref[Answer] `yaml:"featured_answers"`
	// the topics of answers, in the order in which they are shown; the id is the name of the file in answers/
	Topics []*TopicTitle `yaml:"topics"`
	// the trust boundaries on the company's own side of data flows, by their ids
	Boundaries []*Boundary `yaml:"boundaries,keyed" ids:"name"`
	// the roles that answer for something, by their ids
	Owners []*Owner `yaml:"owners,keyed" ids:"name"`
	// findings that are taken off the list, for a reason and a time
	Exceptions []Exception `yaml:"exceptions"`
}

// Company is who publishes the site.
type Company struct {
	Name        Text `yaml:"name" need:""`       // what the company is called
	LegalEntity Text `yaml:"legal_entity"`       // the name in contracts
	Product     Text `yaml:"product"`            // the product that the site is about
	Website     Text `yaml:"website" form:"url"` // where the company presents itself
}

// Contacts are the addresses that are published.
type Contacts struct {
	Security  Text   `yaml:"security" need:"" form:"contact"` // whom to tell of a weakness: an e-mail address or a web page
	Privacy   Text   `yaml:"privacy" form:"contact"`          // whom to ask about personal data: an e-mail address or a web page
	Documents Text   `yaml:"documents" form:"contact"`        // whom to ask for documents that are not public: an e-mail address or a web page
	Others    []Text `yaml:"others" form:"contact"`           // further addresses that texts may name
}

// SecurityTxt is what RFC 9116 asks for beside the contact.
type SecurityTxt struct {
	At              source.Span `yaml:"-"`               // the key in site.yaml
	Expires         Date        `yaml:"expires"`         // the day from which the file is not to be trusted any more, at most a year ahead
	Policy          Text        `yaml:"policy"`          // the policy on reports of weaknesses: an address on this site or elsewhere
	Languages       []Text      `yaml:"languages"`       // the languages in which reports are read: en
	Acknowledgments Text        `yaml:"acknowledgments"` // the page that thanks those who reported something
	Encryption      Text        `yaml:"encryption"`      // where the key to encrypt a report with is
	Hiring          Text        `yaml:"hiring"`          // the page with open positions in security
}

// Brand makes the site look like the company's own.
type Brand struct {
	Accent   Text `yaml:"accent" form:"color"`   // the color of links and marks, #rrggbb; it has to be readable as text (BRD01)
	Logo     Text `yaml:"logo" form:"path"`      // the logo: a path in content/
	LogoDark Text `yaml:"logo_dark" form:"path"` // the logo on dark pages, where the other one cannot be seen: a path in content/
	Favicon  Text `yaml:"favicon" form:"path"`   // the icon of the browser's tab: a path in content/
	Font     Text `yaml:"font" form:"font"`      // the font stack of all text but code, which ends in a generic name: Inter, "Helvetica Neue", sans-serif
	Radius   Text `yaml:"radius" form:"radius"`  // how round boxes are: 0 to 16 pixels, as 8, 8px or .5rem
}

// Promises are what the contracts say; the rest of the content is held against them.
type Promises struct {
	// how long before a new sub-processor receives data customers are told
	SubprocessorNotice Duration `yaml:"subprocessor_notice"`
	// how long customers may object to a new sub-processor
	ObjectionWindow Duration `yaml:"objection_window"`
	// within how many hours customers are told of an incident
	IncidentNoticeHours Number `yaml:"incident_notice_hours"`
	// the only places where customer data is processed: EU, or codes of countries
	Regions []Text `yaml:"regions"`
	// the longest time for which prompts are kept
	PromptLogs Duration `yaml:"prompt_logs"`
	// whether models are trained on customer data
	//   - never: no customer's data trains a model
	//   - opt-in: only data of customers that agreed
	//   - always: data of every customer
	TrainsOnCustomerData Text `yaml:"trains_on_customer_data" one:"never|opt-in|always"`
}

// Review holds how often things are looked at again.
type Review struct {
	Policies      Duration `yaml:"policies"`               // how often a policy is reviewed
	Answers       Duration `yaml:"answers"`                // how often an answer is checked
	Subprocessors Duration `yaml:"subprocessors"`          // how often a sub-processor is reviewed
	Critical      Duration `yaml:"critical_subprocessors"` // how often a sub-processor of tier critical is reviewed, where that is more often
	Models        Duration `yaml:"models"`                 // how often the approval of a model is reviewed
	Access        Duration `yaml:"access"`                 // how often access to what holds customer data is reviewed
	Flows         Duration `yaml:"flows"`                  // how often a data flow is held against reality
	Incidents     Duration `yaml:"incidents"`              // how often the incident policy is exercised
}

// ControlsPage says what the page of controls shows: what has current evidence, or what is claimed too, marked as such.
type ControlsPage struct {
	// what the page of controls shows
	//   - evidenced: criteria with current evidence alone
	//   - claimed: those that are claimed too, marked as such
	Show Text `yaml:"show" one:"evidenced|claimed" default:"evidenced"`
}

// Required is what every reader expects to find: policies by their ids, and headings that every policy has.
type Required struct {
	At       source.Span   `yaml:"-"`                    // the key in site.yaml
	Policies []Ref[Policy] `yaml:"policies" ref:"POL05"` // ids of policies that there must be
	Headings []Text        `yaml:"headings"`             // headings that every policy must have
}

// A TopicTitle names a topic of answers and gives its place in the order.
type TopicTitle struct {
	ID    Text `yaml:"id" need:""`    // the name of the file in answers/, without its ending
	Title Text `yaml:"title" need:""` // what readers call the topic
}

// A Boundary is a trust boundary on the company's own side of a data flow.
type Boundary struct {
	Header      `yaml:",inline"`
	Title       Text `yaml:"title" need:""`                                              // what the boundary is called in pictures
	Region      Text `yaml:"region"`                                                     // where it is: EU, or the code of a country
	ApprovedFor Text `yaml:"approved_for" one:"public|internal|confidential|restricted"` // the highest level of data that may be worked on inside
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
	Title    Text          `yaml:"title" need:""` // the title of the role, which is published
	Internal OwnerInternal `yaml:",inline"`
}

// OwnerInternal is what stays inside.
type OwnerInternal struct {
	Person Text `yaml:"person"` // who has the role
	Email  Text `yaml:"email"`  // how to reach them
}

// Key gives what the owner is called in references.
func (o *Owner) Key() Key { return Key{KindOwner, o.ID.Value} }

// Name gives the title.
func (o *Owner) Name() string { return o.Title.Value }

// Published is true: the title of an owner is shown.
func (o *Owner) Published() bool { return true }
