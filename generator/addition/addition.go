// Package addition writes the files that a new record of the content begins with: a sub-processor with what is publicly known of it, a policy with the sections
// that its readers look for, a flow, an answer, a model, a control.
//
// In come an id, what is known of the vendor, and a Setting: the ids of the site that stand to choose. Out comes the text of a file, or of an entry of a list and
// where it is put. Whatever only the author knows is TODO, which the check of the content reports line by line until it is filled in; what is known has
// its source beside it. Nothing is promised in the company's name, and no file is touched here.
package addition

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/model"
	"candor/generator/schema"
)

// A Setting is what a site has to choose from, for the comments of a file. The zero Setting names nothing.
type Setting struct {
	Owners, Classes, Boundaries, Vendors, Models, Policies []string // ids
	HomeRegion                                             string
	Notice                                                 string // how long before a vendor receives data customers are told, in words: "30 days"
}

// Of gives the setting of a site.
func Of(site *model.Site) Setting {
	s := Setting{HomeRegion: site.Config.HomeRegion.Value}
	if n := site.Config.Promises.SubprocessorNotice; !n.IsZero() {
		s.Notice = n.Long()
	}
	s.Owners, s.Classes, s.Boundaries = idsOf(site.Config.Owners), idsOf(site.DataClasses), idsOf(site.Config.Boundaries)
	s.Models, s.Policies = append(idsOf(site.Models), idsOf(site.Tuned)...), idsOf(site.Policies)
	for _, v := range site.Subprocessors {
		if v.Status.Value != model.StatusRemoved {
			s.Vendors = append(s.Vendors, v.ID.Value)
		}
	}
	return s
}

func idsOf[T model.Record](records []T) []string {
	var ids []string
	for _, r := range records {
		ids = append(ids, r.Key().ID)
	}
	return ids
}

// Todo stands where only the author knows what to write. Every rule of the content that meets it reports it.
const Todo = "TODO"

// A page is a file as it is put together.
type page struct {
	strings.Builder
	indent string
}

// open begins a file of YAML at a path of the site folder.
func open(path string) *page {
	p := &page{}
	if line := schema.Modeline(path); line != "" {
		p.WriteString(line + "\n")
	}
	return p
}

// width is how many characters a line of comments has at most, where its words allow it.
const width = 118

// comment writes a remark, on as many lines as it needs.
func (p *page) comment(format string, args ...any) {
	line := ""
	for _, word := range strings.Fields(fmt.Sprintf(format, args...)) {
		if line != "" && len(p.indent)+len("# ")+len(line)+1+len(word) > width {
			p.WriteString(p.indent + "# " + line + "\n")
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	p.WriteString(p.indent + "# " + line + "\n")
}

// key writes a key with a text, and behind it a remark, "" for none.
func (p *page) key(key, value, remark string) { p.raw(key, scalar(value), remark) }

// raw writes a key with a value as YAML has it; one that holds nothing is left out.
func (p *page) raw(key, value, remark string) {
	p.WriteString(p.indent + key + ":")
	if value != "" {
		p.WriteString(" " + value)
	}
	if remark != "" {
		p.WriteString(" # " + oneLine(remark))
	}
	p.WriteString("\n")
}

// todo writes a key whose value only the author knows: a date, an id, a word out of a list.
func (p *page) todo(key, remark string) { p.raw(key, Todo, remark) }

// text writes a key whose value is a sentence that only the author can write.
func (p *page) text(key, what string) { p.raw(key, strconv.Quote(Todo+": "+what), "") }

// maybe writes a key that not every record needs, as a comment.
func (p *page) maybe(key, value, remark string) {
	p.WriteString(p.indent + "# " + key + ": " + value)
	if remark != "" {
		p.WriteString(" # " + oneLine(remark))
	}
	p.WriteString("\n")
}

// within writes what stands below a key.
func (p *page) within(key string, write func()) {
	p.raw(key, "", "")
	p.indent += "  "
	write()
	p.indent = p.indent[2:]
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var (
	plain = regexp.MustCompile(`^[\p{L}(][\p{L}\p{N} .,()&'/_+-]*$`)
	url   = regexp.MustCompile(`^https://[A-Za-z0-9./_~-]+$`)
	// words that YAML reads as something else than a text, in one of its versions
	notText = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|inf|nan)$`)
)

// scalar writes a text as YAML: plain where every reader takes that for the same text.
func scalar(text string) string {
	if (plain.MatchString(text) && text == strings.TrimSpace(text) || url.MatchString(text)) && !notText.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

// choice lists ids for a comment, as far as a line has room: "one of ceo, cto, ..."; what is to be said where there are none.
func choice(ids []string, none string) string {
	if len(ids) == 0 {
		return none
	}
	some := ids
	for len(strings.Join(some, ", ")) > 70 && len(some) > 1 {
		some = some[:len(some)-1]
	}
	more := ""
	if len(some) < len(ids) {
		more = ", ..."
	}
	return "one of " + strings.Join(some, ", ") + more
}

// titleOf makes a title of an id.
func titleOf(id string) string {
	words := strings.FieldsFunc(id, func(c rune) bool { return c == '-' || c == '.' || c == '_' })
	if len(words) == 0 {
		return id
	}
	for i, w := range words {
		if slices.Contains([]string{"ai", "mfa", "sso", "soc2", "dpa", "api", "llm", "soc", "iso", "gdpr", "scim"}, w) {
			words[i] = strings.ToUpper(w)
		}
	}
	words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
	return strings.Join(words, " ")
}
