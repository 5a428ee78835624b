package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"candor/generator/publish"

	"github.com/schollz/progressbar/v3"
)

// A shownPlan is a plan as it is printed.
type shownPlan struct {
	*publish.Plan
	place  string
	site   *publish.Site
	domain string // that a branch claims for GitHub Pages
	dry    bool
}

// done is what a publish did.
type done struct {
	publish.Outcome
	commit string // of a branch
	others int    // pushes of somebody else meanwhile
	took   time.Duration
}

// reasons are those of a plan, in the order in which people read them, with what they mean.
var reasons = []struct {
	reason publish.Reason
	words  string
}{
	{publish.New, "new"},
	{publish.Changed, "changed"},
	{publish.Headers, "same bytes, other headers"},
	{publish.Missing, "missing there, though it was published"},
	{publish.Altered, "somebody else changed it there"},
	{publish.Replaced, "in the place of what others put there"},
	{publish.Gone, "deleted: no part of the site any more"},
	{publish.Expired, "deleted: out of use since an earlier publish"},
}

// print prints a plan that is not followed.
func (s shownPlan) print(a *app, format string) error {
	if format == string(formatJSON) {
		return s.finish(a, format, done{})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", s.place, s.outlook())
	for _, r := range reasons {
		var paths []string
		for _, step := range s.Steps {
			if step.Reason == r.reason {
				paths = append(paths, step.Path)
			}
		}
		listed(&b, r.words, paths)
	}
	listed(&b, "stay until a later publish, for pages that readers have open", pathsOf(s.Retired))
	listed(&b, "left alone: put there by others", s.Foreign)
	listed(&b, "left alone: no part of the site any more, and somebody else changed it", s.Astray)
	if _, err := fmt.Fprint(a.stdout, b.String()); err != nil {
		return fmt.Errorf("print the plan: %w", err)
	}
	s.notes(a)
	a.say("nothing was changed\n")
	return nil
}

// outlook counts what a plan does.
func (s shownPlan) outlook() string {
	puts, deletions := s.counts()
	if puts+deletions == 0 {
		return "nothing to do, " + count(s.Kept, "file") + " as they are to be"
	}
	text := fmt.Sprintf("%d to upload (%s), %d kept, %d to delete", puts, size(s.Bytes), s.Kept, deletions)
	if s.First {
		text += "; nothing was published there before"
	}
	if s.Resumed {
		text += "; takes up an upload that was interrupted"
	}
	return text
}

func (s shownPlan) counts() (puts, deletions int) {
	for _, step := range s.Steps {
		if step.Phase.Deletes() {
			deletions++
		} else {
			puts++
		}
	}
	return puts, deletions
}

func pathsOf(entries []publish.Entry) []string {
	var paths []string
	for _, e := range entries {
		paths = append(paths, e.Path)
	}
	return paths
}

// fewPaths is up to how many paths are listed one by one; of more, those in one folder are counted.
const fewPaths = 12

// listed writes a heading and paths below it.
func listed(b *strings.Builder, heading string, paths []string) {
	if len(paths) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s (%d)\n", heading, len(paths))
	for _, line := range summed(paths) {
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// summed gives paths as lines, sorted; where they are many, one for those of a folder.
func summed(paths []string) []string {
	paths = slices.Sorted(slices.Values(paths))
	if len(paths) <= fewPaths {
		return paths
	}
	var lines []string
	for begin := 0; begin < len(paths); {
		folder, _, inFolder := strings.Cut(paths[begin], "/")
		end := begin + 1
		for inFolder && end < len(paths) && strings.HasPrefix(paths[end], folder+"/") {
			end++
		}
		if end-begin > 2 {
			lines = append(lines, fmt.Sprintf("%s/ %s", folder, count(end-begin, "file")))
		} else {
			lines = append(lines, paths[begin:end]...)
		}
		begin = end
	}
	return lines
}

// notes says what a person should look at.
func (s shownPlan) notes(a *app) {
	if u, err := url.Parse(s.site.BaseURL); err == nil && s.domain != "" && !strings.EqualFold(u.Hostname(), s.domain) {
		a.say("note: CNAME in the branch says %q, and the site is for %q\n", s.domain, s.site.BaseURL)
	}
	unlisted := slices.DeleteFunc(slices.Clone(s.site.Unlisted), func(path string) bool { return path == ".gitignore" }) // which keeps the folder out of the repository of the content
	if len(unlisted) > 0 {
		a.say("note: not published, since candor did not build it: %s\n", strings.Join(summed(unlisted), ", "))
	}
}

// summary says what was done.
func (s shownPlan) summary(a *app, d done) {
	text := fmt.Sprintf("%d uploaded (%s), %d kept, %d deleted", d.Written, size(d.Sent), s.Kept, d.Deleted)
	if n := len(s.Retired); n > 0 {
		text += fmt.Sprintf(", %s until a later publish", stay(n))
	}
	if d.commit != "" {
		text += fmt.Sprintf("; commit %.12s", d.commit)
	}
	if d.others > 0 {
		text += ", on top of what somebody else pushed meanwhile"
	}
	a.say("%s: %s; %.1f s\n", s.place, text, d.took.Seconds())
	if n := len(d.Left); n > 0 {
		a.say("%s could not be deleted: %v\n", count(n, "file"), d.Denied)
	}
	s.notes(a)
}

// stay counts assets: "1 old asset stays", "2 old assets stay".
func stay(n int) string {
	if n == 1 {
		return "1 old asset stays"
	}
	return fmt.Sprintf("%d old assets stay", n)
}

// interrupted says what was done before something came in between.
func (s shownPlan) interrupted(a *app, d done, err error, oneStep bool) error {
	if errors.Is(err, context.Canceled) {
		err = errors.New("interrupted")
	}
	switch {
	case oneStep:
		a.say("%s: nothing was pushed\n", s.place)
	case d.Written+d.Deleted > 0:
		a.say("%s: %d uploaded (%s) and %d deleted of %d; no link there is broken, and `candor publish` takes it up again\n", s.place, d.Written, size(d.Sent), d.Deleted, len(s.Steps))
	default:
		a.say("%s: nothing was uploaded\n", s.place)
	}
	return err
}

// finish prints what was planned or done for a program.
func (s shownPlan) finish(a *app, format string, d done) error {
	if format != string(formatJSON) {
		return nil
	}
	type step struct {
		Path   string         `json:"path"`
		Action string         `json:"action"` // upload or delete
		Reason publish.Reason `json:"reason"`
		Size   int64          `json:"size"` // in bytes
	}
	document := struct {
		Place   string   `json:"place"`
		BaseURL string   `json:"base_url"`
		DryRun  bool     `json:"dry_run"`
		Steps   []step   `json:"steps"` // in their order
		Kept    int      `json:"kept"`
		Retired []string `json:"retired"` // assets that stay until a later publish
		Foreign []string `json:"foreign"` // put there by others
		Commit  string   `json:"commit,omitempty"`
	}{Place: s.place, BaseURL: s.site.BaseURL, DryRun: s.dry, Steps: []step{}, Kept: s.Kept, Retired: append([]string{}, pathsOf(s.Retired)...), Foreign: append([]string{}, s.Foreign...), Commit: d.commit}
	for _, p := range s.Steps {
		action := "upload"
		if p.Phase.Deletes() {
			action = "delete"
		}
		document.Steps = append(document.Steps, step{p.Path, action, p.Reason, p.Size})
	}
	e := json.NewEncoder(a.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(document); err != nil {
		return fmt.Errorf("print the plan: %w", err)
	}
	return nil
}

// size gives a number of bytes for people.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 999_500:
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	case n < 999_950_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// A progress shows on a terminal how far an upload is.
type progress struct {
	app    *app
	bar    *progressbar.ProgressBar // nil where there is no terminal
	warned bool
}

// progress begins to show one.
func (a *app) progress(plan *publish.Plan) *progress {
	p := &progress{app: a}
	if a.terminal && !a.quiet && len(plan.Steps) > 0 {
		p.bar = progressbar.NewOptions(len(plan.Steps), progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription("uploading"), progressbar.OptionShowCount(),
			progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetRenderBlankState(true))
	}
	return p
}

// tell is called after each step. What a server refuses for the moment is said once; the steps go on by themselves.
func (p *progress) tell(now publish.Progress) {
	if now.Trouble != nil && !p.warned {
		p.warned = true
		p.end()
		p.app.say("%v; trying again in %s\n", now.Trouble, now.Wait.Round(100*time.Millisecond))
		return
	}
	if p.bar == nil {
		return
	}
	switch {
	case now.Lingering:
		p.bar.Describe(fmt.Sprintf("waiting %s for readers", now.Wait))
	case now.Step.Phase.Deletes():
		p.bar.Describe("deleting")
	case now.Trouble != nil:
		p.bar.Describe("waiting for the server")
	default:
		p.bar.Describe("uploading " + size(now.Sent) + " of " + size(now.Bytes))
	}
	// what a terminal does not take is no reason to stop
	_ = p.bar.Set(now.Done)
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
