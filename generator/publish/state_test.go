package publish_test

import (
	"bytes"
	"strings"
	"testing"

	"candor/generator/publish"
)

// TestRecord reads back what an upload wrote, and refuses what none would write.
func TestRecord(t *testing.T) {
	m := newMemory()
	mustUpload(t, m, oneSite(), options(0))
	data := m.data[publish.StatePath]
	s, err := publish.ParseState(data)
	if err != nil || s.BaseURL != baseURL || s.Upload != nil || len(s.Files) != len(oneSite()) {
		t.Fatalf("%+v, %v", s, err)
	}
	again, err := s.JSON()
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("written again: %s, %v", again, err)
	}
	for name, c := range map[string]struct {
		kind  publish.Kind
		parts []string
		text  string
	}{
		"newer":   {publish.KindNewer, []string{"newer candor, in format 2"}, `{"version": 2, "files": 7}`},
		"none":    {publish.KindState, nil, `{}`},
		"no JSON": {publish.KindState, []string{"damaged"}, `<html>`},
		"outside": {publish.KindState, []string{`"../x" cannot be a file of a site`}, `{"version": 1, "files": [{"path": "../x"}]}`},
		"itself":  {publish.KindState, []string{".candor/published.json"}, `{"version": 1, "intended": [{"path": ".candor/published.json"}]}`},
		"twice":   {publish.KindState, []string{`"a" is there twice`}, `{"version": 1, "files": [{"path": "a"}, {"path": "b"}, {"path": "a"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := publish.ParseState([]byte(c.text))
			refusal(t, err, c.kind, c.parts...)
		})
	}
}

// FuzzParseState shows that no record makes a file outside of a site candor's.
func FuzzParseState(f *testing.F) {
	f.Add([]byte(`{"version": 1, "files": [{"path": "a/index.html", "size": 1, "tag": "x"}], "retired": [{"path": "assets/a.00000000.js", "since": "2026-11-26T12:00:00Z"}]}`))
	f.Add([]byte(`{"version": 1, "upload": {"id": "x"}, "intended": [{"path": "b"}, {"path": "b"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := publish.ParseState(data)
		if err != nil {
			return
		}
		for _, entries := range [][]publish.Entry{s.Files, s.Intended, s.Retired} {
			for _, e := range entries {
				if strings.HasPrefix(e.Path, "/") || strings.Contains(e.Path, "..") && strings.Contains("/"+e.Path+"/", "/../") || strings.HasPrefix(e.Path, publish.StateFolder+"/") {
					t.Errorf("%q", e.Path)
				}
			}
		}
	})
}
