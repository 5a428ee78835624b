package match

import (
	"slices"
	"strings"
)

// refer fills the features about ids: what the sheet calls its row, beside what the answer says that it answers.
func (l *Library) refer(c *contender, a *asking) {
	if a.ID == "" {
		return
	}
	for _, r := range l.answers[c.answer].Frameworks {
		if !slices.ContainsFunc(r.IDs, func(id string) bool { return sameID(id, a.ID) }) {
			continue
		}
		switch {
		case a.Framework == "" || family(a.Framework) == family(r.Framework) && !sameFramework(a.Framework, r.Framework):
			c.features[fID] = 1
		case !sameFramework(a.Framework, r.Framework):
		case agrees(&c.features):
			c.features[fFramework] = 1
		default:
			c.features[fID] = .5
		}
	}
}

// agrees tells whether two texts are near enough to stand under one id. Ids are renumbered between versions, and people write the wrong version.
func agrees(f *vector) bool {
	return f[fSame] > 0 || f[fTerms] > .15 || f[fIntents] > .25 || f[fAsked] > .3
}

// sameID tells whether two ids are one, however they are written: "DSP-15.1", "dsp 15.1".
func sameID(a, b string) bool { return bareID(a) == bareID(b) }

func bareID(id string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '_' || r == '\u2011' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(id))), ".")
}

// sameFramework tells whether two names name one version of one framework: "CAIQ 4.0.3" is "caiq-4.0", and a name without a version is any version.
func sameFramework(a, b string) bool {
	if family(a) != family(b) {
		return false
	}
	va, vb := version(a), version(b)
	return va == vb || va == "" || vb == "" || strings.HasPrefix(va, vb+".") || strings.HasPrefix(vb, va+".")
}

// family gives the name of a framework without its version.
func family(name string) string {
	name = strings.TrimSuffix(strings.TrimRight(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(name)), version(name)), " -_"), " v")
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.TrimPrefix(name, "csa "))
}

// version gives the version at the end of a framework's name: "4.0" of "caiq-4.0".
func version(name string) string {
	i := len(name)
	for i > 0 && (name[i-1] >= '0' && name[i-1] <= '9' || name[i-1] == '.') {
		i--
	}
	return strings.Trim(name[i:], ".")
}
