package notice

// RowWords gives what the rows of a vendor are called.
func RowWords() []string {
	var all []string
	for _, r := range rows {
		all = append(all, r.words)
	}
	return all
}
