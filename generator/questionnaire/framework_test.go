package questionnaire

import (
	"testing"

	"candor/generator/model"
	"candor/generator/sheet"
)

func TestFramework(t *testing.T) {
	a := &model.Answer{}
	for _, id := range []string{"caiq-4.0", "caiq-3.1", "mvsp", "hecvat-3"} {
		a.Frameworks = append(a.Frameworks, model.FrameworkIDs{ID: model.Text{Value: id}})
	}
	l := &Library{answers: []*model.Answer{a}}
	for name, want := range map[string]string{
		"CAIQv4.0.3_STAR-Security.xlsx": "caiq-4.0", "CAIQ v3.1 final.xlsx": "caiq-3.1", "caiq.xlsx": "", "caiq-4.1.xlsx": "", "CAIQ_version_4.0.csv": "caiq-4.0",
		"our MVSP answers.csv": "mvsp", "HECVAT-3.06.xlsx": "hecvat-3", "acme 4.0.xlsx": "", "/in/caiq-4.0/acme.xlsx": "",
	} {
		if got := l.framework(name, sheet.Survey{}); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := l.framework("questions.xlsx", sheet.Survey{Skipped: []sheet.Skipped{{Sheet: "CAIQv4.0.3"}}}); got != "caiq-4.0" {
		t.Errorf("by a sheet: %q", got)
	}
}
