// Package register reads and writes lists of vendors, as companies keep them in spreadsheets and compliance platforms.
//
// In comes the file of a list (.csv, .xlsx, any order of columns), the catalog and the linked site; out comes a Plan: for each vendor of the list whether
// it is in the content already, is left out, or is new, and for a new one the file of the content to complete. The other way, sub-processors of a site
// become the rows of a list. No platform publishes what its files look like, so that headers are read by what they mean (fields.txt) and by what stands
// below them (shape.go), and what is not understood is told, and kept as a comment. Nothing is written here, and no list says what a contract says: a
// value that a list merely suggests carries its column in a comment.
package register

import (
	_ "embed"
	"strings"
	"sync"
)

// A Field is what a column of a list may hold, as --map names it.
type Field string

// The fields, in the order in which they are explained.
const (
	ID                 Field = "id"
	Name               Field = "name"
	LegalEntity        Field = "legal_entity"
	Website            Field = "website"
	Category           Field = "category"
	Purpose            Field = "purpose"
	Location           Field = "location" // where it works on data
	Country            Field = "country"  // of its seat
	Address            Field = "address"
	Risk               Field = "risk"
	ResidualRisk       Field = "residual_risk"
	Critical           Field = "critical"
	Subprocessor       Field = "subprocessor" // whether it is one
	SubprocessorActive Field = "subprocessor_active"
	Status             Field = "status"
	PersonalData       Field = "personal_data" // whether it has any
	Data               Field = "data"          // which
	Renewal            Field = "renewal"
	Started            Field = "started"
	Reviewed           Field = "reviewed"
	NextReview         Field = "next_review"
	DPA                Field = "dpa"
	DPASigned          Field = "dpa_signed"
	Transfer           Field = "transfer"
	Contact            Field = "contact"
	Owner              Field = "owner"
	TrustURL           Field = "trust_url"
	SubprocessorsURL   Field = "subprocessors_url"
	Certifications     Field = "certifications"
	Note               Field = "note"
)

//go:embed fields.txt
var fieldsText string

// A vocabulary is fields.txt, read.
type vocabulary struct {
	fields []Field            // in its order
	means  map[string][]Field // by header, as words
}

var known = sync.OnceValue(func() vocabulary {
	v := vocabulary{means: map[string][]Field{}}
	for line := range strings.Lines(fieldsText) {
		field, headers, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		v.fields = append(v.fields, Field(field))
		for _, h := range strings.Split(headers, "|") {
			words := strings.Join(headerWords(h), " ")
			v.means[words] = append(v.means[words], Field(field))
		}
	}
	return v
})

// Fields gives the names of all fields, in the order of fields.txt.
func Fields() []string {
	var names []string
	for _, f := range known().fields {
		names = append(names, string(f))
	}
	return names
}
