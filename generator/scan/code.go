package scan

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

// A look is one file of a tree while it is read, and what is seen in it.
type look struct {
	words    *vocabulary
	known    *catalog.Catalog
	hosts    hostCache
	path     string
	role     role
	data     []byte
	lines    *family
	parts    reading
	manifest bool     // the file lists packages
	broken   string   // why its packages are not known, as a note goes on
	names    [][2]int // of environment variables that the file lists: they may be shown beside their values

	seen      []sighting
	redirects []redirection
	hosted    []redirection
	uses      map[string]*useCount
	points    map[string]pointing
	index     map[seenKey]int // of seen
}

// seenKey is what of a file is told once.
type seenKey struct {
	vendor *catalog.Vendor
	kind   model.SignKind
	seen   string
}

// A redirection says that the clients of a vendor, in a folder and below, call other servers.
type redirection struct {
	vendor string
	folder string
	about  string // what proves nothing then: a kind of signs, "" for all but hosts
	own    bool   // the code there is the vendor's own package, which is no use of it at all
}

// A useCount is how often code makes clients of a vendor that call its own servers, that call others, that call what is told elsewhere, or that are for
// another vendor which its package serves too.
type useCount struct{ own, other, unknown, lent int }

// maxHits is how many words of one file are looked at.
const maxHits = 3000

// readCode looks for names of environment variables, hosts, imports and clients.
func (l *look) readCode() {
	hits := l.words.hits(l.data, maxHits)
	if len(hits) == 0 {
		return
	}
	l.parts = l.lines.read(l.data)
	routed := false
	for _, h := range hits {
		if _, comment := inside(l.parts.comments, h.start); comment {
			continue
		}
		if h.meaning&(meansVariable|meansSetting) != 0 {
			l.variable(h)
		}
		if h.meaning&meansHost != 0 {
			l.host(h)
		}
		if l.lines == prose {
			continue
		}
		if h.meaning&meansPackage != 0 {
			l.imported(h)
		}
		if h.meaning&meansClient != 0 {
			routed = routed || routers[string(l.data[h.start:h.end])]
			l.client(h)
		}
	}
	if routed {
		l.routes()
	}
}

// strength gives how much a sign of the file proves that would be strong in code that runs.
func (l *look) strength(m catalog.Match) model.SignStrength {
	switch {
	case !m.Proof || l.lines == prose:
		return model.SignPossible
	case l.role.aside || l.role.pipeline || l.role.data:
		return model.SignWeak
	}
	return model.SignStrong
}

// see adds a sign at a place; of one thing seen twice in a file, the stronger one stays, or the first.
func (l *look) see(s sighting, start, end int) {
	s.aside = s.aside || l.role.aside || l.role.pipeline && s.kind != model.SignAction
	key := seenKey{s.vendor, s.kind, s.seen}
	i, twice := l.index[key]
	if twice && l.seen[i].strength >= s.strength || len(l.seen) >= maxSigns {
		return
	}
	s.path = l.path
	s.place(l.data, start, end, l.open(start))
	if twice {
		l.seen[i] = s
		return
	}
	if l.index == nil {
		l.index = map[seenKey]int{}
	}
	l.index[key] = len(l.seen)
	l.seen = append(l.seen, s)
}

// open says what of a line may be shown beside a sign: of code what is no text in quotes, of anything else nothing.
func (l *look) open(start int) func(int) bool {
	if l.manifest {
		return wholeLine(l.data, start)
	}
	if l.names != nil {
		return func(at int) bool {
			_, name := inside(l.names, at)
			return name || l.data[at] == '='
		}
	}
	if l.lines == nil || !l.lines.quoted {
		return nothing
	}
	return func(at int) bool {
		_, text := inside(l.parts.texts, at)
		_, comment := inside(l.parts.comments, at)
		return !text && !comment
	}
}

var (
	secretWord = pattern.Of(`key|token|secret|dsn|password`)
	valueOf    = pattern.Of(`^["']?\]?\)?\s*(?:[:=]|,|\n\s*value\s*:)\s*["']?([a-zA-Z]+://[^\s"',]+)`)
)

