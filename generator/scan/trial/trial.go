// Package trial holds what scan finds in whole trees against what a careful reader says of them.
//
// In come archives of small trees, each with the reader's list of vendors: how sure one may be of each, and by which kinds of signs it shows. Out come
// what was found in the same words, where the two differ, and how good the finding is in figures. It is for tests and for `make eval`; the product does
// not use it.
package trial

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/scan"

	"github.com/rogpeppe/go-internal/txtar"
)

// A Label says of one vendor in a tree whether it is "proved" or "possible", and by which kinds of signs it shows.
type Label struct {
	Vendor  string
	Verdict string
	Kinds   []model.SignKind // in the order of Kinds
}

// Kinds are all kinds of signs, in the order in which the table has them.
var Kinds = []model.SignKind{model.SignPackage, model.SignVariable, model.SignHost, model.SignResource, model.SignAction, model.SignImage, model.SignCall, model.SignFile, model.SignImport}

// String writes a label as the archives have it.
func (l Label) String() string {
	words := []string{l.Vendor, l.Verdict}
	for _, k := range l.Kinds {
		words = append(words, string(k))
	}
	return strings.Join(words, " ")
}

// A Case is a tree with its labels.
type Case struct {
	Name  string
	Title string // what there is to see
	Want  []Label
	Found []Label // by vendor, as Judge found them
	files fstest.MapFS
}

// Read reads the archives of a folder and looks into each.
func Read(dir string) ([]Case, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no archives in %q", dir)
	}
	var all []Case
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		c, err := caseOf(strings.TrimSuffix(filepath.Base(name), ".txtar"), txtar.Parse(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, c)
	}
	return all, nil
}

func caseOf(name string, archive *txtar.Archive) (Case, error) {
	c := Case{Name: name, Title: strings.TrimSpace(string(archive.Comment)), files: fstest.MapFS{}}
	labelled := false
	for _, f := range archive.Files {
		if f.Name != "want" {
			c.files[f.Name] = &fstest.MapFile{Data: f.Data}
			continue
		}
		labelled = true
		for line := range strings.Lines(string(f.Data)) {
			l, err := labelOf(line)
			if err != nil {
				return c, err
			}
			c.Want = append(c.Want, l)
		}
	}
	if !labelled {
		return c, fmt.Errorf(`no file "want" says what there is to see`)
	}
	found, err := scan.Trees(context.Background(), []scan.Tree{{Name: ".", Files: c.files}}, catalog.Load)
	if err != nil {
		return c, err
	}
	c.Found = Labels(found.Signs)
	return c, nil
}

// labelOf reads a line: openai proved package call.
func labelOf(line string) (Label, error) {
	words := strings.Fields(line)
	if len(words) < 3 || words[1] != "proved" && words[1] != "possible" || catalog.Load().Find(words[0]) == nil {
		return Label{}, fmt.Errorf("%q is no label: say a vendor of the catalog, proved or possible, and kinds", strings.TrimSpace(line))
	}
	l := Label{Vendor: words[0], Verdict: words[1]}
	for _, k := range Kinds {
		if slices.Contains(words[2:], string(k)) {
			l.Kinds = append(l.Kinds, k)
		}
	}
	if len(l.Kinds) != len(words)-2 {
		return l, fmt.Errorf("%q names a kind that there is not", strings.TrimSpace(line))
	}
	return l, nil
}

// Labels says of signs what they show, by vendor.
func Labels(signs []model.Sign) []Label {
	byVendor := map[string][]model.Sign{}
	var vendors []string
	for _, s := range signs {
		if byVendor[s.Vendor.ID] == nil {
			vendors = append(vendors, s.Vendor.ID)
		}
		byVendor[s.Vendor.ID] = append(byVendor[s.Vendor.ID], s)
	}
	slices.Sort(vendors)
	var all []Label
	for _, id := range vendors {
		l := Label{Vendor: id, Verdict: "possible"}
		if model.Proof(byVendor[id]) != nil {
			l.Verdict = "proved"
		}
		for _, k := range Kinds {
			if slices.ContainsFunc(byVendor[id], func(s model.Sign) bool { return s.Kind == k }) {
				l.Kinds = append(l.Kinds, k)
			}
		}
		all = append(all, l)
	}
	return all
}

// Differences gives what a reader and the scan say differently: lines with - in front that only the reader has, with + that only the scan has.
func (c *Case) Differences() []string {
	var all []string
	has := func(list []Label, l Label) bool {
		return slices.ContainsFunc(list, func(other Label) bool { return other.String() == l.String() })
	}
	for _, l := range c.Want {
		if !has(c.Found, l) {
			all = append(all, "- "+l.String())
		}
	}
	for _, l := range c.Found {
		if !has(c.Want, l) {
			all = append(all, "+ "+l.String())
		}
	}
	return all
}
