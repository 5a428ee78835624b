// Package folder publishes sites into a folder, such as one that a web server serves.
//
// In comes the folder; out goes a publish.Store. Each file gets its place in one step, so that no reader sees half of one, and nothing outside of the folder is
// touched, whatever symbolic links lie in it. A web server has its own configuration for types and caching, which the build writes (hosting).
package folder

import (
	"candor/generator/publish"
)

// Options are how to keep a site in a folder.
type Options struct {
	Gzip bool // write a compressed copy beside each text, for nginx (gzip_static) and caddy (precompressed)
}

// A Folder is a place for a site; Close it at the end.
type Folder struct {
	publish.Store
}

// Open opens the folder, making it where there is none.
func Open(path string, o Options) (*Folder, error) { return nil, nil }

// Close ends the use of the folder.
func (f *Folder) Close() error { return nil }
