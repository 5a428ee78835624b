package model

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"candor/generator/source"
)

// A Sign is something in the source code that shows that a vendor is in use, or may be.
type Sign struct {
	Vendor   *KnownVendor
	Kind     SignKind
	Strength SignStrength
	Seen     string      // what was seen, as a sentence says it: `npm package "openai"`
	At       source.Span // in a manifest or in code; its path begins where those in `source:` begin

	// Aside says that it stands among tests, examples, documents or the settings of a pipeline: where a vendor is spoken of that may not be in use.
	Aside bool

	// Folders are those of SourceFolders that the manifest belongs to. Shared says that it lies above them, so that other parts of the
	// program use it too.
	Folders []string
	Shared  bool
}

// A SignKind is the kind of thing that was seen. Two signs of one kind are often one sign twice.
type SignKind string

// The kinds of signs.
const (
	SignPackage  SignKind = "package"  // a manifest asks for it, or a command installs it
	SignVariable SignKind = "variable" // an environment variable
	SignHost     SignKind = "host"     // an address that is called, or may be
	SignResource SignKind = "resource" // a provider or a resource that infrastructure is made of
	SignAction   SignKind = "action"   // a step of a pipeline, or a command that puts the program somewhere
	SignImage    SignKind = "image"    // a container image
	SignCall     SignKind = "call"     // code makes a client that goes to the vendor's own servers
	SignFile     SignKind = "file"     // a file that only the vendor's service reads
	SignImport   SignKind = "import"   // code imports a package that no manifest asks for
)

// proving are the kinds of signs in the order in which a strong one is shown to people: what says the most in one line comes first.
var proving = []SignKind{SignPackage, SignHost, SignVariable, SignResource, SignCall, SignImage, SignAction, SignFile, SignImport}

// A SignStrength says how much a sign proves.
type SignStrength int

// From the least to the most.
const (
	SignPossible SignStrength = iota // goes with the vendor, and as well with something else
	SignWeak                         // shows the vendor where it may not be what runs: among development dependencies, in tests, by a client of others too
	SignStrong                       // shows the vendor in use
)

// Proof gives the signs, all of one vendor, that show it in use: a strong one, or two of different kinds. Of two, one has to be more than possible, and
// one has to stand where things run: what only tests and documents say twice is not in use. Two of one kind are often one thing seen twice. It is nil
// when nothing is proved.
func Proof(signs []Sign) []Sign {
	for _, kind := range proving {
		for _, s := range signs {
			if s.Strength == SignStrong && s.Kind == kind {
				return []Sign{s}
			}
		}
	}
	for _, s := range signs {
		for _, other := range signs {
			if s.Strength == SignWeak && other.Kind != s.Kind && !(s.Aside && other.Aside) {
				return []Sign{s, other}
			}
		}
	}
	return nil
}

// A KnownVendor is what Candor knows of a vendor from its own catalog: enough to tell which sub-processor of the site it is.
type KnownVendor struct {
	ID         string
	Name       string
	Names      []string       // that it alone has: its id, its name, others it goes by, its legal entity
	Legal      string         // its legal entity, which others may share; may be ""
	Website    string         // a web address
	Parent     *KnownVendor   // the vendor that it is part of, nil for none
	Compatible []*KnownVendor // vendors that its packages are a usual client of as well
	Receives   bool           // by what it is for, it receives data of a company's customers
	AI         bool           // it works on what models are given or give
}

// SourceFolders gives the folders of source code that flows are built from, each once and in order. They are paths as fs.FS has them,
// "." for all of the code; what is no such path is left out.
func (s *Site) SourceFolders() []string {
	var all []string
	for _, f := range s.Flows {
		for _, t := range f.Internal.Source {
			if folder := sourceFolder(t); fs.ValidPath(folder) {
				all = append(all, folder)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// BuiltFrom gives the place in the flow's `source:` that names one of folders, if any does.
func (f *Flow) BuiltFrom(folders []string) (Text, bool) {
	for _, t := range f.Internal.Source {
		if slices.Contains(folders, sourceFolder(t)) {
			return t, true
		}
	}
	return Text{}, false
}

func sourceFolder(t Text) string { return path.Clean(strings.TrimPrefix(t.Value, "/")) }
