package sheet

// A Choice is what a person says about a file. What is left empty is looked for.
type Choice struct {
	Sheet                         string // name of a sheet
	Question, Answer, Comment, ID string // letters of a column ("C") or its header ("Vendor response")
	From                          int    // the first row with a question, counted from 1
}

// A Survey is what was found in a file.
type Survey struct {
	Tables  []Table
	Skipped []Skipped
	Notes   []string // what a person should know before anything is written: each a sentence without a full stop, with the flag that decides
}

// A Table is the questions of a sheet that share their columns. Columns count from 1; 0 is none.
type Table struct {
	Sheet                                               string
	Headers                                             []int // rows of headers, also repeated ones; none for a sheet without
	ID, Section, Title, Question, Answer, Comment, Link int
	Ticks                                               []Tick // columns of which one is marked, instead of Answer
	Added                                               bool   // the sheet has no column for answers: Answer is the first free one, and Write gives it a header
	Rows                                                []Row
}

// A Tick is a column in which a mark says a word: "Yes", "No", "N/A".
type Tick struct {
	Column int
	Word   string
}

// A Row is one question.
type Row struct {
	Sheet                          string
	Number                         int // counted from 1, as a person sees it
	ID, Section, Question          string
	Title                          string   // a short name of what is asked, where a column has it: "Account management"
	Lead                           string   // the question above that this one is a part of: "Are the following encrypted:"
	Allowed                        []string // the words of the answer cell's drop-down, or those of its ticks, as written there; nil for free text
	Unknown                        bool     // the answer cell has a drop-down whose words cannot be told: nothing is written into it
	CommentAllowed                 []string // likewise of the comment cell, which is rare
	Given, GivenComment, GivenLink string   // what stands in the cells already: Write leaves those alone. "Please select" and the like is nothing
	Longest, LongestComment        int      // letters that the cells take; 0 for what a cell can hold
	Locked                         bool     // the sheet is protected and the answer cell locked: a person could not type there
	Hidden                         bool     // the row is hidden or filtered away
	Shared                         int      // the row of the question whose answer cell this is as well, being merged; 0 for a cell of its own

	at [2]int // row and column of an answer cell that stands elsewhere
}

// A Skipped sheet is one without questions to answer.
type Skipped struct {
	Sheet, Why string
}

// Letters gives the name of a column of a table: 1 is "A", 28 "AB".
func Letters(column int) string { return letters(column) }
