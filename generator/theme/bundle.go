package theme

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// bundle makes one stylesheet and one script of all there are, and a file of each script that a page has for itself, named by what is in them, so that browsers may keep them for ever.
func (t *Theme) bundle(all []File, brand Brand) error {
	var styles, scripts bytes.Buffer
	for _, f := range inOrder(all, ".css") {
		if err := addStyle(&styles, f); err != nil {
			return err
		}
	}
	properties, err := brand.properties()
	if err != nil {
		return err
	}
	styles.WriteString(properties)
	for _, f := range inOrder(all, ".js") {
		if name, own := strings.CutSuffix(f.Path, ownEnd); own {
			var script bytes.Buffer
			if err := addScript(&script, f); err != nil {
				return err
			}
			page := path.Dir(f.Path)
			t.own[page] = append(t.own[page], t.put(strings.ReplaceAll(name, "/", "-"), "js", script.Bytes()))
			continue
		}
		if err := addScript(&scripts, f); err != nil {
			return err
		}
	}
	t.stylesheet = t.put("site", "css", styles.Bytes())
	t.script = t.put("site", "js", scripts.Bytes())
	return nil
}

// ownEnd is how scripts end that one page alone has.
const ownEnd = ".own.js"

// put keeps a file that is named by what is in it, and gives its address.
func (t *Theme) put(name, ext string, data []byte) string {
	if len(data) == 0 {
		return ""
	}
	sum := sha256.Sum256(data)
	name = "assets/" + name + "." + hex.EncodeToString(sum[:4]) + "." + ext
	t.files = append(t.files, File{Path: name, Data: data})
	return "/" + name
}

// inOrder gives the files of that ending, those of the lowest layer first, so that what lies above has the last word: those at the top, then the frame's, then
// the pages'.
func inOrder(all []File, ext string) []File {
	var files []File
	for _, f := range all {
		if path.Ext(f.Path) == ext {
			files = append(files, f)
		}
	}
	rank := func(f File) int {
		switch dir, _, _ := strings.Cut(f.Path, "/"); {
		case dir == f.Path:
			return 0
		case dir == layout:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(files, func(a, b File) int { return cmp.Or(a.depth-b.depth, rank(a)-rank(b)) })
	return files
}

func addStyle(out *bytes.Buffer, f File) error {
	start := out.Len()
	if err := css.Minify(minify.New(), out, bytes.NewReader(f.Data), nil); err != nil {
		return fmt.Errorf("theme: %s: %w", f.Path, err)
	}
	if bytes.Contains(out.Bytes()[start:], []byte("@import")) {
		return fmt.Errorf("theme: %s: @import is not bundled, put the file itself into the theme", f.Path)
	}
	if out.Len() > start {
		out.WriteByte('\n')
	}
	return nil
}

func addScript(out *bytes.Buffer, f File) error {
	// On the first line, so that the lines of an error are those of the file.
	source := slices.Concat([]byte(`(()=>{"use strict";`), f.Data, []byte("\n})();"))
	if err := js.Minify(minify.New(), out, bytes.NewReader(source), nil); err != nil {
		return fmt.Errorf("theme: %s: %w", f.Path, err)
	}
	out.WriteString(";\n")
	return nil
}
