// Package share makes the files of sealed pages: one for each customer who is sent answers by link.
//
// In come a checked site and what a person asks for: a customer, answers, a last day. Out come the bytes of a file for content/shares, the link, or the
// edit that takes a page back. What is shared is written down answer by answer: one that is added to a topic later does not reach customers by itself.
// Nothing here reads or writes a file, knows the day or makes anything up by chance.
package share

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/schema"
	"candor/generator/seal"
	"candor/generator/source"
)

// Folder is where the files of sealed pages lie in a site folder.
const Folder = "content/shares"

// Path gives the file of a page.
func Path(id string) string { return Folder + "/" + id + ".yaml" }

// An Item is an answer that a customer is sent, and where they asked for it themselves, their question.
type Item struct {
	Number string // what their questionnaire calls it: "4.2"; may be ""
	Asked  string // "" for an answer that is sent as it is
	Answer string // its id
}

// Select gives the answers that words name: ids, old ids, "topic:ID" for those of a topic, "public" for all that everybody can read, "all" for all.
func Select(site *model.Site, words []string) ([]Item, error) {
	var items []Item
	take := func(fits func(*model.Answer) bool) int {
		n := 0
		for _, a := range site.Answers() {
			if fits(a) {
				n++
				items = append(items, Item{Answer: a.ID.Value})
			}
		}
		return n
	}
	for _, w := range words {
		topic, isTopic := strings.CutPrefix(w, "topic:")
		switch {
		case w == "":
		case w == "all":
			take(func(*model.Answer) bool { return true })
		case w == "public":
			take((*model.Answer).Published)
		case isTopic:
			if take(func(a *model.Answer) bool { return a.Topic != nil && a.Topic.ID.Value == topic }) == 0 {
				return nil, amend.Refuse(nearest(topic, "topic:", topicsOf(site), "topics are the files of content/answers"), "no topic %q", topic)
			}
		default:
			a, ok := site.Find(model.KindAnswer, w).(*model.Answer)
			if !ok {
				return nil, amend.Refuse(nearest(w, "", answersOf(site), "name ids of answers, topic:ID, public or all"), "no answer %q", w)
			}
			items = append(items, Item{Answer: a.ID.Value})
		}
	}
	return once(items), nil
}

// Known gives the items with the ids that their answers have today.
func Known(site *model.Site, items []Item) ([]Item, error) {
	for i, it := range items {
		a, ok := site.Find(model.KindAnswer, it.Answer).(*model.Answer)
		if !ok {
			return nil, amend.Refuse(nearest(it.Answer, "", answersOf(site), "name ids of answers"), "no answer %q", it.Answer)
		}
		items[i].Answer = a.ID.Value
	}
	return once(items), nil
}

func nearest(typed, before string, names []string, advice string) string {
	if near, ok := diag.Nearest(typed, names); ok {
		return fmt.Sprintf("did you mean %s%s?", before, near)
	}
	return advice
}

func answersOf(site *model.Site) []string {
	var ids []string
	for _, a := range site.Answers() {
		ids = append(ids, a.ID.Value)
	}
	return ids
}

func topicsOf(site *model.Site) []string {
	var ids []string
	for _, t := range site.Topics {
		ids = append(ids, t.ID.Value)
	}
	return ids
}

// once keeps the first of items that are the same, and none that only names an answer again.
func once(items []Item) []Item {
	asked, seen := map[string]bool{}, map[Item]bool{}
	for _, it := range items {
		asked[it.Answer] = asked[it.Answer] || it.Asked != ""
	}
	return slices.DeleteFunc(items, func(it Item) bool {
		again := seen[it] || it.Asked == "" && asked[it.Answer]
		seen[it] = true
		return again
	})
}

// An Order is what a person asks for.
type Order struct {
	For         string
	Items       []Item
	On, Expires model.Day // the day on which the page is made, and its last one
	Owner, Note string    // may be ""
}

// longestFor is how many characters the name of a customer may have.
const longestFor = 200

