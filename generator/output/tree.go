package output

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
)

// node is a file or folder below some root.
type node struct {
	path string      // slash path from the root
	kind fs.FileMode // type bits only
}

func (n node) isDir() bool { return n.kind.IsDir() }

// walk lists what lies below root, each folder before its content, names in
// byte order. It calls visit for each node; a folder for which visit returns
// false is listed but not entered. Symbolic links are never followed. A root
// that does not exist is empty.
func walk(d disk, root string, visit func(node) (enter bool, err error)) ([]node, error) {
	var nodes []node
	var list func(below string) error
	list = func(below string) error {
		entries, err := d.ReadDir(filepath.Join(root, filepath.FromSlash(below)))
		if err != nil {
			return err
		}
		for _, entry := range entries {
			n := node{path: join(below, entry.Name()), kind: entry.Type()}
			nodes = append(nodes, n)
			enter, err := visit(n)
			if err != nil {
				return err
			}
			if enter && n.isDir() {
				if err := list(n.path); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err := list("")
	if len(nodes) == 0 && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return nodes, err
}

func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// removeTree removes root and all below it, if it exists. Folders without write
// permission, as an owner may keep among foreign files, are given it.
func removeTree(d disk, root string) error {
	info, err := d.Lstat(root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return d.Remove(root)
	}
	nodes, err := walk(d, root, func(n node) (bool, error) {
		return true, unlock(d, root, n)
	})
	if err != nil {
		return err
	}
	return removeNodes(d, root, nodes)
}

// unlock makes a folder readable and writable for its owner if it is not.
func unlock(d disk, root string, n node) error {
	if !n.isDir() {
		return nil
	}
	path := filepath.Join(root, filepath.FromSlash(n.path))
	info, err := d.Lstat(path)
	if err != nil || info.Mode()&0o700 == 0o700 {
		return err
	}
	return d.Chmod(path, 0o700)
}

// removeNodes removes nodes, which walk listed, and root.
func removeNodes(d disk, root string, nodes []node) error {
	for _, n := range slices.Backward(nodes) {
		if err := d.Remove(filepath.Join(root, filepath.FromSlash(n.path))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return d.Remove(root)
}
