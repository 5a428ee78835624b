package verify

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"candor/generator/pattern"
)

func unixEnds(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }

// causeInFolder finds what turned the file that was written into the one that lies there, by undoing what tools are known to do.
func causeInFolder(data []byte, w want) (cause, hint string) {
	is := func(changed []byte) bool { return sha256.Sum256(changed) == w.Hash }
	unix := unixEnds(data)
	switch {
	case len(data) == 0:
		return "it is empty", "copy or build the site again: a disk was full, or a copy was cut off"
	case bytes.HasPrefix(data, []byte("version https://git-lfs.github.com/spec/")):
		return "it is a pointer of Git LFS, not the file", "run git lfs pull, or keep the site out of LFS"
	case is(unix):
		return "git turned its line ends into CRLF", `write "* -text" into .gitattributes of the repository that holds the site, and check it out again`
	case is(bytes.ReplaceAll(unix, []byte("\n"), []byte("\r\n"))):
		return "git turned its line ends, which are CRLF, into LF", `write "* -text" into .gitattributes of the repository that holds the site, and publish again`
	case is(bytes.TrimPrefix(data, []byte("\ufeff"))):
		return "an editor put a byte order mark before it", "build the site again"
	case is(bytes.TrimRight(data, "\r\n")), is(append(bytes.TrimRight(data, "\r\n"), '\n')):
		return "line feeds at its end were added or taken away, as editors do", "edit the content, not the site; build it again"
	}
	return inserted(w.Path, data)
}

// A mark is what a host leaves in the pages that it changes.
type mark struct {
	text        string // in lower case
	cause, hint string
}

// marks are texts by which hosts that change pages are known. They are what these hosts leave in pages today, not what a document of theirs promises: one that is out of
// date costs a cause, never a finding.
var marks = []mark{
	{"/cdn-cgi/l/email-protection", "Cloudflare hides e-mail addresses in it (Email Address Obfuscation)", `turn "Email Address Obfuscation" off for this zone, or add a configuration rule for this host`},
	{"__cf_email__", "Cloudflare hides e-mail addresses in it (Email Address Obfuscation)", `turn "Email Address Obfuscation" off for this zone, or add a configuration rule for this host`},
	{"static.cloudflareinsights.com", "Cloudflare puts the script of Web Analytics into it", `turn "Automatic setup" of Web Analytics off for this host`},
	{"/cdn-cgi/challenge-platform/", "Cloudflare puts the script of Bot Fight Mode into it", "turn JavaScript Detections off for this host"},
	{"rocket-loader", "Cloudflare's Rocket Loader rewrites its scripts", "turn Rocket Loader off for this host"},
	{"/.netlify/scripts/", "Netlify puts a script into it", "turn post processing and snippet injection off for this site"},
	{"netlify-rum", "Netlify puts the script of Real User Metrics into it", "turn Real User Metrics off for this site"},
	{"/_vercel/insights/", "Vercel puts the script of Web Analytics into it", "turn Web Analytics off for this project"},
	{"/_vercel/speed-insights/", "Vercel puts the script of Speed Insights into it", "turn Speed Insights off for this project"},
	{"pagespeed", "PageSpeed rewrites it", "turn mod_pagespeed or ngx_pagespeed off for this host"},
	{"livereload", "a development server puts a script into it", "serve the built site with a server for production"},
}

// scripts finds elements that run something or reach elsewhere. Pages of candor have neither inline scripts nor those of another host, so that each that is found is
// somebody else's.
var scripts = pattern.Of(`(?is)<script\b[^>]*>|<iframe\b[^>]*>|<base\b[^>]*>|<[a-z][^>]*\son[a-z]+\s*=[^>]*>|href\s*=\s*["']?\s*javascript:[^>]*>`)

// ownScript is how pages of candor load theirs: from the site's own assets.
var ownScript = pattern.Of(`^<script src="(?:/[^/"][^"]*)?/assets/[^"]+\.js"(?: defer| type="module")*>$`)

