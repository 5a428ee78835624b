package bucket_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/generator/publish"
	"candor/generator/publish/bucket"
)

// TestAddress reads addresses of buckets.
func TestAddress(t *testing.T) {
	for address, want := range map[string]string{
		"s3://trust": "s3://trust", "s3://trust/": "s3://trust", "s3://trust/a/b/": "s3://trust/a/b", "s3://trust.example.com/a b": "s3://trust.example.com/a b",
	} {
		b, err := bucket.Open(context.Background(), address, bucket.Options{Getenv: keys, Now: time.Now})
		if err != nil || b.String() != want {
			t.Errorf("%s: %v, %v", address, b, err)
		}
	}
	for _, address := range []string{"trust", "s3:/trust", "s3://", "s3:///a", "s3://trust//a", "s3://trust/a/../b", "s3://trust/a\\b", "https://trust"} {
		_, err := bucket.Open(context.Background(), address, bucket.Options{Getenv: keys, Now: time.Now})
		refusal(t, err, publish.KindPlace, address[:2], "s3://BUCKET/PREFIX")
	}
}

// TestEndpoint takes endpoints as people write them, from the option or the environment, and no unencrypted one by accident.
func TestEndpoint(t *testing.T) {
	host := func(o bucket.Options, more ...string) (string, error) {
		seen := ""
		o.Now = time.Now
		o.Getenv = func(name string) string {
			if len(more) == 2 && name == more[0] {
				return more[1]
			}
			if name == "AWS_REGION" {
				return ""
			}
			return keys(name)
		}
		o.Transport = seeing(func(r *http.Request) { seen = r.URL.Scheme + "://" + r.URL.Host + " " + region(r) })
		b, err := bucket.Open(context.Background(), "s3://trust", o)
		if err != nil {
			return "", err
		}
		_, err = b.Write(context.Background(), "a", nil, publish.Attributes{}, publish.Condition{})
		return seen, err
	}
	for _, c := range []struct {
		o    bucket.Options
		more []string
		want string
	}{
		{bucket.Options{Region: "eu-north-1"}, nil, "https://trust.s3.dualstack.eu-north-1.amazonaws.com eu-north-1"},
		{bucket.Options{}, []string{"AWS_DEFAULT_REGION", "eu-west-2"}, "https://trust.s3.dualstack.eu-west-2.amazonaws.com eu-west-2"},
		{bucket.Options{Endpoint: "https://abc.r2.cloudflarestorage.com"}, nil, "https://abc.r2.cloudflarestorage.com auto"},
		{bucket.Options{Endpoint: "s3.us-west-004.backblazeb2.com"}, nil, "https://s3.us-west-004.backblazeb2.com us-west-004"},
		{bucket.Options{Region: "x"}, []string{"AWS_ENDPOINT_URL_S3", "https://ceph.example.com:8443/"}, "https://ceph.example.com:8443 x"},
		{bucket.Options{Endpoint: "http://minio.internal:9000", Region: "x", Insecure: true}, nil, "http://minio.internal:9000 x"},
		{bucket.Options{Endpoint: "http://[::1]:9000", Region: "x"}, nil, "http://[::1]:9000 x"},
	} {
		if got, err := host(c.o, c.more...); err != nil || got != c.want {
			t.Errorf("%+v: %q, %v", c.o.Endpoint, got, err)
		}
	}
	_, err := host(bucket.Options{Endpoint: "http://minio.internal:9000"})
	refusal(t, err, publish.KindEndpoint, "is not encrypted", "--insecure")
	for _, wrong := range []string{"ftp://x", "https://x/bucket", "https://", "https://id:key@x", "https://x?y", "https://x y"} {
		_, err := host(bucket.Options{Endpoint: wrong})
		refusal(t, err, publish.KindEndpoint, "cannot be an endpoint")
	}
}

func region(r *http.Request) string {
	parts := strings.Split(r.Header.Get("Authorization"), "/")
	if len(parts) < 3 {
		return ""
	}
	return parts[2]
}

// seeing answers every request with "done".
type seeing func(r *http.Request)

func (s seeing) RoundTrip(r *http.Request) (*http.Response, error) {
	s(r)
	return &http.Response{StatusCode: 200, Header: http.Header{"Etag": {`"x"`}}, Body: http.NoBody, Request: r}, nil
}

// TestCredentials finds keys in the usual places, in their order, and says where it looked.
func TestCredentials(t *testing.T) {
	home := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Join(home, ".aws"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(home, ".aws", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := map[string]string{"AWS_REGION": "x"}
	asked := ""
	id := func(o bucket.Options) (string, error) {
		who := ""
		o.Getenv, o.Home, o.Now = func(name string) string { return env[name] }, home, time.Now
		o.Transport = seeing(func(r *http.Request) {
			if r.URL.Scheme == "http" {
				asked = r.URL.Host
			}
			_, after, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
			who, _, _ = strings.Cut(after, "/")
		})
		b, err := bucket.Open(context.Background(), "s3://trust", o)
		if err != nil {
			return "", err
		}
		_, err = b.Write(context.Background(), "a", nil, publish.Attributes{}, publish.Condition{})
		return who, err
	}
	other := bucket.Options{Endpoint: "https://minio.example.com"}
	_, err := id(other)
	refusal(t, err, publish.KindCredentials, "no credentials for minio.example.com", "AWS_ACCESS_KEY_ID", "--profile")
	if asked != "" {
		t.Errorf("%s was asked for keys of another store", asked)
	}
	_, err = id(bucket.Options{})
	refusal(t, err, publish.KindCredentials, "no credentials for s3.amazonaws.com")
	if asked != "169.254.169.254" {
		t.Errorf("the machine was not asked, but %q", asked)
	}
	expect := func(want string, o bucket.Options) {
		t.Helper()
		if got, err := id(o); err != nil || got != want {
			t.Errorf("%q, %v, instead of %q", got, err, want)
		}
	}
	write("config", "[default]\nregion = x\n[profile work]\naws_access_key_id = of-config\naws_secret_access_key = s\n")
	_, err = id(other)
	refusal(t, err, publish.KindCredentials, "no credentials")
	write("credentials", "[default]\naws_access_key_id = of-default\naws_secret_access_key = s\n[half]\naws_access_key_id = x\n")
	expect("of-default", other)
	env["AWS_PROFILE"] = "work"
	expect("of-config", other)
	env["AWS_PROFILE"] = "none"
	_, err = id(other)
	refusal(t, err, publish.KindCredentials, `"none" is no profile`, "aws configure --profile none")
	env["AWS_PROFILE"] = "half"
	_, err = id(other)
	refusal(t, err, publish.KindCredentials, "half", "partial static credentials")
	env["MINIO_ROOT_USER"], env["MINIO_ROOT_PASSWORD"] = "of-minio", "s"
	expect("of-minio", other)
	env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"] = "of-environment", "s"
	expect("of-environment", other)
	expect("of-config", bucket.Options{Endpoint: "https://minio.example.com", Profile: "work"})
}
