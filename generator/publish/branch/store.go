package branch

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"candor/generator/publish"
)

// A Branch is a branch as a place that sites are published to. What is written to it and deleted from it is noted, and shows nowhere until Commit makes one
// commit of it all.
type Branch struct {
	place Place
	repo  *repository

	mu     sync.Mutex
	tip    tip
	paths  []string
	leaves map[string]leaf
	staged map[string]leaf   // by path, what is to be there: the zero leaf for nothing
	record map[string][]byte // what of it is below publish.StateFolder, and is read again
	writer *writer           // runs while there are objects to write
}

// Open looks at a branch, and fetches its last commit. Close is to be called in the end.
func Open(ctx context.Context, p Place, o Options) (*Branch, error) {
	repo, err := open(ctx, p, o)
	if err != nil {
		return nil, err
	}
	b := &Branch{place: p, repo: repo}
	if err := b.refresh(ctx); err != nil {
		repo.close()
		return nil, err
	}
	return b, nil
}

// Close takes away what is temporary. Nothing that was not committed remains.
func (b *Branch) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.writer != nil {
		b.writer.abort()
		b.writer = nil
	}
	return b.repo.close()
}

// refresh looks at the branch anew and forgets what was to be written to it.
func (b *Branch) refresh(ctx context.Context) error {
	t, err := b.repo.fetch(ctx, b.place.Branch)
	if err != nil {
		return err
	}
	paths, leaves, err := b.repo.leaves(ctx, t.commit)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tip, b.paths, b.leaves, b.staged = t, paths, leaves, map[string]leaf{}
	b.record = map[string][]byte{}
	return nil
}

// String gives the branch with its remote: "git:origin#gh-pages".
func (b *Branch) String() string { return Scheme + b.repo.shown + "#" + b.place.Branch }

// Manner says that a branch wants the files that tell hosts how to serve it. It shows nothing of an upload before its end; but readers have pages open, and hosts
// keep them for minutes, so that assets outlive the pages that used them here too.
func (b *Branch) Manner() publish.Manner { return publish.Manner{HostFiles: true} }

// belongings are files that people and hosts keep in the root of such a branch beside a site: the domain for GitHub Pages, what switches its Jekyll off, what git
// and its readers look for. They are nobody's site.
var belongings = []string{"CNAME", noJekyll, "README.md", "README", "LICENSE", "LICENSE.md", ".gitignore", ".gitattributes"}

// noJekyll has GitHub Pages serve what is there: without it, it leaves out every name that begins with a dot or an underscore.
const noJekyll = ".nojekyll"

// now gives what is at a path once all that was noted is done.
func (b *Branch) now(path string) (leaf, bool) {
	l, touched := b.staged[path]
	if !touched {
		l = b.leaves[path]
	}
	return l, l.id != ""
}

