package addition

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/parse"
)

// SubprocessorPath gives where the file of a sub-processor lies.
func SubprocessorPath(id string) string { return parse.Folder + "/subprocessors/" + id + ".yaml" }

// Subprocessor writes the file of a vendor that is in use, for a site of which nothing else is known.
func Subprocessor(v *catalog.Vendor, on model.Day) []byte {
	return Setting{}.Subprocessor(v, model.StatusActive, "", on)
}

// Subprocessor writes the file of a vendor: planned, or active since it is in use already. why says for whoever reads it what the status rests on; "" for nothing.
func (s Setting) Subprocessor(v *catalog.Vendor, status, why string, on model.Day) []byte {
	p := open(SubprocessorPath(v.ID.Value))
	p.comment("Begun on %s. TODO marks what only your contract or your own people can tell; `candor check` reports each until it is filled in.", on)
	if f, ok := v.Fact("name"); ok && f.On != "" {
		p.comment("What is written out is publicly known, compiled in %s: no contract. Hold it against your own.", f.On)
	}
	d := &drafting{page: p, v: v, s: s}
	d.identity()
	d.standing(status, why)
	d.use()
	d.agreement()
	if v.Known != nil && (v.Known.AI || v.AI != nil) {
		d.terms()
	} else if v.Category.IsZero() {
		p.comment("If it runs models, keeps vectors or traces calls, its terms belong here under ai: `candor add subprocessor openai --print` shows how.")
	}
	p.todo("approved_for", "the highest level of data that it may receive: public, internal, confidential or restricted")
	p.maybe("certifications", "[soc2-type2, iso27001]", "the vendor's own reports, once you have read them")
	p.todo("owner", "who answers for it: "+choice(s.Owners, "an id from owners in site.yaml"))
	p.todo("reviewed_on", "the day on which you last reviewed it: year-month-day")
	return []byte(p.String())
}

// A drafting is the file of a vendor as it is written.
type drafting struct {
	*page
	v *catalog.Vendor
	s Setting
}

// fact writes a key with what is known, and where that was seen.
func (d *drafting) fact(key, of, more string) bool {
	f, ok := d.v.Fact(of)
	if ok {
		remark := f.Where()
		if f.Source == "" && f.On == "" { // as it was typed
			remark = ""
		}
		if more != "" {
			remark = strings.TrimPrefix(remark+"; "+more, "; ")
		}
		d.key(key, f.Value, remark)
	}
	return ok
}

// identity writes who the vendor is.
func (d *drafting) identity() {
	d.key("name", d.v.Name.Value, "")
	if !d.fact("legal_entity", "legal_entity", "yours may be another one: confirm in your contract") {
		d.text("legal_entity", "the company that your contract is with")
	}
	if !d.fact("country", "country", "") {
		d.todo("country", "of the company's seat, in two letters: US")
	}
	d.fact("website", "website", "")
	if !d.fact("trust_url", "trust_url", "") && !d.fact("trust_url", "security_url", "") {
		d.maybe("trust_url", "https://...", "the vendor's own page on security")
	}
	d.text("contact", "whom to write to about data protection at the vendor: an address or a page")
	if f, ok := d.v.Fact("subprocessors_url"); ok {
		d.comment("its own sub-processors: %s - %s", f.Value, f.Where())
	}
	if f, ok := d.v.Fact("parent"); ok {
		d.comment("part of: %s - %s", f.Value, f.Where())
	}
	if f, ok := d.v.Fact("status"); ok {
		d.comment("this vendor was %s - %s: see whether your contract still holds", f.Value, f.Where())
	}
	if f, ok := d.v.Fact("note"); ok {
		d.comment("note: %s", f.Value)
	}
	if d.v.Category.IsZero() {
		d.todo("category", "what it does: llm-api, cloud-host, vector-database, inference, payments, monitoring, email, support, analytics, identity, storage, other, ...")
	} else {
		d.key("category", CategoryOf(d.v), "")
	}
	if d.v.Known != nil && !d.v.Known.Receives {
		d.maybe("role", "internal-tool", "take the # away if no customer data reaches it: it is not published then, and little of what follows is needed")
	}
	d.maybe("tier", "critical", "if much depends on it; critical vendors are reviewed more often")
}

// standing writes where the vendor stands, and what customers are to be told.
func (d *drafting) standing(status, why string) {
	if why == "" {
		why = map[string]string{model.StatusActive: "it receives data; write planned if it does not yet", model.StatusPlanned: "it receives nothing yet; write active when it does"}[status]
	}
	d.key("status", status, why)
	notice := ""
	if d.s.Notice != "" {
		notice = fmt.Sprintf("; customers are promised %s between the two", d.s.Notice)
	}
	if status == model.StatusPlanned {
		d.todo("announced_on", "the day on which customers are told: year-month-day")
		d.todo("effective_on", "the day from which it receives data: year-month-day"+notice)
		return
	}
	d.comment("It is in use: customers may have a right to have been told. Write the days as they were, and an update that says so.")
	d.todo("announced_on", "the day on which customers were told; take the line away if they never were")
	d.todo("effective_on", "the day from which it receives data: year-month-day"+notice)
}

