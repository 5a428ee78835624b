package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// layers gives each package its storey; a package imports lower ones only. Packages below another share its storey and are its own.
var layers = map[string]int{
	"candor/generator/source": 0, "candor/diagrams": 0, "candor/themes": 0, "candor/content": 0, "candor/generator/theme": 0, "candor/generator/output": 0, "candor/generator/cache": 0, "candor/generator/watch": 0, "candor/generator/pattern": 0, "candor/generator/stamp": 0, "candor/generator/wording": 0, "candor/generator/sheet": 0, "candor/generator/browser": 0, "candor/generator/seal": 0,
	"candor/generator/hosting": 1, "candor/generator/diag": 1, "candor/generator/markdown": 1, "candor/generator/match": 1,
	"candor/generator/publish": 2, "candor/generator/model": 2, "candor/generator/search": 2, "candor/generator/verify": 2,
	"candor/generator/publish/bucket": 3, "candor/generator/publish/folder": 3, "candor/generator/publish/branch": 3, "candor/generator/criteria": 3, "candor/generator/roster": 3,
	"candor/generator/parse": 4, "candor/generator/link": 4, "candor/generator/check": 4, "candor/generator/disclosure": 4,
	"candor/generator/page": 5, "candor/generator/export": 5, "candor/generator/notice": 5,
	"candor/generator/match/trial": 6, "candor/generator/render": 6, "candor/generator/catalog": 6, "candor/generator/schema": 6, "candor/generator/compare": 6,
	"candor/generator/match/eval": 7, "candor/generator/scan": 7, "candor/generator/preview": 7, "candor/generator/questionnaire": 7, "candor/generator/amend": 7, "candor/generator/addition": 7,
	"candor/generator": 8, "candor/generator/starter": 8, "candor/generator/approval": 8, "candor/generator/inventory": 8, "candor/generator/scan/trial": 8, "candor/generator/register": 8, "candor/generator/permalinks": 8, "candor/generator/readiness": 8, "candor/generator/share": 8, "candor/generator/bench": 8, "candor/generator/rename": 8, "candor/generator/learning": 8, "candor/generator/inspect": 9, "candor/generator/scan/eval": 9,
	"candor/cmd/candor": 10,
}

// importers gives libraries that one package alone may import; every other library has one importer too, whichever came first.
var importers = map[string]string{
	"gopkg.in/yaml.v3":                   "candor/generator/parse",
	"github.com/yuin/goldmark":           "candor/generator/markdown",
	"github.com/alecthomas/chroma/v2":    "candor/generator/markdown",
	"github.com/goccy/go-graphviz":       "candor/diagrams",
	"github.com/spf13/cobra":             "candor/cmd/candor",
	"github.com/tdewolff/minify/v2":      "candor/generator/theme",
	"github.com/tdewolff/parse/v2":       "candor/generator/theme",
	"github.com/lucasb-eyer/go-colorful": "candor/generator/theme",
	"github.com/agnivade/levenshtein":    "candor/generator/diag",
	"github.com/microcosm-cc/bluemonday": "candor/generator/markdown",
	"github.com/BurntSushi/toml":         "candor/generator/scan",
	"golang.org/x/mod":                   "candor/generator/scan",
	"github.com/bmatcuk/doublestar/v4":   "candor/generator/scan",
	"github.com/fsnotify/fsnotify":       "candor/generator/watch",
	"github.com/coder/websocket":         "candor/generator/preview",
	"github.com/kljensen/snowball":       "candor/generator/wording",
	"github.com/xuri/excelize/v2":        "candor/generator/sheet",
	"github.com/chromedp/chromedp":       "candor/generator/browser",
	"github.com/gorilla/feeds":           "candor/generator/export",
	"github.com/minio/minio-go/v7":       "candor/generator/publish/bucket",
	"github.com/schollz/progressbar/v3":  "candor/cmd/candor",
	"github.com/cenkalti/backoff/v5":     "candor/generator/publish",
}

type importing struct {
	pkg, file, imported string
}

