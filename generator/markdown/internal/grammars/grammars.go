// Package grammars thins out the grammars of chroma before chroma reads them.
//
// Chroma's package of lexers parses the heads of all its 280 grammars while packages are initialised, which takes
// 20 ms of every command, and of them package markdown highlights thirty languages. So the file system that chroma
// has them embedded in is exchanged, before that init, for one with the same files but fewer. Nothing comes in and
// nothing goes out; it is enough to import the package.
//
// It works because Go initialises packages in the order of their import paths once all they import is ready: the
// path begins with "candor/", which sorts before "github.com/", and only standard packages are imported that chroma
// imports too. A test holds it to that. Where chroma or the standard library are built in another way than is
// expected, all grammars stay: starts are slower then, a test says so, and nothing else changes.
package grammars

import (
	"embed"
	"reflect"
	"strings"
	"unsafe" // and for go:linkname
)

// kept are the files of the grammars that stay.
const kept = `
	bash bash_session c# css diff docker graphql hcl html ini javascript json kotlin nginx_configuration_file php
	powershell properties protocol_buffer python ruby rust sql swift terraform toml typescript xml yaml
` + named

// named are grammars that chroma's init asks for by name: without one of them, no command would start.
const named = `
	common_lisp django_jinja dns emacslisp erb go_template mysql zed
`

//go:linkname embedded github.com/alecthomas/chroma/v2/lexers.embedded
var embedded embed.FS

func init() { embedded = thinned(embedded) }

// thinned gives a file system with the folders of another one and those of its files that are kept. All it takes for
// granted is that an embed.FS is one pointer to a list of files with names; when not, it gives all back.
func thinned(all embed.FS) embed.FS {
	few := all
	field := reflect.ValueOf(&few).Elem().FieldByName("files")
	if !field.IsValid() || field.Kind() != reflect.Pointer || field.IsNil() || field.Elem().Kind() != reflect.Slice || field.Type().Elem().Elem().Kind() != reflect.Struct {
		return all
	}
	if name, ok := field.Type().Elem().Elem().FieldByName("name"); !ok || name.Type.Kind() != reflect.String {
		return all
	}
	stays := map[string]bool{}
	for _, name := range strings.Fields(kept) {
		stays["embedded/"+name+".xml"] = true
	}
	files := reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem() // the field, to be written
	left := reflect.New(files.Type().Elem())
	for i := range files.Elem().Len() {
		file := files.Elem().Index(i)
		if name := file.FieldByName("name").String(); strings.HasSuffix(name, "/") || stays[name] {
			left.Elem().Set(reflect.Append(left.Elem(), file))
		}
	}
	files.Set(left)
	return few
}
