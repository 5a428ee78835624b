package check

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/markdown"
	"candor/generator/model"
	"candor/generator/source"
)

// words of which texts are made, as common as those of a policy.
var benchWords = strings.Fields("access to customer data is limited to people who need it and reviewed every quarter by the head of security with a record of who " +
	"approved what on which day so that an auditor can follow each change from request to release and back keys are rotated logs are kept for thirty days encryption " +
	"in transit and at rest protects what leaves a boundary vendors are assessed before they receive anything and once a year after that")

func benchText(r *rand.Rand, size int) string {
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(benchWords[r.IntN(len(benchWords))])
		switch r.IntN(40) {
		case 0:
			b.WriteString(".\n\n")
		case 1:
			b.WriteString(" ([policy](policy-1.md))")
		case 2:
			b.WriteString("\n- ")
		default:
			b.WriteString(" ")
		}
	}
	return b.String()
}

// benchName makes a word that no page has, as names and numbers of contracts are.
func benchName(r *rand.Rand) string {
	var b strings.Builder
	for range 3 {
		b.WriteString([]string{"ber", "kov", "lin", "sto", "mar", "zel", "wick", "dor", "han", "quil"}[r.IntN(10)])
	}
	return b.String()
}

// benchSite makes a site in memory: 1,000 policies of 6 kB, 300 vendors, 2,000 answers, 100 flows.
func benchSite() *model.Site {
	r := rand.New(rand.NewPCG(1, 2))
	file := source.NewFile("content/policies/policy-1.md", []byte("---\n"))
	text := func(format string, args ...any) model.Text {
		return model.Text{Value: fmt.Sprintf(format, args...), At: file.Span(0, 3)}
	}
	on, _ := model.ParseDay("2026-08-01")
	day := model.Date{Day: on, At: file.Span(0, 3)}
	head := func(id model.Text) model.Header { return model.Header{ID: id, File: file} }
	lead := model.Ref[model.Owner]{Text: text("lead")}
	d := &model.Draft{Records: model.Records{Config: &model.Config{BaseURL: text("https://x.example"), Promises: model.Promises{Regions: []model.Text{text("EU")}}}}}
	d.Config.Owners = []*model.Owner{{Header: head(text("lead")), Title: text("Lead"), Internal: model.OwnerInternal{Person: text("Ada Lind"), Email: text("ada@x.example")}}}
	d.DataClasses = []*model.DataClass{{Header: head(text("customer")), Title: text("Customer data"), Level: text("confidential")}}
	for i := range 1000 {
		body := []byte(benchText(r, 6000))
		d.Policies = append(d.Policies, &model.Policy{Header: head(text("policy-%d", i)), Title: text("Policy %d", i), Owner: lead, ApprovedBy: lead, ApprovedOn: day,
			Version: text("1"), Meets: []model.Meeting{text("CC6.1"), text("mvsp-3.1")}, Body: model.Body{Source: body, Span: file.Span(0, 3), Outline: markdown.Read(body)}})
	}
	for i := range 300 {
		d.Subprocessors = append(d.Subprocessors, &model.Subprocessor{Header: head(text("vendor-%d", i)), Title: text("Vendor %d", i), Category: text("other"), Status: text("active"),
			Data: []model.Ref[model.DataClass]{{Text: text("customer")}}, Locations: []model.Location{{Country: text("US")}}, Internal: model.SubprocessorInternal{Note: text("%s %s %d", strings.Join(benchWords[i%50:i%50+12], " "), benchName(r), i)}})
		if i%10 == 0 {
			d.Subprocessors[i].AI = &model.AITerms{Retention: model.RetentionTerms{State: text("days"), Keep: model.Duration{Period: model.Period{Count: 30, Unit: 'd'}, At: file.Span(0, 3)}}}
		}
		d.Evidence = append(d.Evidence, &model.Evidence{Header: head(text("proof-%d", i)), Title: text("Proof %d", i), Internal: model.EvidenceInternal{HeldAt: text("legal drive, folder %d", i)}})
	}
	topic := &model.Topic{ID: text("all")}
	for i := range 2000 {
		answer := text("%s", benchText(r, 400))
		topic.Answers = append(topic.Answers, &model.Answer{Header: head(text("answer-%d", i)), Question: text("Question %d?", i), Verdict: text("yes"), Text: answer,
			Body: model.Body{Source: []byte(answer.Value), Span: answer.At}, Owner: lead, ReviewedOn: day, Evidence: []model.Citation{{Text: text("policy:policy-%d", i%1000)}}})
	}
	d.Topics = []*model.Topic{topic}
	for i := range 100 {
		f := &model.Flow{Header: head(text("flow-%d", i)), Title: text("Flow %d", i), Feature: text("product")}
		for n := range 12 {
			f.Steps = append(f.Steps, &model.Step{ID: text("s%d", n), Stage: text("input"), Kind: text("process"), Title: text("Step %d", n), In: model.Party{Text: text("vendor-%d", (i+n)%300)}})
			f.Links = append(f.Links, &model.Link{From: model.StepRef{Text: text("s%d", n)}, To: model.StepRef{Text: text("s%d", (n+1)%12)}, Data: []model.Ref[model.DataClass]{{Text: text("customer")}}, Over: text("tls")})
		}
		d.Flows = append(d.Flows, f)
	}
	d.Permalinks = &model.Permalinks{File: file, PublishedOn: day}
	for i := range 2000 {
		d.Permalinks.Answers = append(d.Permalinks.Answers, text("answer-%d", i+i/1950*100)) // of which 50 are gone
		if i < 1000 {
			d.Permalinks.Policies = append(d.Permalinks.Policies, text("policy-%d", i))
		}
		if i < 300 {
			d.Permalinks.Subprocessors = append(d.Permalinks.Subprocessors, text("vendor-%d", i))
			d.Permalinks.Facts = append(d.Permalinks.Facts, &model.PublishedVendor{ID: text("vendor-%d", i), Since: day, Status: text("active"), Data: []model.Text{text("customer")}, Locations: []model.Text{text("DE")}})
		}
	}
	return link.Draft(d, &diag.List{})
}

