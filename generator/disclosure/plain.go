package disclosure

import (
	"net/url"
	"strings"

	"candor/generator/model"
)

// oneLine gives a text in one line, as a page shows it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func text(t model.Text) string { return oneLine(t.Value) }

// texts gives what was written, each in one line.
func texts(list []model.Text) []string {
	var out []string
	for _, t := range list {
		if s := text(t); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// number gives a number, nil for one that was not written.
func number(n model.Number) *int {
	if !n.Set {
		return nil
	}
	return &n.Value
}

// flag gives yes or no, nil for what was not written.
func flag(f model.Flag) *bool {
	if !f.Set {
		return nil
	}
	return &f.Value
}

// webAddress gives an address on the web as it is, "" for anything else: pages link to nothing else either.
func webAddress(t model.Text) string {
	u, err := url.Parse(t.Value)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return t.Value
}

// role gives the title of a role, which is all that is public of it.
func role(r model.Ref[model.Owner]) string {
	if r.To == nil {
		return ""
	}
	return text(r.To.Title)
}

// evidence gives what is public of something on file, nil for nothing.
func evidence(r model.Ref[model.Evidence]) *Evidence {
	if r.To == nil {
		return nil
	}
	return &Evidence{Title: text(r.To.Title), Kind: text(r.To.Kind), Dated: dayOf(r.To.Dated.Day), Expires: dayOf(r.To.Expires.Day)}
}

func former(h *model.Header) []string { return texts(h.Aliases) }

// A pointed record may be missing.
type pointed[T any] interface {
	*T
	model.Record
}

// idOf gives the id of a record of today, "" for none and for one that readers may not know of.
func idOf[T any, R pointed[T]](r R) string {
	if r == nil || !r.Published() {
		return ""
	}
	return r.Key().ID
}

// idsOf gives the ids of the records that readers may know of, each once.
func idsOf[T any, R pointed[T]](records []R) []string {
	var ids []string
	seen := map[R]bool{}
	for _, r := range records {
		if id := idOf(r); id != "" && !seen[r] {
			seen[r] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// targets gives the records that are referred to.
func targets[T any](refs []model.Ref[T]) []*T {
	var list []*T
	for _, r := range refs {
		list = append(list, r.To)
	}
	return list
}

// published gives the records that readers may know of.
func published[R model.Record](all []R) []R {
	var list []R
	for _, r := range all {
		if r.Published() {
			list = append(list, r)
		}
	}
	return list
}

func each[R, V any](all []R, tell func(R) V) []V {
	var list []V
	for _, r := range all {
		list = append(list, tell(r))
	}
	return list
}
