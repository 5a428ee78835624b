package main

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"candor/generator/publish"
	"candor/generator/publish/branch"
)

func TestParseDestination(t *testing.T) {
	for typed, want := range map[string]destination{
		"s3://trust/a/b":            {bucket: "s3://trust/a/b"},
		"./dist":                    {folder: "./dist"},
		"../dist":                   {folder: "../dist"},
		"/srv/www":                  {folder: "/srv/www"},
		"file:dist":                 {folder: "dist"},
		"file:///srv/w%20w":         {folder: "/srv/w w"},
		"git:gh-pages":              {branch: branch.Place{Branch: "gh-pages"}},
		"git:origin#gh-pages":       {branch: branch.Place{Repository: "origin", Branch: "gh-pages"}},
		"git:https://h/a.git#pages": {branch: branch.Place{Repository: "https://h/a.git", Branch: "pages"}},
	} {
		want.typed = typed
		if got, err := parseDestination(typed); err != nil || got != want {
			t.Errorf("%s: %+v, %v", typed, got, err)
		}
	}
	for typed, hint := range map[string]string{
		"":                         destinations,
		"gh-pages":                 "a folder is written ./gh-pages, a branch git:gh-pages",
		"~/www":                    "not quoted",
		"s3:trust":                 "with two slashes",
		"gs://trust":               "https://storage.googleapis.com",
		"r2://trust":               "--endpoint URL",
		"https://u:secret@h/a.git": "a branch is written git:https://h/a.git#gh-pages",
		"https://s3.example/trust": "s3://BUCKET --endpoint URL",
		"git@h:a/b.git":            "git:git@h:a/b.git#gh-pages",
		"file://elsewhere/srv":     "./FOLDER or /FOLDER",
		"rsync://h/x":              destinations,
		"git:https://h/a.git":      "write git:https://h/a.git#gh-pages",
	} {
		_, err := parseDestination(typed)
		var advised interface{ Advice() string }
		if err == nil || !errors.As(err, &advised) || !strings.Contains(advised.Advice(), hint) || strings.Contains(advised.Advice(), "secret") {
			t.Errorf("%s: %v, want the hint %q", typed, err, hint)
		}
	}
}

// Of many paths, those of a folder are one line.
func TestSummed(t *testing.T) {
	var many []string
	for _, id := range strings.Split("abcdefghijkl", "") {
		many = append(many, "answers/"+id+"/index.html")
	}
	if got := summed(many); !slices.Equal(got, many) {
		t.Errorf("few are listed: %q", got)
	}
	got := summed(append(many, "index.html", "ai/index.html", "answers.csv"))
	if want := []string{"ai/index.html", "answers.csv", "answers/ 12 files", "index.html"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 999_499: "999 kB", 999_500: "1.0 MB", 1_340_000: "1.3 MB", 2_000_000_000: "2.0 GB"} {
		if got := size(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// A refusal that can be overruled says with which flag.
func TestInSpite(t *testing.T) {
	folder := place{Store: named{}}
	for kind, flag := range map[publish.Kind]string{publish.KindForeign: "--beside", publish.KindCollision: "--replace", publish.KindOtherSite: "--moved", publish.KindOlder: "--older"} {
		problem := &publish.Error{Kind: kind, Text: "is in the way", Hint: "mend it"}
		var advised advice
		if err := inSpite(problem, folder); !errors.As(err, &advised) || !strings.Contains(advised.hint, flag) || !publish.Is(err, kind) || !strings.Contains(err.Error(), "is in the way") {
			t.Errorf("%d: %v, %q", kind, err, advised.hint)
		}
	}
	denied := &publish.Error{Kind: publish.KindDenied, Text: "is locked"}
	if err := inSpite(denied, folder); err != error(denied) {
		t.Errorf("no flag helps here: %v", err)
	}
}

// A named store has a name and nothing else.
type named struct{ publish.Store }

func (named) String() string { return "/srv/www" }
