package branch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candor/generator/publish"
)

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
