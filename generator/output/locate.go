package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// maxLinks is how many symbolic links lead on from one another at most, as in
// Linux (path_resolution(7)).
const maxLinks = 40

// locate finds the folder that dir means, absolute and without symbolic links,
// and refuses what cannot be exchanged for another folder. The folder itself
// need not exist.
func locate(dir string, d disk) (string, error) {
	if dir == "" {
		return "", unsuitable(dir, "is no folder")
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", problem("finding the folder", dir, err)
	}
	for range maxLinks {
		if path == filepath.Dir(path) {
			return "", unsuitable(dir, "is the root of the file system")
		}
		above, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", noParent(dir, path, err)
		}
		path = filepath.Join(above, filepath.Base(path))
		info, err := d.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case errors.Is(err, syscall.ENOTDIR):
			return "", noParent(dir, path, err)
		case err != nil:
			return "", problem("looking at the folder", dir, err)
		case info.Mode()&fs.ModeSymlink == 0:
			return path, checkFolder(dir, path, info, d)
		}
		target, err := d.Readlink(path)
		if err != nil {
			return "", problem("following the link", dir, err)
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(above, target)
		}
		path = filepath.Clean(target)
	}
	return "", unsuitable(dir, "is a symbolic link that leads to itself")
}

// checkFolder refuses a site's folder that exists and cannot be exchanged.
func checkFolder(shown, path string, info fs.FileInfo, d disk) error {
	if !info.IsDir() {
		return &Error{
			Kind: KindNotFolder, Path: shown, Text: "is a " + kindName(info.Mode()) + ", not a folder",
			Hint: "move it away, or choose another folder with --out",
		}
	}
	if around, err := holdsCurrent(info, d); err != nil {
		return problem("finding the current folder", shown, err)
	} else if around {
		return unsuitable(shown, "is the current folder or lies around it")
	}
	if mounted, err := d.Mounted(path); err != nil {
		return problem("looking at the folder", shown, err)
	} else if mounted {
		return mountProblem(shown, nil)
	}
	return problem("writing", shown, d.Writable(path))
}

// holdsCurrent says whether the current folder is the one of info or lies in
// it: exchanged, it would be gone under the feet of this process and of the
// shell that started it.
func holdsCurrent(info fs.FileInfo, d disk) (bool, error) {
	current, err := os.Getwd()
	if err != nil {
		return false, err
	}
	current, err = filepath.EvalSymlinks(current)
	if err != nil {
		return false, err
	}
	for {
		there, err := d.Lstat(current)
		if err != nil {
			return false, err
		}
		if os.SameFile(info, there) {
			return true, nil
		}
		above := filepath.Dir(current)
		if above == current {
			return false, nil
		}
		current = above
	}
}

func kindName(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return "file"
	case mode&fs.ModeNamedPipe != 0:
		return "named pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode&fs.ModeDevice != 0:
		return "device"
	}
	return "special file"
}

func unsuitable(shown, text string) error {
	return &Error{
		Kind: KindUnsuitable, Path: shown, Text: text,
		Hint: "choose a folder of its own for the site with --out, such as \"public\"",
	}
}

// noParent explains that the folder above path is missing, is a file, or cannot
// be reached.
func noParent(shown, path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return problem("looking at the folder above", shown, err)
	}
	return &Error{
		Kind: KindNoParent, Path: shown, Text: "has no folder to lie in",
		Hint: "make the folder " + filepath.Dir(path) + " first", Err: err,
	}
}
