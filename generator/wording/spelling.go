package wording

import "strings"

// american brings a word in British spelling to the American one: "organisation", "behaviour", "centre".
func american(word string) string {
	if len(word) < 5 {
		return word
	}
	if word == "programme" {
		return "program"
	}
	for _, s := range spellings {
		if strings.HasPrefix(word, s.british) {
			return s.american + word[len(s.british):]
		}
	}
	for _, e := range []string{"isational", "isations", "isation", "ising", "ised", "iser", "isers", "ises", "ise"} {
		if stem, ok := strings.CutSuffix(word, e); ok && len(stem) > 2 && !keepsS(word) {
			return stem + "iz" + e[2:]
		}
	}
	return word
}

// keepsS tells whether a word is written with an s on both sides of the Atlantic.
func keepsS(word string) bool {
	for _, s := range []string{"advis", "exercis", "enterpris", "otherwis", "compromis", "premis", "supervis", "revis", "expertis", "precis", "rais", "nois",
		"promis", "likewis", "franchis", "disguis", "devis", "surpris", "televis", "improvis", "merchandis", "concis", "pois", "prais", "circumcis", "excis", "compris", "wis"} {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	return false
}

var spellings = []struct{ british, american string }{
	{"behaviour", "behavior"}, {"colour", "color"}, {"favour", "favor"}, {"honour", "honor"}, {"labour", "labor"}, {"neighbour", "neighbor"},
	{"centre", "center"}, {"datacentre", "datacenter"}, {"defence", "defense"}, {"offence", "offense"}, {"licence", "license"}, {"practise", "practice"},
	{"programmes", "programs"}, {"catalogue", "catalog"}, {"artefact", "artifact"}, {"analyse", "analyze"}, {"fulfilm", "fulfillm"}, {"enrolm", "enrollm"},
	{"labell", "label"}, {"modell", "model"}, {"cancell", "cancel"}, {"travell", "travel"}, {"judgement", "judgment"}, {"cheque", "check"},
	{"grey", "gray"}, {"ageing", "aging"}, {"dialogue", "dialog"}, {"sceptic", "skeptic"},
}
