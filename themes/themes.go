// Package themes embeds the themes that come with the program: the templates, styles and scripts that every site starts from.
//
// It holds no code but this: a folder can only be embedded from within. In default/ there is one folder per page, with its template
// (page.html), style and script side by side, and layout/, which holds the frame that every page stands in and the parts they share. The other
// folders are themes that lie above it: each holds what it does otherwise, and nothing else. A site overrides any single file by having one of the same name in its
// own themes folder. Nothing here reads a page's content, names another host, or writes style or script into a page.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default all:handbook
var files embed.FS

// BuiltIn gives all themes as a file system, a folder each, named like the theme: default/layout/layout.html, handbook/layout/layout.html and so on.
func BuiltIn() fs.FS { return files }

// Default gives the default theme as a file system: layout/layout.html, home/page.html and so on. It is the layer below all others.
func Default() fs.FS {
	theme, err := fs.Sub(files, "default")
	if err != nil {
		panic(err) // the folder is embedded: fs.Sub fails on an invalid name alone
	}
	return theme
}
