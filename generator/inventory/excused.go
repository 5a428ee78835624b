package inventory

import (
	"slices"
	"strings"

	"candor/generator/model"
)

// An excuse is an exception to FLW11 that holds: for the source of a flow, or for a file that site.yaml names.
type excuse struct {
	exception model.Exception
	flow      *model.Flow // nil for one in site.yaml
}

// excuses gives the exceptions that hold on the day of the comparison.
func (c *comparison) excuses() []excuse {
	if c.Site == nil {
		return nil
	}
	var all []excuse
	holds := func(e model.Exception) bool {
		return e.Rule.Value == Rule && !e.Reason.IsZero() && e.Expires.Day > c.On
	}
	for _, e := range c.Site.Config.Exceptions {
		if holds(e) && !e.In.IsZero() {
			all = append(all, excuse{e, nil})
		}
	}
	for _, f := range c.Site.Flows {
		for _, e := range f.Exceptions {
			if holds(e) {
				all = append(all, excuse{e, f})
			}
		}
	}
	return all
}

// excused gives the exception that takes signs off the list; nil where one of them is beyond all exceptions. What proves nothing needs none.
func (c *comparison) excused(signs []model.Sign) *model.Exception {
	var by *model.Exception
	for _, s := range signs {
		if s.Strength == model.SignPossible || s.Aside {
			continue
		}
		i := slices.IndexFunc(c.excusing, func(e excuse) bool { return c.reaches(e, s.At.Position().Path) })
		if i < 0 {
			return nil
		}
		by = &c.excusing[i].exception
	}
	return by
}

func (c *comparison) reaches(e excuse, name string) bool {
	if e.flow == nil {
		return strings.HasSuffix("/"+name, "/"+e.exception.In.Value)
	}
	return slices.ContainsFunc(c.Sources, func(s Source) bool { return s.Flow == e.flow && s.has(name) })
}
