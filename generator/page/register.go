package page

import "html/template"

// Certifications lists reports, certificates and tests in their true state.
type Certifications struct {
	Frame
	Sentence       string // "3 held, 1 observing, 1 planned."
	Certifications []Certification
}

// A Certification is a report, certificate or test. Its element has the ID as id.
type Certification struct {
	ID           string
	Former       []string // earlier ids, to be kept as ids of empty elements
	Name         string
	Address      string // where it is shown: "/certifications/#soc2-type1"
	Kind         string // "Attestation", "Certification", "Assessment", "Test"; may be ""
	State        State  // held, observing, planned, lapsed
	Sentence     string // "Held: as of 31 May 2026, issued 30 June 2026"
	AsOf         *Date
	From, To     *Date // the window that is observed
	Issued       *Date
	ValidUntil   *Date
	PlannedFor   *Date
	Products     []string
	Criteria     []string // "Security", "Confidentiality"
	Auditor      string   // may be ""
	Summary      string   // may be ""
	Documents    []Document
	Evidence     *Evidence
	BridgeLetter *Evidence
}

// Documents lists what readers may have, and how they get it.
type Documents struct {
	Frame
	Sentence  string
	Documents []Document
}

// A Document is a report or paper. Its element has the ID as id.
type Document struct {
	ID            string
	Former        []string
	Title         string
	Address       string // where it is shown: "/documents/#soc2-type1-report"
	Kind          string // "Report", "Paper"; may be ""
	Access        State  // public, on-request, nda
	Public        bool   // Get leads to the file itself; else to a letter that asks for it
	Get           *Link  // nil when there is no file and nobody to ask
	Format        string // "PDF, 214 kB" for a file of this site; may be ""
	Dated         *Date
	Pages         int // 0 when not said
	Summary       string
	Certification *Link
}

// Updates lists notices, news and dated changes.
type Updates struct {
	Frame
	Sentence  string
	Objection string       // for how long customers may object to a new sub-processor: "14 days"; "" when not promised
	Years     []UpdateYear // newest first
}

// An UpdateYear holds the entries of one year, newest first.
type UpdateYear struct {
	Year    string
	Entries []UpdateEntry
}

// An UpdateEntry is a notice, a piece of news, or a change that the content dates. Its element has the ID as id.
type UpdateEntry struct {
	ID      string
	Former  []string
	Title   string
	Address string // where it is shown: "/updates/#2026-11-10-workos-announced"
	Kind    string // "Notice", "News", "Change"
	Class   string // "notice", "news", "change"
	Date    *Date
	Summary string        // may be ""
	Body    template.HTML // "" for a change that the content dates, and on the front page
	Links   []Link        // what it concerns
	Told    []ToldChange  // the changes that it tells, each with its days and what differs
}

// A ToldChange is the change of one record that an entry tells.
type ToldChange struct {
	ID          string   // of an element in the entry, where it tells several; else ""
	Former      []string // earlier ids, to be kept as ids of empty elements
	Title       string   // where it tells several, else ""
	Announced   *Date
	Effective   *Date // when it begins, or ends where Ended
	Ended       bool
	ObjectUntil *Date // the last day for objections; nil where none are possible
	CanObject   bool  // whether that day has not passed on the day of the build
	Fields      []FieldChange
}

// A FieldChange is one fact that differs from what was published before: Before and After, or what of a list is gone and new.
type FieldChange struct {
	Words         string // "Legal entity"
	Before, After string // "" for nothing
	Gone, New     []string
}

// Missing is the page for addresses that lead nowhere.
type Missing struct {
	Frame
	Sections []Link
	Sealed   string // what the addresses of sealed pages begin with, which end one day
}

// Redirect is the page at an earlier address, which leads to the present one. Give it <link rel="canonical"> (Canonical) and
// <meta http-equiv="refresh" content="0; url={{.To.Address}}">, and a plain link for those whose browser does neither.
type Redirect struct {
	Frame
	To Link
}
