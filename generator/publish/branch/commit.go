package branch

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"candor/generator/publish"
)

// commit makes one commit of all that was written and deleted, on top of the last one, and pushes it. moved says that the branch has another last commit by now:
// then nothing was pushed, and what there is to do may be another thing.
func (b *Branch) commit(ctx context.Context, message func() string) (id string, moved bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if id, err = b.prepare(ctx, message); id == "" || err != nil {
		return "", false, err
	}
	pushed := b.repo.push(ctx, id, b.place.Branch)
	if pushed == nil {
		return id, false, nil
	}
	if ctx.Err() != nil {
		return "", false, ctx.Err()
	}
	now, err := b.repo.look(ctx, b.place.Branch)
	switch {
	case err != nil:
		return "", false, pushed
	case now.commit == id: // the answer was lost on its way
		return id, false, nil
	}
	return "", now.commit != b.tip.commit, pushed
}

// prepare makes the commit. It gives "" where the branch is as it is to be.
func (b *Branch) prepare(ctx context.Context, message func() string) (string, error) {
	if err := b.addNoJekyll(ctx); err != nil {
		return "", err
	}
	changes, err := b.changes()
	if err != nil {
		return "", err
	}
	if b.writer != nil {
		w := b.writer
		b.writer = nil
		if err := w.finish(); err != nil {
			return "", err
		}
	}
	if len(changes) == 0 {
		return "", nil
	}
	tree, err := b.repo.tree(ctx, b.tip.commit, changes)
	if err != nil {
		return "", err
	}
	return b.repo.commit(ctx, tree, b.tip.commit, message())
}

// addNoJekyll puts the file there that has GitHub Pages serve names that begin with a dot or an underscore, unless somebody has put one there.
func (b *Branch) addNoJekyll(ctx context.Context) error {
	if _, there := b.leaves[noJekyll]; there || len(b.staged) == 0 {
		return nil
	}
	_, err := b.put(ctx, noJekyll, nil)
	return err
}

// messageFor says in a commit what was published: the day, the content's hash, and how much changed.
func messageFor(f publish.Facts, count func() (added, changed, deleted int)) string {
	added, changed, deleted := count()
	var b strings.Builder
	fmt.Fprintf(&b, "publish %s as of %s\n\n", f.BaseURL, f.BuiltOn)
	var counts []string
	for _, c := range []struct {
		n    int
		what string
	}{{added, "added"}, {changed, "changed"}, {deleted, "deleted"}} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(counts) > 0 {
		fmt.Fprintf(&b, "files: %s\n", strings.Join(counts, ", "))
	}
	fmt.Fprintf(&b, "content: %s\n", f.ContentHash)
	return b.String()
}

// counts tells how many files a commit adds, changes and takes away, those that candor keeps for itself aside.
func (b *Branch) counts() (added, changed, deleted int) {
	for path, l := range b.staged {
		_, there := b.leaves[path]
		switch {
		case strings.HasPrefix(path, publish.StateFolder+"/") || slices.Contains(belongings, path):
		case l.id == "":
			deleted++
		case there:
			changed++
		default:
			added++
		}
	}
	return added, changed, deleted
}
