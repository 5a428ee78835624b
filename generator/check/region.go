package check

import (
	"slices"
	"strings"

	"candor/generator/model"
)

// europe is the code of the European Union and the economic area around it.
const europe = "EU"

// placesOf gives the countries that the name of a region stands for, as codes of ISO 3166-1 and EU; nil when the name means nothing here.
// It knows codes and English names of countries, regions of the big clouds, and some of the cities that those are named after. Of
// "Frankfurt, EU" it gives the narrower.
func placesOf(name string) []string {
	if code := placeOfName(name); code != "" {
		return []string{code}
	}
	var codes []string
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(name, " and ", ","), func(r rune) bool { return strings.ContainsRune(",;/&()+", r) }) {
		if code := placeOfName(part); code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if slices.ContainsFunc(codes, func(c string) bool { return c != europe && inEurope(c) }) {
		codes = slices.DeleteFunc(codes, func(c string) bool { return c == europe })
	}
	return codes
}

// placeOfName gives the country of one name, "" when it is not known.
func placeOfName(name string) string {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	if code, ok := placeNames[name]; ok {
		return code
	}
	if country := model.CountryName(strings.ToUpper(name)); country != "" {
		return model.CountryCode(country) // GB for UK
	}
	if code := model.CountryCode(name); code != "" {
		return code
	}
	region := strings.ReplaceAll(name, " ", "-")
	for _, try := range []string{region, zone(region)} {
		if code, ok := cloudRegions[try]; ok {
			return code
		}
	}
	if code, ok := cloudRegions[strings.ReplaceAll(region, "-", "")]; ok { // Azure: "West Europe", "westeurope"
		return code
	}
	if strings.HasPrefix(region, "us-") { // of AWS and of Google, every one of them; "eu-" and "europe-" are in London and Zurich too
		return "US"
	}
	return ""
}

// zone takes the zone off a region's name: "eu-central-1a" of AWS, "europe-west3-b" of Google.
func zone(region string) string {
	if n := len(region); n > 2 && region[n-1] >= 'a' && region[n-1] <= 'f' {
		switch {
		case region[n-2] >= '0' && region[n-2] <= '9':
			return region[:n-1]
		case region[n-2] == '-':
			return region[:n-2]
		}
	}
	return region
}

func inEurope(code string) bool { return strings.Contains(economicArea, " "+code+" ") }

// placeNames are names of places that are no country's English name. Cities are those after which clouds call their regions; "" stands for a
// name that means two places.
var placeNames = map[string]string{
	"usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "us east": "US", "us west": "US", "us central": "US",
	"uk": "GB", "great britain": "GB", "england": "GB", "eea": europe, "european union": europe, "european economic area": europe, "eu/eea": europe,
	"hong kong": "HK", "turkey": "TR", "türkiye": "TR", "holland": "NL", "the netherlands": "NL", "czech republic": "CZ",
	"n. virginia": "US", "northern virginia": "US", "virginia": "US", "ohio": "US", "oregon": "US", "iowa": "US", "california": "US", "n. california": "US",
	"northern california": "US", "georgia": "", "frankfurt": "DE", "berlin": "DE", "paris": "FR", "dublin": "IE", "london": "GB", "stockholm": "SE", "milan": "IT", "madrid": "ES",
	"amsterdam": "NL", "warsaw": "PL", "zurich": "CH", "zürich": "CH", "tokyo": "JP", "osaka": "JP", "seoul": "KR", "mumbai": "IN", "sydney": "AU",
	"montreal": "CA", "montréal": "CA", "são paulo": "BR", "sao paulo": "BR", "tel aviv": "IL",
}

// cloudRegions are regions of the big clouds, as their owners document them: of AWS and Google with hyphens, of Azure in one word.
var cloudRegions = regions(map[string]string{
	"US": "us eastus eastus2 westus westus2 westus3 centralus northcentralus southcentralus westcentralus useast uswest",
	"CA": "ca-central-1 ca-west-1 northamerica-northeast1 northamerica-northeast2 canadacentral canadaeast",
	"MX": "mx-central-1 northamerica-south1 mexicocentral",
	"BR": "sa-east-1 southamerica-east1 brazilsouth",
	"CL": "southamerica-west1",
	"DE": "eu-central-1 eusc-de-east-1 europe-west3 europe-west10 germanywestcentral germanynorth",
	"IE": "eu-west-1 northeurope",
	"GB": "eu-west-2 europe-west2 uksouth ukwest",
	"FR": "eu-west-3 europe-west9 francecentral francesouth",
	"SE": "eu-north-1 europe-north2 swedencentral",
	"FI": "europe-north1",
	"IT": "eu-south-1 europe-west8 europe-west12 italynorth",
	"ES": "eu-south-2 europe-southwest1 spaincentral",
	"BE": "europe-west1",
	"NL": "europe-west4 westeurope",
	"PL": "europe-central2 polandcentral",
	"NO": "norwayeast norwaywest",
	"CH": "eu-central-2 europe-west6 switzerlandnorth switzerlandwest",
	"EU": "eu",
	"JP": "ap-northeast-1 ap-northeast-3 asia-northeast1 asia-northeast2 japaneast japanwest",
	"KR": "ap-northeast-2 asia-northeast3 koreacentral koreasouth",
	"SG": "ap-southeast-1 asia-southeast1 southeastasia",
	"ID": "ap-southeast-3 asia-southeast2",
	"AU": "ap-southeast-2 ap-southeast-4 australia-southeast1 australia-southeast2 australiaeast australiasoutheast australiacentral",
	"IN": "ap-south-1 ap-south-2 asia-south1 asia-south2 centralindia southindia westindia",
	"HK": "ap-east-1 asia-east2 eastasia",
	"TW": "asia-east1",
	"IL": "il-central-1 me-west1 israelcentral",
	"AE": "me-central-1 uaenorth uaecentral",
	"BH": "me-south-1",
	"QA": "me-central1 qatarcentral",
	"ZA": "af-south-1 africa-south1 southafricanorth southafricawest",
})

// regions turns a table of countries into one of regions.
func regions(byCountry map[string]string) map[string]string {
	m := map[string]string{}
	for country, names := range byCountry {
		for _, name := range strings.Fields(names) {
			m[name] = country
		}
	}
	return m
}
