package hosting_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"candor/generator/hosting"
)

// hostile are parts of addresses that would say something else to a host if they were not quoted. No id of a record is like them, as long as the check of ids holds.
var hostile = []string{"a b", `a"; return 200 evil; #`, "$request_uri", "${x}", "a}\n}location /{", "{$HOME}", "{http.request.header.Cookie}", "a*", ":splat", "%2e%2e", "a%", "+", "'", "`", `\`, `\"`, `a\`,
	"中文", "é", "(a|b)", "[a]", "^$", "#", ";", "//evil.example", "a\tb", "a\r\nSet-Cookie: x", "\u202e", "\u2028", "<script>", "?a=b", "&", "__proto__", "constructor", "301!"}

// TestHostileNames runs the servers with such addresses and below such base paths: each leads where it should, or to the page that is there.
func TestHostileNames(t *testing.T) {
	for n, base := range []string{"/a b$x;{y}\"z'", "/%+中文(x)[y]"} {
		s := hosting.Site{BaseURL: "https://x.example" + escape(base), Files: []string{"index.html"}}
		for _, h := range hostile {
			s.Moves = append(s.Moves, hosting.Move{From: "/policies/" + h + "/", To: "/to " + h + "/"})
		}
		for _, with := range servers {
			t.Run(fmt.Sprint(with.name, n), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				folder := write(t, filepath.Join(dir, "www"), base, s)
				// The path of an include is the operator's to quote.
				include := put(dir, "include", file(t, s, ".hosting/"+included[with.name]))
				if !strings.HasPrefix(folder, dir) {
					t.Fatal(folder)
				}
				address := start(t, with, dir, include)
				for _, h := range hostile {
					a, body := ask(t, "GET", address+escape(base+"/policies/"+h+"/")+"?a=b")
					to := escape(base + "/to " + h + "/")
					switch {
					case body == "evil" || a.Header.Get("Set-Cookie") != "":
						t.Errorf("%q says something to %s", h, with.name)
					case with.name == "nginx" && !strings.ContainsAny(h, "\n\r\t\u202e\u2028/") && (a.StatusCode != 301 || a.Header.Get("Location") != to+"?a=b"):
						t.Errorf("%q is answered by %s, %q", h, a.Status, a.Header.Get("Location"))
					case a.StatusCode == 301 && a.Header.Get("Location") != to+"?a=b" && !strings.Contains(h, "/"):
						t.Errorf("%q leads to %q", h, a.Header.Get("Location"))
					}
				}
				if a, _ := ask(t, "GET", address+escape(base+"/")); with.name == "nginx" {
					if a.StatusCode != http.StatusOK {
						t.Errorf("the front page is answered by %s", a.Status)
					}
					checkHeaders(t, a.Header, "index.html", true)
				}
			})
		}
	}
}

// escape escapes all of a path but its slashes.
func escape(path string) string {
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = strings.NewReplacer("+", "%20").Replace(url.QueryEscape(strings.ReplaceAll(parts[i], "+", "\x00")))
		parts[i] = strings.ReplaceAll(parts[i], "%00", "%2B")
	}
	return strings.Join(parts, "/")
}

// TestHostileMovesInFunctions holds the function of CloudFront to data: what is in its list is found, and nothing else.
func TestHostileMovesInFunctions(t *testing.T) {
	s := hosting.Site{BaseURL: "https://x.example"}
	for _, h := range hostile {
		s.Moves = append(s.Moves, hosting.Move{From: "/policies/" + h + "/", To: "/to " + h + "/"})
	}
	var asks []string
	for _, h := range hostile {
		asks = append(asks, escape("/policies/"+h+"/"))
	}
	asks = append(asks, "/__proto__", "/constructor", "/toString/")
	for i, a := range run(t, s, events("viewer-request", asks...)) {
		if i >= len(hostile) {
			if to := a.Headers["location"].Value; to != "" && to != asks[i]+"/" {
				t.Errorf("%s leads to %q", asks[i], to)
			}
			continue
		}
		if h := hostile[i]; !strings.ContainsAny(h, "\n\r\t\u202e\u2028") && a.Headers["location"].Value != escape("/to "+h+"/") {
			t.Errorf("%q leads to %q", h, a.Headers["location"].Value)
		}
	}
}

