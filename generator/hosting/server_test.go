package hosting_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/generator/hosting"
)

// A server is a real one, with the port that it listens on.
type server struct {
	name  string
	slash int // the status by which it adds a slash
	// config writes what it is started with for a folder of files, with what is included, and gives the command.
	config func(dir string, port int, include string) []string
}

// servers are those that Debian has; nginx runs in one process in the foreground, and Caddy without its administration, so that each is gone when it is stopped.
var servers = []server{
	{"nginx", 301, func(dir string, port int, include string) []string {
		conf := fmt.Sprintf("daemon off; master_process off; pid %[1]s/nginx.pid; error_log stderr warn;\nevents {}\nhttp {\naccess_log off; client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;\n"+
			"types { text/x-elsewhere css html; }\nserver { listen 127.0.0.1:%[2]d; server_name elsewhere.example; root %[1]s/www; add_header X-Elsewhere yes;\nlocation ~ \\.php$ { return 418; }\ninclude %[3]s;\n}\n}\n", dir, port, include)
		return []string{"nginx", "-p", dir, "-e", "stderr", "-c", put(dir, "nginx.conf", conf)}
	}},
	{"caddy", 308, func(dir string, port int, include string) []string {
		conf := fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\nhttp://127.0.0.1:%d {\n\troot * %s/www\n\timport %s\n}\n", port, dir, include)
		return []string{"caddy", "run", "--adapter", "caddyfile", "--config", put(dir, "Caddyfile", conf)}
	}},
}

func put(dir, name, text string) string {
	name = filepath.Join(dir, name)
	os.WriteFile(name, []byte(text), 0o644) // who reads it says that it is not there
	return name
}

// included is the file of a site that a server includes.
var included = map[string]string{"nginx": "nginx.conf", "caddy": "Caddyfile"}

// programOf finds a server, also where the search path of a user does not lead.
func programOf(name string) (string, bool) {
	for _, name := range []string{name, "/usr/sbin/" + name} {
		if program, err := exec.LookPath(name); err == nil {
			return program, true
		}
	}
	return "", false
}

// start starts a server for the files below dir/www, and gives its address. It is stopped when the test ends.
func start(t *testing.T, s server, dir, include string) string {
	t.Helper()
	program, ok := programOf(s.name)
	if !ok {
		t.Skipf("no %s: its configuration is not tried", s.name)
	}
	for range 5 { // somebody else may take the port first
		port := freePort(t)
		args := s.config(dir, port, include)
		cmd := exec.Command(program, args[1:]...)
		cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
		var said strings.Builder
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { cmd.Wait(); close(ended) }()
		if listens(port, ended) {
			t.Cleanup(func() { cmd.Process.Kill(); <-ended })
			return fmt.Sprintf("http://127.0.0.1:%d", port)
		}
		cmd.Process.Kill()
		<-ended
		if !strings.Contains(said.String(), "in use") {
			t.Fatalf("%s: %s", s.name, said.String())
		}
	}
	t.Fatalf("%s: no port was free", s.name)
	return ""
}

// given are the ports that tests were given: a server that is slow to begin would else be taken for another one.
var given sync.Map

func freePort(t *testing.T) int {
	t.Helper()
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		port := l.Addr().(*net.TCPAddr).Port
		if _, before := given.LoadOrStore(port, true); !before {
			return port
		}
	}
}

func listens(port int, ended <-chan struct{}) bool {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		select {
		case <-ended:
			return false
		default:
		}
		if c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			c.Close()
			return true
		}
	}
	return false
}

// ask asks once, without following anything or asking for compression by itself.
func ask(t *testing.T, method, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	a, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	data, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a, string(data)
}

