package page

import "html/template"

// Answers lists the answers by topic.
type Answers struct {
	Frame
	Sentence string // "84 answers on 12 topics, the oldest reviewed on 3 June 2026."
	Total    int
	Topics   []Topic
}

// A Topic is a group of answers.
type Topic struct {
	ID      string // fit for an id: "topic-ai"
	Title   string
	Answers []AnswerCard
}

// An AnswerCard is an answer in a list.
type AnswerCard struct {
	ID       string
	Question string
	Address  string
	Verdict  State  // yes, no, partial, planned, not-applicable
	Summary  string // first paragraph of the answer as plain text, at most some 240 characters
	Topic    string
	Reviewed *Date
	Search   string // lower case, everything a search should find it by: question, other questions, answer, ids of frameworks
}

// Answer is one answer. Its question is the Title.
type Answer struct {
	Frame
	Verdict    State
	Body       template.HTML
	Scope      string
	Exceptions []string
	Reason     string
	PlannedFor *Date
	Evidence   []CitedRecord
	AlsoAsked  []string
	Frameworks []FrameworkIDs
	Reviewed   *Date
	Owner      string // title of the role
	Review     string // "Reviewed 1 September 2026 by Head of Security"
	Topic      Link
	URL        string // whole address, to paste
	Previous   *Link  // in its topic
	Next       *Link
}

// FrameworkIDs are the ids by which a questionnaire asks the same.
type FrameworkIDs struct {
	Name string // "CAIQ 4.0", "MVSP", "SOC 2"
	IDs  []string
}
