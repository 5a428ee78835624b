package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"candor/generator/disclosure"
)

// The limits of asking a site for its trust.json.
const (
	earlierTimeout = 30 * time.Second
	maxRedirects   = 5
)

// errUnpublished says that a site was asked and has no trust.json: nothing was published yet, or by a program that writes none.
var errUnpublished = errors.New("nothing is published there yet")

// earlier gives the trust.json of another time or another site. where is a file, a folder that holds one, or the http(s) address of a site or of the file.
// A site that answers that there is none gives errUnpublished; everything else that stands in the way is trouble with a hint.
func (a *app) earlier(ctx context.Context, where string) (*disclosure.Document, error) {
	data, from, err := a.earlierBytes(ctx, where)
	if err != nil {
		return nil, err
	}
	d, err := disclosure.Read(data)
	if err != nil {
		return nil, advice{fmt.Errorf("%s is no %s: %w", from, disclosure.Name, err), "name the file, the folder of a built site, or the address of a published one"}
	}
	return d, nil
}

// published gives the trust.json of the last publication for --since, nil where nothing was published yet, which it says: changes that are not told must not go
// unseen.
func (a *app) published(ctx context.Context, where string) (*disclosure.Document, error) {
	if where == "" {
		return nil, nil
	}
	d, err := a.earlier(ctx, where)
	if errors.Is(err, errUnpublished) {
		a.say("--since: %v; only what the content dates is told\n", err)
		return nil, nil
	}
	return d, err
}

// earlierBytes gives what is there, and what to call the place in messages.
func (a *app) earlierBytes(ctx context.Context, where string) (data []byte, from string, err error) {
	if scheme, _, ok := strings.Cut(where, "://"); ok {
		if scheme = strings.ToLower(scheme); scheme != "http" && scheme != "https" {
			return nil, "", advice{fmt.Errorf("%q cannot be asked: its scheme is %q", where, scheme), "write a path, or an address that begins with https://"}
		}
		return fetchEarlier(ctx, where)
	}
	name := a.below(where)
	from = fmt.Sprintf("%q", where)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, from, advice{fmt.Errorf("no file or folder %s", from), "name an earlier " + disclosure.Name + ", the folder of a built site, or the address of a published one"}
	case err != nil:
		return nil, from, fmt.Errorf("read %s: %w", from, cause(err))
	case info.IsDir():
		name = filepath.Join(name, disclosure.Name)
		info, err = os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, from, advice{fmt.Errorf("the folder %s holds no %s", from, disclosure.Name), "name the folder of a site that candor built, like public"}
		}
		if err != nil {
			return nil, from, fmt.Errorf("read %s: %w", from, cause(err))
		}
	}
	if !info.Mode().IsRegular() {
		return nil, from, fmt.Errorf("%s is no regular file", from)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, from, fmt.Errorf("read %s: %w", from, cause(err))
	}
	defer file.Close()
	data, err = limited(file)
	if err != nil {
		return nil, from, fmt.Errorf("read %s: %w", from, cause(err))
	}
	return data, from, nil
}

// limited reads no more than Read takes, and one byte, so that Read sees that there is more.
func limited(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, disclosure.MaxSize+1)) }

// fetchEarlier asks a site for its trust.json.
func fetchEarlier(ctx context.Context, where string) (data []byte, from string, err error) {
	address, err := url.Parse(where)
	if err != nil || address.Host == "" {
		return nil, "", advice{fmt.Errorf("%q is no address", where), "write https:// and the address of the site"}
	}
	address.Fragment, address.RawQuery = "", ""
	switch path.Ext(address.Path) {
	case ".json":
	case ".html":
		address = address.JoinPath("..", disclosure.Name)
	default:
		address = address.JoinPath(disclosure.Name)
	}
	from = address.Redacted()
	ctx, cancel := context.WithTimeout(ctx, earlierTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, from, fmt.Errorf("ask %s: %w", from, err)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Cache-Control", "no-cache") // what is published, and not what a cache on the way remembers
	client := http.Client{CheckRedirect: func(next *http.Request, before []*http.Request) error { return sameHost(next, before) }}
	response, err := client.Do(request)
	if err != nil {
		return nil, from, unanswered(ctx, from, err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusGone:
		return nil, from, fmt.Errorf("%s: %w", from, errUnpublished)
	case response.StatusCode != http.StatusOK:
		return nil, from, advice{fmt.Errorf("%s answers %s", from, strings.TrimSpace(response.Status)), "try again, or name a file or folder in its place"}
	}
	data, err = limited(response.Body)
	if err != nil {
		return nil, from, unanswered(ctx, from, err)
	}
	return data, from, nil
}

// sameHost keeps a redirect on the host that was named: what another one says is not what the site published. A port is part of a host, but for going from http
// to https.
func sameHost(next *http.Request, before []*http.Request) error {
	first := before[0].URL
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("it redirects more than %d times", maxRedirects)
	case first.Scheme == "https" && next.URL.Scheme != "https":
		return fmt.Errorf("it redirects from https to %s", next.URL.Redacted())
	case next.URL.Hostname() != first.Hostname() || next.URL.Scheme == first.Scheme && next.URL.Port() != first.Port():
		return fmt.Errorf("it redirects to another host, %s", next.URL.Redacted())
	}
	return nil
}

// unanswered says why a site gave no answer.
func unanswered(ctx context.Context, from string, err error) error {
	var asked *url.Error
	if errors.As(err, &asked) {
		err = asked.Err
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return advice{fmt.Errorf("%s does not answer within %d seconds", from, int(earlierTimeout.Seconds())), "try again, or name a file or folder in its place"}
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return advice{fmt.Errorf("ask %s: %w", from, err), "name the address under which the site is published, or a file or folder in its place"}
}
