package model

// A Look is what is known of the theme that shows a site. The zero Look is that of a site whose theme nobody has looked at.
type Look struct {
	Themes  []string // names of the themes that there are, sorted; nil where that is not known
	Unclear []Unclear
	Nearest string // the colour nearest to the accent, of its hue, that can be read wherever the theme paints text in it, as #rrggbb; "" where there is none
}

// An Unclear is a ground on which text in the accent cannot be read as it should be.
type Unclear struct {
	Dark  bool    // on screens that ask for dark pages
	Wash  bool    // on what is set off from the page, else on the page itself
	Ratio float64 // of contrast, where 4.5 is asked for
}
