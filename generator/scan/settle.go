package scan

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
)

// maxKept is how many signs of a tree are kept: the first ones by path. People read a hundred at most, and rules ask whether there is one.
const maxKept = 30_000

// A keeper keeps the signs of a tree: of one thing seen in several files of a folder, one. What it keeps does not depend on the order in which they come.
type keeper struct {
	best  map[keptKey]sighting
	limit string // the path from which on nothing is kept any more, "" for none
}

type keptKey struct {
	dir    string
	vendor *catalog.Vendor
	kind   model.SignKind
	seen   string
}

func newKeeper() *keeper { return &keeper{best: map[keptKey]sighting{}} }

func (k *keeper) keep(s sighting) {
	dir := path.Dir(s.path)
	if k.limit != "" && dir >= k.limit {
		return
	}
	key := keptKey{dir, s.vendor, s.kind, s.seen}
	if was, ok := k.best[key]; ok && cmp.Or(cmp.Compare(was.rank(), s.rank()), s.order(&was)) >= 0 {
		return
	}
	if k.best[key] = s; len(k.best) > 2*maxKept {
		k.trim()
	}
}

// trim leaves the signs of the first folders by path.
func (k *keeper) trim() {
	if len(k.best) <= maxKept {
		return
	}
	dirs := make([]string, 0, len(k.best))
	for key := range k.best {
		dirs = append(dirs, key.dir)
	}
	slices.Sort(dirs)
	k.limit = dirs[maxKept]
	maps.DeleteFunc(k.best, func(key keptKey, _ sighting) bool { return key.dir >= k.limit })
}

// rank says which of two sightings of one thing is told.
func (s *sighting) rank() int {
	rank := 2 * int(s.strength)
	if !s.aside {
		rank++
	}
	return rank
}

func sortedUses(uses map[string]*useCount) []string { return slices.Sorted(maps.Keys(uses)) }

// signs gives the signs of a tree by file and place, each as strong as all of the tree lets it be.
func (s *sweep) signs() []model.Sign {
	s.kept.trim()
	all := slices.Collect(maps.Values(s.kept.best))
	slices.SortFunc(all, func(a, b sighting) int { return a.order(&b) })
	all = s.withoutKnownImports(all)
	s.lessen(all)
	lessenOffers(all)
	s.lessenGeneral(all)
	var signs []model.Sign
	for i := range all {
		signs = append(signs, all[i].sign())
	}
	return signs
}

// withoutKnownImports leaves out imports of packages that a manifest in the same folder or above asks for. One that merely lists what is installed asks for
// nothing: there, an import is what tells. The import of one that also calls others is no more than possible.
func (s *sweep) withoutKnownImports(all []sighting) []sighting {
	type declared struct {
		dir       string
		vendor    *catalog.Vendor
		ecosystem catalog.Ecosystem
	}
	known := map[declared]bool{}
	for _, one := range all {
		if one.kind == model.SignPackage && (!one.listed || len(one.vendor.Compatible) > 0) {
			known[declared{path.Dir(one.path), one.vendor, one.ecosystem}] = true
		}
	}
	return slices.DeleteFunc(all, func(one sighting) bool {
		if one.kind != model.SignImport {
			return false
		}
		for dir := path.Dir(one.path); ; dir = path.Dir(dir) {
			if known[declared{dir, one.vendor, one.ecosystem}] {
				return true
			}
			if dir == "." {
				return false
			}
		}
	})
}

// lessen takes their strength from signs of clients that call others: those that are pointed elsewhere, and those of servers of one's own.
func (s *sweep) lessen(all []sighting) {
	byVendor := map[string][]redirection{}
	for _, r := range slices.Concat(s.redirects, s.hosted) {
		byVendor[r.vendor] = append(byVendor[r.vendor], r)
	}
	for i := range all {
		one := &all[i]
		for _, r := range byVendor[one.vendor.ID.Value] {
			if r.own && isBelow(one.path, r.folder) {
				one.strength = model.SignPossible
			}
		}
		switch one.kind {
		case model.SignPackage, model.SignVariable, model.SignCall, model.SignImport:
		default:
			continue
		}
		for _, r := range byVendor[one.vendor.ID.Value] {
			if isBelow(one.path, r.folder) && (r.about == "" || r.about == string(one.kind)) {
				one.strength = model.SignPossible
			}
		}
		uses := s.uses[useKey{s.unitOf(one.path), one.vendor.ID.Value}]
		switch {
		case one.kind == model.SignImport && len(one.vendor.Compatible) > 0:
			one.strength = model.SignPossible
		case uses == nil || uses.own > 0:
		case uses.other > 0 || uses.lent > 0 && one.kind != model.SignVariable, uses.unknown > 0 && general[one.name] != "":
			one.strength = model.SignPossible
		}
	}
}

// isBelow reports whether a file lies in a folder or below it.
func isBelow(name, folder string) bool { return folder == "." || strings.HasPrefix(name, folder+"/") }

// manyOffers is how many vendors' files make an offer: who may run the program on any of three hosts does not say which one is used. Of commands and
// steps it takes one more, since the parts of a program do go to several hosts.
var manyOffers = map[model.SignKind]int{model.SignFile: 3, model.SignAction: 4}

// lessenOffers makes the files, and the commands, by which hosts are set up weak where those of several lie side by side.
func lessenOffers(all []sighting) {
	type place struct {
		dir  string
		kind model.SignKind
	}
	hosts := map[place]map[string]bool{}
	each := func(visit func(at place, s *sighting)) {
		for i := range all {
			if s := &all[i]; manyOffers[s.kind] > 0 && s.strength == model.SignStrong && s.vendor.Category.Value == "cloud" {
				visit(place{path.Dir(s.path), s.kind}, s)
			}
		}
	}
	each(func(at place, s *sighting) {
		if hosts[at] == nil {
			hosts[at] = map[string]bool{}
		}
		hosts[at][s.vendor.ID.Value] = true
	})
	each(func(at place, s *sighting) {
		if len(hosts[at]) >= manyOffers[s.kind] {
			s.strength = model.SignWeak
		}
	})
}

// general are packages that reach all services of a vendor, one of which is a vendor of its own.
var general = map[string]string{"boto3": "aws-bedrock", "aioboto3": "aws-bedrock", "aws-sdk": "aws-bedrock", "github.com/aws/aws-sdk-go": "aws-bedrock"}

// lessenGeneral takes their strength from packages that reach all of a vendor where one of its services is seen in use, and nothing else of it is: the most
// specific vendor is the one to tell.
func (s *sweep) lessenGeneral(all []sighting) {
	specific, other := map[useKey]bool{}, map[useKey]bool{}
	for _, one := range all {
		key := useKey{s.unitOf(one.path), one.vendor.ID.Value}
		if one.strength == model.SignStrong && !one.aside {
			specific[key] = true
		}
		if one.strength > model.SignPossible && general[one.name] == "" && (one.kind != model.SignCall || amazons[one.name]) {
			other[key] = true
		}
	}
	for i := range all {
		one := &all[i]
		unit, service := s.unitOf(one.path), general[one.name]
		if one.kind == model.SignPackage && service != "" && specific[useKey{unit, service}] && !other[useKey{unit, one.vendor.ID.Value}] {
			one.strength = model.SignPossible
		}
	}
}
