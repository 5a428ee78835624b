package verify

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"candor/generator/output"

	"golang.org/x/text/unicode/norm"
)

// Folder holds a folder against a manifest. files must not lead out of the folder; os.Root's does not.
func Folder(ctx context.Context, files fs.FS, o Options) (*Report, error) {
	there, err := survey(ctx, files)
	if err != nil {
		return nil, err
	}
	f := &folder{files: files, there: there, originals: o.Originals}
	manifest := o.Manifest
	if manifest == nil {
		if manifest, err = f.manifest(); err != nil {
			return nil, err
		}
	}
	all, err := wanted(manifest, o)
	if err != nil {
		return nil, err
	}
	f.tally = newTally(all, manifest, o)
	if err := each(ctx, len(all), o.Workers, func(i int) { f.look(all[i]) }); err != nil {
		return nil, err
	}
	f.strays(all, manifest)
	return f.finish(), nil
}

// manifest reads the site's own.
func (f *folder) manifest() ([]byte, error) {
	data, fault := f.read(output.ManifestName)
	switch {
	case fault == nil:
		return data, nil
	case fault.Kind == Missing:
		return nil, ErrNoManifest
	}
	return nil, fmt.Errorf("read %s: %s", output.ManifestName, fault.Cause)
}

// A folder is what lies there.
type folder struct {
	*tally
	files     fs.FS
	there     *layout
	originals fs.FS
}

// A layout is every entry of a folder, in order; folders are among them, and none is gone into by a symbolic link.
type layout struct {
	paths  []string
	modes  map[string]fs.FileMode
	folded map[string]string // paths by the form in which systems that know no case, or another Unicode form, take them for one
}

