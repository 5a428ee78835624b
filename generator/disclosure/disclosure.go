// Package disclosure tells every public fact of a site once, for machines, and what changed since an earlier time.
//
// In comes a linked site, the day, and the document of the last publication, if there is one; out comes a Document: what /trust.json holds, what the
// feeds and the page of updates list, what a notice and a comparison of two sites read. Only what a page shows is in it: nothing internal, nothing of a record
// that is not published, no private answer, no share, and no control that the page of controls leaves out.
//
// What a record tells is a Go struct, and these structs are all there is: the JSON, its schema and the comparison are made from their fields and tags, so a
// field that is added is written, described and compared without a line more. Nothing here reads the clock, a file or the network.
//
// # Tags
//
// The json tag names the key. The kind tag says what kind of records a list of the Document holds. The words tag says what people call the fact, "legal entity"; each is what one element of a list is called, "location". The as tag names a
// vocabulary, by which a value is said in words. The ref tag says what kind of record a text names by its id: an earlier id of the same record is no
// other value. The key tag marks the fields by which the elements of a list are told apart; elements without one are compared whole. Lists are compared as sets: their
// order is no fact.
package disclosure

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"candor/generator/model"
)

// Version is the version of the format. It rises when a key is renamed or removed or means something else; keys that are added leave it as it is.
const Version = 1

// The names of the files at the root of a site.
const (
	Name       = "trust.json"
	SchemaName = "trust.schema.json"
)

// Schema is the JSON Schema of a Document, written by the tests from the structs of this package.
//
//go:embed trust.schema.json
var Schema []byte

// KindSite is the kind of the two records that the facts of the site itself are.
const KindSite model.Kind = "site"

// The ids of these records.
const (
	IDCompany  = "company"
	IDPromises = "promises"
)

// A Day is a calendar day, YYYY-MM-DD, or "" for none. Days compare as texts.
type Day string

// dayOf gives a day as it is written.
func dayOf(d model.Day) Day { return Day(d.String()) }

// Time gives the day as the model counts days, 0 for what is no day.
func (d Day) Time() model.Day {
	day, err := model.ParseDay(string(d))
	if err != nil {
		return 0
	}
	return day
}

// Long gives the day as people write it: 2 January 2006; what is no day is given as it is.
func (d Day) Long() string {
	if day := d.Time(); day != 0 {
		return day.Long()
	}
	return string(d)
}

// A Document is every public fact of a trust center, each once.
type Document struct {
	Schema         string          `json:"$schema"`                                       // the address of the schema that describes this file
	Version        int             `json:"version"`                                       // the version of the format: 1
	Site           Site            `json:"site"`                                          // whose trust center it is, and what this file was made from
	Promises       Promises        `json:"promises"`                                      // what the contracts say
	Boundaries     []Boundary      `json:"boundaries,omitempty" kind:"boundary"`          // the company's own sides of data flows
	DataClasses    []DataClass     `json:"data_classes,omitempty" kind:"data class"`      // the kinds of data
	Policies       []Policy        `json:"policies,omitempty" kind:"policy"`              // the policies that everybody may read
	Subprocessors  []Subprocessor  `json:"subprocessors,omitempty" kind:"subprocessor"`   // the vendors that receive data, also planned and removed ones
	Flows          []Flow          `json:"flows,omitempty" kind:"flow"`                   // the paths of data through the product
	Models         []Model         `json:"models,omitempty" kind:"model"`                 // the approved models of vendors
	TunedModels    []TunedModel    `json:"tuned_models,omitempty" kind:"model"`           // the models that were trained further, with the record of that training
	Controls       []Control       `json:"controls,omitempty" kind:"control"`             // what is done again and again, as far as the page of controls shows it
	Certifications []Certification `json:"certifications,omitempty" kind:"certification"` // reports, certificates and tests in their true state
	Documents      []Paper         `json:"documents,omitempty" kind:"document"`           // reports and papers that readers may have or ask for
	Answers        []Answer        `json:"answers,omitempty" kind:"answer"`               // the answers that everybody may read
	Updates        []Update        `json:"updates,omitempty" kind:"update"`               // notices and news, newest first
	Changes        []Entry         `json:"changes,omitempty"`                             // what was told and what changed, newest first: what the feeds list
}

