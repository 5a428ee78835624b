package check

import (
	"candor/generator/model"
	"candor/generator/theme"
)

// LookOf gives what the rules have to know of the themes that a site may choose from, and of the one called name with an accent. Of a theme that cannot be read it tells
// nothing: whoever builds the site is told why.
func LookOf(shelf theme.Shelf, name, accent string) model.Look {
	look := model.Look{Themes: shelf.Names()}
	layers, err := shelf.Layers(name)
	if err != nil || accent == "" {
		return look
	}
	colours, err := theme.ColoursOf(layers...)
	if err != nil {
		return look
	}
	for _, p := range colours.Paint(accent) {
		if !p.Readable() {
			look.Unclear = append(look.Unclear, model.Unclear{Dark: p.Dark, Wash: p.Wash, Ratio: p.Ratio})
		}
	}
	if look.Unclear != nil {
		look.Nearest = colours.Nearest(accent)
	}
	return look
}
