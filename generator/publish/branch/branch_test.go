package branch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
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

var hard = site{
	"index.html": "<p>Trust\r\n", "404.html": "gone\n", "_headers": "/*\n  X-A: b\n", "assets/app.0a1b2c3d.js": "run()\r\n", ".well-known/security.txt": "Contact: mailto:a@b.example\n",
	"answers/100%/index.html": "a", "answers/c++ & more/index.html": "b", "answers/安全/index.html": "c", `answers/"quoted"/index.html`: "d", "answers/it's #1?/index.html": "e",
	"documents/white paper.pdf": "%PDF\x00\r\n\xff", "dash/-f": "f", `"q".html`: "g", "big.bin": strings.Repeat("0123456789abcdef\r\n", 20_000), "empty.txt": "", "tab é.txt": "h",
}

// The first publish makes a branch without a history; another one of the same makes no commit; one of another site makes one commit.
func TestPublish(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := b.must(hard, "git:gh-pages", publish.Options{})
	b.holds("gh-pages", hard)
	if r.Commit == "" || r.Commit != b.run(b.remote, "rev-parse", "gh-pages") || b.commits("gh-pages") != 1 || r.Outcome.Written != len(hard)+2 {
		t.Errorf("%+v, %d commits", r, b.commits("gh-pages"))
	}
	if tree := b.run(b.remote, "ls-tree", "-r", "gh-pages"); strings.Count(tree, "100644 blob") != strings.Count(tree+"\n", "\n") {
		t.Errorf("not all are plain files:\n%s", tree)
	}

	r = b.must(hard, "git:gh-pages", publish.Options{})
	if r.Commit != "" || b.commits("gh-pages") != 1 {
		t.Errorf("nothing changed, and yet: %+v, %d commits", r, b.commits("gh-pages"))
	}
	b.must(hard, "git:"+b.remote+"#again", publish.Options{Now: func() time.Time { return noon.Add(time.Hour) }, Parallel: 1})
	if again := b.run(b.remote, "rev-parse", "again^{tree}"); again != b.run(b.remote, "rev-parse", "gh-pages^{tree}") {
		t.Error("the same site made another tree")
	}

	next := maps.Clone(hard)
	delete(next, "dash/-f")
	delete(next, "empty.txt")
	next["index.html"], next["empty.txt/now/a folder"], next["dash"] = "<p>More trust\n", "i", "a file in the place of a folder"
	next["trust.json"] = facts("2026-11-24", address)
	r = b.must(next, "git:origin#gh-pages", publish.Options{})
	b.holds("gh-pages", next)
	if b.commits("gh-pages") != 2 || r.Outcome.Deleted != 2 {
		t.Errorf("%+v, %d commits", r.Outcome, b.commits("gh-pages"))
	}
	message := b.run(b.remote, "log", "-1", "--format=%an <%ae>%n%B", "gh-pages")
	want := "Ada <ada@fernlight.example>\npublish https://trust.fernlight.example as of 2026-11-24\n\nfiles: 2 added, 3 changed, 2 deleted\ncontent: c0ffee\n"
	if message+"\n" != want && message != want {
		t.Errorf("%q", message)
	}
}

// The user's work is left alone: what is staged, stashed, changed and not yet known to git, HEAD and every local branch.
func TestUserIsLeftAlone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("work/content/stashed.yaml", "a")
	b.run(b.work, "add", ".")
	b.run(b.work, "stash", "-q")
	b.write("work/content/staged.yaml", "a")
	b.run(b.work, "add", ".")
	b.write("work/content/site.yaml", "changed")
	b.write("work/content/new.yaml", "untracked")
	b.run(b.work, "branch", "gh-pages") // a local branch of the name that is published to
	state := func() string {
		index, err := os.ReadFile(filepath.Join(b.work, ".git/index"))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x\n", sha256.Sum256(index)) + b.run(b.work, "status", "--porcelain=v2", "--branch", "--show-stash") + b.run(b.work, "for-each-ref", "refs/heads", "refs/tags", "refs/stash") +
			b.run(b.work, "config", "--local", "--list") + fmt.Sprint(exists(b.work, ".git/FETCH_HEAD"), exists(b.work, ".git/shallow"), exists(b.work, ".git/sharedindex"))
	}
	before := state()
	b.must(hard, "git:gh-pages", publish.Options{})
	b.push("gh-pages", map[string]string{"CNAME": "trust.fernlight.example\n"})
	more := maps.Clone(hard)
	more["more.html"] = "more"
	b.must(more, "git:gh-pages", publish.Options{})
	b.holds("gh-pages", more, "CNAME")
	if after := state(); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if left, _ := filepath.Glob(filepath.Join(b.folder, "candor-branch-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if fsck := b.run(b.work, "fsck", "--strict"); strings.Contains(fsck, "error") {
		t.Error(fsck)
	}
}

