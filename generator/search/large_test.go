package search_test

import (
	"slices"
	"strings"
	"testing"

	"candor/generator/browser"
	"candor/generator/output"
)

// typing types questions, and picks from a list, and gives how long each letter took.
const typing = `(() => {
	const q = document.querySelector("[name=q]"), times = [];
	for (const text of ["do you train on our data", "How are backups encrypted and how often is a restore tested?", "sub-processors", "encyption at rst", "who may access production and is it logged"])
		for (let n = 1; n <= text.length; n++) {
			const start = performance.now();
			q.value = text.slice(0, n);
			q.dispatchEvent(new Event("input", {bubbles: true}));
			document.body.offsetHeight;
			times.push(performance.now() - start);
		}
	const field = document.querySelector("[name=verdict]");
	q.value = "";
	for (const value of ["no", "yes", ""]) {
		const start = performance.now();
		field.value = value;
		field.dispatchEvent(new Event("input", {bubbles: true}));
		document.body.offsetHeight;
		times.push(performance.now() - start);
	}
	return times;
})()`

// TestTwoThousandAnswers measures the page of 2,000 answers in a browser: what it weighs, and how long it takes from a letter to the answers, with layout.
func TestTwoThousandAnswers(t *testing.T) {
	m := built(t, yaml(newWriter(t).entries(2000)))
	html, _ := m.Read("answers/index.html")
	index := only(t, m, "assets/answers.")
	data, _ := m.Read(index)
	t.Logf("the page takes %d bytes, %d compressed; the index %d, %d compressed", len(html), zipped(t, html), len(data), zipped(t, data))
	if zipped(t, data) > 150_000 {
		t.Error("the index takes more than 150 kB")
	}
	if size := zipped(t, html); size > 900_000 {
		t.Errorf("the page takes %d bytes", size)
	}
	page := browser.Open(t, browser.Of(t), browser.Serve(t, m.Read)+"/answers/")
	browser.Await(t, page, `document.readyState === "complete" && !document.querySelector("form").hidden`)
	load := browser.Eval[[]float64](t, page, `(() => { const n = performance.getEntriesByType("navigation")[0]; return [n.domInteractive - n.responseEnd, n.domContentLoadedEventEnd - n.domInteractive, performance.getEntriesByName("first-contentful-paint")[0]?.startTime || 0] })()`)
	t.Logf("%.0f ms to be read, %.0f ms for its script, first painted after %.0f ms", load[0], load[1], load[2])
	ask(t, page, "a") // has the index come
	alone := browser.Eval[[]float64](t, page, `fetch(document.querySelector("[data-index]").dataset.index).then(a => a.text()).then(text => {
		const start = performance.now(), index = answerIndex.read(JSON.parse(text)), read = performance.now() - start, times = [];
		for (const text of ["do you train on our data", "How are backups encrypted and how often is a restore tested?", "encyption at rst"])
			for (let n = 1; n <= text.length; n++) {
				const start = performance.now();
				index.find(text.slice(0, n));
				times.push(performance.now() - start);
			}
		times.sort((a, b) => a - b);
		return [read, times[times.length >> 1], times.at(-1)];
	})`)
	t.Logf("the index is read in %.1f ms, and asked in %.1f ms, at most %.1f ms", alone[0], alone[1], alone[2])
	median := 0.0
	for range 3 { // a machine that does other things meanwhile is asked again
		times := browser.Eval[[]float64](t, page, typing)
		slices.Sort(times)
		median = times[len(times)/2]
		t.Logf("%d searches: %.1f ms median, %.1f ms 95th percentile, %.1f ms longest", len(times), median, times[len(times)*95/100], times[len(times)-1])
		if median <= 50 {
			break
		}
	}
	if median > 50 {
		t.Errorf("a search takes %.0f ms", median)
	}
	if got := len(shown(t, page)); got != 2000 {
		t.Errorf("in the end %d answers are shown", got)
	}
}

// only gives the one file of a site whose path begins so and ends in .json.
func only(t *testing.T, m *output.Memory, prefix string) string {
	t.Helper()
	var found []string
	for _, f := range m.Set().Files() {
		if strings.HasPrefix(f.Path, prefix) && strings.HasSuffix(f.Path, ".json") {
			found = append(found, f.Path)
		}
	}
	if len(found) != 1 {
		t.Fatalf("files %s*.json are %q", prefix, found)
	}
	return found[0]
}
