package check

import (
	"fmt"

	"candor/generator/diag"
)

var lek01 = Rule{
	Rule: diag.Rule{
		ID:       "LEK01",
		Severity: diag.Error,
		Title:    "something internal comes out in a file that is to be published",
		Why:      "A leak is nowhere as bad as on the page that speaks of trust.",
		Source:   "SOC 2 C1.1 and CC6.1",
		Bad: `# site.yaml
owners:
  security-lead: {title: Head of Security, person: Ada Lind, email: ada@fernlight.example}
# policies/access-control.md
Ask Ada Lind for an exception.`,
		Good: `# policies/access-control.md
Ask the Head of Security for an exception.`,
		Remark: `Every byte is held against every internal value before it is written: as it stands, however it is escaped for HTML, JSON or an address, across tags, in any case, and in base64.
Internal are the persons and e-mail addresses of owners, where evidence is held, notes, source folders, shares, and the whole text of private answers and internal policies. Not looked for are:
values under five letters, ids and single words in small letters (they stand everywhere), but for persons and e-mail addresses; values that are also, as a whole, the value of a published key,
like a head of security whose address is contacts.security; and single words, other than persons, that published texts use. What a customer alone reads on a sealed page is held against the same list before it is sealed, but for what the page is there to tell: its customer and the texts of its answers. A document that readers must ask for may not have its file in content/, from where files are published. It cannot be excepted.`,
	},
	run: closedFiles,
}

// closedFiles reports files of documents that are not for everybody but lie where everything is published.
func closedFiles(p *pass) {
	for _, d := range p.site.Documents {
		if !d.FilePath.IsZero() && !d.Access.IsZero() && d.Access.Value != "public" {
			p.report(d.FilePath.At, fmt.Sprintf("document %q is %q, but its file lies in content/, from where files are published", d.ID.Value, d.Access.Value),
				`keep the file elsewhere and remove "file", or write "access: public"`, note(d.Access.At, "access is limited here"))
		}
	}
}
