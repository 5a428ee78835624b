// Package pattern holds regular expressions that are compiled when they are first asked. There are a hundred in the program, to compile them takes
// milliseconds, and no command needs them all.
package pattern

import (
	"regexp"
	"sync"
)

// A Late is a regular expression that is not compiled yet. Its methods are those of regexp.Regexp, and it is as safe for concurrent use.
type Late struct {
	compiled func() *regexp.Regexp
}

// Of gives the pattern of an expression, which has to be right: the first use panics otherwise, and every pattern has a test.
func Of(expression string) *Late {
	return &Late{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// Match is that of regexp.Regexp.
func (p *Late) Match(b []byte) bool { return p.compiled().Match(b) }

// MatchString is that of regexp.Regexp.
func (p *Late) MatchString(s string) bool { return p.compiled().MatchString(s) }

// FindString is that of regexp.Regexp.
func (p *Late) FindString(s string) string { return p.compiled().FindString(s) }

// FindStringIndex is that of regexp.Regexp.
func (p *Late) FindStringIndex(s string) []int { return p.compiled().FindStringIndex(s) }

// FindStringSubmatch is that of regexp.Regexp.
func (p *Late) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }

// FindStringSubmatchIndex is that of regexp.Regexp.
func (p *Late) FindStringSubmatchIndex(s string) []int {
	return p.compiled().FindStringSubmatchIndex(s)
}

// FindAllString is that of regexp.Regexp.
func (p *Late) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }

// FindAllStringIndex is that of regexp.Regexp.
func (p *Late) FindAllStringIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch is that of regexp.Regexp.
func (p *Late) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compiled().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex is that of regexp.Regexp.
func (p *Late) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString is that of regexp.Regexp.
func (p *Late) ReplaceAllString(s, with string) string {
	return p.compiled().ReplaceAllString(s, with)
}

// FindIndex is that of regexp.Regexp.
func (p *Late) FindIndex(b []byte) []int { return p.compiled().FindIndex(b) }

// FindAllSubmatchIndex is that of regexp.Regexp.
func (p *Late) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return p.compiled().FindAllSubmatchIndex(b, n)
}

// ReplaceAllStringFunc is that of regexp.Regexp.
func (p *Late) ReplaceAllStringFunc(s string, with func(string) string) string {
	return p.compiled().ReplaceAllStringFunc(s, with)
}
