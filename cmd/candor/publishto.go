package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"candor/generator/publish"
	"candor/generator/publish/branch"
	"candor/generator/publish/bucket"
	"candor/generator/publish/folder"
)

// destinations says how each kind of place is written.
const destinations = "write s3://BUCKET/PREFIX for a bucket, ./FOLDER or /FOLDER for a folder, " + branch.Forms + " for a branch"

// A destination is a place to publish to as it was typed, understood as far as that goes without looking.
type destination struct {
	typed  string
	bucket string // "s3://BUCKET/PREFIX", or ""
	folder string // the path, or ""
	branch branch.Place
}

// isBranch reports whether the place is a branch.
func (d destination) isBranch() bool { return d.branch.Branch != "" }

// parseDestination understands what was typed. What could be several things is none.
func parseDestination(typed string) (destination, error) {
	d := destination{typed: typed}
	scheme, rest, hasScheme := strings.Cut(typed, ":")
	if !hasScheme || len(scheme) == 1 { // which is a drive
		scheme = ""
	}
	var err error
	switch {
	case scheme == "s3" && strings.HasPrefix(rest, "//"):
		d.bucket = typed
	case scheme == "git":
		d.branch, err = branch.ParsePlace(typed)
	case scheme == "file":
		d.folder, err = pathOfURL(typed, rest)
	case scheme == "" && isPath(typed):
		d.folder = typed
	default:
		err = advice{fmt.Errorf("%q is no place to publish to", typed), unclear(typed, scheme)}
	}
	return d, err
}

// isPath reports whether a text can only be the path of a folder.
func isPath(text string) bool {
	return filepath.IsAbs(text) || filepath.VolumeName(text) != "" || text == "." || text == ".." || strings.HasPrefix(text, "./") || strings.HasPrefix(text, "../") ||
		strings.HasPrefix(text, `.\`) || strings.HasPrefix(text, `..\`) || strings.HasPrefix(text, "/")
}

// pathOfURL gives the folder of file:PATH and file:///PATH.
func pathOfURL(typed, rest string) (string, error) {
	if !strings.HasPrefix(rest, "//") && rest != "" {
		return rest, nil
	}
	u, err := url.Parse(typed)
	if err != nil || u.Path == "" || u.Host != "" && u.Host != "localhost" {
		return "", advice{fmt.Errorf("%q names no folder of this machine", typed), "write the folder: ./FOLDER or /FOLDER"}
	}
	return filepath.FromSlash(u.Path), nil
}

// unclear says what to type in the place of what cannot be understood.
func unclear(typed, scheme string) string {
	switch scheme {
	case "s3":
		return "write s3://BUCKET/PREFIX, with two slashes"
	case "gs", "gcs":
		return "Google Cloud Storage is reached as S3: s3://BUCKET --endpoint https://storage.googleapis.com"
	case "r2", "b2", "minio":
		return "the bucket is reached as S3: s3://BUCKET --endpoint URL, with the URL that the provider shows"
	case "http", "https", "ssh":
		if strings.HasSuffix(typed, ".git") || scheme == "ssh" {
			return "a branch is written git:" + branchHint(typed) + "#gh-pages"
		}
		return "a bucket is written s3://BUCKET --endpoint URL, a branch git:URL#BRANCH"
	case "":
		if strings.HasPrefix(typed, "~") {
			return "the shell puts the home folder in the place of ~ when it is not quoted"
		}
		if typed != "" {
			return fmt.Sprintf("a folder is written ./%s, a branch git:%s, a bucket s3://%s", typed, typed, typed)
		}
	}
	if strings.Contains(typed, "@") && strings.HasSuffix(typed, ".git") {
		return "a branch is written git:" + typed + "#gh-pages"
	}
	return destinations
}

// branchHint gives a URL without what may be a password.
func branchHint(typed string) string {
	if u, err := url.Parse(typed); err == nil && u.User != nil {
		u.User = nil
		return u.String()
	}
	return typed
}

// A place is a destination that was opened.
type place struct {
	publish.Store
	branch *branch.Branch // nil for what is none
	close  func() error
}

// open opens a destination. A dry run changes nothing, so that a folder that is not there is taken for an empty one.
func (a *app) open(ctx context.Context, d destination, f publishFlags) (place, error) {
	switch {
	case d.isBranch():
		return a.openBranch(ctx, d)
	case d.folder != "":
		return a.openFolder(d, f)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	b, err := bucket.Open(ctx, d.bucket, bucket.Options{Endpoint: f.endpoint, Region: f.region, Profile: f.profile, Insecure: f.insecure, Gzip: f.gzip(), Getenv: a.getenv, Home: home, Now: a.now})
	return place{Store: b, close: func() error { return nil }}, err
}

func (a *app) openBranch(ctx context.Context, d destination) (place, error) {
	program, err := exec.LookPath("git")
	if err != nil && !errors.Is(err, exec.ErrNotFound) {
		return place{}, fmt.Errorf("look for git: %w", err)
	}
	env := a.environ()
	if !a.terminal && a.getenv("GIT_TERMINAL_PROMPT") == "" { // nobody is there to answer
		env = append(env, "GIT_TERMINAL_PROMPT=0")
	}
	dir, err := filepath.Abs(a.dir)
	if err != nil {
		return place{}, fmt.Errorf("find the site folder: %w", err)
	}
	b, err := branch.Open(ctx, d.branch, branch.Options{Git: program, Env: env, Folder: dir, Temp: os.TempDir()})
	if err != nil {
		return place{}, err
	}
	return place{Store: b, branch: b, close: b.Close}, nil
}

func (a *app) openFolder(d destination, f publishFlags) (place, error) {
	path := a.below(d.folder)
	if err := a.apart(path, f); err != nil {
		return place{}, err
	}
	if _, err := os.Stat(path); f.dryRun && errors.Is(err, fs.ErrNotExist) {
		empty, err := os.MkdirTemp("", "candor-publish-")
		if err != nil {
			return place{}, fmt.Errorf("make a temporary folder: %w", err)
		}
		opened, err := folder.Open(empty, folder.Options{Gzip: f.gzip()})
		return place{Store: opened, close: func() error { return errors.Join(opened.Close(), os.RemoveAll(empty)) }}, err
	}
	opened, err := folder.Open(path, folder.Options{Gzip: f.gzip()})
	if err != nil {
		return place{}, err
	}
	return place{Store: opened, close: opened.Close}, nil
}

// apart refuses to publish into what the site is made from or was built into.
func (a *app) apart(path string, f publishFlags) error {
	for _, own := range []struct{ folder, what string }{{a.below(f.site), "the built site"}, {a.below("content"), "the content"}, {a.below("themes"), "the themes"}} {
		if within(path, own.folder) {
			return advice{fmt.Errorf("%q is in the folder of %s", path, own.what), "name a folder that is served: /srv/www/trust"}
		}
		if within(own.folder, path) {
			return advice{fmt.Errorf("%q is a folder that %s lies in", path, own.what), "name a folder that is served: /srv/www/trust"}
		}
	}
	return nil
}

// within reports whether a path is a folder or lies in it, whatever links lead there.
func within(path, folder string) bool {
	rel, err := filepath.Rel(resolved(folder), resolved(path))
	return err == nil && (rel == "." || filepath.IsLocal(rel))
}

// resolved gives a path as it is without links; of one that is not there, as far as it is.
func resolved(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(whole); err == nil {
		return real
	}
	if parent := filepath.Dir(whole); parent != whole {
		return filepath.Join(resolved(parent), filepath.Base(whole))
	}
	return whole
}