func survey(ctx context.Context, files fs.FS) (*layout, error) {
	l := &layout{modes: map[string]fs.FileMode{}, folded: map[string]string{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil && name == "." {
			return fmt.Errorf("read the folder: %w", err)
		}
		if err != nil {
			return nil // a folder that may not be read: what is listed in it is missing, which is said
		}
		if name == "." {
			return ctx.Err()
		}
		if d.Name() == ".git" {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		l.paths = append(l.paths, name)
		l.modes[name] = d.Type()
		l.folded[foldedName(name)] = name
		return ctx.Err()
	})
	return l, err
}

func foldedName(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// look holds one file against what is written of it.
func (f *folder) look(w want) {
	data, fault := f.read(w.Path)
	if fault != nil {
		f.fault(*fault)
		return
	}
	if sum(data, w) == w.Hash {
		f.same(w, data)
		return
	}
	found := Fault{Path: w.Path, Kind: Altered}
	found.Cause, found.Hint = causeInFolder(data, w)
	if w.manifest {
		found.Cause, found.Hint = "it is not the trusted one: another version of the site lies here, or somebody wrote it anew", ""
	}
	found.show(data, original(f.originals, w.Path))
	f.fault(found)
}

// sum is the hash of a file; line ends of a manifest do not count, since they do not when it is read.
func sum(data []byte, w want) [sha256.Size]byte {
	if w.manifest {
		data = unixEnds(data)
	}
	return sha256.Sum256(data)
}

// read gives a file's bytes, or what is wrong with it.
func (f *folder) read(name string) ([]byte, *Fault) {
	for at := name; at != "."; at = path.Dir(at) {
		mode, ok := f.there.modes[at]
		switch {
		case !ok && at == name:
			continue // a parent may say why
		case !ok:
		case mode&fs.ModeSymlink != 0:
			return nil, &Fault{Path: name, Kind: Obstructed, Cause: fmt.Sprintf("%q is a symbolic link, which is not followed", at), Hint: "put the file itself there"}
		case at == name && mode.IsDir():
			return nil, &Fault{Path: name, Kind: Obstructed, Cause: "a folder lies there", Hint: "build the site again"}
		case at != name && !mode.IsDir(), at == name && !mode.IsRegular():
			return nil, &Fault{Path: name, Kind: Obstructed, Cause: fmt.Sprintf("%q is no regular %s", at, map[bool]string{true: "file", false: "folder"}[at == name]), Hint: "build the site again"}
		}
	}
	if _, ok := f.there.modes[name]; !ok {
		fault := &Fault{Path: name, Kind: Missing}
		fault.Cause, fault.Hint = f.whyMissing(name)
		return nil, fault
	}
	file, err := f.files.Open(name)
	if err != nil {
		return nil, &Fault{Path: name, Kind: Unreadable, Cause: plainly(err), Hint: "run this as somebody who may read it"}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(largest)+1))
	if err != nil {
		return nil, &Fault{Path: name, Kind: Unreadable, Cause: plainly(err)}
	}
	return data, nil
}

// whyMissing looks for the file under a name that some systems take for the same.
func (f *folder) whyMissing(name string) (cause, hint string) {
	if other, ok := f.there.folded[foldedName(name)]; ok && norm.NFC.String(other) == norm.NFC.String(name) {
		return "its name lies there in another Unicode form, as macOS and some archives write names", "copy the site with a program that leaves names as they are"
	} else if ok {
		return fmt.Sprintf("%q lies there, which differs in case alone", other), "copy the site with a program that leaves names as they are"
	}
	return whyDotted(name)
}

// whyDotted knows that many ways to copy and serve a site leave out names that begin with a dot or an underscore.
func whyDotted(name string) (cause, hint string) {
	if strings.HasPrefix(name, ".") || strings.Contains(name, "/.") {
		return "many tools leave out names that begin with a dot", `have the tool take them: "include-hidden-files: true" of GitHub's upload, .nojekyll for its Pages, "cp -a site/." in a shell`
	}
	if strings.HasPrefix(name, "_") || strings.Contains(name, "/_") {
		return "Jekyll leaves out names that begin with an underscore", "put an empty file .nojekyll beside the site, as candor publish does"
	}
	return "", ""
}

// plainly gives what the system said, without the path, which is said already.
func plainly(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// knownStrays are files that publishing puts beside a site, with what is known of them.
var knownStrays = map[string]string{".candor/published.json": "", ".nojekyll": ""}

// strays tells what lies in the folder and is not listed. Packed copies are looked into, since a host gives them in the place of the file.
func (f *folder) strays(all []want, manifest []byte) {
	listed := map[string]want{}
	for _, w := range all {
		listed[w.Path] = w
	}
	if _, ok := listed[output.ManifestName]; !ok { // publishing may have packed it, too
		listed[output.ManifestName] = want{output.File{Path: output.ManifestName, Hash: sha256.Sum256(unixEnds(manifest))}, true}
	}
	for _, name := range f.there.paths {
		mode := f.there.modes[name]
		_, known := knownStrays[name]
		if _, ok := listed[name]; ok || mode.IsDir() || known {
			continue
		}
		w, packed := listed[strings.TrimSuffix(name, ".gz")]
		if packed && strings.HasSuffix(name, ".gz") && mode.IsRegular() {
			f.unpack(name, w)
			continue
		}
		f.report.Strays = append(f.report.Strays, Stray{name, f.strayNote(name, mode, listed)})
	}
}

func (f *folder) strayNote(name string, mode fs.FileMode, listed map[string]want) string {
	_, br := listed[strings.TrimSuffix(name, ".br")]
	_, zst := listed[strings.TrimSuffix(name, ".zst")]
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case !mode.IsRegular():
		return "no regular file"
	case br || zst:
		return "a packed copy that cannot be looked into; a host may give it in the place of the file"
	case strings.HasSuffix(name, ".html"), strings.HasSuffix(name, ".js"), strings.HasSuffix(name, ".svg"):
		return "readers can open it, and it is not candor's"
	}
	return ""
}

// unpack holds the packed copy of a file against what is written of the file.
func (f *folder) unpack(name string, w want) {
	data, fault := f.read(name)
	if fault != nil {
		f.fault(*fault)
		return
	}
	plain, err := gunzip(data)
	if err != nil || sum(plain, w) != w.Hash {
		found := Fault{Path: name, Kind: Altered, Cause: fmt.Sprintf("what is packed in it is not %q as it was written, and hosts give it to readers in its place", w.Path), Hint: "publish again, or delete it"}
		found.show(plain, original(f.originals, w.Path))
		f.fault(found)
	}
}

// gunzip unpacks no more than a file may have.
func gunzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, int64(largest)+1))
	if err == nil && len(plain) > largest {
		err = fmt.Errorf("more than %d MB are packed in it", largest>>20)
	}
	return plain, err
}
