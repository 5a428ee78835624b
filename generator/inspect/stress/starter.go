package main

import (
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"sort"
	"strconv"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// lengths are the keys whose texts are made hard, with how many characters each gets.
var lengths = map[string]int{"title": 80, "name": 80, "legal_entity": 80, "question": 240, "summary": 400, "purpose": 240, "product": 80}

// hardened gives the files of a content folder with hard texts, by path. The record of what was published is left out, since it is that of another site.
func hardened(folder fs.FS) (map[string][]byte, error) {
	tree, err := source.Read(folder, ".")
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
	h := &hardener{edits: map[*source.File][]source.Edit{}, seen: map[source.Span]bool{}}
	h.walk(reflect.ValueOf(draft.Records), "")
	files := map[string][]byte{}
	for _, f := range tree.Files {
		name := strings.TrimPrefix(f.Path, parse.Folder+"/")
		if name == "permalinks.yaml" {
			continue
		}
		data := source.Apply(f.Span(0, len(f.Data)), h.edits[f])
		if !f.IsText() {
			if data, err = fs.ReadFile(folder, name); err != nil {
				return nil, err
			}
		}
		files[name] = data
	}
	return files, nil
}

type hardener struct {
	edits map[*source.File][]source.Edit
	seen  map[source.Span]bool
	count int
}

// walk replaces the texts of the keys in lengths.
func (h *hardener) walk(v reflect.Value, key string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			h.walk(v.Elem(), key)
		}
	case reflect.Slice:
		for i := range v.Len() {
			h.walk(v.Index(i), key)
		}
	case reflect.Struct:
		if x, ok := v.Interface().(model.Text); ok {
			h.text(x, lengths[key])
			return
		}
		if v.Type() == reflect.TypeFor[model.Tool]() { // its name says what it can do, which a rule reads
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			tag, tagged := f.Tag.Lookup("yaml")
			if !f.IsExported() || tag == "-" || !tagged && v.Type() != reflect.TypeFor[model.Records]() || f.Type == reflect.TypeFor[*source.File]() {
				continue
			}
			name, _, _ := strings.Cut(tag, ",")
			h.walk(v.Field(i), name)
		}
	}
}

// text replaces one text; of two fields that share one, the first does.
func (h *hardener) text(old model.Text, characters int) {
	if characters == 0 || old.At.IsZero() {
		return
	}
	if h.seen[old.At] {
		return
	}
	h.seen[old.At] = true
	at := old.At
	if data := at.File.Data; at.Start > 0 && (data[at.Start-1] == '"' || data[at.Start-1] == '\'') { // the place of a quoted text is within its quotes
		at.Start, at.End = at.Start-1, at.End+1
	}
	h.edits[at.File] = append(h.edits[at.File], source.Edit{At: at, Text: strconv.Quote(hard(h.count, characters))})
	h.count++
}

// listed gives the names of the files in a folder, sorted.
func listed(files map[string][]byte, folder string) []string {
	var names []string
	for name := range files {
		if path.Dir(name) == folder {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}
