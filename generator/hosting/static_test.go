package hosting_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"candor/generator/hosting"
)

// A rule of a host says something of the addresses that match.
type rule struct {
	matches func(path string) bool
	headers []hosting.Header
	to      string // of a redirect
	status  int
}

// A static host serves the files of a site as the documentation of Netlify, Cloudflare Pages and Vercel says that they do.
type static struct {
	headers, redirects []rule
	overrides          bool // a later rule takes the place of an earlier one
}

// answer gives the status, the headers and the file of an answer.
func (h static) answer(t *testing.T, ask string) (int, http.Header, string) {
	t.Helper()
	path, query, asked := strings.Cut(ask, "?")
	header := http.Header{"Cache-Control": {"public, max-age=0, must-revalidate"}} // what all three send by themselves
	set := map[string]bool{}
	for _, r := range h.headers {
		if !r.matches(path) {
			continue
		}
		for _, x := range r.headers {
			if set[x.Name] && !h.overrides {
				t.Errorf("two rules set %s for %s: Cloudflare joins them, Netlify takes one", x.Name, path)
			}
			header.Set(x.Name, x.Value)
			set[x.Name] = true
		}
	}
	for _, r := range h.redirects {
		if r.matches(path) {
			to := strings.ReplaceAll(r.to, "/:path/", path+"/")
			if asked {
				to += "?" + query
			}
			header.Set("Location", to)
			return r.status, header, ""
		}
	}
	name, err := url.PathUnescape(strings.TrimPrefix(path, "/"))
	if err != nil {
		t.Fatal(err)
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if _, ok := fixture()[name]; !ok {
		if _, ok := fixture()[name+"/index.html"]; ok { // Cloudflare Pages and Netlify add the slash by themselves
			header.Set("Location", path+"/"+strings.TrimPrefix("?"+query, map[bool]string{false: "?"}[asked]))
			return http.StatusPermanentRedirect, header, ""
		}
		return http.StatusNotFound, header, "404.html"
	}
	return http.StatusOK, header, name
}

// parseHeaders reads _headers within the limits of Cloudflare Pages.
func parseHeaders(t *testing.T, text string) []rule {
	t.Helper()
	var rules []rule
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case len(line) > 2000:
			t.Errorf("a line of %d characters", len(line))
		case strings.HasPrefix(line, "/"):
			rules = append(rules, rule{matches: matcher(t, line)})
		default:
			name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if !ok || len(rules) == 0 {
				t.Fatalf("%q is neither a path nor a header", line)
			}
			last := &rules[len(rules)-1]
			last.headers = append(last.headers, hosting.Header{Name: name, Value: value})
		}
	}
	if len(rules) > 100 {
		t.Errorf("%d rules", len(rules))
	}
	return rules
}

// matcher gives what a path of _headers or _redirects matches: itself, or with a * at its end all that begins so.
func matcher(t *testing.T, pattern string) func(string) bool {
	t.Helper()
	start, all := strings.CutSuffix(pattern, "*")
	if strings.ContainsAny(start, "*: \t") {
		t.Fatalf("%q is a pattern that one of the hosts takes for another", pattern)
	}
	return func(path string) bool { return path == start || all && strings.HasPrefix(path, start) }
}

// parseRedirects reads _redirects within the limits of Cloudflare Pages. With force, a status with a ! is one, as Netlify has it.
func parseRedirects(t *testing.T, text string, force bool) []rule {
	t.Helper()
	var rules []rule
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Fields(line)
		if len(parts) != 3 || len(line) > 1000 {
			t.Fatalf("%q is no redirect", line)
		}
		status, err := strconv.Atoi(strings.TrimSuffix(parts[2], "!"))
		if err != nil || strings.HasSuffix(parts[2], "!") != force {
			t.Fatalf("%q is no status", parts[2])
		}
		rules = append(rules, rule{matches: matcher(t, parts[0]), to: parts[1], status: status})
	}
	if len(rules) > 2000 && !force {
		t.Errorf("%d redirects", len(rules))
	}
	return rules
}

