package diag

// Printable makes a text of an author's safe for a terminal: a tab or a line end is a space, other control and format characters are dropped.
func Printable(s string) string { return printable(s) }
