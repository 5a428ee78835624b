package rename

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// worse checks files as they are to be, and gives the findings that the content did not have under the old name. A rename with which a name would
// mean something else is refused.
func (w *work) worse(files fs.FS) ([]diag.Finding, error) {
	now, err := w.folder.Check(files)
	if err != nil {
		return nil, err
	}
	w.now = now.Site
	if found := amend.New(w.content.Findings, now.Findings, w.canonical()); len(found) > 0 {
		return found, nil
	}
	known := map[string]int{}
	for _, m := range link.Mentions(w.content.Site) {
		known[w.says(m, true)]++
	}
	all := link.Mentions(now.Site)
	for _, m := range all {
		known[w.says(m, false)]--
	}
	for _, m := range all {
		if known[w.says(m, false)] < 0 {
			return nil, amend.Refuse("take another id", "%q in %s would be %s %q", m.Value, placeOf(m.At), m.To.Key().Kind.Spoken(), m.To.Key().ID)
		}
	}
	for _, m := range link.Mentions(w.content.Site) {
		if known[w.says(m, true)] > 0 {
			return nil, amend.Refuse("take another id", "%q in %s would be no %s any more", m.Value, placeOf(m.At), m.To.Key().Kind.Spoken())
		}
	}
	return nil, nil
}

// says gives what a mention says and in which file, as it is afterwards: before tells that it is one of before.
func (w *work) says(m link.Mention, before bool) string {
	k, file := m.To.Key(), m.At.File.Path
	if before {
		if id := w.news[m.To]; id != "" {
			k.ID = id
		}
		if p := w.files[m.At.File]; p != nil && p.to != "" {
			file = p.to
		}
	}
	return file + " " + k.String()
}

// canonical gives a text with the old ids in the place of the new ones, and its words in an order in which a new name cannot move them.
func (w *work) canonical() func(string) string {
	old := map[string]string{}
	var names []string
	for _, s := range w.subjects {
		old[s.now] = s.ID
		names = append(names, regexp.QuoteMeta(s.now))
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	name := regexp.MustCompile(`(^|[^a-z0-9-])(` + strings.Join(names, "|") + `)($|[^a-z0-9-])`)
	return func(s string) string {
		for range 2 { // two names may share what parts them
			s = name.ReplaceAllStringFunc(s, func(found string) string {
				m := name.FindStringSubmatch(found)
				return m[1] + old[m[2]] + m[3]
			})
		}
		words := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("\" ,;:", c) })
		slices.Sort(words)
		return strings.Join(words, " ")
	}
}

// blind refuses when a file that cannot be read may name the record.
func (w *work) blind() error {
	if w.order.Kind == kindStep { // it is named in its own flow alone, which could be read
		return nil
	}
	tree, err := source.Read(w.folder.Files, parse.Folder)
	if err != nil {
		return err
	}
	refuse := func(path string) error {
		return amend.Refuse("mend it first: `candor check` says what is wrong with it", "%s cannot be read, and may name %s %q", path, w.order.Kind.Spoken(), w.order.Old)
	}
	for _, p := range tree.Problems {
		data, err := fs.ReadFile(w.folder.Files, p.File.Path)
		if errors.Is(err, fs.ErrPermission) || err == nil && source.IsTextName(p.File.Path) && w.written().Match(data) {
			return refuse(p.File.Path)
		}
	}
	if len(w.content.Site.Unread) == 0 {
		return nil
	}
	for _, f := range tree.Files {
		if f.IsText() && w.written().Match(f.Data) && len(parse.Tree(&source.Tree{Files: []*source.File{f}}, &diag.List{}).Unread) > 0 {
			return refuse(f.Path)
		}
	}
	return nil
}

// written finds the old ids as words of their own.
func (w *work) written() *regexp.Regexp {
	var names []string
	for _, s := range w.subjects {
		names = append(names, regexp.QuoteMeta(s.ID))
	}
	return regexp.MustCompile(`(?:^|[^A-Za-z0-9-])(` + strings.Join(names, "|") + `)(?:$|[^A-Za-z0-9-])`)
}

