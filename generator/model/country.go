package model

import (
	"strings"
	"sync"

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

// CountryCode gives the two letters of a country by its English name in any case; "" for what is none.
func CountryCode(name string) string { return countryCodes()[strings.ToLower(name)] }

// countryCodes is made on its first use: most sites write codes.
var countryCodes = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err == nil && region.Canonicalize().String() == code { // not DD or UK, which have names too
				codes[strings.ToLower(CountryName(code))] = code
			}
		}
	}
	delete(codes, "") // of what is no country
	return codes
})
