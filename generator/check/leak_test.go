package check

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"

	"candor/generator/diag"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/source"
)

// A planter fills every field that an author can write with a text of its own, found by walking the model's types, so that a field
// that is added to the model is planted without a change here.
type planter struct {
	file     *source.File
	canaries map[string]string // value to the field it stands in
	publics  int
}

func (p *planter) plant(v reflect.Value, path string, internal bool) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		p.plant(v.Elem(), path, internal)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			p.plant(v.Index(0), path, internal)
		}
	case reflect.Struct:
		if v.Type() == textType {
			p.publics++
			value := fmt.Sprintf("Public %s No. %d", path, p.publics)
			if internal && !strings.HasPrefix(path, "Shares.Internal.Questions.") { // a customer's words: see secretsOf
				value = fmt.Sprintf(`Canary <%s> & "friends" isn't at ü/%d+1`, path, p.publics)
				p.canaries[value] = path
			}
			v.Set(reflect.ValueOf(model.Text{Value: value, At: p.file.Span(0, 1)}))
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if _, written := f.Tag.Lookup("yaml"); written && f.Tag.Get("yaml") != "-" {
				p.plant(v.Field(i), path+"."+f.Name, internal || f.Name == "Internal")
			}
		}
	}
}

// plantedSite gives a site with one record of each kind, and all that is internal in it.
func plantedSite(t *testing.T) (*model.Site, map[string]string) {
	t.Helper()
	p := &planter{file: source.NewFile("content/site.yaml", []byte("x\n")), canaries: map[string]string{}}
	site := &model.Site{Records: model.Records{Config: &model.Config{}}}
	v := reflect.ValueOf(&site.Records).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name != "Unread" && name != "Assets" && name != "Topics" && name != "Permalinks" {
			p.plant(v.Field(i), name, false)
		}
	}
	topic := &model.Topic{}
	p.plant(reflect.ValueOf(&topic.Answers).Elem(), "Answers", false)
	site.Topics = []*model.Topic{topic}
	return site, p.canaries
}

// TestCanaries plants a value in every internal field that the model has and demands that it is found in whatever it comes out.
func TestCanaries(t *testing.T) {
	site, canaries := plantedSite(t)
	if len(canaries) < 10 {
		t.Fatalf("only %d internal fields were found: %v", len(canaries), canaries)
	}
	leaks := Leaks(site)
	for canary, field := range canaries {
		for name, out := range written(t, canary) {
			if found := leaks.Scan("index.html", out); len(found) != 1 {
				t.Errorf("%s comes out as %s in %q, and %d findings say so", field, name, out, len(found))
			}
		}
	}
	if found := leaks.Scan("index.html", []byte("Public Config.Company.Name No. 1, of no interest: canary &amp; friends")); len(found) > 0 {
		t.Errorf("nothing internal is here, but %q", found[0].Message)
	}
}