// left gives what still says an old id in a form that means the record, and is neither an alias nor in permalinks.yaml: in comments and sentences.
func (w *work) left(files fs.FS) ([]source.Span, error) {
	tree, err := source.Read(files, parse.Folder)
	if err != nil {
		return nil, err
	}
	var forms []string
	for _, s := range w.subjects {
		if s.Kind != kindStep { // which is named within its flow alone
			forms = append(forms, regexp.QuoteMeta(s.String()))
		}
		if s.address != "" {
			forms = append(forms, regexp.QuoteMeta(strings.TrimSuffix(s.address, "/")))
		}
		if s.path != "" {
			forms = append(forms, regexp.QuoteMeta(strings.TrimPrefix(s.path, parse.Folder+"/")))
		}
		if s.Kind == model.KindDataClass {
			forms = append(forms, regexp.QuoteMeta(s.ID))
		}
	}
	all := w.misread()
	if len(forms) == 0 {
		return all, nil
	}
	form := regexp.MustCompile(fmt.Sprintf(`(?:^|[^A-Za-z0-9.-])(%s)(?:$|[^A-Za-z0-9-])`, strings.Join(forms, "|")))
	for _, f := range tree.Files {
		if !f.IsText() {
			f = w.asset(files, f)
		}
		if p := w.content.Site.Permalinks; p != nil && f.Path == p.File.Path {
			continue
		}
		for _, at := range form.FindAllSubmatchIndex(f.Data, -1) {
			if span := f.Span(at[2], at[3]); !w.isAlias(span) {
				all = append(all, span)
			}
		}
	}
	return all, nil
}

// inOrder sorts places, and leaves out those that lie within another.
func inOrder(places []source.Span) []source.Span {
	slices.SortFunc(places, func(a, b source.Span) int {
		return cmp.Or(strings.Compare(a.File.Path, b.File.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var all []source.Span
	for _, at := range places {
		if n := len(all); n == 0 || all[n-1].File.Path != at.File.Path || at.End > all[n-1].End {
			all = append(all, at)
		}
	}
	return all
}

// isAlias reports whether a place is that of an alias.
func (w *work) isAlias(at source.Span) bool {
	for _, r := range w.now.All() {
		for _, a := range r.Head().Aliases {
			if a.At.File != nil && a.At.File.Path == at.File.Path && a.At.Start == at.Start {
				return true
			}
		}
	}
	return false
}

// misread gives the lines that cannot be read as they are meant, a misspelt key for one, and that say an old id.
func (w *work) misread() []source.Span {
	var all []source.Span
	for _, f := range w.content.Findings {
		if f.Rule != parse.SCH01 || f.At.File == nil {
			continue
		}
		line := f.At.File.LineSpan(f.At.Position().Line)
		for _, at := range w.written().FindAllStringSubmatchIndex(line.Text(), -1) {
			if span := f.At.File.Span(line.Start+at[2], line.Start+at[3]); !w.mends(span) && !slices.Contains(all, span) {
				all = append(all, span)
			}
		}
	}
	return all
}

// mends reports whether what stands at a place gets the new name.
func (w *work) mends(at source.Span) bool {
	p := w.files[at.File]
	return p != nil && slices.ContainsFunc(p.replaced, func(r parse.Replacement) bool { return r.At.Start+r.Start == at.Start })
}

// asset gives a file that is published as it is with what it says; one that is no text says nothing.
func (w *work) asset(files fs.FS, f *source.File) *source.File {
	const most = 4 << 20
	if f.Size > most {
		return source.NewFile(f.Path, nil)
	}
	read, trouble, err := source.ReadText(files, f.Path, most)
	if err != nil || trouble != "" {
		return source.NewFile(f.Path, nil)
	}
	return read
}