// List gives every file of the branch as it will be, and links and other repositories in it as what they are: things of others.
func (b *Branch) List(_ context.Context, visit func(publish.Object) error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	paths := slices.Clone(b.paths)
	for path := range b.staged {
		if _, there := b.leaves[path]; !there {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		l, there := b.now(path)
		if !there || slices.Contains(belongings, path) || strings.HasPrefix(path, publish.StateFolder+"/") {
			continue
		}
		if err := visit(publish.Object{Path: path, Size: l.size, Tag: tagOf(l)}); err != nil {
			return err
		}
	}
	return nil
}

// tagOf names what is at a path. A program, a link or another repository is no file of a site, whatever its bytes.
func tagOf(l leaf) string {
	if l.mode == modeFile {
		return l.id
	}
	return l.mode + " " + l.id
}

// Look gives one file, as it will be.
func (b *Branch) Look(_ context.Context, path string) (publish.Object, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, there := b.now(path)
	if !there {
		return publish.Object{}, fmt.Errorf("%s in %s: %w", path, b, fs.ErrNotExist)
	}
	return publish.Object{Path: path, Size: l.size, Tag: tagOf(l)}, nil
}

// Read gives the bytes of a file: of candor's own record as it will be, of all else as it is.
func (b *Branch) Read(ctx context.Context, path string, limit int64) ([]byte, string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if data, ok := b.record[path]; ok {
		return data, b.Tag(data), nil
	}
	l, there := b.leaves[path]
	switch {
	case !there:
		return nil, "", fmt.Errorf("%s in %s: %w", path, b, fs.ErrNotExist)
	case l.mode != modeFile && l.mode != modeProgram:
		return nil, "", &publish.Error{Kind: publish.KindForeign, Path: path, Text: "is no file in the branch", Hint: "take it out of the branch; candor did not put it there"}
	}
	data, err := b.repo.content(ctx, l, limit)
	return data, tagOf(l), err
}

// Write puts an object into the repository and notes that it is to be at path.
func (b *Branch) Write(ctx context.Context, path string, data []byte, _ publish.Attributes, _ publish.Condition) (string, error) {
	if slices.Contains(belongings, path) {
		return "", &publish.Error{Kind: publish.KindCollision, Path: path, Text: "is a file for the host of a branch, and one of the site has its name", Hint: "rename the file in content/"}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if strings.HasPrefix(path, publish.StateFolder+"/") {
		b.record[path] = data
	}
	return b.put(ctx, path, data)
}

// put is Write with b.mu held.
func (b *Branch) put(ctx context.Context, path string, data []byte) (string, error) {
	l := leaf{mode: modeFile, id: b.Tag(data), size: int64(len(data))}
	if b.leaves[path] == l {
		delete(b.staged, path)
		return l.id, nil
	}
	if b.writer == nil {
		w, err := b.repo.write(ctx)
		if err != nil {
			return "", err
		}
		b.writer = w
	}
	if err := b.writer.add(data); err != nil {
		return "", err
	}
	b.staged[path] = l
	return l.id, nil
}

// Delete notes that nothing is to be at path.
func (b *Branch) Delete(_ context.Context, path string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.staged, path)
	if _, ok := b.leaves[path]; ok {
		b.staged[path] = leaf{}
	}
	return nil
}

// Tag gives the id that git knows the bytes by.
func (b *Branch) Tag(data []byte) string { return b.repo.idOf(data) }

// changes gives what is to be done to the tree, sorted by path. What others put there is never put aside: a file that would have to become a folder, or a folder
// a file, is an error.
func (b *Branch) changes() ([]change, error) {
	var all []change
	stays := func(path string) bool {
		_, there := b.now(path)
		return there
	}
	folders := map[string]string{} // with one of the files that stay in each
	for _, path := range b.paths {
		if stays(path) {
			for folder := range parents(path) {
				folders[folder] = path
			}
		}
	}
	for path, l := range b.staged {
		all = append(all, change{path, l.id})
	}
	slices.SortFunc(all, func(a, b change) int { return strings.Compare(a.path, b.path) })
	for _, c := range all {
		if c.id == "" {
			continue
		}
		if inside, ok := folders[c.path]; ok {
			return nil, collision(c.path, "is a folder in the branch, with "+fmt.Sprintf("%q", inside)+" in it")
		}
		for folder := range parents(c.path) {
			if stays(folder) {
				return nil, collision(c.path, fmt.Sprintf("cannot be written: %q is a file in the branch", folder))
			}
		}
	}
	return all, nil
}

func collision(path, text string) error {
	return &publish.Error{Kind: publish.KindCollision, Path: path, Text: text, Hint: "take it out of the branch; candor did not put it there"}
}

// parents gives the folders that a path lies in.
func parents(path string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i, r := range path {
			if r == '/' && !yield(path[:i]) {
				return
			}
		}
	}
}

// Domain gives the domain that a file CNAME in the branch claims for GitHub Pages, "" where there is none.
func (b *Branch) Domain(ctx context.Context) string {
	data, _, err := b.Read(ctx, "CNAME", 1<<10)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

// IsDefault reports whether the branch is the one that clones of the repository check out.
func (b *Branch) IsDefault() bool { return b.tip.isDefault }
