package notice_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/notice"

	"golang.org/x/net/html"
)

// TestMessageIsReadBack reads the message of each archive as a mail program does: the same subject, text and HTML come out of it.
func TestMessageIsReadBack(t *testing.T) {
	for _, name := range archives(t) {
		n := open(t, name).notice(t)
		if len(n.Changes) == 0 {
			continue
		}
		raw, err := n.Message()
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := open(t, name).notice(t).Message(); !bytes.Equal(raw, again) {
			t.Errorf("%s: the same notice makes two messages", name)
		}
		letter, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
		if err != nil || subject != n.Subject {
			t.Errorf("%s: subject %q, %v; want %q", name, subject, err, n.Subject)
		}
		if sent, err := letter.Header.Date(); err != nil || model.DayOf(sent) != n.On {
			t.Errorf("%s: sent on %s, %v", name, sent, err)
		}
		if letter.Header.Get("To")+letter.Header.Get("Bcc")+letter.Header.Get("Message-Id") != "" || letter.Header.Get("X-Unsent") != "1" {
			t.Errorf("%s: the draft is addressed: %v", name, letter.Header)
		}
		kind, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
		if err != nil || kind != "multipart/alternative" {
			t.Fatalf("%s: %s, %v", name, kind, err)
		}
		want, err := n.HTML()
		if err != nil {
			t.Fatal(err)
		}
		parts := multipart.NewReader(letter.Body, params["boundary"])
		for _, w := range []struct{ kind, body string }{{"text/plain; charset=utf-8", n.Text()}, {"text/html; charset=utf-8", want}} {
			part, err := parts.NextRawPart()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(quotedprintable.NewReader(part))
			if got := strings.ReplaceAll(string(body), "\r\n", "\n"); err != nil || got != w.body || part.Header.Get("Content-Type") != w.kind {
				t.Errorf("%s: %s came back otherwise, %v", name, w.kind, err)
			}
		}
		if _, err := parts.NextPart(); err != io.EOF {
			t.Errorf("%s: more parts: %v", name, err)
		}
	}
}

// TestMessageLines holds every line to what RFC 5322 allows, section 2.1.1, and every header to ASCII, section 2.2.
func TestMessageLines(t *testing.T) {
	for _, name := range archives(t) {
		n := open(t, name).notice(t)
		if len(n.Changes) == 0 {
			continue
		}
		raw, err := n.Message()
		if err != nil {
			t.Fatal(err)
		}
		if bare := strings.ReplaceAll(string(raw), "\r\n", ""); strings.ContainsAny(bare, "\r\n") {
			t.Errorf("%s: a line ends in half of an end", name)
		}
		for _, line := range strings.Split(string(raw), "\r\n") {
			if len(line) > 78 {
				t.Errorf("%s: a line of %d bytes: %s", name, len(line), line)
			}
			if strings.IndexFunc(line, func(r rune) bool { return r > '~' || r < ' ' && r != '\t' }) >= 0 {
				t.Errorf("%s: no ASCII: %q", name, line)
			}
		}
		head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
		for _, line := range strings.Split(head, "\r\n") {
			if !regexp.MustCompile(`^([A-Za-z-]+:| )`).MatchString(line) || strings.HasPrefix(line, "Bcc") {
				t.Errorf("%s: a header %q", name, line)
			}
		}
	}
}

// TestSender: the message comes from where objections go, if that is an e-mail address.
func TestSender(t *testing.T) {
	for name, want := range map[string]string{"added.txtar": `"Fernlight" <privacy@fernlight.example>`, "hostile.txtar": ""} {
		raw, err := open(t, name).notice(t).Message()
		if err != nil {
			t.Fatal(err)
		}
		letter, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := letter.Header.Get("From"); got != want {
			t.Errorf("%s comes from %q, want %q", name, got, want)
		}
	}
}

