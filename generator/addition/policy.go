package addition

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"candor/generator/parse"
)

// The skeletons of policies. The first four lines of a file are the title, the summary, criteria of SOC 2 that such a policy often meets, and other ids that mean
// the same subject; below an empty line is the text.
//
//go:embed policies
var skeletons embed.FS

// other is the skeleton of a policy about anything else.
const other = "other"

// Subjects gives the ids of policies for which there is a skeleton of its own, in order.
func Subjects() []string {
	entries, err := fs.ReadDir(skeletons, "policies")
	if err != nil {
		panic(err) // they are part of the program
	}
	var ids []string
	for _, e := range entries {
		if id := strings.TrimSuffix(e.Name(), ".md"); id != other {
			ids = append(ids, id)
		}
	}
	return ids
}

// A skeleton is what the policy of a subject begins with.
type skeleton struct {
	title, summary, meets string
	names                 []string // other ids for the same subject
	body                  string
}

func skeletonOf(id string) skeleton {
	data, err := skeletons.ReadFile("policies/" + id + ".md")
	if err != nil {
		panic(err) // they are part of the program
	}
	lines := strings.SplitN(string(data), "\n", 6)
	return skeleton{lines[0], lines[1], lines[2], strings.Fields(lines[3]), lines[5]}
}

// SubjectOf gives the subject that the id of a policy means: itself, another name for it, or either with "policy" behind it; "" for none.
func SubjectOf(id string) string {
	id = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(id), "-policy"), "-plan")
	for _, subject := range Subjects() {
		if subject == id || slices.Contains(skeletonOf(subject).names, id) {
			return subject
		}
	}
	return ""
}

// PolicyPath gives where the file of a policy lies.
func PolicyPath(id string) string { return parse.Folder + "/policies/" + id + ".md" }

// Policy writes the file of a policy: front matter whose approval is left open, and the sections of its subject, or those that every policy has. Title and owner may be
// "".
func (s Setting) Policy(id, title, owner string) []byte {
	subject := SubjectOf(id)
	if subject == "" {
		subject = other
	}
	sk := skeletonOf(subject)
	p := &page{}
	p.WriteString("---\n")
	p.comment("A beginning, not your policy: TODO marks what only you know, and what is written out is a proposal. Keep what is really done, change the rest, and remove this.")
	switch {
	case title != "":
	case sk.title != "":
		title = sk.title
	default:
		title = strings.TrimSuffix(titleOf(id), " policy") + " policy"
	}
	p.key("title", title, "")
	if sk.summary != "" {
		p.key("summary", sk.summary, "")
	} else {
		p.text("summary", "what it settles, in a sentence")
	}
	s.owner(p, owner, "who keeps it")
	p.comment("approved_by, approved_on, version and approval_hash: `candor approve %s --by OWNER` writes them once the text is right", id)
	if sk.meets != "" {
		p.maybe("meets", "["+sk.meets+"]", "criteria of SOC 2 that such a policy often meets: those that yours does")
	}
	if subject == "incident-response" {
		s.incident(p)
	}
	p.maybe("visibility", "internal", "if it is not to be published")
	return []byte(p.String() + "---\n\n" + sk.body)
}

// incident writes what is asked of the policy on incidents alone.
func (s Setting) incident(p *page) {
	p.within("incident", func() {
		p.text("contact", "where an incident is reported: an address or a page")
		p.todo("notice_hours", "within how many hours customers are told")
		p.raw("severities", `["TODO: SEV1, and what it means"]`, "each with what it means")
		p.todo("exercised_on", "the day on which this was last exercised: year-month-day")
	})
	p.within("playbooks", func() {
		p.raw("- id", "wrong-output", "for one kind of incident; write others too: breach, outage, vendor")
		p.indent += "  "
		p.key("title", "A model gives wrong or harmful output", "take this playbook away if you call no models")
		p.key("kind", "wrong-output", "")
		p.text("summary", "what to do, in a sentence")
		p.text("report_to", "where it is reported")
		s.owner(p, "", "who leads")
		p.text("disable", "who switches what off, and within which time")
		p.text("notice", "when customers are told, and what")
		p.text("record", "what is written down, and for how long it is kept")
		p.indent = p.indent[2:]
	})
}

// owner writes who answers for something.
func (s Setting) owner(p *page, owner, what string) {
	if owner != "" {
		p.key("owner", owner, "")
		return
	}
	p.todo("owner", fmt.Sprintf("%s: %s", what, choice(s.Owners, "an id from owners in site.yaml")))
}
