package link

import "reflect"

// IsWalked reports whether references of a type are walked.
func IsWalked(t reflect.Type) bool { return references[t] != nil }
