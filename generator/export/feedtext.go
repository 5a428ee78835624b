package export

import (
	"bytes"
	"html"
	"strings"
	"unicode"

	"candor/generator/disclosure"
	"candor/generator/markdown"
	"candor/generator/model"
)

// cleanText gives a text in one line, without characters that are not seen and that XML does not allow.
func cleanText(s string) string {
	return oneLine(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd")))
}

// absolute gives what each link of an update leads to, as a whole address: readers of a feed are elsewhere. Pictures of other hosts lead nowhere, as on the pages.
func absolute(site *model.Site, b model.Body, base string) []string {
	from := ""
	if b.Span.File != nil {
		from = b.Span.File.Path
	}
	var list []string
	for _, l := range b.Outline.Links {
		t, ok := site.Resolve(from, l.Dest)
		address := whole(base, t.Address)
		if _, isControl := t.Record.(*model.Control); isControl {
			address = base + model.AddressControls // not every one is shown there
		}
		isPicture := l.Kind == markdown.Image || l.Kind == markdown.HTMLImage
		if !ok || t.External && isPicture {
			address = ""
		}
		if strings.HasPrefix(address, "//") {
			address = "https:" + address
		}
		list = append(list, l.Dest, address)
	}
	return list
}

// html gives an entry as a feed's readers see it: what happened, what was written about it, the days, and what differs fact by fact.
func (it item) html() (string, error) {
	var b bytes.Buffer
	e := it.Entry
	if len(it.Body) == 0 && e.Summary != "" {
		b.WriteString("<p>" + escape(e.Summary) + "</p>\n")
	}
	if len(it.Body) > 0 {
		leads := func(dest string) string {
			for i := 0; i < len(it.Links); i += 2 {
				if it.Links[i] == dest {
					return it.Links[i+1]
				}
			}
			return ""
		}
		var body bytes.Buffer
		if err := markdown.Render(&body, it.Body, markdown.Options{Resolve: leads, TopLevel: 3, AnchorPrefix: e.Update + "-"}); err != nil {
			return "", err
		}
		page, _, _ := strings.Cut(e.Address, "#") // a link within the text leads to the page, where its target has the same id
		text := bytes.ReplaceAll(body.Bytes(), []byte(`href="#`), []byte(`href="`+escape(page)+"#"))
		b.Write(bytes.ReplaceAll(text, []byte(`<img src="" `), []byte("<img "))) // of another host: its words stay
	}
	for _, day := range days(e) {
		b.WriteString("<p>" + day[0] + ": <strong>" + escape(day[1]) + "</strong></p>\n")
	}
	table(&b, e.Fields)
	if e.About != "" {
		b.WriteString(`<p><a href="` + escape(e.About) + `">` + escape(e.Name) + "</a></p>\n")
	}
	if b.Len() == 0 {
		b.WriteString("<p>" + escape(e.Title) + "</p>\n")
	}
	return b.String(), nil
}

// days gives the days of an entry with what they are.
func days(e disclosure.Entry) [][2]string {
	var list [][2]string
	add := func(what string, d disclosure.Day) {
		if d != "" {
			list = append(list, [2]string{what, d.Long()})
		}
	}
	add("Announced", e.Announced)
	if e.What == disclosure.Removed {
		add("Until", e.Effective)
	} else {
		add("Effective", e.Effective)
	}
	add("Objections are possible until", e.ObjectUntil)
	return list
}

// table writes what differs, fact by fact.
func table(b *bytes.Buffer, fields []disclosure.Field) {
	if len(fields) == 0 {
		return
	}
	b.WriteString("<table>\n<thead><tr><th>What</th><th>Before</th><th>Now</th></tr></thead>\n<tbody>\n")
	for _, f := range fields {
		b.WriteString("<tr><th>" + escape(f.Words) + "</th><td>" + side(f.Before, f.Gone, "No longer: ") + "</td><td>" + side(f.After, f.New, "New: ") + "</td></tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n")
}

// side gives one side of a row.
func side(value string, list []string, lead string) string {
	if len(list) > 0 {
		value = lead + strings.Join(list, "; ")
	}
	if value == "" {
		return "–"
	}
	return escape(value)
}

// escape makes a text fit for HTML.
func escape(s string) string { return html.EscapeString(cleanText(s)) }
