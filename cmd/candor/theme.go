package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"text/tabwriter"

	"candor/generator/diag"
	"candor/generator/theme"
	"candor/themes"

	"github.com/spf13/cobra"
)

// themeUsage explains the flag --theme.
const themeUsage = "use the theme called `NAME`, in the place of theme in site.yaml; `candor theme` lists them"

// hasTheme gives what to say of a theme that was named in a flag and is not there.
func (a *app) hasTheme(files fs.FS, name string) error {
	shelf := theme.ShelfOf(files, themes.BuiltIn())
	if name == "" || shelf.Has(name) {
		return nil
	}
	return noTheme(shelf, name)
}

func noTheme(shelf theme.Shelf, name string) error {
	hint := "`candor theme` lists those there are; a template, style or script in themes/" + name + " makes one of your own"
	if near, ok := diag.Nearest(name, shelf.Names()); ok {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return advice{fmt.Errorf("no theme %q", name), hint}
}

func (a *app) themeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "theme",
		Short: "List the themes, or copy a template of one to change it",
		Long: `List the themes that a site may have: those that come with candor, and those in themes/ of the
site folder. A star marks the one in use; "theme: NAME" in site.yaml or --theme NAME chooses another.`,
		Args: arguments(0, 0, "candor theme"),
		RunE: func(*cobra.Command, []string) error { return a.listThemes() },
	}
	var name string
	eject := &cobra.Command{
		Use:   "eject [PAGE|FILE]",
		Short: "Copy a template, part, style or script into themes/site, where it wins",
		Long: `Copy a file of the theme into themes/site of the site folder, where it wins over every theme, and say
what belongs to it. A file that is there already stays as it is. Without an argument, list what can be copied.`,
		Example: `  candor theme eject policy                 the page of a policy
  candor theme eject layout/masthead.html   a part
  candor theme eject base.css               a style`,
		Args: arguments(0, 1, "candor theme eject policy"),
		RunE: func(_ *cobra.Command, args []string) error { return a.eject(name, args) },
	}
	eject.Flags().StringVar(&name, "theme", "", "copy from the theme called `NAME`, in the place of theme in site.yaml")
	cmd.AddCommand(eject)
	return cmd
}

// shelf gives the themes of the site folder and the name of the one that site.yaml chooses.
func (a *app) shelf() (theme.Shelf, string, func(), error) {
	in, done, err := a.input(buildFlags{})
	if err != nil {
		return theme.Shelf{}, "", nil, err
	}
	content, err := a.checked(buildFlags{})
	if err != nil {
		done()
		return theme.Shelf{}, "", nil, err
	}
	name := content.Site.Config.Theme.Value
	if name == "" {
		name = theme.Usual
	}
	return theme.ShelfOf(in.Files, in.Themes), name, done, nil
}

func (a *app) listThemes() error {
	shelf, used, done, err := a.shelf()
	if err != nil {
		return err
	}
	defer done()
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, name := range shelf.Names() {
		mark, from := " ", "comes with candor"
		if name == used {
			mark = "*"
		}
		if shelf.IsOwn(name) {
			from = "themes/" + name
		}
		fmt.Fprintf(w, "%s %s\t%s\n", mark, name, from)
	}
	return w.Flush()
}

// eject copies what args name, or lists what there is.
func (a *app) eject(name string, args []string) error {
	shelf, used, done, err := a.shelf()
	if err != nil {
		return err
	}
	defer done()
	if name == "" {
		name = used
	}
	if !shelf.Has(name) {
		return noTheme(shelf, name)
	}
	pieces, err := shelf.Pieces(name)
	if err != nil {
		return err
	}
	var paths []string
	for _, p := range pieces {
		paths = append(paths, p.Path)
	}
	if len(args) == 0 {
		_, err := fmt.Fprintln(a.stdout, strings.Join(paths, "\n"))
		return err
	}
	piece, ok := theme.Pick(pieces, args[0])
	if !ok {
		hint := "`candor theme eject` lists what there is"
		if near, ok := diag.Nearest(args[0], append(pagesIn(paths), paths...)); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return advice{fmt.Errorf("no file %q in the theme %q", args[0], name), hint}
	}
	target := path.Join("themes", theme.Overrides, piece.Path)
	if err := a.putNew(target, piece.Copy(version)); err != nil {
		return err
	}
	a.say("wrote %s; it wins over that of the theme %q until you delete it\n", target, piece.Theme)
	if beside := piece.Beside(pieces); len(beside) > 0 {
		a.say("belongs to it: %s\n", strings.Join(beside, ", "))
	}
	return nil
}

// pagesIn gives the names of the pages among the files of a theme.
func pagesIn(paths []string) []string {
	var pages []string
	for _, p := range paths {
		if page, ok := strings.CutSuffix(p, "/page.html"); ok {
			pages = append(pages, page)
		}
	}
	return pages
}

// putNew writes a file of the site folder that must not be there yet.
func (a *app) putNew(name string, data []byte) error {
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("make %s: %w", path.Dir(name), err)
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return advice{fmt.Errorf("%s is there already", name), "delete it first, or copy what is new by hand: what you wrote there is yours"}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}
