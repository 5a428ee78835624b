package check

import (
	"fmt"
	"slices"

	"candor/generator/diag"
)

var brd02 = Rule{
	Rule: diag.Rule{
		ID:       "BRD02",
		Severity: diag.Error,
		Title:    "site.yaml names a theme that there is not",
		Why:      "A site that falls back to another look in silence surprises its owner on the day it is published.",
		Bad:      `theme: handbok`,
		Good:     `theme: handbook`,
		Remark:   "A theme is one that comes with candor, or a folder in themes/ of the site folder; `candor theme` lists them. The folder themes/site holds single files that win over every theme, and is none itself.",
	},
	run: unknownTheme,
}

func unknownTheme(p *pass) {
	name, known := p.site.Config.Theme, p.site.Look.Themes
	if name.IsZero() || known == nil || slices.Contains(known, name.Value) {
		return
	}
	p.report(name.At, fmt.Sprintf("there is no theme %q", name.Value), hintFor(name.Value, known, "`candor theme` lists those there are"))
}
