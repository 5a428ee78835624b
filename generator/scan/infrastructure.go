package scan

import (
	"bytes"
	"path"
	"strings"

	"candor/generator/catalog"
	"candor/generator/model"
	"candor/generator/pattern"
)

var (
	providerSource = pattern.Of(`(?m)(?:^|[{,])\s*source\s*=\s*"(?:[a-z0-9.-]+\.[a-z]+/)?([A-Za-z0-9_-]+)/([A-Za-z0-9_-]+)"`)
	providerBlock  = pattern.Of(`(?m)^\s*provider\s+"([a-z0-9_-]+)"\s*\{`)
	resourceBlock  = pattern.Of(`(?m)^\s*(?:resource|data|ephemeral)\s+"([a-z0-9]+)(_[a-z0-9_]+)"\s+"`)
	moduleBlock    = pattern.Of(`(?s)\bmodule\s+"[^"]*"\s*\{[^}]*$`)
	openaiKind     = pattern.Of(`(?m)^\s*kind\s*=\s*"(?:OpenAI|AIServices)"`)
	stackType      = pattern.Of(`^::([A-Za-z0-9]+)::[A-Za-z0-9:]+`)
)

// A specific resource belongs to another vendor than its provider does, by how its name begins.
type specific struct{ prefix, vendor string }

// specifics are resources of Terraform's providers, as their documents name them, that one service alone has.
var specifics = []specific{{"aws_bedrock", "aws-bedrock"}, {"google_vertex_ai_", "google-vertex-ai"}, {"google_firebase_", "firebase"}}

// terraform takes providers and resources. Of a vendor's resources, the first of each file is told.
func (l *look) terraform() {
	code, _ := withoutComments(l.data)
	for _, m := range providerSource.FindAllSubmatchIndex(code, 200) {
		if moduleBlock.Match(code[max(0, m[0]-300):m[0]]) && !bytes.Contains(code[max(0, m[0]-300):m[0]], []byte("required_providers")) {
			continue // where a module comes from
		}
		name := strings.ToLower(string(code[m[2]:m[3]]) + "/" + string(code[m[4]:m[5]]))
		if match, ok := l.words.terraform[path.Base(name)]; ok && l.isSource(match, name) {
			l.resource(match, `terraform provider "`+name+`"`, m[2], m[5])
		}
	}
	for _, m := range providerBlock.FindAllSubmatchIndex(code, 200) {
		name := string(code[m[2]:m[3]])
		if match, ok := l.words.terraform[name]; ok {
			l.resource(match, `terraform provider "`+name+`"`, m[2], m[3])
		}
	}
	told := map[string]bool{}
	for _, m := range resourceBlock.FindAllSubmatchIndex(code, 2000) {
		match, ok := l.words.terraform[string(code[m[2]:m[3]])]
		name := string(code[m[2]:m[5]])
		for _, s := range specifics {
			if vendor := l.known.Find(s.vendor); vendor != nil && strings.HasPrefix(name, s.prefix) {
				match, ok = catalog.Match{Vendor: vendor, Proof: true}, true
			}
		}
		if vendor := l.known.Find("azure-openai"); vendor != nil && name == "azurerm_cognitive_account" && openaiKind.Match(code[m[1]:min(len(code), m[1]+600)]) {
			match, ok = catalog.Match{Vendor: vendor, Proof: true}, true
		}
		if ok && !told[match.Vendor.ID.Value] {
			told[match.Vendor.ID.Value] = true
			l.resource(match, `terraform resource "`+name+`"`, m[2], m[5])
		}
	}
}

// isSource reports whether a vendor's entry is for a provider of this very source, and not for another one of the same last name.
func (l *look) isSource(m catalog.Match, source string) bool {
	for _, list := range [][]model.Text{m.Vendor.Signatures.Terraform, m.Vendor.Weak.Terraform} {
		for _, t := range list {
			if strings.ToLower(t.Value) == source {
				return true
			}
		}
	}
	return false
}

func (l *look) resource(m catalog.Match, seen string, start, end int) {
	l.see(sighting{vendor: m.Vendor, kind: model.SignResource, strength: l.strength(m), seen: seen}, start, end)
}

// resourceType takes a resource of CloudFormation's: AWS::S3::Bucket.
func (l *look) resourceType(h hit) {
	m := stackType.FindStringSubmatch(string(l.data[h.end:min(len(l.data), h.end+80)]))
	if m == nil || m[1] == "Region" {
		return
	}
	id := "aws"
	if strings.HasPrefix(m[1], "Bedrock") {
		id = "aws-bedrock"
	}
	if vendor := l.known.Find(id); vendor != nil {
		l.resource(catalog.Match{Vendor: vendor, Proof: true}, `resource "AWS`+m[0]+`"`, h.start, h.end+len(m[0]))
	}
}

