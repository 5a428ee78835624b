package sheet

import (
	"regexp"
	"strings"
	"testing"
)

// TestOtherPrograms reads and fills workbooks as programs other than Excel write them.
func TestOtherPrograms(t *testing.T) {
	const book = "sheet Q\n1 | # | Question | Answer\n2 | 1 | Is it safe? |\n3 | 2 | =Data!B1 -> Is it sound? |\nlist C2:C3 Yes,No\nsheet Data hidden\n1 | 2 | Is it sound?"
	tag := regexp.MustCompile(`<(/?)([a-zA-Z])`)
	prefixed := func(s string) string {
		head, body, _ := strings.Cut(s, "?>\n")
		body = tag.ReplaceAllString(body, "<${1}x:$2")
		return head + "?>\n" + strings.Replace(body, ` xmlns="`+mainNS+`"`, ` xmlns:x="`+mainNS+`"`, 1)
	}
	for _, c := range []struct {
		name   string
		change func(b *bookParts)
	}{
		{"elements with a prefix", func(b *bookParts) {
			for _, n := range b.names {
				if strings.HasPrefix(n, "xl/worksheets") || n == "xl/workbook.xml" || n == "xl/styles.xml" {
					b.put(n, prefixed(b.parts[n]))
				}
			}
		}},
		{"the strict form of the standard", func(b *bookParts) {
			for _, n := range b.names {
				s := strings.ReplaceAll(b.parts[n], mainNS, "http://purl.oclc.org/ooxml/spreadsheetml/main")
				b.put(n, strings.ReplaceAll(s, relsNS, "http://purl.oclc.org/ooxml/officeDocument/relationships"))
			}
		}},
		{"targets from the root", func(b *bookParts) {
			b.put("xl/_rels/workbook.xml.rels", strings.ReplaceAll(b.parts["xl/_rels/workbook.xml.rels"], `Target="`, `Target="/xl/`))
		}},
		{"a mark before the XML", func(b *bookParts) {
			for _, n := range b.names {
				b.put(n, "\ufeff"+b.parts[n])
			}
		}},
		{"rows and cells without places", func(b *bookParts) {
			s := b.parts["xl/worksheets/sheet1.xml"]
			b.put("xl/worksheets/sheet1.xml", regexp.MustCompile(` r="[A-Z]?[0-9]+"`).ReplaceAllString(s, ""))
		}},
		{"no styles", func(b *bookParts) {
			b.put("xl/_rels/workbook.xml.rels", regexp.MustCompile(`<Relationship Id="rId900"[^>]*>`).ReplaceAllString(b.parts["xl/_rels/workbook.xml.rels"], ""))
			delete(b.parts, "xl/styles.xml")
			b.names = append(b.names[:4:4], b.names[5:]...)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := described(t, book)
			c.change(parts)
			b, err := Open("q.xlsx", parts.zip(t))
			if err != nil {
				t.Fatal(err)
			}
			s, err := b.Survey(Choice{})
			if err != nil {
				t.Fatal(err)
			}
			const want = "Q, headers [1]: id A question B answer C\n  2 [1] Is it safe? {Yes|No}\n  3 [2] Is it sound? {Yes|No}\nskipped Data: hidden\n"
			if got := told(s); got != want {
				t.Fatalf("got:\n%s\nwant:\n%s", got, want)
			}
			b.Write(s, []string{"Link"}, []Fill{{Sheet: "Q", Row: 3, Answer: "Yes", Extra: []string{"l"}}})
			b.AddSheet("Report", [][]string{{"a"}})
			out, err := b.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			for name, f := range unzipped(t, out) {
				wellFormed(t, name, strings.TrimPrefix(unpacked(t, f), "\ufeff"))
			}
			again, err := Open("q.xlsx", out)
			if err != nil {
				t.Fatal(err)
			}
			pages := again.file.pages()
			if len(pages) != 3 || pages[0].at(3, 3) != "Yes" || pages[0].at(1, 4) != "Link" || pages[0].at(3, 4) != "l" || pages[2].name != "Report" || pages[2].at(1, 1) != "a" {
				t.Errorf("%+v", pages)
			}
		})
	}
}