func exists(parts ...string) bool {
	_, err := os.Lstat(filepath.Join(parts...))
	return err == nil
}

// What the user, or a repository, has set for text, attributes, programs, hooks of indexes and pushing has no say in the bytes.
func TestSettingsHaveNoSay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	marker := filepath.Join(b.folder, "marker")
	b.write("attributes", "* text eol=crlf ident filter=upper working-tree-encoding=UTF-16\n")
	b.write("work/.gitattributes", "* text eol=crlf filter=upper\n")
	b.write("work/.git/info/attributes", "* text eol=crlf filter=upper\n")
	b.write("work/.git/hooks/post-index-change", "#!/bin/sh\ntouch "+marker+"\n")
	b.write("work/.git/hooks/pre-commit", "#!/bin/sh\ntouch "+marker+"\nexit 1\n")
	os.Chmod(filepath.Join(b.work, ".git/hooks/post-index-change"), 0o755)
	os.Chmod(filepath.Join(b.work, ".git/hooks/pre-commit"), 0o755)
	b.write("work/.git/config", b.read("work/.git/config")+"[core]\nautocrlf=true\neol=crlf\nsafecrlf=true\nignoreCase=true\nprecomposeUnicode=true\nsplitIndex=true\nfsmonitor=true\nsparseCheckout=true\n"+
		"fileMode=false\nattributesFile="+filepath.Join(b.folder, "attributes")+"\nexcludesFile="+filepath.Join(b.folder, "excludes")+"\n[filter \"upper\"]\nclean=tr a-z A-Z\n[index]\nsparse=true\n"+
		"[i18n]\ncommitEncoding=ISO-8859-1\n[fetch]\nprune=true\nwriteCommitGraph=true\n[push]\nfollowTags=true\nrecurseSubmodules=check\n[submodule]\nrecurse=true\n")
	b.write("excludes", "*\n")
	// a program is run by git where a hook, or a script that calls it, has set these
	b.env = append(b.env, "GIT_DIR="+b.folder, "GIT_INDEX_FILE=index", "GIT_WORK_TREE=/", "GIT_OBJECT_DIRECTORY=/nowhere", "LANGUAGE=de")
	with := b.options()
	b.env = b.env[:len(b.env)-5]
	names := maps.Clone(hard)
	names["Answers/one.html"], names["answers/One.html"], names["cafe\u0301.txt"], names["caf\u00e9.txt"] = "1", "2", "3", "4"
	if _, err := b.publishWith(with, names, "git:gh-pages", publish.Options{}); err != nil {
		t.Fatal(err)
	}
	b.holds("gh-pages", names)
	if exists(marker) {
		t.Error("a hook of the user's working tree ran")
	}
	b.push("gh-pages", map[string]string{".gitattributes": "* text eol=crlf\n"})
	more := maps.Clone(names)
	more["index.html"] = "two\r\nlines\r\n"
	b.must(more, "git:gh-pages", publish.Options{})
	b.holds("gh-pages", more, ".gitattributes")
}

