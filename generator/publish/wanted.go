package publish

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"candor/generator/hosting"
	"candor/generator/output"
)

// A wanted is a file as it is to be in the place.
type wanted struct {
	Entry
	source output.File
}

// wants works out what is to be in a place that keeps files in this manner, sorted by path.
func (s *Site) wants(m Manner) ([]wanted, error) {
	all := make([]wanted, 0, len(s.Files))
	for _, f := range s.Files {
		if hosting.ForHost(f.Path) && !m.HostFiles {
			continue
		}
		if !publishable(f.Path) {
			return nil, &Error{Kind: KindSite, Path: f.Path, Text: "has a name that candor keeps for itself where it publishes", Hint: "rename it"}
		}
		w := wanted{source: f, Entry: Entry{Path: f.Path, Size: f.Size, Attributes: Attributes{SHA256: digits(f.Hash)}}}
		if m.Headers {
			w.Type, w.Cache = hosting.ContentType(f.Path), hosting.CacheControl(f.Path)
			if m.Gzip && isText(f.Path) {
				w.Encoding = "gzip"
			}
		}
		all = append(all, w)
		if m.GzipBeside && isText(f.Path) && !hosting.ForHost(f.Path) {
			w.Path, w.Encoding = f.Path+besideEnding, "gzip"
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(a, b wanted) int { return byPath(a.Entry, b.Entry) })
	for i := range all {
		if i > 0 && all[i-1].Path == all[i].Path {
			return nil, &Error{Kind: KindSite, Path: all[i].Path, Text: "has the name of a compressed copy", Hint: "rename it, or publish without compressed copies"}
		}
	}
	return all, nil
}

// besideEnding is what nginx and caddy look for beside a file.
const besideEnding = ".gz"

// sourcePath is the path in the site of what is kept in the place.
func (e Entry) sourcePath() string {
	if e.Encoding == "gzip" && strings.HasSuffix(e.Path, besideEnding) {
		return strings.TrimSuffix(e.Path, besideEnding)
	}
	return e.Path
}

// body gives the bytes that are kept in the place, from bytes that are those of the manifest.
func (w wanted) body(s *Site) ([]byte, error) {
	data, err := s.read(w.source)
	if err != nil || w.Encoding != "gzip" {
		return data, err
	}
	return compress(data)
}

// compressors are kept, since each holds a megabyte.
var compressors = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(io.Discard, gzip.BestCompression)
	if err != nil {
		panic("publish: gzip does not know its own best level")
	}
	return z
}}

// compress makes the same bytes of the same bytes: no name, no time.
func compress(data []byte) ([]byte, error) {
	var out bytes.Buffer
	z := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(&out)
	if _, err := z.Write(data); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return out.Bytes(), nil
}

// isText reports whether a file gets smaller by compression.
func isText(name string) bool {
	switch path.Ext(name) {
	case ".html", ".htm", ".css", ".js", ".mjs", ".json", ".csv", ".txt", ".md", ".xml", ".atom", ".svg", ".map", ".webmanifest":
		return true
	}
	return name == output.ManifestName
}
