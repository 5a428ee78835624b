package branch

import (
	"slices"
	"strings"
	"testing"
)

func TestParsePlace(t *testing.T) {
	for text, want := range map[string]Place{
		"git:gh-pages":                                 {"", "gh-pages"},
		"git:feature/site":                             {"", "feature/site"},
		"git:origin#gh-pages":                          {"origin", "gh-pages"},
		"git:https://git.example/a/b.git#gh-pages":     {"https://git.example/a/b.git", "gh-pages"},
		"git:git@git.example:a/b.git#main":             {"git@git.example:a/b.git", "main"},
		"git:../other#site":                            {"../other", "site"},
		"git:https://git.example/odd#name.git#sitio/ñ": {"https://git.example/odd#name.git", "sitio/ñ"},
	} {
		if got, err := ParsePlace(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %+v, %v, again as %s", text, got, err, got)
		}
	}
	for text, want := range map[string]string{
		"gh-pages":                            `does not begin with "git:"`,
		"git:":                                "names no branch",
		"git:#gh-pages":                       "names no repository",
		"git:origin#":                         "names no branch after the #",
		"git:https://git.example/a/b.git":     "names a repository and no branch",
		"git:git@git.example:a/b":             "names a repository and no branch",
		"git:../other":                        "names a repository and no branch",
		"git:--upload-pack=rm#x":              "git would take the dash for a flag",
		"git:origin#--all":                    "git would take the dash for a flag",
		"git:https://u:token@git.example/a/b": "https://***@git.example",
	} {
		if got, err := ParsePlace(text); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "token") {
			t.Errorf("%s: %+v, %v, want %q", text, got, err, want)
		}
	}
}

func TestWhatIsAnAddress(t *testing.T) {
	for repository, want := range map[string]bool{"": false, "origin": false, "up-stream": false, "./x": true, "../x": true, "/x": true, "a/b": true, "x.git": true,
		"host:path": true, "https://host/x": true} {
		if got := (Place{Repository: repository}).isAddress(); got != want {
			t.Errorf("%q: %v", repository, got)
		}
	}
}

// A token in the address of a repository must not end up in a log.
func TestHidden(t *testing.T) {
	for text, want := range map[string]string{
		"https://git.example/a":                                  "https://git.example/a",
		"https://user:secret@git.example/a":                      "https://***@git.example/a",
		"https://ghp_secret@git.example/a":                       "https://***@git.example/a",
		"ssh://git@git.example/a@b":                              "ssh://git@git.example/a@b",
		"fatal: 'https://a:secret@h/x' and 'https://b:secret@h'": "fatal: 'https://***@h/x' and 'https://***@h'",
		"https://a:secret@b:secret@h/x":                          "https://***@h/x",
		"mail a@b.example":                                       "mail a@b.example",
	} {
		if got := hidden(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestQuoted(t *testing.T) {
	words := "Writing objects:  50%\rWriting objects: 100%\nremote: \nremote: error: \x1b[31mGH006\x1b[0m: Protected\u202e branch        \nhint: Updates were rejected\n\n ! [remote rejected] x -> y (hook)\n"
	want := []string{"Writing objects: 100%", "remote: error: [31mGH006[0m: Protected branch", " ! [remote rejected] x -> y (hook)"}
	if got := quoted(words); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := quoted(strings.Repeat("line\n", 40)); len(got) != maxWords+1 || got[maxWords] != "(28 more lines)" {
		t.Errorf("%q", got)
	}
}

func TestStatusOf(t *testing.T) {
	out := "To https://git.example/a\n!\tabc:refs/heads/other\t[rejected] (fetch first)\n!\tabc:refs/heads/site\t[remote rejected] (pre-receive hook declined)\nDone\n"
	if got := statusOf(out, "refs/heads/site"); got != "[remote rejected] (pre-receive hook declined)" {
		t.Errorf("%q", got)
	}
	if got := statusOf("To x\n*\tabc:refs/heads/site\t[new branch]\n", "refs/heads/site"); got != "" {
		t.Errorf("a branch that was made is no refusal: %q", got)
	}
}
