package preview_test

import (
	"strings"
	"testing"

	"candor/generator/preview"
)

func TestEditors(t *testing.T) {
	for _, test := range []struct{ editor, root, file, want string }{
		{"vscode", "/home/mara/trust", "content/site.yaml", "vscode://file/home/mara/trust/content/site.yaml:3:7"},
		{"vscode", "/home/mara/a site #1", "content/100%?.md", "vscode://file/home/mara/a%20site%20%231/content/100%25%3F.md:3:7"},
		{"vscodium", "/é", "a.md", "vscodium://file/%C3%A9/a.md:3:7"},
		{"cursor", "C:/trust", "content/a:b.md", "cursor://file/C:/trust/content/a%3Ab.md:3:7"},
		{"zed", "/x", "a.md", "zed://file/x/a.md:3:7"},
		{"idea", "/a&b=c+d", "a.md", "idea://open?file=/a%26b%3Dc%2Bd/a.md&line=3&column=7"},
		{"jetbrains", "/x", "a.md", "idea://open?file=/x/a.md&line=3&column=7"},
		{"sublime", "/x", "a b.md", "subl://open?url=file:///x/a%20b.md&line=3&column=7"},
		{"textmate", "/x", "a.md", "txmt://open?url=file:///x/a.md&line=3&column=7"},
		{"emacs", "/x", "a.md", "emacs://open?url=file:///x/a.md&line=3&column=7"},
		{"myed://open?file={path}&line={line}&column={column}", "/x", "{line}.md", "myed://open?file=/x/%7Bline%7D.md&line=3&column=7"},
	} {
		editor, err := preview.EditorOf(test.editor)
		if err != nil {
			t.Errorf("%s: %v", test.editor, err)
			continue
		}
		if got := editor.Open(test.root, test.file, 3, 7); got != test.want {
			t.Errorf("%s opens\n%s, want\n%s", test.editor, got, test.want)
		}
	}
	for _, typed := range []string{"", "vim", "javascript:alert('{path}')", "JavaScript:{path}", "data:text/html,{path}", "{path}", "/usr/bin/vi {path}", "file://{path}", "myed://open"} {
		if editor, err := preview.EditorOf(typed); err == nil || !strings.Contains(err.Error(), typed) {
			t.Errorf("%q is an editor: %q, %v", typed, editor, err)
		}
	}
}
