package share_test

import (
	"context"
	"encoding/hex"
	"io/fs"
	"math/rand/v2"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"candor/content"
	"candor/generator"
	"candor/generator/browser"
	"candor/generator/model"
	"candor/generator/output"
	"candor/generator/seal"
	"candor/generator/share"
	"candor/themes"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

const (
	id    = "q7m2xk4vahn3zt5bpw6ydc2rse"
	other = "e7m2xk4vahn3zt5bpw6ydc2rse"
)

// What must come out nowhere, and what a customer with the key alone may read.
const (
	customer    = "Quibblethorpe Holdings"
	privateText = "Zanzibar keys are rotated by the night watch each fortnight"
	unsharedOne = "Xylophone drills happen in the north cellar twice a quarter"
	secretNote  = "Vexillology budget was cut by the new finance lead"
)

func secretOf(t testing.TB, seed byte) seal.Secret {
	t.Helper()
	s, err := seal.NewSecret(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func today(t testing.TB) model.Day {
	t.Helper()
	day, err := model.ParseDay(content.Day)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// folder gives the starter with two private answers and the sealed page for a customer, which has one of them, one that is public and a question.
func folder(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := content.Files.ReadFile(name)
		files["content/"+name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	more := `
- id: vault-keys
  visibility: private
  question: How often are the keys of the vault changed?
  verdict: yes
  answer: |
    Yes. ` + privateText + `. See [access control](/policies/access-control/) and [the list](#nowhere).

    | Vault | Keys |
    |---|---|
    | North | <b>two</b> |
  scope: The vault in Lisbon, Portugal
  evidence: [policy:access-control]
  owner: security-lead
  reviewed_on: 2026-11-12
  note: ` + secretNote + `
- id: cellar-drills
  visibility: private
  question: When are drills held in the cellar?
  verdict: yes
  answer: ` + unsharedOne + `.
  evidence: [policy:access-control]
  owner: security-lead
  reviewed_on: 2026-11-12
`
	access := files["content/answers/access.yaml"]
	files["content/answers/access.yaml"] = &fstest.MapFile{Data: append(append([]byte(nil), access.Data...), more...)}
	order := share.Order{For: customer, On: today(t), Expires: today(t).Add(model.Period{Count: 60, Unit: 'y'}), Note: secretNote, Owner: "security-lead",
		Items: []share.Item{{Number: "4.2", Asked: "Who turns the keys?", Answer: "vault-keys"}, {Answer: "staff-mfa"}}}
	files[share.Path(id)] = &fstest.MapFile{Data: order.File(id, secretOf(t, 1))}
	return files
}

func input(t testing.TB, files fs.FS, secret seal.Secret) generator.Input {
	t.Helper()
	return generator.Input{Files: files, On: today(t), Themes: themes.BuiltIn(), Secret: secret, BaseURL: "https://trust.fernlight.example"}
}

// built builds a site into memory, and fails the test when anything is found.
func built(t testing.TB, in generator.Input) *output.Memory {
	t.Helper()
	m := &output.Memory{}
	report, err := generator.Build(context.Background(), in, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("%v: %s [%s]", f.At.Position(), f.Message, f.Rule)
	}
	if report.Failed {
		t.FailNow()
	}
	return m
}

// siteOf reads and checks the folder.
func siteOf(t testing.TB, files fs.FS) *model.Site {
	t.Helper()
	c, err := generator.Check(input(t, files, seal.Secret{}))
	if err != nil {
		t.Fatal(err)
	}
	return c.Site
}

// edited gives the folder with other texts in a file.
func edited(t testing.TB, files fstest.MapFS, name string, pairs ...string) fstest.MapFS {
	t.Helper()
	now := fstest.MapFS{}
	for n, f := range files {
		now[n] = f
	}
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(now[name].Data), pairs[i]) {
			t.Fatalf("%s has no %q", name, pairs[i])
		}
		now[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(now[name].Data), pairs[i], pairs[i+1], 1))}
	}
	return now
}

func hexOf(data []byte) string { return hex.EncodeToString(data) }

// open serves files without any policy.
func open(t *testing.T, read func(path string) ([]byte, bool)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := read(name)
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Write(data)
	}))
	t.Cleanup(server.Close)
	return server.URL
}
