package page

import "html/template"

// Answers lists the answers by topic.
type Answers struct {
	Frame
	Sentence   string // "84 answers on 12 topics, the oldest reviewed on 3 June 2026."
	Total      int
	Topics     []Topic
	Verdicts   []Choice // what can be chosen from, in the order of the words; with less than two there is nothing to choose
	Frameworks []Choice
	Index      string // address of the index that the search reads
}

// A Topic is a group of answers.
type Topic struct {
	ID      string // fit for an id: "topic-ai"
	Value   string // in the address of the page: "ai"
	Title   string
	Answers []ListedAnswer
}

// A Choice is something by which the list can be narrowed.
type Choice struct {
	Value string // in the address of the page: "caiq-4.0"
	Text  string // "CAIQ 4.0"
	Count int    // answers that have it
}

// An AnswerCard is an answer in short.
type AnswerCard struct {
	ID       string
	Question string
	Address  string
	Verdict  State  // yes, no, partial, planned, not-applicable
	Summary  string // beginning of the answer as plain text, at most some 240 characters
	Reviewed *Date
}

// A ListedAnswer is an answer in the list of all, with everything that it says; what proves it and how else it is asked stands on its own page, and where there is
// none, in the list.
type ListedAnswer struct {
	AnswerCard
	Former     []string
	Frameworks []string      // ids of questionnaires: "caiq-4.0"
	Body       template.HTML // the whole answer, "" when the Summary is all of it
	AnswerFacts
	Proof *AnswerProof // in the whole trust center as one document, which has no page for each answer; nil elsewhere
}

// AnswerFacts are what limits an answer.
type AnswerFacts struct {
	Reason     string
	PlannedFor *Date
	Scope      string
	Exceptions []string
}

// AnswerProof is what an answer rests on, and what else it answers.
type AnswerProof struct {
	Evidence   []CitedRecord
	AlsoAsked  []string
	Frameworks []FrameworkIDs
	Review     string // "Reviewed 1 September 2026 by Head of Security"
}

// Answer is one answer. Its question is the Title.
type Answer struct {
	Frame
	Verdict State
	Body    template.HTML
	AnswerFacts
	AnswerProof
	Reviewed *Date
	Owner    string // title of the role
	Topic    Link
	URL      string // whole address, to paste
	Previous *Link  // in its topic
	Next     *Link
}

// FrameworkIDs are the ids by which a questionnaire asks the same.
type FrameworkIDs struct {
	Name string // "CAIQ 4.0", "MVSP", "SOC 2"
	IDs  []string
}
