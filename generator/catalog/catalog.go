// Package catalog holds what Candor knows of well-known vendors: who they are, where their terms stand, and by which packages, environment
// variables and hosts source code shows that it uses them.
//
// The facts are vendors.yaml, whose head explains its keys; they are part of the program and are read when they are first asked for. In
// comes something that was seen in source code, out comes the vendor that it is a sign of. Nothing here says what a company has agreed with
// a vendor, and nothing here reads a file or the network.
package catalog

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

//go:embed vendors.yaml
var vendors []byte

// A Vendor is what is known of one vendor.
type Vendor struct {
	model.VendorFacts `yaml:",inline"`

	// Known is the same vendor as rules see it.
	Known *model.KnownVendor `yaml:"-"`

	// File is what the vendor was read from, when that is the content's own: vendors/NAME.yaml. It is nil for one of the program's own.
	File *source.File `yaml:"-"`

	on string // the month in which the facts were compiled, for one of the program's own
}

// Signatures are what shows a vendor in source code.
type Signatures = model.Signatures

// A Catalog is a list of vendors that can be asked by their signs. It does not change, so any number of goroutines may ask it.
type Catalog struct {
	Compiled model.Text // the month of the facts: "2026-11"
	Vendors  []*Vendor  // in the order of the file

	byID      map[string]*Vendor
	packages  map[Ecosystem]*patterns
	variables patterns
	hosts     patterns
	redirects map[string]*Vendor
}

// Load gives the catalog that is part of the program. It is read once, when it is first asked for.
var Load = sync.OnceValue(func() *Catalog {
	diags := &diag.List{}
	c := Read(source.NewFile("vendors.yaml", vendors), diags)
	for _, f := range diags.Findings() {
		panic(fmt.Sprintf("the catalog is broken: %s: %s", diag.Place(f.At), f.Message)) // found by its test
	}
	return c
})

// Read reads a catalog from a file. What is wrong with it is added to diags.
func Read(file *source.File, diags *diag.List) *Catalog {
	var content struct {
		Version  model.Number `yaml:"version" need:""`
		Compiled model.Text   `yaml:"compiled" need:""`
		Vendors  []*Vendor    `yaml:"vendors" need:""`
	}
	parse.YAML(file, &content, diags)
	c := &Catalog{Compiled: content.Compiled, Vendors: content.Vendors}
	for _, v := range c.Vendors {
		v.on = content.Compiled.Value
		if keys := lacking(v); len(keys) > 0 && len(diags.Findings()) == 0 { // else the key may be there, and wrong
			diags.Add(diag.Finding{Rule: parse.SCH01, At: v.ID.At, Message: fmt.Sprintf("vendor %q lacks %s", v.ID.Value, strings.Join(keys, ", "))})
		}
	}
	c.enterAll()
	return c
}

// lacking gives the keys that a vendor cannot do without and does not have.
func lacking(v *Vendor) []string {
	var keys []string
	for _, k := range []struct {
		key   string
		value model.Text
	}{{"id", v.ID}, {"name", v.Name}, {"website", v.Website}, {"category", v.Category}} {
		if k.value.IsZero() {
			keys = append(keys, k.key)
		}
	}
	return keys
}

// enterAll makes a catalog answer for its vendors.
func (c *Catalog) enterAll() {
	c.byID, c.packages, c.redirects = map[string]*Vendor{}, map[Ecosystem]*patterns{}, map[string]*Vendor{}
	for _, v := range c.Vendors {
		c.byID[v.ID.Value] = v
	}
	c.introduce()
	c.index()
}

// Find gives the vendor of an id, or nil.
func (c *Catalog) Find(id string) *Vendor { return c.byID[id] }
