package codecache

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// sweep throws away whatever below dir is not code with a matching record, and
// returns how many files of code are left. A second process may do the same at the
// same time: a file that has gone is as good as one thrown away, and one that has
// just been written and not recorded yet is compiled once more.
func sweep(dir string, now time.Time) (good int, err error) {
	loader := filepath.Join(dir, loaderFolder)
	if err := folderOrNothing(loader); err != nil {
		return 0, err
	}
	if err := folderOrNothing(filepath.Join(dir, recordFolder)); err != nil {
		return 0, err
	}
	sweepTrials(dir, now)
	entries, err := readDir(loader)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		path := filepath.Join(loader, e.Name())
		if !e.IsDir() || !strings.HasPrefix(e.Name(), engineFolder) {
			if err := remove(path); err != nil {
				return 0, err
			}
			continue
		}
		n, err := sweepEngine(dir, path, maxCode-good, now)
		if err != nil {
			return 0, err
		}
		good += n
	}
	return good, nil
}

// sweepTrials removes what a process that was killed left behind while it tried how
// much room there is, or wrote a record.
func sweepTrials(dir string, now time.Time) {
	for _, pattern := range []string{trialFile, filepath.Join(recordFolder, newRecord)} {
		left, _ := filepath.Glob(filepath.Join(dir, pattern)) // the pattern is well-formed
		for _, path := range left {
			if info, err := os.Lstat(path); err == nil && now.Sub(info.ModTime()).Abs() > unsettled {
				os.Remove(path)
			}
		}
	}
}

// sweepEngine does it for one version of the runtime. At most room files are kept.
func sweepEngine(dir, folder string, room int, now time.Time) (good int, err error) {
	entries, err := readDir(folder)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return 0, err
		}
		regular := info.Mode().IsRegular() && info.Size() <= codeBytes
		if regular && isUnfinished(e.Name()) && now.Sub(info.ModTime()).Abs() < unsettled {
			continue // another process is writing it; its name is no code's name
		}
		if regular && !isUnfinished(e.Name()) && good < room && matches(dir, path) {
			good++
			continue
		}
		if err := remove(path); err != nil {
			return 0, err
		}
	}
	return good, nil
}

// recordPath is where the record of a file of code lies.
func recordPath(dir, code string) string {
	return filepath.Join(dir, recordFolder, filepath.Base(filepath.Dir(code))+"."+filepath.Base(code))
}

// matches reports whether the code at path is what was recorded.
func matches(dir, path string) bool {
	rec := recordPath(dir, path)
	info, err := os.Lstat(rec)
	if err != nil || !info.Mode().IsRegular() || info.Size() != 2*sha256.Size {
		return false
	}
	want, err := os.ReadFile(rec)
	if err != nil {
		return false
	}
	got, err := digest(path)
	return err == nil && got == string(want)
}

func digest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(f, codeBytes)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// record writes the record of every file of code that has none. What fails is left:
// the file is then thrown away at the next start.
func record(dir string) {
	paths, err := filepath.Glob(filepath.Join(dir, loaderFolder, engineFolder+"*", "*"))
	if err != nil {
		return
	}
	for _, path := range paths {
		rec := recordPath(dir, path)
		if _, err := os.Lstat(rec); err == nil && recordedBefore(path, rec) {
			continue
		}
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || isUnfinished(path) {
			continue
		}
		if sum, err := digest(path); err == nil {
			writeRecord(rec, sum)
		}
	}
}

// recordedBefore reports that the record is not older than the code, so that it is
// this code's.
func recordedBefore(path, rec string) bool {
	code, err := os.Lstat(path)
	if err != nil {
		return true
	}
	r, err := os.Lstat(rec)
	return err == nil && !r.ModTime().Before(code.ModTime())
}

// writeRecord writes beside and renames, so that nobody reads half a record.
func writeRecord(rec, sum string) {
	if os.MkdirAll(filepath.Dir(rec), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(rec), newRecord)
	if err != nil {
		return
	}
	_, err = f.WriteString(sum)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), rec)
	}
	if err != nil {
		os.Remove(f.Name())
	}
}

// folderOrNothing removes what stands in a folder's place.
func folderOrNothing(path string) error {
	info, err := os.Lstat(path)
	if err != nil || info.IsDir() {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return remove(path)
}

// remove removes a file, a link itself, or a folder with all in it.
func remove(path string) error { return os.RemoveAll(path) }

// readDir lists a folder; one that is not there is empty.
func readDir(dir string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}
