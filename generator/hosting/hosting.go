// Package hosting knows what the hosts of a site have to be told: the type of each file, how long it may be kept, which headers go with it.
//
// In come paths of a site; out come values of HTTP headers. Nothing here reads a file or asks a host.
package hosting

import (
	"path"
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

// ContentType gives the media type of the file at path, for the header Content-Type (RFC 9110, section 8.3).
func ContentType(name string) string {
	switch {
	case name == "feed.json":
		return "application/feed+json"
	case name == "SHA256SUMS":
		return "text/plain; charset=utf-8"
	}
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}

var hashed = pattern.Of(`^assets/[^/]+\.[0-9a-f]{8}\.[a-z0-9]+$`)

// CacheControl gives how long the file at path may be kept without asking (RFC 9111, section 5.2.2): a year where the name changes with the bytes, else not at
// all.
func CacheControl(name string) string {
	if hashed.MatchString(name) {
		return "public, max-age=31536000, immutable"
	}
	return "public, max-age=0, must-revalidate"
}

// ForHost reports whether the file at path is for the host alone: it is told by it how to serve the others, and no reader fetches it.
func ForHost(name string) bool {
	return name == "_headers" || name == "_redirects" || name == "vercel.json" || strings.HasPrefix(name, ".hosting/")
}