// TestHTML parses the HTML of each archive: it runs nothing, loads nothing, leads only to the web and to mail, and shows every fact of the text.
func TestHTML(t *testing.T) {
	for _, name := range archives(t) {
		n := open(t, name).notice(t)
		if len(n.Changes) == 0 {
			continue
		}
		page, err := n.HTML()
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		var shown strings.Builder
		for node := range doc.Descendants() {
			if node.Type == html.TextNode {
				shown.WriteString(node.Data + " ")
				continue
			}
			switch node.Data {
			case "script", "img", "link", "iframe", "object", "form", "base":
				t.Errorf("%s: an element <%s>", name, node.Data)
			}
			for _, a := range node.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "background" ||
					a.Key == "href" && !strings.HasPrefix(a.Val, "https://trust.") && !strings.HasPrefix(a.Val, "mailto:") {
					t.Errorf("%s: <%s %s=%q>", name, node.Data, a.Key, a.Val)
				}
			}
		}
		text := strings.Join(strings.Fields(shown.String()), " ")
		if strings.Contains(page, "url(") || strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s: a style loads something, or a value was refused", name)
		}
		for _, c := range n.Changes {
			for _, f := range append(c.Facts, notice.Fact{Values: []string{c.Headline, c.Why, c.Concerns, c.Effective.Long(), c.ObjectUntil.Long()}}) {
				for _, v := range f.Values {
					if c.What == notice.Leaving && v == c.Concerns {
						continue
					}
					if !strings.Contains(text, v) {
						t.Errorf("%s: %q is not shown", name, v)
					}
				}
			}
		}
	}
}

