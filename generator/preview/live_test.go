package preview

import (
	"fmt"
	"strings"
	"testing"
)

// long makes a page of a site: a head as the default theme's, paragraphs that fill several screens, things that open, and a picture.
func long(sheet, word string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Access %[2]s</title>
<meta name="description" content="About %[2]s">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/site.%[1]s.css">
<script src="/assets/site.aaaa0000.js" defer></script>
</head>
<body class="on-policy">
<main id="section-main">
<h1>Access</h1>
<p id="first">It is %[2]s.</p>
`, sheet, word)
	for n := range 60 {
		fmt.Fprintf(&b, "<section><h2 id=\"part-%[1]d\">Part %[1]d</h2>\n<p>Words of part %[1]d.</p>\n</section>\n", n)
	}
	fmt.Fprintf(&b, `<details id="more"><summary>More</summary><p>Inside: %[1]s.</p></details>
<div class="diagram"><svg id="picture" viewBox="0 0 10 10" width="10"><g id="d-step-1" data-step="1"><title>%[1]s</title><path d="M0 0h9"/></g></svg></div>
<form><label>Find <input name="q" id="q"></label></form>
</main>
<footer><p>Made from content <code>%[1]s</code>.</p></footer>
</body>
</html>
`, word)
	return b.String()
}

func liveSite(word string) map[string]string {
	return map[string]string{
		"index.html":                 long("00000001", "home"),
		"policies/index.html":        long("00000001", "all"),
		"policies/access/index.html": long("00000001", word),
		"assets/site.00000001.css":   "p { color: rgb(1, 1, 1) }",
		"assets/site.00000002.css":   "p { color: rgb(2, 2, 2) }",
		"assets/site.aaaa0000.js":    `const said = document.createElement("p"); said.className = "said"; document.body.append(said); window.ran = (window.ran || 0) + 1;`,
		"404.html":                   "<!doctype html><html><head><title>Missing</title></head><body><p>nothing here</p></body></html>",
	}
}

const first = `document.querySelector("#first").textContent`

func page(word string) map[string]string {
	return map[string]string{"policies/access/index.html": long("00000001", word)}
}

func TestChangedPageIsChangedInPlace(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/access/")
	other := look(t, s.url+"/policies/")
	w.mark()
	other.mark()
	w.eval(`document.querySelector("#more").open = true`)
	w.eval(`document.querySelector("#part-40").scrollIntoView({behavior: "instant"})`)
	top := w.eval(`Math.round(document.querySelector("#part-40").getBoundingClientRect().top)`)
	for _, word := range []string{"new", "newer", "newest"} {
		s.put(page(word))
		w.becomes(first, "It is "+word+".")
		if got := w.eval(`document.title + "|" + document.querySelector("meta[name=description]").content + "|" + document.querySelector("footer code").textContent + "|" + document.querySelector("#picture title").textContent`); got !=
			"Access "+word+"|About "+word+"|"+word+"|"+word {
			t.Errorf("the page is half changed: %s", got)
		}
		w.marked(true)
	}
	w.stays(`document.querySelector("#more").open`, "true")
	w.stays(`Math.round(document.querySelector("#part-40").getBoundingClientRect().top)`, top)
	w.stays(`document.querySelectorAll(".said").length + " " + window.ran`, "1 1")
	other.stays(first, "It is all.")
	other.marked(true)
}

func TestChangedStyleIsSwapped(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/access/")
	w.mark()
	color := `getComputedStyle(document.querySelector("#first")).color`
	w.becomes(color, "rgb(1, 1, 1)")
	w.eval(`(() => { window.bare = 0; const look = () => { const c = ` + color + `; if (c !== "rgb(1, 1, 1)" && c !== "rgb(2, 2, 2)") window.bare++; requestAnimationFrame(look); }; look(); })()`)
	s.put(map[string]string{"policies/access/index.html": long("00000002", "old")})
	w.becomes(color, "rgb(2, 2, 2)")
	w.becomes(`document.querySelectorAll("link[rel=stylesheet]").length`, "1")
	w.stays(`window.bare`, "0")
	// And again, with a change of the text in the same step.
	s.put(map[string]string{"policies/access/index.html": long("00000001", "new")})
	w.becomes(color, "rgb(1, 1, 1)")
	w.becomes(first, "It is new.")
	w.becomes(`document.querySelectorAll("link[rel=stylesheet]").length`, "1")
	w.stays(`window.bare`, "0")
	w.marked(true)
}

// TestReloadKeepsThePlace has the page's script change, so that nothing but a reload will do.
func TestReloadKeepsThePlace(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/access/")
	w.mark()
	w.eval(`document.querySelector("#more").open = true`)
	w.eval(`document.querySelector("#q").value = "typed"`)
	w.eval(`document.querySelector("#part-40").scrollIntoView({behavior: "instant"})`)
	w.eval(`document.querySelector("#q").focus({preventScroll: true})`)
	top := w.eval(`Math.round(document.querySelector("#part-40").getBoundingClientRect().top)`)
	text := strings.Replace(long("00000001", "new"), "site.aaaa0000.js", "site.bbbb0000.js", 1)
	text = strings.Replace(text, "<h1>", "<p>One more paragraph,</p><p>and another.</p><h1>", 1) // so that pixels alone would not do
	s.put(map[string]string{"policies/access/index.html": text, "assets/site.bbbb0000.js": "window.other = 1"})
	w.becomes(first, "It is new.")
	w.listens()
	w.marked(false)
	w.stays(`Math.round(document.querySelector("#part-40").getBoundingClientRect().top)`, top)
	w.stays(`document.querySelector("#more").open + " " + document.querySelector("#q").value + " " + document.activeElement.id`, "true typed q")
}

func TestTenTabs(t *testing.T) {
	s := open(t, "", liveSite("old"))
	var all []*window
	for range 10 {
		all = append(all, look(t, s.url+"/policies/access/"))
	}
	for n := range 3 {
		word := fmt.Sprintf("new-%d", n)
		s.put(page(word))
		for _, w := range all {
			w.becomes(first, "It is "+word+".")
		}
	}
	// None of them keeps another page from being loaded.
	look(t, s.url+"/policies/").becomes(first, "It is all.")
}

func TestPageThatVanished(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/access/")
	s.put(map[string]string{"policies/access/index.html": ""})
	w.becomes(`location.pathname`, "/policies/")
	w.listens()
	s.put(map[string]string{"policies/index.html": ""})
	w.becomes(`location.pathname`, "/")
	w.becomes(first, "It is home.")
}

func TestPageThatMoved(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/access/")
	s.put(map[string]string{
		"policies/access/index.html": `<!doctype html><html><head><title>Moved</title><meta http-equiv="refresh" content="0; url=/policies/entry/"></head><body><p>moved</p></body></html>`,
		"policies/entry/index.html":  long("00000001", "there"),
	})
	w.becomes(`location.pathname`, "/policies/entry/")
	w.becomes(first, "It is there.")
}

func TestPageThatCame(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/")
	w.accept("404")
	w.eval(`void (location.href = "/policies/later/")`)
	w.becomes(`document.title`, "Missing")
	w.listens()
	s.put(map[string]string{"404.html": strings.ReplaceAll(liveSite("")["404.html"], "nothing here", "nothing at all")})
	w.becomes(`document.querySelector("p").textContent`, "nothing at all")
	s.put(map[string]string{"policies/later/index.html": long("00000001", "here")})
	w.becomes(first, "It is here.")
}

func TestServerRestarted(t *testing.T) {
	s := open(t, "", liveSite("old"))
	w := look(t, s.url+"/policies/access/")
	same := look(t, s.url+"/policies/")
	for _, one := range []*window{w, same} {
		one.accept("WebSocket", "ERR_CONNECTION_REFUSED")
	}
	same.mark()
	address := strings.TrimPrefix(s.url, "http://")
	s.stop()
	s.files["policies/access/index.html"] = long("00000001", "restarted")
	s.start(address)
	w.becomes(first, "It is restarted.")
	w.listens()
	s.put(page("again"))
	w.becomes(first, "It is again.")
	same.marked(true)
	s.put(map[string]string{"policies/index.html": long("00000001", "all again")})
	same.becomes(first, "It is all again.")
}
