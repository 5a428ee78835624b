package verify

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"candor/generator/output"
)

// A Response is what a host answers to one request, as it came.
type Response struct {
	Status   int
	Location string // where it leads, "" for nowhere
	Encoding string // Content-Encoding
	Age      string // in seconds, as a cache gives it
	Cache    string // what a cache says of itself: X-Cache, CF-Cache-Status
	Body     []byte // at most MaxFile and one byte
}

// A Fetch asks a host for one address. It follows no redirect, and gives an error when no answer came.
type Fetch func(ctx context.Context, address string) (Response, error)

// A Remote is a published site.
type Remote struct {
	Base  string // http or https, without a slash at its end
	Fetch Fetch
	Pause time.Duration // before something is asked for again
}

// errAnswered says that a host answers, and not with what was asked for.
var errAnswered = errors.New("answers")

// maxHops is how many redirects are followed.
const maxHops = 5

// Address gives the address of a file: a page that is its folder's index has the folder's.
func (r Remote) Address(name string) string {
	if name == "index.html" {
		name = ""
	} else if dir, ok := strings.CutSuffix(name, "/index.html"); ok {
		name = dir + "/"
	}
	var b strings.Builder
	b.WriteString(r.Base)
	for part := range strings.SplitSeq(name, "/") {
		b.WriteString("/" + url.PathEscape(part))
	}
	return b.String()
}

// An answer is what came of asking for an address, redirects within the host followed.
type answer struct {
	Response
	from      string // the address that answered
	hops      int
	elsewhere string // where a redirect leads that is not followed
}

// get asks for an address, and once more when no answer came or the host says that it is busy or broken.
func (r Remote) get(ctx context.Context, address string) (answer, error) {
	a, err := r.follow(ctx, address)
	if err == nil && a.Status != 429 && a.Status < 500 || ctx.Err() != nil {
		return a, err
	}
	select {
	case <-time.After(r.Pause):
	case <-ctx.Done():
		return a, ctx.Err()
	}
	return r.follow(ctx, address)
}

func (r Remote) follow(ctx context.Context, address string) (answer, error) {
	a := answer{from: address}
	first, err := url.Parse(address)
	if err != nil {
		return a, fmt.Errorf("read the address %q: %w", address, err)
	}
	for at := first; ; a.hops++ {
		if a.Response, err = r.Fetch(ctx, at.String()); err != nil {
			return a, err
		}
		a.from = at.String()
		if a.Status < 300 || a.Status > 399 || a.Location == "" {
			break
		}
		next, err := at.Parse(a.Location)
		if err != nil || !sameHost(first, next) || a.hops == maxHops {
			a.elsewhere = a.Location
			return a, nil
		}
		at = next
	}
	a.Body, err = a.decoded()
	return a, err
}

// sameHost reports whether a redirect stays on the host that was named; from http to https it does.
func sameHost(first, next *url.URL) bool {
	if next.Hostname() != first.Hostname() || next.Scheme != "http" && next.Scheme != "https" {
		return false
	}
	return next.Scheme == first.Scheme && next.Port() == first.Port() || first.Scheme == "http" && next.Scheme == "https"
}

// decoded undoes the encodings that were put on for the way.
func (a answer) decoded() ([]byte, error) {
	if len(a.Body) > largest {
		return nil, fmt.Errorf("it is larger than %d MB", largest>>20)
	}
	body := a.Body
	codings := strings.Split(a.Encoding, ",")
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		switch coding := strings.ToLower(strings.TrimSpace(codings[i])); coding {
		case "", "identity":
		case "gzip", "x-gzip":
			body, err = gunzip(body)
		case "deflate":
			body, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body)), int64(largest)+1))
		default:
			err = fmt.Errorf("its encoding %q was not asked for and is not known", coding)
		}
		if err != nil {
			return nil, fmt.Errorf("unpack it: %w", err)
		}
	}
	return body, nil
}

// Manifest asks for the site's own manifest.
func (r Remote) Manifest(ctx context.Context) ([]byte, error) {
	a, err := r.get(ctx, r.Address(output.ManifestName))
	switch {
	case err != nil:
		return nil, err
	case a.elsewhere != "":
		return nil, fmt.Errorf("%s %w with a redirect to %s", r.Address(output.ManifestName), errAnswered, visible(a.elsewhere))
	case a.Status == 404 || a.Status == 410:
		return nil, ErrNoManifest
	case a.Status != 200:
		return nil, fmt.Errorf("%s %w with status %d", r.Address(output.ManifestName), errAnswered, a.Status)
	}
	return a.Body, nil
}

// Read asks for one file of the site. When the host gives other bytes than its manifest says, the host's are given; [Site] tells of such.
func (r Remote) Read(ctx context.Context, name string) ([]byte, error) {
	a, err := r.get(ctx, r.Address(name))
	if err != nil {
		return nil, err
	}
	if (a.Status != 200 || a.elsewhere != "") && !(a.Status == 404 && name == missingPage) {
		return nil, fmt.Errorf("%s answers %d", r.Address(name), a.Status)
	}
	return a.Body, nil
}

// fresh gives an address with a query that no cache has seen for these bytes.
func fresh(address string, hash [sha256.Size]byte) string {
	return fmt.Sprintf("%s?candor-verify=%x", address, hash[:6])
}
