package generator_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/model"
	"candor/generator/output"
	"candor/themes"
)

// A planting is a mistake that is not one field broken: a text that says too much, two records that disagree, a file that went.
type planting struct {
	what     string
	file     string
	old, new string // old is there exactly once; "" appends
	rules    string // of the build
}

var plantings = []planting{
	{"a person is named in a policy", "content/policies/access-control.md", "\n## Exceptions\n", "\nAsk Ada Lind for it.\n\n## Exceptions\n", "LEK01 POL03"},
	{"a picture runs a script", "content/brand/logo.svg", "</svg>", "<script>alert(1)</script></svg>", "LEK03"},
	{"a note to self", "content/policies/access-control.md", "\n## Exceptions\n", "\nTODO: name the reviewer.\n\n## Exceptions\n", "POL03 POL04"},
	{"a link to a policy that is not there", "content/policies/access-control.md", "\n## Exceptions\n", "\nSee [this](access-contrl.md).\n\n## Exceptions\n", "LNK01 POL03"},
	{"a certificate that nobody gives", "content/policies/access-control.md", "\n## Exceptions\n", "\nFernlight is SOC 2 certified.\n\n## Exceptions\n", "CRT03 POL03"},
	{"a law as a certificate", "content/policies/access-control.md", "\n## Exceptions\n", "\nFernlight is GDPR certified.\n\n## Exceptions\n", "CRT04 POL03"},
	{"a token in a policy", "content/policies/access-control.md", "\n## Exceptions\n", "\nThe key is AKIA" + "Z7QWERTYUIOPASDF.\n\n## Exceptions\n", "LEK02 POL03"},
}

// TestPlantings makes mistakes that no single field holds.
func TestPlantings(t *testing.T) {
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plantings {
		t.Run(p.what, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(starterFiles(t))
			data := files[p.file]
			switch {
			case p.new == "" && p.old == "":
				delete(files, p.file)
			case p.old == "":
				files[p.file] = append(bytes.Clone(data), p.new...)
			case strings.Count(string(data), p.old) != 1:
				t.Fatalf("%q is not in %s once", p.old, p.file)
			default:
				files[p.file] = []byte(strings.Replace(string(data), p.old, p.new, 1))
			}
			if got := built(t, files, day); got != p.rules {
				t.Errorf("gives %s, not %s", got, p.rules)
			}
		})
	}
}

// built builds a site in memory, without drawings, and gives the rules of what was found.
func built(t *testing.T, files map[string][]byte, day model.Day) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	report, err := generator.Build(context.Background(), generator.Input{Files: fsys, On: day, Themes: []fs.FS{themes.Default()}}, &output.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	return summary(report.Findings)
}
