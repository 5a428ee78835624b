package hosting_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"candor/generator/hosting"
)

// A cloudEvent is what CloudFront gives a function (AWS: CloudFront Functions event structure).
type cloudEvent struct {
	Version string `json:"version"`
	Context struct {
		EventType string `json:"eventType"`
	} `json:"context"`
	Request  cloudRequest   `json:"request"`
	Response *cloudResponse `json:"response,omitempty"`
}

type cloudRequest struct {
	Method      string                `json:"method"`
	URI         string                `json:"uri"`
	QueryString map[string]cloudValue `json:"querystring"`
	Headers     map[string]cloudValue `json:"headers"`
}

type cloudValue struct {
	Value string       `json:"value"`
	Multi []cloudValue `json:"multiValue,omitempty"`
}

type cloudResponse struct {
	StatusCode int                   `json:"statusCode"`
	Headers    map[string]cloudValue `json:"headers"`
}

// events gives an event for each address, of one type.
func events(kind string, asks ...string) []cloudEvent {
	var list []cloudEvent
	for _, ask := range asks {
		path, query, _ := strings.Cut(ask, "?")
		e := cloudEvent{Version: "1.0", Request: cloudRequest{Method: "GET", URI: path, QueryString: map[string]cloudValue{}, Headers: map[string]cloudValue{}}}
		e.Context.EventType = kind
		for part := range strings.SplitSeq(query, "&") {
			if name, value, _ := strings.Cut(part, "="); name != "" {
				was, seen := e.Request.QueryString[name]
				if seen {
					was.Multi = append(was.Multi, cloudValue{Value: was.Value}, cloudValue{Value: value})
					e.Request.QueryString[name] = was
				} else {
					e.Request.QueryString[name] = cloudValue{Value: value}
				}
			}
		}
		if kind == "viewer-response" {
			e.Response = &cloudResponse{StatusCode: 200, Headers: map[string]cloudValue{}}
		}
		list = append(list, e)
	}
	return list
}

// A cloudAnswer is what the function gives back: a response, or the request that goes on to the bucket.
type cloudAnswer struct {
	cloudRequest
	StatusCode int `json:"statusCode"`
}

// run runs the function of a site for some events.
func run(t *testing.T, s hosting.Site, list []cloudEvent) []cloudAnswer {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node: the function of CloudFront is not run")
	}
	in, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	script := put(t.TempDir(), "f.js", `"use strict";`+"\n"+file(t, s, ".hosting/cloudfront-function.js")+"\nconsole.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')).map(handler)));")
	cmd := exec.Command(node, script)
	cmd.Stdin = strings.NewReader(string(in))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, err.(*exec.ExitError).Stderr)
	}
	var answers []cloudAnswer
	if err := json.Unmarshal(out, &answers); err != nil || len(answers) != len(list) {
		t.Fatalf("%d answers to %d events: %v", len(answers), len(list), err)
	}
	return answers
}

// TestCloudFrontRequests has the function find what is expected of every host, in a bucket that has the files of the site.
func TestCloudFrontRequests(t *testing.T) {
	for _, base := range []string{"", "/trust"} {
		var asks []string
		for _, e := range expectations() {
			asks = append(asks, base+e.ask)
		}
		for i, a := range run(t, siteAt("https://x.example"+base), events("viewer-request", asks...)) {
			e := expectations()[i]
			key, err := url.PathUnescape(strings.TrimPrefix(a.URI, base+"/"))
			if err != nil {
				t.Fatal(err)
			}
			_, found := fixture()[key]
			status := e.status
			switch {
			case status == slash:
				status = 301
			case status == hidden:
				status = 404
			}
			switch {
			case status == 301 && (a.StatusCode != 301 || a.Headers["location"].Value != base+e.location):
				t.Errorf("%s%s: %s leads to %q with %d", base, e.ask, e.what, a.Headers["location"].Value, a.StatusCode)
			case status == 0 && (a.StatusCode != 0 || !found || e.file != "" && key != e.file):
				t.Errorf("%s%s: %s is looked for at %q", base, e.ask, e.what, a.URI)
			case status == 404 && (a.StatusCode == 0 && found):
				t.Errorf("%s%s: %s is found at %q", base, e.ask, e.what, a.URI)
			}
		}
	}
}

// outside are addresses that look like those of other hosts once something is put behind them.
var outside = []string{"//evil.example/x", "//evil.example/policies", "///evil.example/x", "/\\evil.example/x", "/%5Cevil.example/x", "/%2F/evil.example/x", "/policies//evil.example/..//policies"}

// TestCloudFrontLeadsNowhereElse asks for them.
func TestCloudFrontLeadsNowhereElse(t *testing.T) {
	for i, a := range run(t, siteAt("https://x.example"), events("viewer-request", outside...)) {
		if to := a.Headers["location"].Value; to != "" {
			t.Errorf("%s leads to %q", outside[i], to)
		}
	}
}

