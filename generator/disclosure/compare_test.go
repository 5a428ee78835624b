package disclosure_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// full fills a value with something in every field: two elements in each list, and no two texts alike.
func full(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[disclosure.Day]():
		v.SetString(model.Day(730000 + *n).String())
	case v.Kind() == reflect.String:
		v.SetString(fmt.Sprint("text ", *n))
	case v.Kind() == reflect.Int:
		v.SetInt(int64(*n))
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		full(v.Elem(), n)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		full(v.Index(0), n)
		full(v.Index(1), n)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			full(v.Field(i), n)
		}
	}
}

func fullDocument() *disclosure.Document {
	d := &disclosure.Document{}
	n := 0
	full(reflect.ValueOf(d).Elem(), &n)
	return d
}

// eachLeaf visits every value there is in v, with its path as the document spells it and the way back to what it was.
func eachLeaf(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		eachLeaf(v.Elem(), path, visit)
	case reflect.Struct:
		for i := range v.NumField() {
			key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if key == "-" {
				continue
			}
			eachLeaf(v.Field(i), strings.TrimPrefix(path+"."+key, "."), visit)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		eachLeaf(v.Index(0), path, visit)
	default:
		visit(path, v)
	}
}

// eachRecord visits the facts of the site, the promises, and the first record of each list.
func eachRecord(t *testing.T, d *disclosure.Document, visit func(kind model.Kind, record reflect.Value)) {
	t.Helper()
	visit(disclosure.KindSite, reflect.ValueOf(&d.Site).Elem())
	visit(disclosure.KindSite, reflect.ValueOf(&d.Promises).Elem())
	v := reflect.ValueOf(d).Elem()
	lists := 0
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type.Kind() != reflect.Slice || f.Name == "Changes" {
			continue
		}
		lists++
		if f.Tag.Get("kind") == "" {
			t.Errorf("the list %s has no kind: it would not be compared", f.Name)
			continue
		}
		visit(model.Kind(f.Tag.Get("kind")), v.Field(i).Index(0))
	}
	if lists < 12 {
		t.Errorf("only %d lists were found", lists)
	}
}

func isListed(list []disclosure.Exemption, kind model.Kind, path string) bool {
	return slices.ContainsFunc(list, func(e disclosure.Exemption) bool { return (e.Kind == "" || e.Kind == kind) && e.Key == path })
}

// TestEveryFieldIsCompared changes each field of each record, found by reflection so that a new one cannot be forgotten: the change is found, in its record and
// its field, unless the field is one of those that are deliberately passed over.
func TestEveryFieldIsCompared(t *testing.T) {
	before, now := fullDocument(), fullDocument()
	changed := 0
	used := map[string]bool{}
	eachRecord(t, now, func(kind model.Kind, record reflect.Value) {
		eachLeaf(record, "", func(path string, v reflect.Value) {
			was := reflect.New(v.Type()).Elem()
			was.Set(v)
			defer v.Set(was)
			switch v.Kind() {
			case reflect.String:
				v.SetString(model.Day(800000 + changed).String())
			case reflect.Int:
				v.SetInt(v.Int() + 1)
			case reflect.Bool:
				v.SetBool(false)
			default:
				t.Fatalf("%s %s is a %s, which nobody changes here", kind, path, v.Kind())
			}
			changed++
			found := disclosure.Compare(before, now)
			if path == "id" {
				if len(found) != 2 {
					t.Errorf("%s: another id is %d differences, not one more and one less", kind, len(found))
				}
				return
			}
			if isListed(disclosure.Uncompared, kind, path) {
				used[string(kind)+path] = true
				if len(found) > 0 {
					t.Errorf("%s %s is passed over, and gives %+v", kind, path, found)
				}
				return
			}
			head, _, _ := strings.Cut(path, ".")
			if len(found) != 1 || found[0].Kind != kind || found[0].What != disclosure.Changed || len(found[0].Fields) == 0 {
				t.Errorf("%s %s: a change gives %+v", kind, path, found)
				return
			}
			f := found[0].Fields[0]
			if !strings.HasPrefix(f.Key, head) || f.Words == "" {
				t.Errorf("%s %s: the change is told as %q (%q)", kind, path, f.Key, f.Words)
			}
			if f.Before == f.After && len(f.Gone)+len(f.New) == 0 {
				t.Errorf("%s %s: the change is told, and nobody can see it: %+v", kind, path, f)
			}
		})
	})
	if changed < 200 {
		t.Errorf("only %d fields were changed", changed)
	}
	for _, e := range disclosure.Uncompared {
		if e.Why == "" || e.Kind != "" && !used[string(e.Kind)+e.Key] {
			t.Errorf("%s %s: there is no such field, or no reason why it is passed over", e.Kind, e.Key)
		}
	}
}

