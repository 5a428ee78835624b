// Package link turns names into pointers: a model.Draft in, a model.Site out.
//
// Every reference in every record is resolved, found by walking the model's types, so that a new field cannot be forgotten; every
// record learns who refers to it. A name that nothing has is a finding of SCH01 with the nearest name that exists, unless the
// field's ref tag leaves it to a rule that says it better. Two records of one name are a finding too. Names of records whose file could
// not be read are taken as known. The draft's records become the site's: linking again writes every link anew.
package link

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
)

const sch01 = "SCH01"

// Draft links all records of draft.
func Draft(draft *model.Draft, diags *diag.List) *model.Site {
	l := &linker{site: &model.Site{Records: draft.Records}, diags: diags}
	l.order()
	l.all = l.site.All()
	l.site.Index = l.index()
	l.resolveAll()
	for _, c := range l.site.DataClasses {
		l.dataClass(c)
	}
	for _, f := range l.site.Flows {
		l.flow(f)
	}
	for _, t := range l.site.Topics {
		l.topic(t)
	}
	l.policies()
	l.backlinks()
	return l.site
}

type linker struct {
	site  *model.Site
	diags *diag.List
	all   []model.Headed
	names map[model.Kind][]string // ids by kind, in order
}

func (l *linker) add(at model.Text, message, hint string) {
	l.diags.Add(diag.Finding{Rule: sch01, At: at.At, Message: message, Hint: hint})
}

func byID[T model.Record](a, b T) int { return strings.Compare(a.Key().ID, b.Key().ID) }

// order sorts what comes from one file each; lists within a file keep their author's order.
func (l *linker) order() {
	slices.SortStableFunc(l.site.Policies, byID)
	slices.SortStableFunc(l.site.Subprocessors, byID)
	slices.SortStableFunc(l.site.Flows, byID)
	slices.SortStableFunc(l.site.Updates, byID)
	slices.SortStableFunc(l.site.Shares, byID)
	slices.SortStableFunc(l.site.Topics, func(a, b *model.Topic) int { return l.topicRank(a, b) })
}

func (l *linker) topicRank(a, b *model.Topic) int {
	rank := func(t *model.Topic) int {
		for i, title := range l.site.Config.Topics {
			if title.ID.Value == t.ID.Value {
				return i
			}
		}
		return len(l.site.Config.Topics)
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.ID.Value, b.ID.Value))
}

// index gives every record by its key and by its old ones, and reports names that two records have. Addresses and file systems that
// ignore case would mix up two ids that differ in case alone, so those count as one.
func (l *linker) index() map[model.Key]model.Record {
	l.names = map[model.Kind][]string{}
	index := make(map[model.Key]model.Record, len(l.all))
	taken := make(map[model.Key]model.Headed, len(l.all))
	for _, r := range l.all {
		k := r.Key()
		folded := model.Key{Kind: k.Kind, ID: strings.ToLower(k.ID)}
		if first, ok := taken[folded]; ok {
			l.twice(r, first)
			continue
		}
		taken[folded] = r
		index[k] = r
		l.names[k.Kind] = append(l.names[k.Kind], k.ID)
	}
	for _, r := range l.all {
		for _, alias := range r.Head().Aliases {
			k := model.Key{Kind: r.Key().Kind, ID: strings.ToLower(alias.Value)}
			if first, ok := taken[k]; ok {
				l.diags.Add(diag.Finding{Rule: sch01, At: alias.At, Message: fmt.Sprintf("alias %q is the name of another %s", alias.Value, k.Kind),
					Hint: "remove the alias", Related: []diag.Related{{At: first.Place(), Text: "it is this one's"}}})
				continue
			}
			taken[k] = r
			index[k] = r
		}
	}
	return index
}

func (l *linker) twice(second, first model.Headed) {
	k := second.Key()
	message := fmt.Sprintf("%s %q is there twice", k.Kind, k.ID)
	if k.ID != first.Key().ID {
		message = fmt.Sprintf("%s %q differs from %q in case alone", k.Kind, k.ID, first.Key().ID)
	}
	l.diags.Add(diag.Finding{Rule: sch01, At: second.Place(), Message: message, Hint: "give one of the two another id",
		Related: []diag.Related{{At: first.Place(), Text: "the first is here"}}})
}

// dataClass finds the class above: customer.content for customer.content.prompt.
func (l *linker) dataClass(c *model.DataClass) {
	c.Parent = nil
	i := strings.LastIndexByte(c.ID.Value, '.')
	if i < 0 {
		return
	}
	parent := c.ID.Value[:i]
	if r, ok := l.site.Find(model.KindDataClass, parent).(*model.DataClass); ok {
		c.Parent = r
		return
	}
	l.add(c.ID, fmt.Sprintf("%q stands below %q, which is not declared", c.ID.Value, parent), fmt.Sprintf("declare %q in this file", parent))
}

// topic names a topic and binds its answers to it.
func (l *linker) topic(t *model.Topic) {
	t.Title = titleOf(t.ID.Value)
	for _, title := range l.site.Config.Topics {
		if title.ID.Value == t.ID.Value {
			t.Title = title.Title.Value
		}
	}
	for _, a := range t.Answers {
		a.Topic = t
	}
}

// titleOf makes a title from an id: "data-handling" is "Data handling".
func titleOf(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// policies tells when each policy is due.
func (l *linker) policies() {
	for _, p := range l.site.Policies {
		p.Due = p.NextReview.Day
		if period := l.site.Config.Review.Policies.Period; p.Due == 0 && !p.ApprovedOn.IsZero() && !period.IsZero() {
			p.Due = p.ApprovedOn.Day.Add(period)
		}
	}
}
