// Package model is the vocabulary of a trust center: what an author can write, and what it means once linked.
//
// parse fills a Draft: every value with the place where it stands, references as the names that were typed. link turns the Draft
// into a Site: the same records, with every reference pointing at its record and every record knowing who refers to it. check,
// page and export read the Site. Nothing here reads files, knows the day, or decides what is wrong.
//
// # What is public
//
// A record's fields are published, but for those that stand in its Internal struct; Published says whether the record as a whole is.
// Packages that make pages may not touch a field of that name (a test of theirs holds them to it), and the build holds every byte it
// writes against the values found in them. So a new field that must stay inside goes into Internal, and nothing else is to be done.
//
// # Tags
//
// The yaml tag names the key. After it: "inline" takes the fields of a struct as if they stood here, "short" marks the field for which a
// single text may stand in the place of the mapping, "keyed" reads a mapping of id to record into a slice in the order of the file, "value" takes the whole value where a mapping would stand, "one" allows a single item
// in the place of a list, "-" is not written by authors. The one tag lists the words that an enumeration allows; the form tag names a
// notation (url, contact, country, color, path, font, radius); the max tag is the most characters of a text or items of a list, 500 and 1,000 where
// nothing is said; the need tag marks a key whose absence is a SCH01 finding (others are missed by the rule that needs them), with
// need:"link" one that link reports; the ids tag says which ids the keys of a mapping, or a text, may be: page for part of an address, name for
// what is only referred to; the default tag is the word that counts where none is written; the ref tag names the rule that
// reports a reference to nothing, where that is not SCH01, and is "-" where the name of something else may stand as well.
//
// # Comments
//
// The comment on a field with a yaml tag is what an author's editor shows for the key: what is to be written there, as a phrase in lower case.
// A list in it says what each word of an enumeration means. The package embeds its own source, so that the JSON Schemas have them.
package model

import "candor/generator/source"

// A Text is a string or number as it was written.
type Text struct {
	Value string
	At    source.Span
}

// IsZero reports whether nothing was written.
func (t Text) IsZero() bool { return t.Value == "" }

// String gives the text.
func (t Text) String() string { return t.Value }

// A Date is a day as it was written, YYYY-MM-DD.
type Date struct {
	Day Day // 0 when nothing was written
	At  source.Span
}

// IsZero reports whether no date was written.
func (d Date) IsZero() bool { return d.Day == 0 }

// A Duration is a number of days, months or years as it was written: 30d, 12m, 1y.
type Duration struct {
	Period
	At source.Span
}

// A Flag is true or false as it was written.
type Flag struct {
	Set   bool // whether it was written at all
	Value bool
	At    source.Span
}

// A Number is a whole number as it was written.
type Number struct {
	Set   bool
	Value int
	At    source.Span
}

// A Ref names another record by its id; link sets To.
type Ref[T any] struct {
	Text
	To *T // nil when nothing has that name
}

// A Kind is a kind of record, in the singular, as citations spell it: "policy:access-control".
type Kind string

// The kinds of records that others can refer to.
const (
	KindPolicy        Kind = "policy"
	KindSubprocessor  Kind = "subprocessor"
	KindFlow          Kind = "flow"
	KindAnswer        Kind = "answer"
	KindControl       Kind = "control"
	KindCertification Kind = "certification"
	KindDocument      Kind = "document"
	KindModel         Kind = "model"
	KindEvidence      Kind = "evidence"
	KindUpdate        Kind = "update"
	KindDataClass     Kind = "data class"
	KindOwner         Kind = "owner"
	KindBoundary      Kind = "boundary"
	KindShare         Kind = "share"
)

// Spoken gives the kind as people write it.
func (k Kind) Spoken() string {
	if k == KindSubprocessor {
		return "sub-processor"
	}
	return string(k)
}

// Citable are the kinds that can be shown as proof, in the order in which they are suggested.
var Citable = []Kind{KindPolicy, KindSubprocessor, KindFlow, KindControl, KindEvidence, KindCertification, KindDocument, KindModel, KindAnswer}

// A Record is anything with an id of its own.
type Record interface {
	Key() Key           // what it is and its id
	Name() string       // what people call it
	Place() source.Span // where its id or title stands
	Published() bool    // whether readers may know of it at all
}

// A Key names one record of a site.
type Key struct {
	Kind Kind
	ID   string
}

// String gives the key as a citation spells it.
func (k Key) String() string { return string(k.Kind) + ":" + k.ID }

// A Citation names a record of any kind that can be shown as proof: "policy:access-control"; link sets To.
type Citation struct {
	Text
	To Record // nil when nothing has that name
}

// A Meeting names a criterion that a policy or control meets: "CC6.1", "mvsp-4.2".
type Meeting = Text

