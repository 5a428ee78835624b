package register

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"candor/generator/model"
	"candor/generator/roster"
)

// truth reads yes and no, in the languages that lists are kept in.
func truth(text string) (value, ok bool) {
	switch accents.Replace(strings.ToLower(strings.Trim(strings.TrimSpace(text), "."))) {
	case "yes", "y", "true", "t", "1", "x", "✓", "✔", "✅", "☑", "ja", "j", "oui", "si", "sim", "wahr", "vrai", "verdadero", "tak":
		return true, true
	case "no", "n", "false", "f", "0", "✗", "✘", "❌", "☐", "nein", "non", "nee", "nao", "falsch", "faux", "falso", "nie", "-", "–", "n/a", "na", "none":
		return false, true
	}
	return false, false
}

var hostName = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*\.[a-zA-Z]{2,24}$`)

// webAddress gives a whole web address of what people write for one: "openai.com", "www.openai.com/", "https://openai.com"; "" for what is none. One with a
// password in it is none.
func webAddress(text string) string {
	text = strings.TrimSpace(text)
	rest := text
	for _, scheme := range []string{"https://", "http://"} {
		if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			rest = text[len(scheme):]
			text = scheme + rest
			break
		}
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	if !hostName.MatchString(host) || strings.ContainsAny(rest, " \t\n\"<>`\\#'") || len(text) > 500 {
		return ""
	}
	if rest == text {
		text = "https://" + text
	}
	if strings.Count(text, "/") == 3 {
		text = strings.TrimSuffix(text, "/")
	}
	return text
}

var mail = regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$`)

// contactOf gives what readers can turn to: an e-mail address or a web address; "" for what is neither, such as somebody's name.
func contactOf(text string) string {
	text = strings.TrimPrefix(strings.TrimSpace(text), "mailto:")
	if mail.MatchString(text) {
		return text
	}
	return webAddress(text)
}

// dated are ways to write a day that mean one day only.
var dated = []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05.999Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006/01/02", "2006.01.02", "20060102", "Jan 2, 2006", "January 2, 2006", "2 Jan 2006",
	"2 January 2006", "02-Jan-2006", "2-Jan-06", "Jan 2 2006", "2.1.2006", "02.01.06"}

var slashed = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b`)

// dayOf reads a day. 3/4/2026 is none: it is one on each side of the Atlantic; 3/14/2026 is.
func dayOf(text string) model.Day {
	text = strings.TrimSpace(text)
	for _, layout := range dated {
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 1970 && t.Year() < 2100 {
			return model.DayOf(t)
		}
	}
	m := slashed.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	month, _ := strconv.Atoi(m[1])
	day, _ := strconv.Atoi(m[2])
	if month > 12 || day > 12 || month == day {
		if month > 12 {
			month, day = day, month
		}
		if t, err := time.Parse("2006-1-2", m[3]+"-"+strconv.Itoa(month)+"-"+strconv.Itoa(day)); err == nil {
			return model.DayOf(t)
		}
	}
	return 0
}

// looksDated reports whether a text is a day, in whatever order its numbers stand.
func looksDated(text string) bool {
	return dayOf(text) != 0 || slashed.MatchString(strings.TrimSpace(text))
}

// levels of risk and importance, from the least.
var levels = map[string]int{"none": 1, "very low": 1, "minimal": 1, "negligible": 1, "low": 1, "niedrig": 1, "gering": 1, "faible": 1, "bajo": 1, "medium": 2, "moderate": 2, "med": 2, "mittel": 2, "moyen": 2, "medio": 2, "standard": 2,
	"normal": 2, "high": 3, "hoch": 3, "eleve": 3, "alto": 3, "major": 3, "significant": 3, "very high": 4, "critical": 4, "severe": 4, "kritisch": 4, "critique": 4, "critico": 4, "essential": 4, "mission critical": 4, "business critical": 4, "strategic": 4,
	"tier 1": 4, "tier 2": 2, "tier 3": 1, "tier 4": 1}

