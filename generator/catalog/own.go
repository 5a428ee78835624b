package catalog

import (
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/source"
)

// ownFolder is where the content has vendors of its own.
const ownFolder = parse.Folder + "/" + parse.VendorFolder + "/"

// Of gives the catalog of a site: the one that is part of the program, with what the content of the site adds or corrects. What is wrong there is added to
// diags, as Own does it.
func Of(tree *source.Tree, diags *diag.List) *Catalog { return Load().With(Own(tree, diags)) }

// Own reads the vendors that the content of a site adds, or of which it corrects some facts: vendors/*.yaml, in the order of their paths. What only the
// catalog can tell is added to diags: a new vendor that lacks something, a name that nothing has, a signature that two vendors claim. What is wrong with a file
// by itself is reported where the whole content is read, by parse; such a file is left out.
func Own(tree *source.Tree, diags *diag.List) []*Vendor {
	var own []*Vendor
	for _, f := range tree.Files {
		if path.Dir(f.Path)+"/" != ownFolder || path.Ext(f.Path) != ".yaml" || !f.IsText() {
			continue
		}
		v, told := &Vendor{File: f}, &diag.List{}
		if !parse.YAML(f, v, told) || len(told.Findings()) > 0 {
			continue
		}
		if v.ID.IsZero() {
			v.ID = model.Text{Value: strings.TrimSuffix(path.Base(f.Path), ".yaml"), At: f.LineSpan(firstLine(f))}
		}
		own = append(own, v)
	}
	if len(own) == 0 {
		return nil
	}
	return judged(own, diags)
}

// firstLine gives the number of the first line that says something.
func firstLine(f *source.File) int {
	for n := 1; n <= f.Lines(); n++ {
		if line := strings.TrimSpace(f.Line(n)); line != "" && !strings.HasPrefix(line, "#") {
			return n
		}
	}
	return 1
}

// judged gives the vendors that can be used, and tells what is wrong with the others and with what they claim.
func judged(own []*Vendor, diags *diag.List) []*Vendor {
	add := func(at source.Span, message, hint string, related ...diag.Related) {
		diags.Add(diag.Finding{Rule: parse.SCH01, At: at, Message: message, Hint: hint, Related: related})
	}
	known, first := Load(), map[string]*Vendor{}
	var good []*Vendor
	for _, v := range own {
		id := v.ID.Value
		if before := first[id]; before != nil {
			add(v.ID.At, fmt.Sprintf("vendor %q is written twice", id), "keep one of the two files", diag.Related{At: before.ID.At, Text: "first written here"})
			continue
		}
		first[id] = v
		if keys := lacking(v); known.Find(id) == nil && len(keys) > 0 {
			hint := fmt.Sprintf(`write "%s: ..." here`, keys[0])
			if near, ok := diag.Nearest(id, known.IDs()); ok {
				hint = fmt.Sprintf("did you mean to correct %q? Name the file %s.yaml", near, near)
			}
			add(v.ID.At, fmt.Sprintf("vendor %q is none that Candor knows, and lacks %s", id, strings.Join(keys, ", ")), hint)
			continue
		}
		good = append(good, v)
	}
	claims := claimsOf(known.With(good))
	for _, v := range good {
		v.judge(known, good, claims, add)
	}
	return good
}

// IDs gives the ids of all vendors, in their order.
func (c *Catalog) IDs() []string {
	var ids []string
	for _, v := range c.Vendors {
		ids = append(ids, v.ID.Value)
	}
	return ids
}

// A claim is a signature as a vendor has it.
type claim struct {
	vendor *Vendor
	kind   string // what it is, as a sentence says it
	name   model.Text
}

// claimsOf gives all claims, by kind and name.
func claimsOf(c *Catalog) map[string][]claim {
	all := map[string][]claim{}
	for _, v := range c.Vendors {
		for key, one := range v.claims() {
			all[key] = append(all[key], one...)
		}
	}
	return all
}

// claims gives what a vendor claims, by kind and name in its one spelling.
func (v *Vendor) claims() map[string][]claim {
	all := map[string][]claim{}
	put := func(kind, normal string, name model.Text) {
		all[kind+" "+normal] = append(all[kind+" "+normal], claim{v, kind, name})
	}
	for _, s := range []*Signatures{&v.Signatures, &v.Weak} {
		for _, e := range ecosystems {
			for _, name := range packagesOf(s, e) {
				put(string(e)+" package", normal(e, name.Value), name)
			}
		}
		for _, name := range s.Env {
			put("variable", name.Value, name)
		}
		for _, name := range s.Hosts {
			put("host", strings.ToLower(name.Value), name)
		}
		for _, name := range s.Terraform {
			put("provider", strings.ToLower(name.Value), name)
		}
		for _, name := range s.Files {
			put("file", name.Value, name)
		}
	}
	for _, name := range v.Redirects {
		put("redirect", name.Value, name)
	}
	return all
}

