// Package folder publishes sites into folders, such as those that a web server serves.
//
// In comes the folder; out goes a publish.Store. Each file gets its place in one step, so that no reader sees half of one, and what was written before a phase began
// outlasts a failure of power that the phase meets. Nothing outside of the folder is touched, whatever symbolic links lie in it: a link is what somebody else
// put there. A web server has its own configuration for types and caching, which the build writes (hosting).
package folder

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"candor/generator/publish"
)

// Options are how to keep a site in a folder.
type Options struct {
	Gzip bool // write a compressed copy beside each text, for nginx (gzip_static) and caddy (precompressed)
}

// A Folder is a place for a site; Close it at the end.
type Folder struct {
	root    *os.Root // nil while there is no folder
	shown   string
	options Options

	mu      sync.Mutex // one change of folders at a time
	begun   bool
	touched map[string]bool // folders whose entries changed since the last Flush
}

// staging holds files until they are whole.
const staging = publish.StateFolder + "/staging"

// Open opens the folder. Where there is none, in a folder that is there, it is made with the first write.
func Open(name string, o Options) (*Folder, error) {
	f := &Folder{shown: name, options: o, touched: map[string]bool{}}
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.IsDir(), errors.Is(err, syscall.ENOTDIR):
		return nil, &publish.Error{Kind: publish.KindMissing, Path: name, Text: "is not a folder", Hint: "name a folder"}
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(name)); err != nil {
			return nil, &publish.Error{Kind: publish.KindMissing, Path: filepath.Dir(name), Text: "does not exist", Hint: "make the folder, or name another place"}
		}
		return f, nil
	case err != nil:
		return nil, problem(name, err)
	}
	if f.root, err = os.OpenRoot(name); err != nil {
		return nil, problem(name, err)
	}
	return f, nil
}

// begin makes the folder where there is none, and clears what an interrupted upload left half-written.
func (f *Folder) begin() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.begun {
		return nil
	}
	if f.root == nil {
		err := os.Mkdir(f.shown, 0o755)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return problem(f.shown, err)
		}
		if f.root, err = os.OpenRoot(f.shown); err != nil {
			return problem(f.shown, err)
		}
	}
	if err := f.root.RemoveAll(staging); err != nil {
		return problem(f.shown, err)
	}
	f.begun = true
	return nil
}

// Close ends the use of the folder.
func (f *Folder) Close() error {
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}

// String gives the folder as it was named.
func (f *Folder) String() string { return f.shown }

// Manner says that the server of a folder is told about headers by files in it.
func (f *Folder) Manner() publish.Manner {
	return publish.Manner{HostFiles: true, GzipBeside: f.options.Gzip}
}

// List hashes every file; a symbolic link, or what else is no file, has no tag. Git's own folder is not looked into.
func (f *Folder) List(ctx context.Context, visit func(publish.Object) error) error {
	if f.root == nil {
		return nil
	}
	return fs.WalkDir(f.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return problem(f.shown, err)
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() && (name == publish.StateFolder || d.Name() == ".git"):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		object, err := f.Look(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return visit(object)
	})
}

// Look hashes one file.
func (f *Folder) Look(_ context.Context, name string) (publish.Object, error) {
	if f.root == nil {
		return publish.Object{}, fs.ErrNotExist
	}
	info, err := f.root.Lstat(name)
	if err != nil {
		return publish.Object{}, problem(f.shown, err)
	}
	object := publish.Object{Path: name, Size: info.Size()}
	if !info.Mode().IsRegular() {
		return object, nil
	}
	file, err := f.root.Open(name)
	if err != nil {
		return publish.Object{}, problem(f.shown, err)
	}
	defer file.Close()
	digest := sha256.New()
	if object.Size, err = io.Copy(digest, file); err != nil {
		return publish.Object{}, problem(f.shown, err)
	}
	object.Tag = hex.EncodeToString(digest.Sum(nil))
	return object, nil
}

