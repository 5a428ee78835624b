// Package content embeds the starter trust center, which `candor new` writes and which this project's own site is made of.
//
// It holds no code but this: a folder can only be embedded from within. The content is that of a company that does not exist; its dates
// are those of Day and move with it.
package content

import "embed"

// Day is the day, YYYY-MM-DD, for which the starter's dates were chosen: on it, no rule finds anything.
const Day = "2026-11-23"

// Files is the content folder as an author has it, without the folder's own name.
//
//go:embed *.yaml policies subprocessors flows answers updates brand documents
var Files embed.FS
