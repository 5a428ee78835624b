package check

import (
	"bytes"
	"strings"
)

// A home is where on a machine somebody's files or a build's lie.
type home struct {
	prefix string
	named  bool // the name of a person or project follows, and more
}

var homes = []home{{"/home/", true}, {"/Users/", true}, {"/mnt/c/Users/", true}, {"/builds/", true}, {"/root/", false}, {"/tmp/", false}, {"/var/tmp/", false}, {"/var/lib/jenkins", false},
	{"/private/var/folders/", false}, {"/private/tmp/", false}, {"/var/folders/", false}, {"/github/workspace", false}, {"/opt/hostedtoolcache", false}}

const (
	ofMachine   = "is a path on the machine that built or wrote this"
	writeFromUp = "write the path from the folder of the project on"
)

// holds reports whether a path leads into a home.
func (h home) holds(path []byte) bool {
	rest, ok := bytes.CutPrefix(path, []byte(h.prefix))
	if !ok || !strings.HasSuffix(h.prefix, "/") {
		return ok
	}
	if len(rest) == 0 || !isWordByte(rest[0]) && rest[0] != '_' && rest[0] != '.' {
		return false
	}
	return !h.named || rest[0] != '.' && bytes.IndexByte(rest, '/') > 0
}

// pathAt finds a path of a machine that builds or writes by its first slash.
func (w *watcher) pathAt(text []byte, i int) (exposure, bool) {
	path := bytes.TrimRight(text[i:span(text, i, pathBytes)], ".-")
	for _, h := range homes {
		if !h.holds(path) || !beginsPath(text, i) {
			continue
		}
		path = bytes.TrimRight(path, "/")
		if base := w.known().base; base != "" && strings.HasPrefix(string(path)+"/", base) {
			break
		}
		return exposure{i, i + len(path), ofMachine, writeFromUp}, true
	}
	return exposure{}, false
}

// beginsPath reports whether a slash begins a path, and no address of the site's own does: href="/home/".
func beginsPath(text []byte, i int) bool {
	before := text[max(0, i-10):i]
	if bytes.HasSuffix(before, []byte("file://")) || len(before) == 0 {
		return true
	}
	for _, own := range []string{`href="`, `src="`, `action="`, `href='`, `src='`, "](", "url("} {
		if bytes.HasSuffix(before, []byte(own)) {
			return false
		}
	}
	last := before[len(before)-1]
	return (!isWordByte(last) || escapeEnds(before)) && strings.IndexByte("/.-_~%})]", last) < 0
}

// windowsPathAt finds "C:\Users\ada", also with doubled backslashes, by its first one.
func windowsPathAt(text []byte, i int) (exposure, bool) {
	if i < 2 || text[i-1] != ':' || text[i-2]|0x20 < 'a' || text[i-2]|0x20 > 'z' || !standsFree(text, i-2) {
		return exposure{}, false
	}
	rest := bytes.TrimLeft(text[i:min(len(text), i+4)], `\`)
	at := i + len(text[i:min(len(text), i+4)]) - len(rest)
	if !bytes.HasPrefix(bytes.ToLower(text[at:min(len(text), at+6)]), []byte(`users\`)) {
		return exposure{}, false
	}
	end := span(text, at+6, windowsBytes)
	if name := bytes.TrimLeft(text[at+6:end], `\`); len(name) == 0 || !isWordByte(name[0]) {
		return exposure{}, false
	}
	return exposure{i - 2, end, ofMachine, writeFromUp}, true
}

// webhookAt finds the address of a Slack webhook, which is its key.
func webhookAt(text []byte, i int) (exposure, bool) {
	const host, path = "hooks.slack.com", "/services/T"
	if i < len(host) || !bytes.HasPrefix(text[i:], []byte(path)) || !bytes.HasSuffix(text[:i], []byte(host)) {
		return exposure{}, false
	}
	end := span(text, i, pathBytes)
	if end-i < 35 || bytes.Count(text[i:end], []byte("/")) < 4 {
		return exposure{}, false
	}
	return exposure{i - len(host), end, "is the address of a webhook, which is its key", "revoke it and take it out"}, true
}
