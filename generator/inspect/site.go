package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"candor/generator/hosting"
)

// A site is a built one that is looked at.
type site struct {
	Name   string `json:"name"`
	URL    string `json:"url"`  // where it is served, without a slash at its end
	Base   string `json:"base"` // the address that it gives itself, likewise; empty where its front page has none
	Axe    string `json:"axe"`  // the address of axe-core\'s script, which is served with the site
	Sample bool   `json:"sample"`
	Pages  []page `json:"pages"`
	// Main are the paths of the pages that Lighthouse looks at.
	Main []string `json:"main"`

	dir   string
	files map[string]served
	axe   []byte
}

// A page is one that a browser shows: its path from the site's root, "/answers/", and the kind that its body names.
type page struct {
	Path string `json:"path"`
	Kind string `json:"kind"`
	// Bytes is what goes over the wire for the page alone, Drawn how much of it are pictures that are drawn in it.
	Bytes int `json:"bytes"`
	Drawn int `json:"drawn"`
}

// served is a file as it goes over the wire.
type served struct {
	data, zipped []byte
}

var (
	drawing   = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	kindOf    = regexp.MustCompile(`<body[^>]* class="(?:[a-z]+ )?on-([a-z]+)`)
	canonical = regexp.MustCompile(`<link rel="?canonical"? href="?([^">]+?)/?"?>`)
)

// readSite reads a site's folder, and zips what hosts zip.
func readSite(name, dir string, sample bool) (*site, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	s := &site{Name: name, Sample: sample, dir: dir, files: map[string]served{}}
	err = filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		s.take(filepath.ToSlash(rel), data)
		return nil
	})
	if err != nil {
		return nil, err
	}
	front, ok := s.files["index.html"]
	if !ok {
		return nil, fmt.Errorf("%q is no built site: there is no index.html; build it first, with candor build", dir)
	}
	if m := canonical.FindSubmatch(front.data); m != nil {
		s.Base = string(m[1])
	}
	s.Main = s.mainPages()
	return s, nil
}

func (s *site) take(name string, data []byte) {
	f := served{data: data}
	if kind := hosting.ContentType(name); strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.Contains(kind, "xml") {
		f.zipped = zip(data)
	}
	s.files[name] = f
	if !strings.HasSuffix(name, ".html") {
		return
	}
	p := page{Path: "/" + strings.TrimSuffix(name, "index.html"), Bytes: len(f.zipped), Drawn: len(f.zipped) - len(zip(drawing.ReplaceAll(data, nil)))}
	if m := kindOf.FindSubmatch(data); m != nil {
		p.Kind = string(m[1])
	}
	s.Pages = append(s.Pages, p)
}

// zip gives what goes over the wire for data.
func zip(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data) // neither fails: the buffer takes all
	z.Close()
	return b.Bytes()
}

// mainPages gives the five that Lighthouse looks at: the front page, the sub-processors, the answers, and of data flows and policies the first ones. Of a site that is
// looked at by samples it looks at none: a front page of 300 vendors is slow to lay out, whatever it is made of.
func (s *site) mainPages() []string {
	list := []string{}
	if s.Sample {
		return list
	}
	for _, kind := range []string{"home", "subprocessors", "flow", "answers", "policy"} {
		if i := slices.IndexFunc(s.Pages, func(p page) bool { return p.Kind == kind }); i >= 0 {
			list = append(list, s.Pages[i].Path)
		}
	}
	return list
}

// axePath is where axe-core's script is served. No site has it: files for hosts alone begin with a dot.
const axePath = "/.inspect/axe.js"

// serve serves the site on loopback, with axe-core's script, sets its URL, and gives what ends that.
func (s *site) serve(axe []byte) func() {
	server := httptest.NewServer(s)
	s.axe, s.URL, s.Axe = axe, server.URL, server.URL+axePath
	return server.Close
}

// ServeHTTP answers as a host does that was told what generator/hosting tells it; but not that the address begins with https, which loopback's does not.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == axePath {
		w.Header().Set("Content-Type", "text/javascript")
		w.Header().Set("Cache-Control", "max-age=86400, immutable")
		w.Write(s.axe)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	status := http.StatusOK
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	} else if _, ok := s.files[name+"/index.html"]; ok {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	f, ok := s.files[name]
	if !ok || hosting.ForHost(name) {
		name, status = "404.html", http.StatusNotFound
		f = s.files[name]
	}
	for _, h := range hosting.Headers(name, false) {
		w.Header().Set(h.Name, h.Value)
	}
	data := f.data
	if f.zipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Vary", "Accept-Encoding")
		data = f.zipped
	}
	if r.Header.Get(inPieces) != "" && path.Ext(name) == ".html" {
		w.Header().Del("Content-Encoding")
		w.WriteHeader(status)
		writeInPieces(w, f.data)
		return
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}

// writeInPieces sends a page as over a slow line: style and scripts are there, and of the page arrives one piece after the other. On loopback a page is there at once, and what
// moves while it arrives is seen once in a hundred times. A piece ends with a tag: that half a word fits into a line which the whole of it does not, no page can help.
func writeInPieces(w http.ResponseWriter, data []byte) {
	flush := http.NewResponseController(w).Flush
	for size := len(data)/pieces + 1; len(data) > 0; {
		end := len(data)
		if size < end {
			if i := bytes.IndexByte(data[size:], '<'); i >= 0 {
				end = size + i
			}
		}
		w.Write(data[:end]) // fails where the browser has gone, as flush does
		flush()
		data = data[end:]
		time.Sleep(betweenPieces)
	}
}

// A page that is asked for with the header inPieces is sent in about so many pieces.
const (
	inPieces      = "Candor-In-Pieces"
	pieces        = 24
	betweenPieces = 20 * time.Millisecond // longer than a frame
)
