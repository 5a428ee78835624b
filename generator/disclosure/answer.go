package disclosure

// An Answer is what a page shows of one: the same in trust.json and in answers.json.
type Answer struct {
	ID         string     `json:"id"`
	Former     []string   `json:"former_ids,omitempty" words:"earlier ids"`                                            // ids that it had before
	Address    string     `json:"address"`                                                                             // its page
	Topic      Topic      `json:"topic" words:"topic"`                                                                 // where it stands among the answers
	Question   string     `json:"question" words:"question"`                                                           // as a customer puts it
	AlsoAsked  []string   `json:"also_asked,omitempty" words:"other wordings"`                                         // the same question in other words
	Verdict    string     `json:"verdict" words:"verdict" as:"verdict"`                                                // yes, no, partial, planned or not-applicable
	Answer     string     `json:"answer" words:"answer"`                                                               // plain text; paragraphs are apart by an empty line
	Scope      string     `json:"scope,omitempty" words:"scope"`                                                       // what the answer holds for
	Exclusions []string   `json:"exclusions,omitempty" words:"exclusions"`                                             // what it does not hold for
	Reason     string     `json:"reason,omitempty" words:"reason"`                                                     // why it is not yes
	PlannedFor Day        `json:"planned_for,omitempty" words:"planned date" as:"day"`                                 // the day by which it will be so
	Frameworks []Asked    `json:"frameworks,omitempty" words:"where questionnaires ask the same" each:"questionnaire"` // their ids of the question
	Evidence   []Citation `json:"evidence,omitempty" words:"proof" each:"proof"`                                       // what proves it
	ReviewedOn Day        `json:"reviewed_on,omitempty" words:"last review" as:"day"`                                  // the day on which somebody last checked it
	ReviewedBy string     `json:"reviewed_by,omitempty" words:"reviewer"`                                              // the title of a role
	Source     []byte     `json:"-"`                                                                                   // the answer in Markdown, as it was written, from which Letters makes Answer
}

// A Topic is a group of answers.
type Topic struct {
	ID    string `json:"id" words:"id"`
	Title string `json:"title" words:"title"`
}

// Asked is where a questionnaire asks the same.
type Asked struct {
	Framework string   `json:"framework" words:"name" key:""` // name and version: caiq-4.0
	IDs       []string `json:"ids" words:"ids"`
}

// A Citation is what an answer cites as proof.
type Citation struct {
	Kind    string `json:"kind" words:"kind" key:""`
	Title   string `json:"title" words:"title" key:""`
	Address string `json:"address,omitempty" words:"address"` // "" for what has none
}
