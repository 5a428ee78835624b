package link_test

import (
	"fmt"
	"testing"

	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/source"
)

// benchDraft makes records in memory: 1,000 policies, 300 vendors, 100 flows of 12 steps, 2,000 answers that cite policies.
func benchDraft() *model.Draft {
	file := source.NewFile("content/site.yaml", []byte("---\n"))
	text := func(format string, args ...any) model.Text {
		return model.Text{Value: fmt.Sprintf(format, args...), At: file.Span(0, 3)}
	}
	head := func(format string, args ...any) model.Header {
		return model.Header{ID: text(format, args...), File: file}
	}
	lead := model.Ref[model.Owner]{Text: text("lead")}
	class := []model.Ref[model.DataClass]{{Text: text("customer")}}
	d := &model.Draft{Records: model.Records{Config: &model.Config{Owners: []*model.Owner{{Header: head("lead")}}}, DataClasses: []*model.DataClass{{Header: head("customer")}}}}
	for i := range 1000 {
		d.Policies = append(d.Policies, &model.Policy{Header: head("policy-%d", i), Owner: lead, ApprovedBy: lead})
	}
	for i := range 300 {
		d.Subprocessors = append(d.Subprocessors, &model.Subprocessor{Header: head("vendor-%d", i), Data: class})
	}
	for i := range 100 {
		f := &model.Flow{Header: head("flow-%d", i)}
		for n := range 12 {
			f.Steps = append(f.Steps, &model.Step{ID: text("s%d", n), Stage: text("input"), Kind: text("process"), Title: text("Step"), In: model.Party{Text: text("vendor-%d", (i+n)%300)}})
			f.Links = append(f.Links, &model.Link{From: model.StepRef{Text: text("s%d", n)}, To: model.StepRef{Text: text("s%d", (n+1)%12)}, Data: class})
		}
		d.Flows = append(d.Flows, f)
	}
	topic := &model.Topic{ID: text("all")}
	for i := range 2000 {
		topic.Answers = append(topic.Answers, &model.Answer{Header: head("answer-%d", i), Owner: lead, Evidence: []model.Citation{{Text: text("policy:policy-%d", i%1000)}}})
	}
	d.Topics = []*model.Topic{topic}
	return d
}

// BenchmarkDraft links a large site.
func BenchmarkDraft(b *testing.B) {
	d := benchDraft()
	b.ReportAllocs()
	for b.Loop() {
		diags := &diag.List{}
		if link.Draft(d, diags); len(diags.Findings()) > 0 {
			b.Fatal(diags.Findings()[0].Message)
		}
	}
}
