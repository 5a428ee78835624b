package generator

import (
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"candor/generator/cache"
	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/output"
	"candor/generator/parse"
	"candor/generator/scan"
	"candor/generator/source"
	"candor/generator/theme"
)

// A knownSite is what came of a whole build. While nothing that it was made from has changed, and its files are all there still, there is nothing
// to do: no file is parsed and no rule is run.
type knownSite struct {
	Folders   []string // of source code
	Signs     string   // what was seen there
	Pages     int
	Diagrams  int
	Findings  []knownFinding
	Exception []knownException
	Files     []output.File
}

// A knownFinding is a finding whose places are told by path.
type knownFinding struct {
	Rule, Message, Hint, From string
	Severity                  diag.Severity
	At                        knownPlace
	Related                   []knownRelated
	Secret                    bool
}

type knownRelated struct {
	At   knownPlace
	Text string
}

type knownPlace struct {
	Path       string
	Start, End int
}

type knownException struct {
	Rule, Reason, Owner, Expires string
	At                           knownPlace
	Findings                     []knownFinding
}

// key names all that a site is made from but for its content and for source code.
func (in Input) key(kind string, content string) (cache.Key, error) {
	shelf := theme.ShelfOf(in.Files, in.Themes) // all of them: which one is chosen stands in the content
	look, err := theme.Sum(shelf.BuiltIn)
	if err != nil {
		return cache.Key{}, err
	}
	own, err := theme.Sum(shelf.Own)
	if err != nil {
		return cache.Key{}, err
	}
	var since []byte
	if in.Since != nil {
		if since, err = in.Since.JSON(); err != nil {
			return cache.Key{}, err
		}
	}
	rest := fmt.Sprintf("%d %q %v %v %v %q %s %q", in.On, in.BaseURL, in.Strict, in.Writing, in.Draw == nil, in.Version, in.Secret.Fingerprint(), in.Theme)
	return cache.KeyOf(kind, look[:], own[:], []byte(rest), since, []byte(content)), nil
}

// siteKey names all that a site is made from but for source code, which is only known once the content has been read.
func (w *Workshop) siteKey(in Input, tree *source.Tree) (cache.Key, error) {
	hash, err := w.contentHash(in.Files, tree)
	if err != nil {
		return cache.Key{}, err
	}
	return in.key("site", hash)
}

// unchanged gives the report of an earlier build of the very same input whose site the sink still has, and whether there is one.
func (w *Workshop) unchanged(key cache.Key, in Input, tree *source.Tree, sink output.Sink) (Report, bool) {
	keeper, ok := sink.(output.Keeper)
	kept, found := w.Store.Get(key)
	var was knownSite
	if !ok || !found || json.Unmarshal(kept, &was) != nil || signsOf(w.scan(in, tree, was.Folders)) != was.Signs {
		return Report{}, false
	}
	return was.report(tree), keepAll(keeper, was.Files)
}

// report gives what the build found, in the content as it was read now.
func (was knownSite) report(tree *source.Tree) Report {
	report := Report{Pages: was.Pages, Diagrams: was.Diagrams, Folders: was.Folders}
	for _, f := range was.Findings {
		report.Findings = append(report.Findings, f.in(tree))
	}
	for _, e := range was.Exception {
		back := diag.Exception{Rule: e.Rule, Reason: e.Reason, Owner: e.Owner, Expires: e.Expires, At: e.At.in(tree)}
		for _, f := range e.Findings {
			back.Findings = append(back.Findings, f.in(tree))
		}
		report.Exceptions = append(report.Exceptions, back)
	}
	return report
}

// keepAll has the sink take over all files, and gives whether it did.
func keepAll(sink output.Keeper, files []output.File) bool {
	var wg sync.WaitGroup
	var next atomic.Int64
	var lost atomic.Bool
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(files) && !lost.Load(); i = int(next.Add(1)) - 1 {
				if kept, err := sink.Keep(files[i]); err != nil || !kept {
					lost.Store(true)
				}
			}
		})
	}
	wg.Wait()
	return !lost.Load()
}

