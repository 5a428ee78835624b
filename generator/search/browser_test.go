package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"candor/generator/browser"
	"candor/generator/search"
	"candor/generator/wording"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// js writes a value as an expression.
func js(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// endings are put behind words, so that every step of the stemmer is met, also by what is no word.
var endings = strings.Fields("s es ed ing ingly edly eedly ly ally ation ations ational ator ization isation ised izer ise ness fulness ful less lessly able ably ability ible al ally alism alize icate ative ic ical icity ance ence ancy ency ment ement ent ant ism ous ously ousness ive ivity iveness ogy ogist y ies ied e er ers ll tion sion us ss eed")

// TestTheSameTerms has the browser read words and questions, and holds what it makes of them against what Go does.
func TestTheSameTerms(t *testing.T) {
	w := newWriter(t)
	seen := map[string]bool{}
	for _, word := range w.words {
		seen[word] = true
		for _, e := range endings {
			seen[word+e] = true
		}
	}
	for _, word := range append(append(wording.PlainWords(), w.names...), "y", "yy", "syzygy", "sayyid", "日本語", "größe", "naïve", "é", "a1", "3rd", "skies", strings.Repeat("long", 12)) {
		seen[word] = true
	}
	var list, stems []string
	for word := range seen {
		list = append(list, word)
	}
	for _, word := range sorted(list) {
		stems = append(stems, wording.Stem(word))
	}
	var texts []string
	for _, g := range wording.Groups() {
		texts = append(texts, g.Phrases...)
		texts = append(texts, "Do you, or "+strings.Join(g.Phrases, " your own ")+"?")
	}
	for range 2000 {
		texts = append(texts, w.text(12))
	}
	texts = append(texts, "", "?", "What’s 'quoted' and O'Brien's — third‑party/vendors?", "ZERO-DATA retention (ZDR)", "Ünïcode Größe, 日本語 CC6.1", "organisations' behaviour", "''x''y")
	var terms [][]string
	for _, text := range texts {
		terms = append(terms, append([]string{}, wording.Terms(text)...))
	}

	page := browser.Open(t, browser.Of(t), browser.Serve(t, built(t, yaml(w.entries(30))).Read)+"/answers/")
	browser.Await(t, page, "globalThis.answerIndex")
	differ := browser.Eval[[]string](t, page, fmt.Sprintf(`(() => { const words = %s, stems = %s; return words.map((word, i) => [word, answerIndex.stem(word), stems[i]]).filter(([, is, want]) => is !== want).map(String) })()`, js(t, list), js(t, stems)))
	if len(list) < 50000 || len(differ) > 0 {
		t.Errorf("of %d words %d have another stem: %q", len(list), len(differ), differ[:min(20, len(differ))])
	}
	differ = browser.Eval[[]string](t, page, fmt.Sprintf(`fetch(document.querySelector("[data-index]").dataset.index).then(a => a.json()).then(data => {
		const index = answerIndex.read(data), texts = %s, terms = %s;
		return texts.map((text, i) => [text, index.terms(text).join(" "), terms[i].join(" ")]).filter(([, is, want]) => is !== want).map(one => one.join(" / ")) })`, js(t, texts), js(t, terms)))
	if len(differ) > 0 {
		t.Errorf("of %d texts %d have other terms: %q", len(texts), len(differ), differ[:min(10, len(differ))])
	}
}

// few serves the starter, which has a few answers.
func few(t *testing.T) string {
	t.Helper()
	return browser.Serve(t, built(t, starter(t)).Read)
}

// ask types a question into the field.
func ask(t *testing.T, page context.Context, text string) {
	t.Helper()
	browser.Eval[bool](t, page, `document.querySelector("[name=q]").focus(), document.querySelector("[name=q]").value = "", true`)
	browser.Do(t, page, chromedp.KeyEvent(text))
	browser.Await(t, page, fmt.Sprintf(`document.querySelector("[name=q]").value === %s && document.querySelector("[role=status]").textContent !== "" && !document.querySelector(".results").hidden`, js(t, text)))
}

// choose picks from one of the lists.
func choose(t *testing.T, page context.Context, field, value string) {
	t.Helper()
	browser.Eval[bool](t, page, fmt.Sprintf(`(() => { const field = document.querySelector("[name=%s]"); field.value = %q; field.dispatchEvent(new Event("input", {bubbles: true})); return field.value === %q })()`, field, value, value))
}

// shown gives the ids of the answers that are seen, in their order.
func shown(t *testing.T, page context.Context) []string {
	t.Helper()
	return browser.Eval[[]string](t, page, `[...document.querySelectorAll(".answer")].filter(e => !e.closest("[hidden]")).map(e => e.id)`)
}

func status(t *testing.T, page context.Context) string {
	t.Helper()
	return browser.Eval[string](t, page, `document.querySelector("[role=status]").textContent`)
}

func address(t *testing.T, page context.Context) string {
	t.Helper()
	return browser.Eval[string](t, page, `location.pathname + location.search + location.hash`)
}

// TestOtherWords asks for an answer in words that it does not use, among others that use some of them.
func TestOtherWords(t *testing.T) {
	entries := newWriter(t).entries(60)
	entries[17] = search.Entry{Question: "Is content of customers used for improvement?", AlsoAsked: []string{"x17?", "y17?"}, Markdown: []byte("Customer content is never used for model improvement."), Rest: []string{"Everything"}, IDs: []string{"C1.1", "DSP-15.1"}}
	entries[18] = search.Entry{Question: "How is everybody made aware of security?", AlsoAsked: []string{"x18?", "y18?"}, Markdown: []byte("Everybody takes a course each year. Data is one of its subjects."), Rest: []string{"Everybody"}, IDs: []string{"CC1.4", "HRS-11.1"}}
	entries[19] = search.Entry{Question: "Is a second factor needed?", AlsoAsked: []string{"x19?", "y19?"}, Markdown: []byte("Staff sign in with multi-factor authentication."), Rest: []string{"Staff"}, IDs: []string{"CC6.1", "IAM-14.1"}}
	page := browser.Open(t, browser.Of(t), browser.Serve(t, built(t, yaml(entries)).Read)+"/answers/")
	for asked, want := range map[string]int{
		"do you train on our data": 17, "Do you or your sub-processors train your models with client data?": 17, "MFA": 19, "2fa": 19,
		"dsp-15.1": 17, "IAM-14": 19, "security awarenes": 18,
	} {
		ask(t, page, asked)
		if found := shown(t, page); len(found) == 0 || found[0] != fmt.Sprint("a", want) {
			t.Errorf("%q finds %q, want a%d first", asked, found, want)
		}
	}
}

// TestAsOneTypes looks at what is found after each letter: something from the second one on, and in the end the same answer.
func TestAsOneTypes(t *testing.T) {
	page := browser.Open(t, browser.Of(t), few(t)+"/answers/")
	ask(t, page, "en")
	for _, next := range "cryption" {
		browser.Do(t, page, chromedp.KeyEvent(string(next)))
		if found := shown(t, page); len(found) == 0 {
			t.Errorf("%q finds nothing", browser.Eval[string](t, page, `document.querySelector("[name=q]").value`))
		}
	}
	right := shown(t, page)
	for _, typo := range []string{"encyption", "encrpytion", "encryptiom", "enncryption"} {
		ask(t, page, typo+" ")
		if found := shown(t, page); !slices.Contains(found, right[0]) {
			t.Errorf("%q finds %q, not %q", typo, found, right[0])
		}
	}
	ask(t, page, "xyzzyqux")
	if found, says := shown(t, page), status(t, page); len(found) != 0 || !strings.HasPrefix(says, "No answer fits") {
		t.Errorf("nonsense finds %q, and the page says %q", found, says)
	}
	if !browser.Eval[bool](t, page, `document.querySelector("[name=q]").value = "", document.querySelector("[name=q]").dispatchEvent(new Event("input", {bubbles: true})), true`) || len(shown(t, page)) < 50 {
		t.Errorf("after all only %d are there", len(shown(t, page)))
	}
	browser.Await(t, page, `location.pathname + location.search === "/answers/"`)
}

// TestFilters narrows the list, looks at the address, goes back, and opens the address anew.
func TestFilters(t *testing.T) {
	site := few(t)
	page := browser.Open(t, browser.Of(t), site+"/answers/")
	all := shown(t, page)
	choose(t, page, "verdict", "no")
	no := shown(t, page)
	choose(t, page, "topic", "ai")
	both := shown(t, page)
	if len(no) == 0 || len(no) >= len(all) || len(both) == 0 || len(both) >= len(no) {
		t.Errorf("of %d answers %d are no, %d of them on AI", len(all), len(no), len(both))
	}
	if got := address(t, page); got != "/answers/?topic=ai&verdict=no" {
		t.Errorf("the address is %s", got)
	}
	if got, want := status(t, page), fmt.Sprintf("%d of %d answers", len(both), len(all)); got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
	if n := browser.Eval[int](t, page, `[...document.querySelectorAll(".rail li")].filter(e => !e.hidden).length`); n != 1 {
		t.Errorf("%d topics are on the list beside it", n)
	}
	ask(t, page, "train")
	if found := shown(t, page); len(found) == 0 || slices.ContainsFunc(found, func(id string) bool { return !slices.Contains(both, id) }) {
		t.Errorf("the search finds %q of %q", found, both)
	}
	browser.Await(t, page, `location.search === "?q=train&topic=ai&verdict=no"`)
	again := browser.Open(t, browser.Of(t), site+address(t, page))
	browser.Await(t, again, `!document.querySelector(".results").hidden`)
	if got := shown(t, again); !slices.Equal(got, shown(t, page)) {
		t.Errorf("opened anew, the address shows %q", got)
	}
	// What was typed took no entry of the history, each choice one.
	browser.Do(t, page, chromedp.NavigateBack())
	browser.Await(t, page, `location.search === "?verdict=no"`)
	browser.Await(t, page, `document.querySelector("[name=topic]").value === "" && document.querySelector(".results").hidden`)
	if got := shown(t, page); !slices.Equal(got, no) {
		t.Errorf("back, it shows %q", got)
	}
	browser.Eval[bool](t, page, `document.querySelector("[type=reset]").click(), true`)
	browser.Await(t, page, `location.search === ""`)
	if got := shown(t, page); !slices.Equal(got, all) {
		t.Errorf("cleared, it shows %d of %d", len(got), len(all))
	}
	choose(t, page, "framework", "mvsp")
	if got := shown(t, page); len(got) == 0 || len(got) == len(all) {
		t.Errorf("MVSP asks for %d of %d", len(got), len(all))
	}
}

// TestALinkToAnAnswer opens it, scrolls to it and marks it, also when a filter hides it, and under an earlier id.
func TestALinkToAnAnswer(t *testing.T) {
	files := starter(t)
	ai := files["content/answers/ai.yaml"]
	ai.Data = []byte(strings.Replace(string(ai.Data), "- id: trains-on-customer-data\n", "- id: trains-on-customer-data\n  aliases: [training-on-data]\n", 1))
	site := browser.Serve(t, built(t, files).Read)
	seen := `(() => { const e = document.getElementById("trains-on-customer-data"), at = e.getBoundingClientRect(); return e.querySelector("details").open && e.classList.contains("marked") && at.top >= -5 && at.top < innerHeight && !e.closest("[hidden]") && document.querySelectorAll(".marked").length === 1 })()`
	for _, from := range []string{"#trains-on-customer-data", "#training-on-data", "?verdict=yes#trains-on-customer-data", "?q=backup#training-on-data", "?q=train+data#trains-on-customer-data"} {
		page := browser.Open(t, browser.Of(t), site+"/answers/"+from)
		browser.Await(t, page, seen)
		hides := strings.Contains(from, "yes") || strings.Contains(from, "backup")
		if got := address(t, page); strings.Contains(from, "?") && strings.Contains(got, "?") == hides {
			t.Errorf("%s became %s", from, got)
		}
	}
	page := browser.Open(t, browser.Of(t), site+"/answers/")
	choose(t, page, "verdict", "yes")
	browser.Eval[bool](t, page, `location.hash = "training-on-data", true`)
	browser.Await(t, page, seen)
	// The address of an earlier id leads on, with what stands behind it.
	old := browser.Open(t, browser.Of(t), site+"/answers/training-on-data/?from=sheet#section-proof")
	browser.Await(t, old, `location.pathname === "/answers/trains-on-customer-data/"`)
	if got := address(t, old); got != "/answers/trains-on-customer-data/?from=sheet#section-proof" {
		t.Errorf("it led to %s", got)
	}
}

// noScript gives a tab in which no script runs.
func noScript(t *testing.T, ctx context.Context) context.Context {
	t.Helper()
	tab := browser.Tab(t, ctx)
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	return tab
}

// TestWithoutScript has everything to read, and nothing that would not work.
func TestWithoutScript(t *testing.T) {
	files := starter(t)
	ai := files["content/answers/ai.yaml"]
	ai.Data = []byte(strings.Replace(string(ai.Data), "- id: trains-on-customer-data\n", "- id: trains-on-customer-data\n  aliases: [training-on-data]\n", 1))
	site := browser.Serve(t, built(t, files).Read)
	page := noScript(t, browser.Of(t))
	browser.Do(t, page, chromedp.Navigate(site+"/answers/?verdict=no&q=train"))
	if got := len(shown(t, page)); got < 50 {
		t.Errorf("only %d answers are shown", got)
	}
	if browser.Eval[bool](t, page, `document.querySelector("form").offsetHeight > 0 || document.querySelector(".results").offsetHeight > 0`) {
		t.Error("a form that does nothing is shown")
	}
	if !browser.Eval[bool](t, page, `document.querySelector("#trains-on-customer-data details").textContent.includes("withdraw at any time")`) {
		t.Error("the whole answer is not there")
	}
	browser.Do(t, page, chromedp.Navigate(site+"/answers/training-on-data/"))
	browser.Await(t, page, `location.pathname === "/answers/trains-on-customer-data/" && document.querySelector("h1").textContent.includes("train models")`)
}

// TestWithoutIndex searches all the same, when the index cannot be fetched: by the words on the page.
func TestWithoutIndex(t *testing.T) {
	m := built(t, starter(t))
	site := browser.Serve(t, func(path string) ([]byte, bool) {
		if strings.HasPrefix(path, "assets/answers.") {
			return nil, false
		}
		return m.Read(path)
	})
	page := browser.Open(t, browser.Of(t), site+"/answers/", "404")
	ask(t, page, "withdraw at any time")
	if got := shown(t, page); len(got) != 1 || got[0] != "trains-on-customer-data" {
		t.Errorf("it finds %q", got)
	}
}
