package bucket_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/generator/publish"
	"candor/generator/publish/bucket"
)

// nothing is an environment without anything in it but keys.
func keys(name string) string {
	return map[string]string{"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}[name]
}

// A server answers as a store does, with what a test wants.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
	answer   func(w http.ResponseWriter, r *http.Request)
}

func newServer(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *server {
	t.Helper()
	s := &server{answer: answer}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r)
		s.mu.Unlock()
		_, _ = io.Copy(io.Discard, r.Body)
		s.answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) open(t *testing.T, address string) *bucket.Bucket {
	t.Helper()
	b, err := bucket.Open(context.Background(), address, bucket.Options{Endpoint: s.URL, Getenv: keys, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// says answers with an error of S3.
func says(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, message)
}

func refusal(t *testing.T, err error, kind publish.Kind, parts ...string) {
	t.Helper()
	problem, ok := errors.AsType[*publish.Error](err)
	if !ok || problem.Kind != kind || problem.Hint == "" {
		t.Errorf("%v, instead of one of kind %d with a hint", err, kind)
		return
	}
	for _, part := range parts {
		if !strings.Contains(problem.Error()+"\n"+problem.Hint, part) {
			t.Errorf("%v (%s): %q is not said", err, problem.Hint, part)
		}
	}
}

// TestAnswers shows what becomes of what stores answer, and how often they are asked.
func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name, code string
		status     int
		kind       publish.Kind
		requests   int
		part       string
	}{
		{"slow", "SlowDown", 503, publish.KindMoment, 3, "trouble at the moment"},
		{"inner", "InternalError", 500, publish.KindMoment, 3, "InternalError"},
		{"many", "TooManyRequests", 429, publish.KindMoment, 3, "publish again later"},
		{"denied", "AccessDenied", 403, publish.KindDenied, 1, `writing "a b.html" needs s3:PutObject`},
		{"token", "ExpiredToken", 400, publish.KindCredentials, 3, "ExpiredToken"},
		{"unauthorized", "Unauthorized", 401, publish.KindCredentials, 1, "does not accept"},
		{"no bucket", "NoSuchBucket", 404, publish.KindMissing, 1, `"s3://bucket/at" does not exist`},
		{"elsewhere", "PermanentRedirect", 301, publish.KindRegion, 1, "another region"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { says(w, c.status, c.code, "so it is.") })
			_, err := s.open(t, "s3://bucket/at").Write(context.Background(), "a b.html", []byte("x"), publish.Attributes{}, publish.Condition{})
			refusal(t, err, c.kind, c.part)
			if len(s.requests) != c.requests {
				t.Errorf("asked %d times", len(s.requests))
			}
		})
	}
}

// TestReadingNeedsListing says that AWS denies what is not there when the keys may not list.
func TestReadingNeedsListing(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { says(w, 403, "AccessDenied", "Access Denied") })
	_, _, err := s.open(t, "s3://bucket").Read(context.Background(), "x", 10)
	refusal(t, err, publish.KindDenied, "s3:GetObject and s3:ListBucket")
}

// TestRequest shows what goes over the line: the key, the headers, and bytes that are signed as a whole.
func TestRequest(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("ETag", `"abc"`) })
	tag, err := s.open(t, "s3://bucket/at/all/").Write(context.Background(), "a%b + c/文.html", []byte("x"),
		publish.Attributes{Type: "text/html", Cache: "no-cache", Encoding: "gzip", SHA256: "00ff"}, publish.Condition{Absent: true})
	if err != nil || tag != "abc" {
		t.Fatalf("%q, %v", tag, err)
	}
	r := s.requests[0]
	want := map[string]string{
		"Content-Type": "text/html", "Cache-Control": "no-cache", "Content-Encoding": "gzip", "X-Amz-Meta-Candor-Sha256": "00ff", "If-None-Match": "*",
		"Content-Md5": "ndTkYSaMgDT1yFZOFVxnpg==", "X-Amz-Content-Sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
	}
	if r.URL.Path != "/bucket/at/all/a%b + c/文.html" || r.Method != http.MethodPut {
		t.Errorf("%s %s", r.Method, r.URL.Path)
	}
	for name, value := range want {
		if r.Header.Get(name) != value {
			t.Errorf("%s: %q", name, r.Header.Get(name))
		}
	}
	if strings.Contains(r.Header.Get("X-Amz-Content-Sha256")+r.Header.Get("Content-Encoding"), "STREAMING") {
		t.Error("the bytes are signed as they stream")
	}
}

