package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"candor/generator/output"
)

// factsName is the file that says whose site it is.
const factsName = "trust.json"

// Facts are what a site says of itself, as far as publishing asks.
type Facts struct {
	BaseURL     string `json:"base_url"`
	BuiltOn     string `json:"built_on"`     // a day, as 2026-11-26
	ContentHash string `json:"content_hash"` // of what the site was built from
}

// A Site is a built site: what a build wrote into a folder, held against its manifest.
type Site struct {
	Facts
	Files    []output.File // sorted by path, the manifest among them, with their sizes
	Unlisted []string      // what lies in the folder and is not of the site, sorted; it is not published

	shown string
	files fs.FS
}

// Open reads the site in a folder, named shown in messages. Every file is held against the manifest: one that was changed by hand, or that is not there, is an
// error that names it, and so is a folder that candor did not write.
func Open(files fs.FS, shown string) (*Site, error) {
	manifest, err := fs.ReadFile(files, output.ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Error{Kind: KindSite, Path: shown, Text: "holds no site: it has no " + output.ManifestName, Hint: "candor build --out " + shown}
	case err != nil:
		return nil, fmt.Errorf("read the site in %q: %w", shown, err)
	}
	listed, err := output.ParseManifest(manifest)
	if err != nil {
		return nil, &Error{Kind: KindSite, Path: shown, Text: "has a damaged " + output.ManifestName, Hint: "candor build --out " + shown, Err: err}
	}
	s := &Site{shown: shown, files: files, Files: listed}
	if err := s.measure(); err != nil {
		return nil, err
	}
	if err := s.readFacts(); err != nil {
		return nil, err
	}
	s.Files = append(s.Files, output.File{Path: output.ManifestName, Size: int64(len(manifest)), Hash: sha256.Sum256(manifest)})
	slices.SortFunc(s.Files, func(a, b output.File) int { return strings.Compare(a.Path, b.Path) })
	return s, s.findUnlisted()
}

// Read gives the bytes of a file of the site, provided that they still are those of the manifest.
func (s *Site) Read(path string) ([]byte, error) {
	i, ok := slices.BinarySearchFunc(s.Files, path, func(f output.File, path string) int { return strings.Compare(f.Path, path) })
	if !ok {
		return nil, fmt.Errorf("%q is no file of the site in %q", path, s.shown)
	}
	return s.read(s.Files[i])
}

func (s *Site) read(f output.File) ([]byte, error) {
	data, err := fs.ReadFile(s.files, f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, s.edited(f.Path, "is not there any more")
	case err != nil:
		return nil, fmt.Errorf("read %q of the site in %q: %w", f.Path, s.shown, err)
	case sha256.Sum256(data) != f.Hash:
		return nil, s.edited(f.Path, "was changed since it was built")
	}
	return data, nil
}

func (s *Site) edited(path, text string) *Error {
	return &Error{Kind: KindEdited, Path: path, Text: text, Hint: "candor build --out " + s.shown + " writes it anew; what is to be read there belongs into the content"}
}

// measure reads every file once, and notes the sizes, which a manifest does not hold.
func (s *Site) measure() error {
	trouble := make([]error, len(s.Files))
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(s.Files); i += workers {
				data, err := s.read(s.Files[i])
				s.Files[i].Size, trouble[i] = int64(len(data)), err
			}
		})
	}
	group.Wait()
	first, others := error(nil), 0
	for _, err := range trouble {
		switch {
		case err != nil && first == nil:
			first = err
		case err != nil:
			others++
		}
	}
	if problem, ok := errors.AsType[*Error](first); ok && others > 0 {
		problem.Text += fmt.Sprintf(", as were %d others", others)
	}
	return first
}

func (s *Site) readFacts() error {
	rebuild := "candor build --out " + s.shown
	if !slices.ContainsFunc(s.Files, func(f output.File) bool { return f.Path == factsName }) {
		return &Error{Kind: KindSite, Path: s.shown, Text: "does not say whose site it is: it has no " + factsName, Hint: rebuild}
	}
	data, err := s.Read(factsName)
	if err != nil {
		return err
	}
	if s.Facts, err = readFacts(data); err != nil {
		return &Error{Kind: KindSite, Path: factsName, Text: "does not say whose site it is", Hint: rebuild, Err: err}
	}
	return nil
}

// readFacts takes from a trust.json what publishing asks.
func readFacts(data []byte) (Facts, error) {
	var document struct {
		Site Facts `json:"site"`
	}
	if err := json.Unmarshal(data, &document); err != nil {
		return Facts{}, err
	}
	f := document.Site
	switch {
	case f.BaseURL == "":
		return f, errors.New(`it has no "base_url" in "site"`)
	case !isDay(f.BuiltOn):
		return f, fmt.Errorf(`"built_on" in "site" is %q, which is no day`, f.BuiltOn)
	}
	return f, nil
}

// isDay reports whether text looks like 2026-11-26, so that days compare as texts do.
func isDay(text string) bool {
	if len(text) != 10 {
		return false
	}
	for i, r := range text {
		if dash := i == 4 || i == 7; dash != (r == '-') || !dash && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// findUnlisted notes what lies in the folder and is not of the site.
func (s *Site) findUnlisted() error {
	return fs.WalkDir(s.files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read the site in %q: %w", s.shown, err)
		}
		if d.IsDir() {
			if d.Name() == ".git" {
				return fs.SkipDir
			}
			return nil
		}
		if _, listed := slices.BinarySearchFunc(s.Files, path, func(f output.File, path string) int { return strings.Compare(f.Path, path) }); !listed {
			s.Unlisted = append(s.Unlisted, path)
		}
		return nil
	})
}

// digits writes a hash in lower-case hexadecimal.
func digits(hash [sha256.Size]byte) string { return hex.EncodeToString(hash[:]) }
