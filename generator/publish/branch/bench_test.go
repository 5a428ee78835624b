package branch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"candor/generator/publish"
)

// A bench is a remote repository, a clone of it with a site folder in it, and somebody who works there.
type bench struct {
	t      testing.TB
	folder string
	remote string // a bare repository
	work   string // a clone of it
	env    []string
	git    string
}

// quick are settings that spare tests the housekeeping of git.
const quick = "[user]\n\tname = Ada\n\temail = ada@fernlight.example\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n[core]\n\tfsync = none\n"

var (
	makeFirst sync.Once
	first     string // a folder with a bench that others are copied from
)

func newBench(t testing.TB) *bench {
	t.Helper()
	makeFirst.Do(func() {
		dir, err := os.MkdirTemp("", "candor-bench-")
		if err != nil {
			t.Fatal(err)
		}
		first = dir
		makeBench(t, dir)
	})
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(first)); err != nil {
		t.Fatal(err)
	}
	b := benchIn(t, dir)
	b.write("work/.git/config", strings.ReplaceAll(b.read("work/.git/config"), first, dir))
	return b
}

// TestMain lets this binary be the publish that is killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv(killed); folder != "" {
		os.Exit(publishToBeKilled(folder))
	}
	code := m.Run()
	os.RemoveAll(first)
	os.Exit(code)
}

func benchIn(t testing.TB, dir string) *bench {
	t.Helper()
	program, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git here: publishing to a branch is not tested")
	}
	b := &bench{t: t, folder: dir, remote: filepath.Join(dir, "remote.git"), work: filepath.Join(dir, "work"), git: program}
	b.env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "GIT_CONFIG_NOSYSTEM=1", "TMPDIR=" + dir}
	return b
}

func makeBench(t testing.TB, dir string, initOptions ...string) *bench {
	t.Helper()
	b := benchIn(t, dir)
	b.write(".gitconfig", quick)
	b.run(dir, append(append([]string{"init", "-q", "--bare"}, initOptions...), b.remote)...)
	b.run(dir, append(append([]string{"init", "-q"}, initOptions...), b.work)...)
	b.run(b.work, "remote", "add", "origin", b.remote)
	b.write("work/content/site.yaml", "name: Fernlight\n")
	b.run(b.work, "add", ".")
	b.run(b.work, "commit", "-qm", "content")
	b.run(b.work, "push", "-q", "origin", "HEAD:main")
	return b
}

