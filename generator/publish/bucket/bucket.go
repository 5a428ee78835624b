// Package bucket publishes sites into buckets of every store that speaks S3: AWS, Cloudflare R2, Google Cloud Storage by its S3 door, Backblaze B2, MinIO, Ceph.
//
// In come the address of the bucket and what the command knows of its environment; out goes a publish.Store. The package is the only one that knows the client. It
// uploads each file in one request, since what is sent has to be known as the manifest's before the first byte leaves, and asks for nothing that one of these stores
// does not have: no bulk deletions, no checksums but Content-MD5, no versions. Redirects stay pages: only AWS knows redirects of objects, and there only at the website
// endpoint, where nothing tells that one points to what is gone.
package bucket

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"

	"candor/generator/publish"
)

// Options are where the bucket is and how to get in.
type Options struct {
	Endpoint string // "https://ACCOUNT.r2.cloudflarestorage.com", "storage.googleapis.com"; "" asks the environment, then AWS
	Region   string // "" asks the environment, then the server
	Profile  string // of ~/.aws; "" asks the environment
	Insecure bool   // http to another machine than this one, where the files can be read and changed on the way
	Gzip     bool   // keep texts compressed; every browser reads them, some programs do not

	Getenv    func(string) string // the environment
	Home      string              // the folder that holds .aws; "" for none
	Now       func() time.Time    // the clock, to tell how wrong it is
	Transport http.RoundTripper   // the network; nil is the system's
}

// A Bucket is a place for a site.
type Bucket struct {
	client         *minio.Client
	bucket, prefix string // the prefix ends in a slash, or is ""
	host           string // of the endpoint, for messages
	options        Options
	dated          *dated
	met            atomic.Bool // the server has answered once
	unconditional  atomic.Bool // the server knows no conditional writes
}

// attempts is how often the client repeats a request within a second, before the publish repeats it at leisure.
const attempts = 3

// Open understands an address, s3://BUCKET or s3://BUCKET/PREFIX, and finds the credentials. It asks the bucket nothing yet.
func Open(ctx context.Context, address string, o Options) (*Bucket, error) {
	name, prefix, err := parse(address)
	if err != nil {
		return nil, err
	}
	end, err := o.endpoint()
	if err != nil {
		return nil, err
	}
	b := &Bucket{bucket: name, prefix: prefix, host: end.host, options: o}
	network := o.Transport
	if network == nil {
		if network, err = minio.DefaultTransport(end.secure); err != nil {
			return nil, fmt.Errorf("prepare the connection to %q: %w", end.host, err)
		}
	}
	b.dated = &dated{RoundTripper: network}
	keys, err := o.credentials(ctx, end)
	if err != nil {
		return nil, err
	}
	b.client, err = minio.New(end.host, &minio.Options{Creds: keys, Secure: end.secure, Region: o.region(end), Transport: b.dated, MaxRetries: attempts})
	if err != nil {
		return nil, &publish.Error{Kind: publish.KindEndpoint, Path: end.host, Text: "cannot be an endpoint", Hint: endpointHint, Err: err}
	}
	return b, nil
}

// String gives the address.
func (b *Bucket) String() string { return strings.TrimSuffix("s3://"+b.bucket+"/"+b.prefix, "/") }

// Manner says that a bucket keeps headers with each file, and wants none of those for hosts.
func (b *Bucket) Manner() publish.Manner {
	return publish.Manner{Headers: true, Gzip: b.options.Gzip, Blind: b.unconditional.Load()}
}

// List lists what is below the prefix.
func (b *Bucket) List(ctx context.Context, visit func(publish.Object) error) error {
	no := false
	for object := range b.client.ListObjectsIter(ctx, b.bucket, minio.ListObjectsOptions{Prefix: b.prefix, Recursive: true, FetchOwner: &no}) {
		if object.Err != nil {
			return b.problem(listing, "", object.Err)
		}
		b.met.Store(true)
		path := strings.TrimPrefix(object.Key, b.prefix)
		folder := strings.HasSuffix(path, "/") && object.Size == 0 // what the consoles of stores make of a new folder
		if path == "" || folder || strings.HasPrefix(path, publish.StateFolder+"/") {
			continue
		}
		if err := visit(publish.Object{Path: path, Size: object.Size, Tag: tag(object.ETag)}); err != nil {
			return err
		}
	}
	b.met.Store(true)
	return nil
}

