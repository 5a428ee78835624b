package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"candor/generator"
	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/publish"
)

// A fitting is a built site that may be published today.
type fitting struct {
	site *publish.Site
	told *disclosure.Document // its trust.json
}

// fit holds the content against the rules of today, since some come true with time alone, and the built site against the content. Findings are printed, and there is no site then.
func (a *app) fit(f publishFlags) (fitting, error) {
	in, done, err := a.input(buildFlags{on: f.on, baseURL: f.baseURL, source: f.source, strict: f.strict})
	if err != nil {
		return fitting{}, err
	}
	defer done()
	content, err := generator.Check(in)
	if err != nil {
		return fitting{}, err
	}
	if gaps := stops(content.Findings, f.strict); len(gaps) > 0 {
		if err := a.refuse("nothing was published", gaps); err != nil {
			return fitting{}, err
		}
		a.summarize(gaps)
		return fitting{}, nil
	}
	site, err := a.built(f)
	if err != nil {
		return fitting{}, err
	}
	hash, err := content.Hash(in.Files)
	if err != nil {
		return fitting{}, err
	}
	base := cmp.Or(f.baseURL, content.Site.Config.BaseURL.Value)
	if err := matches(site, f, base, hash, in.On); err != nil {
		return fitting{}, err
	}
	data, err := site.Read(disclosure.Name)
	if err != nil {
		return fitting{}, err
	}
	told, err := disclosure.Read(data)
	if err != nil {
		return fitting{}, advice{fmt.Errorf("%s in %q: %w", disclosure.Name, f.site, err), "run `candor build`"}
	}
	return fitting{site, told}, nil
}

// built opens the built site, which is to be whole.
func (a *app) built(f publishFlags) (*publish.Site, error) {
	root, err := os.OpenRoot(a.below(f.site))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, advice{fmt.Errorf("there is no built site: no folder %q", f.site), "run `candor build`" + outFlag(f.site) + "; --site names another folder"}
	case err != nil:
		return nil, advice{fmt.Errorf("the built site: %w", err), "--site names the folder that `candor build` wrote"}
	}
	return publish.Open(root.FS(), f.site)
}

// outFlag gives the flag of candor build that writes into a folder.
func outFlag(folder string) string {
	if folder == "public" {
		return ""
	}
	return " with --out " + folder
}

// matches holds what a site says of itself against what it would say if it were built now.
func matches(site *publish.Site, f publishFlags, base, hash string, on model.Day) error {
	rebuild := "run `candor build`" + outFlag(f.site)
	switch {
	case strings.TrimSuffix(site.BaseURL, "/") != strings.TrimSuffix(base, "/"):
		from := "site.yaml has"
		if f.baseURL != "" {
			from = "--base-url is"
		}
		return advice{fmt.Errorf("%q was built for %q, and %s %q", f.site, site.BaseURL, from, base), rebuild + ", or write --base-url " + site.BaseURL}
	case site.ContentHash != hash:
		return advice{fmt.Errorf("%q was built from other content than there is now", f.site), rebuild}
	case site.BuiltOn != on.String():
		why := "what pages say of the day is out of date"
		if site.BuiltOn > on.String() {
			why = "which lies ahead: is the clock right?"
		}
		return advice{fmt.Errorf("%q was built as on %s, and this is %s: %s", f.site, site.BuiltOn, on, why), rebuild + ", or write --on " + site.BuiltOn}
	}
	return nil
}

// forgotten refuses a site that does not tell changes that the published one tells: readers would find a feed without what they were told, and ids would be minted anew.
func forgotten(ctx context.Context, store publish.Store, fit fitting) error {
	data, _, err := store.Read(ctx, disclosure.Name, disclosure.MaxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if data, err = unzipped(data); err != nil {
		return err
	}
	before, err := disclosure.Read(data)
	if err != nil {
		return advice{fmt.Errorf("which changes %s tells is not known: %s there: %w", store, disclosure.Name, err), "publish with the candor that was used before; --forget-changes goes on without knowing"}
	}
	has := map[string]bool{}
	for _, e := range fit.told.Changes {
		has[e.ID] = true
		for _, id := range e.Former {
			has[id] = true
		}
	}
	var lost []string
	for _, e := range before.Changes {
		if !has[e.ID] {
			lost = append(lost, e.ID)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	shown := strings.Join(lost[:min(3, len(lost))], ", ")
	if len(lost) > 3 {
		shown += ", ..."
	}
	return advice{fmt.Errorf("readers were told of %s that this site does not tell: %s", count(len(lost), "change"), shown),
		fmt.Sprintf("`candor build --since %s` carries them on; --forget-changes publishes without them", strings.TrimSuffix(before.Site.BaseURL, "/"))}
}

// unzipped gives the bytes of a file that a bucket may keep compressed.
func unzipped(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("unzip %s: %w", disclosure.Name, err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, disclosure.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("unzip %s: %w", disclosure.Name, err)
	}
	return plain, nil
}
