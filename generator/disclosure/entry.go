package disclosure

import "candor/generator/model"

// What says what happened to a record.
type What string

// What can happen. A comparison of two documents knows the first four; the others are told by dates in the content.
const (
	Added   What = "added"
	Removed What = "removed" // no longer listed; of a sub-processor also: it receives nothing any more
	Changed What = "changed"
	Renamed What = "renamed" // it has another id, and is the same in everything else

	Announced What = "announced" // a sub-processor that will receive data
	Effective What = "effective" // a sub-processor that receives data from this day on
	Planned   What = "planned"   // a certification
	Observing What = "observing" // a certification whose window began
	Issued    What = "issued"    // a certification
	Expired   What = "expired"   // a certification that is valid no longer
	Lapsed    What = "lapsed"    // a certification that does not count any more
	Approved  What = "approved"  // a policy
	Told      What = "told"      // news that is about no single change
)

// A Difference is what differs of one record between two documents.
type Difference struct {
	Kind    model.Kind // KindSite for the company and its promises
	ID      string     // of today; for a removed record, its last one
	Name    string     // what people call it
	Address string     // whole, where the record is shown; "" for none. Of a removed record, where it was
	What    What       // Added, Removed, Changed or Renamed
	Was     string     // the earlier id of a record that has another one now; set for Renamed, and for Changed where both happened
	Fields  []Field    // what differs, in the order of the struct; for Added and Removed every fact there is
}

// A Field is one fact that differs. It has either Before and After, or the elements of a list that are Gone and New.
type Field struct {
	Key    string   `json:"key"`              // the path in the document: ai.retention.state, locations[US].activity
	Words  string   `json:"words"`            // the same for people: retention, state
	Before string   `json:"before,omitempty"` // in words; empty where nothing was said
	After  string   `json:"after,omitempty"`  // in words; empty where nothing is said any more
	Gone   []string `json:"gone,omitempty"`   // of a list: what is not in it any more, in words
	New    []string `json:"new,omitempty"`    // of a list: what was not in it before, in words

	Quiet bool `json:"-"` // it differs, and is no news: a review that was done again; Quiet lists them
}

// An Entry is one thing that readers are told: an update that somebody wrote, or a change of a sub-processor, a certification or a policy.
type Entry struct {
	ID          string   `json:"id"`                     // stable: it never changes once it was published
	Former      []string `json:"former_ids,omitempty"`   // other ids under which the same was told; anchors of the page of updates
	Day         Day      `json:"day"`                    // the day on which it happened, or was found
	Updated     Day      `json:"updated"`                // the day on which the entry last became another one
	What        What     `json:"what"`                   // what happened
	Kind        string   `json:"kind,omitempty"`         // the kind of the record: subprocessor, certification or policy
	Record      string   `json:"record,omitempty"`       // the id of the record, of today
	Name        string   `json:"name,omitempty"`         // what people call the record
	About       string   `json:"about,omitempty"`        // the address of the record; empty when it is shown no longer
	Address     string   `json:"address"`                // where the entry is shown
	Title       string   `json:"title"`                  // the headline
	Summary     string   `json:"summary,omitempty"`      // one or two sentences
	Announced   Day      `json:"announced,omitempty"`    // of a sub-processor: the day on which customers were told
	Effective   Day      `json:"effective,omitempty"`    // the day from which it holds
	ObjectUntil Day      `json:"object_until,omitempty"` // the last day for objections
	Fields      []Field  `json:"fields,omitempty"`       // what differs from what was published before, fact by fact
	Update      string   `json:"update,omitempty"`       // the id of the update that tells it
	News        string   `json:"news,omitempty"`         // for an update: notice, news or change
}
