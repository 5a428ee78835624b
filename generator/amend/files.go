package amend

import (
	"fmt"
	"path/filepath"

	"candor/generator/output"
)

// WriteInto gives what writes files of the site folder dir. A symbolic link stays one: the file that it leads to is written, if that lies in dir.
func WriteInto(dir string) func(path string, data []byte) error {
	return func(path string, data []byte) error {
		full, err := within(dir, path, true)
		if err != nil {
			return err
		}
		return output.Replace(full, data)
	}
}

// MoveIn gives what renames files of the site folder dir, never over another one. A symbolic link is renamed itself.
func MoveIn(dir string) func(from, to string) error {
	return func(from, to string) error {
		old, err := within(dir, from, false)
		if err != nil {
			return err
		}
		now, err := within(dir, to, false)
		if err != nil {
			return err
		}
		return output.Move(old, now)
	}
}

// within gives where a file of the folder dir lies on the disk. Links in its path are followed, and the file itself when it is asked for; what
// they lead out of dir is refused.
func within(dir, path string, itself bool) (string, error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", fmt.Errorf("find the site folder: %w", err)
	}
	full := filepath.Join(root, filepath.FromSlash(path))
	name := ""
	if !itself {
		full, name = filepath.Dir(full), filepath.Base(full)
	}
	if full, err = filepath.EvalSymlinks(full); err != nil {
		return "", fmt.Errorf("find %s: %w", path, err)
	}
	full = filepath.Join(full, name)
	if rel, err := filepath.Rel(root, full); err != nil || !filepath.IsLocal(rel) {
		return "", Refuse("put the file itself there", "%s lies outside of the site folder", path)
	}
	return full, nil
}
