package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// ManifestName is the path of the manifest in every site; [CheckPath] keeps it
// from being used for a page.
const ManifestName = "SHA256SUMS"

// signature opens a manifest. It tells candor's manifest from a SHA256SUMS that
// somebody else made: files that one lists are not candor's to remove. GNU
// sha256sum and Perl's shasum skip lines that begin with a number sign.
const signature = "# written by candor; check with: sha256sum -c " + ManifestName

const (
	hashDigits    = 2 * sha256.Size
	maxManifest   = 256 << 20 // bytes; two million files of a hundred bytes of path
	hashSeparator = "  "
)

// Manifest returns the set in the format of sha256sum (GNU coreutils, "text
// mode"): after a comment, per file and sorted by path, the hash in lower-case
// hexadecimal, two spaces, the path, a line feed. It does not list itself.
func (s *Set) Manifest() []byte {
	size := len(signature) + 1
	for _, f := range s.files {
		size += hashDigits + len(hashSeparator) + len(f.Path) + 1
	}
	out := make([]byte, 0, size)
	out = append(out, signature...)
	out = append(out, '\n')
	for _, f := range s.files {
		out = hex.AppendEncode(out, f.Hash[:])
		out = append(out, hashSeparator...)
		out = append(out, f.Path...)
		out = append(out, '\n')
	}
	return out
}

// ParseManifest reads what [Set.Manifest] wrote; sizes are not in a manifest
// and come back as -1. Carriage returns that a version control system put at
// line ends are dropped. Anything else that [Set.Manifest] would not write is
// an error that names the line: a missing signature, a bad hash, a path that
// [CheckPath] refuses, an order that is not sorted, a path listed twice.
func ParseManifest(data []byte) ([]File, error) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if string(trimCR(first)) != signature {
		return nil, fmt.Errorf("line 1: not a manifest of candor's, which begins with %q", signature)
	}
	files := make([]File, 0, bytes.Count(rest, []byte("\n")))
	for line := 2; len(rest) > 0; line++ {
		var text []byte
		var ended bool
		text, rest, ended = bytes.Cut(rest, []byte("\n"))
		if !ended {
			return nil, fmt.Errorf("line %d: cut off", line)
		}
		file, err := parseLine(trimCR(text))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if n := len(files); n > 0 && files[n-1].Path >= file.Path {
			return nil, fmt.Errorf("line %d: %q is not sorted after %q", line, file.Path, files[n-1].Path)
		}
		files = append(files, file)
	}
	return files, nil
}

func trimCR(line []byte) []byte { return bytes.TrimSuffix(line, []byte("\r")) }

// parseLine reads "<hash>  <path>".
func parseLine(line []byte) (File, error) {
	file := File{Size: -1}
	const start = hashDigits + len(hashSeparator)
	if len(line) <= start || string(line[hashDigits:start]) != hashSeparator {
		return File{}, fmt.Errorf("%.80q is not a hash, two spaces and a path", line)
	}
	digits := line[:hashDigits]
	if _, err := hex.Decode(file.Hash[:], digits); err != nil || !bytes.Equal(digits, bytes.ToLower(digits)) {
		return File{}, fmt.Errorf("%.64q is not a SHA-256 hash in lower-case hexadecimal", digits)
	}
	file.Path = string(line[start:])
	if err := CheckPath(file.Path); err != nil {
		return File{}, err
	}
	return file, nil
}
