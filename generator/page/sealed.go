package page

// Sealed is the page at the address of a share, as everybody sees it: it says nothing but how it is opened. What it is there for is the Payload.
type Sealed struct {
	Frame
	ID      string // of the page; what is sealed is bound to it
	Payload string // the Letter, sealed, in hex
}

// Letter is what a customer reads who has the key: the page that its template makes of it is sealed, and nothing of it is anywhere else.
type Letter struct {
	Frame
	For       string
	Sentence  string // "12 answers, 2 of which are not public."
	Made      *Date
	Ends      *Date          // the last day on which the page is there
	Questions []LetterAsked  // in the customer's words and order, which are the contents then
	Groups    []LetterGroup  // by topic, or a single one without a title in the order of the questions
	Answers   []LetterAnswer // all of Groups, one after the other
}

// A LetterAsked is a question in the customer's words.
type LetterAsked struct {
	Number  string // what their questionnaire calls it: "4.2"; may be ""
	Text    string
	Address string // of the answer, on the page: "#answer-trains-on-customer-data"
	Verdict State
}

// A LetterGroup is the answers of a topic.
type LetterGroup struct {
	ID      string // fit for an id: "topic-ai"
	Title   string // may be ""
	Answers []LetterAnswer
}

// A LetterAnswer is an answer on the customer's page.
type LetterAnswer struct {
	ID      string // fit for an id: "answer-trains-on-customer-data"
	Answer  Answer // as its own page shows it
	Address string // of its public page; "" where it is for this customer alone
	Asked   []LetterAsked
}