// parseVercel reads vercel.json, which may hold nothing that its schema does not have.
func parseVercel(t *testing.T, text string) static {
	t.Helper()
	var file struct {
		Schema    string `json:"$schema"`
		CleanURLs bool   `json:"cleanUrls"`
		Redirects []struct {
			Source, Destination string
			StatusCode          int
		}
		Headers []struct {
			Source  string
			Headers []struct{ Key, Value string }
		}
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.CleanURLs || len(file.Redirects) > 2048 || len(file.Headers) > 2048 || len(file.Headers) == 0 {
		t.Fatalf("%d redirects, %d headers, clean URLs: %v", len(file.Redirects), len(file.Headers), file.CleanURLs)
	}
	h := static{overrides: true}
	for _, r := range file.Redirects {
		h.redirects = append(h.redirects, rule{matches: source(t, r.Source), to: r.Destination, status: r.StatusCode})
	}
	for _, r := range file.Headers {
		one := rule{matches: source(t, r.Source)}
		for _, x := range r.Headers {
			one.headers = append(one.headers, hosting.Header{Name: x.Key, Value: x.Value})
		}
		h.headers = append(h.headers, one)
	}
	return h
}

// source gives what a pattern of path-to-regexp matches: letters, which mean themselves, and at most one group behind them, which may begin with what is not to follow.
func source(t *testing.T, pattern string) func(string) bool {
	t.Helper()
	literal, body, grouped := strings.Cut(pattern, "(")
	if !grouped {
		if strings.ContainsAny(pattern, `:*+?{}\`) {
			t.Fatalf("%q means something else", pattern)
		}
		return func(path string) bool { return path == pattern }
	}
	literal, body = strings.TrimSuffix(literal, ":path"), strings.TrimSuffix(body, ")")
	not := regexp.MustCompile(`^\x00`)
	if rest, ok := strings.CutPrefix(body, "(?!"); ok {
		end := closing(rest)
		not, body = regexp.MustCompile("^(?:"+rest[:end]+")"), rest[end+1:]
	}
	whole := regexp.MustCompile("^(?:" + body + ")$")
	return func(path string) bool {
		rest, ok := strings.CutPrefix(path, literal)
		return ok && whole.MatchString(rest) && !not.MatchString(rest)
	}
}

// closing gives where the group ends that has begun before a text.
func closing(text string) int {
	depth := 1
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(text)
}

// TestStaticHosts holds what Netlify, Cloudflare Pages and Vercel make of their files against what is expected of every host: at the root of a host, behind a
// proxy that takes the base path off, and behind one that does not.
func TestStaticHosts(t *testing.T) {
	for _, base := range []string{"", "/trust"} {
		s := siteAt("https://x.example" + base)
		headers := parseHeaders(t, file(t, s, "_headers"))
		hosts := map[string]static{
			"cloudflare": {headers: headers, redirects: parseRedirects(t, file(t, s, "_redirects"), false)},
			"netlify":    {headers: headers, redirects: parseRedirects(t, file(t, s, ".hosting/netlify/_redirects"), true)},
			"vercel":     parseVercel(t, file(t, s, "vercel.json")),
		}
		for name, host := range hosts {
			for _, r := range host.redirects {
				for _, path := range outside {
					if r.matches(path) && strings.HasPrefix(strings.ReplaceAll(r.to, "/:path/", path+"/"), "//") {
						t.Errorf("%s leads from %s to another host", name, path)
					}
				}
			}
			for _, e := range expectations() {
				t.Run(name+base+"/"+e.what, func(t *testing.T) { host.expect(t, base, "", e) })
				if base != "" {
					t.Run(name+base+" as typed/"+e.what, func(t *testing.T) { host.expect(t, base, base, e) })
				}
			}
		}
	}
}

// expect holds an answer against what is expected, of a host that sees addresses with something before them.
func (h static) expect(t *testing.T, base, seen string, e expectation) {
	if e.status == hidden { // these hosts hide what they read by themselves, and the rest is no secret
		return
	}
	behind := h
	if seen != "" { // the files lie below it
		behind.headers, behind.redirects = nil, nil
		for _, r := range h.headers {
			behind.headers = append(behind.headers, rule{matches: func(p string) bool { return r.matches(seen + p) }, headers: r.headers})
		}
		for _, r := range h.redirects {
			behind.redirects = append(behind.redirects, rule{matches: func(p string) bool { return r.matches(seen + p) }, to: r.to, status: r.status})
		}
	}
	status, header, name := behind.answer(t, e.ask)
	want := e.status
	switch want {
	case 0:
		want = 200
	case slash:
		want = http.StatusPermanentRedirect
	}
	if status != want {
		t.Fatalf("it answers %d", status)
	}
	switch {
	case want == 200:
		passed := []string{"Content-Type"}
		if header.Get("Content-Type") != "" {
			passed = nil
		}
		checkHeaders(t, header, name, true, passed...)
		for _, own := range []string{"feed.json", "SHA256SUMS"} {
			if name == own && passed != nil {
				t.Errorf("nothing says of what type %s is", own)
			}
		}
	case want == 404:
		checkHeaders(t, header, name, true, "Content-Type", "Cache-Control", "X-Robots-Tag", "Access-Control-Allow-Origin")
	case e.status == slash:
		if got := header.Get("Location"); got != e.location {
			t.Errorf("it leads to %q", got)
		}
	default:
		if got := header.Get("Location"); got != base+e.location {
			t.Errorf("it leads to %q", got)
		}
	}
}

// TestManyMoves writes as many moved addresses as each host takes, and says what is left out.
func TestManyMoves(t *testing.T) {
	s := hosting.Site{BaseURL: "https://x.example/trust"}
	for i := range 2_500 {
		s.Moves = append(s.Moves, hosting.Move{From: fmt.Sprintf("/answers/old-%04d/", i), To: fmt.Sprintf("/answers/new-%04d/", i)})
	}
	for path, want := range map[string]int{"_redirects": 1_000, ".hosting/netlify/_redirects": 2_500, "vercel.json": 1_023, ".hosting/nginx.conf": 2_500, ".hosting/Caddyfile": 2_500} {
		text := file(t, s, path)
		found := strings.Count(text, "/trust/answers/new-")
		if !strings.HasPrefix(path, ".hosting/") || strings.Contains(path, "netlify") {
			found /= 2 // behind a proxy that takes the base path off, and behind one that does not
		}
		if found != want {
			t.Errorf("%s has %d of them", path, found)
		}
		if says := strings.Contains(text, fmt.Sprintf(" %d of 2500 moved addresses are below", found)); says != (found < 2_500) && path != "vercel.json" { // which has no comments
			t.Errorf("%s: says what is left out: %v", path, says)
		}
	}
	function := file(t, s, ".hosting/cloudfront-function.js")
	if found := strings.Count(function, `"answers/new-`); len(function) > 10_240 || len(function) < 10_100 || !strings.HasPrefix(function, fmt.Sprintf("// %d of 2500 moved addresses are below", found)) {
		t.Errorf("a function of %d bytes with %d of them begins %.60q", len(function), found, function)
	}
	parseRedirects(t, file(t, s, "_redirects"), false)
	parseVercel(t, file(t, s, "vercel.json"))
}

// TestManyFiles leaves out rules that Cloudflare would ignore, and says how many; those that keep sealed pages are not among them.
func TestManyFiles(t *testing.T) {
	s := hosting.Site{BaseURL: "https://x.example"}
	for i := range 150 {
		s.Files = append(s.Files, fmt.Sprintf("documents/%03d.csv", i))
	}
	text := file(t, s, "_headers")
	if rules := parseHeaders(t, text); len(rules) != 100 || !rules[1].matches("/q/abc/") {
		t.Errorf("%d rules", len(rules))
	}
	if !strings.Contains(text, "# 53 more files") {
		t.Error("what is left out is not told")
	}
}