// FuzzNames holds every file to its form, whatever addresses and files are called.
func FuzzNames(f *testing.F) {
	for _, h := range hostile {
		f.Add("/"+h, "/policies/"+h+"/", "documents/"+h+".csv")
	}
	f.Fuzz(func(t *testing.T, base, from, name string) {
		s := hosting.Site{BaseURL: (&url.URL{Scheme: "https", Host: "x.example", Path: "/" + base}).String(), Files: []string{name, "assets/" + name + ".00000000.css"}, Moves: []hosting.Move{{From: from, To: "/to/"}, {From: "/was/", To: "/" + name}}}
		for _, file := range hosting.Files(s) {
			text := string(file.Data)
			if strings.ContainsAny(text, "\r\x00\u2028\u202e") {
				t.Errorf("%s holds what ends lines or is not seen", file.Path)
			}
			switch file.Path {
			case "_headers":
				parseHeaders(t, text)
			case "_redirects":
				parseRedirects(t, text, false)
			case ".hosting/netlify/_redirects":
				parseRedirects(t, text, true)
			case "vercel.json":
				parseVercel(t, text)
			case ".hosting/nginx.conf":
				checkNginx(t, text)
			case ".hosting/Caddyfile":
				checkCaddy(t, text)
			case ".hosting/cloudfront-headers.json":
				policyHeaders(t, text)
			case ".hosting/cloudfront-function.js":
				checkFunction(t, text)
			}
		}
	})
}

// checkNginx holds a configuration to the directives that one without moved addresses has. It reads words as ngx_conf_read_token does.
func checkNginx(t *testing.T, text string) {
	t.Helper()
	known := strings.Fields("set location return absolute_redirect index autoindex error_page types default_type charset charset_types gzip gzip_vary gzip_proxied gzip_min_length gzip_types add_header")
	depth, first, inTypes := 0, true, false
	for len(text) > 0 {
		switch c := text[0]; {
		case c == ' ' || c == '\t' || c == '\n':
			text = text[1:]
		case c == '#':
			_, text, _ = strings.Cut(text, "\n")
		case c == ';':
			text, first = text[1:], true
		case c == '{':
			text, depth, first = text[1:], depth+1, true
		case c == '}':
			text, depth, first, inTypes = text[1:], depth-1, true, false
		case c == '"':
			end := 1
			for end < len(text) && text[end] != '"' {
				if text[end] == '\\' {
					end++
				}
				end++
			}
			if end >= len(text) {
				t.Fatalf("a quote does not end: %q", text)
			}
			text = text[end+1:]
			if first || text[0] != ' ' && text[0] != ';' {
				t.Fatalf("after a quote comes %.40q", text)
			}
		default:
			end := strings.IndexAny(text, " \t\n;{")
			word := text[:end]
			if first && !inTypes && !slices.Contains(known, word) {
				t.Fatalf("the directive %q is none of ours", word)
			}
			inTypes = inTypes || first && word == "types"
			text, first = text[end:], false
		}
	}
	if depth != 0 {
		t.Errorf("%d blocks are open at the end", depth)
	}
}

// checkCaddy holds a Caddyfile to lines that begin as ours do.
func checkCaddy(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		ok := strings.HasPrefix(word, "#") || strings.HasPrefix(word, "@candor") || strings.HasPrefix(word, "/") || strings.HasPrefix(word, `""`)
		if !ok && !slices.Contains(strings.Fields("route{ route } header encode map default redir path path_regexp not file rewrite file_server pass_thru status"), word) {
			t.Fatalf("the line %q is none of ours", line)
		}
		if strings.HasPrefix(word, "/") && len(strings.Fields(line)) != 2 {
			t.Fatalf("%q is no pair of addresses", line)
		}
	}
}

// checkFunction holds the list of moved addresses and the base path to be data.
func checkFunction(t *testing.T, text string) {
	t.Helper()
	for _, name := range []string{"const base = ", "const moved = "} {
		_, rest, ok := strings.Cut(text, name)
		var v any
		if d := json.NewDecoder(strings.NewReader(rest)); !ok || d.Decode(&v) != nil || !strings.HasPrefix(rest[d.InputOffset():], ";\n") {
			t.Fatalf("%s is followed by %.80q", name, rest)
		}
	}
	if strings.Count(text, "function handler(event)") != 1 {
		t.Error("there is more than one handler")
	}
}