// What others keep in the branch stays, and is neither counted nor in the way; what is a site of somebody's is refused until told otherwise.
func TestOthers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.push("gh-pages", map[string]string{"CNAME": "trust.fernlight.example\n", "README.md": "our pages\n", ".nojekyll": "mine\n"})
	b.must(hard, "git:gh-pages", publish.Options{})
	got := b.there("gh-pages")
	if got["CNAME"] != "trust.fernlight.example\n" || got[".nojekyll"] != "mine\n" || got["index.html"] != hard["index.html"] {
		t.Errorf("%.40q %.40q", got["CNAME"], got[".nojekyll"])
	}
	b.push("gh-pages", map[string]string{"blog/post.html": "mine", "assets/old.js": "mine"})
	less := maps.Clone(hard)
	delete(less, "big.bin")
	b.must(less, "git:gh-pages", publish.Options{})
	if got := b.there("gh-pages"); got["blog/post.html"] != "mine" || got["assets/old.js"] != "mine" || got["big.bin"] != "" {
		t.Errorf("%q", slices.Sorted(maps.Keys(got)))
	}

	b.push("site", map[string]string{"index.html": "another site", "docs/a.html": "a"})
	before := b.run(b.remote, "rev-parse", "site")
	if _, err := b.publish(hard, "git:site", publish.Options{}); !publish.Is(err, publish.KindForeign) {
		t.Errorf("a branch with another site: %v", err)
	}
	if _, err := b.publish(hard, "git:site", publish.Options{Foreign: publish.Beside}); !publish.Is(err, publish.KindCollision) {
		t.Errorf("a branch with another front page: %v", err)
	}
	if b.run(b.remote, "rev-parse", "site") != before {
		t.Error("a refusal changed the branch")
	}
	b.must(hard, "git:site", publish.Options{Foreign: publish.Replace})
	b.holds("site", hard, "docs/a.html")
	if _, err := b.publish(hard, "git:main", publish.Options{}); !publish.Is(err, publish.KindForeign) {
		t.Errorf("the branch with the content: %v", err)
	}
}

// A site of another address and an older one are refused.
func TestRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.must(hard, "git:gh-pages", publish.Options{})
	for want, trust := range map[publish.Kind]string{publish.KindOtherSite: facts("2026-11-23", "https://other.example"), publish.KindOlder: facts("2026-11-22", address)} {
		other := maps.Clone(hard)
		other["trust.json"] = trust
		if _, err := b.publish(other, "git:gh-pages", publish.Options{}); !publish.Is(err, want) {
			t.Errorf("%s: %v", trust, err)
		}
	}
	b.holds("gh-pages", hard)
}

// A folder of others does not give way to a file, nor a file to a folder, and a link is not written through.
func TestCollisions(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.push("site", map[string]string{"docs": "mine"})
	b.push("site", map[string]string{"a/page.html/deep/x": "mine"})
	for _, page := range []string{"docs/page.html", "a/page.html"} {
		if _, err := b.publish(site{"index.html": "1", page: "ours"}, "git:site", publish.Options{Foreign: publish.Replace}); !publish.Is(err, publish.KindCollision) {
			t.Errorf("%s: %v", page, err)
		}
	}
	if b.commits("site") != 2 {
		t.Error("something was published")
	}
}

// A hand that changed a page in the branch, or made it a program, is mended.
func TestAlteredThere(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.must(hard, "git:gh-pages", publish.Options{})
	b.push("gh-pages", map[string]string{"index.html": "by hand", "100755 404.html": hard["404.html"], "120000 link": "/etc/passwd"})
	r := b.must(hard, "git:gh-pages", publish.Options{})
	b.holds("gh-pages", hard, "link")
	if mode := b.run(b.remote, "ls-tree", "gh-pages", "404.html"); !strings.HasPrefix(mode, "100644") || r.Outcome.Written != 2 {
		t.Errorf("%s, %+v", mode, r.Outcome)
	}
}

