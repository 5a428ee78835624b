package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// hashPrefix says how a text was hashed.
const hashPrefix = "sha256:"

// Hash names the text of a body, as approval_hash does in the front matter of a policy: "sha256:" and the 64 hexadecimal digits of the SHA-256 of
// what counts of it.
//
// What counts is the Markdown below the front matter, from the first line that is not blank to the last one, each line ended by one line feed.
// What does not count is what editors change when they save a file: which bytes end a line, a byte-order mark, spaces and tabs at
// the end of a line, and blank lines before and after the text. Everything else does, a comment of HTML or the case of a letter too. The front
// matter does not count: title, owner and criteria may be corrected without a new approval.
func (b Body) Hash() string {
	sum := sha256.New()
	begun, blank := false, 0 // blank lines since the last one that was not
	for line := range bytes.Lines(b.Source) {
		line = bytes.TrimRight(line, " \t\r\n")
		if len(line) == 0 {
			blank++
			continue
		}
		if begun {
			sum.Write(bytes.Repeat([]byte("\n"), blank))
		}
		sum.Write(line)
		sum.Write([]byte("\n"))
		begun, blank = true, 0
	}
	return hashPrefix + hex.EncodeToString(sum.Sum(nil))
}

// IsHash reports whether s has the form of what Hash gives.
func IsHash(s string) bool {
	digits, ok := strings.CutPrefix(s, hashPrefix)
	return ok && len(digits) == 2*sha256.Size && strings.Trim(digits, "0123456789abcdef") == ""
}
