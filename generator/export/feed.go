package export

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"candor/generator/disclosure"
	"candor/generator/model"

	"github.com/gorilla/feeds"
)

// The files of the feeds.
const (
	feedAtom = "feed.atom"
	feedJSON = "feed.json"
)

// feedFiles gives the updates as feeds (RFC 4287 and JSON Feed 1.1), newest first.
func feedFiles(site *model.Site, told *disclosure.Document) []File {
	f := newFeed(site, told)
	return []File{
		{Path: feedAtom, From: f, Make: f.atom},
		{Path: feedJSON, From: f, Make: f.json},
	}
}

// A feed is what both feeds are made from: texts and nothing else, so that one that is made from the same is the same.
type feed struct {
	Title, Subtitle, Company, Base, Authority, Icon string
	Items                                           []item
}

// An item is an entry of a feed, with the text of the update that tells it.
type item struct {
	Entry disclosure.Entry
	Body  []byte   // Markdown; nil for none
	Links []string // what each destination in Body leads to: a destination, then an address
}

func newFeed(site *model.Site, told *disclosure.Document) *feed {
	name := cleanText(told.Site.Company)
	f := &feed{Title: name + " trust center: updates", Subtitle: "Changes of sub-processors, certifications and policies, and notices", Company: name, Base: told.Site.BaseURL,
		Authority: authority(told.Site.Authority), Icon: iconOf(site, told.Site.BaseURL)}
	for _, e := range told.Changes {
		it := item{Entry: e}
		if u, ok := site.Find(model.KindUpdate, e.Update).(*model.Update); ok && e.News != "" {
			it.Body, it.Links = u.Body.Source, absolute(site, u.Body, told.Site.BaseURL)
		}
		f.Items = append(f.Items, it)
	}
	return f
}

// authority gives the host name that ids are minted under; for a site whose address says none, a name that is nobody's (RFC 2606).
func authority(host string) string {
	for _, r := range host {
		if r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
			host = ""
			break
		}
	}
	return cmp.Or(host, "trust.invalid")
}

// iconOf gives the address of the brand's icon, "" for none.
func iconOf(site *model.Site, base string) string {
	for _, a := range site.Assets {
		if name := site.Config.Brand.Favicon.Value; name != "" && a.Path == "content/"+strings.TrimPrefix(name, "/") {
			return base + (&url.URL{Path: model.AssetAddress(a.Path)}).EscapedPath()
		}
	}
	return ""
}

// The day on which the authority of a tag is one is part of it (RFC 4151). It is the same for every id, so that an id says nothing that may change.
const tagDay = "2026"

// tag gives an id that never changes: not with the title, not with the address of the site.
func (f *feed) tag(what string) string {
	return "tag:" + f.Authority + "," + tagDay + ":" + (&url.URL{Path: what}).EscapedPath()
}

// updated gives the day on which any entry last became another one. A feed without entries has never changed.
func (f *feed) updated() string {
	last := disclosure.Day("1970-01-01")
	for _, it := range f.Items {
		last = max(last, it.Entry.Updated)
	}
	return moment(last)
}

// moment gives the beginning of a day in UTC, as RFC 3339 has it.
func moment(d disclosure.Day) string { return string(d) + "T00:00:00Z" }

