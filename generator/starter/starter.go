// Package starter moves an example trust center in time.
//
// In come the files of a content folder written for one day, and another day; out come the same files with every date as far from the
// new day as it was from the old one: dates of the content, found by reading it as the build does, and dates in prose. Hashes of approved
// texts become those of the moved ones. So the example is as clean on the new day as it was on the old. What is not a date of the
// company's stays: version names, comments, numbers. Nothing is written here.
package starter

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/pattern"
	"candor/generator/source"
)

// A File is one file of the moved content.
type File struct {
	Path string // slash-separated, with the content folder's name in front: "content/site.yaml"
	Data []byte
}

// Shift gives the files of content, a folder written for the day from, moved to the day to; sorted by path. An error means that the content
// cannot be read at all.
func Shift(content fs.FS, from, to model.Day) ([]File, error) {
	tree, err := source.Read(content, ".")
	if err != nil {
		return nil, err
	}
	for _, f := range tree.Files {
		f.Path = path.Join(parse.Folder, f.Path)
	}
	diags := &diag.List{}
	draft := parse.Tree(tree, diags)
	if diags.Fails(false) {
		return nil, fmt.Errorf("read the starter: %s", diags.Findings()[0].Message)
	}
	s := &shifter{days: to - from, edits: map[*source.File][]source.Edit{}}
	s.walk(reflect.ValueOf(draft.Records), "")
	renamed := s.updates(draft)
	s.approvals(draft, renamed)
	var files []File
	for _, f := range tree.Files {
		data := source.Apply(f.Span(0, len(f.Data)), s.edits[f])
		if !f.IsText() {
			if data, err = fs.ReadFile(content, strings.TrimPrefix(f.Path, parse.Folder+"/")); err != nil {
				return nil, fmt.Errorf("read %s: %w", f.Path, err)
			}
		}
		files = append(files, File{Path: renamed.Replace(f.Path), Data: []byte(renamed.Replace(string(data)))})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

type shifter struct {
	days  model.Day
	edits map[*source.File][]source.Edit // a text that two fields share has two, which are the same
}

func (s *shifter) edit(at source.Span, text string) {
	if !at.IsZero() && at.Text() != text {
		s.edits[at.File] = append(s.edits[at.File], source.Edit{At: at, Text: text})
	}
}

// names are keys whose text holds names of things, which no date moves.
var names = map[string]bool{"version": true, "model": true, "base": true, "project": true, "endpoint": true, "id": true, "title": false}

// walk moves every date of the content, and every date in a text of it.
func (s *shifter) walk(v reflect.Value, key string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			s.walk(v.Elem(), key)
		}
	case reflect.Slice:
		for i := range v.Len() {
			s.walk(v.Index(i), key)
		}
	case reflect.Struct:
		switch x := v.Interface().(type) {
		case model.Date:
			if !x.IsZero() {
				s.edit(x.At, (x.Day + s.days).String())
			}
			return
		case model.Text:
			if !names[key] {
				s.prose(x.At)
			}
			return
		case model.Body:
			s.prose(x.Span)
			return
		case model.Topic:
			s.walk(reflect.ValueOf(x.Answers), "")
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			tag, tagged := f.Tag.Lookup("yaml")
			if f.IsExported() && tag != "-" && (tagged || v.Type() == reflect.TypeFor[model.Records]()) && f.Type != reflect.TypeFor[*source.File]() {
				name, _, _ := strings.Cut(tag, ",")
				s.walk(v.Field(i), name)
			}
		}
	}
}

var (
	isoDate  = pattern.Of(`\b\d{4}-\d{2}-\d{2}\b`)
	longDate = pattern.Of(`\b(January|February|March|April|May|June|July|August|September|October|November|December)(\s+)(\d{1,2})(,\s+)(\d{4})\b`)
	dayFirst = pattern.Of(`\b(?:(\d{1,2})(\s+))?(January|February|March|April|May|June|July|August|September|October|November|December)(\s+)(\d{4})\b`) // or a month without a day
)

// prose moves the dates that stand in a text: 2026-03-05, 5 March 2026, March 5, 2026 and March 2026.
func (s *shifter) prose(at source.Span) {
	text := at.Text()
	moved := isoDate.ReplaceAllStringFunc(text, func(m string) string {
		if day, err := model.ParseDay(m); err == nil {
			return (day + s.days).String()
		}
		return m
	})
	moved = longDate.ReplaceAllStringFunc(moved, func(m string) string {
		p := longDate.FindStringSubmatch(m)
		t, err := time.Parse("January 2 2006", p[1]+" "+p[3]+" "+p[5])
		if err != nil {
			return m
		}
		t = (model.DayOf(t) + s.days).Time()
		return fmt.Sprintf("%s%s%d%s%d", t.Month(), p[2], t.Day(), p[4], t.Year())
	})
	moved = dayFirst.ReplaceAllStringFunc(moved, func(m string) string {
		p := dayFirst.FindStringSubmatch(m)
		t, err := time.Parse("2 January 2006", cmp.Or(p[1], "15")+" "+p[3]+" "+p[5])
		if err != nil {
			return m
		}
		t = (model.DayOf(t) + s.days).Time()
		month := fmt.Sprintf("%s%s%d", t.Month(), p[4], t.Year())
		if p[1] == "" {
			return month
		}
		return fmt.Sprintf("%d%s%s", t.Day(), p[2], month)
	})
	s.edit(at, moved)
}

// updates gives what renames dated updates, in their file names and wherever they are referred to.
func (s *shifter) updates(draft *model.Draft) *strings.Replacer {
	var pairs []string
	for _, u := range draft.Updates {
		id := u.ID.Value
		if day := isoDate.FindString(id); day != "" {
			if d, err := model.ParseDay(day); err == nil {
				pairs = append(pairs, id, strings.Replace(id, day, (d+s.days).String(), 1))
			}
		}
	}
	return strings.NewReplacer(pairs...)
}

// approvals gives each policy whose text is the approved one the hash of that text once it is moved.
func (s *shifter) approvals(draft *model.Draft, renamed *strings.Replacer) {
	for _, p := range draft.Policies {
		if p.ApprovalHash.Value == p.Body.Hash() {
			moved := source.Apply(p.Body.Span, s.edits[p.File])
			s.edit(p.ApprovalHash.At, model.Body{Source: []byte(renamed.Replace(string(moved)))}.Hash())
		}
	}
}
