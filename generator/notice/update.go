package notice

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"candor/generator/pattern"
)

// A Draft is an update that is to be written: a file of content/updates.
type Draft struct {
	Path string // in the site folder, slash-separated
	Data []byte
}

// Drafts gives an update for each change that none tells of yet, but for mere words: a notice that concerns the sub-processor, as NOT03 asks for. Its text is what
// the content says; why is for a person to write.
func (n *Notice) Drafts() []Draft {
	var all []Draft
	for _, c := range n.Changes {
		if c.Update == "" && c.What != Reworded && c.Address != "" {
			all = append(all, Draft{Path: fmt.Sprintf("content/updates/%s-%s.md", n.On, c.ID), Data: n.draft(c)})
		}
	}
	return all
}

func (n *Notice) draft(c Change) []byte {
	concerns := []string{"subprocessor:" + c.ID}
	for _, r := range c.Replaces {
		concerns = append(concerns, "subprocessor:"+r.ID)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: %s\ndate: %s\nkind: notice\nconcerns: [%s]\nsummary: %s\n---\n\n", scalar(c.Headline), n.On, strings.Join(concerns, ", "), scalar(c.reason()))
	fmt.Fprintf(&b, "%s\n", stop(strings.Replace(plain(c.Headline), plain(short(c.Name)), fmt.Sprintf("[%s](/subprocessors/%s/)", plain(short(c.Name)), c.ID), 1)))
	b.WriteByte('\n')
	for _, f := range c.Fields {
		fmt.Fprintf(&b, "- %s:", plain(upper(f.Words)))
		for i, side := range sides(f) {
			if i > 0 {
				b.WriteByte(';')
			}
			fmt.Fprintf(&b, " %s: %s", strings.ToLower(side.Words), plain(strings.Join(side.Values, ", ")))
		}
		b.WriteByte('\n')
	}
	if len(c.Fields) == 0 {
		for _, r := range c.Replaces {
			fmt.Fprintf(&b, "- In the place of: %s%s\n", plain(r.Name), behind(", which receives no data as of ", r.Until.Long()))
		}
		for _, f := range c.Facts {
			fmt.Fprintf(&b, "- %s: %s\n", plain(f.Words), plain(strings.Join(f.Values, "; ")))
		}
	}
	if !c.Everybody && c.What != Leaving {
		fmt.Fprintf(&b, "\nThis concerns %s\n", plain(stop(c.Concerns)))
	}
	if c.ObjectUntil != "" {
		fmt.Fprintf(&b, "\nYou may object until %s%s.\n", c.ObjectUntil.Long(), n.by())
	}
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
}

// reason gives what stands where why a vendor changes is to be written, since notices take it from there: what the content says of it.
func (c Change) reason() string {
	if c.About != "" {
		return c.About
	}
	for _, f := range c.Facts {
		if f.Words == "What for" {
			return f.Values[0]
		}
	}
	return c.inShort()
}

// by says in Markdown how to object.
func (n *Notice) by() string {
	switch {
	case n.Contact == "":
		return ""
	case isWeb(n.Contact):
		return " at <" + n.Contact + ">"
	}
	return fmt.Sprintf(", by writing to [%s](mailto:%s)", plain(n.Contact), n.Contact)
}

// simple is a text that YAML reads as it stands.
var simple = pattern.Of(`^\p{L}[\p{L}\p{N} ,.()/&'-]*$`)

// scalar gives a text of one line as YAML: as it stands, else as JSON writes it, which is YAML too.
func scalar(s string) string {
	if simple.MatchString(s) {
		return s
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string, into memory
	return strings.TrimSpace(b.String())
}

// plain gives a text as Markdown that shows it and nothing else.
func plain(s string) string { return special.Replace(s) }

var special = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", `\&`, "#", `\#`, "|", `\|`, "~", `\~`)
