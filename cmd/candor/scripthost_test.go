package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// host FOLDER VARIABLE [TEXT] serves a folder as a host does, and puts its address into a variable. TEXT is what the host writes before the end of each page.
func host(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: host FOLDER VARIABLE [TEXT]")
	}
	folder := ts.MkAbs(args[0])
	read := func(name string) ([]byte, bool) {
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if len(args) == 3 && strings.HasSuffix(name, ".html") {
			data = []byte(strings.Replace(string(data), "</body>", args[2]+"</body>", 1))
		}
		return data, err == nil
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := read(name)
		if !ok {
			data, _ = read("404.html")
			w.WriteHeader(http.StatusNotFound)
		}
		if _, err := w.Write(data); err != nil {
			ts.Logf("%s: %v", r.URL, err)
		}
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[1], server.URL)
}
