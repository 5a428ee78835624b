package diag

// Printable makes a text of an author's safe for a terminal: a tab or a line end is a space, other control and format characters are dropped.
func Printable(s string) string { return printable(s) }

// Columns gives the width of a text on a terminal, or in a mail of plain text: letters of Chinese, Japanese and Korean take two columns, marks none.
func Columns(s string) int { return cells(s) }
