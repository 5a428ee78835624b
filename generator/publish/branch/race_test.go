package branch

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/publish"
)

// script puts a program into the bench and gives its path.
func (b *bench) script(name, text string) string {
	b.t.Helper()
	b.write(name, "#!/bin/sh\n"+text)
	path := filepath.Join(b.folder, name)
	if err := os.Chmod(path, 0o755); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// intrude is a piece of a script that has somebody else push to the branch, once: with these files.
func (b *bench) intrude(times int, files string) string {
	b.write("stream", "commit refs/heads/gh-pages\ncommitter Bo <bo@b.example> 1790000000 +0000\ndata 0\nfrom refs/heads/gh-pages^0\n"+files)
	return fmt.Sprintf("n=$(cat %[1]s/count 2>/dev/null || echo 0)\nif [ $n -lt %[2]d ]; then\n  echo $((n+1)) >%[1]s/count\n"+
		"  env -u GIT_DIR %[3]s --git-dir=%[4]s fast-import --quiet <%[1]s/stream || exit 1\nfi\n", b.folder, times, b.git, b.remote)
}

// Somebody else pushes before this push, or while it goes on: what they pushed is built upon, and nothing of it is lost.
func TestMovedMeanwhile(t *testing.T) {
	t.Parallel()
	next := maps.Clone(hard)
	next["index.html"] = "next"
	const notes = "M 100644 inline notes.txt\ndata 5\nmine\n\n"
	for name, prepare := range map[string]func(b *bench) Options{
		"before": func(b *bench) Options {
			o := b.options()
			o.Git = b.script("git", `if [ "$1" = push ]; then `+"\n"+b.intrude(1, notes)+"fi\nexec "+b.git+` "$@"`+"\n")
			return o
		},
		"while": func(b *bench) Options {
			b.script("work/.git/hooks/pre-push", b.intrude(1, notes)+"exit 0\n")
			return b.options()
		},
	} {
		b := newBench(t)
		b.must(hard, "git:gh-pages", publish.Options{})
		r, err := b.publishWith(prepare(b), next, "git:gh-pages", publish.Options{})
		if err != nil || r.Others != 1 {
			t.Fatalf("%s: %v, %d others", name, err, r.Others)
		}
		b.holds("gh-pages", next, "notes.txt")
		if b.commits("gh-pages") != 3 {
			t.Errorf("%s: %d commits", name, b.commits("gh-pages"))
		}
	}
}

// Who pushes a newer site meanwhile has the last word, and a branch that never rests is given up.
func TestMovedTooFar(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.must(hard, "git:gh-pages", publish.Options{})
	before := b.there("gh-pages")
	next := maps.Clone(hard)
	next["index.html"] = "next"
	state := strings.ReplaceAll(b.run(b.remote, "cat-file", "blob", "gh-pages:"+publish.StatePath), "2026-11-23", "2026-11-30") + "\n"
	o := b.options()
	o.Git = b.script("git", `if [ "$1" = push ]; then `+"\n"+b.intrude(1, fmt.Sprintf("M 100644 inline %s\ndata %d\n%s\n", publish.StatePath, len(state), state))+"fi\nexec "+b.git+` "$@"`+"\n")
	if _, err := b.publishWith(o, next, "git:gh-pages", publish.Options{}); !publish.Is(err, publish.KindOlder) {
		t.Errorf("somebody published a newer site meanwhile: %v", err)
	}
	if after := b.there("gh-pages"); !maps.Equal(before, after) {
		t.Error("the newer site was written over")
	}

	o.Git = b.script("git", `if [ "$1" = push ]; then `+"\n"+b.intrude(99, "")+"fi\nexec "+b.git+` "$@"`+"\n")
	_, err := b.publishWith(o, next, "git:gh-pages", publish.Options{Older: true})
	words(t, err, "each time that a commit was ready")
}

// killed is the variable by which this binary publishes next to the bench in a folder, and is killed by the git that it runs.
const killed = "BRANCH_TEST_FOLDER"

// publishToBeKilled is the process that is killed.
func publishToBeKilled(folder string) int {
	b := benchIn(mute{}, folder)
	o := b.options()
	o.Git = filepath.Join(folder, "git")
	o.Env = append(o.Env, "DIE="+os.Getenv("DIE"), "AFTER="+os.Getenv("AFTER"))
	if _, err := b.publishWith(o, nextOf(hard), "git:gh-pages", publish.Options{}); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// A mute test is none.
type mute struct{ testing.TB }

func (mute) Helper()        {}
func (mute) Fatal(a ...any) { fmt.Println(a...); os.Exit(3) }

func nextOf(s site) site {
	next := maps.Clone(s)
	next["index.html"], next["new.html"] = "next", "new"
	delete(next, "empty.txt")
	return next
}

// A publish that is killed at any of its steps leaves the branch as it was, or with the whole new site; run again, it ends.
func TestKilled(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.must(hard, "git:gh-pages", publish.Options{})
	old := b.run(b.remote, "rev-parse", "gh-pages")
	b.script("git", `n=$(($(cat `+b.folder+`/count) + 1)); echo $n >`+b.folder+"/count\n"+
		`if [ $n = "$DIE" ]; then [ -n "$AFTER" ] && `+b.git+` "$@"; kill -9 $PPID; exit 1; fi`+"\nexec "+b.git+` "$@"`+"\n")
	run := func(die int, after string) bool {
		b.write("count", "0\n")
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killed+"="+b.folder, fmt.Sprintf("DIE=%d", die), "AFTER="+after)
		return cmd.Run() == nil
	}
	died, die := 0, 7 // before that, git is only asked
	for ; ; die++ {
		if die > 60 {
			t.Fatal("it never ends by itself")
		}
		if run(die, "") {
			break
		}
		died++
		if b.run(b.remote, "rev-parse", "gh-pages") != old {
			t.Errorf("killed before call %d of git, and the branch is another one", die)
		}
	}
	b.holds("gh-pages", nextOf(hard))
	if died < 4 {
		t.Errorf("killed only %d times: is git called through the script?", died)
	}
	b.run(b.remote, "update-ref", "refs/heads/gh-pages", old)
	if run(die-1, "yes") { // the last call is the push
		t.Error("it was not killed after the push")
	}
	b.holds("gh-pages", nextOf(hard))
	if r := b.must(nextOf(hard), "git:gh-pages", publish.Options{}); r.Commit != "" {
		t.Error("what was published was published again")
	}
}