// actions are steps of workflows by whom they are of: what deploys to a vendor, or sends to it.
var actions = map[string]string{
	"aws-actions": "aws", "google-github-actions": "google-cloud", "azure": "azure", "cloudflare": "cloudflare", "superfly": "fly-io", "firebaseextended": "firebase",
	"akhileshns/heroku-deploy": "heroku", "amondnet/vercel-action": "vercel", "nwtgck/actions-netlify": "netlify", "netlify/actions": "netlify", "digitalocean": "digitalocean",
	"getsentry/action-release": "sentry", "datadog": "datadog", "newrelic/deployment-marker-action": "new-relic", "honeycombio/gha-buildevents": "honeycomb",
	"slackapi/slack-github-action": "slack", "launchdarkly/find-code-references": "launchdarkly", "supabase/setup-cli": "supabase", "neondatabase": "neon",
	"anthropics": "anthropic", "databricks": "databricks", "jakejarvis/s3-sync-action": "aws", "scaleway": "scaleway",
	"circleci/aws-": "aws", "circleci/gcp-": "google-cloud", "circleci/azure-": "azure", "circleci/heroku": "heroku",
}

var (
	usesLine = pattern.Of(`(?m)^\s*(?:-\s+)?["']?uses["']?\s*:\s*["']?([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)[^\s"'#]*`)
	orbLine  = pattern.Of(`(?m)^\s+[a-z0-9_-]+:\s*(circleci/(?:aws|gcp|azure|heroku)[a-z-]*)@`)
)

// workflow takes the steps of a pipeline that are of a vendor's making, or for it.
func (l *look) workflow() {
	for _, m := range usesLine.FindAllSubmatchIndex(l.data, 500) {
		owner := strings.ToLower(string(l.data[m[2]:m[3]]))
		id, ok := actions[owner+"/"+strings.ToLower(string(l.data[m[4]:m[5]]))]
		if !ok {
			id = actions[owner]
		}
		l.action(id, m[2], m[5], deploys.Match(l.data[m[4]:m[5]]))
	}
	for _, m := range orbLine.FindAllSubmatchIndex(l.data, 50) {
		for _, prefix := range []string{"circleci/aws-", "circleci/gcp-", "circleci/azure-", "circleci/heroku"} {
			if bytes.HasPrefix(l.data[m[2]:m[3]], []byte(prefix)) {
				l.action(actions[prefix], m[2], m[3], false)
			}
		}
	}
}

// deploys are actions of a vendor's that put a program there.
var deploys = pattern.Of(`(?i)deploy|^(?:wrangler-action|vercel-action|actions-netlify|app_action|pages-action)$`)

func (l *look) action(id string, start, end int, deploys bool) {
	if vendor := l.known.Find(id); vendor != nil {
		strength := model.SignWeak
		if deploys && !l.role.aside {
			strength = model.SignStrong
		}
		l.see(sighting{vendor: vendor, kind: model.SignAction, strength: strength, seen: `action "` + string(l.data[start:end]) + `"`}, start, end)
	}
}

var (
	serverlessFile = pattern.Of(`^serverless(?:[.-][a-z0-9-]+)?\.ya?ml$`)
	serverlessHost = pattern.Of(`(?m)^provider:[ \t]*(?:\r?\n(?:[ \t]+[^\n]*\n|[ \t]*#[^\n]*\n|[ \t]*\n)*?[ \t]+name:[ \t]*)?["']?(aws|google|azure)\b`)
)

// hosts of the Serverless Framework, by what it calls them.
var serverlessHosts = map[string]string{"aws": "aws", "google": "google-cloud", "azure": "azure"}

// serverless takes the host that the functions of a serverless.yml run on.
func (l *look) serverless() {
	if !serverlessFile.MatchString(strings.ToLower(path.Base(l.path))) {
		return
	}
	for _, m := range serverlessHost.FindAllSubmatchIndex(l.data, 1) {
		if vendor := l.known.Find(serverlessHosts[string(l.data[m[2]:m[3]])]); vendor != nil {
			l.resource(catalog.Match{Vendor: vendor, Proof: true}, `provider "`+string(l.data[m[2]:m[3]])+`"`, m[2], m[3])
		}
	}
}
