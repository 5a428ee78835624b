package check

import (
	"bytes"
	"strings"

	"candor/generator/seal"
)

// A keyForm is how the keys of one maker look: they begin alike.
type keyForm struct {
	prefix string // its last character is none of the letters and digits, or it is one of those in leaders
	body   string // what follows: one of the alphabets
	least  int    // how many characters of it at least
	name   string
	mixed  bool // in a body that may also be words, digits and letters of both cases have to stand
}

// ofCandor is what opens the sealed pages of a site. In the content it is a matter of LEK04.
const ofCandor = "the secret of sealed pages"

// alphabets of what follows a prefix.
const (
	alnum   = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	hexes   = "0123456789abcdefABCDEF"
	capped  = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	dashed  = alnum + "_-"
	lined   = alnum + "_"
	pointed = alnum + "_-."
	based   = alnum + "+/=_-"
)

// keyForms are the keys that can be told from words. Public ones (pk_live_) are left out.
var keyForms = []keyForm{
	{"AKIA", capped, 16, "an AWS access key", false},
	{"ASIA", capped, 16, "an AWS access key", false},
	{"AIza", dashed, 35, "a Google API key", false},
	{"ATATT3", based, 60, "an Atlassian token", false},
	{"ghp_", alnum, 36, "a GitHub token", false},
	{"gho_", alnum, 36, "a GitHub token", false},
	{"ghu_", alnum, 36, "a GitHub token", false},
	{"ghs_", alnum, 36, "a GitHub token", false},
	{"ghr_", alnum, 36, "a GitHub token", false},
	{"github_pat_", lined, 36, "a GitHub token", false},
	{"npm_", alnum, 36, "an npm token", false},
	{"hf_", alnum, 30, "a Hugging Face token", false},
	{"r8_", alnum, 36, "a Replicate token", false},
	{"gsk_", alnum, 40, "a Groq key", false},
	{"pcsk_", lined, 40, "a Pinecone key", false},
	{"jina_", alnum, 40, "a Jina key", false},
	{"lsv2_pt_", lined, 32, "a LangSmith key", false},
	{"lsv2_sk_", lined, 32, "a LangSmith key", false},
	{"sk_live_", alnum, 16, "a Stripe key", false},
	{"sk_test_", alnum, 16, "a Stripe key", false},
	{"rk_live_", alnum, 16, "a Stripe key", false},
	{"rk_test_", alnum, 16, "a Stripe key", false},
	{"whsec_", based, 24, "a webhook secret", true},
	{"dop_v1_", hexes, 64, "a DigitalOcean token", false},
	{"doo_v1_", hexes, 64, "a DigitalOcean token", false},
	{"shpat_", hexes, 32, "a Shopify token", false},
	{"shpss_", hexes, 32, "a Shopify secret", false},
	{"dckr_pat_", dashed, 20, "a Docker token", true},
	{"glsa_", lined, 32, "a Grafana token", false},
	{"sntrys_", based, 40, "a Sentry token", false},
	{"sntryu_", hexes, 64, "a Sentry token", false},
	{"sbp_", hexes, 40, "a Supabase token", false},
	{"figd_", dashed, 36, "a Figma token", false},
	{"ntn_", alnum, 40, "a Notion token", false},
	{"lin_api_", alnum, 40, "a Linear key", false},
	{"rubygems_", hexes, 48, "a RubyGems key", false},
	{"sk-", dashed, 20, "a key of a model vendor", true},
	{"glpat-", dashed, 20, "a GitLab token", true},
	{"gldt-", dashed, 20, "a GitLab token", true},
	{"glrt-", dashed, 20, "a GitLab token", true},
	{"xoxb-", dashed, 20, "a Slack token", true},
	{"xoxp-", dashed, 20, "a Slack token", true},
	{"xoxa-", dashed, 20, "a Slack token", true},
	{"xoxe-", dashed, 20, "a Slack token", true},
	{"xoxr-", dashed, 20, "a Slack token", true},
	{"xoxs-", dashed, 20, "a Slack token", true},
	{"xapp-", dashed, 20, "a Slack token", true},
	{"GOCSPX-", dashed, 28, "a Google client secret", false},
	{"pplx-", alnum, 40, "a Perplexity key", false},
	{"tvly-", dashed, 20, "a Tavily key", true},
	{"nvapi-", dashed, 60, "an NVIDIA key", false},
	{"xkeysib-", hexes, 64, "a Brevo key", false},
	{"tskey-", dashed, 20, "a Tailscale key", true},
	{"pypi-", dashed, 80, "a PyPI token", false},
	{"AGE-SECRET-KEY-", capped, 50, "an age key", false},
	{seal.SecretPrefix, alnum, seal.KeyLength, ofCandor, false},
	{"SG.", pointed, 60, "a SendGrid key", false},
	{"ya29.", dashed, 30, "a Google access token", false},
	{"hvs.", dashed, 24, "a Vault token", true},
}

