// Package hosting knows what the hosts of a site have to be told: the type of each file, how long it may be kept, which headers go with it, and which addresses
// have moved.
//
// In come the paths of a site, its address and its moved addresses; out come values of HTTP headers, and the same in the words of each host: files for Netlify,
// Cloudflare Pages and Vercel, for nginx and Caddy, for CloudFront with a bucket. What is said is decided in one place, Headers; the rest is how each host wants to
// hear it. Where a host takes less than there is to say, its file says what is left out, and nothing breaks: at each moved address there is a page that leads on.
// Nothing here reads a file of the site or asks a host.
package hosting

import (
	"path"
	"slices"
	"strings"

	"candor/generator/pattern"
)

// types are the media types of what a site holds, by the ending of the path (IANA media types; text/javascript as in RFC 9239).
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".xml": "application/xml", ".atom": "application/atom+xml",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".ico": "image/x-icon",
	".pdf": "application/pdf", ".woff2": "font/woff2",
}

// manifest is the list of all files with their hashes, which is written when all of them are.
const manifest = "SHA256SUMS"

// named are the media types of files whose ending does not say it.
var named = map[string]string{"feed.json": "application/feed+json", manifest: "text/plain; charset=utf-8"}

// unknown is the media type of everything else (RFC 2046, section 4.5.1).
const unknown = "application/octet-stream"

// ContentType gives the media type of the file at path, for the header Content-Type (RFC 9110, section 8.3).
func ContentType(name string) string {
	if t, ok := named[name]; ok {
		return t
	}
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return unknown
}

// sealed is the folder of the pages that one customer each can open.
const sealed = "q/"

// hashedName matches the path of a file whose name changes with its bytes. Go, PCRE and JavaScript read it alike.
const hashedName = `assets/[^/]+\.[0-9a-f]{8}\.[a-z0-9]+`

var hashed = pattern.Of(`^` + hashedName + `$`)

// The values of Cache-Control (RFC 9111, section 5.2.2; immutable: RFC 8246, section 2). A sealed page is taken back by taking it off the host, so nobody on the way
// may still have it then.
const (
	cacheForever = "public, max-age=31536000, immutable"
	cacheAsking  = "public, max-age=0, must-revalidate"
	cacheNever   = "no-store"
)

// CacheControl gives how long the file at path may be kept without asking: a year where the name changes with the bytes, sealed pages never, and all else as long as
// the host says each time that it is still the same.
func CacheControl(name string) string {
	switch {
	case hashed.MatchString(name):
		return cacheForever
	case strings.HasPrefix(name, sealed):
		return cacheNever
	}
	return cacheAsking
}

// forHosts are the files of hosts that look for them in the root of a site; those of the others lie in folder.
var forHosts = []string{"_headers", "_redirects", "vercel.json"}

const folder = ".hosting/"

// ForHost reports whether the file at path is for the host alone: it is told by it how to serve the others, and no reader fetches it.
func ForHost(name string) bool {
	return slices.Contains(forHosts, name) || strings.HasPrefix(name, folder)
}

// A Move is an address that has become another one: both from the site's root, with a slash at either end, not escaped.
type Move struct {
	From, To string
}

// A Site is what a host has to serve.
type Site struct {
	BaseURL string   // address of the front page: "https://trust.fernlight.example", "https://fernlight.example/trust/"
	Moves   []Move   // in any order, each From once
	Files   []string // paths of all files of the site, with its manifest or without
}

// A File is one that tells a host what to do.
type File struct {
	Path string // from the site's root: "_headers", ".hosting/nginx.conf"
	Data []byte
}

// Files gives the files for all hosts, the same for the same site.
func Files(s Site) []File {
	p := planOf(s)
	return []File{
		{Path: "_headers", Data: p.headersFile()},
		{Path: "_redirects", Data: p.redirectsFile(cloudflareRedirects, "301")},
		{Path: "vercel.json", Data: p.vercel()},
		{Path: folder + "nginx.conf", Data: p.nginx()},
		{Path: folder + "Caddyfile", Data: p.caddy()},
		{Path: folder + "netlify/_redirects", Data: p.redirectsFile(0, "301!")},
		{Path: folder + "cloudfront-function.js", Data: p.cloudfrontFunction()},
		{Path: folder + "cloudfront-headers.json", Data: p.cloudfrontHeaders()},
		{Path: folder + "s3-policy.json", Data: bucketPolicy()},
	}
}