// BenchmarkSite runs all rules over a large site.
func BenchmarkSite(b *testing.B) {
	site := benchSite()
	on, _ := model.ParseDay("2026-11-23")
	b.ReportAllocs()
	for b.Loop() {
		Site(site, on, &diag.List{})
	}
}

// BenchmarkRule tells what each rule takes of that.
func BenchmarkRule(b *testing.B) {
	site := benchSite()
	on, _ := model.ParseDay("2026-11-23")
	for _, r := range Rules() {
		if r.run == nil {
			continue
		}
		b.Run(r.ID, func(b *testing.B) {
			for b.Loop() {
				r.run(&pass{site: site, on: on, rule: r.Rule, diags: &diag.List{}, folio: new(Desk).open(site)})
			}
		})
	}
}

// BenchmarkLeaks makes the list of a large site.
func BenchmarkLeaks(b *testing.B) {
	site := benchSite()
	for b.Loop() {
		Leaks(site)
	}
}

// BenchmarkScan scans 1,000 pages of 15 kB, none of which leaks.
func BenchmarkScan(b *testing.B) {
	leaks := Leaks(benchSite())
	r := rand.New(rand.NewPCG(3, 4))
	pages := make([][]byte, 20)
	for i := range pages {
		var page bytes.Buffer
		if err := markdown.Render(&page, []byte(benchText(r, 14000)), markdown.Options{}); err != nil {
			b.Fatal(err)
		}
		pages[i] = page.Bytes()[:15000]
	}
	b.SetBytes(1000 * 15000)
	for b.Loop() {
		for i := range 1000 {
			if found := leaks.Scan("x.html", pages[i%len(pages)]); len(found) > 0 {
				b.Fatal(found)
			}
		}
	}
}

// edited gives the site with one policy written anew, as reading its file again would.
func edited(site *model.Site, i int) *model.Site {
	next := *site
	next.Policies = slices.Clone(site.Policies)
	i %= len(next.Policies)
	policy := *next.Policies[i]
	policy.Body.Source = append(slices.Clone(policy.Body.Source), "Another sentence is here.\n"...)
	policy.Body.Outline = markdown.Read(policy.Body.Source)
	next.Policies[i] = &policy
	return &next
}

// BenchmarkDesk runs all rules over a large site that was read before, but for one policy.
func BenchmarkDesk(b *testing.B) {
	site, desk := benchSite(), new(Desk)
	on, _ := model.ParseDay("2026-11-23")
	desk.Site(site, on, &diag.List{})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		next := edited(site, i)
		b.StartTimer()
		desk.Site(next, on, &diag.List{})
	}
}

// BenchmarkDeskLeaks makes the list of a large site in which one policy has changed.
func BenchmarkDeskLeaks(b *testing.B) {
	site, desk := benchSite(), new(Desk)
	desk.Leaks(site)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		next := edited(site, i)
		b.StartTimer()
		desk.Leaks(next)
	}
}

// BenchmarkDeskRule tells what each rule takes of a second run.
func BenchmarkDeskRule(b *testing.B) {
	site, desk := benchSite(), new(Desk)
	on, _ := model.ParseDay("2026-11-23")
	desk.Site(site, on, &diag.List{})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			desk.open(site).known()
		}
	})
	for _, r := range Rules() {
		if r.run == nil {
			continue
		}
		b.Run(r.ID, func(b *testing.B) {
			f := desk.open(site)
			for b.Loop() {
				r.run(&pass{site: site, on: on, rule: r.Rule, diags: &diag.List{}, folio: f})
			}
		})
	}
}