// written gives the ways in which a value comes out of the writers that a site has.
func written(t *testing.T, value string) map[string][]byte {
	t.Helper()
	var text, script bytes.Buffer
	page := template.Must(template.New("page").Parse(`<p title="{{.}}">{{.}}</p>`))
	if err := page.Execute(&text, value); err != nil {
		t.Fatal(err)
	}
	inScript := template.Must(template.New("page").Parse(`<script>var x = {{.}}</script>`))
	if err := inScript.Execute(&script, value); err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal([]string{"before", value})
	if err != nil {
		t.Fatal(err)
	}
	_, body := markdown.Convert([]byte("A *word* and "+strings.NewReplacer("<", `\<`, "&", `\&`).Replace(value)), markdown.Options{})
	words := strings.Fields(value)
	out := map[string][]byte{
		"itself":                []byte("(" + value + ")"),
		"capitals":              []byte(strings.ToUpper(value)),
		"HTML":                  text.Bytes(),
		"a script":              script.Bytes(),
		"JSON":                  encoded,
		"JSON in an attribute":  []byte(`<div data-x="` + html.EscapeString(string(encoded)) + `">`),
		"Markdown":              body,
		"HTML in a feed":        []byte(html.EscapeString(text.String())),
		"an address":            []byte("/search?q=" + url.QueryEscape(value)),
		"a path":                []byte("/x/" + url.PathEscape(value)),
		"lines":                 []byte(strings.Join(words, "\n\t")),
		"JSON lines":            []byte(strings.Join(words, `\n`)),
		"tags":                  []byte(words[0] + "<b>" + html.EscapeString(words[1]) + "</b> " + html.EscapeString(strings.Join(words[2:], " "))),
		"lines of an SVG":       []byte("<text>" + html.EscapeString(strings.Join(words[:2], " ")) + `</text><text x="0">` + html.EscapeString(strings.Join(words[2:], " ")) + "</text>"),
		"base64 for addresses":  []byte(base64.URLEncoding.EncodeToString([]byte(value))),
		"base64 of HTML in one": []byte("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte("<text>"+template.HTMLEscapeString(value)+"</text>"))),
	}
	for shift := range 3 {
		out[fmt.Sprintf("base64 moved by %d", shift)] = []byte(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", shift) + value + "...")))
	}
	return out
}

// TestNeedles tells what is looked for and what is left out, value by value.
func TestNeedles(t *testing.T) {
	file := source.NewFile("content/x.yaml", []byte("x\n"))
	text := func(s string) model.Text { return model.Text{Value: s, At: file.Span(0, 1)} }
	owner := func(person, email string) *model.Owner {
		return &model.Owner{Header: model.Header{ID: text("lead")}, Title: text("Head of Security"), Internal: model.OwnerInternal{Person: text(person), Email: text(email)}}
	}
	for _, c := range []struct {
		name   string
		change func(*model.Site)
		out    string
		found  bool
	}{
		{"a short name", func(s *model.Site) { s.Config.Owners[0] = owner("Bo", "bo@x.example") }, "by Bo.", true},
		{"a short name within a word", func(s *model.Site) { s.Config.Owners[0] = owner("Bo", "bo@x.example") }, "Bologna, jumbo, bobo", false},
		{"a name of another script", func(s *model.Site) { s.Config.Owners[0] = owner("林 美咲", "m@x.example") }, "担当 林 美咲", true},
		{"the same in JSON", func(s *model.Site) { s.Config.Owners[0] = owner("林美咲", "m@x.example") }, `"\u6797\u7F8E\u54b2"`, true},
		{"the same in an address", func(s *model.Site) { s.Config.Owners[0] = owner("林美咲", "m@x.example") }, url.QueryEscape("林美咲"), true},
		{"a name with an accent in capitals", func(s *model.Site) { s.Config.Owners[0] = owner("Øé Ã", "m@x.example") }, "ØÉ ã", true},
		{"an address that is published as a contact", func(s *model.Site) { s.Config.Contacts.Privacy = text("ada@x.example") }, "ada@x.example", false},
		{"a name that a policy tells", func(s *model.Site) {
			s.Policies = append(s.Policies, &model.Policy{Title: text("Ask Ada Lind"), Body: model.Body{Source: []byte("Ada Lind knows.")}})
		}, "Ada Lind knows.", true},
		{"a note of four letters", func(s *model.Site) { s.Evidence[0].Internal.Note = text("Safe") }, "Safe", false},
		{"a note of one small word", func(s *model.Site) { s.Evidence[0].Internal.Note = text("production") }, "production", false},
		{"a note that is an id", func(s *model.Site) { s.Evidence[0].Internal.Note = text("soc2-report") }, "soc2-report", false},
		{"a note of one word with a capital", func(s *model.Site) { s.Evidence[0].Internal.Note = text("Bluebird") }, "project bluebird", true},
		{"a customer whose name published texts use", func(s *model.Site) {
			s.Shares = append(s.Shares, &model.Share{Internal: model.ShareInternal{For: text("Apple")}})
			s.Policies = append(s.Policies, &model.Policy{Body: model.Body{Source: []byte("On Apple devices the disk is encrypted.")}})
		}, "On Apple devices", false},
		{"a person whose name published texts use", func(s *model.Site) {
			s.Config.Owners[0] = owner("Rosalind", "r@x.example")
			s.Policies = append(s.Policies, &model.Policy{Body: model.Body{Source: []byte("Ask Rosalind.")}})
		}, "Ask Rosalind", true},
		{"a word that the note is part of", func(s *model.Site) { s.Evidence[0].Internal.Note = text("Drawer 7") }, "drawer 77, a drawer 7a", false},
		{"a sentence of a note", func(s *model.Site) {
			s.Evidence[0].Internal.Note = text("Signed late. The vendor would not move the date. Ask Ada.")
		}, "the vendor would not\nmove the date", true},
		{"a private question", func(s *model.Site) { s.Topics[0].Answers[0].Question = text("Who is Northwind?") }, "Who is Northwind?", true},
		{"a private question in small letters", func(s *model.Site) { s.Topics[0].Answers[0].Question = text("Access control") }, "our access control is good", false},
		{"a private answer", func(s *model.Site) {
			s.Topics[0].Answers[0].Text = text("Yes. We will *build* that for you by spring.")
		}, "<p>we will <em>build</em> that for you by spring</p>", true},
		{"a sentence of a private answer that is published elsewhere", func(s *model.Site) {
			s.Topics[0].Answers[0].Text = text("Data lies in the United States alone.")
			s.Policies = append(s.Policies, &model.Policy{Body: model.Body{Source: []byte("Hello.\n\nData lies in the *United States* alone.")}})
		}, "Data lies in the United States alone.", false},
		{"an internal policy", func(s *model.Site) {
			s.Policies = append(s.Policies, &model.Policy{Visibility: text("internal"), Title: text("Payroll rules"), Body: model.Body{Source: []byte("# Pay\n\nEverybody is paid on the last day.")}})
		}, "everybody is paid on the last day", true},
		{"a customer that pages are shared with", func(s *model.Site) {
			s.Shares = append(s.Shares, &model.Share{Internal: model.ShareInternal{For: text("Northwind Traders")}})
		}, "northwind%20traders", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := &model.Site{Records: model.Records{Config: &model.Config{Owners: []*model.Owner{owner("Ada Lind", "ada@x.example")}}}}
			site.Evidence = []*model.Evidence{{Header: model.Header{ID: text("soc2-report")}, Title: text("Report")}}
			site.Topics = []*model.Topic{{Answers: []*model.Answer{{Visibility: text("private"), Question: text("A private question?"), Text: text("Yes.")}}}}
			c.change(site)
			if found := Leaks(site).Scan("x.html", []byte(c.out)); (len(found) > 0) != c.found {
				t.Errorf("in %q: %v", c.out, found)
			}
		})
	}
}

// TestScanPlace makes sure that a finding names both places: where the value was written and where it comes out.
func TestScanPlace(t *testing.T) {
	file := source.NewFile("content/site.yaml", []byte("owners:\n  lead: {person: Ada Lind}\n"))
	site := &model.Site{Records: model.Records{Config: &model.Config{Owners: []*model.Owner{{Internal: model.OwnerInternal{Person: model.Text{Value: "Ada Lind", At: file.Span(25, 33)}}}}}}}
	found := Leaks(site).Scan("public/a.html", []byte("<p>\n<b>ADA\nLIND</b> and Ada Lind"))
	if len(found) != 1 {
		t.Fatalf("%d findings, want one for the value, wherever it comes out", len(found))
	}
	f := found[0]
	if at := diag.Place(f.At); at != "content/site.yaml:2:18" {
		t.Errorf("the value stands at %s", at)
	}
	if at := diag.Place(f.Related[0].At); at != "public/a.html:2:4" {
		t.Errorf("it comes out at %s", at)
	}
}

// TestScanTogether scans with one list from several goroutines, for the race detector.
func TestScanTogether(t *testing.T) {
	site, canaries := plantedSite(t)
	leaks := Leaks(site)
	var all []byte
	for c := range canaries {
		all = append(all, c+"\n"...)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if found := leaks.Scan("x", all); len(found) != len(canaries) {
				t.Errorf("%d findings, want %d", len(found), len(canaries))
			}
		})
	}
	wg.Wait()
}

// FuzzScan makes sure that a value is found between any two others, and that no data breaks the scan.
func FuzzScan(f *testing.F) {
	f.Add("<p>", "</p>")
	f.Add(`\n`, `%20`)
	f.Add("&amp;", "&#")
	f.Add("<", ">")
	f.Add("QUFB", "\u00e9")
	site := &model.Site{Records: model.Records{Config: &model.Config{Owners: []*model.Owner{{Internal: model.OwnerInternal{Person: model.Text{Value: "Ada O'Lind"}, Email: model.Text{Value: "林@x.example"}}}}}}}
	leaks := Leaks(site)
	f.Fuzz(func(t *testing.T, before, after string) {
		leaks.Scan("x", []byte(before+after))
		if len(leaks.Scan("x", []byte(before+" Ada O&#39;Lind "+after))) == 0 {
			t.Errorf("not found between %q and %q", before, after)
		}
	})
}
