// Package export writes the same facts for machines: every public fact as JSON, the sub-processors and the answers for spreadsheets, the updates as feeds,
// security.txt, the sitemap, robots.txt.
//
// In comes a checked site and its pages; out come files as bytes, each with its path. Only what a page shows is in them. Nothing here
// writes a file or reads the clock.
package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"candor/generator/disclosure"
	"candor/generator/model"
)

// A File is one file for machines.
type File struct {
	Path string // from the site's root, without a slash before it: "robots.txt"
	Data []byte

	// Make makes the data of a file that takes some time, and From is all that it makes it from: texts, numbers, lists and structs of them. Nil for a file
	// whose Data is at hand.
	Make func() ([]byte, error)
	From any
}

// A Listed page tells where it is, when its content last changed as far as that is known, and whether search engines should know of it.
type Listed interface {
	Listed() (address string, changed model.Day, ok bool)
}

// All gives every file for machines: of a site, its pages, and what is told of it on the day.
func All[P Listed](site *model.Site, pages []P, told *disclosure.Document) ([]File, error) {
	base := told.Site.BaseURL
	sitemap, err := sitemapOf(pages, base)
	if err != nil {
		return nil, err
	}
	files := []File{
		{Path: ".well-known/security.txt", Data: securityTxt(site, base)},
		{Path: "robots.txt", Data: fmt.Appendf(nil, "User-agent: *\nAllow: /\n\nSitemap: %s/sitemap.xml\n", base)},
		{Path: "sitemap.xml", Data: sitemap},
	}
	files = append(files, answerFiles(told)...)
	files = append(files, factFiles(told)...)
	return append(files, feedFiles(site, told)...), nil
}

// securityTxt gives the file of RFC 9116: one field a line, Contact and Expires first, since they are the ones that must be there.
func securityTxt(site *model.Site, base string) []byte {
	var b bytes.Buffer
	field := func(name, value string) {
		if value = oneLine(value); value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	s := site.Config.SecurityTxt
	field("Contact", contactURI(site.Config.Contacts.Security.Value))
	if !s.Expires.IsZero() {
		field("Expires", s.Expires.Day.String()+"T00:00:00Z") // RFC 3339, as section 2.5.5 asks
	}
	var languages []string
	for _, l := range s.Languages {
		languages = append(languages, l.Value)
	}
	field("Preferred-Languages", strings.Join(languages, ", "))
	field("Canonical", base+model.AddressSecurityTxt)
	field("Policy", whole(base, s.Policy.Value))
	field("Encryption", whole(base, s.Encryption.Value))
	field("Acknowledgments", whole(base, s.Acknowledgments.Value))
	field("Hiring", whole(base, s.Hiring.Value))
	return b.Bytes()
}

// oneLine keeps a value from ending its line and beginning a field of its own.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// contactURI gives a contact as the URI that RFC 9116, section 2.5.3 asks for.
func contactURI(contact string) string {
	if contact == "" || strings.HasPrefix(contact, "https://") || strings.HasPrefix(contact, "http://") {
		return contact
	}
	return "mailto:" + contact
}

// whole gives an address of the site as a whole one.
func whole(base, address string) string {
	if strings.HasPrefix(address, "/") {
		return base + address
	}
	return address
}

// A urlset is a sitemap (sitemaps.org, protocol 0.9).
type urlset struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []location `xml:"url"`
}

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func sitemapOf[P Listed](pages []P, base string) ([]byte, error) {
	var set urlset
	for _, p := range pages {
		if address, changed, ok := p.Listed(); ok {
			set.URLs = append(set.URLs, location{Loc: base + address, LastMod: changed.String()})
		}
	}
	data, err := xml.MarshalIndent(set, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the sitemap: %w", err)
	}
	return append([]byte(xml.Header), append(data, '\n')...), nil
}