// levelOf gives a level from 1 to 4 where 4 is critical; 0 for what is none.
func levelOf(text string) int { return levels[strings.Join(headerWords(text), " ")] }

// countriesOf gives the countries that a text names and nothing else, each as two letters, in its order; nil where a part of it is no country.
func countriesOf(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",;/|&\n", c) }) {
		for _, one := range strings.Split(part, " and ") {
			one = strings.TrimSpace(one)
			if one == "" {
				continue
			}
			code := countryOf(one)
			if code == "" {
				return nil
			}
			if len(all) == 0 || all[len(all)-1] != code {
				all = append(all, code)
			}
		}
	}
	return all
}

// otherNames are names of countries that the Unicode CLDR does not have.
var otherNames = map[string]string{"usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "the united states": "US", "america": "US", "uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "eu": "EU", "europe (eu)": "EU",
	"the netherlands": "NL", "holland": "NL", "czech republic": "CZ", "south korea": "KR", "korea": "KR", "republic of ireland": "IE", "hong kong": "HK", "taiwan": "TW", "vereinigte staaten": "US", "deutschland": "DE", "irland": "IE", "frankreich": "FR", "schweiz": "CH",
	"osterreich": "AT", "niederlande": "NL", "vereinigtes konigreich": "GB", "etats-unis": "US", "allemagne": "DE", "irlande": "IE", "royaume-uni": "GB", "pays-bas": "NL", "estados unidos": "US", "alemania": "DE", "irlanda": "IE", "espana": "ES"}

// countryOf gives the two letters of a country by its letters or its name; "" for what is none, like EMEA or Global.
func countryOf(text string) string {
	text = strings.TrimSpace(text)
	if model.CountryName(text) != "" {
		return text
	}
	plain := accents.Replace(strings.ToLower(text))
	if code := otherNames[plain]; code != "" {
		return code
	}
	if code := model.CountryCode(text); code != "" {
		return code
	}
	return ""
}

// fits says what part of the texts a field may hold, from 0 to 1. Fields of free text hold anything.
func fits(f Field, texts []string) float64 {
	var test func(string) bool
	isTruth := func(s string) bool { _, ok := truth(s); return ok }
	switch f {
	case Subprocessor, SubprocessorActive:
		test = func(s string) bool { return isTruth(s) || stateOf(s) != "" || saysSubprocessor(s) != 0 }
	case PersonalData:
		test = isTruth
	case Critical:
		test = func(s string) bool { return isTruth(s) || levelOf(s) > 0 || len(s) <= 2 }
	case Status:
		test = func(s string) bool { return isTruth(s) || len(s) < 30 }
	case Contact:
		test = func(s string) bool { return contactOf(s) != "" }
	case Website, TrustURL, SubprocessorsURL:
		if f == Website && areOfOnePlace(texts) {
			return 0
		}
		test = func(s string) bool { return webAddress(s) != "" }
	case Renewal, Started, Reviewed, NextReview, DPASigned:
		test = looksDated
	case Name, Purpose, Category, LegalEntity:
		test = func(s string) bool { return !isTruth(s) && !looksDated(s) }
	case Data:
		test = func(s string) bool { return !isTruth(s) }
	default:
		return 1
	}
	if len(texts) == 0 {
		return 1
	}
	n := 0
	for _, s := range texts {
		if test(s) {
			n++
		}
	}
	return float64(n) / float64(len(texts))
}

// areOfOnePlace reports whether web addresses all lead to one host: the records of a platform, and not the websites of vendors.
func areOfOnePlace(texts []string) bool {
	hosts, n := map[string]bool{}, 0
	for _, s := range texts {
		if address := webAddress(s); address != "" && pathOf(address) != "" {
			hosts[roster.Host(address)] = true
			n++
		}
	}
	return n > 1 && n == len(texts) && len(hosts) == 1
}
