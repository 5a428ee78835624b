package catalog

import (
	"slices"
	"strings"

	"candor/generator/model"
	"candor/generator/roster"
)

// A Fact is one thing that is known of a vendor, as people are shown it.
type Fact struct {
	Key    string // as in vendors/*.yaml: "dpa_url"; within another key with a dot: "ai.default_retention"
	Value  string
	Source string // where it was seen, in words; "" where nothing says so
	Seen   bool   // in a document, a page or a register; what was not is to be confirmed
	On     string // when the facts were compiled: a month, "2026-11"; "" where that is not known
}

// Words of sources, by the codes that the head of vendors.yaml explains.
var sourceWords = map[string]string{
	"page":  "seen on a page of the vendor's own",
	"otc":   "looked at by the register opentrust.center in 2026-08",
	"ae":    "reached by api-evangelist in 2026-07",
	"repos": "stands in five or more unrelated public repositories",
	"repo1": "stands in a few public repositories: look again first",
}

// NotSeen is the source of a fact that was seen in no document.
const NotSeen = "not seen in a document: confirm"

// Facts gives what is known of a vendor, in a fixed order and without what is not known. Vendors that it refers to are called as the catalog has
// them; with a nil catalog, by their ids.
func (v *Vendor) Facts(c *Catalog) []Fact {
	var all []Fact
	add := func(key string, value model.Text, source string, seen bool) {
		if value.IsZero() {
			return
		}
		f := Fact{key, value.Value, source, seen, v.on}
		if v.File != nil && value.At.File == v.File {
			f.Source, f.Seen, f.On = v.File.Path, true, ""
		}
		all = append(all, f)
	}
	add("name", v.Name, "", true)
	for _, a := range v.Aliases {
		add("aliases", a, "", true)
	}
	how, seen := v.entitySource()
	add("legal_entity", v.LegalEntity, how, seen)
	add("website", v.Website, "", true)
	add("category", v.Category, "", true)
	add("country", v.Country, "", true)
	parent := v.Parent
	if c != nil && c.Find(parent.Value) != nil {
		parent.Value = c.Find(parent.Value).Name.Value
	}
	add("parent", parent, "", true)
	add("status", v.Status, "", true)
	for _, u := range []struct {
		key     string
		address model.Text
		codes   []model.Text
	}{{"dpa_url", v.DPAURL, v.Source.DPAURL}, {"subprocessors_url", v.SubprocessorsURL, v.Source.SubprocessorsURL},
		{"security_url", v.SecurityURL, v.Source.SecurityURL}, {"trust_url", v.TrustURL, v.Source.TrustURL}} {
		add(u.key, u.address, InWords(u.codes), len(u.codes) > 0)
	}
	if v.AI != nil {
		source := v.AI.Source.Value
		add("ai.trains_on_api_data_by_default", v.AI.Trains, source, source != "")
		add("ai.zero_retention_available", v.AI.ZeroRetention, source, source != "")
		add("ai.default_retention", v.AI.Retention, source, source != "")
		add("ai.note", v.AI.Note, source, source != "")
	}
	if v.SelfHostable.Value {
		add("self_hostable", model.Text{Value: "true", At: v.SelfHostable.At}, "", true)
	}
	add("note", v.Note, "", true)
	return all
}

// Fact gives one of the facts by its key, and whether it is known. Of a key with several it is the first.
func (v *Vendor) Fact(key string) (Fact, bool) {
	facts := v.Facts(nil)
	i := slices.IndexFunc(facts, func(f Fact) bool { return f.Key == key })
	if i < 0 {
		return Fact{}, false
	}
	return facts[i], true
}

// entitySource says where the name of the vendor's company was seen, and whether it was.
func (v *Vendor) entitySource() (words string, seen bool) {
	said := v.LegalEntitySource.Value
	rest, unseen := strings.CutPrefix(said, "known")
	switch {
	case said == "":
		return NotSeen, false
	case !unseen:
		return said, true
	case strings.Trim(rest, " ;()") == "":
		return NotSeen, false
	}
	return NotSeen + "; " + strings.Trim(rest, " ;()"), false
}

// InWords says how an address was seen: "" for codes that say nothing.
func InWords(codes []model.Text) string {
	var words []string
	for _, code := range codes {
		if said := sourceWords[code.Value]; said != "" {
			words = append(words, said)
		}
	}
	return strings.Join(words, "; ")
}

