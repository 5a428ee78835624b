package model

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// CountryName gives the English name of a country by its two letters of ISO 3166-1 alpha-2, or of the European Union by EU, as the
// Unicode CLDR has it; "" for what is neither: a code that was withdrawn, like UK for GB, or one that stands for no country, like UN.
func CountryName(code string) string {
	region, err := language.ParseRegion(code)
	if len(code) != 2 || strings.ToUpper(code) != code || err != nil || code != "EU" && !region.IsCountry() || region.Canonicalize() != region || region.M49() == 0 {
		return ""
	}
	return display.English.Regions().Name(region)
}
