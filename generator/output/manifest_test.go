package output

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

func TestOtherProgramsVerifyTheManifest(t *testing.T) {
	dir := site(t)
	mustBuild(t, dir, pages{
		"index.html": "home", "with space.html": "x", "方針.html": "x", "#hash": "x", " lead": "x", "*star": "x", "-dash": "x", "a/b/c": "",
	})
	checked := 0
	for _, command := range [][]string{
		{"sha256sum", "--check", "--strict", "--quiet", ManifestName},
		{"shasum", "-a", "256", "--check", "--strict", ManifestName},
	} {
		program, err := exec.LookPath(command[0])
		if err != nil {
			t.Logf("%s is not installed", command[0])
			continue
		}
		checked++
		verify := func() ([]byte, error) {
			cmd := exec.Command(program, command[1:]...)
			cmd.Dir = dir
			return cmd.CombinedOutput()
		}
		if out, err := verify(); err != nil {
			t.Errorf("%s: %v\n%s", program, err, out)
		}
		write(t, dir, "index.html", "changed")
		if out, err := verify(); err == nil {
			t.Errorf("%s did not see a changed page: %s", program, out)
		}
		write(t, dir, "index.html", "home")
	}
	if checked == 0 {
		t.Skip("no program on this machine can check a manifest")
	}
}

func TestManifestRoundTrip(t *testing.T) {
	var memory Memory
	for i := range 300 {
		if err := memory.Put(fmt.Sprintf("p%d/%d", i%7, i), []byte{byte(i)}); err != nil {
			t.Fatal(err)
		}
	}
	set := memory.Set()
	want := set.Manifest()
	for name, text := range map[string][]byte{"as written": want, "with carriage returns": bytes.ReplaceAll(want, []byte("\n"), []byte("\r\n"))} {
		files, err := ParseManifest(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := newSet(files).Manifest(); !bytes.Equal(got, want) {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if set.Digest() != sha256.Sum256(want) {
		t.Error("the digest is not the hash of the manifest")
	}
}

func TestManifestsThatAreRefused(t *testing.T) {
	line := func(path string) string { return strings.Repeat("0a", 32) + "  " + path + "\n" }
	for name, test := range map[string]struct{ text, want string }{
		"empty":            {"", "line 1"},
		"another's":        {line("a"), "line 1"},
		"cut off":          {signature + "\n" + strings.TrimSuffix(line("a"), "\n"), "line 2: cut off"},
		"empty line":       {signature + "\n\n", "line 2"},
		"short hash":       {signature + "\n" + line("a")[2:], "line 2"},
		"upper case":       {signature + "\n" + strings.ToUpper(line("a")), "line 2"},
		"no hash":          {signature + "\n" + strings.Repeat("xy", 32) + "  a\n", "line 2"},
		"one space":        {signature + "\n" + strings.Repeat("0a", 32) + " a\n", "line 2"},
		"binary mode":      {signature + "\n" + strings.Repeat("0a", 32) + " *a\n", "line 2"},
		"no path":          {signature + "\n" + line(""), "line 2"},
		"not sorted":       {signature + "\n" + line("b") + line("a"), `line 3: "a" is not sorted after "b"`},
		"twice":            {signature + "\n" + line("a") + line("a"), "line 3"},
		"out of the site":  {signature + "\n" + line("../a"), "line 2"},
		"absolute":         {signature + "\n" + line("/etc/passwd"), "line 2"},
		"into a git":       {signature + "\n" + line(".git/config"), "line 2"},
		"lists itself":     {signature + "\n" + line("SHA256SUMS"), "line 2"},
		"conflict markers": {signature + "\n<<<<<<< HEAD\n" + line("a"), "line 2"},
	} {
		files, err := ParseManifest([]byte(test.text))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: got %v, %v; want an error that begins with %q", name, files, err, test.want)
		}
	}
}

// What ParseManifest takes is exactly what Manifest writes.
func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(signature + "\n"))
	f.Add([]byte(signature + "\r\n" + strings.Repeat("ab", 32) + "  a\r\n"))
	f.Add([]byte(signature + "\n" + strings.Repeat("00", 32) + "  a/b c\n" + strings.Repeat("ff", 32) + "  b\n"))
	f.Add([]byte(signature + "\n" + strings.Repeat("00", 32) + "  ../x\n"))
	f.Add([]byte("# something else\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := ParseManifest(data)
		if err != nil {
			return
		}
		for _, file := range files {
			if err := CheckPath(file.Path); err != nil || file.Size != -1 {
				t.Fatalf("%+v, %v", file, err)
			}
		}
		want := bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		if len(files) == 0 && len(want) == len(signature) {
			want = append(want, '\n') // no file, no line feed: still the signature
		}
		if got := newSet(files).Manifest(); !bytes.Equal(got, bytes.TrimSuffix(want, []byte("\r"))) {
			t.Fatalf("%q comes back as %q", data, got)
		}
	})
}
