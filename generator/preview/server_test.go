package preview_test

import (
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

var plainSite = map[string]string{
	"index.html":                  "<!doctype html><title>Home</title><body><p>home</p></body>",
	"policies/index.html":         "<!doctype html><title>Policies</title><body><p>all</p></body>",
	"policies/access/index.html":  "<!doctype html><title>Access</title><body><p>access</p></body>",
	"policies/bare/index.html":    "<p>no end of the body",
	"404.html":                    "<!doctype html><title>Missing</title><body><p>nothing here</p></body>",
	"assets/site.0123abcd.css":    "p{color:red}",
	"assets/site.0123abcd.js":     "document.title",
	"updates/feed.xml":            "<feed/>",
	"brand/logo.svg":              "<svg/>",
	"documents/report.pdf":        "%PDF-",
	"documents/report final.xlsx": "PK",
	"answers.json":                "{}",
}

// served gives a stage whose site lies below a path.
func served(t *testing.T, base string, site map[string]string) *stage {
	t.Helper()
	s := newStage(t, maps.Clone(site))
	s.base.Store(&base)
	<-s.preview.Ready()
	return s
}

// get asks for a path, with headers as name, value, name, value.
func (s *stage) get(method, path string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url(path), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 10 * time.Second}
	response, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, string(body)
}

func TestServesAsAHostOfStaticSitesDoes(t *testing.T) {
	s := served(t, "", plainSite)
	for _, test := range []struct {
		path, kind, body, location string
		status                     int
	}{
		{"/", "text/html; charset=utf-8", "<p>home</p>", "", 200},
		{"/index.html", "text/html; charset=utf-8", "<p>home</p>", "", 200},
		{"/policies/access/", "text/html; charset=utf-8", "<p>access</p>", "", 200},
		{"/policies/access", "", "", "/policies/access/", 301},
		{"/policies/access?q=a", "", "", "/policies/access/?q=a", 301},
		{"/assets/site.0123abcd.css", "text/css; charset=utf-8", "p{color:red}", "", 200},
		{"/assets/site.0123abcd.js", "text/javascript; charset=utf-8", "document.title", "", 200},
		{"/updates/feed.xml", "application/xml", "<feed/>", "", 200},
		{"/brand/logo.svg", "image/svg+xml", "<svg/>", "", 200},
		{"/documents/report.pdf", "application/pdf", "%PDF-", "", 200},
		{"/documents/report%20final.xlsx", "", "PK", "", 200},
		{"/answers.json", "application/json", "{}", "", 200},
		{"/nothing/", "text/html; charset=utf-8", "nothing here", "", 404},
		{"/nothing.pdf", "text/html; charset=utf-8", "nothing here", "", 404},
		{"/404.html", "text/html; charset=utf-8", "nothing here", "", 404},
		{"//example.com/%2e%2e", "text/html; charset=utf-8", "nothing here", "", 404},
		{"/policies/../../../../etc/passwd", "", "nothing here", "", 404},
		{"/policies/%2e%2e/%2e%2e/etc/passwd", "", "nothing here", "", 404},
		{"/_candor/../preview.go", "", "", "", 404},
		{"/_candor/%2e%2e/preview.go", "", "", "", 404},
		{"/_candor/client.js", "text/javascript; charset=utf-8", "WebSocket", "", 200},
	} {
		response, body := s.get("GET", test.path)
		head := response.Header
		if response.StatusCode != test.status || !strings.Contains(body, test.body) || head.Get("Location") != test.location ||
			test.kind != "" && head.Get("Content-Type") != test.kind {
			t.Errorf("%s: %d %s, location %q\n%s", test.path, response.StatusCode, head.Get("Content-Type"), head.Get("Location"), body)
		}
		for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := head.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", test.path, name, got, want)
			}
		}
		if policy := head.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: the policy is %q", test.path, policy)
		}
		whole, _ := s.get("HEAD", test.path)
		if whole.StatusCode != test.status || whole.ContentLength != int64(len(body)) && test.status != 301 || whole.Header.Get("Content-Type") != head.Get("Content-Type") {
			t.Errorf("HEAD %s: %d, %d bytes, want %d", test.path, whole.StatusCode, whole.ContentLength, len(body))
		}
	}
}

func TestReservedPathIsNotTheSites(t *testing.T) {
	s := served(t, "", map[string]string{"index.html": "<p>", "_candor/client.js": "planted"})
	if _, body := s.get("GET", "/_candor/client.js"); strings.Contains(body, "planted") {
		t.Error("the site's file is served in the place of the preview's")
	}
}

