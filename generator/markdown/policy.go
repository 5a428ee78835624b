package markdown

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy decides which raw HTML tags and attributes are published. It is the
// only judge: what it leaves out is what Dropped reports. It knows no class,
// id, style, event handler or form; a theme's own markup is out of its reach.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(strings.Fields(`
		abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em
		figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small
		strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr`)...)
	p.AllowNoAttrs().OnElements("a", "img", "span")

	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")

	size := regexp.MustCompile(`^[0-9]{1,4}%?$`)
	number := regexp.MustCompile(`^-?[0-9]{1,6}$`)
	small := regexp.MustCompile(`^[1-9][0-9]{0,2}$`)
	flag := regexp.MustCompile(`(?i)^(open|reversed|)$`)
	p.AllowAttrs("width", "height").Matching(size).OnElements("img")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("value").Matching(number).OnElements("li")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$`)).OnElements("ol")
	p.AllowAttrs("reversed").Matching(flag).OnElements("ol")
	p.AllowAttrs("open").Matching(flag).OnElements("details")
	p.AllowAttrs("colspan", "rowspan").Matching(small).OnElements("td", "th")
	p.AllowAttrs("span").Matching(small).OnElements("col", "colgroup")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`(?i)^(col|row|colgroup|rowgroup)$`)).OnElements("th")
	p.AllowAttrs("datetime").Matching(regexp.MustCompile(`^[0-9TZ:+.-]{1,40}$`)).OnElements("time")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`(?i)^(left|right|center)$`)).
		OnElements("p", "div", "table", "tr", "td", "th", "img", "h1", "h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`(?i)^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("title").OnElements("abbr", "dfn", "a", "img", "span")
	return p
})

func set(names string) map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(names) {
		m[n] = true
	}
	return m
}

var (
	// void elements have no end tag (HTML 13.1.2).
	void = set("br col hr img wbr")

	// optionalEnd elements may go without theirs (HTML 13.1.2.4), so leaving
	// it out is no mistake.
	optionalEnd = set("caption colgroup dd dt li p rp rt tbody td tfoot th thead tr")

	// flow elements may not stand inside a paragraph or a heading: a browser
	// would end the one around them.
	flow = set(`blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr
		li ol p pre summary table tbody td tfoot th thead tr ul`)

	// inside names the elements that others need around them, without which a
	// browser takes their tags for those of the page.
	inside = map[string]map[string]bool{
		"li": set("ul ol"), "dt": set("dl"), "dd": set("dl"), "summary": set("details"), "figcaption": set("figure"),
		"caption": set("table"), "colgroup": set("table"), "col": set("table"), "thead": set("table"), "tbody": set("table"),
		"tfoot": set("table"), "tr": set("table"), "td": set("table"), "th": set("table"),
	}

	// implied names the siblings that a start tag ends, up to the element
	// they are within.
	implied = map[string]struct{ ends, within map[string]bool }{
		"li": {set("li"), set("ul ol")}, "dt": {set("dt dd"), set("dl")}, "dd": {set("dt dd"), set("dl")},
		"td": {set("td th"), set("tr table")}, "th": {set("td th"), set("tr table")},
		"tr":    {set("tr caption colgroup"), set("thead tbody tfoot table")},
		"thead": {set("thead tbody tfoot caption colgroup"), set("table")},
		"tbody": {set("thead tbody tfoot caption colgroup"), set("table")},
		"tfoot": {set("thead tbody tfoot caption colgroup"), set("table")},
		"p":     {set("p"), flow},
	}

	// withContent elements are dropped with what they hold, which is not text.
	withContent = set(`applet audio canvas datalist frameset head iframe math noembed noframes noscript
		object plaintext script select style svg template textarea title video xmp`)

	// otherElements are known to HTML but not published; what they hold is.
	// Any other name is taken for text between angle brackets, like <your name>.
	otherElements = set(`acronym address area article aside base basefont bdo bgsound big blink body button
		center data dialog dir embed fieldset font footer form frame header hgroup html image input keygen
		label legend link listing main map marquee menu meta meter nav nobr optgroup option output param
		picture portal progress rb rtc search section slot source track animate circle foreignobject g path
		rect set use mglyph mi mo mn ms mtext annotation-xml`)
)