// An atomFeed is a feed of RFC 4287: the library's, but for what it has one of where the standard asks for several.
type atomFeed struct {
	feeds.AtomFeed
	Links   []feeds.AtomLink
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	feeds.AtomEntry
	Categories []atomCategory `xml:"category"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

func (f *feed) atom() ([]byte, error) {
	out := atomFeed{
		AtomFeed: feeds.AtomFeed{Xmlns: "http://www.w3.org/2005/Atom", Title: f.Title, Subtitle: f.Subtitle, Id: f.tag("updates"), Updated: f.updated(), Icon: f.Icon,
			Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: f.Company, Uri: f.Base + "/"}}},
		Links: []feeds.AtomLink{
			{Rel: "self", Type: "application/atom+xml", Href: f.Base + "/" + feedAtom},
			{Rel: "alternate", Type: "text/html", Href: f.Base + model.AddressUpdates},
		},
	}
	for _, it := range f.Items {
		e := it.Entry
		html, err := it.html()
		if err != nil {
			return nil, err
		}
		entry := atomEntry{AtomEntry: feeds.AtomEntry{Title: cleanText(e.Title), Id: f.tag("updates/" + e.ID), Updated: moment(e.Updated), Published: moment(e.Day),
			Links:   []feeds.AtomLink{{Rel: "alternate", Type: "text/html", Href: e.Address}},
			Content: &feeds.AtomContent{Type: "html", Content: html}}}
		if e.Summary != "" {
			entry.Summary = &feeds.AtomSummary{Type: "text", Content: cleanText(e.Summary)}
		}
		for _, c := range categories(e) {
			entry.Categories = append(entry.Categories, atomCategory{c[0], c[1]})
		}
		out.Entries = append(out.Entries, entry)
	}
	data, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", feedAtom, err)
	}
	return append([]byte(xml.Header), append(data, '\n')...), nil
}

// categories gives what an entry is about, each as a word for programs and one for people: what happened, and to what.
func categories(e disclosure.Entry) [][2]string {
	var list [][2]string
	if e.What != disclosure.Told {
		list = append(list, [2]string{string(e.What), string(e.What)})
	}
	if e.Kind != "" {
		list = append(list, [2]string{e.Kind, e.Spoken()})
	}
	if e.News != "" && !slices.Contains(list, [2]string{e.News, e.News}) {
		list = append(list, [2]string{e.News, e.News})
	}
	return list
}

// A jsonFeed is a feed of JSON Feed 1.1: the library's, with what the standard lets a publisher add.
type jsonFeed struct {
	feeds.JSONFeed
	Items []jsonItem `json:"items"`
}

type jsonItem struct {
	feeds.JSONItem
	Candor extension `json:"_candor"`
}

// An extension tells programs what an entry tells people. Its keys are those of the entries in trust.json.
type extension struct {
	About       string             `json:"about"` // where it is described what this is
	What        disclosure.What    `json:"what"`
	Kind        string             `json:"kind,omitempty"`
	Record      string             `json:"record,omitempty"`
	Name        string             `json:"name,omitempty"`
	Announced   disclosure.Day     `json:"announced,omitempty"`
	Effective   disclosure.Day     `json:"effective,omitempty"`
	ObjectUntil disclosure.Day     `json:"object_until,omitempty"`
	Fields      []disclosure.Field `json:"fields,omitempty"`
}

func (f *feed) json() ([]byte, error) {
	out := jsonFeed{JSONFeed: feeds.JSONFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Description: f.Subtitle, Language: "en",
		HomePageUrl: f.Base + model.AddressUpdates, FeedUrl: f.Base + "/" + feedJSON, Favicon: f.Icon,
		Authors: []*feeds.JSONAuthor{{Name: f.Company, Url: f.Base + "/"}}}, Items: []jsonItem{}}
	for _, it := range f.Items {
		e := it.Entry
		html, err := it.html()
		if err != nil {
			return nil, err
		}
		published, updated := timeOf(e.Day), timeOf(e.Updated)
		one := jsonItem{JSONItem: feeds.JSONItem{Id: f.tag("updates/" + e.ID), Url: e.Address, Title: cleanText(e.Title), Summary: cleanText(e.Summary), ContentHTML: html,
			PublishedDate: &published, ModifiedDate: &updated}, Candor: extension{About: f.Base + "/" + disclosure.SchemaName, What: e.What, Kind: e.Kind, Record: e.Record,
			Name: e.Name, Announced: e.Announced, Effective: e.Effective, ObjectUntil: e.ObjectUntil, Fields: e.Fields}}
		for _, c := range categories(e) {
			one.Tags = append(one.Tags, c[1])
		}
		out.Items = append(out.Items, one)
	}
	var data bytes.Buffer
	e := json.NewEncoder(&data)
	e.SetIndent("", " ")
	if err := e.Encode(out); err != nil {
		return nil, fmt.Errorf("write %s: %w", feedJSON, err)
	}
	return data.Bytes(), nil
}

func timeOf(d disclosure.Day) time.Time { return d.Time().Time() }