// A telling byte is one by which a form is found: the last of its prefix, or the first where that is no letter or digit.
type tellingByte struct {
	*keyForm
	offset int // in the prefix
}

// told gives the forms by their telling bytes.
var told = func() (forms [256][]tellingByte) {
	for i := range keyForms {
		f := tellingByte{&keyForms[i], len(keyForms[i].prefix) - 1}
		if isWordByte(f.prefix[f.offset]) {
			f.offset = 0
		}
		forms[f.prefix[f.offset]] = append(forms[f.prefix[f.offset]], f)
	}
	return forms
}()

var alphabets = func() map[string]*[256]bool {
	m := map[string]*[256]bool{}
	for _, t := range keyForms {
		if m[t.body] == nil {
			m[t.body] = new([256]bool)
			for _, c := range []byte(t.body) {
				m[t.body][c] = true
			}
		}
	}
	return m
}()

// secretAt gives the key that has a byte of its prefix at i.
func secretAt(text []byte, i int) (exposure, bool) {
	for _, t := range told[text[i]] {
		start := i - t.offset
		if start < 0 || text[start] != t.prefix[0] || !bytes.HasPrefix(text[start:], []byte(t.prefix)) || !standsFree(text, start) {
			continue
		}
		body := start + len(t.prefix)
		end := span(text[:min(len(text), body+longestKey)], body, alphabets[t.body])
		if end-body >= t.least && t.isKey(text[body:end]) {
			return exposure{start, end, "looks like " + t.name, revoke}, true
		}
	}
	switch text[i] {
	case '-':
		return privateKeyAt(text, i)
	case 'J':
		return webTokenAt(text, i)
	}
	return exposure{}, false
}

// longestKey is how many bytes of a key are looked at.
const longestKey = 250

const revoke = `revoke it and take it out; an example is written with dots, as in "ghp_..."`

// isKey tells a key from what stands for one: "ghp_xxxxxxxx", "sk-learn-contrib-packages".
func (t *keyForm) isKey(body []byte) bool {
	different, seen := 0, [256]bool{}
	digit, small, capital := false, false, false
	run, longest := 0, 0
	for _, c := range body {
		if !seen[c] {
			seen[c] = true
			different++
		}
		digit = digit || c >= '0' && c <= '9'
		small = small || c >= 'a' && c <= 'z'
		capital = capital || c >= 'A' && c <= 'Z'
		if run++; !isWordByte(c) {
			run = 0
		}
		longest = max(longest, run)
	}
	if different < 6 {
		return false
	}
	return !t.mixed || digit && small && capital || digit && longest >= 24
}

// privateKeyAt finds the first line of a private key in PEM.
func privateKeyAt(text []byte, i int) (exposure, bool) {
	const begin = "-----BEGIN "
	if !bytes.HasPrefix(text[i:], []byte(begin)) {
		return exposure{}, false
	}
	rest := text[i+len(begin) : min(len(text), i+len(begin)+60)]
	end := bytes.Index(rest, []byte("-----"))
	if end < 0 || !strings.Contains(string(rest[:end]), "PRIVATE KEY") {
		return exposure{}, false
	}
	return exposure{i, i + len(begin) + end + 5, "begins a private key", "revoke it and take it out; publish the public key alone"}, true
}

// webTokenAt finds a JSON web token by the J of its "eyJ", which is "{" and a quotation mark in base64. Its second part begins in the same way.
func webTokenAt(text []byte, i int) (exposure, bool) {
	start := i - 2
	if start < 0 || string(text[start:i+1]) != "eyJ" || !standsFree(text, start) {
		return exposure{}, false
	}
	end := span(text, i+1, alphabets[pointed])
	head, body, ok := bytes.Cut(text[start:end], []byte("."))
	if !ok || len(head) < 15 || len(body) < 15 || !bytes.HasPrefix(body, []byte("eyJ")) {
		return exposure{}, false
	}
	return exposure{start, end, "looks like a JSON web token", revoke}, true
}

// sealedLinkAt finds a link to a sealed page with its key by the slash before "q/".
func sealedLinkAt(text []byte, i int) (exposure, bool) {
	const before, between = "/q/", "/#"
	rest := text[i:min(len(text), i+len(before)+seal.IDLength+len(between)+seal.KeyLength)]
	if !bytes.HasPrefix(rest, []byte(before)) || len(rest) < len(before)+seal.IDLength+len(between) {
		return exposure{}, false
	}
	id, key, ok := bytes.Cut(rest[len(before):], []byte(between))
	if _, err := seal.ParseKey(string(key)); !ok || err != nil || !seal.IsID(string(id)) {
		return exposure{}, false
	}
	return exposure{i, i + len(rest), "looks like a link that opens a sealed page", "take it out, and make the page anew: `candor share revoke`, `candor share new`"}, true
}
