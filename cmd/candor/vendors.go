package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/roster"
	"candor/generator/source"

	"github.com/spf13/cobra"
)

func (a *app) vendorsCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "vendors [NAME]",
		Short: "List the vendors that Candor knows, or show one with the source of each fact",
		Long: `List the vendors whose identity, links, public AI terms and signs in source code Candor knows. NAME is an
id, a name, or a word of either or of a category. What is known was compiled from public material and is
no contract: each fact has its source beside it, and what was seen in no document says so.

In a site folder, the mark * says that the content lists the vendor. Files in content/vendors add vendors
that nobody else knows, or correct one: content/vendors/openai.yaml with "country: IE" changes that alone.`,
		Example: `  candor vendors openai          all that is known of it
  candor vendors vector          those that have to do with vectors
  candor vendors --format json   for other programs`,
		Args: arguments(0, 1, "candor vendors openai"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.vendorIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return advice{fmt.Errorf("no format %q", format), "write --format text or --format json"}
			}
			return a.vendors(strings.Join(args, ""), format == "json")
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "print as text or json")
	return cmd
}

// A room is what the folder at hand knows: the catalog with what its content adds, and the site, which may be empty.
type room struct {
	catalog *catalog.Catalog
	site    *model.Site
	tree    *source.Tree
	roster  *roster.Roster
	broken  int // findings of what the content says of vendors
}

// room looks into the site folder, where there may be no content.
func (a *app) room() (*room, error) {
	r := &room{catalog: catalog.Load(), tree: &source.Tree{}}
	diags := &diag.List{}
	if root, err := os.OpenRoot(a.dir); err == nil {
		defer root.Close()
		if isFolder(root.FS(), parse.Folder) {
			if r.tree, err = source.Read(root.FS(), parse.Folder); err != nil {
				return nil, err
			}
			r.catalog = catalog.Of(r.tree, diags)
		}
	}
	r.site = link.Draft(parse.Tree(r.tree, diags), diags)
	for _, f := range diags.Findings() {
		if f.At.File != nil && strings.HasPrefix(f.At.File.Path, parse.Folder+"/"+parse.VendorFolder+"/") {
			r.broken++
		}
	}
	r.roster = roster.Of(r.site)
	return r, nil
}

// listed gives the sub-processor that stands for a vendor today, nil for none.
func (r *room) listed(v *catalog.Vendor, on model.Day) *model.Subprocessor {
	if declared, _ := r.roster.Standing(v.Known, on); len(declared) > 0 {
		return declared[0]
	}
	return nil
}

// vendorIDs gives the shell the ids of vendors with their names.
func (a *app) vendorIDs() []string {
	r, err := a.room()
	if err != nil {
		return nil
	}
	var ids []string
	for _, v := range r.catalog.Vendors {
		ids = append(ids, cobra.CompletionWithDesc(v.ID.Value, v.Name.Value))
	}
	return ids
}

func (a *app) vendors(typed string, asJSON bool) error {
	r, err := a.room()
	if err != nil {
		return err
	}
	if r.broken > 0 {
		a.say("%s in content/vendors: `candor check` prints it; what is wrong is left out here\n", count(r.broken, "finding"))
	}
	chosen := r.catalog.Vendors
	one := r.catalog.Lookup(typed)
	switch {
	case one != nil:
		chosen = []*catalog.Vendor{one}
	case typed != "":
		if chosen = r.catalog.About(typed); len(chosen) == 0 {
			return noVendor(r.catalog, typed)
		}
	}
	switch {
	case asJSON:
		return a.vendorsJSON(r, chosen)
	case one != nil:
		return a.showVendor(r, one)
	}
	return a.listVendors(r, chosen)
}

// noVendor says that a vendor is not known, and which one may be meant.
func noVendor(c *catalog.Catalog, typed string) error {
	var names []string
	of := map[string]string{}
	for _, v := range c.Vendors {
		for _, name := range v.Known.Names {
			names = append(names, name)
			of[name] = v.ID.Value
		}
	}
	if near, ok := diag.Nearest(typed, names); ok {
		return advice{fmt.Errorf("no vendor %q", typed), fmt.Sprintf("did you mean %q?", of[near])}
	}
	return advice{fmt.Errorf("no vendor %q", typed), "`candor vendors` lists those that are known; content/vendors/NAME.yaml adds one"}
}

