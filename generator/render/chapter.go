package render

import (
	"bytes"
	"html"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"candor/generator/page"
)

// Chapter gives a page's content as part of another page.
func (r *pageRenderer) Chapter(c page.Chapter) (template.HTML, error) {
	var out bytes.Buffer
	if err := r.Theme.ExecuteMain(&out, c.Template, c.View); err != nil {
		return "", err
	}
	return template.HTML(embed(out.String(), c)), nil
}

// Templates escape what they are given, and the Markdown and diagrams in it were written by this program, so a "<" begins a tag and every value is
// quoted or has no space in it.
var (
	tagPattern       = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>`)
	attributePattern = regexp.MustCompile(`(\s)(id|for|headers|list|aria-[a-z]+|href|xlink:href)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	urlPattern       = regexp.MustCompile(`url\(#([^)]+)\)`)
	headingPattern   = regexp.MustCompile(`^[hH]([1-6])$`)
	leftOut          = regexp.MustCompile(`^(nav|form|button|script)$`)
	leftOutBy        = regexp.MustCompile(`\s(hidden(\s|=|$)|data-book="no"|class="anchor")`)
	voids            = regexp.MustCompile(`^(area|br|col|hr|img|input|link|meta|source|wbr)$`)
)

// idReferences are the attributes that hold ids, with spaces between them.
var idReferences = map[string]bool{"id": true, "for": true, "headers": true, "list": true, "aria-labelledby": true, "aria-describedby": true,
	"aria-controls": true, "aria-owns": true, "aria-details": true}

// embed leaves out what paper has no use for, lowers the headings, opens what is folded, and turns ids and links into those of the whole.
func embed(text string, c page.Chapter) string {
	var out strings.Builder
	skipped, depth, last := "", 0, 0
	for _, at := range tagPattern.FindAllStringSubmatchIndex(text, -1) {
		closing, name, rest := at[2] != at[3], strings.ToLower(text[at[4]:at[5]]), text[at[6]:at[7]]
		opens := !closing && !voids.MatchString(name) && !strings.HasSuffix(rest, "/")
		if skipped != "" {
			switch {
			case name == skipped && closing:
				depth--
			case name == skipped && opens:
				depth++
			}
			if depth == 0 {
				skipped, last = "", at[1]
			}
			continue
		}
		out.WriteString(text[last:at[0]])
		last = at[1]
		if !closing && (leftOut.MatchString(name) || leftOutBy.MatchString(rest)) {
			if opens {
				skipped, depth = name, 1
			}
			continue
		}
		out.WriteString(embedTag(text[at[0]:at[1]], text[at[4]:at[5]], closing, c))
	}
	if skipped == "" {
		out.WriteString(text[last:])
	}
	return out.String()
}

// embedTag rewrites one tag.
func embedTag(tag, name string, closing bool, c page.Chapter) string {
	if m := headingPattern.FindStringSubmatch(name); m != nil {
		level, _ := strconv.Atoi(m[1])
		tag = strings.Replace(tag, name, "h"+strconv.Itoa(min(level+c.Deeper, 6)), 1)
	}
	if closing {
		return tag
	}
	if name == "details" && !strings.Contains(tag, " open") {
		tag = strings.Replace(tag, "<details", "<details open", 1)
	}
	tag = attributePattern.ReplaceAllStringFunc(tag, func(attribute string) string {
		m := attributePattern.FindStringSubmatch(attribute)
		value := html.UnescapeString(m[3] + m[4] + m[5])
		switch {
		case idReferences[m[2]]:
			words := strings.Fields(value)
			for i := range words {
				words[i] = c.Prefix + words[i]
			}
			value = strings.Join(words, " ")
		case strings.HasSuffix(m[2], "href") && strings.HasPrefix(value, "#"):
			value = "#" + c.Prefix + value[1:]
		case strings.HasSuffix(m[2], "href"):
			value = c.Resolve(value)
		default:
			return attribute
		}
		return m[1] + m[2] + `="` + html.EscapeString(value) + `"`
	})
	return urlPattern.ReplaceAllString(tag, "url(#"+c.Prefix+"$1)")
}