// TestConditions says what a condition that does not hold is, and goes on without where the store knows none.
func TestConditions(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { says(w, 412, "PreconditionFailed", "no") })
	b := s.open(t, "s3://bucket")
	if _, err := b.Write(context.Background(), "a", nil, publish.Attributes{}, publish.Condition{Tag: "abc"}); !errors.Is(err, publish.ErrConflict) {
		t.Error(err)
	}
	if s.requests[0].Header.Get("If-Match") != `"abc"` || b.Manner().Blind {
		t.Errorf("%v", s.requests[0].Header)
	}
	s.answer = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-Match") != "" {
			says(w, 501, "NotImplemented", "A header you provided implies functionality that is not implemented")
			return
		}
		w.Header().Set("ETag", `"def"`)
	}
	if tag, err := b.Write(context.Background(), "a", nil, publish.Attributes{}, publish.Condition{Tag: "abc"}); err != nil || tag != "def" || !b.Manner().Blind {
		t.Errorf("%q, %v", tag, err)
	}
}

// TestWhatIsNotThere is told by fs.ErrNotExist, and its deletion is no error.
func TestWhatIsNotThere(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(404)
			return
		}
		says(w, 404, "NoSuchKey", "no")
	})
	b := s.open(t, "s3://bucket/at")
	if _, err := b.Look(context.Background(), "a"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, _, err := b.Read(context.Background(), "a", 10); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := b.Delete(context.Background(), "a"); err != nil {
		t.Error(err)
	}
}

// TestList leaves out candor's own folder and what consoles make of new folders, and follows the pages of a listing.
func TestList(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("prefix") != "at/" || q.Has("delimiter") && q.Get("delimiter") != "" {
			t.Errorf("%v", q)
		}
		if q.Get("continuation-token") == "" {
			fmt.Fprint(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken><EncodingType>url</EncodingType>
				<Contents><Key>at/.candor/published.json</Key><Size>1</Size></Contents><Contents><Key>at/</Key><Size>0</Size></Contents>
				<Contents><Key>at/new/</Key><Size>0</Size></Contents><Contents><Key>at/100%25+a%2Bb</Key><Size>7</Size><ETag>&quot;abc&quot;</ETag></Contents></ListBucketResult>`)
			return
		}
		fmt.Fprint(w, `<ListBucketResult><Contents><Key>at/z</Key><Size>8</Size><ETag>W/&quot;def-2&quot;</ETag></Contents></ListBucketResult>`)
	})
	var got []string
	err := s.open(t, "s3://bucket/at").List(context.Background(), func(o publish.Object) error {
		got = append(got, fmt.Sprintf("%s %d %s", o.Path, o.Size, o.Tag))
		return nil
	})
	if want := "[100% a+b 7 abc z 8 def-2]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v", got, err)
	}
	stop := errors.New("enough")
	if err := s.open(t, "s3://bucket/at").List(context.Background(), func(publish.Object) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// TestNoStore is told from a store that has no such bucket.
func TestNoStore(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><p>Welcome") })
	err := s.open(t, "s3://bucket").List(context.Background(), func(publish.Object) error { return nil })
	refusal(t, err, publish.KindEndpoint, "not as a store of buckets does")
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of the client
	secure.StartTLS()
	t.Cleanup(secure.Close)
	b, err := bucket.Open(context.Background(), "s3://bucket", bucket.Options{Endpoint: secure.URL, Getenv: keys, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	err = b.List(context.Background(), func(publish.Object) error { return nil })
	refusal(t, err, publish.KindEndpoint, "has a certificate that this machine does not trust", "SSL_CERT_FILE")
}

// TestGoneAway is trouble of the moment once the server has answered.
func TestGoneAway(t *testing.T) {
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("ETag", `"a"`) })
	b := s.open(t, "s3://bucket")
	if _, err := b.Write(context.Background(), "a", nil, publish.Attributes{}, publish.Condition{}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_, err := b.Write(context.Background(), "a", nil, publish.Attributes{}, publish.Condition{})
	refusal(t, err, publish.KindMoment, "does not answer at the moment")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := b.Write(ctx, "a", nil, publish.Attributes{}, publish.Condition{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