// variable takes the name of an environment variable, or of a setting that is read from one.
func (l *look) variable(h hit) {
	name := string(l.data[h.start:h.end])
	lower := h.meaning&meansVariable == 0
	if lower && (!l.lines.setting || !secretWord.MatchString(name)) {
		return
	}
	upper := name
	if lower {
		upper = strings.ToUpper(name)
	}
	if vendor := l.known.Redirected(upper); vendor != nil && l.lines != prose {
		if m := valueOf.FindStringSubmatch(string(l.data[h.end:min(len(l.data), h.end+300)])); m != nil && l.isOther(vendor.ID.Value, m[1]) && !l.role.aside && !l.role.pipeline {
			l.redirects = append(l.redirects, redirection{vendor: vendor.ID.Value, folder: path.Dir(l.path)})
		}
	}
	m, ok := l.variableOf(upper)
	if !ok {
		return
	}
	strength := l.strength(m)
	if isOff(upper, string(l.data[h.end:min(len(l.data), h.end+30)])) {
		strength = model.SignPossible
		l.switchedOff(m.Vendor)
	}
	if lower || h.meaning&meansLonger != 0 {
		strength = min(strength, model.SignWeak)
	}
	l.see(sighting{vendor: m.Vendor, kind: model.SignVariable, strength: strength, seen: `environment variable "` + upper + `"`, name: upper}, h.start, h.end)
}

var (
	switches = pattern.Of(`TRACING|ENABLED|VERTEXAI`)
	off      = pattern.Of(`(?i)^["'\])\s]*[,:=\s]\s*["']?(?:false|0|no|off)\b`)
)

// switchedOff says that a vendor's variables in this folder prove nothing: a switch among them is off.
func (l *look) switchedOff(v *catalog.Vendor) {
	l.redirects = append(l.redirects, redirection{vendor: v.ID.Value, folder: path.Dir(l.path), about: string(model.SignVariable)})
}

// isOff reports whether a variable is a switch that what follows it turns off.
func isOff(name, following string) bool {
	return switches.MatchString(name) && off.MatchString(following)
}

// variableOf gives the vendor of a variable, or of one that its name begins with: RESEND_API_KEY_SHOP.
func (l *look) variableOf(name string) (catalog.Match, bool) {
	for whole := name; ; {
		if m, ok := l.known.Variable(name); ok {
			return m, true
		}
		i := strings.LastIndexByte(name, '_')
		if i < 0 || strings.Count(name[:i], "_") == 0 || len(whole)-i > 40 {
			return catalog.Match{}, false
		}
		name = name[:i]
	}
}

var (
	// lists are words of lines that say which hosts are let in or shown.
	lists = pattern.Of(`(?i)content-security-policy|(?:connect|script|img|style|frame|font|default|media)-?src\b|remotePatterns|hostname|preconnect|dns-prefetch|allow(?:ed)?_?-?(?:hosts|origins?|domains|list)|whitelist|blacklist|\bblock(?:ed|list)|\bdomains\b|origins?\b|cors`)
	// links are words of lines that say where a reader may go.
	links = pattern.Of(`(?i)href|placeholder|<a\s|\]\(|docs?_?url|learn_?more|readme|homepage|signup|sign_up|see\s+https?:|get_?(?:your_?)?key|console\.|\bat https?:`)
	// compares stands in front of a text that something is held against.
	compares = pattern.Of(`(?i)(?:[=!]=|\.(?:includes|endsWith|startsWith|indexOf|match|test)\(|(?:ends|starts)with\(|contains\(|hasSuffix\([^()]*,|hasPrefix\([^()]*,|\bin|\bcase)\s*$`)
)

// host takes a host: one that code calls, or one that it merely names.
func (l *look) host(h hit) {
	a, ok := addressAt(l.data, h.start, h.end, l.words.ends[string(l.data[h.start:h.end])])
	if !ok {
		return
	}
	m, ok := l.hosts.of(l.known, a.host, a.path)
	if !ok {
		return
	}
	text, quoted := inside(l.parts.texts, a.end-1)
	if l.lines.quoted && !quoted && !a.scheme {
		return // app.posthog.com: a member of a member
	}
	strength := l.strength(m)
	if strength == model.SignStrong && !l.isCalled(a, m, text, quoted) {
		strength = model.SignWeak
	}
	l.see(sighting{vendor: m.Vendor, kind: model.SignHost, strength: strength, seen: `host "` + string(l.data[a.start:a.end]) + `"`, name: a.host}, a.start, a.end)
}

