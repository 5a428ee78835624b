package watch

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// saves are how editors and commands write a.md, which is there, in the folder content. A save with the wrong text for its turn would not be seen by
// a reader, so the test reads the file as well.
var saves = []struct {
	name string
	save func(s *site, text string)
	// long is set where the writer pauses in the middle: on a slow machine the pause is a quiet moment, and the file rightly told twice.
	long bool
}{
	{name: "written in place", save: func(s *site, text string) { s.write("content/a.md", text) }},
	{name: "emptied, then written a moment later", long: true, save: func(s *site, text string) { // VS Code over a slow connection
		f, err := os.OpenFile(s.at("content/a.md"), os.O_WRONLY|os.O_TRUNC, 0)
		s.must(err)
		time.Sleep(30 * time.Millisecond)
		_, err = f.WriteString(text)
		s.must(err)
		s.must(f.Close())
	}},
	{name: "vim with backup", save: func(s *site, text string) { // what strace shows of :w with backupcopy=no
		s.write("content/4913", "")
		s.must(os.Remove(s.at("content/4913")))
		s.rename("content/a.md", "content/a.md~")
		s.write("content/a.md", text)
		s.must(os.Chmod(s.at("content/a.md"), 0o644))
		s.must(os.Remove(s.at("content/a.md~")))
	}},
	{name: "vim with a swap file", save: func(s *site, text string) {
		s.write("content/.a.md.swp", "swap")
		s.write("content/.a.md.swx", "")
		s.must(os.Remove(s.at("content/.a.md.swx")))
		s.write("content/a.md", text)
		s.must(os.Remove(s.at("content/.a.md.swp")))
	}},
	{name: "JetBrains", save: func(s *site, text string) {
		s.write("content/a.md___jb_tmp___", text)
		s.rename("content/a.md", "content/a.md___jb_old___")
		s.rename("content/a.md___jb_tmp___", "content/a.md")
		s.must(os.Remove(s.at("content/a.md___jb_old___")))
	}},
	{name: "Emacs", save: func(s *site, text string) {
		s.must(os.Symlink("me@here.1:2", s.at("content/.#a.md")))
		s.write("content/#a.md#", text)
		s.rename("content/a.md", "content/a.md~")
		s.write("content/a.md", text)
		s.must(os.Remove(s.at("content/#a.md#")))
		s.must(os.Remove(s.at("content/.#a.md")))
		s.must(os.Remove(s.at("content/a.md~")))
	}},
	{name: "renamed over, as gedit and Kate do", save: func(s *site, text string) {
		s.write("content/.goutputstream-X1", text)
		s.rename("content/.goutputstream-X1", "content/a.md")
	}},
	{name: "renamed over with the old time kept", save: func(s *site, text string) {
		info, err := os.Stat(s.at("content/a.md"))
		s.must(err)
		s.write("content/.new", text)
		s.must(os.Chtimes(s.at("content/.new"), info.ModTime(), info.ModTime()))
		s.rename("content/.new", "content/a.md")
	}},
	{name: "sed -i", save: func(s *site, text string) {
		s.run(".", "sed", "-i", "1s/.*/"+text+"/", "content/a.md")
	}},
}

