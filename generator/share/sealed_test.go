package share_test

import (
	"bytes"
	"context"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candor/generator"
	"candor/generator/cache"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/seal"
	"candor/generator/share"
	"candor/generator/source"
)

const page = "q/" + id + "/index.html"

// opened gives what stands in the sealed page of a site for who has the key.
func opened(t *testing.T, m *output.Memory, key seal.Key) string {
	t.Helper()
	data, ok := m.Read(page)
	if !ok {
		t.Fatalf("there is no %s", page)
	}
	payload := regexp.MustCompile(`data-sealed="([0-9a-f]+)"`).FindSubmatch(data)
	if payload == nil {
		t.Fatalf("the page holds nothing sealed: %s", data)
	}
	sealed, err := hex.DecodeString(string(payload[1]))
	if err != nil {
		t.Fatal(err)
	}
	letter, err := key.Open(id, sealed)
	if err != nil {
		t.Fatal(err)
	}
	return string(letter)
}

// TestNothingComesOut looks for what only the customer may know, and what nobody may, in every byte of a site; and in what the customer reads.
func TestNothingComesOut(t *testing.T) {
	secret := secretOf(t, 1)
	m := built(t, input(t, folder(t), secret))
	hidden := []string{customer, privateText, unsharedOne, secretNote, "How often are the keys of the vault changed", "vault-keys", "Who turns the keys", "cellar-drills",
		secret.Text(), secret.Key(id).Text(), secret.Check(id), "The vault in Lisbon, Portugal"}
	for _, f := range m.Set().Files() {
		data, _ := m.Read(f.Path)
		for _, text := range hidden {
			for how, form := range written(text) {
				if strings.Contains(f.Path, form) || bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(form))) {
					t.Errorf("%s holds %q as %s", f.Path, text, how)
				}
			}
		}
		if named := bytes.Contains(data, []byte(id)); named != (f.Path == page) {
			t.Errorf("%s names the address of the sealed page: %t", f.Path, named)
		}
	}
	letter := opened(t, m, secret.Key(id))
	for _, text := range []string{customer, privateText, "How often are the keys of the vault changed?", "Who turns the keys?", "The vault in Lisbon, Portugal", `href="/policies/access-control/"`, "Is multi-factor authentication required for your staff?", `href="/answers/staff-mfa/"`} {
		if !strings.Contains(letter, text) {
			t.Errorf("the customer does not read %q", text)
		}
	}
	for _, text := range []string{unsharedOne, secretNote, "cellar-drills", "onclick", "<script", "ada@", secret.Text(), secret.Key(id).Text()} {
		if strings.Contains(letter, text) {
			t.Errorf("the customer reads %q", text)
		}
	}
	outer, _ := m.Read(page)
	for _, text := range []string{`<meta name="robots" content="noindex">`, `<meta name="robots" content="nofollow, noarchive">`, `<meta name="referrer" content="no-referrer">`} {
		if !strings.Contains(string(outer), text) {
			t.Errorf("the page lacks %s", text)
		}
	}
	for _, text := range []string{`rel="canonical"`, "og:url"} {
		if strings.Contains(string(outer), text) {
			t.Errorf("the page has %s", text)
		}
	}
}

// written gives the forms in which a text may come out.
func written(text string) map[string]string {
	forms := map[string]string{"itself": text, "hex": hex.EncodeToString([]byte(text)), "base32": base32.StdEncoding.EncodeToString([]byte(text))[:12]}
	for shift := range 3 {
		coded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", shift) + text))
		forms["base64 moved by "+string(rune('0'+shift))] = coded[4 : len(coded)-4]
	}
	return forms
}

// TestLeaksStop: what is internal does not reach a customer either.
func TestLeaksStop(t *testing.T) {
	person := siteOf(t, folder(t)).Config.Owners[0].Internal.Person.Value
	for what, text := range map[string]string{"another private answer": "We know that " + unsharedOne, "a note": "We know that " + secretNote, "a person": "Ask " + person, "a key": "AKIA" + "QZ7XW3BN5TLKM2PD"} {
		files := edited(t, folder(t), "content/answers/access.yaml", privateText, privateText+". "+text)
		report, err := generator.Build(context.Background(), input(t, files, secretOf(t, 1)), &output.Memory{})
		if err != nil || !report.Failed {
			t.Errorf("%s in a sealed page stops nothing (%v)", what, err)
		}
	}
}

