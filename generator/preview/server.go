package preview

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// own is the path below which the preview's own files lie. No page of a site begins so.
const own = "/_candor/"

//go:embed client
var client embed.FS

// Handler serves the preview.
func (p *Preview) Handler() http.Handler { return http.HandlerFunc(p.serve) }

func (p *Preview) serve(w http.ResponseWriter, r *http.Request) {
	if !p.knows(r.Host) {
		http.Error(w, fmt.Sprintf("this preview answers to localhost and to addresses, not to %q; name it with --host", r.Host), http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "a preview is only read", http.StatusMethodNotAllowed)
		return
	}
	head := w.Header()
	head.Set("Cache-Control", "no-store")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Content-Security-Policy", policyFor(r.Host))
	if name, ok := strings.CutPrefix(r.URL.Path, own); ok {
		p.serveOwn(w, r, name)
		return
	}
	select {
	case <-p.ready:
		p.servePage(w, r)
	case <-r.Context().Done():
	}
}

// policyFor is as strict as what the site should be served with, and lets the preview's channel through.
func policyFor(host string) string {
	channel := "'self'"
	if !strings.ContainsAny(host, " ;,'\"") {
		channel += " ws://" + host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src " + channel +
		"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// knows reports whether a Host header is one that a page of another site cannot have made up: that site's own name would lead here too, if its
// owner has it do so (DNS rebinding), but an address cannot be made to.
func (p *Preview) knows(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || net.ParseIP(name) != nil || slices.Contains(p.o.Hosts, name)
}

// fromHere reports whether a request comes from a page of the preview, or from no page at all.
func fromHere(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}

// serveOwn serves what is the preview's own: its script and its channel.
func (p *Preview) serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	if !fromHere(r) {
		http.Error(w, "this is for pages of the preview alone", http.StatusForbidden)
		return
	}
	if name == "channel" {
		p.serveChannel(w, r)
		return
	}
	data, err := fs.ReadFile(client, "client/"+name)
	if err != nil {
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	send(w, r, http.StatusOK, name, data)
}

// servePage serves a file of the site, as hosts for static sites do.
func (p *Preview) servePage(w http.ResponseWriter, r *http.Request) {
	base := p.o.Base()
	address, ok := strings.CutPrefix(r.URL.Path, base)
	if !ok || base != "" && !strings.HasPrefix(address, "/") {
		if r.URL.Path == "/" || address == "" {
			http.Redirect(w, r, base+"/", http.StatusFound)
			return
		}
		address = "/" + missing
	}
	p.mu.Lock()
	v := p.shown
	p.mu.Unlock()
	for v.early != nil && !v.has(address) { // it may come with the rest of the build
		select {
		case <-v.over:
		case <-r.Context().Done():
			return
		}
		p.mu.Lock()
		v = p.shown
		p.mu.Unlock()
	}
	if v.site == nil && v.early == nil {
		send(w, r, http.StatusServiceUnavailable, "x.html", tagged([]byte(nothingYet), showing{File: fileAt(address)}))
		return
	}
	file := fileAt(address)
	if data, ok := v.read(file); ok && path.Clean("/"+address) != "/"+missing {
		if strings.HasSuffix(file, ".html") {
			data = tagged(data, showing{File: file, Sum: sumOf(data), Pictures: v.pictureSum(base, data)})
		}
		send(w, r, http.StatusOK, file, data)
		return
	}
	if _, ok := v.read(fileAt(address + "/")); ok && !strings.HasSuffix(address, "/") {
		http.Redirect(w, r, (&url.URL{Path: base + address + "/", RawQuery: r.URL.RawQuery}).String(), http.StatusMovedPermanently)
		return
	}
	data, ok := v.read(missing)
	sum := sumOf(data)
	if !ok {
		data = []byte(nothingHere)
	}
	send(w, r, http.StatusNotFound, "x.html", tagged(data, showing{File: file, Missing: sum}))
}

const (
	missing     = "404.html"
	nothingYet  = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>Not built yet</title>\n<body>\n</body>\n</html>\n"
	nothingHere = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not found</title>\n<body>\n<p>There is no such page.</p>\n</body>\n</html>\n"
)

// has reports whether there is something at an address below the base path, or at the one with a slash that it leads to.
func (v view) has(address string) bool {
	_, ok := v.read(fileAt(address))
	_, below := v.read(fileAt(address + "/"))
	return ok || below
}

// fileAt gives the file that an address below the base path means: it is only looked up among the files of the site, never on disk.
func fileAt(address string) string {
	file := strings.TrimPrefix(address, "/")
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return file
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// pictureSum names the pictures that a page shows, by their bytes: their addresses stay when they change. It is "" for a page without.
func (v view) pictureSum(base string, page []byte) string {
	all := []byte(nil)
	for rest := page; ; {
		_, after, ok := bytes.Cut(rest, []byte(` src="`+base+"/"))
		if !ok {
			break
		}
		address, tail, _ := bytes.Cut(after, []byte(`"`))
		rest = tail
		if bytes.HasPrefix(address, []byte("assets/")) {
			continue // these have another address when they change
		}
		if name, err := url.PathUnescape(html.UnescapeString(string(address))); err == nil {
			data, _ := v.read(name)
			all = append(all, sumOf(data)...)
		}
	}
	if all == nil {
		return ""
	}
	return sumOf(all)
}

// tagged gives a page with the preview's script in it, which learns what the page is.
func tagged(data []byte, is showing) []byte {
	tag := fmt.Sprintf(`<script src="%sclient.js" data-file="%s" data-sum="%s" data-pictures="%s" data-missing="%s"></script>`,
		own, html.EscapeString(is.File), is.Sum, is.Pictures, is.Missing)
	at := bytes.LastIndex(data, []byte("</body>"))
	if at < 0 {
		at = len(data)
	}
	return slices.Concat(data[:at], []byte(tag), data[at:])
}

var sheet = regexp.MustCompile(`/assets/site\.[0-9a-f]+\.css`)

// kinds gives the content type by ending: that of the system's table may be anything.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif",
	".ico": "image/x-icon", ".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".xml": "application/xml", ".atom": "application/atom+xml", ".woff2": "font/woff2", ".woff": "font/woff", ".yaml": "application/yaml",
}

func send(w http.ResponseWriter, r *http.Request, status int, name string, data []byte) {
	kind := kinds[strings.ToLower(path.Ext(name))]
	if kind == "" {
		if kind = mime.TypeByExtension(path.Ext(name)); kind == "" {
			kind = "application/octet-stream"
		}
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}