// use writes what the vendor does with which data, and where.
func (d *drafting) use() {
	d.maybe("engagement", "opt-in", "core for every customer, opt-in, or conditional")
	d.text("purpose", "what it does for your customers with their data, in a sentence")
	d.raw("data", "["+Todo+"]", "what it may receive: "+choice(d.s.Classes, "ids from data-classes.yaml"))
	d.maybe("data_subjects", "[users]", "whose data it is")
	d.within("locations", func() {
		d.raw("- country", Todo, "where your contract or your account says that it works, in two letters; a line for each country")
		d.indent += "  "
		d.maybe("activity", "[process, store]", "what happens there: process, store, support, access")
		d.indent = d.indent[2:]
	})
	home := ""
	if d.s.HomeRegion != "" {
		home = " (" + d.s.HomeRegion + ")"
	}
	d.within("transfer", func() {
		d.todo("mechanism", fmt.Sprintf("none if all of that is in your home region%s, else scc, adequacy, dpf, bcr or uk-idta", home))
		d.maybe("module", "3", "of the standard contractual clauses: 3 where you are a processor yourself")
	})
}

// agreement writes what is to be had of the data processing agreement.
func (d *drafting) agreement() {
	d.within("dpa", func() {
		if !d.fact("url", "dpa_url", "put the one that you signed on file") {
			d.maybe("url", "https://...", "the vendor's text, if it is public")
		}
		d.todo("signed_on", "the day on which you signed it: year-month-day")
		d.todo("evidence", "your signed copy: an id that you add to evidence.yaml")
	})
}

// terms writes what the contract is to say of models, with what is public beside it.
func (d *drafting) terms() {
	d.within("ai", func() {
		if role := RoleOf(d.v); role != "" {
			d.key("role", role, "")
		} else {
			d.todo("role", "model, embedding, vector-store, fine-tuning, inference-host or tracing")
		}
		d.public()
		d.within("training", func() {
			d.todo("used", "whether it trains on your data: never, opt-in, always or unknown")
			d.todo("basis", "what that rests on: contract, policy or setting")
			d.todo("evidence", "the proof: an id that you add to evidence.yaml")
			d.todo("checked_on", "the day on which you read it: year-month-day")
		})
		d.within("retention", func() {
			d.todo("state", "what it keeps of prompts and outputs: zero-retention, days or unknown")
			d.maybe("keep", "30d", "with state: days")
			d.todo("evidence", "the agreement: an id that you add to evidence.yaml")
			d.todo("signed_on", "the day on which you signed it: year-month-day")
			d.maybe("expires", "2027-12-31", "if it ends")
			d.maybe("exceptions", "[...]", "what is kept all the same")
			d.maybe("covers", "{projects: [...], endpoints: [...]}", "what the agreement is limited to")
		})
		d.todo("human_review", "whether people at the vendor read the data: none, abuse-only or yes")
	})
}

// public writes the public terms of a vendor as comments: they are not what holds.
func (d *drafting) public() {
	var said []string
	for _, k := range []struct{ key, words string }{{"ai.trains_on_api_data_by_default", "trains on data that comes by its API, by default: "},
		{"ai.default_retention", "keeps by default: "}, {"ai.zero_retention_available", "zero retention to be had: "}, {"ai.note", ""}} {
		if f, ok := d.v.Fact(k.key); ok {
			said = append(said, k.words+strings.TrimSuffix(f.Value, "."))
		}
	}
	if len(said) == 0 {
		d.comment("Public terms on training and retention were not looked up: read the vendor's, and your contract.")
		return
	}
	f, _ := d.v.Fact("ai.trains_on_api_data_by_default")
	if f.Source == "" {
		f, _ = d.v.Fact("ai.note")
	}
	d.comment("Public terms, not your contract:")
	for _, one := range said {
		d.comment("- %s", one)
	}
	d.comment("source: %s; confirm in your contract", f.Where())
}

// roles are what vendors of a category do for AI features; where it can be one thing or another, the author says it.
var roles = map[string]string{"llm-api": "model", "ai-hosting": "inference-host", "fine-tuning": "fine-tuning", "generative-media": "model", "speech": "model",
	"vector-db": "vector-store", "llm-observability": "tracing"}

// RoleOf gives what a vendor does for AI features, as ai.role of a sub-processor has it; "" where its category does not say it.
func RoleOf(v *catalog.Vendor) string { return roles[v.Category.Value] }

// CategoryOf gives the category of a sub-processor for one of the catalog; "other" where no other is meant.
func CategoryOf(v *catalog.Vendor) string {
	for _, c := range []struct {
		category string
		of       []string
	}{
		{"llm-api", []string{"llm-api"}}, {"inference", []string{"ai-hosting"}}, {"vector-database", []string{"vector-db"}}, {"fine-tuning", []string{"fine-tuning"}},
		{"monitoring", []string{"llm-observability", "observability"}}, {"storage", []string{"database"}}, {"cloud-host", []string{"cloud"}}, {"payments", []string{"payments"}},
		{"analytics", []string{"analytics"}}, {"email", []string{"email"}}, {"support", []string{"support"}}, {"identity", []string{"auth"}},
		{"communication", []string{"messaging", "productivity"}}, {"source-control", []string{"dev-tools"}}, {"security", []string{"compliance"}},
	} {
		if slices.Contains(c.of, v.Category.Value) {
			return c.category
		}
	}
	return "other"
}
