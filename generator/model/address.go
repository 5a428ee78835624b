package model

import (
	"path"
	"strings"
)

// The addresses of the pages that every site has. Addresses are a contract: once published, one keeps working.
const (
	AddressHome           = "/"
	AddressPolicies       = "/policies/"
	AddressSubprocessors  = "/subprocessors/"
	AddressFlows          = "/data-flows/"
	AddressAI             = "/ai/"
	AddressAnswers        = "/answers/"
	AddressCertifications = "/certifications/"
	AddressDocuments      = "/documents/"
	AddressControls       = "/controls/"
	AddressUpdates        = "/updates/"
	AddressPrint          = "/print/" // the whole trust center as one document
	AddressSecurityTxt    = "/.well-known/security.txt"
	AddressSealed         = "/q/" // below it are the sealed pages; nothing is at the address itself
)

// Sections are the addresses of the pages that list something, in the order in which they are shown.
var Sections = []string{AddressPolicies, AddressSubprocessors, AddressFlows, AddressAI, AddressAnswers, AddressCertifications,
	AddressDocuments, AddressControls, AddressUpdates}

// folders are the addresses below which the records of a kind have pages of their own.
var folders = map[Kind]string{KindPolicy: AddressPolicies, KindSubprocessor: AddressSubprocessors, KindFlow: AddressFlows, KindAnswer: AddressAnswers}

// anchored are the pages on which records without a page of their own are shown, under their id.
var anchored = map[Kind]string{KindCertification: AddressCertifications, KindDocument: AddressDocuments, KindControl: AddressControls,
	KindUpdate: AddressUpdates, KindModel: AddressAI}

// Address gives the address of a record from the site's root: "/policies/access-control/", "/controls/#access-review". It is "" for
// what has none: a record that is not published, or a kind that is not shown by itself.
func Address(r Record) string {
	if r == nil || !r.Published() {
		return ""
	}
	return AddressFor(r.Key())
}

// AddressFor gives the address that a record of that name has when it is published, "" for a kind that has none.
func AddressFor(k Key) string {
	if folder, ok := folders[k.Kind]; ok {
		return folder + k.ID + "/"
	}
	if page, ok := anchored[k.Kind]; ok {
		return page + "#" + k.ID
	}
	return ""
}

// OldAddresses gives the addresses of pages that a record had under earlier ids.
func OldAddresses(r Record, aliases []Text) []string {
	folder, ok := folders[r.Key().Kind]
	if !ok || !r.Published() {
		return nil
	}
	var old []string
	for _, a := range aliases {
		old = append(old, folder+a.Value+"/")
	}
	return old
}

// A Former is an address that a page had under an earlier id of its record.
type Former struct {
	Address string // from the site's root: "/policies/data-retention/"
	Record  Record
}

// Formers gives the former addresses of all pages that readers may know of, kind by kind.
func (s *Site) Formers() []Former {
	var list []Former
	add := func(r Record, aliases []Text) {
		for _, old := range OldAddresses(r, aliases) {
			list = append(list, Former{old, r})
		}
	}
	for _, r := range s.Policies {
		add(r, r.Aliases)
	}
	for _, r := range s.Subprocessors {
		add(r, r.Aliases)
	}
	for _, r := range s.Flows {
		add(r, r.Aliases)
	}
	for _, r := range s.Answers() {
		add(r, r.Aliases)
	}
	return list
}

// sourceFolders are where the files of a kind lie in the content, for links from file to file.
var sourceFolders = map[string]Kind{"content/policies": KindPolicy, "content/updates": KindUpdate, "content/subprocessors": KindSubprocessor, "content/flows": KindFlow}

// A Target is what a link in the content leads to.
type Target struct {
	Address  string // from the site's root, or a whole address elsewhere
	External bool
	Record   Record // the record it leads to, nil for a page that lists, an asset or another site
	Asset    string // the path in the site folder of the file it leads to, "" for none
}

// Resolve tells where a link or picture leads that was written as dest in the file at from: a file beside it ("access-control.md#scope"), an
// address of the site ("/subprocessors/openai/"), an address elsewhere, or an anchor of its own page. It is false when that is
// nothing that the site has; anchors are not looked at, so Address keeps the one that was written.
func (s *Site) Resolve(from, dest string) (Target, bool) {
	if i := strings.IndexAny(dest, ":/?#"); i > 0 && dest[i] == ':' || strings.HasPrefix(dest, "//") {
		return Target{Address: dest, External: true}, true
	}
	file, anchor := dest, ""
	if i := strings.IndexByte(dest, '#'); i >= 0 {
		file, anchor = dest[:i], dest[i:]
	}
	if file == "" {
		return Target{Address: anchor}, anchor != "" && anchor != "#"
	}
	if strings.HasPrefix(file, "/") {
		return s.resolveAddress(file, anchor)
	}
	full := path.Join(path.Dir(from), file)
	if kind, ok := sourceFolders[path.Dir(full)]; ok && (path.Ext(full) == ".md" || path.Ext(full) == ".yaml") {
		r := s.Find(kind, strings.TrimSuffix(path.Base(full), path.Ext(full)))
		if r == nil || Address(r) == "" {
			return Target{}, false
		}
		if address, own, ok := strings.Cut(Address(r), "#"); ok {
			return Target{Address: address + "#" + own, Record: r}, true
		}
		return Target{Address: Address(r) + anchor, Record: r}, true
	}
	for _, a := range s.Assets {
		if a.Path == full {
			return Target{Address: AssetAddress(a.Path) + anchor, Asset: a.Path}, true
		}
	}
	return Target{}, false
}

// AssetAddress gives the address of a file of the content that is published as it is.
func AssetAddress(name string) string { return strings.TrimPrefix(name, "content") }

func (s *Site) resolveAddress(address, anchor string) (Target, bool) {
	if address == AddressHome || address == AddressSecurityTxt {
		return Target{Address: address + anchor}, true
	}
	if !strings.HasSuffix(address, "/") && path.Ext(address) == "" {
		address += "/"
	}
	for _, section := range Sections {
		if address == section {
			return Target{Address: address + anchor}, true
		}
	}
	for _, a := range s.Assets {
		if AssetAddress(a.Path) == address {
			return Target{Address: address + anchor, Asset: a.Path}, true
		}
	}
	for _, kind := range []Kind{KindPolicy, KindSubprocessor, KindFlow, KindAnswer} {
		if id, ok := strings.CutPrefix(strings.TrimSuffix(address, "/"), folders[kind]); ok {
			if r := s.Find(kind, id); r != nil && r.Published() {
				return Target{Address: folders[kind] + r.Key().ID + "/" + anchor, Record: r}, true
			}
			return Target{}, false
		}
	}
	return Target{}, false
}
