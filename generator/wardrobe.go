package generator

import (
	"cmp"

	"candor/generator/check"
	"candor/generator/model"
	"candor/generator/theme"
)

// A wardrobe keeps the theme that a site wears, while none of the theme's files may have changed. The zero wardrobe is empty.
type wardrobe struct {
	look  *theme.Theme
	dress dress // of look

	measured model.Look
	accent   dress // that was measured
	known    bool  // whether anything was
}

// A dress is what a site says of how it looks.
type dress struct {
	theme string
	brand theme.Brand
}

func dressOf(in Input, config *model.Config) dress {
	b := config.Brand
	return dress{cmp.Or(in.Theme, config.Theme.Value, theme.Usual), theme.Brand{Accent: b.Accent.Value, Font: b.Font.Value, Radius: b.Radius.Value}}
}

// theme gives the theme, made anew only if it is another or the brand is.
func (w *wardrobe) theme(in Input, config *model.Config) (*theme.Theme, error) {
	now := dressOf(in, config)
	if w.look != nil && now == w.dress {
		return w.look, nil
	}
	layers, err := theme.ShelfOf(in.Files, in.Themes).Layers(now.theme)
	if err != nil {
		return nil, err
	}
	look, err := theme.Load(theme.Options{Brand: now.brand, Pages: templates()}, layers...)
	if err == nil {
		w.look, w.dress = look, now
	}
	return look, err
}

// measure gives what the rules have to know of the theme. Of one that cannot be read it tells nothing: whoever builds the site is told why.
func (w *wardrobe) measure(in Input, config *model.Config) model.Look {
	now := dressOf(in, config)
	if in.Themes == nil || w.known && now == w.accent {
		return w.measured
	}
	found := check.LookOf(theme.ShelfOf(in.Files, in.Themes), now.theme, now.brand.Accent)
	w.measured, w.accent, w.known = found, now, true
	return found
}
