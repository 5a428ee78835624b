package bucket

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"

	"candor/generator/publish"
)

// A doing is what the bucket was asked for, by the action that has to be permitted.
type doing string

const (
	listing  doing = "s3:ListBucket"
	reading  doing = "s3:GetObject"
	writing  doing = "s3:PutObject"
	deleting doing = "s3:DeleteObject"
)

// errNone says that there is no such object.
var errNone = fs.ErrNotExist

// problem turns the answer of a server, or that there was none, into an error that a person can do something about.
func (b *Bucket) problem(what doing, path string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	answer, ok := errors.AsType[minio.ErrorResponse](err)
	if !ok || answer.StatusCode == 0 && answer.Code == "" {
		return b.silence(err)
	}
	if answer.StatusCode != http.StatusNotFound {
		defer b.met.Store(true)
	}
	said := errors.New(strings.TrimSpace(answer.Code + ": " + strings.TrimSuffix(answer.Message, ".")))
	problem := func(kind publish.Kind, text, hint string) error {
		return &publish.Error{Kind: kind, Path: b.String(), Text: text, Hint: hint, Err: said}
	}
	switch answer.Code {
	case "NoSuchBucket":
		return problem(publish.KindMissing, "does not exist at "+b.host, "make the bucket first, or name another; --endpoint says where it is")
	case "NoSuchKey":
		return fmt.Errorf("%q in %s: %w", path, b, errNone)
	case "PreconditionFailed", "ConditionalRequestConflict":
		return publish.ErrConflict
	case "RequestTimeTooSkewed":
		return problem(publish.KindClock, "cannot be reached: the clock of this machine is "+b.skew(), "set the clock, then publish again")
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidTokenId", "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidSecurity",
		"XAdminUserNotFound": // the last one is versitygw's
		return problem(publish.KindCredentials, "does not accept the credentials", "look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or at the profile; keys of another store do not fit here")
	case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect", "InvalidRegion", "IllegalLocationConstraintException":
		return b.elsewhere(answer.Region, said)
	case "InvalidBucketName":
		return problem(publish.KindPlace, "names no bucket", "write s3://BUCKET or s3://BUCKET/PREFIX")
	case "ObjectLocked", "MethodNotAllowed", "OperationAborted":
		if what == deleting {
			return problem(publish.KindDenied, fmt.Sprintf("does not let %q be deleted", path), "the bucket keeps what is in it; the site is complete all the same")
		}
	}
	return b.byStatus(what, path, answer, problem, said)
}

func (b *Bucket) byStatus(what doing, path string, answer minio.ErrorResponse, problem func(publish.Kind, string, string) error, said error) error {
	switch status := answer.StatusCode; {
	case status == http.StatusUnauthorized:
		return problem(publish.KindCredentials, "does not accept the credentials", "look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or at the profile")
	case status == http.StatusForbidden || answer.Code == "AccessDenied":
		need := string(what)
		if what == reading {
			need += " and " + string(listing) // without the second, AWS denies what is not there
		}
		text := fmt.Sprintf("does not permit it: %s needs %s", what.words(path), need)
		return problem(publish.KindDenied, text, "grant "+need+" on the bucket to these credentials")
	case status == http.StatusMovedPermanently || status == http.StatusTemporaryRedirect:
		return b.elsewhere(answer.Region, said)
	case status == http.StatusNotFound && path != "":
		return fmt.Errorf("%q in %s: %w", path, b, errNone)
	case status == http.StatusNotImplemented:
		break
	case status >= 500, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, answer.Code == "SlowDown", answer.Code == "Throttling", answer.Code == "RequestTimeout":
		return problem(publish.KindMoment, "has trouble at the moment", "publish again later; what was uploaded is not uploaded again")
	}
	return fmt.Errorf("%s in %s: %w", what.words(path), b, said)
}

// words say what was being done.
func (d doing) words(path string) string {
	switch d {
	case listing:
		return "listing the bucket"
	case reading:
		return fmt.Sprintf("reading %q", path)
	case writing:
		return fmt.Sprintf("writing %q", path)
	}
	return fmt.Sprintf("deleting %q", path)
}

func (b *Bucket) elsewhere(region string, said error) error {
	hint := "name the region of the bucket with --region"
	if region != "" {
		hint = "--region " + region
	}
	return &publish.Error{Kind: publish.KindRegion, Path: b.String(), Text: "is in another region", Hint: hint, Err: said}
}

// silence is when no answer came that could be understood.
func (b *Bucket) silence(err error) error {
	problem := func(kind publish.Kind, text, hint string) error {
		return &publish.Error{Kind: kind, Path: b.host, Text: text, Hint: hint, Err: err}
	}
	_, isUnknown := errors.AsType[*tls.CertificateVerificationError](err)
	_, isAuthority := errors.AsType[x509.UnknownAuthorityError](err)
	_, isName := errors.AsType[x509.HostnameError](err)
	_, isPlain := errors.AsType[tls.RecordHeaderError](err)
	dial, _ := errors.AsType[*net.OpError](err)
	_, isNoHost := errors.AsType[*net.DNSError](err)
	switch {
	case isUnknown || isAuthority || isName:
		return problem(publish.KindEndpoint, "has a certificate that this machine does not trust", "look at the name in --endpoint; SSL_CERT_FILE names the certificates to trust")
	case isPlain || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return problem(publish.KindEndpoint, "speaks http, not https", "--endpoint http://"+b.host)
	case (isNoHost || dial != nil && dial.Op == "dial") && !b.met.Load():
		return problem(publish.KindEndpoint, "does not answer", endpointHint)
	case strings.Contains(err.Error(), "XML") || strings.Contains(err.Error(), "expected element"):
		return problem(publish.KindEndpoint, "answers, but not as a store of buckets does", endpointHint)
	}
	return problem(publish.KindMoment, "does not answer at the moment", "publish again later; what was uploaded is not uploaded again")
}

// dated remembers when the server says that it is.
type dated struct {
	http.RoundTripper
	mu   sync.Mutex
	date time.Time
}

// RoundTrip passes on a request and notes the date of the answer.
func (d *dated) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := d.RoundTripper.RoundTrip(r)
	if err == nil && answer.StatusCode >= 400 {
		if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
			d.mu.Lock()
			d.date = date
			d.mu.Unlock()
		}
	}
	return answer, err
}

// skew says how wrong the clock of this machine is, if the server's is right.
func (b *Bucket) skew() string {
	b.dated.mu.Lock()
	date := b.dated.date
	b.dated.mu.Unlock()
	if date.IsZero() {
		return "wrong"
	}
	switch off := b.options.Now().Sub(date).Round(time.Second); {
	case off > 0:
		return off.String() + " ahead"
	case off < 0:
		return (-off).String() + " behind"
	}
	return "wrong"
}
