package notice

import (
	"fmt"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// promised gives a day that lies a promised time after the sending; false where nothing is promised.
func (w *writer) promised(period string) (model.Day, bool) {
	p, err := model.ParsePeriod(period)
	if err != nil {
		return 0, false
	}
	return w.o.On.Add(p), true
}

// added dates a vendor that is new: it takes effect on the day of the content.
func (w *writer) added(c *Change, v *disclosure.Subprocessor) {
	c.Effective = v.EffectiveOn
	if c.Effective == "" {
		c.Effective = w.assumed(c.ID)
	}
	w.objections(c, v)
	w.keeps(c)
}

// changed dates a change of a vendor that was there before. No day of the content tells from when its facts hold, but for one that receives nothing yet.
func (w *writer) changed(c *Change, v *disclosure.Subprocessor) {
	if c.Effective = v.EffectiveOn; v.Status != model.StatusPlanned || c.Effective == "" {
		c.Effective = w.assumed(c.ID)
	}
	w.objections(c, v)
	w.keeps(c)
}

// assumed gives the day from which holds what has no day: the one that was asked for, else the first that the promised notice allows.
func (w *writer) assumed(id string) disclosure.Day {
	if w.o.Effective != 0 {
		return disclosure.Day(w.o.Effective.String())
	}
	day, ok := w.promised(w.now.Promises.SubprocessorNotice)
	if !ok {
		w.warn(fmt.Sprintf("the notice cannot say from when the change of %q holds", id), "write --effective with the day")
		return ""
	}
	w.warn(fmt.Sprintf("no day of the content tells from when the change of %q holds, so the notice says %s, the first that the promised notice allows", id, day), "write --effective with another day")
	return disclosure.Day(day.String())
}

// objections gives customers the promised time from the day on which they are told, or longer where the site gives them longer.
func (w *writer) objections(c *Change, v *disclosure.Subprocessor) {
	c.ObjectUntil = v.ObjectUntil
	day, ok := w.promised(w.now.Promises.ObjectionWindow)
	if !ok {
		return
	}
	until := disclosure.Day(day.String())
	if c.ObjectUntil >= until {
		return
	}
	if c.ObjectUntil != "" && c.What == Added {
		w.warn(fmt.Sprintf("the page of %q takes objections until %s, the notice until %s, since the promised time counts from the day on which customers are told", c.ID, c.ObjectUntil, until),
			fmt.Sprintf("write announced_on: %s in content/subprocessors/%s.yaml", w.o.On, c.ID))
	}
	c.ObjectUntil = until
}

// keeps says where a notice comes too late for what is promised. NOT01 sees the days of the content alone, not the one on which customers are told.
func (w *writer) keeps(c *Change) {
	if c.Effective == "" {
		return
	}
	day := c.Effective.Time()
	if day <= w.o.On {
		w.warn(fmt.Sprintf("%q took effect on %s, so this is no notice in advance", c.ID, day), "send it now, and say why it comes late")
		return
	}
	earliest, ok := w.promised(w.now.Promises.SubprocessorNotice)
	if ok && day < earliest {
		period, _ := model.ParsePeriod(w.now.Promises.SubprocessorNotice)
		w.warn(fmt.Sprintf("%q takes effect on %s, %d days after this notice; %s are promised (NOT01)", c.ID, day, day-w.o.On, period.Long()), fmt.Sprintf("let it take effect on %s or later", earliest))
	}
	if c.ObjectUntil > c.Effective {
		w.warn(fmt.Sprintf("%q takes effect on %s, while customers may object until %s", c.ID, day, c.ObjectUntil), "let it take effect later")
	}
}

// strange warns of a document that looks as if it were another one than the last publication of this site.
func (w *writer) strange() []Warning {
	var all []Warning
	was, is := w.before.Site, w.now.Site
	if was.Company != is.Company && was.LegalEntity != is.LegalEntity {
		all = append(all, Warning{fmt.Sprintf("what was published before is of %q, and the content is of %q", line(was.Company), line(is.Company)), "name the trust.json of this company with --since"})
	}
	if was.BuiltOn.Time() > w.o.On {
		all = append(all, Warning{fmt.Sprintf("what was published before was built on %s, after the day of this notice, %s", was.BuiltOn, w.o.On), "name an earlier trust.json with --since, or a later day with --on"})
	}
	return all
}
