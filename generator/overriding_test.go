package generator_test

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/model"
	"candor/generator/output"
	"candor/themes"
)

// example is a block of code of the documentation that says which file it is.
var example = regexp.MustCompile("(?ms)^```(?:html|css|yaml) ([a-z0-9./-]+)\n(.*?)^```$")

// TestOverriding builds the starter with the files that the documentation on overriding shows, and looks for each of them in the site.
func TestOverriding(t *testing.T) {
	text, err := os.ReadFile("../themes/OVERRIDING.md")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, data := range starterFiles(t) {
		files[name] = &fstest.MapFile{Data: data}
	}
	shown := example.FindAllStringSubmatch(string(text), -1)
	if len(shown) != 4 {
		t.Fatalf("the documentation shows %d files, want a brand, a template, a part and a style", len(shown))
	}
	for _, m := range shown {
		name, data := m[1], m[2]
		if name == "content/site.yaml" { // the brand takes the place of the starter's
			site := string(files[name].Data)
			brand := regexp.MustCompile(`(?m)^brand:\n(?:  .*\n)+`)
			if !brand.MatchString(site) {
				t.Fatal("the starter has no brand to replace")
			}
			data = brand.ReplaceAllLiteralString(site, data)
		}
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	site := &output.Memory{}
	report, err := generator.Build(context.Background(), generator.Input{Files: files, On: day, Themes: themes.BuiltIn()}, site)
	if err != nil || len(report.Findings) > 0 {
		t.Fatalf("%v %v", err, report.Findings)
	}
	policies, _ := site.Read("policies/index.html")
	sheet := regexp.MustCompile(`href="/(assets/site\.[0-9a-f]+\.css)"`).FindSubmatch(policies)
	if sheet == nil {
		t.Fatal("the list of policies has no stylesheet")
	}
	style, _ := site.Read(string(sheet[1]))
	answer, _ := site.Read("answers/trains-on-customer-data/index.html")
	for _, want := range []struct{ what, where, text string }{
		{"the template", string(policies), `<ul class="house-list">`},
		{"the part", string(answer), "Cite this page as "},
		{"the theme", string(policies), `class="handbook`},
		{"the style", string(style), ".house-list"},
		{"the ground", string(style), "--paper:#fffdf8"},
		{"the accent", string(style), "--brand-accent:#5b3fd6"},
		{"the font", string(style), `--brand-font:"Source Sans 3", system-ui, sans-serif`},
		{"the radius", string(style), "--brand-radius:8px"},
		{"the logo for dark pages", string(policies), `media="screen and (prefers-color-scheme: dark)"`},
	} {
		if !strings.Contains(want.where, want.text) {
			t.Errorf("%s is not in the site: there is no %q", want.what, want.text)
		}
	}
}