// TestEveryAbsenceIsCompared takes away each list, each element and each value behind a pointer.
func TestEveryAbsenceIsCompared(t *testing.T) {
	before, now := fullDocument(), fullDocument()
	taken := 0
	var walk func(kind model.Kind, v reflect.Value, path string)
	walk = func(kind model.Kind, v reflect.Value, path string) {
		for i := range v.NumField() {
			f, key := v.Field(i), v.Type().Field(i).Tag.Get("json")
			key, _, _ = strings.Cut(key, ",")
			p := strings.TrimPrefix(path+"."+key, ".")
			if key == "-" || isListed(disclosure.Uncompared, kind, p) {
				continue
			}
			take := func(without reflect.Value) {
				was := reflect.New(f.Type()).Elem()
				was.Set(f)
				f.Set(without)
				taken++
				if found := disclosure.Compare(before, now); len(found) != 1 || len(found[0].Fields) == 0 {
					t.Errorf("%s %s: what is gone gives %+v", kind, p, found)
				}
				if found := disclosure.Compare(now, before); len(found) != 1 || len(found[0].Fields) == 0 {
					t.Errorf("%s %s: what is new gives %+v", kind, p, found)
				}
				f.Set(was)
			}
			switch f.Kind() {
			case reflect.Pointer:
				take(reflect.Zero(f.Type()))
				if f.Elem().Kind() == reflect.Struct {
					walk(kind, f.Elem(), p)
				}
			case reflect.Slice:
				take(reflect.Zero(f.Type()))
				take(f.Slice(0, 1))
				if f.Type().Elem().Kind() == reflect.Struct {
					walk(kind, f.Index(1), p)
				}
			case reflect.Struct:
				walk(kind, f, p)
			}
		}
	}
	eachRecord(t, now, func(kind model.Kind, record reflect.Value) { walk(kind, record, "") })
	if taken < 80 {
		t.Errorf("only %d things were taken away", taken)
	}
}

// TestNothingDiffers compares what is the same: a document with itself as it is read back, with its lists in another order, and on another day.
func TestNothingDiffers(t *testing.T) {
	d := told(t, "2026-11-23", disclosure.Options{})
	for name, other := range map[string]*disclosure.Document{
		"itself":    d,
		"read back": back(t, d),
		"another order": back(t, d, func(d *disclosure.Document) {
			slices.Reverse(d.Subprocessors)
			slices.Reverse(d.Subprocessors[0].Data)
			slices.Reverse(d.Flows[0].Steps)
		}),
		"another day": told(t, "2026-11-24", disclosure.Options{Version: "2", ContentHash: "f"}),
	} {
		if found := disclosure.Compare(d, other); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
		if found := disclosure.Compare(other, d); len(found) > 0 {
			t.Errorf("%s, the other way: %+v", name, found)
		}
	}
}

// TestAnotherAddress compares two documents of one site at two addresses: nothing differs but the address.
func TestAnotherAddress(t *testing.T) {
	found := disclosure.Compare(told(t, "2026-11-23", disclosure.Options{}), told(t, "2026-11-23", disclosure.Options{BaseURL: "https://preview.example/pr/7/"}))
	if len(found) != 1 || len(found[0].Fields) != 1 || found[0].Fields[0].Key != "base_url" {
		t.Errorf("%+v", found)
	}
}

