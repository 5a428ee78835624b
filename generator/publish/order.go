package publish

import (
	"path"
	"slices"
	"strings"

	"candor/generator/hosting"
)

// A Phase is a part of an upload that is over before the next one begins. Their order is why no reader meets a broken link.
//
// Say that a place is whole when every link on every page that can be reached from the front page leads to something that is there. Both sites are whole, each by
// itself; the place is a mixture of them, and perhaps of the remains of uploads that were interrupted. It stays whole through each step:
//
//   - What is not there yet is linked by nothing that can be reached, or the place would not be whole. So it can be put there in any order: pages too, though they
//     link to each other. The same holds for what an interrupted upload put there before it came further than this, which is called loose and written over now.
//   - After that, all of the new site is there, each file as it was or as it will be, and this is written down: nothing of the site is loose any more. So a page can
//     be put in the place of an older one: whatever it links to is there. Where there is no front page yet, it comes now, and after it the page for wrong
//     addresses. Pictures come before the pages that show them; feeds, sitemaps and manifests, by which programs find pages, after them.
//   - After that, all pages that can be reached are those of the new site, and link to nothing but the new site. So the rest can be taken away: feeds, pages and
//     compressed copies first, then what they show.
//
// Readers are slower than that: they click on a link of a page that they got before. So Run waits before it takes pages away, and a script or an index whose
// name has a hash, which a page that is open in a browser may ask for much later, stays until a publish that comes an hour after it went out of use.
type Phase int

// The phases, in their order.
const (
	NewFiles     Phase = iota + 1 // what pages show, where there is none yet
	NewPages                      // pages that are not there yet, but the front page
	NewLists                      // feeds, sitemaps and other ways for programs to find pages, where there is none yet
	FrontPage                     // where there is none yet
	WrongAddress                  // 404.html, where there is none yet
	ChangedFiles                  // what pages show, under the name that it had
	ChangedPages
	ChangedLists
	Manifest     // by which others tell whether the site is whole
	DeletedLists // feeds and compressed copies that are no part of the site any more
	DeletedPages
	DeletedFiles
)

const lastPhase = DeletedFiles

// String names what is done in the phase.
func (p Phase) String() string {
	return [...]string{
		"", "new files", "new pages", "new lists", "front page", "page for wrong addresses", "changed files", "changed pages", "changed lists", "manifest",
		"lists that are gone", "pages that are gone", "files that are gone",
	}[p]
}

// Deletes reports whether the phase takes things away.
func (p Phase) Deletes() bool { return p >= DeletedLists }

// sort of a file: what links to what.
type sort int

const (
	shown  sort = iota + 1 // by pages, and links to nothing
	page                   // is read, and links
	listed                 // finds pages for programs
)

// sortOf tells by the path in the site what a file is.
func sortOf(source string) sort {
	switch strings.ToLower(path.Ext(source)) {
	case ".html", ".htm", ".xhtml":
		return page
	case ".xml", ".atom", ".rss", ".json", ".csv", ".txt", ".md", "":
		if !strings.HasPrefix(source, "assets/") {
			return listed
		}
	}
	return shown
}

// phaseOf gives the phase in which a file is written: new is what nobody can reach yet.
func phaseOf(source string, isNew bool) Phase {
	kind := sortOf(source)
	switch {
	case source == manifestName:
		return Manifest
	case isNew && source == "index.html":
		return FrontPage
	case isNew && source == "404.html":
		return WrongAddress
	case isNew && kind == page:
		return NewPages
	case isNew && kind == listed:
		return NewLists
	case isNew:
		return NewFiles
	case kind == page:
		return ChangedPages
	case kind == listed:
		return ChangedLists
	}
	return ChangedFiles
}

// deletionOf gives the phase in which a file is taken away.
func deletionOf(e Entry) Phase {
	source := e.sourcePath()
	switch kind := sortOf(source); {
	case kind == listed || source != e.Path:
		return DeletedLists
	case kind == page:
		return DeletedPages
	}
	return DeletedFiles
}

// outlives reports whether pages that are open in browsers may ask for a file after it went out of use: its name has the hash of its bytes.
func outlives(e Entry) bool {
	return hosting.CacheControl(e.sourcePath()) == hosting.CacheControl("assets/a.00000000.js")
}

// inOrder sorts steps by phase and path.
func inOrder(steps []Step) {
	slices.SortFunc(steps, func(a, b Step) int {
		if a.Phase != b.Phase {
			return int(a.Phase) - int(b.Phase)
		}
		return strings.Compare(a.Path, b.Path)
	})
}