func (b *bench) read(name string) string {
	b.t.Helper()
	data, err := os.ReadFile(filepath.Join(b.folder, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(data)
}

func (b *bench) write(name, text string) {
	b.t.Helper()
	name = filepath.Join(b.folder, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// run runs git in a folder and gives what it printed.
func (b *bench) run(dir string, args ...string) string {
	b.t.Helper()
	cmd := exec.Command(b.git, args...)
	cmd.Dir, cmd.Env = dir, b.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimRight(string(out), "\n")
}

func (b *bench) options() Options {
	return Options{Git: b.git, Env: b.env, Folder: b.work, Temp: b.folder}
}

// push puts files onto a branch of the remote, as somebody else does. A name may begin with a mode and a space.
func (b *bench) push(branch string, files map[string]string) {
	b.t.Helper()
	in := "commit refs/heads/" + branch + "\ncommitter Bo <bo@b.example> 1790000000 +0000\ndata 0\n"
	if b.has(branch) {
		in += "from refs/heads/" + branch + "^0\n"
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		mode, path, given := strings.Cut(name, " ")
		if !given {
			mode, path = "100644", name
		}
		in += fmt.Sprintf("M %s inline %s\ndata %d\n%s\n", mode, path, len(files[name]), files[name])
	}
	cmd := exec.Command(b.git, "fast-import", "--quiet")
	cmd.Dir, cmd.Env, cmd.Stdin = b.remote, b.env, strings.NewReader(in)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.t.Fatalf("%v\n%s", err, out)
	}
}

func (b *bench) has(branch string) bool {
	return exists(b.remote, "refs/heads", branch)
}

// there gives what the branch of the remote holds, candor's record aside.
func (b *bench) there(branch string) map[string]string {
	b.t.Helper()
	files := map[string]string{}
	if !b.has(branch) {
		return files
	}
	names := strings.Split(strings.TrimSuffix(b.run(b.remote, "ls-tree", "-r", "-z", "--name-only", branch), "\x00"), "\x00")
	cmd := exec.Command(b.git, "cat-file", "--batch=%(objectsize)")
	cmd.Dir, cmd.Env, cmd.Stdin = b.remote, b.env, strings.NewReader(branch+":"+strings.Join(names, "\n"+branch+":")+"\n")
	out, err := cmd.Output()
	if err != nil {
		b.t.Fatal(err)
	}
	for _, name := range names {
		line, rest, _ := bytes.Cut(out, []byte("\n"))
		size, err := strconv.Atoi(string(line))
		if err != nil {
			b.t.Fatalf("%s: %s", name, line)
		}
		if name != publish.StatePath {
			files[name] = string(rest[:size])
		}
		out = rest[size+1:]
	}
	return files
}

func (b *bench) commits(branch string) int {
	if !b.has(branch) {
		return 0
	}
	return strings.Count(b.run(b.remote, "rev-list", branch)+"\n", "\n")
}

// A site is the files of one; those that publishing needs are added.
type site map[string]string

const address = "https://trust.fernlight.example"

func (s site) open(t testing.TB) *publish.Site {
	t.Helper()
	files := fstest.MapFS{}
	for name, data := range s.files() {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	opened, err := publish.Open(files, "public")
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// files gives the site with trust.json and its manifest.
func (s site) files() map[string]string {
	all := maps.Clone(s)
	if all["trust.json"] == "" {
		all["trust.json"] = facts("2026-11-23", address)
	}
	manifest := "# written by candor; check with: sha256sum -c SHA256SUMS\n"
	for _, name := range slices.Sorted(maps.Keys(all)) {
		manifest += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(all[name])), name)
	}
	all["SHA256SUMS"] = manifest
	return all
}

func facts(day, address string) string {
	return fmt.Sprintf(`{"site": {"base_url": %q, "built_on": %q, "content_hash": "c0ffee"}}`, address, day)
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// publish does what the command does.
func (b *bench) publish(s site, place string, o publish.Options) (Result, error) {
	b.t.Helper()
	return b.publishWith(b.options(), s, place, o)
}

func (b *bench) publishWith(with Options, s site, place string, o publish.Options) (Result, error) {
	p, err := ParsePlace(place)
	if err != nil {
		b.t.Fatal(err)
	}
	ctx := context.Background()
	store, err := Open(ctx, p, with)
	if err != nil {
		return Result{}, err
	}
	defer store.Close()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	opened := s.open(b.t)
	again := func(ctx context.Context) (*publish.Plan, error) {
		there, err := publish.Look(ctx, store, o)
		if err != nil {
			return nil, err
		}
		return publish.NewPlan(opened, there, store.Manner(), o)
	}
	plan, err := again(ctx)
	if err != nil {
		return Result{}, err
	}
	return store.Run(ctx, Job{Site: opened, Plan: plan, Again: again, Options: o})
}

// must publishes and gives what came of it.
func (b *bench) must(s site, place string, o publish.Options) Result {
	b.t.Helper()
	r, err := b.publish(s, place, o)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// holds says what differs between a branch and a site with some files beside it.
func (b *bench) holds(branch string, s site, beside ...string) {
	b.t.Helper()
	want := s.files()
	want[".nojekyll"] = ""
	got := b.there(branch)
	for _, name := range beside {
		if _, ok := got[name]; !ok {
			b.t.Errorf("%s is not in the branch", name)
		}
		delete(got, name)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if data, ok := got[name]; !ok || data != want[name] {
			b.t.Errorf("%s: %.80q in the branch (%v), %.80q in the site", name, data, ok, want[name])
		}
		delete(got, name)
	}
	for name := range got {
		b.t.Errorf("%s is in the branch and not in the site", name)
	}
}
