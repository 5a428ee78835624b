package bucket

import (
	"net"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7/pkg/s3utils"

	"candor/generator/output"
	"candor/generator/publish"
)

// Scheme begins the address of a bucket.
const Scheme = "s3://"

// parse takes an address apart; a prefix ends in a slash.
func parse(address string) (bucket, prefix string, err error) {
	wrong := func(text string, err error) *publish.Error {
		return &publish.Error{Kind: publish.KindPlace, Path: address, Text: text, Hint: "write s3://BUCKET or s3://BUCKET/PREFIX", Err: err}
	}
	rest, ok := strings.CutPrefix(address, Scheme)
	if !ok {
		return "", "", wrong("is no address of a bucket", nil)
	}
	bucket, prefix, _ = strings.Cut(rest, "/")
	if err := s3utils.CheckValidBucketName(bucket); err != nil {
		return "", "", wrong("names no bucket", err)
	}
	prefix = strings.TrimSuffix(prefix, "/")
	if prefix == "" {
		return bucket, "", nil
	}
	if err := output.CheckPath(prefix + "/a"); err != nil {
		return "", "", wrong("has a prefix that cannot be one", err)
	}
	return bucket, prefix + "/", nil
}

// An endpoint is the server that holds the bucket.
type endpoint struct {
	host   string // with its port, if any
	secure bool   // https
}

const (
	amazon       = "s3.amazonaws.com"
	endpointHint = "write the URL of the server alone: --endpoint https://HOST, or http://localhost:PORT"
)

// endpoint finds the server: what was asked for, what the environment says, else AWS.
func (o Options) endpoint() (endpoint, error) {
	given := first(o.Endpoint, o.Getenv("AWS_ENDPOINT_URL_S3"), o.Getenv("AWS_ENDPOINT_URL"), amazon)
	text := given
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	wrong := err != nil || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != ""
	if wrong || u.Scheme != "https" && u.Scheme != "http" {
		return endpoint{}, &publish.Error{Kind: publish.KindEndpoint, Path: given, Text: "cannot be an endpoint", Hint: endpointHint}
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) && !o.Insecure {
		return endpoint{}, &publish.Error{
			Kind: publish.KindEndpoint, Path: given, Text: "is not encrypted: what is published could be changed on the way",
			Hint: "write https://" + u.Host + ", or add --insecure in a network that you trust",
		}
	}
	return endpoint{host: u.Host, secure: u.Scheme == "https"}, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}

// isAmazon reports whether a server is one of AWS, where a role may come from the machine.
func (e endpoint) isAmazon() bool {
	host := strings.TrimSuffix(e.host, ".cn")
	return host == "amazonaws.com" || strings.HasSuffix(host, ".amazonaws.com")
}

// region finds the region that requests are signed for; "" asks the server.
func (o Options) region(e endpoint) string {
	if r := first(o.Region, o.Getenv("AWS_REGION"), o.Getenv("AWS_DEFAULT_REGION")); r != "" {
		return r
	}
	switch {
	case strings.HasSuffix(e.host, ".r2.cloudflarestorage.com"):
		return "auto"
	case strings.HasPrefix(e.host, "s3.") && strings.HasSuffix(e.host, ".backblazeb2.com"):
		return strings.TrimSuffix(strings.TrimPrefix(e.host, "s3."), ".backblazeb2.com")
	}
	return ""
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