// TestCloudFrontLeavesTheRest says nothing of addresses that are not the site's, and leads from the base path to the front page.
func TestCloudFrontLeavesTheRest(t *testing.T) {
	s := siteAt("https://x.example/trust")
	a := run(t, s, events("viewer-request", "/", "/trusty", "/shop/?a=b", "/trust?a=b&a=c&d", "/trust/policies/old/?a=<b>\r\nSet-Cookie:x"))
	for i, uri := range []string{"/", "/trusty", "/shop/"} {
		if a[i].URI != uri || a[i].StatusCode != 0 {
			t.Errorf("%s becomes %+v", uri, a[i])
		}
	}
	for i, to := range map[int]string{3: "/trust/?a=b&a=c&d", 4: "/trust/policies/new/?a=%3Cb%3E%0D%0ASet-Cookie:x"} {
		if got := a[i].Headers["location"].Value; got != to {
			t.Errorf("it leads to %q, not to %q", got, to)
		}
	}
}

// TestCloudFrontResponses has the function add to the headers of all what some files have, as far as the bucket does not send it.
func TestCloudFrontResponses(t *testing.T) {
	for _, base := range []string{"", "/trust"} {
		var asks, names []string
		for _, e := range expectations() {
			if e.status == 0 && e.method == "" && !strings.Contains(e.ask, "?") {
				name := e.file
				if name == "" {
					name = e.ask[1:]
				}
				asks, names = append(asks, base+e.ask), append(names, name)
			}
		}
		for i, a := range run(t, siteAt("https://x.example"+base), events("viewer-response", asks...)) {
			got := http.Header{"Cache-Control": {hosting.CacheControl(names[i])}}
			for _, h := range policyHeaders(t, file(t, siteAt("https://x.example"+base), ".hosting/cloudfront-headers.json")) {
				got.Add(h.Name, h.Value)
			}
			for name, h := range a.Headers {
				got.Set(name, h.Value)
			}
			checkHeaders(t, got, names[i], true, "Content-Type")
		}
	}
}

// policyHeaders gives the headers that a response headers policy adds.
func policyHeaders(t *testing.T, text string) []hosting.Header {
	t.Helper()
	var p struct {
		Name, Comment         string
		SecurityHeadersConfig struct {
			StrictTransportSecurity *struct {
				Override, IncludeSubdomains, Preload bool
				AccessControlMaxAgeSec               json.Number
			}
			ContentSecurityPolicy struct {
				Override              bool
				ContentSecurityPolicy string
			}
			ContentTypeOptions struct{ Override bool }
			ReferrerPolicy     struct {
				Override       bool
				ReferrerPolicy string
			}
		}
		CustomHeadersConfig struct {
			Quantity int
			Items    []struct {
				Header, Value string
				Override      bool
			}
		}
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		t.Fatal(err)
	}
	s := p.SecurityHeadersConfig
	list := []hosting.Header{{Name: "Content-Security-Policy", Value: s.ContentSecurityPolicy.ContentSecurityPolicy}, {Name: "Referrer-Policy", Value: s.ReferrerPolicy.ReferrerPolicy}}
	if s.StrictTransportSecurity != nil {
		if s.StrictTransportSecurity.IncludeSubdomains || s.StrictTransportSecurity.Preload {
			t.Error("other hosts are spoken for")
		}
		list = append(list, hosting.Header{Name: "Strict-Transport-Security", Value: "max-age=" + s.StrictTransportSecurity.AccessControlMaxAgeSec.String()})
	}
	if s.ContentTypeOptions.Override {
		list = append(list, hosting.Header{Name: "X-Content-Type-Options", Value: "nosniff"})
	}
	if p.Name == "" || len(p.Comment) > 128 || p.CustomHeadersConfig.Quantity != len(p.CustomHeadersConfig.Items) {
		t.Errorf("a policy called %q with %d headers of %d", p.Name, len(p.CustomHeadersConfig.Items), p.CustomHeadersConfig.Quantity)
	}
	for _, h := range p.CustomHeadersConfig.Items {
		list = append(list, hosting.Header{Name: h.Header, Value: h.Value})
	}
	return list
}

// TestBucketPolicy allows one thing to one distribution, and names what is to be replaced so that it is an error when it is not.
func TestBucketPolicy(t *testing.T) {
	var p struct {
		Version   string
		Statement []struct {
			Sid, Effect, Action string
			Principal           map[string]string
			Resource            any
			Condition           map[string]map[string]string
		}
	}
	if err := json.Unmarshal([]byte(file(t, siteAt("https://x.example"), ".hosting/s3-policy.json")), &p); err != nil {
		t.Fatal(err)
	}
	allows := 0
	for _, s := range p.Statement {
		if s.Principal["Service"] != "cloudfront.amazonaws.com" || s.Action != "s3:GetObject" {
			t.Errorf("%s is about %v, %s", s.Sid, s.Principal, s.Action)
		}
		if notes, ok := s.Resource.([]any); s.Effect == "Deny" && (!ok || len(notes) != 2 || notes[0] != "arn:aws:s3:::YOUR-BUCKET/.candor/*" || notes[1] != "arn:aws:s3:::YOUR-BUCKET/*/.candor/*") {
			t.Errorf("%s denies %v, which is not what publishing notes", s.Sid, s.Resource)
		}
		if s.Effect == "Allow" {
			allows++
			if arn := s.Condition["StringEquals"]["AWS:SourceArn"]; !strings.Contains(arn, "YOUR-DISTRIBUTION") || s.Resource != "arn:aws:s3:::YOUR-BUCKET/*" {
				t.Errorf("%s allows %v to %q", s.Sid, s.Resource, arn)
			}
		}
	}
	if allows != 1 || len(p.Statement) != 2 {
		t.Errorf("%d statements, %d that allow", len(p.Statement), allows)
	}
}