// A hostCache remembers whose hosts are: most of a tree's hosts are a few, and to ask the catalog takes a microsecond.
type hostCache map[string]hostAnswer

type hostAnswer struct {
	match catalog.Match
	ok    bool
}

func (c hostCache) of(known *catalog.Catalog, host, path string) (catalog.Match, bool) {
	a, ok := c[host+path]
	if !ok {
		a.match, a.ok = known.Host(host, path)
		if len(c) < 10_000 {
			c[host+path] = a
		}
	}
	return a.match, a.ok
}

// storage stands in front of the address of a store that a client is pointed at.
var storage = pattern.Of(`(?i)\bend_?point(?:_?url)?["']?\s*[:=]\s*["'` + "`" + `]https?://[^"'` + "`" + `]*$`)

// isCalled reports whether a host in code is one that the code calls, as far as its line and the text around it tell.
func (l *look) isCalled(a address, m catalog.Match, text [2]int, quoted bool) bool {
	if m.Vendor.Category.Value == "cloud" && isAnybodys(a.host) {
		return storage.Match(l.data[max(lineStart(l.data, a.start), a.start-60):a.start]) // else anybody's application or bucket may be there
	}
	if quoted && l.lines.quoted {
		inner := l.data[text[0]+1 : text[1]-1]
		if compares.Match(l.data[max(lineStart(l.data, text[0]), text[0]-60):text[0]]) {
			return false
		}
		if !a.scheme && !a.whole || bytes.IndexByte(inner, ' ') >= 0 && !bytes.Contains(inner[:min(len(inner), a.start-text[0])], []byte("://")) || isSentence(inner) {
			return false
		}
	}
	begin, end := max(lineStart(l.data, a.start), a.start-200), min(lineEnd(l.data, a.end), a.end+80)
	line := l.data[begin:end]
	return !lists.Match(line) && !links.Match(line) && !(quoted && lists.Match(l.listAround(text[0])))
}

// maxAround is how far in front of a host the list may begin that it stands in.
const maxAround = 600

// listAround gives the line on which the list begins that a text stands in, as far as the bracket.
func (l *look) listAround(at int) []byte {
	depth := 0
	for i := at - 1; i >= max(0, at-maxAround); i-- {
		switch l.data[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth < 0 {
				return l.data[max(lineStart(l.data, i), i-120):i]
			}
		}
	}
	return nil
}

// isSentence reports whether a text is one that people read: it has several words in front of its address.
func isSentence(text []byte) bool {
	before, _, found := bytes.Cut(text, []byte("://"))
	return found && bytes.Count(bytes.TrimSpace(before), []byte(" ")) >= 2 && !bytes.Contains(before, []byte("curl")) && !bytes.Contains(before, []byte("src="))
}

// anybodys end hosts on which a cloud serves what its customers put there.
var anybodys = []string{".vercel.app", ".netlify.app", ".herokuapp.com", ".pages.dev", ".workers.dev", ".fly.dev", ".onrender.com", ".cloudfront.net", ".azurewebsites.net", ".run.app",
	".appspot.com", ".up.railway.app", ".r2.dev", ".digitaloceanspaces.com", ".ondigitalocean.app", ".cloudfunctions.net", ".firebaseapp.com", ".blob.core.windows.net",
	".your-objectstorage.com", "res.cloudinary.com", "storage.googleapis.com", "checkip.amazonaws.com", "gcr.io", ".pkg.dev", ".azurecr.io", ".azurecontainerapps.io"}

