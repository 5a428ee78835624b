package browser

import (
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
)

// Policy is the strictest Content-Security-Policy that a site has to live with: no script, style or connection but its own, and nothing inline.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Serve serves files as a host of static sites does, under Policy, until the test ends, and gives the address of the site's root without a slash at its end. read
// gives a file by its path: "answers/index.html".
func Serve(t *testing.T, read func(path string) ([]byte, bool)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := read(name)
		w.Header().Set("Content-Security-Policy", Policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if name == "favicon.ico" && !ok { // browsers ask for it on their own
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Write(data)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
