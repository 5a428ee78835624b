package check

import (
	"slices"
	"testing"

	"candor/generator/markdown"
	"candor/generator/model"
)

func text(value string) model.Text { return model.Text{Value: value} }

// TestScanSealed: what a share tells its customer may stand on its page, and nothing else that is internal.
func TestScanSealed(t *testing.T) {
	private := func(id, answer, note string) *model.Answer {
		a := &model.Answer{Visibility: text("private"), Question: text("How is the vault " + id + " opened?"), Text: text(answer)}
		a.ID, a.Internal.Note = text(id), text(note)
		a.Body.Source = []byte(answer)
		a.Body.Outline = markdown.Document{}
		return a
	}
	shown := private("one", "The vault is opened by two people with two keys.", "Ask the landlord about the spare key")
	other := private("two", "The vault is in the cellar of the old mill by the river.", "")
	share := &model.Share{Internal: model.ShareInternal{For: text("Northwind Traders"), Answers: []model.Ref[model.Answer]{{Text: text("one"), To: shown}}}}
	site := &model.Site{Records: model.Records{Config: &model.Config{Owners: []*model.Owner{{Internal: model.OwnerInternal{Person: text("Ada Lind")}}}},
		Topics: []*model.Topic{{Answers: []*model.Answer{shown, other}}}, Shares: []*model.Share{share, {Internal: model.ShareInternal{For: text("Contoso Group")}}}}}
	leaks := Leaks(site)
	for out, want := range map[string][]string{
		"For Northwind Traders. How is the vault one opened? The vault is opened by two people with two keys.": nil,
		"The vault is in the cellar of the old mill by the river.":                                             {"LEK01"},
		"How is the vault two opened?":                       {"LEK01"},
		"Ask the landlord about the spare key":               {"LEK01"},
		"Not for Contoso Group":                              {"LEK01"},
		"Ask Ada Lind":                                       {"LEK01"},
		"Sign in at https://vault.prod.internal (10.4.2.17)": nil,
		"Use AKIA" + "QZ7XW3BN5TLKM2PD" + " to sign in":      {"LEK02"},
	} {
		var got []string
		for _, f := range leaks.ScanSealed("q/x/index.html", []byte("<p>"+out+"</p>"), share) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(slices.Compact(got), want) {
			t.Errorf("%q: %v, want %v", out, got, want)
		}
	}
	if found := leaks.Scan("answers/index.html", []byte("The vault is opened by two people with two keys.")); len(found) != 1 {
		t.Error("what a share tells may come out elsewhere")
	}
}
