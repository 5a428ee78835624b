package publish_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"candor/generator/publish"
	"candor/generator/publish/bucket"
)

// refusal holds an error against its kind and parts of its text and hint.
func refusal(t testing.TB, err error, kind publish.Kind, parts ...string) {
	t.Helper()
	problem := asProblem(err)
	if problem == nil || problem.Kind != kind || problem.Hint == "" {
		t.Errorf("%v (%+v), instead of one of kind %d with a hint", err, problem, kind)
		return
	}
	t.Logf("%v\n\thint: %s", err, problem.Hint)
	for _, part := range parts {
		if !strings.Contains(err.Error()+"\n"+problem.Hint, part) {
			t.Errorf("%v: %q is not said", err, part)
		}
	}
}

// later signs with the right clock and sends another time.
type later struct{ http.RoundTripper }

func (l later) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Amz-Date", time.Now().Add(40*time.Minute).UTC().Format("20060102T150405Z"))
	return l.RoundTripper.RoundTrip(r)
}

// TestServerRefuses shows what a person reads when a real server refuses.
func TestServerRefuses(t *testing.T) {
	g := startGateway(t)
	look := func(address string, change func(*bucket.Options)) error {
		o := g.options()
		change(&o)
		b, err := bucket.Open(context.Background(), address, o)
		if err != nil {
			return err
		}
		_, err = publish.Look(context.Background(), b, publish.Options{Now: time.Now, Patience: -1})
		return err
	}
	if err := look(siteAt, func(*bucket.Options) {}); err != nil {
		t.Fatal(err)
	}
	keys := func(id, secret string) func(string) string {
		return func(name string) string {
			return map[string]string{"AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": secret}[name]
		}
	}
	refusal(t, look("s3://other/site", func(*bucket.Options) {}), publish.KindMissing, `"s3://other/site" does not exist at 127.0.0.1`)
	refusal(t, look(siteAt, func(o *bucket.Options) { o.Getenv = keys("nobody", secretKey) }), publish.KindCredentials, "does not accept the credentials")
	refusal(t, look(siteAt, func(o *bucket.Options) { o.Getenv = keys(accessKey, "wrong") }), publish.KindCredentials, "does not accept the credentials")
	refusal(t, look(siteAt, func(o *bucket.Options) { o.Region = "eu-north-1" }), publish.KindRegion, "--region us-east-1")
	refusal(t, look(siteAt, func(o *bucket.Options) { o.Endpoint = strings.Replace(g.endpoint, "http:", "https:", 1) }), publish.KindEndpoint, "speaks http", "--endpoint http://127.0.0.1")
	refusal(t, look(siteAt, func(o *bucket.Options) { o.Endpoint = "http://" + freePort(t) }), publish.KindEndpoint, "does not answer")
	refusal(t, look(siteAt, func(o *bucket.Options) {
		o.Transport = later{http.DefaultTransport}
		o.Now = func() time.Time { return time.Now().Add(40 * time.Minute) }
	}), publish.KindClock, "40m", "ahead", "set the clock")
	notStore := serve(t, t.TempDir())
	refusal(t, look(siteAt, func(o *bucket.Options) { o.Endpoint = notStore }), publish.KindMissing, "does not exist")
}

// TestPermissions publishes with keys that are permitted a little more each time, and shows that the missing one is named and the site is complete without deletions.
func TestPermissions(t *testing.T) {
	g := startGateway(t, "--iam-dir", t.TempDir())
	g.addUser(t, "publisher", "another key")
	o := g.options()
	o.Getenv = func(name string) string {
		return map[string]string{"AWS_ACCESS_KEY_ID": "publisher", "AWS_SECRET_ACCESS_KEY": "another key"}[name]
	}
	b := g.open(t, siteAt, o)
	now := publish.Options{Now: time.Now, Patience: -1, Linger: -1}
	s := &sketch{pages: []string{"", "a", "b"}, day: 1}
	_, _, err := upload(b, s.draw().open(t), now)
	refusal(t, err, publish.KindDenied, `listing the bucket needs s3:ListBucket`)
	g.permit(t, "s3:ListBucket")
	_, _, err = upload(b, s.draw().open(t), now)
	refusal(t, err, publish.KindDenied, `writing ".candor/published.json" needs s3:PutObject`)
	g.permit(t, "s3:ListBucket", "s3:PutObject")
	mustUpload(t, b, s.draw(), now)
	s.pages, s.day = s.pages[:2], 2
	_, outcome := mustUpload(t, b, s.draw(), now)
	if len(outcome.Left) != 1 || outcome.Left[0].Path != "b/index.html" || outcome.Deleted != 0 {
		t.Errorf("%+v", outcome)
	}
	refusal(t, outcome.Denied, publish.KindDenied, "s3:DeleteObject")
	g.permit(t, "s3:ListBucket", "s3:PutObject", "s3:DeleteObject")
	if _, outcome = mustUpload(t, b, s.draw(), now); outcome.Deleted != 1 || outcome.Written != 0 {
		t.Errorf("permitted at last: %+v", outcome)
	}
	if answer, _, err := get(g.url(siteAt, "b/index.html")); err != nil || answer.StatusCode != http.StatusNotFound {
		t.Errorf("b is there still: %v %v", answer, err)
	}
}

// addUser makes keys that may do nothing.
func (g *gateway) addUser(t testing.TB, access, secret string) {
	t.Helper()
	out, err := exec.Command(gatewayProgram(t), "admin", "--access", accessKey, "--secret", secretKey, "--endpoint-url", g.endpoint,
		"create-user", "--access", access, "--secret", secret, "--role", "user").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// permit lets the user do these things, and everybody read.
func (g *gateway) permit(t testing.TB, actions ...string) {
	t.Helper()
	var statements []string
	for _, action := range actions {
		resource := "arn:aws:s3:::trust/*"
		if action == "s3:ListBucket" {
			resource = "arn:aws:s3:::trust"
		}
		statements = append(statements, fmt.Sprintf(`{"Effect":"Allow","Principal":"publisher","Action":%q,"Resource":%q}`, action, resource))
	}
	statements = append(statements, `{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::trust/*"}`)
	policy := `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
	if err := g.client.SetBucketPolicy(context.Background(), "trust", policy); err != nil {
		t.Fatal(err)
	}
}

func asProblem(err error) *publish.Error {
	problem, _ := errors.AsType[*publish.Error](err)
	return problem
}