// inserted says what a host put into a page, from the page alone.
func inserted(name string, data []byte) (cause, hint string) {
	if !strings.HasSuffix(name, ".html") {
		return "", ""
	}
	lower := bytes.ToLower(data)
	for _, m := range marks {
		if bytes.Contains(lower, []byte(m.text)) {
			return m.cause, m.hint
		}
	}
	if at := foreign(data); at >= 0 {
		return "something runs in it that candor does not write", "find out who put it there: the host, a proxy, or somebody else"
	}
	if bytes.Count(data, []byte("\n")) < 4 && len(data) > 1000 {
		return "its lines were joined: the host minifies pages", "turn the minification of HTML off"
	}
	return "", ""
}

// foreign gives where the first thing stands that runs and is not the site's own, -1 for nowhere.
func foreign(data []byte) int {
	page := string(data)
	for at := 0; at < len(page); {
		loc := scripts.FindStringIndex(page[at:])
		if loc == nil {
			return -1
		}
		if !ownScript.MatchString(page[at+loc[0] : at+loc[1]]) {
			return at + loc[0]
		}
		at += loc[1]
	}
	return -1
}

// show gives the line that a person should look at: the first that differs from the original, else the first that holds what a host is known to put there.
func (f *Fault) show(data, original []byte) {
	if !utf8.Valid(data) || len(data) == 0 {
		return
	}
	if original != nil {
		f.Line, f.Found, f.Written = firstDifference(string(data), string(original))
		return
	}
	if !strings.HasSuffix(f.Path, ".html") {
		return
	}
	at := foreign(data)
	lower := bytes.ToLower(data)
	for _, m := range marks {
		if i := bytes.Index(lower, []byte(m.text)); at < 0 && i >= 0 && i < len(data) {
			at = i
		}
	}
	if at < 0 {
		return
	}
	start := bytes.LastIndexByte(data[:at], '\n') + 1
	line, _, _ := strings.Cut(string(data[start:]), "\n")
	f.Line, f.Found = bytes.Count(data[:at], []byte("\n"))+1, around(line, at-start)
}

// firstDifference gives the first line in which two texts differ, shortened around the place.
func firstDifference(found, written string) (number int, a, b string) {
	one, other := strings.Split(found, "\n"), strings.Split(written, "\n")
	for i := range max(len(one), len(other)) {
		if i < len(one) && i < len(other) && one[i] == other[i] {
			continue
		}
		if i < len(one) {
			a = one[i]
		}
		if i < len(other) {
			b = other[i]
		}
		at := 0
		for at < len(a) && at < len(b) && a[at] == b[at] {
			at++
		}
		return i + 1, around(a, at), around(b, at)
	}
	return 0, "", ""
}

// maxShown is how many bytes of a line are shown.
const maxShown = 160

// around gives what stands at a place of a line, without what a terminal would obey.
func around(line string, at int) string {
	start, end := 0, len(line)
	if len(line) > maxShown {
		start = max(0, min(at-maxShown/4, len(line)-maxShown))
		end = start + maxShown
	}
	text := strings.ToValidUTF8(line[start:end], "")
	if start > 0 {
		text = "…" + text
	}
	if end < len(line) {
		text += "…"
	}
	return visible(text)
}

// visible writes what a terminal would obey, or nobody would see, as Go writes it in a text.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if quoted := fmt.Sprintf("%+q", r); strings.HasPrefix(quoted, `'\`) && (r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 || isFormat(r)) {
			b.WriteString(strings.Trim(quoted, "'"))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isFormat reports whether a rune steers how others are shown: directions, joiners, marks without width.
func isFormat(r rune) bool {
	return r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff || r == 0xad
}

// original gives a file of the trusted copy, nil where there is none.
func original(files fs.FS, name string) []byte {
	if files == nil {
		return nil
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil
	}
	return data
}