// An address needs no repository around the site folder, and brings no more than the last commit.
func TestAddress(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	alone := filepath.Join(b.folder, "alone")
	if err := os.Mkdir(alone, 0o755); err != nil {
		t.Fatal(err)
	}
	with := b.options()
	with.Folder = alone
	for i, place := range []string{"git:file://" + b.remote + "#gh-pages", "git:../remote.git#gh-pages"} {
		s := maps.Clone(hard)
		s["index.html"] = fmt.Sprint(i)
		if _, err := b.publishWith(with, s, place, publish.Options{}); err != nil {
			t.Fatal(err)
		}
		b.holds("gh-pages", s)
		if b.commits("gh-pages") != i+1 {
			t.Errorf("%d commits after %s", b.commits("gh-pages"), place)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(b.folder, "candor-branch-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	_, err := b.publishWith(with, hard, "git:gh-pages", publish.Options{})
	if err == nil || !strings.Contains(err.Error(), "git finds none") {
		t.Errorf("no repository: %v", err)
	}
	_, err = b.publishWith(with, hard, "git:../nowhere.git#gh-pages", publish.Options{})
	if err == nil || !strings.Contains(err.Error(), "cannot read") || !strings.Contains(err.Error(), "git: fatal:") {
		t.Errorf("no such repository: %v", err)
	}
}

// Repositories come in many shapes.
func TestShapes(t *testing.T) {
	t.Parallel()
	shapes := map[string]func(b *bench) Options{
		"a worktree": func(b *bench) Options {
			b.run(b.work, "worktree", "add", "-q", filepath.Join(b.folder, "tree"))
			o := b.options()
			o.Folder = filepath.Join(b.folder, "tree", "content")
			return o
		},
		"a bare repository": func(b *bench) Options {
			b.run(b.folder, "clone", "-q", "--bare", b.remote, "bare.git")
			o := b.options()
			o.Folder = filepath.Join(b.folder, "bare.git")
			return o
		},
		"a shallow clone": func(b *bench) Options {
			b.run(b.folder, "clone", "-q", "--depth=1", "--branch=main", "file://"+b.remote, "shallow")
			o := b.options()
			o.Folder = filepath.Join(b.folder, "shallow")
			return o
		},
		"a clone without blobs": func(b *bench) Options {
			b.run(b.remote, "config", "uploadpack.allowFilter", "true")
			b.run(b.folder, "clone", "-q", "--filter=blob:none", "--no-checkout", "file://"+b.remote, "partial")
			o := b.options()
			o.Folder = filepath.Join(b.folder, "partial")
			return o
		},
		"a submodule": func(b *bench) Options {
			b.run(b.folder, "init", "-q", "super")
			b.run(filepath.Join(b.folder, "super"), "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", b.remote, "site")
			o := b.options()
			o.Folder = filepath.Join(b.folder, "super", "site", "content")
			return o
		},
	}
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			with := shapes[name](b)
			b.push("gh-pages", map[string]string{"CNAME": "x"})
			small := site{"index.html": "1"}
			if _, err := b.publishWith(with, small, "git:gh-pages", publish.Options{}); err != nil {
				t.Fatal(err)
			}
			b.holds("gh-pages", small, "CNAME")
			if b.commits("gh-pages") != 2 {
				t.Errorf("%d commits", b.commits("gh-pages"))
			}
		})
	}
}

// A repository may name its objects by SHA-256.
func TestSHA256(t *testing.T) {
	t.Parallel()
	b := makeBench(t, t.TempDir(), "--object-format=sha256")
	b.must(hard, "git:gh-pages", publish.Options{})
	if r := b.must(hard, "git:"+b.remote+"#gh-pages", publish.Options{}); r.Commit != "" {
		t.Error("the same site made another commit")
	}
	b.holds("gh-pages", hard)
}

// An asset outlives the pages that used it: hosts keep pages for minutes.
func TestRetired(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	old, next := site{"index.html": "1", "assets/app.0a1b2c3d.js": "old"}, site{"index.html": "2", "assets/app.ffffffff.js": "new"}
	b.must(old, "git:gh-pages", publish.Options{})
	b.must(next, "git:gh-pages", publish.Options{})
	b.holds("gh-pages", next, "assets/app.0a1b2c3d.js")
	later := func() time.Time { return noon.Add(2 * time.Hour) }
	b.must(next, "git:gh-pages", publish.Options{Now: later})
	b.holds("gh-pages", next)
	if r := b.must(next, "git:gh-pages", publish.Options{Now: later}); r.Commit != "" {
		t.Error("nothing was left to do, and yet there is a commit")
	}
}

// words asserts that an error is for a person: it says this, and is of this package.
func words(t *testing.T, err error, wanted ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one with %q", wanted)
	}
	for _, want := range wanted {
		hint := ""
		if e, ok := errors.AsType[*Error](err); ok {
			hint = e.Hint
		}
		if !strings.Contains(err.Error()+"\n"+hint, want) {
			t.Errorf("%q is not in %v\nhint: %s", want, err, hint)
		}
	}
}

