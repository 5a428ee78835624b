// Package verify tells whether a site is, byte for byte, what candor wrote.
//
// In comes a folder, or the address of a published site and a function that fetches; out comes a Report: which files are what the manifest lists, which are not, and
// what is the likely cause of each difference, in the words of who runs the host. The manifest is the site's own unless a trusted one is given: who can change pages can
// change the manifest with them, and the Report says which of the two it rests on.
//
// Nothing here follows a symbolic link, opens a device, leaves the host that was named, writes, or knows the network: it is given a Fetch.
package verify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"candor/generator/output"
)

// MaxFile is the most bytes of one file that are looked at, packed or unpacked. A larger one cannot be told from what was written.
const MaxFile = 64 << 20

// largest is MaxFile, and less in tests.
var largest = MaxFile

// ErrNoManifest says that there is no SHA256SUMS, so that nobody can tell what the site should be.
var ErrNoManifest = errors.New("there is no " + output.ManifestName)

// A Kind says what is wrong with a file.
type Kind string

// What can be wrong.
const (
	Altered      Kind = "altered"      // it holds other bytes
	Missing      Kind = "missing"      // it is not there
	Obstructed   Kind = "obstructed"   // something else than a file lies there: a symbolic link, a folder, a device
	Refused      Kind = "refused"      // the host answers with another status than 200 and 404
	Redirected   Kind = "redirected"   // the host leads to another place
	Stale        Kind = "stale"        // a cache on the way gives an older copy; the host itself has the right one
	Unreadable   Kind = "unreadable"   // it could not be read, or not fetched
	Inconsistent Kind = "inconsistent" // files contradict each other, so that candor did not write them together
)

// A Fault is one file that is not what it should be.
type Fault struct {
	Path    string `json:"path"`              // in the site
	Kind    Kind   `json:"kind"`              //
	Address string `json:"address,omitempty"` // where it was asked for, of a published site
	Status  int    `json:"status,omitempty"`  // of the answer, when it is not 200
	Cause   string `json:"cause,omitempty"`   // the likely cause, lower case, no full stop
	Hint    string `json:"hint,omitempty"`    // what to do about it
	Line    int    `json:"line,omitempty"`    // of the first line that shows it, from 1
	Found   string `json:"found,omitempty"`   // that line
	Written string `json:"written,omitempty"` // the line as candor wrote it, where a trusted copy was given
}

// A Stray is a file that candor did not write. The site is no less what it wrote, and there is something else beside it.
type Stray struct {
	Path string `json:"path"`
	Note string `json:"note,omitempty"` // what is known of it
}

// An Identity is what a site says of itself in trust.json.
type Identity struct {
	Company     string `json:"company,omitempty"`
	BaseURL     string `json:"base_url,omitempty"`
	BuiltOn     string `json:"built_on,omitempty"` // YYYY-MM-DD
	ContentHash string `json:"content_hash,omitempty"`
	Generator   string `json:"generator,omitempty"`
}

// A Report is what came of it.
type Report struct {
	Trusted   bool      `json:"trusted"`             // the manifest came from elsewhere than the site itself
	Files     int       `json:"files"`               // that the manifest lists
	Same      int       `json:"same"`                // that are what it lists
	ForHost   int       `json:"for_host"`            // that a host reads and does not serve; not fetched
	Digest    string    `json:"manifest_sha256"`     // what `sha256sum SHA256SUMS` prints
	Identity  *Identity `json:"identity,omitempty"`  // nil where there is no trust.json to read
	Faults    []Fault   `json:"faults"`              // sorted by path
	Strays    []Stray   `json:"strays,omitempty"`    // of a folder, sorted by path
	Redirects []string  `json:"redirects,omitempty"` // paths that the host leads to another page of the site, which is what was written
	Notes     []string  `json:"notes,omitempty"`     // what else a person should know
}

// Unreachable reports whether nothing is known to be wrong, and not everything could be read: the question has no answer.
func (r *Report) Unreachable() bool {
	return len(r.Faults) > 0 && !slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Kind != Unreadable })
}

// Options are what a verification depends on besides the site.
type Options struct {
	Manifest  []byte        // a trusted one; nil for the site's own
	Originals fs.FS         // a trusted copy of the site, from which the lines that differ are shown; may be nil
	Workers   int           // how many files are fetched or read at a time; 0 for one
	Pause     time.Duration // before something is asked for again
}

// A want is one file as it should be.
type want struct {
	output.File
	manifest bool // it is the manifest itself, of a site that is held against a trusted one
}

// wanted gives what a manifest asks for.
func wanted(manifest []byte, o Options) ([]want, error) {
	files, err := output.ParseManifest(manifest)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", output.ManifestName, err)
	}
	all := make([]want, 0, len(files)+1)
	for _, f := range files {
		all = append(all, want{File: f})
	}
	if o.Manifest != nil {
		all = append(all, want{output.File{Path: output.ManifestName, Size: int64(len(manifest)), Hash: sha256.Sum256(unixEnds(manifest))}, true})
	}
	return all, nil
}

// A tally gathers what workers find.
type tally struct {
	mu     sync.Mutex
	report Report
	kept   map[string][]byte // files that say what the site is, for look-ups
}

func newTally(all []want, manifest []byte, o Options) *tally {
	t := &tally{kept: map[string][]byte{}}
	t.report = Report{Trusted: o.Manifest != nil, Files: len(all), Digest: fmt.Sprintf("%x", sha256.Sum256(unixEnds(manifest))), Faults: []Fault{}}
	if o.Manifest != nil {
		t.report.Files-- // it does not list itself
	}
	return t
}

func (t *tally) fault(f Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.report.Faults = append(t.report.Faults, f)
}

// same counts a file that is what it should be, and keeps those that say what the site is.
func (t *tally) same(w want, data []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !w.manifest {
		t.report.Same++
	}
	if slices.Contains(telling, w.Path) {
		t.kept[w.Path] = data
	}
}

func (t *tally) finish() *Report {
	t.identify()
	r := &t.report
	slices.SortStableFunc(r.Faults, func(a, b Fault) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind)) })
	slices.Sort(r.Redirects)
	return r
}

// each runs do for 0 to n-1, several at a time, until the context ends.
func each(ctx context.Context, n, workers int, do func(i int)) error {
	var group sync.WaitGroup
	next := make(chan int)
	for range max(1, min(workers, n)) {
		group.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		select {
		case next <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	group.Wait()
	return ctx.Err()
}
