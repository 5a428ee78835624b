package render_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/page"
)

const canary = "CANARY"

// plant puts a canary into every text of the structs called Internal in the site, whatever they hold, and gives how many there are.
func plant(site *model.Site) int {
	planted := 0
	rewriteAll(site, func(path string, t *model.Text) {
		if strings.Contains(path, "Internal.") {
			planted++
			t.Value = fmt.Sprintf("%s-%d %s", canary, planted, path)
		}
	})
	return planted
}

// rewriteAll is rewrite without its exceptions: references and ids too.
func rewriteAll(site *model.Site, edit func(path string, t *model.Text)) {
	seen := map[any]bool{}
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch {
		case v.Type() == reflect.TypeFor[model.Text]():
			edit(path, v.Addr().Interface().(*model.Text))
		case v.Kind() == reflect.Pointer && !v.IsNil() && strings.HasPrefix(v.Type().Elem().PkgPath(), "candor/generator/model") && !seen[v.Interface()]:
			seen[v.Interface()] = true
			walk(v.Elem(), path)
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
			if strings.HasSuffix(path, "Internal") || strings.Contains(path, "Internal.") {
				if v.Len() == 0 { // also those that nobody has filled
					v.Set(reflect.MakeSlice(v.Type(), 1, 1))
				}
			}
			for i := range v.Len() {
				walk(v.Index(i), path)
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					walk(v.Field(i), path+"."+f.Name)
				}
			}
		}
	}
	walk(reflect.ValueOf(&site.Records), "site")
}

// noCanary looks for canaries in every byte of a site.
func noCanary(t *testing.T, m *output.Memory) {
	t.Helper()
	coded := base64.StdEncoding.EncodeToString([]byte(canary))[:7]
	files := 0
	eachFile(m, func(path string, data []byte) {
		files++
		if strings.Contains(path, canary) {
			t.Errorf("a canary is in the path %s", path)
		}
		if strings.HasPrefix(path, "assets/answers.") { // an index holds the stems of words
			data = bytes.ReplaceAll(data, []byte("canari"), []byte(canary))
		}
		for _, needle := range []string{canary, coded} {
			if i := bytes.Index(data, []byte(needle)); i >= 0 {
				t.Errorf("a canary is in %s: ...%s...", path, data[max(0, i-80):min(len(data), i+80)])
				break
			}
		}
	})
	if files < 100 {
		t.Errorf("only %d files were looked through", files)
	}
}

// TestNothingInternalIsPublished fills every internal field there is, found by reflection so that a new one is not forgotten, and looks
// for what was filled in.
func TestNothingInternalIsPublished(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	site.Shares = append(site.Shares, &model.Share{})
	if n := plant(site); n < 100 {
		t.Fatalf("only %d canaries were planted", n)
	}
	noCanary(t, rendered(t, files, site, page.Options{Disclosure: toldSince(t, files, site)}))
}

// toldSince gives what a site tells since an earlier one in which much was otherwise, so that there are tables of what differs.
func toldSince(t *testing.T, files fs.FS, site *model.Site) *disclosure.Document {
	t.Helper()
	before := disclosure.Of(siteOf(t, files), starterDay(t)-5, disclosure.Options{})
	for i := range before.Subprocessors {
		before.Subprocessors[i].LegalEntity, before.Subprocessors[i].Purpose = "Before", "Before"
		before.Subprocessors[i].Owner = "Before"
	}
	for i := range before.Policies {
		before.Policies[i].TextHash, before.Policies[i].Owner = "before", "Before"
	}
	for i := range before.Certifications {
		before.Certifications[i].Auditor, before.Certifications[i].Evidence = "Before", &disclosure.Evidence{Title: "Before"}
	}
	told := disclosure.Of(site, starterDay(t), disclosure.Options{Since: before})
	if n := strings.Count(fmt.Sprintf("%+v", told.Changes), "Before"); n < 20 {
		t.Fatalf("only %d facts differ", n)
	}
	return told
}

// TestNothingUnpublishedIsShown makes policies, answers and vendors that everything refers to into internal ones, each text of them a canary.
func TestNothingUnpublishedIsShown(t *testing.T) {
	files := folder(t)
	site := siteOf(t, files)
	hidden := map[string]bool{}
	hide := func(r model.Record) {
		if r.Published() {
			t.Fatalf("%s is published still", r.Key())
		}
		hidden[strings.TrimPrefix(addressOf(r), "/")] = true
		blacken(r)
	}
	for i, p := range site.Policies {
		if i%3 == 0 {
			p.Visibility.Value = "internal"
			hide(p)
		}
	}
	for i, v := range site.Subprocessors {
		if i%3 == 0 {
			v.Role.Value = "internal-tool"
			hide(v)
		}
	}
	for i, a := range site.Answers() {
		if i%3 == 0 {
			a.Visibility.Value = "private"
			hide(a)
		}
	}
	m := rendered(t, files, site, page.Options{Disclosure: toldSince(t, files, site)})
	noCanary(t, m)
	eachFile(m, func(path string, data []byte) {
		for address := range hidden {
			if bytes.Contains(data, []byte(`"/`+address+`"`)) || path == address+"index.html" {
				t.Errorf("%s leads to /%s, which is not published", path, address)
			}
		}
	})
}

func addressOf(r model.Record) string {
	folder := map[model.Kind]string{model.KindPolicy: "/policies/", model.KindSubprocessor: "/subprocessors/", model.KindAnswer: "/answers/"}
	return folder[r.Key().Kind] + r.Key().ID + "/"
}

// blacken makes every text of a record a canary, but for its id and what keeps it from being published.
func blacken(r model.Record) {
	switch r := r.(type) {
	case *model.Policy:
		setBody(&r.Body, "# "+canary+"\n\n"+canary)
	case *model.Answer:
		setBody(&r.Body, canary)
	}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[model.Text]():
			v.Addr().Interface().(*model.Text).Value = canary
		case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case v.Kind() == reflect.Struct && !isRef(v.Type()):
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() && f.Name != "ID" && f.Name != "IDKey" && f.Tag.Get("one") == "" {
					walk(v.Field(i))
				}
			}
		case v.Type() == reflect.TypeFor[*model.AITerms]() && !v.IsNil():
			walk(v.Elem())
		}
	}
	walk(reflect.ValueOf(r).Elem())
}

// isRef tells references to other records, which keep their names.
func isRef(typ reflect.Type) bool {
	_, ok := typ.FieldByName("To")
	return ok
}