// TestSameBytes: two builds make the same page, and a word that changes makes another one, whatever was kept of the build before.
func TestSameBytes(t *testing.T) {
	files, secret := folder(t), secretOf(t, 1)
	first := built(t, input(t, files, secret))
	if again := built(t, input(t, files, secret)); again.Set().Digest() != first.Set().Digest() {
		t.Error("two builds make two sites")
	}
	shop := &generator.Workshop{Hold: true}
	build := func(in generator.Input) string {
		m := &output.Memory{}
		if report, err := shop.Build(context.Background(), in, generator.Step{All: true}, m); err != nil || report.Failed {
			t.Fatal(err, report.Findings)
		}
		return opened(t, m, in.Secret.Key(id))
	}
	before := build(input(t, files, secret))
	reworded := edited(t, files, "content/answers/access.yaml", "Zanzibar", "Mombasa")
	if after := build(input(t, reworded, secret)); after == before || !strings.Contains(after, "Mombasa") {
		t.Error("a word that changed in a private answer is not on the page")
	}
	rekeyed := edited(t, files, share.Path(id), secret.Check(id), secretOf(t, 2).Check(id))
	if build(input(t, rekeyed, secretOf(t, 2))) != before {
		t.Error("another secret makes another letter")
	}
}

// TestOnlyTheSealedPageChanges: a site with a sealed page differs from one without in that page alone.
func TestOnlyTheSealedPageChanges(t *testing.T) {
	files := folder(t)
	with := built(t, input(t, files, secretOf(t, 1)))
	bare := edited(t, files, "content/site.yaml")
	delete(bare, share.Path(id))
	without := built(t, input(t, bare, seal.Secret{}))
	for _, f := range with.Set().Files() {
		a, _ := with.Read(f.Path)
		b, ok := without.Read(f.Path)
		switch {
		case f.Path == page:
			if ok {
				t.Error("the page is there without a share")
			}
		case f.Path == "index.html" || f.Path == "print/index.html" || f.Path == "trust.json": // name the content's hash
		case !bytes.Equal(a, b):
			t.Errorf("%s differs", f.Path)
		}
	}
	if n, m := with.Set().Len(), without.Set().Len(); n != m+1 {
		t.Errorf("%d files with the page, %d without", n, m)
	}
}

// TestEnds: the page is there on its last day, and not on the next, nor once it is taken back; then no secret is asked for.
func TestEnds(t *testing.T) {
	files := edited(t, folder(t), share.Path(id), "expires: 2086-11-23", "expires: 2026-11-24")
	in := input(t, files, secretOf(t, 1))
	for day, want := range map[int]bool{0: true, 1: true, 2: false, 5: false} {
		in := in
		in.On += model.Day(day)
		if !want {
			in.Secret = seal.Secret{}
		}
		m := &output.Memory{}
		report, err := generator.Build(context.Background(), in, m)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := m.Read(page); ok != want || report.Failed {
			t.Errorf("%d days later the page is there: %t", day, ok)
		}
		warned := slices.ContainsFunc(report.Findings, func(f diag.Finding) bool { return f.Rule == "NOT04" })
		if warned == want {
			t.Errorf("%d days later NOT04 is found: %t", day, warned)
		}
	}
	site := siteOf(t, files)
	edit, err := share.Revoke(site.Shares[0], today(t))
	if err != nil {
		t.Fatal(err)
	}
	data, ok := site.Shares[0].File.Patch(files[share.Path(id)].Data, []source.Edit{edit})
	if !ok || !strings.Contains(string(data), "expires: 2026-11-24\nrevoked_on: 2026-11-23\n") {
		t.Fatalf("the file becomes %s", data)
	}
	files[share.Path(id)].Data = data
	if _, ok := built(t, input(t, files, seal.Secret{})).Read(page); ok {
		t.Error("a page that was taken back is there")
	}
}

