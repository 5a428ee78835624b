package wording

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTerms(t *testing.T) {
	for text, want := range map[string]string{
		"Do you check your Sub-processors?":                    "check =sub-processor",
		"How are third parties checked":                        "=sub-processor check",
		"Is MFA enforced?":                                     "=multi-factor authentication enforc",
		"Is OpenAI’s log slow":                                 "=model provider =logging slow",
		"Will you train your models on customer data?":         "=model training =customer data",
		"Do you train on our data?":                            "=model training =customer data",
		"Customer content is never used for model improvement": "=customer data never use =model training",
		"ARE BACKUPS ENCRYPTED AT REST":                        "=backup =encryption =at rest",
		"Organisational behaviour":                             "organiz behavior",
	} {
		if got := strings.Join(Terms(text), " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestOneGroupForAPhrase fails where a phrase would silently belong to the first of two groups.
func TestOneGroupForAPhrase(t *testing.T) {
	seen := map[string]string{}
	for _, g := range Groups() {
		if len(g.Phrases) < 2 {
			t.Errorf("%q: stands alone; a group has two phrases or more", g.Name)
		}
		for _, p := range g.Phrases {
			var stems []string
			for _, w := range Words(p) {
				stems = append(stems, Stem(w))
			}
			key := strings.Join(stems, " ")
			if other, ok := seen[key]; ok && other != g.Name {
				t.Errorf("%q: stands in %q and in %q", p, other, g.Name)
			}
			seen[key] = g.Name
			if len(stems) == 1 && Plain(p) {
				t.Errorf("%q in %q: a plain word alone says nothing", p, g.Name)
			}
		}
	}
	if len(seen) < 2000 {
		t.Errorf("only %d phrases: were the groups read?", len(seen))
	}
}

func TestBritishIsAmerican(t *testing.T) {
	for british, american := range map[string]string{"authorisation": "authorization", "data centre": "data center", "programme": "program", "minimise": "minimize",
		"labelled": "labeled", "analysed": "analyzed", "defences": "defenses", "licence": "license", "anonymised": "anonymized"} {
		if b, a := Terms(british), Terms(american); !slices.Equal(b, a) {
			t.Errorf("%s is %q, %s is %q", british, b, american, a)
		}
	}
	for _, w := range []string{"exercise", "compromised", "supervised", "enterprises", "premises", "raised"} {
		if american(w) != w {
			t.Errorf("%s became %s", w, american(w))
		}
	}
}

// TestTermsAreFast holds the search of a site, which takes the terms of thousands of answers, to its time.
func TestTermsAreFast(t *testing.T) {
	text := strings.Repeat("Our sub-processors encrypt customer data at rest, and every change is reviewed before it reaches production environments. ", 8)
	Terms(text)
	start := time.Now()
	const times = 200
	for range times {
		Terms(text)
	}
	if each := time.Since(start) / times; each > 2*time.Millisecond {
		t.Errorf("a text of %d bytes takes %s", len(text), each)
	} else {
		t.Logf("a text of %d bytes takes %s", len(text), each)
	}
}

func FuzzTerms(f *testing.F) {
	f.Add("Do you train on our data?")
	f.Add("''’ -- / =x \xff ÄÖ ʼn İ")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Words(text) {
			if w == "" {
				t.Fatal("a word is empty")
			}
		}
		if slices.Contains(Terms(text), "") {
			t.Fatal("a term is empty")
		}
	})
}