func isAnybodys(host string) bool {
	for _, end := range anybodys {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return strings.HasSuffix(host, ".amazonaws.com") && (strings.Contains(host, "s3") || strings.Contains(host, "elb") || strings.Contains(host, "compute") || strings.Contains(host, "execute-api")) ||
		strings.HasSuffix(host, "k8s.amazonaws.com")
}

// imported takes an import.
func (l *look) imported(h hit) {
	i, ok := importAt(l.path, l.lines, l.data, l.parts, h.start)
	if !ok {
		return
	}
	for _, name := range i.names {
		m, ok := l.known.Package(i.ecosystem, name)
		if !ok {
			continue
		}
		s := sighting{vendor: m.Vendor, kind: model.SignImport, strength: min(l.strength(m), model.SignWeak), name: name, ecosystem: i.ecosystem, seen: "import of " + words[i.ecosystem] + ` "` + name + `"`}
		if i.installs {
			s.kind, s.strength, s.seen = model.SignPackage, l.strength(m), words[i.ecosystem]+` "`+name+`"`
		}
		l.see(s, h.start, h.end)
		if i.isDefault() {
			l.count(m.Vendor.ID.Value).own++
			l.see(sighting{vendor: m.Vendor, kind: model.SignCall, strength: min(l.strength(m), model.SignWeak), seen: `provider "` + strings.Trim(i.clause, "{} ") + `"`}, h.start, h.end)
		}
		return
	}
}

func (l *look) count(vendor string) *useCount {
	if l.uses == nil {
		l.uses = map[string]*useCount{}
	}
	if l.uses[vendor] == nil {
		l.uses[vendor] = &useCount{}
	}
	return l.uses[vendor]
}

// client takes a place where a client is made.
func (l *look) client(h hit) {
	switch word := string(l.data[h.start:h.end]); {
	case word == "AWS":
		l.resourceType(h)
		return
	case generators[word]:
		l.gateway(h)
		return
	}
	if _, quoted := inside(l.parts.texts, h.start); quoted && l.lines.quoted && !isQuotedClient(string(l.data[h.start:h.end])) {
		return
	}
	for _, u := range useAt(l.data, h, l.isOther) {
		vendor := l.known.Find(u.vendor)
		if vendor == nil {
			continue
		}
		points := l.pointing(u.vendor)
		switch {
		case l.role.aside:
		case u.lent:
			l.count(u.vendor).lent++
			continue
		case u.elsewhere || !u.another && (points.client || u.unknown && points.constant):
			l.count(u.vendor).other++
			continue
		case u.unknown:
			l.count(u.vendor).unknown++
		case !u.another:
			l.count(u.vendor).own++
		}
		if u.elsewhere || u.unknown || u.lent {
			continue
		}
		l.made(u, vendor)
	}
}

// made tells of a client that goes to a vendor's own servers, and of the framework that its class is imported from.
func (l *look) made(u use, vendor *catalog.Vendor) {
	strength := l.strength(catalog.Match{Vendor: vendor, Proof: true})
	if !u.another {
		strength = min(strength, model.SignWeak)
	}
	word := string(l.data[u.start:u.end])
	if word == "bedrock" {
		word = "bedrock-runtime"
	}
	before := len(l.seen)
	l.see(sighting{vendor: vendor, kind: model.SignCall, strength: strength, seen: `client "` + word + `"`, name: word}, u.start, u.end)
	if len(l.seen) == before {
		return // told already, and so is what it is from
	}
	if module, at, ok := frameworkOf(l.data, word); ok {
		l.see(sighting{vendor: vendor, kind: model.SignImport, strength: min(strength, model.SignWeak), name: word, ecosystem: languageOf[strings.ToLower(path.Ext(l.path))],
			seen: `import of "` + word + `" from "` + module + `"`}, at, at+len(word))
	}
}

// isQuotedClient reports whether a word makes a client where it stands in quotes.
func isQuotedClient(word string) bool { return word == "bedrock" || amazons[word] }

// pointing gives where the file's own statements point a vendor's clients. They are read once.
func (l *look) pointing(vendor string) pointing {
	p, ok := l.points[vendor]
	if !ok {
		p = pointingOf(l.data, l.parts, vendor, l.isOther)
		if l.points == nil {
			l.points = map[string]pointing{}
		}
		l.points[vendor] = p
	}
	return p
}

// isOther reports whether an address leads to somebody other than a vendor. What is put in when the code runs may be anything.
func (l *look) isOther(vendor, location string) bool {
	m := target.FindStringSubmatch(putIn.ReplaceAllString(location, "x"))
	if m == nil || m[1] == "x" || slices.ContainsFunc(gateways, func(end string) bool { return strings.HasSuffix(m[1], end) }) {
		return false
	}
	found, ok := l.known.Host(strings.ToLower(m[1]), "")
	return !ok || found.Vendor.ID.Value != vendor
}

// gateways end hosts that hand on to the vendor of the client what they are sent, and keep a record of it: both are in use.
var gateways = []string{"gateway.ai.cloudflare.com", ".helicone.ai", "api.portkey.ai"}

var putIn = pattern.Of(`[$#%]?\{[^}]*\}+|<[^>]*>`)