// What signatures are made of.
var (
	isVariable = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)
	isHost     = regexp.MustCompile(`^[a-z0-9*.-]+\.[a-z]{2,}(/[a-z0-9/]+)?$`)
)

// misspelt tells why a signature is one that nothing in code can have, and what to write; "" when it is well-formed.
func (c claim) misspelt() (why, hint string) {
	name := c.name.Value
	switch {
	case (c.kind == "variable" || c.kind == "redirect") && !isVariable.MatchString(name):
		return "is no name of a variable", "write capitals, digits and underscores: ACME_API_KEY"
	case c.kind == "host" && (!isHost.MatchString(name) || strings.Contains(name, "*") && strings.Contains(name, "/")):
		return "is no host", `write it in small letters and without "https://": api.acme.example, or "*.acme.example"`
	case strings.Trim(name, "*.-/ ") == "":
		return "fits everything", "write the name of one thing"
	}
	return "", ""
}

// judge tells what is wrong with what a vendor says of itself and of others.
func (v *Vendor) judge(known *Catalog, own []*Vendor, claims map[string][]claim, add func(at source.Span, message, hint string, related ...diag.Related)) {
	others := known.IDs()
	for _, o := range own {
		if known.Find(o.ID.Value) == nil {
			others = append(others, o.ID.Value)
		}
	}
	others = slices.DeleteFunc(others, func(id string) bool { return id == v.ID.Value })
	for _, other := range append(slices.Clone(v.Compatible), v.Parent) {
		if !other.IsZero() && !slices.Contains(others, other.Value) {
			add(other.At, fmt.Sprintf("%q is no other vendor", other.Value), diag.Suggest(other.Value, others))
		}
	}
	mine := v.claims()
	for _, key := range sortedKeys(mine) {
		c := mine[key][0]
		if why, hint := c.misspelt(); why != "" {
			add(c.name.At, fmt.Sprintf("%q %s", c.name.Value, why), hint)
			continue
		}
		for _, other := range claims[key] {
			switch {
			case other.name.At == c.name.At:
			case other.vendor.ID.Value == v.ID.Value:
				add(c.name.At, fmt.Sprintf("%s %q is a signature of %q twice", c.kind, c.name.Value, v.ID.Value), "keep one of the two")
			case other.vendor.File == nil || other.name.At.File != other.vendor.File: // it stands in the program's own catalog
				add(c.name.At, fmt.Sprintf("%s %q is a signature of %q already", c.kind, c.name.Value, other.vendor.ID.Value),
					fmt.Sprintf("take it away, or correct the list of the other in vendors/%s.yaml", other.vendor.ID.Value))
			default:
				add(c.name.At, fmt.Sprintf("%s %q is a signature of %q already", c.kind, c.name.Value, other.vendor.ID.Value),
					"a signature is that of one vendor: keep it in one of the two files", diag.Related{At: other.name.At, Text: "claimed here"})
			}
		}
	}
}

func sortedKeys(m map[string][]claim) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// With gives a catalog in which vendors of one's own are added, or correct those of the same id key by key: what own says counts, a list as a whole, and what
// it does not say stays. The catalog itself does not change.
func (c *Catalog) With(own []*Vendor) *Catalog {
	if len(own) == 0 {
		return c
	}
	all := &Catalog{Compiled: c.Compiled}
	for _, v := range c.Vendors {
		one := *v // Known is made anew: it refers to others
		all.Vendors = append(all.Vendors, &one)
	}
	for _, v := range own {
		i := slices.IndexFunc(all.Vendors, func(o *Vendor) bool { return o.ID.Value == v.ID.Value })
		if i < 0 {
			one := *v
			all.Vendors = append(all.Vendors, &one)
			continue
		}
		correct(reflect.ValueOf(&all.Vendors[i].VendorFacts).Elem(), reflect.ValueOf(v.VendorFacts))
		all.Vendors[i].File = v.File
	}
	all.enterAll()
	return all
}

// correct puts what by says in the place of what facts say. Both are structs of the model.
func correct(facts, by reflect.Value) {
	for i := range facts.NumField() {
		old, now := facts.Field(i), by.Field(i)
		switch {
		case now.IsZero(): // nothing was written; an empty list is more than no list
		case now.Kind() == reflect.Struct && !isLeaf(now.Type()):
			correct(old, now)
		case now.Kind() == reflect.Pointer && !old.IsNil():
			fresh := reflect.New(now.Type().Elem())
			fresh.Elem().Set(old.Elem())
			correct(fresh.Elem(), now.Elem())
			old.Set(fresh)
		default:
			old.Set(now)
		}
	}
}

// isLeaf reports whether a type is a value of the model with its place.
func isLeaf(t reflect.Type) bool {
	_, placed := t.FieldByName("At")
	return placed
}
