package check

import (
	"candor/generator/diag"
	"candor/generator/seal"
	"candor/generator/source"
)

var lek04 = Rule{
	Rule: diag.Rule{
		ID:       "LEK04",
		Severity: diag.Error,
		Title:    "the secret of the sealed pages lies in the content",
		Why:      "Content is committed, reviewed and handed on: whoever comes by the secret can read every sealed page, also those to come.",
		Source:   "SOC 2 CC6.1",
		Bad: `# shares/q7m2xk4vahn3zt5bpw6ydc2rse.yaml
note: The secret is candor-secret-...`,
		Good: `# shares/q7m2xk4vahn3zt5bpw6ydc2rse.yaml
note: The secret is in the vault, under "trust center"`,
		Remark: "Looked for in every file of content/, in notes and comments too, and in every file before it is written. It lives in the environment variable CANDOR_SECRET or in the file .candor/secret, which .gitignore keeps out of the repository. It cannot be excepted.",
	},
	run: bareSecrets,
}

func bareSecrets(p *pass) {
	for _, f := range p.site.Files {
		if start, end, ok := seal.FindSecret(f.Data); ok {
			p.diags.Add(BareSecret(f.Span(start, end)))
		}
	}
}

// BareSecret gives the finding of LEK04 for a secret at a place: for files of which the rules do not see the bytes.
func BareSecret(at source.Span) diag.Finding {
	return diag.Finding{Rule: "LEK04", Severity: diag.Error, At: at, Message: "the secret of the sealed pages stands here", Secret: true,
		Hint: "take it out and make another one: remove .candor/secret, revoke the pages that are live, and make them anew with `candor share new`"}
}
