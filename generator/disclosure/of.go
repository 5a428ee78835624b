package disclosure

import "candor/generator/model"

// Of gives every public fact of a linked site on a day.
func Of(site *model.Site, on model.Day, o Options) *Document {
	d := &Document{Version: Version}
	d.Site.Company = site.Config.Company.Name.Value
	d.Site.BuiltOn = dayOf(on)
	return d
}