// An Exception takes one rule's findings in its file off the list, for a reason and for a time.
type Exception struct {
	Rule    Text       `yaml:"rule" need:""`              // the id of the rule: SUB07
	Reason  Text       `yaml:"reason" max:"2000" need:""` // why the gap is acceptable until then
	Owner   Ref[Owner] `yaml:"owner" need:""`             // who answers for it: an id from owners in site.yaml
	Expires Date       `yaml:"expires" need:""`           // the day on which the exception ends
	In      Text       `yaml:"in"`                        // in site.yaml, the file of the findings when that is one in which no exception can stand
}

// A Header holds what every record with a life of its own has.
type Header struct {
	ID         Text         `yaml:"-"`
	File       *source.File `yaml:"-"`
	Extent     source.Span  `yaml:"-"`          // all lines of the record: of its file, or of its entry in a list
	Aliases    []Text       `yaml:"aliases"`    // ids that the record had before; links to them still work
	Exceptions []Exception  `yaml:"exceptions"` // findings in this record that are taken off the list, for a reason and a time
}

// Head gives the header itself, of whatever record it is.
func (h *Header) Head() *Header { return h }

// Place gives where the record's id stands: in a mapping its key, else the first line of its file.
func (h *Header) Place() source.Span { return h.ID.At }

// A Draft is a site as it was written.
type Draft struct {
	Records
}

// A Site is a draft whose references were resolved.
type Site struct {
	Records

	Index map[Key]Record // every record by its key, aliases too; for look-ups, never ranged over
	Signs []Sign         // of vendors in the source code that flows are built from, by file and place; not published
	Look  Look           // what is known of the theme; not published
}

// Records are all records of a site, each kind in the order of its ids or of its file.
type Records struct {
	Config         *Config // never nil
	DataClasses    []*DataClass
	Evidence       []*Evidence
	Models         []*Model
	Tuned          []*TunedModel
	Controls       []*Control
	Certifications []*Certification
	Documents      []*Document
	Policies       []*Policy
	Subprocessors  []*Subprocessor
	Flows          []*Flow
	Topics         []*Topic // answers stand in their topic
	Updates        []*Update
	Shares         []*Share
	Permalinks     *Permalinks // nil when there is no such file
	Assets         []*source.File
	Files          []*source.File // all files of the content, for rules about what stands in them wherever it does

	// Refused are keys whose value could not be read, or that were misspelt: something was written there, so it is not missing.
	Refused []Refusal

	// Unread names records whose file could not be read: they are there, so a reference to them is no finding. An empty ID stands
	// for all records of the kind.
	Unread []Key
}

// Headed is a record together with the header that all records share.
type Headed interface {
	Record
	Head() *Header
}

// All gives all records in a fixed order, those of site.yaml first: for what is said of every record, whatever its kind.
func (r *Records) All() []Headed {
	return append(appendAll(appendAll([]Headed(nil), r.Config.Owners), r.Config.Boundaries), r.BesideConfig()...)
}

// BesideConfig gives all records but those of site.yaml, which stand in Config.
func (r *Records) BesideConfig() []Headed {
	var all []Headed
	all = appendAll(all, r.DataClasses)
	all = appendAll(all, r.Evidence)
	all = appendAll(all, r.Models)
	all = appendAll(all, r.Tuned)
	all = appendAll(all, r.Controls)
	all = appendAll(all, r.Certifications)
	all = appendAll(all, r.Documents)
	all = appendAll(all, r.Policies)
	all = appendAll(all, r.Subprocessors)
	all = appendAll(all, r.Flows)
	all = appendAll(all, r.Answers())
	all = appendAll(all, r.Updates)
	return appendAll(all, r.Shares)
}

func appendAll[T Headed](all []Headed, more []T) []Headed {
	for _, r := range more {
		all = append(all, r)
	}
	return all
}

// A Refusal is a key that an author wrote without success.
type Refusal struct {
	Key     string      // as it is spelt in the format
	Mapping source.Span // the lines of the mapping that it stands in
}

// Answers gives all answers, topic by topic.
func (r *Records) Answers() []*Answer {
	var all []*Answer
	for _, t := range r.Topics {
		all = append(all, t.Answers...)
	}
	return all
}

// IsUnread reports whether the record of this name may stand in a file that could not be read, so that nothing can be said of it.
func (r *Records) IsUnread(kind Kind, id string) bool {
	for _, k := range r.Unread {
		if k.Kind == kind && (k.ID == id || k.ID == "") {
			return true
		}
	}
	return false
}

// Find gives the record of a kind by its id or by one of its aliases, or nil.
func (s *Site) Find(kind Kind, id string) Record { return s.Index[Key{kind, id}] }