// TestRenamed follows records to their new names: what is renamed is the same, and so is what refers to it.
func TestRenamed(t *testing.T) {
	before := told(t, "2026-11-23", disclosure.Options{})
	rename := func(site *model.Site) {
		for _, v := range site.Subprocessors {
			if v.ID.Value == "openai" {
				v.ID.Value, v.Aliases = "openai-us", append(v.Aliases, model.Text{Value: "openai"})
			}
		}
		for _, c := range site.DataClasses {
			if c.ID.Value == "customer.content.prompt" {
				c.ID.Value, c.Aliases = "customer.content.asked", []model.Text{{Value: "customer.content.prompt"}}
			}
		}
	}
	now := told(t, "2026-11-23", disclosure.Options{}, rename)
	var vendor *disclosure.Difference
	for _, x := range disclosure.Compare(before, now) {
		if x.What != disclosure.Renamed || x.Was == "" || len(x.Fields) > 0 {
			t.Errorf("a rename gives %+v", x)
		}
		if x.Kind == model.KindSubprocessor {
			vendor = &x
		}
	}
	if vendor == nil || vendor.ID != "openai-us" || vendor.Was != "openai" || vendor.Name != "OpenAI" {
		t.Errorf("the rename is told as %+v", vendor)
	}
	both := told(t, "2026-11-23", disclosure.Options{}, rename, func(site *model.Site) {
		site.Find(model.KindSubprocessor, "openai").(*model.Subprocessor).LegalEntity.Value = "OpenAI Ltd"
	})
	for _, x := range disclosure.Compare(before, both) {
		if x.Kind == model.KindSubprocessor && (x.What != disclosure.Changed || x.Was != "openai" || len(x.Fields) != 1 || x.Fields[0].After != "OpenAI Ltd") {
			t.Errorf("a rename with a change gives %+v", x)
		}
	}
}

