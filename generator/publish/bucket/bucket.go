// Package bucket publishes sites into buckets of every store that speaks S3: AWS, Cloudflare R2, Google Cloud Storage by its S3 door, Backblaze B2, MinIO, Ceph.
//
// In come the address of the bucket and what the command knows of its environment; out goes a publish.Store. The package is the only one that knows the client.
package bucket

import (
	"context"
	"net/http"
	"time"

	"candor/generator/publish"
)

// Options are where the bucket is and how to get in.
type Options struct {
	Endpoint string // "https://ACCOUNT.r2.cloudflarestorage.com", "storage.googleapis.com"; "" asks the environment, then AWS
	Region   string // "" asks the environment, the profile, then the server
	Profile  string // of ~/.aws; "" asks the environment
	Insecure bool   // http to another machine than this one, where keys and files can be read on the way
	Gzip     bool   // keep texts compressed; every browser reads them, some programs do not

	Getenv    func(string) string // the environment
	Home      string              // the folder that holds .aws
	Now       func() time.Time    // the clock, to tell how wrong it is
	Transport http.RoundTripper   // the network; nil is the system's
}

// A Bucket is a place for a site.
type Bucket struct {
	publish.Store
}

// Open understands an address, s3://BUCKET or s3://BUCKET/PREFIX, and finds the credentials. It asks the server nothing yet.
func Open(ctx context.Context, address string, o Options) (*Bucket, error) { return nil, nil }