// TestLocked: without the secret, or with another one, nothing is built; a preview leaves the page out and says so.
func TestLocked(t *testing.T) {
	for what, secret := range map[string]seal.Secret{"no secret": {}, "another secret": secretOf(t, 2)} {
		in := input(t, folder(t), secret)
		_, err := generator.Build(context.Background(), in, &output.Memory{})
		var locked *generator.Locked
		if !errors.As(err, &locked) || locked.Missing != secret.IsZero() || !slices.Equal(locked.Shares, []string{id}) || !strings.Contains(err.Error(), id) {
			t.Errorf("%s: %v", what, err)
		}
		in.Writing = true
		m := &output.Memory{}
		report, err := generator.Build(context.Background(), in, m)
		if _, ok := m.Read(page); err != nil || ok || report.Locked == nil || report.Locked.Missing != secret.IsZero() {
			t.Errorf("%s: the preview shows the page: %t, and says %v, %v", what, ok, report.Locked, err)
		}
	}
	both := &generator.Locked{Missing: true, Shares: []string{id, other, other}}
	if !strings.Contains(both.Error(), "2 more") || !strings.Contains((&generator.Locked{Shares: []string{id, other}}).Error(), "1 more") {
		t.Errorf("%q does not count", both)
	}
}

// TestKeptSite: what is kept of a site says nothing of what was sealed, and is not taken for a site with another secret.
func TestKeptSite(t *testing.T) {
	dir := t.TempDir()
	build := func(in generator.Input) (*output.Memory, error) {
		store := cache.Open(cache.Options{Folder: dir, Name: "site", Version: "1", Now: clock})
		shop := &generator.Workshop{Store: store, Now: clock}
		m := &output.Memory{}
		_, err := shop.Build(context.Background(), in, generator.Step{All: true}, m)
		store.Close(true)
		return m, err
	}
	files := folder(t)
	first, err := build(input(t, files, secretOf(t, 1)))
	if err != nil {
		t.Fatal(err)
	}
	again, err := build(input(t, files, secretOf(t, 1)))
	if err != nil || again.Set().Digest() != first.Set().Digest() {
		t.Error("the second build differs", err)
	}
	if _, err := build(input(t, files, seal.Secret{})); err == nil {
		t.Error("what was kept is taken for a site without a secret")
	}
	kept := everything(t, dir)
	if len(kept) < 1000 {
		t.Fatalf("only %d bytes were kept", len(kept))
	}
	for _, text := range []string{customer, privateText, secretNote, secretOf(t, 1).Text(), secretOf(t, 1).Key(id).Text()} {
		for how, form := range written(text) {
			if bytes.Contains(kept, []byte(form)) {
				t.Errorf("what is kept holds %q as %s", text, how)
			}
		}
	}
}

// TestBareSecret: the secret stops a build wherever in the content it lies, in a picture too.
func TestBareSecret(t *testing.T) {
	for name, text := range map[string]string{"content/site.yaml": "# ", "content/documents/a.pdf": "%PDF-1.7 "} {
		files := folder(t)
		before := []byte(nil)
		if f := files[name]; f != nil {
			before = f.Data
		}
		files[name] = &fstest.MapFile{Data: append(slices.Clip(before), "\n"+text+secretOf(t, 1).Text()+"\n"...)}
		report, err := generator.Build(context.Background(), input(t, files, secretOf(t, 1)), &output.Memory{})
		found := slices.ContainsFunc(report.Findings, func(f diag.Finding) bool { return f.Rule == "LEK04" && f.At.File.Path == name && f.Secret })
		if err != nil || !report.Failed || !found {
			t.Errorf("the secret in %s: failed %t, found %t, %v", name, report.Failed, found, err)
		}
	}
}

func clock() time.Time { return time.Unix(1_800_000_000, 0) }

// everything gives the bytes of all files in a folder.
func everything(t *testing.T, dir string) []byte {
	t.Helper()
	var all []byte
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		all = append(append(all, name...), data...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