// run runs a command in a folder of the site; the test is skipped where there is no such command.
func (s *site) run(dir, name string, args ...string) {
	s.t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		s.t.Skipf("%s is not installed", name)
	}
	cmd := exec.Command(name, args...)
	cmd.Dir = s.at(dir)
	cmd.Env = append(os.Environ(), "HOME="+s.root, "GIT_CONFIG_NOSYSTEM=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

func TestSaves(t *testing.T) {
	for _, save := range saves {
		t.Run(save.name, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, o Options) {
				s := watchSite(t, o)
				for i := range 10 {
					text := fmt.Sprintf("text %d", i)
					save.save(s, text)
					c, ok := s.next(3 * time.Second)
					if !ok {
						t.Fatalf("save %d was not told", i)
					}
					if c.All || !slices.Equal(c.Paths, []string{"content/a.md"}) {
						t.Errorf("save %d: told %q (all: %v)", i, c.Paths, c.All)
					}
					data, err := os.ReadFile(s.at("content/a.md"))
					if err != nil || !strings.HasPrefix(string(data), text) {
						t.Errorf("save %d: %q %v was there to be read when it was told", i, data, err)
					}
				}
				if c, ok := s.next(150 * time.Millisecond); ok && (!save.long || c.All || !slices.Equal(c.Paths, []string{"content/a.md"})) {
					t.Errorf("told %q (all: %v) in the end, want nothing", c.Paths, c.All)
				}
			})
		})
	}
}

// TestVim saves with vim itself, in all the ways that it can be set to.
func TestVim(t *testing.T) {
	if _, err := exec.LookPath("vim"); err != nil {
		t.Skip("vim is not installed: its system calls are in TestSaves")
	}
	for _, set := range []string{"backup backupcopy=no", "backup backupcopy=yes", "nobackup nowritebackup", "nobackup writebackup backupcopy=auto"} {
		t.Run(set, func(t *testing.T) {
			s := watchSite(t, Options{})
			for i := range 3 {
				s.run("content", "vim", "-u", "NONE", "-N", "-es", "-c", "set swapfile "+set, "-c", fmt.Sprintf("%%s/.*/text %d/", i), "-c", "wq", "a.md")
				s.want("content/a.md")
			}
		})
	}
}

func TestGitCheckout(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, Options{Folders: []string{"themes"}})
		git := func(args ...string) {
			s.run("content", "git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		}
		git("init", "-q", "-b", "main")
		git("add", ".")
		git("commit", "-qm", "one")
		git("checkout", "-qb", "other")
		var want []string
		for i := range 60 {
			name := fmt.Sprintf("content/deep/er/%d/x.md", i%7)
			if i >= 7 {
				name = fmt.Sprintf("content/deep/%02d.md", i)
			}
			s.write(name, "x")
			want = append(want, name)
		}
		s.write("content/a.md", "on the other branch")
		s.must(os.Remove(s.at("content/b.md")))
		git("add", ".")
		git("commit", "-qm", "two")
		git("checkout", "-q", "main")
		s.start(o)
		want = append(want, "content/a.md", "content/b.md")
		for range 3 {
			git("checkout", "-q", "other")
			s.until(want...)
			git("checkout", "-q", "main")
			s.until(want...)
		}
		s.wantNothing()
	})
}

func TestFoldersMoveInAndOut(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		s.write("pile/x/y/1.md", "1")
		s.write("pile/x/2.md", "2")
		s.rename("pile", "content/pile")
		s.want("content/pile/x/2.md", "content/pile/x/y/1.md")
		s.rename("content/pile/x", "content/x")
		s.want("content/pile/x/2.md", "content/pile/x/y/1.md", "content/x/2.md", "content/x/y/1.md")
		s.write("content/x/y/1.md", "changed below its new name")
		s.want("content/x/y/1.md")
		s.write("content/pile/x/y/3.md", "the old name again")
		s.want("content/pile/x/y/3.md")
		s.write("content/x/y/4.md", "new below the new name")
		s.want("content/x/y/4.md")
		s.rename("content/x", "gone")
		s.want("content/x/2.md", "content/x/y/1.md", "content/x/y/4.md")
		s.write("gone/y/1.md", "nobody looks here")
		s.wantNothing()
		s.must(os.RemoveAll(s.at("content/pile")))
		s.want("content/pile/x/y/3.md")
	})
}

func TestFileAndFolderChangePlaces(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		s.must(os.Remove(s.at("content/a.md")))
		s.write("content/a.md/x.md", "a folder with the name of a file")
		s.want("content/a.md", "content/a.md/x.md")
		s.must(os.RemoveAll(s.at("content/a.md")))
		s.write("content/a.md", "a file again")
		s.want("content/a.md", "content/a.md/x.md")
	})
}