func TestTrouble(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	small := site{"index.html": "1"}
	o := b.options()
	o.Git = ""
	_, err := b.publishWith(o, small, "git:gh-pages", publish.Options{})
	words(t, err, "no git in PATH", "install git")

	o = b.options()
	o.Env = slices.DeleteFunc(slices.Clone(o.Env), func(v string) bool { return strings.HasPrefix(v, "HOME=") })
	_, err = b.publishWith(o, small, "git:gh-pages", publish.Options{})
	words(t, err, "does not know who publishes", "git config --global user.name")
	o.Env = append(o.Env, "GIT_AUTHOR_NAME=Bo", "GIT_AUTHOR_EMAIL=bo@b.example", "GIT_COMMITTER_NAME=Bo", "GIT_COMMITTER_EMAIL=bo@b.example")
	if _, err = b.publishWith(o, small, "git:gh-pages", publish.Options{}); err != nil {
		t.Errorf("an author from the environment: %v", err)
	}

	_, err = b.publish(small, "git:origin/gh-pages", publish.Options{})
	words(t, err, `branch "gh-pages" of remote "origin"`, "git:origin#gh-pages")
	_, err = b.publish(small, "git:upstream#gh-pages", publish.Options{})
	words(t, err, `no remote "upstream"`, "the repository has origin")
	_, err = b.publish(small, "git:a..b", publish.Options{})
	words(t, err, `"a..b" is no name of a branch`)

	b.write("remote.git/hooks/pre-receive", "#!/bin/sh\necho 'GH006: Protected branch update failed for refs/heads/locked.' >&2\nexit 1\n")
	os.Chmod(filepath.Join(b.remote, "hooks/pre-receive"), 0o755)
	_, err = b.publish(small, "git:locked", publish.Options{})
	words(t, err, `did not push to branch "locked" of "origin"`, "pre-receive hook declined", "git: remote: GH006: Protected branch update failed", "the host protects the branch")
	if b.has("locked") {
		t.Error("the branch is there")
	}
	os.Remove(filepath.Join(b.remote, "hooks/pre-receive"))

	b.write("work/.git/hooks/pre-push", "#!/bin/sh\necho 'ask Bo first' >&2\nexit 1\n")
	os.Chmod(filepath.Join(b.work, ".git/hooks/pre-push"), 0o755)
	_, err = b.publish(small, "git:hooked", publish.Options{})
	words(t, err, "ask Bo first")
	os.Remove(filepath.Join(b.work, ".git/hooks/pre-push"))

	b.run(b.work, "remote", "add", "second", b.remote)
	b.run(b.work, "remote", "rename", "origin", "first")
	_, err = b.publish(small, "git:two", publish.Options{})
	words(t, err, "which remote", "git:first#two")
	b.run(b.work, "config", "remote.pushDefault", "second")
	b.must(small, "git:two", publish.Options{})
	b.run(b.work, "remote", "remove", "first")
	b.run(b.work, "remote", "remove", "second")
	_, err = b.publish(small, "git:two", publish.Options{})
	words(t, err, "no remote to push to", "git remote add origin URL")
	_, err = b.publish(small, "git:"+b.work+"#main", publish.Options{Foreign: publish.Beside})
	words(t, err, "checked out", "publish to another branch")
}

// The password of an address is in no message.
func TestSecretStaysSecret(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	_, err := b.publish(site{"index.html": "1"}, "git:http://user:hunter2@127.0.0.1:9/x.git#gh-pages", publish.Options{})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
}

// What was published is the bytes of the manifest, also for a file that changes while it is published.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	files := fstest.MapFS{}
	for name, data := range hard.files() {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	s, err := publish.Open(files, "public")
	if err != nil {
		t.Fatal(err)
	}
	files["index.html"].Data = bytes.ToUpper(files["index.html"].Data)
	store, err := Open(context.Background(), Place{Branch: "gh-pages"}, b.options())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	o := publish.Options{Now: func() time.Time { return noon }}
	there, err := publish.Look(context.Background(), store, o)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := publish.NewPlan(s, there, store.Manner(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Run(context.Background(), Job{Site: s, Plan: plan, Options: o}); !publish.Is(err, publish.KindEdited) {
		t.Errorf("%v", err)
	}
	if b.has("gh-pages") {
		t.Error("something was published")
	}
}