// A Site says whose trust center it is, and what the document was made from.
type Site struct {
	Company     string       `json:"company" words:"company"`                              // what the company is called
	LegalEntity string       `json:"legal_entity,omitempty" words:"legal entity"`          // its name in contracts
	Product     string       `json:"product,omitempty" words:"product"`                    // the product that the site is about
	Website     string       `json:"website,omitempty" words:"website"`                    // where the company presents itself
	Summary     string       `json:"summary,omitempty" words:"summary"`                    // what the product does
	BaseURL     string       `json:"base_url" words:"address of the site"`                 // the address of the trust center, without a slash at its end
	Contacts    Contacts     `json:"contacts" words:"contact"`                             // whom to write to
	SecurityTxt *SecurityTxt `json:"security_txt,omitempty" words:"security.txt"`          // what stands in /.well-known/security.txt beside the contact
	Frameworks  []string     `json:"frameworks,omitempty" words:"frameworks in scope"`     // the standards that the site answers to
	Authority   string       `json:"authority,omitempty" words:"authority of identifiers"` // the host name that the ids of feeds were minted under; it outlives a move of the site
	BuiltOn     Day          `json:"built_on" words:"built on"`                            // the day that states of today count from
	ContentHash string       `json:"content_hash,omitempty" words:"content"`               // names the content that the site was made from
	Generator   string       `json:"generator,omitempty" words:"generator"`                // the program and its version
}

// Contacts are whom to write to: e-mail addresses, or addresses on the web.
type Contacts struct {
	Security  string `json:"security,omitempty" words:"for security"`   // reports of weaknesses and incidents
	Privacy   string `json:"privacy,omitempty" words:"for privacy"`     // personal data, and objections to sub-processors
	Documents string `json:"documents,omitempty" words:"for documents"` // requests for reports and agreements
}

// SecurityTxt is what RFC 9116 asks for beside the contact.
type SecurityTxt struct {
	Expires         Day      `json:"expires,omitempty" words:"expires" as:"day"`               // the day from which the file is not to be trusted any more
	Policy          string   `json:"policy,omitempty" words:"policy on reports"`               // the address of the policy on reports of weaknesses
	Languages       []string `json:"languages,omitempty" words:"languages"`                    // the languages in which reports are read
	Acknowledgments string   `json:"acknowledgments,omitempty" words:"thanks to who reported"` // the address of the page that thanks those who reported something
	Encryption      string   `json:"encryption,omitempty" words:"key for encryption"`          // where the key to encrypt a report with is
	Hiring          string   `json:"hiring,omitempty" words:"open positions"`                  // the address of the page with open positions
}

// Promises are what the contracts say.
type Promises struct {
	SubprocessorNotice   string   `json:"subprocessor_notice,omitempty" words:"notice before a new sub-processor" as:"period"`         // how long before a new sub-processor receives data customers are told: 30d
	ObjectionWindow      string   `json:"objection_window,omitempty" words:"time to object to a sub-processor" as:"period"`            // for how long after the announcement customers may object: 14d
	IncidentNoticeHours  *int     `json:"incident_notice_hours,omitempty" words:"hours until customers are told of an incident"`       // in hours
	Regions              []string `json:"regions,omitempty" words:"regions of processing" as:"country"`                                // the only places where customer data is processed: EU, or codes of countries
	PromptLogs           string   `json:"prompt_logs,omitempty" words:"longest time for which prompts are kept" as:"period"`           // such as 30d
	TrainsOnCustomerData string   `json:"trains_on_customer_data,omitempty" words:"training of models on customer data" as:"training"` // never, opt-in or always
}

// Options are what a document is made with besides the content.
type Options struct {
	BaseURL     string    // in the place of base_url of site.yaml, unless ""
	Version     string    // of the program, may be ""
	ContentHash string    // of all content, in hex, may be ""
	Since       *Document // of the last publication: its entries are carried on, and what differs is told; nil for none
}

// JSON gives the document as the file holds it: the same for the same document.
func (d *Document) JSON() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	whole := *d
	whole.Answers = Letters(d.Answers)
	if err := e.Encode(&whole); err != nil {
		return nil, fmt.Errorf("write %s: %w", Name, err)
	}
	return out.Bytes(), nil
}
