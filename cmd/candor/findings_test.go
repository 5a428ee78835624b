package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// siteWithGap makes a site of which the reader needs to know a word.
func siteWithGap(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	site := "company: {name: Fernlight, product: Fernlight Inbox, unheard: " + strings.Repeat("of ", 40) + "}\nbase_url: https://trust.fernlight.example\n"
	if err := os.WriteFile(filepath.Join(dir, "content/site.yaml"), []byte(site), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTerminal: colours and what a person may ask next are for terminals, colours go where the terminal is, and NO_COLOR is heeded.
func TestTerminal(t *testing.T) {
	dir := siteWithGap(t)
	run := func(a app, args ...string) (stdout, stderr string) {
		var out, log bytes.Buffer
		a.stdout, a.stderr, a.now = &out, &log, func() time.Time { return time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) }
		if a.getenv == nil {
			a.getenv = func(string) string { return "" }
		}
		if code := a.run(t.Context(), append([]string{"-C", dir}, args...)); code != exitGaps {
			t.Fatalf("exit %d: %s", code, &log)
		}
		return out.String(), log.String()
	}
	const asks = "` explains the rule\n"
	plain, log := run(app{}, "check")
	if strings.Contains(plain+log, "\x1b") || strings.Contains(log, asks) {
		t.Errorf("for no terminal: %q", plain+log)
	}
	narrow, log := run(app{terminal: true, outTerminal: true, columns: 60}, "check")
	if !strings.Contains(narrow, "\x1b[31;1merror\x1b[0m") || !strings.HasSuffix(log, asks) || strings.Contains(log, "\x1b") {
		t.Errorf("for a terminal: %q", narrow+log)
	}
	for _, line := range strings.Split(narrow, "\n") {
		if len([]rune(line)) > 60 && strings.Contains(line, " | ") {
			t.Errorf("a quoted line of %d columns: %q", len([]rune(line)), line)
		}
	}
	if piped, log := run(app{terminal: true, columns: 60}, "check"); piped != plain || !strings.HasSuffix(log, asks) {
		t.Errorf("into a file: %q", piped+log)
	}
	if quiet, log := run(app{terminal: true, outTerminal: true}, "check", "--quiet"); !strings.Contains(quiet, "\x1b") || log != "" {
		t.Errorf("quiet: %q", log)
	}
	env := func(name string) string { return map[string]string{"NO_COLOR": "1"}[name] }
	if grey, _ := run(app{terminal: true, outTerminal: true, getenv: env}, "check"); grey != plain {
		t.Errorf("with NO_COLOR: %q", grey)
	}
}
