package diagrams

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// measure is run by the browser: it takes the real box of every line of a step's and
// a boundary's label and holds it against the box it stands in. The result is put
// into the page, which the browser prints.
const measure = `
const out = [];
let lines = 0;
for (const svg of document.querySelectorAll("svg")) {
  const boxes = new Map();
  for (const g of svg.querySelectorAll("g.boundary[id]")) boxes.set(g.id, g.querySelector(".boundary-box").getBBox());
  const inside = (t, b) => t.x >= b.x - 0.5 && t.x + t.width <= b.x + b.width + 0.5 && t.y >= b.y - 0.5 && t.y + t.height <= b.y + b.height + 0.5;
  for (const g of svg.querySelectorAll("g.step")) {
    const box = g.querySelector(".step-box").getBBox();
    for (const t of g.querySelectorAll("text")) { lines++; if (!inside(t.getBBox(), box)) out.push(t.textContent); }
  }
  for (const t of svg.querySelectorAll(".boundary-title, .boundary-terms")) {
    lines++;
    if (![...boxes.values()].some(b => inside(t.getBBox(), b))) out.push(t.textContent);
  }
  for (const g of svg.querySelectorAll(".link-disc")) {
    lines++;
    const n = g.parentNode.querySelector("text").getBBox(), d = g.getBBox();
    if (n.width > d.width || Math.abs(n.x + n.width / 2 - d.x - d.width / 2) > 1) out.push("number " + g.parentNode.textContent);
  }
}
const p = document.createElement("pre");
p.id = "result";
p.textContent = "lines " + lines + " outside " + out.length + ": " + out.join(" | ") + " font " + getComputedStyle(document.querySelector("svg text")).fontFamily;
document.body.append(p);
`

// findBrowser returns the browser that CANDOR_BROWSER names, or Debian's Chromium.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CANDOR_BROWSER"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	t.Skip("no browser: neither CANDOR_BROWSER nor chromium is there")
	return ""
}

// TestNoLabelLeavesItsBoxInABrowser measures what hold has estimated, with boundary
// titles in bold, as a theme may set them.
func TestNoLabelLeavesItsBoxInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes seconds to start")
	}
	browser := findBrowser(t)
	pool := newTestPool(t, Options{})
	var page strings.Builder
	page.WriteString("<!doctype html><meta charset=utf-8><style>svg{width:1000px;height:auto}.boundary-title{font-weight:bold}</style>")
	graphs := []Graph{replyDrafts("d1"), twelve("d2"), foreign("d3")}
	for i, s := range hostile {
		graphs = append(graphs, labeled("Of "+s, s, s))
		graphs[len(graphs)-1].Prefix = fmt.Sprint("h", i)
	}
	for _, g := range graphs {
		pic, err := pool.Draw(context.Background(), g)
		if err != nil {
			t.Fatal(err)
		}
		page.Write(pic.SVG)
	}
	fmt.Fprintf(&page, "<script>%s</script>", measure)
	file := filepath.Join(t.TempDir(), "page.html")
	write(t, file, []byte(page.String()))
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--disable-background-networking", "--disable-sync", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+file)
	cmd.WaitDelay = 5 * time.Second
	dom, err := cmd.Output()
	if err != nil && len(dom) == 0 {
		t.Fatalf("%s: %v", browser, err)
	}
	result := regexp.MustCompile(`<pre id="result">lines (\d+) outside (\d+): ([^<]*)</pre>`).FindSubmatch(dom)
	if result == nil {
		t.Fatalf("the browser measured nothing: %.500s", dom)
	}
	if string(result[2]) != "0" || len(result[1]) < 3 {
		t.Errorf("%s of %s lines leave their boxes: %s", result[2], result[1], result[3])
	}
	t.Logf("%s lines measured, %s", result[1], result[3])
}
