package branch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options is what a branch is opened with.
type Options struct {
	Git    string   // the program; "" when there is none
	Env    []string // that it runs with
	Folder string   // the site folder: its repository has the remotes
	Temp   string   // where temporary files go
}

// A repository is where objects are written to and pushed from, and the other one that has the branch.
type repository struct {
	git
	remote string // the other one, as git fetch and git push take it
	shown  string // the same for a person
	temp   string // a folder for the index, and for the repository itself where there is none
	own    bool   // the repository is the temporary one
	digits int    // of the id of an object

	shallow  bool // the history of the repository is cut off
	settings []setting
}

// open finds the repository of the site and its remote, or makes a temporary one for an address.
func open(ctx context.Context, p Place, o Options) (*repository, error) {
	if o.Git == "" {
		return nil, &Error{Text: "there is no git in PATH", Hint: "install git: a branch is pushed with it, and with its credentials"}
	}
	r := &repository{git: git{program: o.Git, env: environment(o.Env), folder: o.Folder}}
	if _, err := r.run(ctx, call{}, "check-ref-format", "refs/heads/"+p.Branch); err != nil {
		if ctx.Err() != nil || exitOf(err) != 1 {
			return nil, r.broken(ctx, "be run", err)
		}
		return nil, &Error{Text: fmt.Sprintf("%q is no name of a branch", p.Branch), Hint: "write " + Forms + ", such as git:gh-pages"}
	}
	temp, err := os.MkdirTemp(o.Temp, "candor-branch-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	r.temp = temp
	find := r.local
	if p.isAddress() {
		find = r.temporary
	}
	if err := find(ctx, p); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

// close takes away what is temporary.
func (r *repository) close() error { return os.RemoveAll(r.temp) }

// leastVersion is the oldest git that has what is asked of it: fetch --no-write-fetch-head.
const leastVersion = "2.29"

// local takes the repository that the site folder lies in, and the remote that the place names.
func (r *repository) local(ctx context.Context, p Place) error {
	out, err := r.line(ctx, "rev-parse", "--absolute-git-dir", "--is-shallow-repository", "--show-object-format")
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		return &Error{Text: fmt.Sprintf("%q is a branch of the repository that the site folder lies in, and git finds none", p), Words: said(err),
			Hint: "name the repository: git:URL#" + p.Branch, Err: err}
	}
	lines := strings.Split(out, "\n")
	r.digits, r.shallow = digitsOf(lines[len(lines)-1]), len(lines) > 1 && lines[1] == "true"
	if err := r.readSettings(ctx); err != nil {
		return err
	}
	remotes := r.remotes()
	if first, rest, cut := strings.Cut(p.Branch, "/"); cut && p.Repository == "" && slices.Contains(remotes, first) {
		return &Error{Text: fmt.Sprintf("%q may be branch %q of remote %q, or branch %q", p, rest, first, p.Branch),
			Hint: fmt.Sprintf("write git:%s#%s, or git:REMOTE#%s for the other", first, rest, p.Branch)}
	}
	name, err := r.remoteOf(p, remotes)
	r.remote, r.shown = name, name
	return err
}

// A setting is one value of git's configuration.
type setting struct{ name, value string }

// identity are the settings that say who commits, and how.
var identity = []string{"user.name", "user.email", "user.signingkey", "commit.gpgsign", "gpg.format", "gpg.program", "gpg.ssh.program"}

// readSettings reads what there is to know of the user and of the remotes.
func (r *repository) readSettings(ctx context.Context) error {
	out, err := r.run(ctx, call{}, "config", "-z", "--get-regexp", `^(remote\..*|user\..*|commit\.gpgsign|gpg\..*)$`)
	if err != nil && exitOf(err) != 1 { // which says that there are none
		return r.broken(ctx, "read its settings", err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		name, value, given := strings.Cut(line, "\n")
		if !given {
			value = "true" // as git has it for a name without a value
		}
		r.settings = append(r.settings, setting{name, value})
	}
	return nil
}

// setting gives the value of a setting that holds, which is the last one; "" when there is none.
func (r *repository) setting(name string) string {
	for _, s := range slices.Backward(r.settings) {
		if s.name == name {
			return s.value
		}
	}
	return ""
}

// remotes gives the names of the repository's remotes, sorted.
func (r *repository) remotes() []string {
	var names []string
	for _, s := range r.settings {
		rest, ok := strings.CutPrefix(s.name, "remote.")
		if dot := strings.LastIndex(rest, "."); ok && dot > 0 && rest[dot:] == ".url" {
			names = append(names, rest[:dot])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// remoteOf gives the remote that is meant: the named one, else the one that git pushes to by its settings, else origin, else the only one.
func (r *repository) remoteOf(p Place, remotes []string) (string, error) {
	all := strings.Join(remotes, ", ")
	switch {
	case p.Repository != "" && slices.Contains(remotes, p.Repository):
		return p.Repository, nil
	case len(remotes) == 0:
		return "", &Error{Text: "the repository that the site folder lies in has no remote to push to", Hint: "`git remote add origin URL` gives it one, or name the repository: git:URL#" + p.Branch}
	case p.Repository != "":
		return "", &Error{Text: fmt.Sprintf("no remote %q", p.Repository), Hint: "the repository has " + all + "; a folder is written ./" + p.Repository + ", a URL in full"}
	case slices.Contains(remotes, r.setting("remote.pushdefault")):
		return r.setting("remote.pushdefault"), nil
	case slices.Contains(remotes, "origin"):
		return "origin", nil
	case len(remotes) == 1:
		return remotes[0], nil
	}
	return "", &Error{Text: fmt.Sprintf("%q: which remote has the branch? there are %s", p, all), Hint: fmt.Sprintf("write git:%s#%s", remotes[0], p.Branch)}
}

// temporary makes an empty repository for a place that is an address.
func (r *repository) temporary(ctx context.Context, p Place) error {
	r.own, r.remote, r.shown = true, p.Repository, hidden(p.Repository)
	if isFolder(p.Repository) && !filepath.IsAbs(p.Repository) {
		r.remote = filepath.Join(r.folder, filepath.FromSlash(p.Repository))
	}
	if err := r.readSettings(ctx); err != nil { // of the site folder's repository, which may be the one that knows who publishes
		return err
	}
	r.folder = r.temp
	refs, err := r.run(ctx, call{}, "ls-remote", "--quiet", "--", r.remote)
	if err != nil {
		return r.unreachable(ctx, err)
	}
	format := "sha1"
	if id, _, _ := strings.Cut(string(refs), "\t"); len(id) == sha256Digits {
		format = "sha256"
	}
	r.digits = digitsOf(format)
	r.folder = filepath.Join(r.temp, "repository")
	if _, err := (&git{r.program, r.env, r.temp}).run(ctx, call{}, "init", "--quiet", "--bare", "--template=", "--object-format="+format, r.folder); err != nil {
		return r.broken(ctx, "make a temporary repository", err)
	}
	return nil
}

// who gives the settings that say who commits. A temporary repository has none of its own.
func (r *repository) who() []string {
	var args []string
	for _, name := range identity {
		if value := r.setting(name); r.own && value != "" {
			args = append(args, "-c", name+"="+value)
		}
	}
	return args
}

// How long the id of an object is, by the sum that a repository names them with.
const (
	sha1Digits   = 40
	sha256Digits = 64
)

func digitsOf(format string) int {
	if format == "sha256" {
		return sha256Digits
	}
	return sha1Digits
}

// isFolder tells a path from a URL and from the short form of an address for ssh, HOST:PATH.
func isFolder(address string) bool {
	if filepath.IsAbs(address) || filepath.VolumeName(address) != "" {
		return true
	}
	return !strings.Contains(address, ":")
}

// unreachable gives what to say when git cannot read from the other repository.
func (r *repository) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &Error{Text: fmt.Sprintf("git cannot read %q", r.shown), Words: said(err), Hint: "`git ls-remote " + r.shown + "` has to work: is the address right, and is there a key or token for it?", Err: err}
}

// A tip is the last commit of the branch, as the other repository has it.
type tip struct {
	commit    string // "" when there is no such branch
	isDefault bool   // it is the branch that a clone checks out
}

// look asks the other repository for the branch.
func (r *repository) look(ctx context.Context, branch string) (tip, error) {
	ref := "refs/heads/" + branch
	out, err := r.run(ctx, call{}, "ls-remote", "--quiet", "--symref", "--", r.remote, "HEAD", ref)
	if err != nil {
		return tip{}, r.unreachable(ctx, err)
	}
	var t tip
	for line := range strings.Lines(string(out)) {
		value, name, _ := strings.Cut(strings.TrimSpace(line), "\t")
		switch {
		case name == ref:
			t.commit = value
		case name == "HEAD" && value == "ref: "+ref:
			t.isDefault = true
		}
	}
	return t, nil
}

// fetches is how often a branch that moves is followed.
const fetches = 5

// fetch brings the last commit of the branch here, and gives it.
func (r *repository) fetch(ctx context.Context, branch string) (tip, error) {
	for range fetches {
		t, err := r.look(ctx, branch)
		if err != nil || t.commit == "" || r.has(ctx, t.commit) {
			return t, err
		}
		args := []string{"-c", "maintenance.auto=false", "-c", "gc.auto=0", "fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"}
		if r.own || r.shallow { // a whole history would become one that is cut off
			args = append(args, "--depth=1")
		}
		if _, err := r.run(ctx, call{}, append(args, "--", r.remote, "refs/heads/"+branch)...); err != nil {
			if gone, lookErr := r.look(ctx, branch); lookErr == nil && gone.commit != t.commit {
				continue
			}
			return tip{}, r.unreachable(ctx, err)
		}
		if r.has(ctx, t.commit) {
			return t, nil
		}
	}
	return tip{}, &Error{Text: fmt.Sprintf("branch %q of %q moves faster than it can be fetched", branch, r.shown), Hint: "run it again when nobody else publishes"}
}

// has reports whether a commit is here with all its files.
func (r *repository) has(ctx context.Context, commit string) bool {
	_, err := r.run(ctx, call{}, "rev-list", "--quiet", "--objects", "--max-count=1", commit, "--")
	return err == nil
}
