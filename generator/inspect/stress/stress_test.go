package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"candor/content"
	"candor/generator"
	"candor/generator/model"
	"candor/generator/output"
	"candor/themes"
)

// TestBuilds holds that the site has no findings on the starter's day, and is as large and its names as long as it says.
func TestBuilds(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "site")
	if err := run(folder); err != nil {
		t.Fatal(err)
	}
	if err := run(folder); err == nil {
		t.Error("wrote over a folder that was there")
	}
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	report, err := generator.Build(context.Background(), generator.Input{Files: os.DirFS(folder), On: day, Themes: themes.BuiltIn()}, &output.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("%s: %s", f.Rule, f.Message)
	}
	if files, _ := filepath.Glob(filepath.Join(folder, "content/subprocessors/*.yaml")); len(files) != vendors {
		t.Errorf("%d sub-processors, not %d", len(files), vendors)
	}
}

// TestNamesDiffer holds that no two names of a length are the same, and that each has that length.
func TestNamesDiffer(t *testing.T) {
	seen := map[string]int{}
	for n := range 2000 {
		name := hard(n, 80)
		if got := utf8.RuneCountInString(name); got != 80 {
			t.Errorf("name %d has %d characters", n, got)
		}
		if other, twice := seen[name]; twice {
			t.Errorf("names %d and %d are the same", n, other)
		}
		seen[name] = n
	}
}