// owner gives the package of the table that a package belongs to.
func owner(pkg string) (string, bool) {
	for p := pkg; p != "." && p != "candor"; p = path.Dir(p) {
		if _, ok := layers[p]; ok {
			return p, true
		}
	}
	return "", false
}

func eachFile(t *testing.T, tests bool, visit func(pkg, file string, f *ast.File)) {
	t.Helper()
	root := ".."
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || name != root && strings.HasPrefix(d.Name(), ".")) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") != tests {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		visit(path.Join("candor", filepath.ToSlash(rel)), name, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(t *testing.T) []importing {
	var all []importing
	eachFile(t, false, func(pkg, file string, f *ast.File) {
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, importing{pkg, file, imported})
		}
	})
	if len(all) < 100 {
		t.Fatalf("only %d imports found: the test looks in the wrong place", len(all))
	}
	return all
}

// TestImportsPointDown holds the house to its storeys.
func TestImportsPointDown(t *testing.T) {
	for _, i := range imports(t) {
		if !strings.HasPrefix(i.imported, "candor/") {
			continue
		}
		from, ok := owner(i.pkg)
		if !ok {
			t.Errorf("%s: package %s has no layer; give it one in this test", i.file, i.pkg)
			continue
		}
		to, ok := owner(i.imported)
		if !ok || from != to && layers[to] >= layers[from] {
			t.Errorf("%s: %s (layer %d) may not import %s (layer %d)", i.file, i.pkg, layers[from], i.imported, layers[to])
		}
	}
}

// TestOneImporter holds every library to one package that knows it, so that it can be replaced there. Tests and the benchmark, which are programs beside the
// product, use the libraries that they need.
func TestOneImporter(t *testing.T) {
	first := map[string]string{}
	for library, pkg := range importers {
		first[library] = pkg
	}
	for _, i := range imports(t) {
		if !strings.Contains(i.imported, ".") {
			continue
		}
		library := i.imported
		for known := range importers {
			if strings.HasPrefix(i.imported, known+"/") {
				library = known
			}
		}
		pkg, ok := owner(i.pkg)
		if !ok || pkg == "candor/generator/bench" {
			continue
		}
		if before, seen := first[library]; seen && before != pkg {
			t.Errorf("%s: %s is imported by %s already", i.file, library, before)
		}
		first[library] = pkg
	}
}

// TestClockAndEnvironment holds every package but the command to what it is given: no clock, no environment, no network, no printing.
func TestClockAndEnvironment(t *testing.T) {
	forbidden := map[string]string{
		"time.Now": "the clock", "time.Since": "the clock", "os.Getenv": "the environment", "os.LookupEnv": "the environment", "os.Environ": "the environment",
		"os.UserCacheDir": "the environment", "os.UserHomeDir": "the environment", "fmt.Println": "standard output", "fmt.Printf": "standard output",
	}
	// the renderer's library reads the environment when it is initialised, before any argument can reach it; the benchmark and inspect are programs, and browser is for tests
	excused := map[string]bool{"candor/diagrams": true, "candor/generator/browser": true, "candor/generator/bench": true, "candor/generator/inspect": true, "candor/generator/scan/eval": true}
	eachFile(t, false, func(pkg, file string, f *ast.File) {
		if from, _ := owner(pkg); from == "candor/cmd/candor" || excused[from] {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Obj == nil {
				if what := forbidden[x.Name+"."+sel.Sel.Name]; what != "" {
					t.Errorf("%s: %s.%s: %s is known to the command alone", file, x.Name, sel.Sel.Name, what)
				}
			}
			return true
		})
	})
}

// TestDocumentation holds every package and exported name to a comment.
func TestDocumentation(t *testing.T) {
	packages := map[string]bool{}
	eachFile(t, false, func(pkg, file string, f *ast.File) {
		packages[pkg] = packages[pkg] || f.Doc != nil
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", file, d.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						t.Errorf("%s: type %s has no comment", file, s.Name)
					}
				}
			}
		}
	})
	for pkg, documented := range packages {
		if !documented {
			t.Errorf("package %s has no comment", pkg)
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	name, ok := typ.(*ast.Ident)
	return ok && name.IsExported()
}
