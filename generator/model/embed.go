package model

import "embed"

// Source is the source of this package, for what tells authors what the comments on its fields say.
//
//go:embed *.go
var Source embed.FS