// TestServers runs nginx and Caddy with what they are told, at the root of a host and below a path, and reads back what comes of it.
func TestServers(t *testing.T) {
	for _, base := range []string{"", "/trust"} {
		s := siteAt("https://x.example" + base)
		for _, with := range servers {
			t.Run(with.name+base, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				folder := write(t, filepath.Join(dir, "www"), base, s)
				address := start(t, with, dir, filepath.Join(folder, ".hosting", included[with.name])) + base
				for _, e := range expectations() {
					t.Run(e.what, func(t *testing.T) { answers(t, with, address, base, e) })
				}
				hardly := strings.NewReplacer("%", "%25", " ", "%20", `"`, "%22", "{", "%7B", "}", "%7D", "#", "%23", `\`, "%5C").Replace(odd)
				answers(t, with, address, base, expectation{ask: "/documents/" + hardly + ".csv", file: "documents/" + odd + ".csv"})
				for _, path := range outside {
					if to := location(t, address, path); strings.HasPrefix(to, "//") || strings.Contains(to, "evil") && !strings.HasPrefix(to, base+"/") {
						t.Errorf("%s leads to %q", path, to)
					}
				}
				if to := location(t, address, "/policies/old/?a={env.HOME}&b=$request_uri&c={http.request.host}"); to != base+"/policies/new/?a={env.HOME}&b=$request_uri&c={http.request.host}" {
					t.Errorf("what a reader wrote means something to %s: %q", with.name, to)
				}
				compresses(t, address)
				revalidates(t, address)
				if base != "" {
					if a, _ := ask(t, "GET", address+"?a=b"); a.StatusCode != 301 || a.Header.Get("Location") != base+"/?a=b" {
						t.Errorf("the address without its slash is answered by %s, %q", a.Status, a.Header.Get("Location"))
					}
					if a, _ := ask(t, "GET", strings.TrimSuffix(address, base)+"/elsewhere"); a.Header.Get("Content-Security-Policy") != "" {
						t.Error("what is not the site's has its headers")
					}
				}
			})
		}
	}
}

// answers asks a server for what is expected of every host.
func answers(t *testing.T, with server, address, base string, e expectation) {
	method := e.method
	if method == "" {
		method = http.MethodGet
	}
	a, body := ask(t, method, address+e.ask)
	status, name := e.status, e.file
	switch {
	case status == 0:
		status = 200
	case status == slash:
		status = with.slash
	case status == hidden:
		status = 404
	}
	if name == "" {
		name = strings.TrimPrefix(e.ask, "/")
	}
	if a.StatusCode != status {
		t.Fatalf("%s answers %s", with.name, a.Status)
	}
	switch status {
	case 200:
		checkHeaders(t, a.Header, name, true)
		if want := fixture()[name]; method == http.MethodGet && body != want || a.ContentLength != int64(len(want)) {
			t.Errorf("%q came, of %d bytes", body, a.ContentLength)
		}
	case 404:
		// What is sealed has its own headers even where nothing is.
		checkHeaders(t, a.Header, "404.html", true, "Cache-Control", "X-Robots-Tag")
		if body != fixture()["404.html"] {
			t.Errorf("%q came in the place of the page", body)
		}
	default:
		if got := a.Header.Get("Location"); got != base+e.location {
			t.Errorf("it leads to %q", got)
		}
	}
}

// location gives where a path leads that is sent as it is.
func location(t *testing.T, address, path string) string {
	t.Helper()
	host, base, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	if base != "" {
		base = "/" + base
	}
	c, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET %s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", base, path, host)
	a, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	defer a.Body.Close()
	return a.Header.Get("Location")
}

func compresses(t *testing.T, address string) {
	a, body := ask(t, "GET", address+"/", "Accept-Encoding", "gzip")
	unpacked, err := gzip.NewReader(strings.NewReader(body))
	if err != nil || a.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(a.Header.Get("Vary"), "Accept-Encoding") {
		t.Fatalf("a page is not compressed: %v, %v", err, a.Header)
	}
	if data, err := io.ReadAll(unpacked); err != nil || string(data) != fixture()["index.html"] {
		t.Errorf("%q came, %v", data, err)
	}
}

func revalidates(t *testing.T, address string) {
	a, _ := ask(t, "GET", address+"/robots.txt")
	tag := a.Header.Get("Etag")
	if again, _ := ask(t, "GET", address+"/robots.txt", "If-None-Match", tag); tag == "" || again.StatusCode != http.StatusNotModified {
		t.Errorf("a file with the tag %q is answered by %s when it is asked for again", tag, again.Status)
	}
}

// TestHTTP leaves out what may not be sent over http.
func TestHTTP(t *testing.T) {
	for _, f := range hosting.Files(siteAt("http://x.internal")) {
		if strings.Contains(string(f.Data), "Strict-Transport") || strings.Contains(string(f.Data), "max-age=31536000\"") {
			t.Errorf("%s speaks of https", f.Path)
		}
	}
	if s := file(t, siteAt("https://x.example"), "_headers"); !strings.Contains(s, "Strict-Transport-Security: max-age=31536000\n") {
		t.Error("a site on https does not say so")
	}
}
