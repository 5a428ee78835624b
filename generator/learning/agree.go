package learning

import (
	"fmt"
	"slices"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// agree drops what cannot be written or would give the content a finding, until the rest can stay, and gives the changes that write it.
func (l *lesson) agree(f amend.Folder) ([]*amend.Change, error) {
	for {
		var changes []*amend.Change
		for _, file := range l.files() {
			edits := l.edit(file)
			if len(edits) == 0 {
				continue
			}
			c, err := amend.Plan(f.Files, file, edits, "")
			if err != nil {
				return nil, err
			}
			changes = append(changes, c)
		}
		if len(changes) == 0 {
			return nil, nil
		}
		found, err := l.fresh(f, amend.Over(f.Files, changes))
		if err != nil || len(found) == 0 {
			return changes, err
		}
		for _, finding := range found {
			l.blame(finding)
		}
	}
}

// files gives the files in which something is new, in the order of the site.
func (l *lesson) files() []*source.File {
	var files []*source.File
	for _, t := range l.content.Site.Topics {
		if slices.ContainsFunc(l.news, func(n novelty) bool { return n.answer.File == t.File }) {
			files = append(files, t.File)
		}
	}
	return files
}

// edit works out the edits of a file. What cannot be written into it is refused.
func (l *lesson) edit(file *source.File) []source.Edit {
	for {
		lists := l.lists(file)
		edits, err := parse.Amend(file, nil, additions(lists))
		if err == nil {
			return edits
		}
		alone := stuck(file, lists)
		for _, s := range alone {
			l.drop(s.list.holds, s.why)
		}
		if len(alone) == 0 { // each half could be written without the other
			l.drop(func(n novelty) bool { return n.answer.File == file }, err.Error())
			return nil
		}
	}
}

// A stuckList is one that cannot be added to, and why not.
type stuckList struct {
	list list
	why  string
}

// stuck looks for the lists that cannot be added to, half by half: a file is read anew for every try.
func stuck(file *source.File, lists []list) []stuckList {
	_, err := parse.Amend(file, nil, additions(lists))
	switch {
	case err == nil:
		return nil
	case len(lists) == 1:
		return []stuckList{{lists[0], err.Error()}}
	}
	half := len(lists) / 2
	return append(stuck(file, lists[:half]), stuck(file, lists[half:])...)
}

// A list is what is added to one list of an answer.
type list struct {
	answer    *model.Answer
	framework string
	items     []string
}

func (one list) holds(n novelty) bool { return n.answer == one.answer && n.framework == one.framework }

// lists gives what is added to a file, list by list.
func (l *lesson) lists(file *source.File) []list {
	var all []list
	for _, n := range l.news {
		if n.answer.File != file {
			continue
		}
		i := slices.IndexFunc(all, func(one list) bool { return one.holds(n) })
		if i < 0 {
			i, all = len(all), append(all, list{answer: n.answer, framework: n.framework})
		}
		all[i].items = append(all[i].items, n.text)
	}
	return all
}

// additions says where lists stand in an answer, and behind which keys they are written where they are new.
func additions(lists []list) []parse.Addition {
	var all []parse.Addition
	for _, one := range lists {
		a := parse.Addition{To: one.answer.ID.At, Path: []string{"also_asked"}, Items: one.items, After: []string{"question"}}
		if one.framework != "" {
			a.Path, a.After = []string{"frameworks", one.framework}, []string{"question", "also_asked", "verdict", "answer", "scope", "exclusions", "reason", "planned_for", "asserts", "evidence"}
		}
		all = append(all, a)
	}
	return all
}

// drop takes back what is new and gives its pairs the reason.
func (l *lesson) drop(which func(novelty) bool, why string) (dropped bool) {
	l.news = slices.DeleteFunc(l.news, func(n novelty) bool {
		if which(n) {
			for _, pair := range n.pairs {
				l.refuse(pair, "%s", why)
			}
			dropped = true
			return true
		}
		return false
	})
	return dropped
}

// blame takes back what a finding is about: the item at one of its places, else what is new in the answer there, else everything.
func (l *lesson) blame(f diag.Finding) {
	why := fmt.Sprintf("%s [%s]", f.Message, f.Rule)
	places := []source.Span{f.At}
	for _, r := range f.Related {
		places = append(places, r.At)
	}
	for _, at := range places {
		if l.drop(func(n novelty) bool { return at.File != nil && l.standsAt(n, at) }, why) {
			return
		}
	}
	for _, at := range places {
		if l.drop(func(n novelty) bool {
			a, ok := l.now.Find(model.KindAnswer, n.answer.ID.Value).(*model.Answer)
			return ok && within(at, a.Extent)
		}, why) {
			return
		}
	}
	l.drop(func(novelty) bool { return true }, why)
}

// standsAt reports whether a place of the content as it is to be is that of an item.
func (l *lesson) standsAt(n novelty, at source.Span) bool {
	a, ok := l.now.Find(model.KindAnswer, n.answer.ID.Value).(*model.Answer)
	if !ok {
		return false
	}
	texts := a.AlsoAsked
	if n.framework != "" {
		texts = nil
		for _, f := range a.Frameworks {
			if f.ID.Value == n.framework {
				texts = append(texts, f.IDs...)
				if at == f.ID.At { // the questionnaire itself
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(texts, func(t model.Text) bool { return t.Value == n.text && within(at, t.At) })
}

func within(at, whole source.Span) bool {
	return at.File != nil && whole.File != nil && at.File.Path == whole.File.Path && at.Start >= whole.Start && at.End <= whole.End
}
