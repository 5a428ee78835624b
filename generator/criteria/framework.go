package criteria

import (
	"strconv"
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

// A Group is a part of a framework, as its standard divides itself.
type Group struct {
	Title string // "Security", "1 Business controls", "Govern", "A.2"; "" where the framework has no parts
	IDs   []string
}

// Groups gives the parts of the framework in order. A category of SOC 2 is one part.
func (f Framework) Groups() []Group {
	var groups []Group
	for _, id := range f.IDs {
		title := f.groupOf(id)
		if n := len(groups); n > 0 && groups[n-1].Title == title {
			groups[n-1].IDs = append(groups[n-1].IDs, id)
			continue
		}
		groups = append(groups, Group{Title: title, IDs: []string{id}})
	}
	return groups
}

// groupOf gives the title of the part in which an id stands.
func (f Framework) groupOf(id string) string {
	switch f.Standard.Key {
	case "soc2":
		return f.Title
	case "mvsp":
		number, _, _ := strings.Cut(id, ".")
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= len(mvsp().Sections) {
			return number + " " + mvsp().Sections[n-1].Title
		}
	case "nist-ai-rmf":
		function, _, _ := strings.Cut(id, "-")
		return strings.ToUpper(function[:1]) + function[1:]
	case "iso42001":
		if parts := strings.SplitN(id, ".", 3); len(parts) > 2 {
			return parts[0] + "." + parts[1]
		}
	}
	return ""
}

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
