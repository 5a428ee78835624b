package criteria

import (
	"strings"
	"sync"
)

// A Framework is what "frameworks" in site.yaml can name: a standard, or the criteria that one category adds to a SOC 2 report.
type Framework struct {
	Name     string // "soc2-security"
	Title    string // "Security"; the standard's own name where it is the whole of it
	Standard Standard
	IDs      []string // in the order of the standard
}

// Meeting gives an id of the framework as policies and controls write it.
func (f Framework) Meeting(id string) string { return f.Standard.Meeting(id) }

// categories are those of SOC 2, with what the ids of their criteria begin with.
var categories = []struct{ name, title, letters string }{
	{"soc2-security", "Security", "CC"},
	{"soc2-availability", "Availability", "A"},
	{"soc2-confidentiality", "Confidentiality", "C"},
	{"soc2-processing-integrity", "Processing integrity", "PI"},
	{"soc2-privacy", "Privacy", "P"},
}

// frameworks are all that are known, SOC 2 first. Questionnaires are none: nobody knows how many questions they have.
var frameworks = sync.OnceValue(func() []Framework {
	var all []Framework
	for _, s := range standards() {
		switch {
		case s.Key == "soc2":
			for _, c := range categories {
				all = append(all, Framework{Name: c.name, Title: c.title, Standard: s, IDs: lettered(s.IDs, c.letters)})
			}
		case s.open == nil:
			all = append(all, Framework{Name: s.Key, Title: s.Name, Standard: s, IDs: s.IDs})
		}
	}
	return all
})

// lettered gives the ids that begin with these letters and no others.
func lettered(ids []string, letters string) []string {
	var list []string
	for _, id := range ids {
		if strings.TrimRight(id, "0123456789.") == letters {
			list = append(list, id)
		}
	}
	return list
}

// FindFramework gives the framework of a name in site.yaml.
func FindFramework(name string) (Framework, bool) {
	for _, f := range frameworks() {
		if f.Name == name {
			return f, true
		}
	}
	return Framework{}, false
}

// FrameworkNames gives the names that site.yaml can use, for hints.
func FrameworkNames() []string {
	var names []string
	for _, f := range frameworks() {
		names = append(names, f.Name)
	}
	return names
}