// note keeps what came of a whole build, unless a finding points out of the content.
func (w *Workshop) note(key cache.Key, report Report, files []output.File, tree *source.Tree) {
	was, ok := w.known(report, tree)
	was.Files = files
	if data, err := json.Marshal(was); err == nil && ok {
		w.Store.Put(key, data)
	}
}

// known gives what came of a whole build, and whether all of it can be told of the content alone.
func (w *Workshop) known(report Report, tree *source.Tree) (was knownSite, ok bool) {
	was = knownSite{Folders: report.Folders, Signs: signsOf(w.code), Pages: report.Pages, Diagrams: report.Diagrams}
	lost := false
	place := func(s source.Span) knownPlace {
		if s.File == nil {
			return knownPlace{}
		}
		lost = lost || tree.File(s.File.Path) != s.File
		return knownPlace{s.File.Path, s.Start, s.End}
	}
	known := func(f diag.Finding) knownFinding {
		k := knownFinding{f.Rule, f.Message, f.Hint, f.From, f.Severity, place(f.At), nil, f.Secret}
		for _, r := range f.Related {
			k.Related = append(k.Related, knownRelated{place(r.At), r.Text})
		}
		return k
	}
	for _, f := range report.Findings {
		was.Findings = append(was.Findings, known(f))
	}
	for _, e := range report.Exceptions {
		k := knownException{e.Rule, e.Reason, e.Owner, e.Expires, place(e.At), nil}
		for _, f := range e.Findings {
			k.Findings = append(k.Findings, known(f))
		}
		was.Exception = append(was.Exception, k)
	}
	return was, !lost
}

// in gives the place in the content as it was read now, which is the same content.
func (p knownPlace) in(tree *source.Tree) source.Span {
	file := tree.File(p.Path)
	if file == nil {
		return source.Span{}
	}
	return source.Span{File: file, Start: p.Start, End: p.End}
}

func (k knownFinding) in(tree *source.Tree) diag.Finding {
	f := diag.Finding{Rule: k.Rule, Severity: k.Severity, At: k.At.in(tree), Message: k.Message, Hint: k.Hint, From: k.From, Secret: k.Secret}
	for _, r := range k.Related {
		f.Related = append(f.Related, diag.Related{At: r.At.in(tree), Text: r.Text})
	}
	return f
}

// scan looks for signs of vendors in source code. The content may know more of vendors than the program does; what is wrong with that is told by check.
func (w *Workshop) scan(in Input, tree *source.Tree, folders []string) scan.Found {
	code := in.Source
	if code == nil {
		code = in.Files
	}
	return scan.Folders(code, folders, func() *catalog.Catalog { return catalog.Of(tree, &diag.List{}) })
}

// vendorsIn names what the content says of vendors in general, the same for the same files: signs in source code are read by it.
func vendorsIn(tree *source.Tree) string {
	var sums strings.Builder
	for _, f := range tree.Files {
		if strings.HasPrefix(f.Path, parse.Folder+"/"+parse.VendorFolder+"/") {
			fmt.Fprintf(&sums, "%s %x\n", f.Path, f.Sum())
		}
	}
	return sums.String()
}

// signsOf says what was seen in source code, in words that differ when anything does.
func signsOf(found scan.Found) string {
	var said []string
	for _, s := range found.Signs {
		vendor := ""
		if s.Vendor != nil {
			vendor = s.Vendor.ID
		}
		said = append(said, fmt.Sprintf("%q %v %v %q %v %q %v", vendor, s.Kind, s.Strength, s.Seen, s.At.Position(), s.Folders, s.Shared))
	}
	return fmt.Sprintf("%q %q", said, slices.Sorted(slices.Values(found.Missing)))
}
