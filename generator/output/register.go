package output

import (
	"fmt"
	"strings"
	"sync"
)

// register knows the files put so far and every spelling of every folder on
// the way to them. It is safe for concurrent use.
type register struct {
	mu    sync.Mutex
	files map[string]File
	// spelt maps each folded path, of a file or of a folder above one, to the
	// path as first written.
	spelt map[string]place
}

// place is what stands at a folded path.
type place struct {
	path   string
	folder bool
}

// add takes file in. It returns false without an error when the same path with
// the same bytes was added before.
func (r *register) add(file File) (bool, error) {
	if err := CheckPath(file.Path); err != nil {
		return false, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.files == nil {
		r.files = make(map[string]File)
		r.spelt = make(map[string]place)
	}
	if old, ok := r.files[file.Path]; ok {
		if old.Hash == file.Hash {
			return false, nil
		}
		return false, &Error{
			Kind: KindTwice, Path: file.Path,
			Text: "is written twice, with different contents",
			Hint: "give one of the two sources another id",
		}
	}
	if err := r.claim(file.Path, false); err != nil {
		return false, err
	}
	for dir := parent(file.Path); dir != ""; dir = parent(dir) {
		if err := r.claim(dir, true); err != nil {
			return false, err
		}
	}
	r.files[file.Path] = file
	return true, nil
}

// claim notes path as a file or folder, or says whose place it already is.
func (r *register) claim(path string, folder bool) error {
	key := fold(path)
	there, ok := r.spelt[key]
	switch {
	case !ok:
		r.spelt[key] = place{path, folder}
		return nil
	case there.path != path:
		return &Error{
			Kind: KindTwice, Path: path,
			Text: fmt.Sprintf("and %q differ only in upper and lower case", there.path),
			Hint: "give one of the two sources another id",
		}
	case there.folder != folder || !folder:
		return &Error{
			Kind: KindTwice, Path: path,
			Text: "is written as a file and as a folder",
			Hint: "give one of the two sources another id",
		}
	}
	return nil
}

// set is the sorted list of what was added.
func (r *register) set() *Set {
	r.mu.Lock()
	defer r.mu.Unlock()
	files := make([]File, 0, len(r.files))
	for _, file := range r.files { // sorted by newSet
		files = append(files, file)
	}
	return newSet(files)
}

// parent is the folder of a slash path, or "" for one at the root.
func parent(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return ""
}
