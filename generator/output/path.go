package output

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a path, in bytes. A name of 255 is what Linux, macOS and Windows
// file systems hold; 1,024 is the longest key of an S3 bucket, to which sites
// are uploaded.
const (
	maxName = 255
	maxPath = 1024
)

// CheckPath says why path cannot be a file of a site, as an [*Error] of
// [KindPath], or returns nil. The rules are the same on every system, so that
// a site built here can be built, unpacked and served there:
//
//   - UTF-8, relative, with slashes; no empty, "." or ".." element
//   - no backslash, no control or invisible formatting character (Unicode Cc,
//     Cf), no line or paragraph separator
//   - no element over 255 bytes, no path over 1,024
//   - no element that ends in a dot or a space, which Windows drops
//   - no element ".git" in any case: a file in there can make git run programs
//   - not [ManifestName] in any case, and not "-", which sha256sum reads as
//     standard input
func CheckPath(path string) error {
	if reason := pathFault(path); reason != "" {
		return &Error{
			Kind: KindPath, Path: path, Text: reason,
			Hint: "rename the source of this file",
		}
	}
	return nil
}

// pathFault is the reason that path is refused, or "".
func pathFault(path string) string {
	switch {
	case path == "":
		return "the path is empty"
	case len(path) > maxPath:
		return "the path is longer than 1,024 bytes"
	case path[0] == '/':
		return "the path is absolute"
	case !utf8.ValidString(path):
		return "the path is not UTF-8"
	case strings.EqualFold(path, ManifestName):
		return "the name is that of the manifest"
	case path == "-":
		return "sha256sum takes the name for standard input"
	}
	for _, r := range path {
		switch {
		case r == '\\':
			return "the path holds a backslash"
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return "the path holds a control or invisible character"
		}
	}
	for name := range strings.SplitSeq(path, "/") {
		if reason := nameFault(name); reason != "" {
			return reason
		}
	}
	// Device names such as "nul", which only Windows knows.
	if !filepath.IsLocal(filepath.FromSlash(path)) {
		return "the path is reserved on this system"
	}
	return ""
}

// nameFault is the reason that one element of a path is refused, or "".
func nameFault(name string) string {
	switch {
	case name == "":
		return "the path has an empty element"
	case name == "." || name == "..":
		return "the path has an element " + `"` + name + `"`
	case len(name) > maxName:
		return "a name is longer than 255 bytes"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return "a name ends in a dot or a space"
	case strings.EqualFold(name, ".git"):
		return "the path leads into a git folder"
	}
	return ""
}

// fold maps names that a case-insensitive file system takes for one to one
// string: per rune the smallest of its simple case folding orbit.
func fold(path string) string {
	plain := true
	for i := 0; i < len(path); i++ {
		if c := path[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return path
	}
	return strings.Map(foldRune, path)
}

func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		// Not the orbit: that of k holds the Kelvin sign, that of s the long s,
		// and both lead back to ASCII below.
		return unicode.ToLower(r)
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return unicode.ToLower(least)
}
