package link

import (
	"reflect"
	"strings"

	"candor/generator/model"
)

// A Mention is a name that an author typed and that stands for a record.
type Mention struct {
	model.Text              // as it was typed, with its place
	Before     string       // what stands in the text before the name: the kind of a citation, "policy:"
	To         model.Record // the record that has the name, or had it
}

// ID gives the name alone: the record's id, or an alias of it.
func (m Mention) ID() string { return strings.TrimPrefix(m.Value, m.Before) }

// Mentions gives every mention in the content that leads somewhere, record by record, found by the walk that links them. Of the steps of a flow there
// are none: they are no records.
func Mentions(site *model.Site) []Mention {
	var all []Mention
	eachReference(site, site.All(), func(r *reference, value any, _ bool) {
		if m, ok := r.named(site, value); ok {
			all = append(all, m)
		}
	})
	return all
}

// MentionsOfStep gives every text that names a step of a flow, but for the step's own id.
func MentionsOfStep(site *model.Site, step *model.Step) []model.Text {
	var all []model.Text
	eachReference(site, site.All(), func(_ *reference, value any, _ bool) {
		switch v := value.(type) {
		case *model.StepRef:
			if v.Step == step {
				all = append(all, v.Text)
			}
		case *model.LogStore:
			if v.Step == step {
				all = append(all, v.Text)
			}
		}
	})
	return all
}

func mentionInCitation(c *model.Citation) (Mention, bool) {
	kind, _, _ := strings.Cut(c.Value, ":")
	return Mention{Text: c.Text, Before: kind + ":", To: c.To}, c.To != nil
}

func mentionInParty(p *model.Party) (Mention, bool) {
	switch {
	case p.Boundary != nil:
		return Mention{Text: p.Text, To: p.Boundary}, true
	case p.Subprocessor != nil:
		return Mention{Text: p.Text, To: p.Subprocessor}, true
	}
	return Mention{}, false
}

func mentionInStore(s *model.LogStore) (Mention, bool) {
	return Mention{Text: s.Text, To: s.Subprocessor}, s.Subprocessor != nil
}

// Texts gives every text in the content that is no reference, record by record: what an author wrote for people, addresses and paths of files.
func Texts(site *model.Site) []model.Text {
	var all []model.Text
	all = textsIn(reflect.ValueOf(site.Config).Elem(), all)
	for _, r := range site.BesideConfig() {
		all = textsIn(reflect.ValueOf(r).Elem(), all)
	}
	return all
}

func textsIn(v reflect.Value, all []model.Text) []model.Text {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return textsIn(v.Elem(), all)
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = textsIn(v.Index(i), all)
		}
	case reflect.Struct:
		if text, ok := v.Interface().(model.Text); ok {
			if text.IsZero() {
				return all
			}
			return append(all, text)
		}
		if references[v.Type()] != nil {
			return all
		}
		for i := range v.NumField() {
			if tag, ok := v.Type().Field(i).Tag.Lookup("yaml"); ok && tag != "-" && tag != ",body" {
				all = textsIn(v.Field(i), all)
			}
		}
	}
	return all
}
