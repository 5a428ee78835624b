package check

import (
	"fmt"
	"math"

	"candor/generator/diag"
)

var brd01 = Rule{
	Rule: diag.Rule{
		ID:       "BRD01",
		Severity: diag.Error,
		Title:    "text in the brand's color is hard to read",
		Why:      "Links are the proof. Whoever cannot read them, in the sun or with tired eyes, cannot check anything.",
		Source:   "WCAG 2.2, 1.4.3 (AA: 4.5 to 1 for text) and 1.4.11 (3 to 1 for marks)",
		Bad: `brand:
  accent: "#f5a623"`,
		Good: `brand:
  accent: "#9b6710"`,
		Remark: `Contrast is measured between the colors that the theme in use paints, a site's own included: text in the accent on the page (--paper) and on what is set off from it (--wash), in light and in dark.
Marks have the color of the text, so what text needs is enough for them. On dark pages the built-in themes paint the accent's hue lighter. The color in the hint has the hue of the accent, and of those that can be read it is the nearest in OKLCH.`,
	},
	run: unclearAccent,
}

func unclearAccent(p *pass) {
	look, accent := p.site.Look, p.site.Config.Brand.Accent
	if len(look.Unclear) == 0 {
		return
	}
	worst := look.Unclear[0]
	for _, u := range look.Unclear {
		if u.Ratio < worst.Ratio {
			worst = u
		}
	}
	ground := "the page"
	if worst.Wash {
		ground = "what is set off from the page"
	}
	if worst.Dark {
		ground += ", when it is dark"
	}
	hint := "no color of this hue can be read in this theme; choose another, or another --paper and --wash in the theme"
	if look.Nearest != "" {
		hint = fmt.Sprintf("write %q, the nearest that can be read", look.Nearest)
	}
	p.report(accent.At, fmt.Sprintf("text in accent %q has a contrast of %.2f to %s, less than the 4.5 of WCAG AA", accent.Value, math.Floor(worst.Ratio*100)/100, ground), hint)
}
