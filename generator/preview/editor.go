package preview

import (
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// An Editor is the address that opens a place in an editor, with {path}, {line} and {column} in it.
type Editor string

// editors are those known by name. Each address is as the editor's own documentation has it.
var editors = []struct{ name, address string }{
	{"vscode", "vscode://file{path}:{line}:{column}"},
	{"vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"},
	{"vscodium", "vscodium://file{path}:{line}:{column}"},
	{"cursor", "cursor://file{path}:{line}:{column}"},
	{"windsurf", "windsurf://file{path}:{line}:{column}"},
	{"zed", "zed://file{path}:{line}:{column}"},
	{"idea", "idea://open?file={path}&line={line}&column={column}"},
	{"jetbrains", "idea://open?file={path}&line={line}&column={column}"},
	{"sublime", "subl://open?url=file://{path}&line={line}&column={column}"},
	{"textmate", "txmt://open?url=file://{path}&line={line}&column={column}"},
	{"emacs", "emacs://open?url=file://{path}&line={line}&column={column}"},
}

// EditorNames gives the names that EditorOf knows.
func EditorNames() []string {
	var names []string
	for _, e := range editors {
		names = append(names, e.name)
	}
	return names
}

// EditorOf gives the editor of a name, or of an address with {path} in it.
func EditorOf(typed string) (Editor, error) {
	if i := slices.Index(EditorNames(), typed); i >= 0 {
		return Editor(editors[i].address), nil
	}
	if !strings.Contains(typed, "{path}") {
		return "", fmt.Errorf("no editor %q", typed)
	}
	scheme, _, ok := strings.Cut(typed, ":")
	if !ok || scheme == "" || strings.ContainsAny(scheme, "/{ ") || slices.Contains([]string{"javascript", "data", "vbscript", "file"}, strings.ToLower(scheme)) {
		return "", fmt.Errorf("%q is not the address of an editor", typed)
	}
	return Editor(typed), nil
}

// Open gives the address that opens a file of the site folder root.
func (e Editor) Open(root, file string, line, column int) string {
	whole := filepath.ToSlash(filepath.Join(root, filepath.FromSlash(file)))
	if !strings.HasPrefix(whole, "/") {
		whole = "/" + whole // a drive: file:///C:/site
	}
	escaped := (&url.URL{Path: whole}).EscapedPath()
	if strings.Contains(string(e), "?") {
		escaped = strings.NewReplacer("&", "%26", "+", "%2B", "=", "%3D").Replace(escaped)
	}
	escaped = strings.ReplaceAll(escaped, ":", "%3A")
	if i := strings.Index(escaped, "%3A/"); i == 2 { // the drive's own
		escaped = escaped[:2] + ":" + escaped[5:]
	}
	return strings.NewReplacer("{path}", escaped, "{line}", strconv.Itoa(line), "{column}", strconv.Itoa(column)).Replace(string(e))
}
