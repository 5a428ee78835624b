package addition

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// An Entry is a record that stands in a file with others.
type Entry struct {
	Path string // of the file, in the site folder
	ID   string

	under string // the key of the mapping that it stands in; "" for a list of entries that begin with a dash
	text  string // its lines, the first one not indented
}

// Answer writes an answer of a topic. Question and owner may be "".
func (s Setting) Answer(topic, id, question, owner string) Entry {
	p := &page{indent: "  "}
	fmt.Fprintf(p, "- id: %s\n", id)
	if question != "" {
		p.key("question", question, "")
	} else {
		p.text("question", "the question, as a customer puts it")
	}
	p.maybe("also_asked", "[...]", "other wordings of it")
	p.todo("verdict", "yes, no, partial, planned or not-applicable; yes and no in quotes")
	p.raw("answer", "|", "")
	p.WriteString(p.indent + "  TODO: the answer in full, first what the customer wants to know\n")
	p.maybe("reason", "...", "why it is not yes, and what is done in its place")
	p.raw("evidence", "["+Todo+"]", "what proves it: policy:"+strings.Join(first(s.Policies, 1), "")+", control:..., evidence:...")
	s.owner(p, owner, "who answers for it")
	p.todo("reviewed_on", "the day on which somebody last checked it: year-month-day")
	return Entry{Path: parse.Folder + "/answers/" + topic + ".yaml", ID: id, text: p.String()}
}

// Model writes a model of a vendor. Title, provider and owner may be "".
func (s Setting) Model(id, title, provider string) Entry {
	p := &page{}
	fmt.Fprintf(p, "%s:\n", keyed(id))
	p.indent = "  "
	if provider != "" {
		p.key("provider", provider, "")
	} else {
		p.todo("provider", "whose it is: "+choice(s.Vendors, "the name of a file in subprocessors/"))
	}
	p.maybe("hosted_by", "aws", "the cloud through which it is called, where that is not the provider")
	if title != "" {
		p.key("title", title, "")
	} else {
		p.text("title", "what its maker calls it")
	}
	p.text("version", "the version that was approved, as its maker names it")
	p.maybe("task", "text", "text, embedding, rerank, vision, speech, image or other")
	p.text("purpose", "what it is used for, in a sentence")
	p.todo("approved_by", choice(s.Owners, "an id from owners in site.yaml"))
	p.todo("approved_on", "year-month-day")
	p.todo("approved_for", "the highest level of data that it may receive: public, internal, confidential or restricted")
	p.todo("evaluation", "the proof that it was tested: an id that you add to evidence.yaml")
	p.text("off_switch", "how it is switched off, and how fast")
	p.todo("review_by", "the day by which the approval is reviewed: year-month-day")
	p.maybe("retires_on", "2027-12-31", "the day on which its maker switches it off, if that is known")
	return Entry{Path: parse.Folder + "/models.yaml", ID: id, under: "models", text: p.String()}
}

// Control writes a control. Title and owner may be "".
func (s Setting) Control(id, title, owner string) Entry {
	p := &page{}
	fmt.Fprintf(p, "%s:\n", keyed(id))
	p.indent = "  "
	if title == "" {
		title = titleOf(id)
	}
	p.key("title", title, "")
	p.text("summary", "what is done, in a sentence or two")
	p.maybe("meets", "[CC6.2]", "the criteria that it meets")
	p.todo("policy", "the policy that it carries out: "+choice(s.Policies, "the name of a file in policies/"))
	p.todo("cadence", "how often it is done: 30d, 12m, 1y")
	p.todo("last_done", "the day on which it was last done: year-month-day")
	p.todo("evidence", "the proof of the last time: an id that you add to evidence.yaml")
	p.maybe("practices", "[access-review]", "what it carries out, in fixed words: your editor lists them, and candor readiness looks for them")
	s.owner(p, owner, "who does it")
	return Entry{Path: parse.Folder + "/controls.yaml", ID: id, under: "controls", text: p.String()}
}

// keyed writes an id as a key: what YAML would read as a number or a word of its own stands in quotes.
func keyed(id string) string {
	if s := scalar(id); s[0] != '"' {
		return s
	}
	return fmt.Sprintf("%q", id)
}

// Text gives the entry's own lines, as they stand alone.
func (e Entry) Text() string { return e.text }

// File gives the file that holds the entry alone.
func (e Entry) File() []byte {
	p := open(e.Path)
	if e.under == "" {
		p.WriteString(e.text)
	} else {
		p.WriteString(e.under + ":\n" + indented(e.text, "  "))
	}
	return []byte(p.String())
}

// indented puts spaces before each line that says something.
func indented(text, by string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			b.WriteString(by)
		}
		b.WriteString(line)
	}
	return b.String()
}

// Into gives the edit that puts the entry behind the last one of its file, which stays as it is otherwise. The error says what of the file is in the way: it is
// proved by reading the file with the edit.
func (e Entry) Into(f *source.File) ([]source.Edit, error) {
	before := recordsIn(f, e.under)
	edit := e.behind(f, before)
	edited := source.NewFile(f.Path, source.Apply(f.Span(0, len(f.Data)), []source.Edit{edit}))
	after := recordsIn(edited, e.under)
	stuck := &parse.Stuck{At: edit.At, Why: "this file is written in a way that cannot be added to"}
	if len(after) != len(before)+1 || after[len(before)].Key().ID != e.ID {
		return nil, stuck
	}
	for i, r := range before {
		if after[i].Key() != r.Key() || after[i].Head().Extent.Text() != r.Head().Extent.Text() {
			return nil, stuck
		}
	}
	return []source.Edit{edit}, nil
}

// recordsIn gives the records of a file that stand below a key.
func recordsIn(f *source.File, under string) []model.Headed {
	draft := parse.Tree(&source.Tree{Files: []*source.File{f}}, &diag.List{})
	var all []model.Headed
	switch under {
	case "models":
		for _, m := range draft.Models {
			all = append(all, m)
		}
	case "controls":
		for _, c := range draft.Controls {
			all = append(all, c)
		}
	default:
		for _, a := range draft.Answers() {
			all = append(all, a)
		}
	}
	return all
}

// behind gives the edit that puts the entry behind the last of the records of a file, with an empty line before it where they have one.
func (e Entry) behind(f *source.File, records []model.Headed) source.Edit {
	if len(records) == 0 {
		text := e.text
		if e.under != "" {
			text = e.under + ":\n" + indented(e.text, "  ")
		}
		return appended(f, f.Lines()+1, text)
	}
	first := records[len(records)-1].Head().Extent.Position().Line
	indent := len(f.Line(first)) - len(strings.TrimLeft(f.Line(first), " "))
	end := f.Span(records[len(records)-1].Head().Extent.End, 0).Position().Line
	for n := end + 1; n <= f.Lines(); n++ {
		line := f.Line(n)
		text := strings.TrimLeft(line, " ")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(line)-len(text) < indent || indent > 0 && len(line)-len(text) == 0 {
			break
		}
		end = n
	}
	text := indented(e.text, strings.Repeat(" ", indent))
	if strings.TrimSpace(f.Line(first-1)) == "" || e.under == "" {
		text = "\n" + text
	}
	return appended(f, end+1, text)
}

// appended gives the edit that puts lines before line n, or at the end where there is none.
func appended(f *source.File, n int, text string) source.Edit {
	at := f.Offset(n, 1)
	if at == len(f.Data) && at > 0 && f.Data[at-1] != '\n' {
		text = "\n" + strings.TrimSuffix(text, "\n")
	}
	return source.Edit{At: f.Span(at, at), Text: text}
}
