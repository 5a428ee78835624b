// Package calm keeps the garbage collector still while packages are initialised: they leave 5 MB that nearly all stay, and to go through them twice
// took a tenth of the time of a command that only prints something.
//
// It works because Go initialises packages in the order of their import paths once all they import is ready: "candor/cmd" comes early, and this one
// imports next to nothing. Where it does not, nothing but that time is lost.
package calm

import "runtime/debug"

// before is the setting of the collector, of GOGC or the usual one.
var before = debug.SetGCPercent(-1)

// Over lets the collector work as it was set. It is called by the package that is initialised last.
func Over() { debug.SetGCPercent(before) }
