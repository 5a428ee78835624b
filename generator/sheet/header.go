package sheet

import (
	"regexp"
	"strings"
	"unicode"
)

// role is what a column is for.
type role int

const (
	noRole       role = iota
	idRole            // numbers of questions
	sectionRole       // what part of the questionnaire
	titleRole         // a short name of what is asked
	questionRole      // what is asked
	answerRole        // the verdict, or all of the answer
	commentRole       // prose
	linkRole          // evidence
	tickRole          // one of several columns in which a mark is put
	otherRole         // guidance, weights, the customer's own notes
)

// heads gives the role of the word that a header is about: its last one. Strong ones need nothing beside them.
var heads = map[role]string{
	idRole:       "# id ids no nr num number ref refs reference identifier code index item nummer número numero qid ctrl",
	sectionRole:  "section domain category topic area family group subject theme subcategory subdomain chapter subsection categories sections domains thema bereich kategorie categoría catégorie pillar module",
	titleRole:    "title name heading label",
	questionRole: "question questions control controls requirement requirements query inquiry specification criteria criterion statement ask frage fragen anforderung pregunta preguntas exigence domanda vraag measure safeguard practice request prompt checkpoint checkpoints particulars clause",
	answerRole:   "answer answers response responses reply replies compliant compliance implemented status met result selection antwort antworten respuesta respuestas réponse réponses risposta antwoord supported complies comply conformance choice applicable fulfilled conformity ans resp input inputs available availability adherence fulfilment fulfillment",
	commentRole:  "comment comments note notes detail details explanation explanations remark remarks justification rationale narrative clarification clarifications elaboration feedback kommentar kommentare bemerkung bemerkungen comentario comentarios commentaire commentaires commenti opmerking opmerkingen erläuterung additional context",
	linkRole:     "evidence link links url urls attachment attachments document documents documentation artifact artifacts artefact artefacts proof hyperlink nachweis evidencia preuve file filename",
	otherRole:    "guidance help instruction instructions weight weighting weightage score scores scoring points rating risk priority criticality severity example examples mapping mappings owner date type format level reviewer auditor options nist iso pci hipaa gdpr cobit scf mandatory optional tags tag required hinweis rationale2 maturity version author due responsible deadline tier frequency impact likelihood purpose objective intent",
}

var headRole = func() map[string]role {
	m := map[string]role{}
	for r := idRole; r <= otherRole; r++ {
		for _, w := range strings.Fields(heads[r]) {
			m[w] = r
		}
	}
	return m
}()

// strange is words before the head that say that a column is not the vendor's to fill, or says something else than its head.
var strange = words("customer assessor reviewer reviewers auditor internal analyst evaluator expected desired preferred required example sample previous prior buyer score risk weight csc scoring model suggested ideal acceptable assessment's client follow")

// phrases are headers whose last word misleads.
var phrases = map[string]role{
	"yes no": answerRole, "y n": answerRole, "yes no na": answerRole, "yes no n a": answerRole, "y n na": answerRole, "y n n a": answerRole, "yes no partial": answerRole, "in place": answerRole,
	"compliant y n": answerRole, "implementation status": answerRole, "select": answerRole, "select one": answerRole, "your answer here": answerRole, "statement of compliance": answerRole, "compliance statement": answerRole,
	"checklist item": questionRole, "check item": questionRole, "line item": questionRole, "evaluation item": questionRole,
	"additional information": commentRole, "additional info": commentRole, "further information": commentRole, "supporting information": commentRole, "more information": commentRole, "other information": commentRole,
	"implementation description": commentRole, "csp implementation description": commentRole, "description of implementation": commentRole, "control implementation": commentRole, "how is this implemented": commentRole,
	"item description": questionRole, "control description": questionRole, "requirement description": questionRole, "question description": questionRole, "question text": questionRole, "control text": questionRole, "requirement text": questionRole, "control statement": questionRole, "control objective": questionRole, "information requested": questionRole, "control measure": questionRole, "security requirement": questionRole, "security question": questionRole,
	"item": idRole, "s no": idRole, "sr no": idRole, "sl no": idRole, "q": idRole, "n": idRole, "nº": idRole, "n°": idRole, "№": idRole, "line": idRole, "row": idRole, "seq": idRole, "serial": idRole, "lfd nr": idRole, "control #": idRole,
	"document reference": linkRole, "evidence reference": linkRole, "reference document": linkRole, "supporting evidence": linkRole, "supporting documents": linkRole, "evidence provided": linkRole, "document name": linkRole,
	"company name": noRole, "vendor name": noRole, "question type": otherRole, "response type": otherRole, "control type": otherRole, "answer type": otherRole, "ssrm control ownership": otherRole, "control ownership": otherRole,
	"applicable standard": otherRole, "why we ask": otherRole, "csc responsibilities": otherRole, "optional csc responsibilities": otherRole, "required": otherRole, "expected response": otherRole, "expected evidence": otherRole, "evidence required": otherRole, "evidence requested": otherRole,
}