// Check reports what is wrong with an order.
func (o Order) Check(site *model.Site) error {
	switch {
	case strings.TrimSpace(o.For) == "":
		return amend.Refuse("write --for NAME", "a sealed page is for somebody")
	case len([]rune(o.For)) > longestFor || diag.Printable(o.For) != o.For:
		return amend.Refuse("write the customer's name in one line", "%q is no name of a customer", diag.Printable(o.For))
	case len(o.Items) == 0:
		return amend.Refuse("name answers: --answers ID,ID, --answers topic:ID, --answers public or all", "a sealed page for %q without answers", o.For)
	case o.Expires < o.On:
		return amend.Refuse("write a day to come, or how long: --expires 90d", "the page would expire on %s, before it is made", o.Expires)
	case o.Owner != "" && site.Find(model.KindOwner, o.Owner) == nil:
		return amend.Refuse(nearest(o.Owner, "--owner ", ownersOf(site), "owners are in site.yaml"), "no owner %q", o.Owner)
	}
	return nil
}

func ownersOf(site *model.Site) []string {
	var ids []string
	for _, o := range site.Config.Owners {
		ids = append(ids, o.ID.Value)
	}
	return ids
}

// File gives the file of a page, to lie at Path(id).
func (o Order) File(id string, secret seal.Secret) []byte {
	var b bytes.Buffer
	if line := schema.Modeline(Path(id)); line != "" {
		b.WriteString(line + "\n")
	}
	fmt.Fprintf(&b, "# Made by `candor share new`. The name of this file is the address of the page: keep it as it is.\nfor: %s\n", quoted(o.For))
	fmt.Fprintf(&b, "created_on: %s\nexpires: %s\ncheck: %q\n", o.On, o.Expires, secret.Check(id))
	if o.Owner != "" {
		fmt.Fprintf(&b, "owner: %s\n", o.Owner)
	}
	if o.Note != "" {
		fmt.Fprintf(&b, "note: %s\n", quoted(o.Note))
	}
	key := "answers:\n"
	for _, it := range o.Items {
		if it.Asked == "" {
			fmt.Fprintf(&b, "%s  - %s\n", key, it.Answer)
			key = ""
		}
	}
	key = "questions:\n"
	for _, it := range o.Items {
		if it.Asked == "" {
			continue
		}
		number := ""
		if it.Number != "" {
			number = "number: " + quoted(it.Number) + ", "
		}
		fmt.Fprintf(&b, "%s  - {%sasked: %s, answer: %s}\n", key, number, quoted(it.Asked), it.Answer)
		key = ""
	}
	return b.Bytes()
}

// quoted gives a text as a YAML scalar in quotes, which is that of JSON.
func quoted(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(strings.Join(strings.Fields(text), " ")); err != nil {
		panic(err) // of a string, none is possible
	}
	return strings.TrimSpace(b.String())
}

// Link gives the link that opens a page of the site at base.
func Link(base, id string, secret seal.Secret) string {
	return strings.TrimRight(base, "/") + model.AddressSealed + id + "/#" + secret.Key(id).Text()
}

// Find gives the share that a person means: by its id, by the beginning of its id, or by its address or link.
func Find(site *model.Site, typed string) (*model.Share, error) {
	id := typed
	if _, rest, ok := strings.Cut(typed, model.AddressSealed); ok {
		id, _, _ = strings.Cut(rest, "/")
	}
	var found []*model.Share
	for _, s := range site.Shares {
		if s.ID.Value == id {
			return s, nil
		}
		if len(id) >= shortestID && strings.HasPrefix(s.ID.Value, id) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, amend.Refuse("`candor share list` names them", "no sealed page %q", id)
	}
	return nil, amend.Refuse("write more of its id", "%d sealed pages begin with %q", len(found), id)
}

// shortestID is how much of an id names a page.
const shortestID = 4

// Revoke gives the edit that takes a page back on a day. The file stays, as a record of who was sent what until when.
func Revoke(s *model.Share, on model.Day) (source.Edit, error) {
	expires := s.Internal.Expires
	if expires.IsZero() {
		return source.Edit{}, byHand(s, on)
	}
	line := expires.At.Position().Line
	if !strings.HasPrefix(s.File.Line(line), "expires:") {
		return source.Edit{}, byHand(s, on)
	}
	end := s.File.LineSpan(line).End
	return source.Edit{At: s.File.Span(end, end), Text: "\nrevoked_on: " + on.String()}, nil
}

func byHand(s *model.Share, on model.Day) error {
	return amend.Refuse(fmt.Sprintf(`write "revoked_on: %s" into it`, on), "%s is not as `candor share new` writes it", s.File.Path)
}
