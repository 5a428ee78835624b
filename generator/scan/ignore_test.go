package scan

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ignored gives which of some paths are ignored, by walking down to each as Trees does.
func ignored(files map[string]string, paths []string) []string {
	var all []string
	for _, p := range paths {
		var g *ignoring
		if text, ok := files[".gitignore"]; ok {
			g = g.with(".", []byte(text))
		}
		parts := strings.Split(p, "/")
		for i := range parts {
			at := strings.Join(parts[:i+1], "/")
			folder := i+1 < len(parts)
			if g.ignores(at, folder) {
				all = append(all, p)
				break
			}
			if text, ok := files[at+"/.gitignore"]; ok && folder {
				g = g.with(at, []byte(text))
			}
		}
	}
	slices.Sort(all)
	return all
}

// gitIgnored asks git.
func gitIgnored(t *testing.T, dir string, paths []string) []string {
	t.Helper()
	cmd := exec.Command("git", "check-ignore", "--no-index", "--stdin", "-z")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\x00") + "\x00")
	out, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	if len(out) == 0 {
		all = nil
	}
	slices.Sort(all)
	return all
}

// randomRules gives sets of rules that nobody would write.
func randomRules() []map[string]string {
	var cases []map[string]string
	pieces := []string{"a", "b", "build", "*", "**", "x.*", "*.log", "?", "src", "[ab]", "g.log", ".env"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		files := map[string]string{}
		for _, where := range []string{".gitignore", "a/.gitignore", "a/b/.gitignore"} {
			var text strings.Builder
			for range random.IntN(5) {
				for _, sign := range []string{"!", "/"} {
					if random.IntN(4) == 0 {
						text.WriteString(sign)
					}
				}
				text.WriteString(pieces[random.IntN(len(pieces))])
				for random.IntN(3) == 0 {
					text.WriteString("/" + pieces[random.IntN(len(pieces))])
				}
				if random.IntN(3) == 0 {
					text.WriteString("/")
				}
				text.WriteString("\n")
			}
			files[where] = text.String()
		}
		cases = append(cases, files)
	}
	return cases
}

// TestIgnoresAsGitDoes holds rules, told and random ones, against git itself.
func TestIgnoresAsGitDoes(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	var paths []string
	names := []string{"a", "b", "build", "x.log", "x.key", ".env", "a b", "{x}", "#x", "!x", "ab"}
	for _, one := range names {
		paths = append(paths, one+"/f.go")
		for _, two := range names {
			paths = append(paths, one+"/"+two+"/g.log", one+"/"+two+"/src")
		}
	}
	cases := []map[string]string{
		{".gitignore": "*.log\n!b\n"},
		{".gitignore": "*.key\n/*\n!/a/\n"},
		{".gitignore": "build/\n", "a/.gitignore": "!build/\n"},
		{".gitignore": "a/**\n!a/b\n"},
		{".gitignore": "**/build/*.log\n{x}\n\\#x\n\\!x\n# c\n"},
		{".gitignore": "a b\nab \nx.key   \n"},
		{".gitignore": "[ab]\n[!ab]b\n[[:alpha:]]\n"},
		{".gitignore": "/a/b\nb/*/\n"},
		{".gitignore": "a/\nb\n", "a/.gitignore": "!*\n", "build/.gitignore": "*\n!b\n!*/\n"},
		{".gitignore": "src/\nsrc\n!src/\n/**/x.log\n"},
	}
	cases = append(cases, randomRules()...)
	dir := t.TempDir()
	if err := exec.Command("git", "init", "-q", dir).Run(); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range paths {
		write(p, "")
	}
	for i, files := range cases {
		for _, name := range []string{".gitignore", "a/.gitignore", "a/b/.gitignore", "build/.gitignore"} {
			write(name, files[name])
		}
		if got, want := ignored(files, paths), gitIgnored(t, dir, paths); !slices.Equal(got, want) {
			t.Errorf("%d: %s", i, different(files, got, want))
		}
	}
}

func different(files map[string]string, got, want []string) string {
	var more, less []string
	for _, p := range got {
		if !slices.Contains(want, p) {
			more = append(more, p)
		}
	}
	for _, p := range want {
		if !slices.Contains(got, p) {
			less = append(less, p)
		}
	}
	return fmt.Sprintf("by %q, git does not ignore %q, and does %q", files, more, less)
}

// TestIgnoreLimits holds a .gitignore of any size to what it may cost.
func TestIgnoreLimits(t *testing.T) {
	var g *ignoring
	g = g.with(".", []byte(strings.Repeat("*a*a*a*a*a*a*a*a*a*b\n", 50_000)+strings.Repeat("x", 100_000)+"\n"))
	for range 20 {
		if g.ignores(strings.Repeat("a", 200), false) {
			t.Error("what ends in a is no b")
		}
	}
}

func FuzzIgnore(f *testing.F) {
	f.Add("*.log\n!/a/**/b\n[", "a/b/c.log")
	f.Fuzz(func(t *testing.T, rules, name string) {
		var g *ignoring
		g.with(".", []byte(rules)).ignores(name, len(name)%2 == 0)
	})
}
