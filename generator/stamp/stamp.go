// Package stamp tells whether files are what they were without reading them: by size, times, mode and number, as version control systems do.
//
// In come folders and paths; out come stamps, texts that differ when a file was written, replaced, or had its mode or name changed in between. What they cannot
// tell is two writes within one tick of the file system's clock, some milliseconds: whoever keeps stamps asks for the newest time in them, and does
// not trust those that are as new as the reading itself. Where a system has no time of change (ctime), which no program can set back, there are no stamps.
package stamp

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Tick is longer than a tick of any file system's clock that is of interest: what is newer than it may be written again without a trace.
const Tick = 20 * time.Millisecond

// Folder gives one stamp for all files below a folder, and the newest time in it; passed names what does not count, with all below it. It is false where
// there are no stamps: on some systems, and where there is a symbolic link, which may lead anywhere.
func Folder(fsys fs.FS, folder string, passed func(name string) bool) (stamp string, newest time.Time, ok bool) {
	sum := sha256.New()
	err := fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != folder && passed(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			fmt.Fprintf(sum, "%s/\n", name)
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		one, at, ok := of(info)
		if !ok || !info.Mode().IsRegular() {
			return fs.ErrInvalid
		}
		fmt.Fprintf(sum, "%s %s\n", name, one)
		if at.After(newest) {
			newest = at
		}
		return nil
	})
	if err != nil {
		return "", time.Time{}, false
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), newest, true
}

// Files gives one stamp for files below a folder of the disk, slash paths, and for all folders on the way to them: a file that came into one of these or
// went from it is told as well. It is false when one is not there, or there are no stamps.
func Files(folder string, paths []string) (stamp string, ok bool) {
	seen := map[string]bool{".": true}
	all := []string{"."}
	for _, name := range paths {
		all = append(all, name)
		for dir := path.Dir(name); !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			all = append(all, dir)
		}
	}
	slices.Sort(all)
	stamps := make([]string, len(all))
	var wg sync.WaitGroup
	var next atomic.Int64
	var lost atomic.Bool
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(all) && !lost.Load(); i = int(next.Add(1)) - 1 {
				info, err := os.Lstat(filepath.Join(folder, filepath.FromSlash(all[i])))
				ok := err == nil
				if ok {
					stamps[i], _, ok = of(info)
				}
				if !ok {
					lost.Store(true)
				}
			}
		})
	}
	wg.Wait()
	sum := sha256.New()
	for i, name := range all {
		fmt.Fprintf(sum, "%s %s\n", name, stamps[i])
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), !lost.Load()
}