// TestNewFoldersMissNoFile makes folders in each other, with files in them at once: all of them come before the system is asked for the
// events of the inner ones.
func TestNewFoldersMissNoFile(t *testing.T) {
	eachWay(t, func(t *testing.T, o Options) {
		s := watchSite(t, o)
		for round := range 5 {
			var want []string
			for i := range 100 {
				name := fmt.Sprintf("content/n%d/%s/f%d.md", round, strings.Repeat("d/", i%10), i)
				s.write(name, "x")
				want = append(want, filepath.ToSlash(filepath.Clean(name)))
			}
			s.until(want...)
		}
		s.wantNothing()
	})
}

func TestWhatStartsNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(s *site)
	}{
		{"rights", func(s *site) { s.must(os.Chmod(s.at("content/a.md"), 0o600)) }},
		{"rights of a folder", func(s *site) { s.must(os.Chmod(s.at("content/sub"), 0o700)) }},
		{"reading", func(s *site) { _, err := os.ReadFile(s.at("content/a.md")); s.must(err) }},
		{"time of access", func(s *site) {
			info, err := os.Stat(s.at("content/a.md"))
			s.must(err)
			s.must(os.Chtimes(s.at("content/a.md"), time.Unix(1e9, 0), info.ModTime()))
		}},
		{"an empty folder", func(s *site) { s.must(os.Mkdir(s.at("content/empty"), 0o755)) }},
		{"a file that comes and goes", func(s *site) {
			s.write("content/sedX1", "x")
			s.must(os.Remove(s.at("content/sedX1")))
		}},
		{"swap, backup and lock files", func(s *site) {
			for _, name := range []string{".a.md.swp", "a.md~", "4913", "#a.md#", ".#a.md", ".~lock.a.odt#", "a.md.bak", "a.md.orig", ".DS_Store", "Thumbs.db", "a.md___jb_tmp___", "a.md___jb_old___"} {
				s.write("content/"+name, "x")
			}
		}},
		{"what is in ignored folders", func(s *site) {
			s.write("content/.git/index", "x")
			time.Sleep(50 * time.Millisecond)
			s.write("content/.git/objects/ab/cd", "x")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, o Options) {
				if o.Poll > 0 && c.name == "a file that comes and goes" {
					t.Skip("a look may see it")
				}
				s := watchSite(t, o)
				c.do(s)
				s.wantNothing()
				s.write("content/a.md", "and yet it is awake")
				s.want("content/a.md")
			})
		})
	}
}

// TestTouch demands that another time alone is told or not, but never taken for an event that did not arrive.
func TestTouch(t *testing.T) {
	s := watchSite(t, Options{slow: 50 * time.Millisecond})
	for i := range 20 {
		s.must(os.Chtimes(s.at("content/a.md"), time.Time{}, time.Unix(1e9+int64(i), 0)))
		s.next(100 * time.Millisecond)
	}
	time.Sleep(judgement + 200*time.Millisecond)
	if got := s.notices(); len(got) > 0 {
		t.Errorf("said %v", got)
	}
}

// TestPollingSeesWhatTimesDoNot writes other text of the same length and sets the time back.
func TestPollingSeesWhatTimesDoNot(t *testing.T) {
	s := watchSite(t, Options{Poll: 20 * time.Millisecond})
	when := time.Now()
	for i := range 5 {
		f, err := os.OpenFile(s.at("content/a.md"), os.O_WRONLY, 0)
		s.must(err)
		_, err = fmt.Fprintf(f, "text %d", i)
		s.must(err)
		s.must(f.Close())
		s.must(os.Chtimes(s.at("content/a.md"), when, when))
		s.want("content/a.md")
	}
}