// TestJSON: what a program gets has the facts, and the mail as it would be sent.
func TestJSON(t *testing.T) {
	n := open(t, "several.txtar").notice(t)
	data, err := n.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Subject, On, Company, Contact, List, Text, HTML string
		Changes                                         []struct {
			What, ID, Headline, Effective string
			ObjectUntil                   string `json:"object_until"`
			EveryCustomer                 bool   `json:"every_customer"`
			Facts                         []struct {
				Words  string
				Values []string
			}
			Differs []struct{ Key, Words string }
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	page, err := n.HTML()
	if err != nil || got.Text != n.Text() || got.HTML != page || got.Subject != n.Subject || got.On != on || got.Contact != "privacy@fernlight.example" {
		t.Errorf("got %+v, %v", got, err)
	}
	var ids []string
	for _, c := range got.Changes {
		ids = append(ids, c.What+" "+c.ID)
	}
	if s := strings.Join(ids, ", "); s != "added slack, added workos, changed stripe, leaving langsmith" {
		t.Errorf("changes: %s", s)
	}
	if w := got.Changes[1]; w.EveryCustomer || w.Effective != "2026-12-15" || w.ObjectUntil != "2026-12-10" || len(w.Facts) < 4 {
		t.Errorf("workos: %+v", w)
	}
	if s := got.Changes[2]; !s.EveryCustomer || len(s.Differs) != 1 || s.Differs[0].Key != "locations" {
		t.Errorf("stripe: %+v", s)
	}
}

// TestInvisible: a document of another program may hold letters that show nothing or turn a line around. None of them gets into a notice, and no name
// becomes a header.
func TestInvisible(t *testing.T) {
	before := &disclosure.Document{Site: disclosure.Site{Company: "Fern\r\nBcc: a@b.example", BaseURL: "https://trust.x.example", Contacts: disclosure.Contacts{Privacy: "p@x.example\r\nBcc: c@d.example"}}}
	now := *before
	now.Subprocessors = []disclosure.Subprocessor{{ID: "x", Name: "a\u202eb\r\nSubject: other\x1b[31m", Status: "planned", LegalEntity: "L\u200b\x00L", EffectiveOn: "2027-03-01"}}
	n := notice.Of(before, &now, notice.Options{On: day(t, on)})
	raw, err := n.Message()
	if err != nil {
		t.Fatal(err)
	}
	letter, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if letter.Header.Get("Bcc") != "" || letter.Header.Get("From") != "" || len(letter.Header["Subject"]) != 1 {
		t.Errorf("headers %v", letter.Header)
	}
	if all := n.Subject + n.Text(); strings.ContainsAny(all, "\u202e\u200b\x00\x1b\r") || !strings.Contains(all, "ab Subject: other") {
		t.Errorf("text %q", all)
	}
}

// TestRows: every row that a notice has for a vendor is filled in one of the archives, so that a fact whose key is renamed is missed.
func TestRows(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range archives(t) {
		for _, c := range open(t, name).notice(t).Changes {
			for _, f := range c.Facts {
				seen[f.Words] = true
			}
		}
	}
	for _, words := range notice.RowWords() {
		if !seen[words] {
			t.Errorf("no archive tells %q", words)
		}
	}
}

// TestLeaving walks a vendor out, and back: customers hear of each step once.
func TestLeaving(t *testing.T) {
	told := func(before, after disclosure.Subprocessor) string {
		document := func(v disclosure.Subprocessor) *disclosure.Document {
			v.ID, v.Name, v.Address = "v", "V", "https://trust.c.example/v/"
			return &disclosure.Document{Site: disclosure.Site{Company: "C", BaseURL: "https://trust.c.example"}, Subprocessors: []disclosure.Subprocessor{v}}
		}
		n := notice.Of(document(before), document(after), notice.Options{On: day(t, on)})
		if len(n.Changes) == 0 {
			return ""
		}
		return n.Changes[0].Headline
	}
	type vendor = disclosure.Subprocessor
	active, retiring, removed := vendor{Status: "active"}, vendor{Status: "retiring", RemovedOn: "2027-02-01"}, vendor{Status: "removed", RemovedOn: "2027-02-01"}
	for _, c := range []struct {
		before, after vendor
		want          string
	}{
		{active, active, ""},
		{active, retiring, "V receives no more data from 1 February 2027 on"},
		{active, vendor{Status: "active", RemovedOn: "2027-02-01"}, "V receives no more data from 1 February 2027 on"},
		{active, vendor{Status: "retiring"}, "V will receive no more data"},
		{vendor{Status: "active", RemovedOn: "2027-02-01"}, retiring, ""},
		{vendor{Status: "retiring"}, retiring, "V receives no more data from 1 February 2027 on"},
		{retiring, removed, ""},
		{retiring, vendor{Status: "removed", RemovedOn: "2026-11-01"}, "V has received no data since 1 November 2026"},
		{removed, removed, ""},
		{retiring, active, "V stays a sub-processor"},
		{removed, active, "V becomes a sub-processor"},
		{vendor{Status: "planned", EffectiveOn: "2026-11-01"}, vendor{Status: "active", EffectiveOn: "2026-11-01"}, ""},
		{vendor{Status: "planned", EffectiveOn: "2027-01-01"}, vendor{Status: "planned", EffectiveOn: "2027-03-01"}, "Change at V: effective date, from 1 March 2027"},
	} {
		if got := told(c.before, c.after); got != c.want {
			t.Errorf("%s %s, then %s %s: %q, want %q", c.before.Status, c.before.RemovedOn, c.after.Status, c.after.RemovedOn, got, c.want)
		}
	}
}

// TestStrange: what was published before may be of another company, or of a later day.
func TestStrange(t *testing.T) {
	before := &disclosure.Document{Site: disclosure.Site{Company: "Other", LegalEntity: "Other, Inc.", BuiltOn: "2026-12-24"}}
	now := &disclosure.Document{Site: disclosure.Site{Company: "C", LegalEntity: "C, Inc."}}
	var all []string
	for _, w := range notice.Of(before, now, notice.Options{On: day(t, on)}).Warnings {
		all = append(all, w.Text)
	}
	want := `what was published before is of "Other", and the content is of "C"` + "\n" + "what was published before was built on 2026-12-24, after the day of this notice, 2026-11-26"
	if got := strings.Join(all, "\n"); got != want {
		t.Errorf("got %s", got)
	}
}

// TestMaterial: every fact that is said to concern customers makes a change of a vendor, and no other one does.
func TestMaterial(t *testing.T) {
	both := func(change func(v *disclosure.Subprocessor)) *notice.Notice {
		of := func() *disclosure.Subprocessor {
			return &disclosure.Subprocessor{ID: "v", Name: "V", Status: "active", LegalEntity: "V Inc.", AI: &disclosure.AITerms{Retention: disclosure.RetentionTerms{State: "days", Keep: "30d"}}}
		}
		before, after := of(), of()
		change(after)
		document := func(v *disclosure.Subprocessor) *disclosure.Document {
			return &disclosure.Document{Site: disclosure.Site{Company: "C", BaseURL: "https://trust.c.example", Contacts: disclosure.Contacts{Privacy: "p@c.example"}}, Subprocessors: []disclosure.Subprocessor{*v}}
		}
		return notice.Of(document(before), document(after), notice.Options{On: day(t, on)})
	}
	told := map[string]func(v *disclosure.Subprocessor){
		"legal entity": func(v *disclosure.Subprocessor) { v.LegalEntity = "W Inc." },
		"seat":         func(v *disclosure.Subprocessor) { v.PostalAddress = "Elsewhere 1" },
		"country":      func(v *disclosure.Subprocessor) { v.Country = "FR" },
		"purpose":      func(v *disclosure.Subprocessor) { v.Purpose = "More." },
		"engagement":   func(v *disclosure.Subprocessor) { v.Engagement = "core" },
		"data":         func(v *disclosure.Subprocessor) { v.Data = []string{"customer"} },
		"subjects":     func(v *disclosure.Subprocessor) { v.DataSubjects = []string{"users"} },
		"locations":    func(v *disclosure.Subprocessor) { v.Locations = []disclosure.Location{{Country: "US"}} },
		"transfer":     func(v *disclosure.Subprocessor) { v.Transfer.Mechanism = "dpf" },
		"training":     func(v *disclosure.Subprocessor) { v.AI.Training.Used = "always" },
		"retention":    func(v *disclosure.Subprocessor) { v.AI.Retention.Keep = "60d" },
		"coverage":     func(v *disclosure.Subprocessor) { v.AI.Retention.Covers.Endpoints = []string{"chat"} },
		"exceptions":   func(v *disclosure.Subprocessor) { v.AI.Retention.Exceptions = []string{"abuse"} },
		"review":       func(v *disclosure.Subprocessor) { v.AI.HumanReview = "yes" },
		"host":         func(v *disclosure.Subprocessor) { v.HostedBy = "aws" },
		"maker":        func(v *disclosure.Subprocessor) { v.Maker = "M" },
	}
	for name, change := range told {
		if n := both(change); len(n.Changes) != 1 || n.Changes[0].Headline == "" || strings.Contains(n.Subject, ": ,") {
			t.Errorf("%s: %d changes, %q", name, len(n.Changes), n.Subject)
		}
	}
	for name, change := range map[string]func(v *disclosure.Subprocessor){
		"nothing":     func(*disclosure.Subprocessor) {},
		"name":        func(v *disclosure.Subprocessor) { v.Name = "V." },
		"website":     func(v *disclosure.Subprocessor) { v.Website = "https://v.example" },
		"summary":     func(v *disclosure.Subprocessor) { v.Summary = "Other." },
		"review":      func(v *disclosure.Subprocessor) { v.ReviewedOn = "2026-11-01" },
		"agreement":   func(v *disclosure.Subprocessor) { v.Agreement.SignedOn = "2026-11-01" },
		"expiry":      func(v *disclosure.Subprocessor) { v.AI.Retention.Expires = "2027-11-01" },
		"effect":      func(v *disclosure.Subprocessor) { v.EffectiveOn = "2024-01-01" },
		"certificate": func(v *disclosure.Subprocessor) { v.Certifications = []string{"soc2-type2"} },
	} {
		if n := both(change); len(n.Changes) != 0 {
			t.Errorf("%s: %q", name, n.Subject)
		}
	}
}
