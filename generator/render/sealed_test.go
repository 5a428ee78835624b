package render_test

import (
	"context"
	"strings"
	"testing"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
)

// TestNothingInternalIsInALetter fills every internal field there is and seals all answers for one customer: of what is internal the letter holds the
// customer and their questions, and nothing else. What is sealed is scanned as it was before, and what is written holds none of it.
func TestNothingInternalIsInALetter(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	share := &model.Share{Internal: model.ShareInternal{Questions: []*model.SharedQuestion{{}}}}
	share.ID.Value = "q7m2xk4vahn3zt5bpw6ydc2rse"
	site.Shares = append(site.Shares, share)
	plant(site)
	share.Internal.Answers = nil
	for i, a := range site.Answers() {
		share.Internal.Answers = append(share.Internal.Answers, model.Ref[model.Answer]{To: a})
		if i%2 == 0 {
			a.Visibility.Value = "private"
		}
	}
	share.Internal.Questions[0].Answer.To = site.Answers()[3]
	mine := map[string]bool{share.Internal.For.Value: true, share.Internal.Questions[0].Asked.Value: true, share.Internal.Questions[0].Number.Value: true}

	m := &output.Memory{}
	j := job(t, files, site, page.Options{Sealed: []*model.Share{share}}, m)
	letter, scanned := "", ""
	j.Seal = func(s *model.Share, content []byte) []byte {
		letter = string(content)
		return []byte("closed")
	}
	j.ScanSealed = func(path string, content []byte, s *model.Share) []diag.Finding {
		scanned = path + string(content)
		return []diag.Finding{{Rule: "LEK01", Message: "found in the letter"}}
	}
	if _, err := render.Pages(context.Background(), j); err != nil {
		t.Fatal(err)
	}
	if scanned != "q/q7m2xk4vahn3zt5bpw6ydc2rse/index.html"+letter || len(j.Diags.Findings()) != 1 {
		t.Error("what is sealed is not scanned as it is")
	}
	for text := range mine {
		if !strings.Contains(letter, text[:strings.IndexByte(text, ' ')]) {
			t.Errorf("the letter does not hold %q", text)
		}
		letter = strings.ReplaceAll(letter, strings.ReplaceAll(text, "'", "&#39;"), "")
	}
	if i := strings.Index(letter, canary); i >= 0 {
		t.Errorf("the letter holds ...%s...", letter[max(0, i-80):min(len(letter), i+120)])
	}
	for _, a := range site.Answers() {
		if !strings.Contains(letter, `id="answer-`+a.ID.Value+`"`) {
			t.Errorf("the letter lacks %s", a.ID.Value)
		}
	}
	noCanary(t, m)
	data, _ := m.Read("q/q7m2xk4vahn3zt5bpw6ydc2rse/index.html")
	if !strings.Contains(string(data), `data-sealed="636c6f736564"`) {
		t.Error("the page does not hold what was closed")
	}
}
