package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/generator/disclosure"
)

const aTrust = `{"version": 1, "site": {"company": "X", "base_url": "https://x.example"}}`

// TestEarlierOverHTTP asks sites that answer in every way there is.
func TestEarlierOverHTTP(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, aTrust) }))
	defer other.Close()
	var path string
	answers := map[string]http.HandlerFunc{
		"/plain/trust.json": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, aTrust) },
		"/moved/trust.json": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/plain/trust.json", http.StatusMovedPermanently)
		},
		"/away/trust.json": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/trust.json", http.StatusFound)
		},
		"/circle/trust.json": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
		"/login/trust.json": func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<!doctype html><title>Sign in</title>")
		},
		"/broken/trust.json": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"/closed/trust.json": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"/gone/trust.json":   func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) },
		"/cut/trust.json": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, aTrust)
		},
		"/endless/trust.json": func(w http.ResponseWriter, r *http.Request) {
			for chunk := strings.Repeat(" ", 1<<20); ; {
				if _, err := io.WriteString(w, chunk); err != nil {
					return
				}
			}
		},
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		if h := answers[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	defer site.Close()
	a := &app{dir: "."}
	for where, want := range map[string]string{
		"/plain": "", "/plain/": "", "/plain/trust.json": "", "/plain/trust.json?v=1#x": "", "/plain/index.html": "", "/moved/": "",
		"/away":    "it redirects to another host, " + other.URL,
		"/circle":  "it redirects more than 5 times",
		"/login":   "is no trust.json: it is a web page, not JSON",
		"/broken":  "answers 502 Bad Gateway",
		"/closed":  "answers 403 Forbidden",
		"/gone":    "nothing is published there yet",
		"/none":    "nothing is published there yet",
		"/cut":     "unexpected EOF",
		"/endless": "it is larger than 64 MB",
	} {
		d, err := a.earlier(context.Background(), site.URL+where)
		if want == "" && (err != nil || d.Site.Company != "X") {
			t.Errorf("%s: %v", where, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v, want %q", where, err, want)
		}
		if _, advised := errors.AsType[advice](err); want != "" && !advised && !errors.Is(err, errUnpublished) {
			t.Errorf("%s: %v has no hint", where, err)
		}
		if errors.Is(err, errUnpublished) != (where == "/gone" || where == "/none") {
			t.Errorf("%s is taken for a site that has nothing yet, or is not: %v", where, err)
		}
		if !strings.HasSuffix(path, "/"+disclosure.Name) {
			t.Errorf("%s: %s was asked for", where, path)
		}
	}
}

// TestEarlierWaits gives up on a site that does not answer, and at once when the user does.
func TestEarlierWaits(t *testing.T) {
	stuck := make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-stuck }))
	defer site.Close()
	defer close(stuck)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := (&app{}).earlier(ctx, site.URL); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("got %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := (&app{}).earlier(ctx, site.URL); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestSameHost lets a redirect go from http to https, and nowhere else.
func TestSameHost(t *testing.T) {
	for way, ok := range map[string]bool{
		"http://x.example/trust.json https://x.example/trust.json":           true,
		"http://x.example:8080/trust.json https://x.example/trust.json":      true,
		"https://x.example/trust.json https://x.example/a/trust.json":        true,
		"https://x.example/trust.json http://x.example/trust.json":           false,
		"https://x.example/trust.json https://x.example:8443/trust.json":     false,
		"https://x.example/trust.json https://x.example.evil.org/trust.json": false,
		"https://x.example/trust.json https://169.254.169.254/latest":        false,
	} {
		from, to, _ := strings.Cut(way, " ")
		first, err := http.NewRequest(http.MethodGet, from, nil)
		if err != nil {
			t.Fatal(err)
		}
		next, err := http.NewRequest(http.MethodGet, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := sameHost(next, []*http.Request{first}); (err == nil) != ok {
			t.Errorf("%s: %v", way, err)
		}
	}
}
