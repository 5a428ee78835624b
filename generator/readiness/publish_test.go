package readiness_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/readiness"
	"candor/generator/starter"
	"candor/themes"
)

// starterFiles gives the starter as a site folder, on its own day.
func starterFiles(t *testing.T) (fstest.MapFS, model.Day) {
	t.Helper()
	on, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	shifted, err := starter.Shift(content.Files, on, on)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range shifted {
		files[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	return files, on
}

// TestStarterLacksNothing holds the example to the plan: whoever begins with it sees what a whole one looks like.
func TestStarterLacksNothing(t *testing.T) {
	files, on := starterFiles(t)
	for _, one := range reportOf(t, files, on).Results {
		if one.State != readiness.Proven {
			t.Errorf("%s is %s: %s", one.ID, one.State, one.Next)
		}
	}
}

// TestNothingIsPublished builds the starter and looks through every file for the words of the plan: where a company stands is its own affair.
func TestNothingIsPublished(t *testing.T) {
	files, on := starterFiles(t)
	words := []string{"SOC 2 in 90", "90-day", "claimed only", "practices:", "readiness-review", "output-logging", "password-manager", "device-inventory", "incident-runbook"}
	for _, p := range readiness.Phases {
		words = append(words, p.Title, strings.Split(p.Title, ":")[0])
	}
	for _, one := range reportOf(t, files, on).Results {
		words = append(words, one.Proof, one.Note)
		if strings.Contains(one.Title, ":") || len(strings.Fields(one.Title)) > 3 {
			words = append(words, one.Title)
		}
	}
	site := &output.Memory{}
	report, err := generator.Build(context.Background(), generator.Input{Files: files, On: on, Themes: themes.BuiltIn()}, site)
	if err != nil || report.Failed {
		t.Fatal(err, report.Findings)
	}
	for _, f := range site.Set().Files() {
		data, _ := site.Read(f.Path)
		for _, w := range words {
			if w != "" && bytes.Contains(bytes.ToLower(data), bytes.ToLower([]byte(w))) {
				t.Errorf("%s holds %q", f.Path, w)
			}
		}
	}
	if site.Set().Len() < 100 {
		t.Errorf("only %d files were looked through", site.Set().Len())
	}
}
