package theme

import (
	"fmt"
	"io"
)

// ExecuteMain writes what the template called name makes of view between the masthead and the foot, without the frame.
func (t *Theme) ExecuteMain(w io.Writer, name string, view any) error {
	p := t.pages[name]
	if p == nil {
		return fmt.Errorf("theme has no %s/page.html", name)
	}
	if err := p.set.ExecuteTemplate(w, "main", view); err != nil {
		return p.explain(name, err)
	}
	return nil
}
