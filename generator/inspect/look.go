package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// look has all checkers look at the sites: the browser and the Nu HTML checker side by side.
func (o *order) look(ctx context.Context, t tools, r *report) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wait sync.WaitGroup
	errs := make([]error, 2)
	wait.Go(func() {
		if errs[0] = o.browse(ctx, t, r); errs[0] != nil {
			stop()
		}
	})
	wait.Go(func() {
		if o.only != nil {
			return
		}
		if errs[1] = o.validate(ctx, t, r); errs[1] != nil {
			stop()
		}
	})
	wait.Wait()
	return errors.Join(errs...)
}

// browse starts the scripts, which tell of each failure with a line.
func (o *order) browse(ctx context.Context, t tools, r *report) error {
	type wanted struct {
		Browser string  `json:"browser"`
		Tabs    int     `json:"tabs"`
		Sites   []*site `json:"sites"`
	}
	if o.quick {
		for _, s := range o.sites {
			s.Main = []string{}
		}
	}
	in, err := json.Marshal(wanted{o.browser, o.tabs, o.sites})
	if err != nil {
		return err
	}
	node := exec.CommandContext(ctx, "node", filepath.Join(t.scripts, "main.js"), t.dir)
	node.Stdin = bytes.NewReader(in)
	var complaint bytes.Buffer
	node.Stderr = &complaint
	node.Cancel = func() error { return node.Process.Signal(os.Interrupt) } // so that it can end its browser
	node.WaitDelay = 10 * time.Second
	said, err := node.StdoutPipe()
	if err != nil {
		return err
	}
	if err := node.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(said)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if err := r.line(lines.Bytes()); err != nil {
			return err
		}
	}
	if err := node.Wait(); err != nil {
		return fmt.Errorf("node %s: %w\n%s", filepath.Join(t.scripts, "main.js"), err, complaint.Bytes())
	}
	return lines.Err()
}

// validate has the Nu HTML checker read every page, and the pictures, of all sites at once: errors and warnings alike are failures.
func (o *order) validate(ctx context.Context, t tools, r *report) error {
	begun := time.Now()
	r.say("nu: reads all pages")
	jar := filepath.Join(t.dir, "node_modules/vnu-jar/build/dist/vnu.jar")
	args := []string{"-Xss8m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect", "--also-check-svg", "--skip-non-html"}
	for _, s := range o.sites {
		args = append(args, s.dir)
	}
	vnu := exec.CommandContext(ctx, "java", args...)
	var complaint bytes.Buffer
	vnu.Stderr = &complaint
	out, err := vnu.Output()
	if err != nil {
		return fmt.Errorf("java -jar %s: %w\n%s", jar, err, complaint.Bytes())
	}
	if err := o.told(out, r); err != nil {
		return err
	}
	for _, s := range o.sites {
		r.done(done{Site: s.Name, Tool: "nu", Ran: fmt.Sprintf("%d pages", len(s.Pages)), Seconds: time.Since(begun).Seconds() / float64(len(o.sites))})
	}
	return nil
}

// told reads what the Nu HTML checker says: in JSON, of files by their addresses.
func (o *order) told(out []byte, r *report) error {
	var said struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(out, &said); err != nil {
		return fmt.Errorf("what the Nu HTML checker says cannot be read: %w", err)
	}
	for _, m := range said.Messages {
		if m.Type == "info" && m.SubType != "warning" {
			continue
		}
		f := failure{Page: m.URL, Tool: "nu", What: m.Message, Where: fmt.Sprintf("line %d", m.LastLine), Hint: strings.Join(strings.Fields(m.Extract), " ")}
		for _, s := range o.sites {
			if path, ok := s.pathOf(m.URL); ok {
				f.Site, f.Page = s.Name, path
				break
			}
		}
		r.fail(f)
	}
	return nil
}

// pathOf gives the path within the site of a file that is named by its address.
func (s *site) pathOf(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(s.dir, filepath.FromSlash(u.Path))
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return "/" + strings.TrimSuffix(filepath.ToSlash(rel), "index.html"), true
}