func (a *app) listVendors(r *room, chosen []*catalog.Vendor) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	listed := 0
	for _, v := range chosen {
		mark := " "
		if r.listed(v, model.DayOf(a.now())) != nil {
			mark = "*"
			listed++
		}
		training, keeping := v.Terms()
		terms := strings.Trim(training+", "+keeping, ", ")
		if terms == "" && v.Known.AI {
			terms = "terms not known"
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join([]string{mark + " " + v.ID.Value, v.Name.Value, v.Category.Value, v.Country.Value, terms}, "\t"), "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the vendors: %w", err)
	}
	text := count(len(chosen), "vendor")
	if listed > 0 {
		text += fmt.Sprintf(", %d on the list of this site (*)", listed)
	}
	a.say("%s; compiled %s from public material: `candor vendors NAME` shows the source of each fact\n", text, r.catalog.Compiled)
	return nil
}

// showVendor prints all that is known of a vendor.
func (a *app) showVendor(r *room, v *catalog.Vendor) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", v.Name, v.ID)
	for _, f := range v.Facts(r.catalog) {
		if f.Key != "name" && f.Key != "note" {
			where := "\n      " + f.Where()
			if f.Source == "" {
				where = " (" + f.Where() + ")"
			}
			fmt.Fprintf(&b, "  %s: %s%s\n", f.Key, f.Value, where)
		}
	}
	if v.AI != nil {
		b.WriteString("  These are public terms, not your contract: confirm them there.\n")
	}
	if note, ok := v.Fact("note"); ok {
		fmt.Fprintf(&b, "  note: %s\n", note.Value)
	}
	for _, s := range []struct {
		what string
		of   catalog.Signatures
	}{{"in source code, this shows it in use:", v.Signatures}, {"this goes with it and proves nothing:", v.Weak}} {
		if kinds := catalog.Kinds(s.of); len(kinds) > 0 {
			fmt.Fprintf(&b, "  %s\n", s.what)
			for _, k := range kinds {
				fmt.Fprintf(&b, "    %s: %s\n", k.Name, strings.Join(k.Signatures, ", "))
			}
		}
	}
	if listed := r.listed(v, model.DayOf(a.now())); listed != nil {
		fmt.Fprintf(&b, "on the list of this site: %s\n", listed.File.Path)
	} else {
		fmt.Fprintf(&b, "to add it: candor add subprocessor %s\n", v.ID)
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

// vendorsJSON prints vendors for other programs.
func (a *app) vendorsJSON(r *room, chosen []*catalog.Vendor) error {
	type fact struct {
		Key    string `json:"key"`
		Value  string `json:"value"`
		Source string `json:"source,omitempty"`
		Seen   bool   `json:"seen"`
		On     string `json:"compiled,omitempty"`
	}
	type vendor struct {
		ID         string              `json:"id"`
		Name       string              `json:"name"`
		Category   string              `json:"category"`
		Listed     string              `json:"listed,omitempty"` // the file of the content that lists it
		Facts      []fact              `json:"facts"`
		Signatures map[string][]string `json:"signatures,omitempty"` // encoding/json sorts the keys
		Weak       map[string][]string `json:"weak_signatures,omitempty"`
	}
	all := []vendor{}
	for _, v := range chosen {
		one := vendor{ID: v.ID.Value, Name: v.Name.Value, Category: v.Category.Value, Signatures: byKind(v.Signatures), Weak: byKind(v.Weak)}
		if s := r.listed(v, model.DayOf(a.now())); s != nil {
			one.Listed = s.File.Path
		}
		for _, f := range v.Facts(r.catalog) {
			one.Facts = append(one.Facts, fact(f))
		}
		all = append(all, one)
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(all)
}

func byKind(s catalog.Signatures) map[string][]string {
	all := map[string][]string{}
	for _, k := range catalog.Kinds(s) {
		all[k.Name] = k.Signatures
	}
	return all
}