// Read reads one file.
func (f *Folder) Read(_ context.Context, name string, limit int64) ([]byte, string, error) {
	if f.root == nil {
		return nil, "", fs.ErrNotExist
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, "", problem(f.shown, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, "", problem(f.shown, err)
	}
	if int64(len(data)) > limit {
		return nil, "", fmt.Errorf("%q in %q is larger than %d bytes", name, f.shown, limit)
	}
	return data, f.Tag(data), nil
}

// Write makes the file in another place and gives it its name at the end. A symbolic link of that name is replaced, never followed.
func (f *Folder) Write(ctx context.Context, name string, data []byte, _ publish.Attributes, c publish.Condition) (string, error) {
	if err := f.begin(); err != nil {
		return "", err
	}
	temporary := path.Join(staging, rand.Text())
	if err := f.stage(temporary, data); err != nil {
		return "", problem(f.shown, errors.Join(err, f.discard(temporary)))
	}
	if err := f.place(ctx, temporary, name, c); err != nil {
		return "", errors.Join(err, f.discard(temporary))
	}
	return f.Tag(data), nil
}

func (f *Folder) discard(name string) error {
	if err := f.root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// stage writes a file as a whole, down to the device.
func (f *Folder) stage(name string, data []byte) error {
	if err := f.root.MkdirAll(staging, 0o755); err != nil {
		return err
	}
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// place gives a file its name, if the condition holds.
func (f *Folder) place(ctx context.Context, temporary, name string, c publish.Condition) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if (c != publish.Condition{}) {
		now, err := f.Look(ctx, name)
		is := !errors.Is(err, fs.ErrNotExist)
		if err != nil && is {
			return err
		}
		if c.Absent && is || c.Tag != "" && c.Tag != now.Tag {
			return publish.ErrConflict
		}
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return problem(f.shown, err)
	}
	err := f.root.Rename(temporary, name)
	if errors.Is(err, fs.ErrNotExist) { // a publish that begins clears the folder of half-written files
		return &publish.Error{Kind: publish.KindBusy, Path: f.shown, Text: "is being published to by another", Hint: "wait until it has ended, then publish again"}
	}
	if err != nil {
		return problem(f.shown, err)
	}
	f.touch(name)
	return nil
}

// touch notes the folders that hold the names which lead to a file: each may be new.
func (f *Folder) touch(name string) {
	for name != "." {
		name = path.Dir(name)
		f.touched[name] = true
	}
}

// Delete removes a file, and the folders that hold nothing without it.
func (f *Folder) Delete(_ context.Context, name string) error {
	if err := f.begin(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.discard(name); err != nil {
		return problem(f.shown, err)
	}
	f.touch(name)
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if f.root.Remove(dir) != nil {
			break
		}
		delete(f.touched, dir)
	}
	return nil
}

// Flush writes names and folders to the device, so that after a failure of power nothing is there without what went before.
func (f *Folder) Flush(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	folders := make([]string, 0, len(f.touched))
	for name := range f.touched {
		folders = append(folders, name)
	}
	slices.Sort(folders)
	for _, name := range folders {
		if err := f.flush(name); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.EINVAL) {
			return problem(f.shown, err)
		}
	}
	clear(f.touched)
	return nil
}

func (f *Folder) flush(name string) error {
	dir, err := f.root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Tag is the hash of the bytes.
func (f *Folder) Tag(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// problem says what a person can do about an error of the file system, where there is something.
func problem(shown string, err error) error {
	refuse := func(kind publish.Kind, text, hint string) error {
		return &publish.Error{Kind: kind, Path: shown, Text: text, Hint: hint, Err: err}
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return refuse(publish.KindDenied, "cannot be written to", "make the folder and what is in it writable for you")
	case errors.Is(err, syscall.ENOTDIR):
		return refuse(publish.KindMissing, "is not a folder, or a part of its path is not", "name a folder")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return refuse(publish.KindDenied, "is full", "free some space and publish again; the site there is whole")
	}
	return err
}
