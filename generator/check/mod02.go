package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/pattern"
)

var mod02 = Rule{
	Rule: diag.Rule{
		ID:       "MOD02",
		Severity: diag.Warning,
		Title:    "a model is approved under an alias that its maker can point elsewhere",
		Why:      "What was evaluated is one version; \"latest\" is another one tomorrow, without a word to anybody.",
		Source:   "SOC 2 CC8.1; ISO/IEC 42001 A.6.2.6",
		Bad:      `gpt-4.1: {provider: openai, version: latest, approved_by: cto, approved_on: 2026-05-02}`,
		Good:     `gpt-4.1: {provider: openai, version: "2025-04-14", approved_by: cto, approved_on: 2026-05-02}`,
		Remark: `Words that float are latest, newest, current, default, rolling and auto; stable at the end of a version, and preview where no date or build follows. Without
a version the id is looked at. Where the maker offers nothing else, write in change_note how you learn of a change and what you do then.`,
	},
	run: floatingAliases,
}

// Only latest and newest say the same wherever they stand: "stable" is also the beginning of the name of a model, and "auto" of many.
var (
	aliasWord   = pattern.Of(`(?i)(?:^|[^a-z])(?:(?:latest|newest)(?:$|[^a-z])|(?:current|default|rolling|auto|nightly)(?:$|[\s(,;])|stable$)`)
	previewWord = pattern.Of(`(?i)(?:^|[^a-z])preview(?:$|[^a-z])`)
	pinnedAt    = pattern.Of(`\d{4}-?\d{2}-?\d{2}|\d{2}-\d{2}(?:$|[^0-9])|(?:^|[^0-9.])\d{3,4}(?:$|[^0-9])|[0-9a-f]{12,}`)
)

func floatingAliases(p *pass) {
	for _, m := range p.site.Models {
		version := m.Version
		if version.IsZero() {
			version = m.ID
		}
		if !isAlias(version.Value) || !m.ChangeNote.IsZero() && !isNoReason(m.ChangeNote.Value) {
			continue
		}
		p.report(version.At, fmt.Sprintf("model %q is approved as %q, an alias that its maker can point elsewhere any day", m.ID.Value, version.Value),
			`write the version that the code asks for, like "2025-04-14", or "change_note: ..." with how a change is noticed and what is done then`,
			note(m.ChangeNote.At, "this note says nothing"))
	}
}

// isAlias reports whether a version is an alias.
func isAlias(version string) bool {
	version = strings.TrimSpace(version)
	return aliasWord.MatchString(version) || previewWord.MatchString(version) && !pinnedAt.MatchString(version)
}