// Where says where a fact is from, and of when it is, in words for people: `seen on a page of the vendor's own (2026-11)`.
func (f Fact) Where() string {
	switch {
	case f.Source != "" && f.On != "":
		return f.Source + " (compiled " + f.On + ")"
	case f.Source != "":
		return f.Source
	case f.On != "":
		return "compiled " + f.On
	}
	return NotSeen
}

// Terms say in a word or two what a vendor's public terms are on training and on keeping; "" for what is not known.
func (v *Vendor) Terms() (training, keeping string) {
	if v.AI == nil {
		return "", ""
	}
	switch v.AI.Trains.Value {
	case "no":
		training = "no training"
	case "opt-out":
		training = "trains unless told not to"
	}
	if v.AI.ZeroRetention.Value == "yes" {
		keeping = "zero retention to be had"
	}
	return training, keeping
}

// Lookup gives the vendor that a person means: by its id, its name or another name that it goes by, however these are spelt; else nil.
func (c *Catalog) Lookup(typed string) *Vendor {
	if v := c.Find(strings.ToLower(strings.TrimSpace(typed))); v != nil {
		return v
	}
	plain := roster.PlainName(typed)
	if plain == "" {
		return nil
	}
	for _, v := range c.Vendors {
		for _, name := range v.Known.Names {
			if roster.PlainName(name) == plain {
				return v
			}
		}
	}
	return nil
}

// About gives the vendors whose id, names, category or note has a word that begins as typed does, in their order.
func (c *Catalog) About(typed string) []*Vendor {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var all []*Vendor
	for _, v := range c.Vendors {
		texts := append([]string{v.Category.Value, categoryWords[v.Category.Value]}, v.Known.Names...)
		if slices.ContainsFunc(texts, func(s string) bool { return hasWord(strings.ToLower(s), typed) }) {
			all = append(all, v)
		}
	}
	return all
}

// hasWord reports whether a word of a text begins so, or the text holds it from such a word on.
func hasWord(text, begin string) bool {
	for at := 0; begin != ""; {
		i := strings.Index(text[at:], begin)
		if i < 0 {
			return false
		}
		if at += i; at == 0 || !isLetter(text[at-1]) {
			return true
		}
		at++
	}
	return false
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

// categoryWords are what people call the categories.
var categoryWords = map[string]string{
	"llm-api": "large language models, AI models", "ai-hosting": "hosting of models, GPUs, inference", "ai-tools": "tools for AI agents, scraping, parsing",
	"fine-tuning": "tuning, training of models", "generative-media": "images, video, pictures", "speech": "voice, transcription, text to speech", "data-labeling": "labelling, annotation",
	"vector-db": "vector database, vectors, embeddings", "llm-observability": "tracing, evaluation, prompts, llmops", "search": "search, retrieval", "database": "databases, storage",
	"cloud": "cloud hosting, infrastructure, deployment", "observability": "monitoring, logs, errors, error tracking, metrics", "analytics": "product analytics, tracking", "feature-flags": "flags, experiments",
	"payments": "billing, subscriptions", "email": "e-mail, mail, transactional mail", "messaging": "sms, chat, notifications, calendars", "support": "help desk, customer support", "crm": "sales, customers",
	"productivity": "office, documents, collaboration", "auth": "authentication, identity, sso, sign-in", "background-jobs": "jobs, queues, workflows", "maps": "geocoding", "cms": "content management",
	"dev-tools": "source control, continuous integration", "compliance": "trust, audits, soc 2",
}

// A Kind is all signatures of one kind that a vendor has.
type Kind struct {
	Name       string // as in vendors/*.yaml: "npm", "env"
	Signatures []string
}

// Kinds gives signatures by their kinds, in a fixed order and without those of which there are none.
func Kinds(s Signatures) []Kind {
	var all []Kind
	add := func(name string, texts []model.Text) {
		if len(texts) == 0 {
			return
		}
		k := Kind{Name: name}
		for _, t := range texts {
			k.Signatures = append(k.Signatures, t.Value)
		}
		all = append(all, k)
	}
	for _, e := range ecosystems {
		add(string(e), packagesOf(&s, e))
	}
	add("env", s.Env)
	add("hosts", s.Hosts)
	add("terraform", s.Terraform)
	add("files", s.Files)
	return all
}
