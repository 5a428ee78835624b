package disclosure_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"candor/generator/disclosure"
)

// TestReadBack reads what was written: all of it, and written again it is the same.
func TestReadBack(t *testing.T) {
	d := fullDocument()
	d.Version = disclosure.Version
	for i := range d.Answers {
		d.Answers[i].Source = nil
	}
	data, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := disclosure.Read(append([]byte("\ufeff"), data...))
	if err != nil {
		t.Fatal(err)
	}
	for i := range d.Changes { // not written: it says how a field was compared
		for j := range d.Changes[i].Fields {
			d.Changes[i].Fields[j].Quiet = false
		}
	}
	if !reflect.DeepEqual(d, again) {
		t.Errorf("got\n%+v\nwant\n%+v", again, d)
	}
	if twice, err := again.JSON(); err != nil || !bytes.Equal(data, twice) {
		t.Errorf("written again it is another file: %v", err)
	}
}

// TestReadRefuses reads what is no trust.json, and says of each what it is in its place.
func TestReadRefuses(t *testing.T) {
	const site = `"site": {"company": "X", "base_url": "https://x.example"}`
	for name, c := range map[string]struct{ data, want string }{
		"nothing":          {" \n", "it is empty"},
		"a page":           {"<!doctype html><title>Sign in</title>", "it is a web page, not JSON"},
		"text":             {"Not found", "it is no JSON"},
		"cut off":          {`{"version": 1, ` + site, "it is cut off"},
		"two documents":    {`{"version": 1, ` + site + `} x`, "it is no JSON"},
		"another program":  {`{"name": "x", "version": "1.0.0"}`, "it is JSON, but no trust.json"},
		"a list":           {`[1, 2]`, "it is JSON, but no trust.json"},
		"a site that is a": {`{"version": 1, "site": "x"}`, "it is JSON, but no trust.json"},
		"a later version":  {`{"version": 2, ` + site + `}`, "it has version 2 of the format, and this program knows version 1"},
		"a long version":   {`{"version": "` + strings.Repeat("9", 99) + `", ` + site + `}`, `it has version "9999999999999999999... of the format`},
		"another type":     {`{"version": 1, ` + site + `, "subprocessors": [{"id": 7}]}`, `"subprocessors.id" in it is a number, which it never is in trust.json`},
		"no day":           {`{"version": 1, ` + site + `, "subprocessors": [{"id": "a"}, {"id": "b", "announced_on": "soon"}]}`, `"subprocessors[1].announced_on" in it is "soon", which is no date`},
		"an entry":         {`{"version": 1, ` + site + `, "changes": [{"id": "a", "day": "2026-01-01"}]}`, `"changes[0]" in it lacks`},
		"a deep one":       {`{"version": 1, ` + site + `, "x": ` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`, "it is nested more than 64 deep"},
		"no UTF-8":         {"{\"version\": 1, \"x\": \"\xff\", " + site + `}`, "it is not UTF-8"},
		"a large one":      {strings.Repeat(" ", disclosure.MaxSize+1), "it is larger than 64 MB"},
	} {
		if d, err := disclosure.Read([]byte(c.data)); err == nil || d != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	if d, err := disclosure.Read([]byte(`{"version": 1, ` + site + `, "of_tomorrow": {"a": [1]}, "subprocessors": [{"id": "a", "new": true}]}`)); err != nil || d.Subprocessors[0].ID != "a" {
		t.Errorf("keys that a later program added are refused: %v", err)
	}
}

// FuzzRead has nothing that is read make the comparison or the next document fall.
func FuzzRead(f *testing.F) {
	full := fullDocument()
	full.Version = disclosure.Version
	data, err := full.JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version": 1, "site": {"company": "X", "base_url": "x"}, "changes": [{"id": "a", "day": "2026-01-01", "updated": "2026-01-01", "kind": "policy", "record": "encryption"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := disclosure.Read(data)
		if err != nil {
			return
		}
		disclosure.Compare(d, full)
		disclosure.Compare(full, d)
		if _, err := d.JSON(); err != nil {
			t.Error(err)
		}
		site := small()
		now := disclosure.Of(site, 739000, disclosure.Options{Since: d})
		if _, err := now.JSON(); err != nil {
			t.Error(err)
		}
	})
}
