package main

import (
	"fmt"
	"io/fs"

	"candor/generator/diag"
	"candor/generator/theme"
	"candor/themes"
)

// themeUsage explains the flag --theme.
const themeUsage = "use the theme called `NAME`, in the place of theme in site.yaml; `candor theme` lists them"

// hasTheme gives what to say of a theme that was named in a flag and is not there.
func (a *app) hasTheme(files fs.FS, name string) error {
	shelf := theme.ShelfOf(files, themes.BuiltIn())
	if name == "" || shelf.Has(name) {
		return nil
	}
	hint := "`candor theme` lists those there are; a folder themes/" + name + " makes one of your own"
	if near, ok := diag.Nearest(name, shelf.Names()); ok {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return advice{fmt.Errorf("no theme %q", name), hint}
}
