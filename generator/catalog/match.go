package catalog

import (
	"regexp"
	"slices"
	"strings"

	"candor/generator/model"
)

// An Ecosystem is a registry of packages with its own names.
type Ecosystem string

// The ecosystems whose packages the catalog knows.
const (
	NPM      Ecosystem = "npm"
	PyPI     Ecosystem = "pypi"
	Go       Ecosystem = "go"
	Gem      Ecosystem = "gem"
	Cargo    Ecosystem = "cargo"
	Maven    Ecosystem = "maven"
	Composer Ecosystem = "composer"
)

// ecosystems are all of them, in a fixed order.
var ecosystems = []Ecosystem{NPM, PyPI, Go, Gem, Cargo, Maven, Composer}

// packagesOf gives the packages of one ecosystem.
func packagesOf(s *Signatures, e Ecosystem) []model.Text {
	switch e {
	case NPM:
		return s.NPM
	case PyPI:
		return s.PyPI
	case Go:
		return s.Go
	case Gem:
		return s.Gem
	case Cargo:
		return s.Cargo
	case Maven:
		return s.Maven
	}
	return s.Composer
}

// A Match is a vendor that something seen is a sign of.
type Match struct {
	Vendor *Vendor
	Proof  bool // it shows that the vendor is used; otherwise it goes with the vendor and proves nothing
}

// Package gives the vendor of a package by its name in a manifest.
func (c *Catalog) Package(e Ecosystem, name string) (Match, bool) {
	known, ok := c.packages[e]
	if !ok {
		return Match{}, false
	}
	name = normal(e, name)
	if e != Go {
		return known.find(name)
	}
	for { // a module path, then the paths above it
		if m, ok := known.find(name); ok {
			return m, true
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return Match{}, false
		}
		name = name[:i]
	}
}

// exposed begin the names of variables that frameworks hand on to browsers and apps.
var exposed = []string{"NEXT_PUBLIC_", "NUXT_PUBLIC_", "EXPO_PUBLIC_", "GATSBY_", "REACT_APP_", "VUE_APP_", "VITE_", "PUBLIC_"}

// Variable gives the vendor of an environment variable.
func (c *Catalog) Variable(name string) (Match, bool) {
	m, ok := c.variables.find(name)
	for i := 0; i < len(exposed) && !ok; i++ {
		if inner, found := strings.CutPrefix(name, exposed[i]); found {
			m, ok = c.variables.find(inner)
		}
	}
	return m, ok
}

// forPeople are the first names of hosts on which a vendor has pages for people.
var forPeople = []string{"www", "docs", "developer", "developers", "help", "support", "community", "status", "blog"}

// Host gives the vendor of a host that is asked for what stands at path, which begins with a slash or is "".
func (c *Catalog) Host(host, path string) (Match, bool) {
	if len(host) > 253 { // longer ones are no names (RFC 1035)
		return Match{}, false
	}
	host, path = strings.ToLower(host), path[:min(len(path), 200)]
	for p := path; ; {
		if m, ok := c.hosts.exact[host+p]; ok {
			return m, true
		}
		i := strings.LastIndexByte(p, '/')
		if i < 0 {
			break
		}
		p = p[:i]
	}
	first, _, _ := strings.Cut(host, ".")
	if slices.Contains(forPeople, first) {
		return Match{}, false
	}
	return c.hosts.glob(host)
}

// Redirected gives the vendor whose client an environment variable points at another server, or nil.
func (c *Catalog) Redirected(variable string) *Vendor { return c.redirects[variable] }

var separators = regexp.MustCompile(`[-_.]+`)

// normal gives the one spelling of a package that a registry takes for several.
func normal(e Ecosystem, name string) string {
	name = strings.ToLower(name)
	switch e {
	case PyPI:
		return separators.ReplaceAllString(name, "-")
	case Cargo:
		return strings.ReplaceAll(name, "_", "-")
	}
	return name
}

// patterns are signatures of one kind: those that are a name, and those with a star, the longest first.
type patterns struct {
	exact map[string]Match
	globs []glob
}

type glob struct {
	pattern string
	match   Match
}

func (p *patterns) add(pattern string, m Match) {
	if strings.Contains(pattern, "*") {
		p.globs = append(p.globs, glob{pattern, m})
		return
	}
	if p.exact == nil {
		p.exact = map[string]Match{}
	}
	p.exact[pattern] = m
}

func (p *patterns) sort() {
	slices.SortStableFunc(p.globs, func(a, b glob) int { return len(b.pattern) - len(a.pattern) })
}

func (p *patterns) find(name string) (Match, bool) {
	if m, ok := p.exact[name]; ok {
		return m, true
	}
	return p.glob(name)
}

func (p *patterns) glob(name string) (Match, bool) {
	for _, g := range p.globs {
		if fits(g.pattern, name) {
			return g.match, true
		}
	}
	return Match{}, false
}

// fits reports whether name is pattern with some text, and not none, in the place of each star. What stands between two stars is taken where it comes first, which
// leaves the most for the rest: so it takes no longer than the two are long, whatever an author or somebody's code writes.
func fits(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == name
	}
	rest, ok := strings.CutPrefix(name, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1:last] {
		if rest == "" {
			return false
		}
		i := strings.Index(rest[1:], part)
		if i < 0 {
			return false
		}
		rest = rest[1+i+len(part):]
	}
	return len(rest) > len(parts[last]) && strings.HasSuffix(rest, parts[last])
}

// index enters all signatures.
func (c *Catalog) index() {
	for _, e := range ecosystems {
		c.packages[e] = &patterns{}
	}
	for _, v := range c.Vendors {
		c.enter(&v.Signatures, Match{v, v.Status.Value != "discontinued"}) // nothing is sent to a service that is gone
		c.enter(&v.Weak, Match{v, false})
		for _, name := range v.Redirects {
			c.redirects[name.Value] = v
		}
	}
	for _, p := range c.packages {
		p.sort()
	}
	c.hosts.sort()
}

func (c *Catalog) enter(s *Signatures, m Match) {
	for _, e := range ecosystems {
		for _, name := range packagesOf(s, e) {
			c.packages[e].add(normal(e, name.Value), m)
		}
	}
	for _, name := range s.Env {
		c.variables.add(name.Value, m)
	}
	for _, host := range s.Hosts {
		c.hosts.add(strings.ToLower(host.Value), m)
	}
}

// HasSigns reports whether the catalog knows anything by which code shows the vendor in use.
func (v *Vendor) HasSigns() bool {
	for _, s := range []*Signatures{&v.Signatures, &v.Weak} {
		for _, e := range ecosystems {
			if len(packagesOf(s, e)) > 0 {
				return true
			}
		}
		if len(s.Env)+len(s.Hosts)+len(s.Terraform)+len(s.Files) > 0 {
			return true
		}
	}
	return false
}
