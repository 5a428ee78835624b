package disclosure

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"candor/generator/model"
)

// Compare gives what differs between two documents, record by record, sorted by kind and id. A record that was renamed, and says so under former_ids, is the
// same record, and what refers to it by its earlier id refers to it still. What is passed over is in Uncompared.
func Compare(before, now *Document) []Difference {
	old, today := newRegister(before), newRegister(now)
	old.successors = today.aliases
	var all []Difference
	kept := map[model.Key]bool{} // of the earlier records, for look-ups
	for _, r := range today.records {
		was, ok := old.predecessor(r, today)
		if !ok {
			d := r.difference(Added)
			d.Fields = compared(r.kind, nil, &r, old, today)
			all = append(all, d)
			continue
		}
		kept[model.Key{Kind: was.kind, ID: was.id}] = true
		d := r.difference(Changed)
		d.Fields = compared(r.kind, &was, &r, old, today)
		if was.id != r.id {
			d.Was = was.id
			if len(d.Fields) == 0 {
				d.What = Renamed
			}
		}
		if d.Was != "" || len(d.Fields) > 0 {
			all = append(all, d)
		}
	}
	for _, r := range old.records {
		if !kept[model.Key{Kind: r.kind, ID: r.id}] {
			d := r.difference(Removed)
			d.Fields = compared(r.kind, &r, nil, old, today)
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b Difference) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID)) })
	return all
}

// A told record is one record of a document, whatever its kind.
type told struct {
	kind              model.Kind
	id, name, address string
	former            []string
	value             reflect.Value
}

func (r told) difference(what What) Difference {
	return Difference{Kind: r.kind, ID: r.id, Name: r.name, Address: r.address, What: what}
}

// A register finds the records of one document by their names.
type register struct {
	base       string
	records    []told
	index      map[model.Key]told
	aliases    map[model.Key]string // ids of today by earlier ones
	successors map[model.Key]string // of an earlier document: the aliases of the later one
}

func newRegister(d *Document) *register {
	r := &register{base: d.Site.BaseURL, index: map[model.Key]told{}, aliases: map[model.Key]string{}}
	r.add(told{kind: KindSite, id: IDCompany, name: d.Site.Company, address: d.Site.BaseURL, value: reflect.ValueOf(d.Site)})
	r.add(told{kind: KindSite, id: IDPromises, name: "promises", address: d.Site.BaseURL, value: reflect.ValueOf(d.Promises)})
	whole := *d
	whole.Answers = Letters(d.Answers)
	v := reflect.ValueOf(whole)
	for i := range v.NumField() {
		kind := v.Type().Field(i).Tag.Get("kind")
		if kind == "" {
			continue
		}
		for j := range v.Field(i).Len() {
			r.add(toldOf(model.Kind(kind), v.Field(i).Index(j)))
		}
	}
	return r
}

// toldOf reads what every record has: an id, and most a name and an address.
func toldOf(kind model.Kind, v reflect.Value) told {
	r := told{kind: kind, id: v.FieldByName("ID").String(), former: v.FieldByName("Former").Interface().([]string), value: v}
	for _, field := range []string{"Name", "Title", "Question"} {
		if f := v.FieldByName(field); f.IsValid() && r.name == "" {
			r.name = f.String()
		}
	}
	if f := v.FieldByName("Address"); f.IsValid() {
		r.address = f.String()
	}
	return r
}

func (r *register) add(one told) {
	key := model.Key{Kind: one.kind, ID: one.id}
	if _, double := r.index[key]; double {
		return // in a file that somebody else wrote
	}
	r.records = append(r.records, one)
	r.index[key] = one
	for _, id := range one.former {
		r.aliases[model.Key{Kind: one.kind, ID: id}] = one.id
	}
}

// predecessor finds an earlier record under the id of today, else under an earlier one that is no other record's today.
func (r *register) predecessor(now told, today *register) (told, bool) {
	for _, id := range append([]string{now.id}, now.former...) {
		key := model.Key{Kind: now.kind, ID: id}
		if _, taken := today.index[key]; taken && id != now.id {
			continue
		}
		if was, ok := r.index[key]; ok {
			return was, true
		}
	}
	return told{}, false
}

// today gives the id that a record is known by in the later of two documents.
func (r *register) today(kind model.Kind, id string) string {
	if to, ok := r.successors[model.Key{Kind: kind, ID: id}]; ok {
		return to
	}
	return id
}

// nameOf gives what people call a record, its id where it is not in the document.
func (r *register) nameOf(kind model.Kind, id string) string {
	if one, ok := r.index[model.Key{Kind: kind, ID: id}]; ok && one.name != "" {
		return one.name
	}
	return id
}
