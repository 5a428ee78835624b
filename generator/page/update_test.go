package page

import (
	"slices"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// TestToldChanges shows a change in the entry that tells it: under the id of the update, with the ids that it had before, and several in one entry each under its own.
func TestToldChanges(t *testing.T) {
	v, u, both := &model.Subprocessor{}, &model.Update{}, &model.Update{}
	v.ID.Value, v.Title.Value = "openai", "OpenAI"
	u.ID.Value, both.ID.Value = "moves", "both"
	u.Aliases = []model.Text{{Value: "moved"}}
	site := &model.Site{Records: model.Records{Config: &model.Config{}, Subprocessors: []*model.Subprocessor{v}, Updates: []*model.Update{u, both}}}
	site.Index = map[model.Key]model.Record{v.Key(): v, u.Key(): u, both.Key(): both}
	fields := []disclosure.Field{{Key: "legal_entity", Words: "legal entity", Before: "A", After: "B"}}
	d := &disclosure.Document{Changes: []disclosure.Entry{
		{ID: "2026-11-26-openai-changed", Former: []string{"earlier"}, Day: "2026-11-26", Kind: "subprocessor", Record: "openai", Update: "moves", News: "notice", Fields: fields},
		{ID: "both", Day: "2026-11-20", What: disclosure.Told, Update: "both", News: "news"},
		{ID: "2026-11-20-openai-announced", Day: "2026-11-20", What: disclosure.Announced, Kind: "subprocessor", Record: "openai", Title: "Announced", Update: "both",
			Announced: "2026-11-20", Effective: "2026-12-20", ObjectUntil: "2026-12-04"},
		{ID: "2026-01-20-gone-removed", Day: "2026-01-20", What: disclosure.Removed, Kind: "subprocessor", Record: "gone", Name: "Gone", Effective: "2026-01-20"},
	}}
	on, err := model.ParseDay("2026-11-26")
	if err != nil {
		t.Fatal(err)
	}
	list := newPlanner(site, on, Options{Disclosure: d}).updates
	if len(list) != 3 {
		t.Fatalf("there are %d entries", len(list))
	}
	first, second, third := list[0], list[1], list[2]
	if first.ID != "moves" || !slices.Equal(first.Former, []string{"moved", "2026-11-26-openai-changed", "earlier"}) || first.Kind != "Notice" ||
		len(first.Told) != 1 || first.Told[0].ID != "" || first.Told[0].Fields[0].Words != "Legal entity" {
		t.Errorf("%+v", first)
	}
	if len(second.Told) != 1 || second.Told[0].ID != "2026-11-20-openai-announced" || second.Told[0].Title != "Announced" || !second.Told[0].CanObject {
		t.Errorf("%+v", second)
	}
	if third.Kind != "Change" || len(third.Links) != 1 || third.Links[0].Address != "" || third.Links[0].Text != "Gone" || !third.Told[0].Ended {
		t.Errorf("%+v", third)
	}
}
