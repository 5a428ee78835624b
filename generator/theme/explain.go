package theme

import (
	"fmt"
	"regexp"
)

// place is how text/template and html/template begin their errors.
var place = regexp.MustCompile(`^(?:html/)?template: ?([^:]+)((?::\d+)+): `)

// explain puts the file of the theme where an error names a template.
func (p *page) explain(name string, err error) error {
	text := err.Error()
	m := place.FindStringSubmatch(text)
	if m == nil || p.files[m[1]] == "" {
		return fmt.Errorf("theme: %s: %w", name, err)
	}
	return &templateError{text: "theme: " + p.files[m[1]] + m[2] + ": " + text[len(m[0]):], err: err}
}

// templateError is an error of a template, with the place written anew.
type templateError struct {
	text string
	err  error
}

func (e *templateError) Error() string { return e.text }
func (e *templateError) Unwrap() error { return e.err }
