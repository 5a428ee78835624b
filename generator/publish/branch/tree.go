package branch

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Modes of what a tree holds: a file, a file that can be run, and nothing.
const (
	modeFile    = "100644"
	modeProgram = "100755"
	noMode      = "0"
)

// A leaf is what a branch has at a path: a file, or what else git keeps there, such as a link or another repository.
type leaf struct {
	mode string
	id   string
	size int64 // in bytes
}

// leaves lists a commit: every path with what is there, in the order of bytes.
func (r *repository) leaves(ctx context.Context, commit string) ([]string, map[string]leaf, error) {
	if commit == "" {
		return nil, map[string]leaf{}, nil
	}
	out, err := r.plumb(ctx, call{}, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
	if err != nil {
		return nil, nil, r.broken(ctx, "list the branch", err)
	}
	var paths []string
	all := map[string]leaf{}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		meta, path, ok := strings.Cut(line, "\t")
		fields := strings.Fields(meta)
		if !ok || len(fields) != 4 {
			continue // an empty tree prints nothing
		}
		size, _ := strconv.ParseInt(fields[3], 10, 64) // "-" for what is no file
		paths = append(paths, path)
		all[path] = leaf{mode: fields[0], id: fields[2], size: size}
	}
	return paths, all, nil
}

// content reads a file of up to limit bytes.
func (r *repository) content(ctx context.Context, l leaf, limit int64) ([]byte, error) {
	if l.size > limit {
		return nil, fmt.Errorf("%d bytes are more than the %d that may be there", l.size, limit)
	}
	out, err := r.plumb(ctx, call{}, "cat-file", "blob", l.id)
	if err != nil {
		return nil, r.broken(ctx, "read the branch", err)
	}
	return out, nil
}

// broken gives what to say when git cannot do in its own repository what it always can.
func (r *repository) broken(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	hint := ""
	switch exitOf(err) {
	case exitUsage:
		hint = "install git " + leastVersion + " or later"
	case -1:
		hint = "does `git version` work?"
	}
	return &Error{Text: "git cannot " + what, Words: said(err), Hint: hint, Err: err}
}

// idOf gives the id that git knows bytes by, in a repository whose ids have as many digits as like.
func (r *repository) idOf(data []byte) string {
	var sum hash.Hash = sha1.New()
	if r.digits == sha256Digits {
		sum = sha256.New()
	}
	fmt.Fprintf(sum, "blob %d\x00", len(data))
	sum.Write(data)
	return hex.EncodeToString(sum.Sum(nil))
}

// A writer writes files into the repository as they are: no filter and no attribute of anybody's is asked. Nothing refers to them yet.
type writer struct {
	to    *bufio.Writer
	pipe  *os.File
	ended chan error
	stop  context.CancelFunc
}

// write starts one. Either finish or abort is to be called in the end.
func (r *repository) write(ctx context.Context) (*writer, error) {
	read, pipe, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe to git: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	w := &writer{to: bufio.NewWriterSize(pipe, 1<<16), pipe: pipe, ended: make(chan error, 1), stop: stop}
	go func() {
		_, err := r.plumb(ctx, call{stdin: read}, "fast-import", "--quiet", "--done", "--date-format=raw")
		if err != nil {
			err = r.broken(ctx, "write objects", err)
		}
		read.Close() // so that add does not wait for a git that has ended
		w.ended <- err
	}()
	return w, nil
}

// add writes one file.
func (w *writer) add(data []byte) error {
	fmt.Fprintf(w.to, "blob\ndata %d\n", len(data))
	w.to.Write(data)
	_, err := w.to.WriteString("\n")
	return err
}

// finish has git write down what it has not yet, and waits for it.
func (w *writer) finish() error {
	defer w.stop()
	w.to.WriteString("done\n")
	wrote := w.to.Flush()
	w.pipe.Close()
	return cmp.Or(<-w.ended, wrote)
}

// abort ends it. What was written is garbage, which git collects in time.
func (w *writer) abort() {
	w.stop()
	w.pipe.Close()
	<-w.ended
}

// A change puts an object at a path, or takes away what is there.
type change struct {
	path string
	id   string // "" to take away
}

// tree writes the tree of a commit with changes, and gives its id.
func (r *repository) tree(ctx context.Context, commit string, changes []change) (string, error) {
	index := call{index: filepath.Join(r.temp, "index")}
	if err := os.Remove(index.index); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("remove an earlier index: %w", err)
	}
	if commit != "" {
		if _, err := r.plumb(ctx, index, "read-tree", commit); err != nil {
			return "", r.broken(ctx, "read the branch", err)
		}
	}
	var list bytes.Buffer
	nothing := strings.Repeat("0", r.digits)
	for _, c := range changes { // first, so that a folder can take the place of a file
		if c.id == "" {
			fmt.Fprintf(&list, "%s %s\t%s\x00", noMode, nothing, c.path)
		}
	}
	for _, c := range changes {
		if c.id != "" {
			fmt.Fprintf(&list, "%s %s\t%s\x00", modeFile, c.id, c.path)
		}
	}
	index.stdin = &list
	if _, err := r.plumb(ctx, index, "update-index", "--add", "--replace", "-z", "--index-info"); err != nil {
		return "", r.broken(ctx, "list the files", err)
	}
	index.stdin = nil
	id, err := r.plumb(ctx, index, "write-tree")
	if err != nil {
		return "", r.broken(ctx, "write the tree", err)
	}
	return strings.TrimSpace(string(id)), nil
}

// commit writes a commit of a tree, and gives its id. Without a parent it is the first one of the branch.
func (r *repository) commit(ctx context.Context, tree, parent, message string) (string, error) {
	args := append(r.who(), "commit-tree", tree)
	if parent != "" {
		args = append(args, "-p", parent)
	}
	if isTrue(r.setting("commit.gpgsign")) { // which commit-tree does not ask by itself
		args = append(args, "-S")
	}
	id, err := r.plumb(ctx, call{stdin: strings.NewReader(message)}, append(args, "-F", "-")...)
	if err == nil {
		return strings.TrimSpace(string(id)), nil
	}
	if words := strings.Join(said(err), "\n"); strings.Contains(words, "tell me who you are") || strings.Contains(words, "ident") {
		return "", &Error{Text: "git does not know who publishes", Err: err,
			Hint: "`git config --global user.name NAME` and `git config --global user.email ADDRESS`, or set GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL"}
	}
	return "", r.broken(ctx, "make a commit", err)
}

// isTrue reads a setting as git does.
func isTrue(value string) bool {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}
