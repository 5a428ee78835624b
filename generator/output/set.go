package output

import (
	"cmp"
	"crypto/sha256"
	"slices"
)

// File is one file of a site.
type File struct {
	Path string            // slash path from the site's root, no leading slash
	Size int64             // in bytes
	Hash [sha256.Size]byte // SHA-256 of the bytes (FIPS 180-4)
}

// Set is the finished list of a site's files, sorted by path as bytes. It holds
// paths, sizes and hashes, never contents, and does not change.
type Set struct {
	files []File
}

// newSet takes over files and sorts them.
func newSet(files []File) *Set {
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return &Set{files: files}
}

// Files returns the files, sorted by path; the slice is the caller's.
func (s *Set) Files() []File { return slices.Clone(s.files) }

// Len is the number of files, the manifest not among them.
func (s *Set) Len() int { return len(s.files) }

// Bytes is the sum of the sizes, the manifest not among them.
func (s *Set) Bytes() int64 {
	var sum int64
	for _, f := range s.files {
		sum += f.Size
	}
	return sum
}

// Lookup finds the file at path.
func (s *Set) Lookup(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(s.files, path, func(f File, path string) int {
		return cmp.Compare(f.Path, path)
	})
	if !ok {
		return File{}, false
	}
	return s.files[i], true
}

// Digest is one hash over all: the SHA-256 of [Set.Manifest]. Two sites with
// one digest are equal file by file; `sha256sum SHA256SUMS` prints it.
func (s *Set) Digest() [sha256.Size]byte { return sha256.Sum256(s.Manifest()) }
