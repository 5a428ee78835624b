package sheet

// A Choice is what a person says about a file. What is left empty is looked for.
type Choice struct {
	Sheet                         string // name of a sheet
	Question, Answer, Comment, ID string // letters of a column ("C") or its header ("Vendor response"); letters win
	From                          int    // the first row with a question, counted from 1
}

// A Survey is what was found in a file.
type Survey struct {
	Tables  []Table
	Skipped []Skipped
	Notes   []string // what a person should know before anything is written, each a sentence without full stop, flags named
}

// A Table is the questions of one sheet that share their columns. Columns count from 1; 0 is none.
type Table struct {
	Sheet                                        string
	Headers                                      []int // rows of headers, also repeated ones; none for a sheet without
	ID, Section, Question, Answer, Comment, Link int
	Added                                        bool // the sheet has no column for answers: Answer is the first free one, and Write gives it a header
	Rows                                         []Row
}

// A Row is one question.
type Row struct {
	Sheet                          string
	Number                         int // counted from 1, as a person sees it
	ID, Section, Question          string
	Allowed                        []string // the words of the answer cell's drop-down, as written there; nil for free text
	Unknown                        bool     // the answer cell has a drop-down whose words cannot be told; write nothing into it
	CommentAllowed                 []string // likewise for the comment cell, which is rare
	Given, GivenComment, GivenLink string   // what stands in the cells already: Write leaves these cells alone
	Locked                         bool     // the sheet is protected and the answer cell locked: a person could not type there
	Hidden                         bool     // the row is hidden: it may not be meant for you
}

// A Skipped sheet is one without questions to answer.
type Skipped struct {
	Sheet, Why string
}

// A Fill is what to write for a row of a survey. Empty texts leave their cell as it is.
type Fill struct {
	Sheet                 string
	Row                   int
	Answer, Comment, Link string
	Extra                 []string // as many as the columns that Write adds, in their order
}

// Left is a text that was not written as it was given.
type Left struct {
	Sheet       string
	Row, Column int
	Why         string
}
