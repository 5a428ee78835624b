package sheet

import (
	"strings"
	"testing"
)

// TestRoles reads headers as they stand in real sheets.
func TestRoles(t *testing.T) {
	for _, c := range []struct {
		role    role
		headers string
	}{
		{idRole, "#|ID|Ref|Ref.|No.|Nr.|Question ID|Question #|Q#|Q. No.|Control ID|Control Number|Question Number|Item|Item No.|S. No.|Sr. No|Req. No.|Ques Num|CCM Control ID|Requirement ID|Reference Number|Serial No.|Line #|Lfd. Nr."},
		{questionRole, "Question|Questions|Question Text|Question/Request|Security Question|Control|Controls|Control Description|Control Specification|CCM Control Specification|Requirement|Security Requirements|Requirement Description|Control Objective|Consensus Assessment Question|Assessment Question|Vendor Question|Description of control|Criteria|Control Statement|Questionnaire Item Description|Frage|Anforderung|Information Requested|Questions to the vendor|Description|Checklist item|Particulars|Checkpoint|Vendor requirement|Sub-control|Audit question|SECURITY QUESTION"},
		{answerRole, "Answer|Answers|Response|Vendor Response|Vendor Answer (Yes/No)|Supplier response|Your answer|Yes/No|Y/N|Yes / No / N/A|Compliant?|Compliant (Y/N)|Compliance|Compliance Status|Implementation Status|Implemented?|In place?|In Place (Y/N)|CSP CAIQ Answer|Company Response|Response (Yes/No/NA)|Meets requirement?|Is this control in place? (Yes/No)|Do you comply with this requirement?|Antwort|Status|Provider's Answer|Third Party Response|Response from vendor|RESPONSE|Ans.|Comply (Y/N)|Y/N/NA|Yes/No/Partial|Yes/No/Partial/NA|Bidder response|Tenderer's response|Service provider response|Statement of compliance|Vendor input|Fully / Partially / Not compliant|Meets|Available (Y/N)|Compliance (FC/PC/NC)|Vendor’s Response|Respondent answer|Complies with requirement"},
		{commentRole, "Comment|Comments|Vendor Comments|Notes|Details|Response Details|Additional Information|Explanation|Remarks|Comments / Evidence|Comments and supporting information|CSP Implementation Description (Optional/Recommended)|Implementation Details|Implementation Notes|If no, please explain|If Yes, please describe|Please provide details of how you comply with this requirement|Justification|Supporting Information|Further details|Vendor Explanation|Additional Comments|Narrative|Bemerkung|Please elaborate|Explain|Describe how the control is implemented|Vendor statement|Supplier's description|Your controls|Bidder's remarks|Our practice|Supplier notes (optional)"},
		{linkRole, "Evidence|Evidence (link)|Link|URL|Link to evidence|Supporting Documents|Document Reference|Attachments|Supporting evidence|Evidence / Attachment|Please attach evidence"},
		{sectionRole, "Section|Domain|Category|Control Domain|Control Family|Topic|Area|Question Category|Security Domain|Subcategory|Control Area|CCM Domain Title|Section name"},
		{titleRole, "Control Title|Control Name|Title|Name"},
		{otherRole, "Guidance|Weight|Score|Reviewer Comments|Customer comments|Analyst Notes|Expected response|Previous Response|Risk Rating|Question Type|SSRM Control Ownership|CSC Responsibilities (Optional/Recommended)|Auditor comments|Internal use|Example answer|Priority|Instructions|Max points|Response type|Due date|Why we ask|Evidence required"},
		{noRole, "|Acme Ltd.|2024|Please return this file to the address above within ten working days of the day on which you received it, thank you"},
	} {
		for _, header := range strings.Split(c.headers, "|") {
			if got := roleOf(header); got.role != c.role {
				t.Errorf("%q has role %d at %d, want %d", header, got.role, got.sure, c.role)
			}
		}
	}
}

func TestLetters(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := Letters(n); got != want || number(want) != n {
			t.Errorf("%d is %s, want %s; back it is %d", n, got, want, number(want))
		}
	}
	for _, name := range []string{"XFE", "A1", "", "ÄB", strings.Repeat("A", 99)} {
		if got := number(name); got != 0 {
			t.Errorf("%s is column %d", name, got)
		}
	}
}

// TestPlaceholders tells what invites to answer from what a person answered, which is never written over.
func TestPlaceholders(t *testing.T) {
	for _, text := range []string{"Please select", "Select", "Select one", "-- Select --", "Choose an item.", "Please choose your answer", "<your answer>", "[Enter response]", "Enter text here", "Click or tap here to enter text.", "Please describe here", "To be completed by vendor", "TBD", "(please select)", "Insert your response here", "Pick one"} {
		if !placeholder(text) {
			t.Errorf("%q is an answer", text)
		}
	}
	for _, text := range []string{"Yes", "n/a", "-", "<1 hour", "[1]", "(see annex)", "Select vendors are reviewed every year", "Select employees only", "Type 2 report", "Enter and exit are logged", "We choose vendors by risk", "Provided on request", "<https://example.com>", "Choose Health Inc. is our insurer", "Fill levels are monitored"} {
		if placeholder(text) {
			t.Errorf("%q is a placeholder", text)
		}
	}
}