// bids begin headers that say what to write below them.
var bids = words("if please describe explain provide enter state specify indicate attach add how")

// titled is what a header says: its role, and how surely from 1 to 3.
type titled struct {
	role role
	sure int
}

var brackets = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// roleOf reads a header.
func roleOf(text string) titled {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 140 {
		return titled{}
	}
	if isTick(text) {
		return titled{tickRole, 1}
	}
	plain := plainWords(brackets.ReplaceAllString(text, " "))
	if len(plain) == 0 {
		if plain = plainWords(text); len(plain) == 0 {
			return titled{}
		}
	}
	if r, ok := phrases[strings.Join(plain, " ")]; ok {
		return titled{r, 3}
	}
	if len(plain) > 7 || bids[plain[0]] || strings.Contains(text, "?") && len(plain) > 3 {
		return sentenceRole(strings.ToLower(text), len(plain))
	}
	if choices(plain) || meeting[plain[0]] {
		return titled{answerRole, 2}
	}
	return phraseRole(text, plain)
}

var (
	verdictsSaid = words("yes no y n na a partial partially planned or not applicable full fully none")
	meeting      = words("meets meet complies fulfils fulfills satisfies conforms")
	theirs       = words("vendor vendor's supplier supplier's provider provider's bidder bidder's tenderer your our company company's csp contractor contractor's respondent")
	doing        = words("statement description practice practices measure measures control controls safeguard process")
)

// choices tells headers made of what may be answered: "Yes/No/Partial/NA".
func choices(plain []string) bool {
	for _, w := range plain {
		if !verdictsSaid[w] {
			return false
		}
	}
	return len(plain) > 1 && (plain[0] == "yes" || plain[0] == "y" || plain[0] == "no" || plain[0] == "fully" || plain[0] == "full")
}

// phraseRole reads a header that is a noun with words before it.
func phraseRole(text string, plain []string) titled {
	first := firstPart(text)
	if len(first) == 0 {
		return titled{}
	}
	head := first[len(first)-1]
	if r, ok := phrases[strings.Join(first, " ")]; ok {
		return titled{r, 2}
	}
	if len(first) > 1 && head == "#" {
		return titled{idRole, 3}
	}
	r, known := headRole[head]
	for _, w := range first[:len(first)-1] {
		if strange[w] && r != idRole && r != sectionRole {
			return titled{otherRole, 2}
		}
	}
	if len(first) > 1 && theirs[first[0]] && doing[head] {
		return titled{commentRole, 2}
	}
	if r == titleRole && len(first) > 1 && headRole[first[len(first)-2]] == sectionRole {
		return titled{sectionRole, 2}
	}
	switch {
	case known && len(first) == 1:
		return titled{r, 3}
	case known:
		return titled{r, 2}
	case head == "description" || head == "text" || head == "information" || head == "info":
		return describes(first)
	}
	for i := len(plain) - 1; i >= 0; i-- {
		if r, ok := headRole[plain[i]]; ok && r != idRole && r != otherRole && r != titleRole {
			return titled{r, 1}
		}
	}
	return titled{}
}

// describes tells whose description a column holds: that of the control, or of how a vendor has it.
func describes(first []string) titled {
	for _, w := range first {
		switch w {
		case "implementation", "vendor", "supplier", "provider", "csp", "response", "answer", "your", "solution":
			return titled{commentRole, 2}
		}
	}
	return titled{questionRole, 1}
}

// sentenceRole reads a header that is a sentence.
func sentenceRole(lower string, words int) titled {
	has := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(lower, w) {
				return true
			}
		}
		return false
	}
	switch {
	case words > 20:
		return titled{}
	case has("how is", "how do you", "how you", "explain", "describe", "elaborate", "comment", "justif", "provide details", "more detail", "further detail"):
		return titled{commentRole, 1}
	case has("evidence", "attach", "link to", "url"):
		return titled{linkRole, 1}
	case has("yes/no", "y/n", "(yes", "yes or no", "your answer", "your response", "in place?", "compliant?", "comply", "implemented?", "meet this", "meet the", "do you meet"):
		return titled{answerRole, 1}
	case has("respon", "answer"):
		return titled{answerRole, 1}
	}
	return titled{}
}

// firstPart gives the words of what a header names first: "Comments / Evidence" is about comments, "Description of control" about a description.
func firstPart(text string) []string {
	text = strings.ToLower(brackets.ReplaceAllString(text, " "))
	for _, cut := range []string{"/", " and ", "&", ",", " or ", "+", " of ", " for ", " to ", " from ", ":", " - ", " – ", "\n"} {
		if before, _, ok := strings.Cut(text, cut); ok && len(plainWords(before)) > 0 {
			text = before
		}
	}
	return plainWords(text)
}

// plainWords gives the words of a text in lower case; # is one.
func plainWords(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "#", " # ")
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("#'’°№", r)
	})
}

var ticks = words("yes no n/a na n.a. partial partially y n planned")

// isTick tells headers of columns in which a mark is put.
func isTick(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	return ticks[text] || text == "not applicable" || text == "in progress"
}