// TestFieldsInWords reads differences as a person does.
func TestFieldsInWords(t *testing.T) {
	before := told(t, "2026-11-23", disclosure.Options{})
	now := back(t, before, func(d *disclosure.Document) {
		for i := range d.Subprocessors {
			v := &d.Subprocessors[i]
			if v.ID != "openai" {
				continue
			}
			module := 2
			v.AI.Retention.State, v.AI.Retention.Keep = "days", "30d"
			v.Locations = append(v.Locations, disclosure.Location{Country: "IE", Activity: []string{"store"}})
			v.Transfer.Module = &module
			v.Data = v.Data[1:]
			v.Agreement.SignedOn = "2026-11-20"
		}
		for i := range d.Flows {
			for j := range d.Flows[i].Steps {
				if s := &d.Flows[i].Steps[j]; d.Flows[i].ID == "reply-drafts" && s.ID == "draft" {
					s.In, s.Encrypted = "subprocessor:anthropic", true
				}
			}
		}
	})
	var got []string
	for _, x := range disclosure.Compare(before, now) {
		for _, f := range x.Fields {
			got = append(got, fmt.Sprintf("%s %s | %s | %s | %s -> %s | -%s +%s", x.Kind, x.ID, f.Key, f.Words, f.Before, f.After, f.Gone, f.New))
		}
	}
	want := []string{
		`flow reply-drafts | steps[draft].in | step "Write a draft": place | OpenAI -> Anthropic | -[] +[]`,
		`flow reply-drafts | steps[draft].encrypted | step "Write a draft": encrypted at rest | no -> yes | -[] +[]`,
		`subprocessor openai | data | data |  ->  | -[Redacted prompts] +[]`,
		`subprocessor openai | locations | locations |  ->  | -[] +[Ireland: store]`,
		`subprocessor openai | transfer | transfer | standard contractual clauses, module 3 -> standard contractual clauses, module 2 | -[] +[]`,
		`subprocessor openai | agreement.signed_on | data processing agreement: signing date | 15 July 2024 -> 20 November 2026 | -[] +[]`,
		`subprocessor openai | ai.retention.state | retention: state | keeps nothing (zero retention) -> keeps it for a time | -[] +[]`,
		`subprocessor openai | ai.retention.keep | retention: period |  -> 30 days | -[] +[]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestQuietFields tells what was looked at again from what is news: a day that moves on is none, a day that moves back or is gone is.
func TestQuietFields(t *testing.T) {
	kinds := map[string]func(d *disclosure.Document, day disclosure.Day){
		"subprocessor reviewed_on":            func(d *disclosure.Document, day disclosure.Day) { d.Subprocessors[0].ReviewedOn = day },
		"subprocessor register.checked_on":    func(d *disclosure.Document, day disclosure.Day) { d.Subprocessors[0].Register.CheckedOn = day },
		"subprocessor ai.training.checked_on": func(d *disclosure.Document, day disclosure.Day) { d.Subprocessors[0].AI.Training.CheckedOn = day },
		"policy next_review":                  func(d *disclosure.Document, day disclosure.Day) { d.Policies[0].NextReview = day },
		"flow verified_on":                    func(d *disclosure.Document, day disclosure.Day) { d.Flows[0].VerifiedOn = day },
	}
	for name, set := range kinds {
		quiet := func(before, after disclosure.Day) bool {
			a, b := fullDocument(), fullDocument()
			set(a, before)
			set(b, after)
			found := disclosure.Compare(a, b)
			if len(found) != 1 || len(found[0].Fields) != 1 {
				t.Fatalf("%s: %+v", name, found)
			}
			return found[0].Fields[0].Quiet
		}
		if !quiet("2026-01-01", "2026-09-01") || !quiet("", "2026-09-01") {
			t.Errorf("%s: a day that moves on is news", name)
		}
		if quiet("2026-09-01", "2026-01-01") || quiet("2026-09-01", "") {
			t.Errorf("%s: a day that moves back is no news", name)
		}
	}
	for _, e := range disclosure.Quiet {
		if e.Why == "" {
			t.Errorf("%s %s has no reason", e.Kind, e.Key)
		}
	}
}

// TestQuietFieldsAreThere holds the list of quiet fields against the structs.
func TestQuietFieldsAreThere(t *testing.T) {
	there := map[string]bool{}
	eachRecord(t, fullDocument(), func(kind model.Kind, record reflect.Value) {
		eachLeaf(record, "", func(path string, _ reflect.Value) {
			for p := path; p != ""; {
				there[string(kind)+" "+p] = true
				i := strings.LastIndexByte(p, '.')
				p = p[:max(i, 0)]
			}
		})
	})
	for _, e := range disclosure.Quiet {
		if !there[string(e.Kind)+" "+e.Key] {
			t.Errorf("%s has no field %s", e.Kind, e.Key)
		}
	}
}

// TestHostileDocuments compares what somebody may have written who means no good.
func TestHostileDocuments(t *testing.T) {
	empty := &disclosure.Document{}
	twice := &disclosure.Document{Subprocessors: []disclosure.Subprocessor{{ID: "a", Name: "A"}, {ID: "a", Name: "B", Former: []string{"a", "b"}}, {ID: "b", Former: []string{"a"}}, {}}}
	for _, d := range []*disclosure.Document{empty, twice, fullDocument()} {
		disclosure.Compare(d, twice)
		disclosure.Compare(twice, d)
		disclosure.Compare(empty, d)
	}
	steps := []disclosure.Step{{ID: "x", Title: "1"}, {ID: "x", Title: "2"}}
	a := &disclosure.Document{Flows: []disclosure.Flow{{ID: "f", Steps: steps}}}
	b := &disclosure.Document{Flows: []disclosure.Flow{{ID: "f", Steps: []disclosure.Step{{ID: "x", Title: "1"}, {ID: "x", Title: "3"}}}}}
	if found := disclosure.Compare(a, b); len(found) != 1 || len(found[0].Fields) != 1 || found[0].Fields[0].After != "3" {
		t.Errorf("two steps of one id give %+v", found)
	}
}
