package page

// A Date is a day in both forms. A view holds a pointer to it: nil when there is none.
type Date struct {
	Machine string // 2026-11-23, for <time datetime>
	Long    string // 23 November 2026
}

// A Link is a text that may lead somewhere.
type Link struct {
	Text     string
	Address  string // with the base path, or whole when it leads to another site; "" when it leads nowhere: show the text alone
	External bool   // it leads to another site
}

// A State is a state by word and by shape, so that nothing depends on colour.
type State struct {
	Word  string // "Held", "Observing", "Active", "Yes"
	Class string // the state itself as a CSS class: "held", "observing", "planned", "lapsed"; "active", "retiring", "removed"; "live", "retired";
	// "yes", "no", "partial", "not-applicable"; "public", "on-request", "nda"; "never", "opt-in", "always", "unknown"; "zero-retention", "days"
	Shape string // the mark before the word: "solid", "square", "half", "outline", "struck" or "dash"
}

// A Contact is somebody to write to.
type Contact struct {
	Role    string // "Security", "Privacy", "Documents"
	Note    string // what to write there about: "Report a vulnerability or an incident"
	Text    string // the address as people read it: "security@fernlight.example"
	Address string // mailto: or https:
}

// A Country is where something is.
type Country struct {
	Code string // "US", "EU"
	Name string // "United States", "European Union"
}

// A DataClass is a kind of data.
type DataClass struct {
	Title       string // "Redacted prompts"
	ID          string // "customer.content.prompt"
	Level       string // "Confidential"
	Personal    bool
	Description string // may be ""
}

// Evidence is something on file: what is published of it is its title and its dates.
type Evidence struct {
	Title   string
	Kind    string // "Agreement", "Report", "Test", "Record", "Certificate", "Log"; may be ""
	Dated   *Date
	Expires *Date
}

// A Criterion is what a policy or a control meets.
type Criterion struct {
	ID        string // "CC6.1", "4.2"
	Framework string // "SOC 2", "MVSP"; "" when it is not known
	Label     string // both: "SOC 2 CC6.1", "MVSP 4.2"
}

// A CitedRecord is proof that something cites, with what can be said of it.
type CitedRecord struct {
	Kind    string // "Policy", "Sub-processor", "Data flow", "Control", "Evidence", "Certification", "Document", "Model"
	Label   string // its title
	Address string // where it is shown; "" for evidence, of which only title and date are public
	Note    string // "version 2.4, approved 15 September 2026", "zero-retention agreement, dated 20 February 2026"; may be ""
	Dated   *Date
}

// A Change is an upcoming change of sub-processors.
type Change struct {
	Vendor      string
	Address     string // of the vendor's page
	Kind        string // "added" or "removed"
	Sentence    string // "WorkOS will receive directory users from 15 December 2026. Objections are possible until 24 November 2026."
	Purpose     string
	Condition   string // for whom: "Customers that connect their directory"; may be ""
	Announced   *Date
	Effective   *Date // when it begins, or ends for a removal
	ObjectUntil *Date // last day for objections: announced plus the promised window; nil for a removal
	CanObject   bool  // whether that day has not passed on the day of the build
	ObjectTo    *Link // where to object (mailto: with a subject); nil when objections are not possible any more
}
