package themes

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// read gives every file of the default theme by path.
func read(t *testing.T) map[string]string {
	t.Helper()
	return readAll(t, Default())
}

// readAll gives every file of a theme by path.
func readAll(t *testing.T, theme fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(theme, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(theme, name)
		all[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What a strict Content-Security-Policy would stop, and what would ask another host.
func TestNothingInlineAndNothingFromElsewhere(t *testing.T) {
	banned := map[string][]*regexp.Regexp{
		".html": {
			regexp.MustCompile(`(?i)<style`), regexp.MustCompile(`(?i)\sstyle\s*=`), regexp.MustCompile(`(?i)\son[a-z]+\s*=`),
			regexp.MustCompile(`(?i)<script(?: defer)?>`), regexp.MustCompile(`(?i)(?:src|href)="?(?:https?:)?//`), regexp.MustCompile(`(?i)<(?:iframe|object|embed|base)\b`),
		},
		".css": {regexp.MustCompile(`(?i)@import`), regexp.MustCompile(`(?i)@font-face`), regexp.MustCompile(`(?i)url\(`)},
		".js": {
			regexp.MustCompile(`\beval\b|\bFunction\(`), regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write`),
			regexp.MustCompile(`\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|\bimport\b`), regexp.MustCompile(`\.style\b|setAttribute\("style"`),
			regexp.MustCompile(`localStorage|sessionStorage|document\.cookie`),
		},
	}
	for name, text := range readAll(t, BuiltIn()) {
		patterns, known := banned[path.Ext(name)]
		if !known {
			t.Errorf("%s would be copied into every site; keep pictures and notes out of the themes", name)
		}
		// The list of answers fetches its index, from the address that the page gives.
		if name == "default/answers/page.own.js" {
			text = strings.Replace(text, "fetch(form.dataset.index)", "", 1)
		}
		for _, p := range patterns {
			if found := p.FindString(text); found != "" {
				t.Errorf("%s: %q is not for a page", name, found)
			}
		}
	}
}

// A reader on a slow line gets the text at once: all styles of the default theme within 50 kB and all scripts within 8 kB, before they are made smaller; what one page alone
// loads within 24 kB.
func TestStylesAndScriptsAreSmall(t *testing.T) {
	size, most := map[string]int{}, map[string]int{".css": 50_000, ".js": 8_000}
	for name, text := range read(t) {
		ext := path.Ext(name)
		if strings.HasSuffix(name, ".own.js") {
			ext = "own.js of " + path.Dir(name)
			most[ext] = 24_000
		}
		size[ext] += len(text)
	}
	for ext, most := range most {
		if size[ext] == 0 || size[ext] > most {
			t.Errorf("%s files hold %d bytes, want 1 to %d", ext, size[ext], most)
		}
	}
}

// Every custom property that a style uses is set somewhere or has a fallback: a misspelt name would paint nothing and say nothing.
func TestCustomPropertiesAreSet(t *testing.T) {
	set := map[string]bool{}
	uses := regexp.MustCompile(`var\((--[a-z0-9-]+)\)`)
	sets := regexp.MustCompile(`(--[a-z0-9-]+):`)
	all := readAll(t, BuiltIn())
	for _, text := range all {
		for _, m := range sets.FindAllStringSubmatch(text, -1) {
			set[m[1]] = true
		}
	}
	for name, text := range all {
		for _, m := range uses.FindAllStringSubmatch(text, -1) {
			if !set[m[1]] {
				t.Errorf("%s uses %s, which nothing sets", name, m[1])
			}
		}
	}
}

// A class that a style paints is on an element somewhere; what the program itself writes is named here.
func TestStylesPaintWhatThereIs(t *testing.T) {
	elsewhere := regexp.MustCompile(`^(chroma|k|kd|kn|kr|kt|nt|nb|c|c1|cm|cp|ch|s|s1|s2|l|ld|m|mi|mf|gd|gi|gh|gu|table|spelled|` + // Markdown
		`flow-.*|boundary.*|step-.*|link-.*|` + // diagrams
		`chapter-.*|state-.*|shape-.*|side-.*|carries-.*|level-.*|on-.*|fact-.*|update-.*)$`) // ends that a view gives
	all := readAll(t, BuiltIn())
	markup := ""
	for name, text := range all {
		if path.Ext(name) != ".css" {
			markup += text + "\n"
		}
	}
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	body := regexp.MustCompile(`\{[^{}]*\}`)
	class := regexp.MustCompile(`\.([a-z][a-z0-9-]*)`)
	for name, text := range all {
		if path.Ext(name) != ".css" {
			continue
		}
		for _, m := range class.FindAllStringSubmatch(body.ReplaceAllString(comment.ReplaceAllString(text, ""), "{}"), -1) {
			if !elsewhere.MatchString(m[1]) && !regexp.MustCompile(`\b`+regexp.QuoteMeta(m[1])+`\b`).MatchString(markup) {
				t.Errorf("%s paints .%s, which no template has", name, m[1])
			}
		}
	}
}