// Look asks for the headers of one object.
func (b *Bucket) Look(ctx context.Context, path string) (publish.Object, error) {
	info, err := b.client.StatObject(ctx, b.bucket, b.prefix+path, minio.StatObjectOptions{})
	if err != nil {
		return publish.Object{}, b.problem(reading, path, err)
	}
	b.met.Store(true)
	return publish.Object{Path: path, Size: info.Size, Tag: tag(info.ETag), Attributes: publish.Attributes{
		Type: info.ContentType, Cache: info.Metadata.Get("Cache-Control"), Encoding: encoding(info.Metadata.Get("Content-Encoding")), SHA256: info.UserMetadata[hashHeader],
	}}, nil
}

// hashHeader goes as x-amz-meta-candor-sha256: the hash of the file of the site, by which an object is known again where its ETag says nothing.
const hashHeader = "Candor-Sha256"

// encoding takes from a Content-Encoding what some servers leave in it of how the bytes came to them.
func encoding(value string) string {
	var kept []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" && part != "aws-chunked" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", ")
}

// Read gets the bytes of an object.
func (b *Bucket) Read(ctx context.Context, path string, limit int64) ([]byte, string, error) {
	object, err := b.client.GetObject(ctx, b.bucket, b.prefix+path, minio.GetObjectOptions{})
	if err != nil {
		return nil, "", b.problem(reading, path, err)
	}
	defer object.Close()
	data, err := io.ReadAll(io.LimitReader(object, limit+1))
	if err != nil {
		return nil, "", b.problem(reading, path, err)
	}
	if int64(len(data)) > limit {
		return nil, "", fmt.Errorf("%q in %s is larger than %d bytes", path, b, limit)
	}
	info, err := object.Stat()
	if err != nil {
		return nil, "", b.problem(reading, path, err)
	}
	b.met.Store(true)
	return data, tag(info.ETag), nil
}

// Write puts an object. A condition is dropped where the server does not know any.
func (b *Bucket) Write(ctx context.Context, path string, data []byte, a publish.Attributes, c publish.Condition) (string, error) {
	// signing the bytes as they stream, as the client would over http, leaves "aws-chunked" in the Content-Encoding of some servers, which no browser knows
	o := minio.PutObjectOptions{ContentType: a.Type, CacheControl: a.Cache, ContentEncoding: a.Encoding, DisableContentSha256: true}
	if a.SHA256 != "" {
		o.UserMetadata = map[string]string{hashHeader: a.SHA256}
	}
	conditional := c != publish.Condition{} && !b.unconditional.Load()
	switch {
	case conditional && c.Absent:
		o.SetMatchETagExcept("*")
	case conditional:
		o.SetMatchETag(c.Tag)
	}
	sum, short := sha256.Sum256(data), md5.Sum(data)
	info, err := minio.Core{Client: b.client}.PutObject(ctx, b.bucket, b.prefix+path, bytes.NewReader(data), int64(len(data)),
		base64.StdEncoding.EncodeToString(short[:]), hex.EncodeToString(sum[:]), o)
	if conditional && isUnknown(err) {
		b.unconditional.Store(true)
		return b.Write(ctx, path, data, a, c)
	}
	if err != nil {
		return "", b.problem(writing, path, err)
	}
	b.met.Store(true)
	return tag(info.ETag), nil
}

// isUnknown reports whether a server does not know what it was asked for.
func isUnknown(err error) bool {
	answer, ok := errors.AsType[minio.ErrorResponse](err)
	return ok && (answer.StatusCode == http.StatusNotImplemented || answer.Code == "NotImplemented")
}

// Delete takes one object away. In a bucket that keeps versions it stays as an earlier version.
func (b *Bucket) Delete(ctx context.Context, path string) error {
	err := b.client.RemoveObject(ctx, b.bucket, b.prefix+path, minio.RemoveObjectOptions{})
	if err != nil {
		if err = b.problem(deleting, path, err); !errors.Is(err, errNone) {
			return err
		}
	}
	return nil
}

// Tag is what the ETag of a plain object is: its MD5.
func (b *Bucket) Tag(data []byte) string {
	sum := md5.Sum(data)
	return hex.EncodeToString(sum[:])
}

func tag(etag string) string { return strings.Trim(strings.TrimPrefix(etag, "W/"), `"`) }
