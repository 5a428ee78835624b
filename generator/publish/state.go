package publish

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/generator/output"
)

// StateFolder holds what candor keeps in the place for itself; StatePath is its record there.
const (
	StateFolder = ".candor"
	StatePath   = StateFolder + "/published.json"
)

// stateVersion is the format of the record; a record of a higher one is refused.
const stateVersion = 1

// maxState is how many bytes a record may have: two hundred thousand files.
const maxState = 64 << 20

// A State is the record that is kept in the place: what was published there, and what is being published.
type State struct {
	Version int `json:"version"`
	Facts       // of the site whose upload came to its end; empty before the first did
	// Upload goes on or was interrupted; nil when the last one came to its end.
	Upload *Upload `json:"upload,omitempty"`
	// Files are what is there by candor, sorted by path.
	Files []Entry `json:"files"`
	// Intended are what the upload that goes on writes, sorted by path: when it is interrupted, they are known by it as candor's. Those of uploads that it overtook
	// are among them, which may come to be there yet.
	Intended []Entry `json:"intended,omitempty"`
	// Retired are assets that no page uses any more, sorted by path. They are kept for readers who have an older page open.
	Retired []Entry `json:"retired,omitempty"`
}

// An Upload is one run of a publish.
type Upload struct {
	ID    string    `json:"id"` // by chance, so that two can be told apart
	Began time.Time `json:"began"`
	// Complete says that everything of its site is there, as it was or as it will be; from then on readers can reach it.
	Complete bool `json:"complete,omitempty"`
	Facts         // of the site that it publishes
}

// An Entry is a file in the place.
type Entry struct {
	Path string `json:"path"`
	Size int64  `json:"size"` // in bytes, as it is kept
	Tag  string `json:"tag,omitempty"`
	Attributes
	// Loose says that an upload put the file there that was interrupted before anything led to it.
	Loose bool `json:"loose,omitempty"`
	// Since is when the file went out of use; the zero time for one that is in use.
	Since time.Time `json:"since,omitzero"`
}

// ParseState reads a record. It comes from a place that others write to, so nothing in it is taken for granted: a path that is none of a site would be deleted
// one day.
func ParseState(data []byte) (*State, error) {
	var version struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return nil, damaged(err)
	}
	if version.Version > stateVersion {
		return nil, &Error{
			Kind: KindNewer, Path: StatePath, Text: fmt.Sprintf("was written by a newer candor, in format %d; this one knows %d", version.Version, stateVersion),
			Hint: "publish with the candor that was used before, or a newer one",
		}
	}
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, damaged(err)
	}
	if s.Version != stateVersion {
		return nil, damaged(fmt.Errorf("its version is %d", s.Version))
	}
	for _, entries := range [][]Entry{s.Files, s.Retired, s.Intended} {
		if err := checkEntries(entries); err != nil {
			return nil, damaged(err)
		}
	}
	for _, entries := range [][]Entry{s.Files, s.Retired} {
		for i := range entries {
			if i > 0 && entries[i-1].Path == entries[i].Path {
				return nil, damaged(fmt.Errorf("%q is there twice", entries[i].Path))
			}
		}
	}
	return &s, nil
}

func damaged(err error) *Error {
	return &Error{
		Kind: KindState, Path: StatePath, Text: "in the place, candor's record of what it published, is damaged",
		Hint: "put an earlier version of it back; without it, nothing there is known as candor's", Err: err,
	}
}

// checkEntries sorts entries, and refuses paths that no site has.
func checkEntries(entries []Entry) error {
	slices.SortStableFunc(entries, byPath)
	for _, e := range entries {
		if !publishable(e.Path) {
			return fmt.Errorf("%q cannot be a file of a site", e.Path)
		}
	}
	return nil
}

// publishable reports whether path can be a file of a site in a place.
func publishable(path string) bool {
	if strings.HasPrefix(path, StateFolder+"/") || path == StateFolder {
		return false
	}
	return path == output.ManifestName || output.CheckPath(path) == nil
}

// JSON gives the bytes of the record, the same for the same record.
func (s *State) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return nil, errors.New("the record of what was published cannot be written: " + err.Error())
	}
	return append(data, '\n'), nil
}

// entry finds the entry of a path in entries that are sorted.
func entry(entries []Entry, path string) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(entries, path, func(e Entry, path string) int { return cmp.Compare(e.Path, path) })
	if !ok {
		return Entry{}, false
	}
	return entries[i], true
}

func byPath(a, b Entry) int { return cmp.Compare(a.Path, b.Path) }
