package publish_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"candor/generator/publish"
	"candor/generator/publish/bucket"
)

const (
	accessKey = "test"
	secretKey = "a key of these tests"
	siteAt    = "s3://trust/the site" // a prefix that keys and URLs write differently
)

// A gateway is a real S3 server on this machine, with one bucket that everybody may read.
type gateway struct {
	endpoint string
	folder   string // where the objects are
	log      string // one line for each request
	client   *minio.Client
}

// startGateway starts versitygw, which ends with the test.
func startGateway(t testing.TB, arguments ...string) *gateway {
	t.Helper()
	program := gatewayProgram(t)
	dir := t.TempDir()
	g := &gateway{folder: filepath.Join(dir, "objects"), log: filepath.Join(dir, "log")}
	if err := os.Mkdir(g.folder, 0o755); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	var command *exec.Cmd
	for range 5 { // somebody else may take the port first
		host := freePort(t)
		all := append([]string{"--port", host, "--quiet", "--keep-alive", "--access-log", g.log}, arguments...)
		command = exec.Command(program, append(all, "posix", g.folder)...)
		command.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+accessKey, "ROOT_SECRET_KEY="+secretKey)
		command.Stdout, command.Stderr = &said, &said
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		if answers(host) {
			g.endpoint = "http://" + host
			break
		}
		command.Process.Kill()
		command.Wait()
	}
	if g.endpoint == "" {
		t.Fatalf("versitygw does not come up: %s", said.String())
	}
	t.Cleanup(func() {
		command.Process.Kill()
		command.Wait()
	})
	g.makeBucket(t, "trust")
	return g
}

// gatewayProgram finds versitygw, or skips the test.
func gatewayProgram(t testing.TB) string {
	t.Helper()
	program := os.Getenv("CANDOR_VERSITYGW")
	if program == "" {
		var err error
		if program, err = exec.LookPath("versitygw"); err != nil {
			t.Skip("no S3 server: CANDOR_VERSITYGW is not set, and versitygw is not in PATH")
		}
	}
	return program
}

func freePort(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func answers(host string) bool {
	for range 200 {
		if answer, err := http.Get("http://" + host + "/"); err == nil {
			answer.Body.Close()
			return strings.Contains(answer.Header.Get("Server"), "VERSITY")
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

func (g *gateway) makeBucket(t testing.TB, name string) {
	t.Helper()
	var err error
	g.client, err = minio.New(strings.TrimPrefix(g.endpoint, "http://"), &minio.Options{Creds: credentials.NewStaticV4(accessKey, secretKey, "")})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := g.client.MakeBucket(ctx, name, minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}`, name)
	if err := g.client.SetBucketPolicy(ctx, name, policy); err != nil {
		t.Fatal(err)
	}
}

// environment is what a command on this machine would know.
func environment(name string) string {
	return map[string]string{"AWS_ACCESS_KEY_ID": accessKey, "AWS_SECRET_ACCESS_KEY": secretKey}[name]
}

func (g *gateway) options() bucket.Options {
	return bucket.Options{Endpoint: g.endpoint, Getenv: environment, Now: time.Now}
}

func (g *gateway) open(t testing.TB, address string, o bucket.Options) *bucket.Bucket {
	t.Helper()
	b, err := bucket.Open(context.Background(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// url is where readers find a file.
func (g *gateway) url(address, path string) string {
	u, err := url.Parse(g.endpoint)
	if err != nil {
		return ""
	}
	u.Path = "/" + strings.TrimPrefix(address, "s3://") + "/" + path
	return u.String()
}

// get is what a reader's browser does.
func get(address string) (*http.Response, []byte, error) {
	answer, err := http.Get(address)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	return answer, data, err
}

// requests counts the lines of the log for an operation, such as "s3_PutObject", that were answered with 200, and whose URL has a part.
func (g *gateway) requests(t testing.TB, operation, part string) int {
	t.Helper()
	file, err := os.Open(g.log)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if strings.Contains(line, " "+operation+" ") && strings.Contains(line, " 200 ") && strings.Contains(line, part) {
			n++
		}
	}
	return n
}

// TestBucketIsTheSite publishes a site with odd names into a real bucket and reads it as readers do: every file by its URL, with its headers; then again, and again
// for headers alone.
func TestBucketIsTheSite(t *testing.T) {
	g := startGateway(t)
	s := oddSite()
	drawn := s.draw()
	b := g.open(t, siteAt, g.options())
	o := publish.Options{Now: time.Now, Linger: -1}
	plan, outcome := mustUpload(t, b, drawn, o)
	if !plan.First || outcome.Written != len(drawn) { // the manifest more, and _headers not
		t.Errorf("%+v", outcome)
	}
	g.reads(t, drawn, "")
	if plan, _ := mustUpload(t, b, drawn, o); !plan.Nothing() {
		t.Errorf("published twice: %+v", plan.Steps)
	}
	withGzip := g.options()
	withGzip.Gzip = true
	b = g.open(t, siteAt, withGzip)
	plan, _ = mustUpload(t, b, drawn, o)
	for _, step := range plan.Steps {
		if step.Reason != publish.Headers {
			t.Errorf("%s: %s", step.Path, step.Reason)
		}
	}
	g.reads(t, drawn, "gzip")
	s.day++
	if plan, _ = mustUpload(t, b, s.draw(), o); len(plan.Steps) != 2 { // trust.json and the manifest
		t.Errorf("the next day, with %d steps", len(plan.Steps))
	}
}

// oddSite has a page for each odd name.
func oddSite() *sketch {
	s := &sketch{pages: append([]string{""}, oddNames...), day: 1, wordy: map[string]int{}, feed: true}
	for _, name := range oddNames {
		s.pages = append(s.pages, "below/"+name)
	}
	return s
}

// reads follows the links from the front page and finds every page, with its headers.
func (g *gateway) reads(t testing.TB, want site, encoding string) {
	t.Helper()
	bare := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	front := g.url(siteAt, "index.html")
	seen := map[string]bool{front: true}
	for queue := []string{front}; len(queue) > 0; queue = queue[1:] {
		answer, data, err := get(queue[0])
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v %v", queue[0], answer, err)
		}
		path := strings.TrimPrefix(answer.Request.URL.Path, "/trust/the site/")
		if !bytes.Equal(data, want[path]) {
			t.Errorf("%q is not as in the site", path)
		}
		head, err := bare.Head(queue[0])
		if err != nil {
			t.Fatal(err)
		}
		head.Body.Close()
		hashed := strings.HasPrefix(path, "assets/")
		if h := head.Header; h.Get("Content-Type") == "" || strings.Contains(h.Get("Cache-Control"), "immutable") != hashed || h.Get("Content-Encoding") != encoding {
			t.Errorf("%q has the headers %v", path, h)
		}
		for _, to := range pageLinks(t, answer.Request.URL, data) {
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	if len(seen) < len(want)-4 { // the lists that no page links to
		t.Errorf("only %d files of %d are linked", len(seen), len(want))
	}
}
