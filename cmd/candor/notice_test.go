package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestNoticeOfUnpublished: where a site answers that it has no trust.json, there is nobody to tell, which is no trouble; where it does not say so, it is.
func TestNoticeOfUnpublished(t *testing.T) {
	status := http.StatusNotFound
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", status) }))
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "site")
	run := func(args ...string) (code int, stdout, stderr string) {
		var out, log bytes.Buffer
		a := app{stdout: &out, stderr: &log, now: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }, getenv: func(string) string { return "" }}
		code = a.run(t.Context(), args)
		return code, out.String(), log.String()
	}
	if code, _, log := run("new", dir); code != exitOK {
		t.Fatal(log)
	}
	file := filepath.Join(t.TempDir(), "notice.eml")
	code, out, log := run("-C", dir, "notice", "--since", server.URL, "--out", file)
	if code != exitOK || out != "" || !strings.Contains(log, "nothing is published there yet, so there is nobody to tell of a change; nothing was written\n") {
		t.Errorf("exit %d: %s%s", code, out, log)
	}
	status = http.StatusInternalServerError
	if code, out, log := run("-C", dir, "notice", "--since", server.URL, "--out", file); code != exitTrouble || out != "" || !strings.Contains(log, "hint: ") {
		t.Errorf("exit %d: %s%s", code, out, log)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a notice was written")
	}
}
