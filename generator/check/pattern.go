package check

import (
	"regexp"
	"sync"
)

// A pattern is a regular expression that is compiled when it is first asked: there are some sixty, and a command that checks nothing needs none.
type pattern struct {
	compiled func() *regexp.Regexp
}

// compiledLate gives the pattern of an expression, which has to be right: the first use panics otherwise, and every pattern has a test.
func compiledLate(expression string) *pattern {
	return &pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// The methods are those of regexp.Regexp.

func (p *pattern) Match(b []byte) bool                    { return p.compiled().Match(b) }
func (p *pattern) MatchString(s string) bool              { return p.compiled().MatchString(s) }
func (p *pattern) FindString(s string) string             { return p.compiled().FindString(s) }
func (p *pattern) FindStringIndex(s string) []int         { return p.compiled().FindStringIndex(s) }
func (p *pattern) FindStringSubmatch(s string) []string   { return p.compiled().FindStringSubmatch(s) }
func (p *pattern) FindAllString(s string, n int) []string { return p.compiled().FindAllString(s, n) }
func (p *pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.compiled().FindAllStringIndex(s, n)
}
func (p *pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compiled().FindAllStringSubmatch(s, n)
}
func (p *pattern) ReplaceAllString(s, with string) string {
	return p.compiled().ReplaceAllString(s, with)
}
