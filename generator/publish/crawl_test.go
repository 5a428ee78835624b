package publish_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/generator/publish"
	"candor/generator/publish/bucket"
	"candor/generator/publish/folder"
)

// TestMain makes of this program one that publishes, when it is asked to, so that a test can kill it.
func TestMain(m *testing.M) {
	if from := os.Getenv("CANDOR_TEST_PUBLISH"); from != "" {
		if err := publishAsChild(from, os.Getenv("CANDOR_TEST_TO")); err != nil {
			fmt.Println(err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const childLinger = 60 * time.Millisecond

// publishAsChild publishes a folder, and says so after each step.
func publishAsChild(from, to string) error {
	var store publish.Store
	var err error
	if strings.HasPrefix(to, bucket.Scheme) {
		store, err = bucket.Open(context.Background(), to, bucket.Options{Endpoint: os.Getenv("CANDOR_TEST_ENDPOINT"), Getenv: environment, Now: time.Now})
	} else {
		store, err = folder.Open(to, folder.Options{})
	}
	if err != nil {
		return err
	}
	s, err := publish.Open(os.DirFS(from), from)
	if err != nil {
		return err
	}
	_, _, err = upload(store, s, publish.Options{Now: time.Now, Linger: childLinger, Progress: func(p publish.Progress) { fmt.Println("step", p.Done) }})
	return err
}

// killed runs the child and kills it some steps on; it reports whether the child came to its end first.
func killed(t *testing.T, from, to, endpoint string, steps int, later time.Duration) bool {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program)
	command.Env = append(os.Environ(), "CANDOR_TEST_PUBLISH="+from, "CANDOR_TEST_TO="+to, "CANDOR_TEST_ENDPOINT="+endpoint)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range steps {
		if !lines.Scan() {
			break
		}
		if text := lines.Text(); !strings.HasPrefix(text, "step ") {
			t.Errorf("the child says %q", text)
		}
	}
	if steps >= 0 {
		time.Sleep(later)
		command.Process.Kill()
	}
	for lines.Scan() {
	}
	err = command.Wait()
	if code := command.ProcessState.ExitCode(); err != nil && code != -1 {
		t.Fatalf("the child ended with %d", code)
	}
	return err == nil
}

// pageLinks gives what a page links to, as URLs.
func pageLinks(t testing.TB, at *url.URL, data []byte) []string {
	if !strings.HasSuffix(at.Path, ".html") {
		return nil
	}
	var out []string
	for _, path := range readLinks(t, strings.TrimPrefix(at.Path, "/"), data) {
		out = append(out, (&url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/" + path}).String())
	}
	return out
}

// A crawler follows every link from the front page, over and over.
type crawler struct {
	front string
	stop  chan struct{}

	mu            sync.Mutex
	rounds, pages int
	broken        []string
	late          int // links of pages that had changed since they were read, longer ago than a reader is given
}

func (c *crawler) run(t testing.TB) {
	for {
		select {
		case <-c.stop:
			return
		default:
		}
		c.round(t)
	}
}

type found struct {
	from, to string
	at       time.Time // when the page with the link was read
}

func (c *crawler) round(t testing.TB) {
	seen := map[string]bool{c.front: true}
	n := 0
	for queue := []found{{"", c.front, time.Now()}}; len(queue) > 0; queue = queue[1:] {
		link := queue[0]
		time.Sleep(200 * time.Microsecond) // the others need the machine too
		answer, data, err := get(link.to)
		now := time.Now()
		n++
		switch {
		case err != nil:
			c.fault(fmt.Sprintf("%s: %v", link.to, err))
		case answer.StatusCode == http.StatusOK:
			for _, to := range pageLinks(t, answer.Request.URL, data) {
				if !seen[to] {
					seen[to] = true
					queue = append(queue, found{link.to, to, now})
				}
			}
		default:
			c.missing(t, link, answer.StatusCode)
		}
	}
	c.mu.Lock()
	c.rounds++
	c.pages += n
	c.mu.Unlock()
}

// missing judges a link that leads nowhere: it is broken when its page still has it, or when the reader was quick.
func (c *crawler) missing(t testing.TB, link found, status int) {
	quick := time.Since(link.at) < childLinger
	answer, data, err := get(link.from)
	still := err == nil && answer.StatusCode == http.StatusOK && slices.Contains(pageLinks(t, answer.Request.URL, data), link.to)
	if quick || still {
		c.fault(fmt.Sprintf("%s -> %s: %d (the page still links: %t)", link.from, link.to, status, still))
		return
	}
	c.mu.Lock()
	c.late++
	c.mu.Unlock()
}

func (c *crawler) fault(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.broken = append(c.broken, text)
}

// crawlWhile runs a crawler while something is done.
func crawlWhile(t *testing.T, front string, do func()) {
	c := &crawler{front: front, stop: make(chan struct{})}
	var group sync.WaitGroup
	group.Go(func() { c.run(t) })
	do()
	close(c.stop)
	group.Wait()
	t.Logf("%d rounds, %d requests, %d links of pages that had changed", c.rounds, c.pages, c.late)
	if len(c.broken) > 0 {
		t.Errorf("%d links were broken, such as %s", len(c.broken), c.broken[0])
	}
	if c.rounds < 5 {
		t.Errorf("only %d rounds", c.rounds)
	}
}

// write puts a site into a folder, with its manifest.
func (s site) write(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for path, file := range s.files() {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestNoCrawlerSeesABrokenLink publishes sites over each other into a real bucket and into a folder, in a process that is killed again and again, while a crawler
// follows every link.
func TestNoCrawlerSeesABrokenLink(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if given := os.Getenv("CANDOR_SEED"); given != "" {
		if _, err := fmt.Sscan(given, &seed); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("CANDOR_SEED=%d", seed)
	r := rand.New(rand.NewPCG(seed, 3))
	s := newSketch(r)
	for i := range 30 {
		s.add(r, 1000+i)
	}
	var sites []site
	for range 25 {
		sites = append(sites, s.draw())
		s = s.next(r).next(r)
		s.styles++ // so that every page changes
	}
	t.Run("bucket", func(t *testing.T) { killOverBucket(t, r, sites) })
	t.Run("folder", func(t *testing.T) { killOverFolder(t, r, sites) })
}

func killOverBucket(t *testing.T, r *rand.Rand, sites []site) {
	g := startGateway(t)
	killed(t, sites[0].write(t), siteAt, g.endpoint, -1, 0)
	once := newMemory()
	mustUpload(t, once, sites[0], options(0))
	puts := func() int {
		return g.requests(t, "s3_PutObject", "") - g.requests(t, "s3_PutObject", publish.StatePath)
	}
	before, last := puts(), sites[0]
	once.done = nil
	crawlWhile(t, g.url(siteAt, "index.html"), func() {
		kills := 0
		for _, last = range sites[1:] {
			kills += killOften(t, r, last.write(t), siteAt, g.endpoint, 1000)
			mustUpload(t, once, last, options(0))
			if kills >= 20 {
				break
			}
		}
		t.Logf("killed %d times", kills)
		if kills < 20 {
			t.Errorf("killed %d times only", kills)
		}
	})
	g.holds(t, last)
	ideal := len(slices.DeleteFunc(once.done, func(path string) bool { return path == publish.StatePath }))
	made := puts() - before
	t.Logf("%d uploads, where runs that are not killed make %d", made, ideal)
	if made > ideal+ideal/4 {
		t.Errorf("%d uploads, where runs that are not killed make %d", made, ideal)
	}
}

// killOverFolder gives up some sites in the middle and goes on with the next.
func killOverFolder(t *testing.T, r *rand.Rand, sites []site) {
	to := filepath.Join(t.TempDir(), "www")
	killed(t, sites[0].write(t), to, "", -1, 0)
	last := sites[0]
	crawlWhile(t, serve(t, to)+"/index.html", func() {
		kills := 0
		for _, last = range sites[1:] {
			kills += killOften(t, r, last.write(t), to, "", 1+r.IntN(8))
			if kills >= 20 {
				break
			}
		}
		t.Logf("killed %d times", kills)
		if kills < 20 {
			t.Errorf("killed %d times only", kills)
		}
		killed(t, last.write(t), to, "", -1, 0)
	})
	for path, data := range last {
		if is, err := os.ReadFile(filepath.Join(to, filepath.FromSlash(path))); err != nil || string(is) != string(data) {
			t.Errorf("%q is not as in the site: %v", path, err)
		}
	}
}

// killOften publishes and kills until a run comes to its end, or so many did not, and counts these.
func killOften(t *testing.T, r *rand.Rand, from, to, endpoint string, most int) (kills int) {
	for kills < most && !killed(t, from, to, endpoint, r.IntN(7), time.Duration(r.IntN(8000))*time.Microsecond) {
		kills++
	}
	return kills
}

// holds compares a bucket with a site.
func (g *gateway) holds(t testing.TB, want site) {
	t.Helper()
	there, err := publish.Look(context.Background(), g.open(t, siteAt, g.options()), publish.Options{Now: time.Now, Thorough: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range there.Ours {
		if _, is := want[e.Path]; !is && e.Since.IsZero() && e.Path != "SHA256SUMS" {
			t.Errorf("%q is there still", e.Path)
		}
	}
	for path, data := range want {
		_, is, err := get(g.url(siteAt, path))
		if path != "_headers" && (err != nil || string(is) != string(data)) {
			t.Errorf("%q is not as in the site", path)
		}
	}
}

// serve serves a folder as simple web servers do.
func serve(t testing.TB, dir string) string {
	t.Helper()
	host := freePort(t)
	server := &http.Server{Addr: host, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Write(data)
	})}
	go server.ListenAndServe()
	t.Cleanup(func() { server.Close() })
	for range 100 {
		if _, _, err := get("http://" + host + "/"); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return "http://" + host
}
