package grammars

import "embed"

// The tests are no part of this package: they import chroma's lexers, after which it would be initialised too late.

// Kept are the names of the grammars that stay.
const Kept = kept

// Thinned is what the init does.
func Thinned(all embed.FS) embed.FS { return thinned(all) }

// Embedded is what chroma finds its grammars in.
func Embedded() embed.FS { return embedded }