func TestScriptIsAddedWhileServing(t *testing.T) {
	s := served(t, "", plainSite)
	_, body := s.get("GET", "/policies/access/")
	before, after, ok := strings.Cut(body, `<script src="/_candor/client.js" data-file="policies/access/index.html" data-sum="`)
	if !ok || before != "<!doctype html><title>Access</title><body><p>access</p>" || !strings.HasSuffix(after, `"></script></body>`) {
		t.Errorf("got %s", body)
	}
	if _, body := s.get("GET", "/policies/bare/"); !strings.HasPrefix(body, plainSite["policies/bare/index.html"]+"<script ") {
		t.Errorf("got %s", body)
	}
	if _, body := s.get("GET", "/assets/site.0123abcd.js"); body != "document.title" {
		t.Errorf("a script changed: %s", body)
	}
}

func TestBelowABasePath(t *testing.T) {
	s := served(t, "/trust", plainSite)
	for _, test := range []struct {
		path, body, location string
		status               int
	}{
		{"/", "", "/trust/", 302},
		{"/trust", "", "/trust/", 302},
		{"/trust/", "home", "", 200},
		{"/trust/policies", "", "/trust/policies/", 301},
		{"/trust/policies/access/", "access", "", 200},
		{"/policies/access/", "nothing here", "", 404},
		{"/trusted/", "nothing here", "", 404},
	} {
		response, body := s.get("GET", test.path)
		if response.StatusCode != test.status || !strings.Contains(body, test.body) || response.Header.Get("Location") != test.location {
			t.Errorf("%s: %d, location %q\n%s", test.path, response.StatusCode, response.Header.Get("Location"), body)
		}
	}
}

func TestHosts(t *testing.T) {
	s := served(t, "", plainSite)
	for host, status := range map[string]int{
		"localhost": 200, "LOCALHOST:8017": 200, "127.0.0.1:8017": 200, "[::1]:8017": 200, "192.168.1.5": 200, "mara.lan:8017": 200, "localhost.": 200,
		"evil.example": 403, "evil.example:8017": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403, "xlocalhost": 403, "": 400,
	} {
		for _, path := range []string{"/", "/_candor/client.js", "/_candor/channel"} {
			want := status
			if path == "/_candor/channel" && status == 200 {
				want = http.StatusUpgradeRequired
			}
			if host == "" {
				continue // Go's client cannot send it
			}
			response, body := s.get("GET", path, "Host", host)
			if response.StatusCode != want {
				t.Errorf("Host %q, %s: %d, want %d: %s", host, path, response.StatusCode, want, body)
			}
			if want == 403 && (!strings.Contains(body, host) || strings.Contains(body, "home")) {
				t.Errorf("Host %q is told %q", host, body)
			}
		}
	}
}

func TestOnlyReads(t *testing.T) {
	s := served(t, "", plainSite)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
		response, _ := s.get(method, "/")
		if response.StatusCode != 405 || response.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, response.StatusCode, response.Header.Get("Allow"))
		}
	}
}

// TestChannelIsForPagesOfThePreview: what is found in the content is told to nobody else.
func TestChannelIsForPagesOfThePreview(t *testing.T) {
	s := served(t, "", plainSite)
	here, host := s.url(""), s.addr
	for _, test := range []struct {
		headers http.Header
		ok      bool
	}{
		{http.Header{"Origin": {here}}, true},
		{http.Header{"Origin": {here}, "Sec-Fetch-Site": {"same-origin"}}, true},
		{http.Header{"Origin": {"http://evil.example"}}, false},
		{http.Header{"Origin": {"http://localhost:1"}}, false},
		{http.Header{"Origin": {"null"}}, false},
		{http.Header{"Origin": {"https://" + host + ".evil.example"}}, false},
		{http.Header{"Origin": {here}, "Sec-Fetch-Site": {"cross-site"}}, false},
		{http.Header{"Origin": {here}, "Sec-Fetch-Site": {"same-site"}}, false},
	} {
		conn, response, err := websocket.Dial(t.Context(), "ws://"+host+"/_candor/channel", &websocket.DialOptions{HTTPHeader: test.headers})
		if (err == nil) != test.ok {
			t.Errorf("%v: %v", test.headers, err)
		}
		if err != nil && response.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %d", test.headers, response.StatusCode)
		}
		if conn != nil {
			conn.CloseNow()
		}
	}
}

func TestNothingBuiltYet(t *testing.T) {
	s := newStage(t, map[string]string{"index.html": "<body>home</body>"}, finding("content/site.yaml", "x: 1\n", "x", "no key"))
	<-s.preview.Ready()
	response, body := s.get("GET", "/policies/")
	if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "/_candor/client.js") || strings.Contains(body, "home") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}
