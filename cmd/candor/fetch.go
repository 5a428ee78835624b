package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"candor/generator/verify"
)

const (
	fetchTimeout = time.Minute // for one file
	fetchJobs    = 8           // files that are asked for at a time
	fetchPause   = time.Second // before something is asked for again
)

// isAddress reports whether a place is on the web; every other one is a path.
func isAddress(where string) bool { return strings.Contains(where, "://") }

// remote gives the published site at an address.
func (a *app) remote(where string) (verify.Remote, error) {
	u, err := url.Parse(where)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return verify.Remote{}, advice{fmt.Errorf("%q is no address of a site", where), "write https:// and the address of the site, or a folder"}
	}
	u.Fragment, u.RawQuery = "", ""
	base := strings.TrimSuffix(strings.TrimSuffix(u.String(), "index.html"), "/")
	return verify.Remote{Base: base, Fetch: fetchWith(&http.Client{
		Timeout:       fetchTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // verify follows those that stay on the host
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DisableCompression: true, MaxConnsPerHost: fetchJobs, MaxIdleConnsPerHost: fetchJobs, ForceAttemptHTTP2: true, IdleConnTimeout: fetchTimeout},
	}), Pause: fetchPause}, nil
}

// fetching tells a person at a terminal what is waited for.
func (a *app) fetching(where string) {
	if a.terminal {
		a.say("reading %s\n", where)
	}
}

// fetchWith asks as a reader's browser does: what caches on the way hold is what readers get.
func fetchWith(client *http.Client) verify.Fetch {
	return func(ctx context.Context, address string) (verify.Response, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return verify.Response{}, err
		}
		request.Header.Set("Accept-Encoding", "gzip")
		request.Header.Set("User-Agent", "candor/"+version)
		response, err := client.Do(request)
		if err != nil {
			return verify.Response{}, withoutAddress(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(io.LimitReader(response.Body, verify.MaxFile+1))
		if err != nil {
			return verify.Response{}, fmt.Errorf("its answer broke off: %w", err)
		}
		h := response.Header
		cached := h.Get("X-Cache")
		if status := h.Get("CF-Cache-Status"); cached == "" && status != "" {
			cached = "CF-Cache-Status: " + status
		}
		return verify.Response{Status: response.StatusCode, Location: h.Get("Location"), Encoding: strings.Join(h.Values("Content-Encoding"), ","), Age: h.Get("Age"), Cache: cached, Body: body}, nil
	}
}

// withoutAddress gives the reason alone: the address stands beside it.
func withoutAddress(err error) error {
	var asked *url.Error
	if errors.As(err, &asked) && asked.Timeout() {
		return fmt.Errorf("no answer within %d seconds", int(fetchTimeout.Seconds()))
	}
	if errors.As(err, &asked) {
		return asked.Err
	}
	return err
}
