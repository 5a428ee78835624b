package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/starter"

	"gopkg.in/yaml.v3"
)

const githubPath, gitlabPath = ".github/workflows/trust-center.yml", ".gitlab-ci.yml"

// A job is what is run of a job of a pipeline: scripts by their names.
type job struct {
	Script []string
	Steps  []struct {
		Name, Run string
	}
}

// jobs reads a pipeline of the starter. Its forms are held by the tests of that package.
func jobs(t *testing.T, path string) map[string]job {
	t.Helper()
	for _, f := range starter.Pipelines() {
		if f.Path != path {
			continue
		}
		var github struct{ Jobs map[string]job }
		if err := yaml.Unmarshal(f.Data, &github); err != nil {
			t.Fatal(err)
		}
		if github.Jobs != nil {
			return github.Jobs
		}
		var all map[string]yaml.Node
		if err := yaml.Unmarshal(f.Data, &all); err != nil {
			t.Fatal(err)
		}
		gitlab := map[string]job{}
		for name, node := range all {
			var j job
			if node.Decode(&j) == nil && j.Script != nil {
				gitlab[name] = j
			}
			var def struct {
				Before []string `yaml:"before_script"`
			}
			if name == "default" && node.Decode(&def) == nil {
				gitlab[name] = job{Script: def.Before}
			}
		}
		return gitlab
	}
	t.Fatalf("no pipeline %s", path)
	return nil
}

// A runner is a machine that runs the scripts of a pipeline, with the real command and a repository.
type runner struct {
	t         *testing.T
	dir, temp string // the checkout, and the runner's own folder
	env       []string
}

// newRunner makes a machine with an empty checkout.
func newRunner(t *testing.T) *runner {
	t.Helper()
	for _, tool := range []string{"bash", "git", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{t: t, dir: t.TempDir(), temp: t.TempDir()}
	r.env = append(os.Environ(), "HOME="+t.TempDir(), "XDG_CACHE_HOME="+cache, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=t", "GIT_AUTHOR_EMAIL=t@t.example", "GIT_COMMITTER_NAME=t", "GIT_COMMITTER_EMAIL=t@t.example",
		"SITE=.", "RUNNER_TEMP="+r.temp, "GITHUB_PATH="+filepath.Join(r.temp, "path"), "GITHUB_STEP_SUMMARY="+filepath.Join(r.temp, "summary.md"),
		"CI_PROJECT_DIR="+r.dir, "GITHUB_WORKSPACE="+r.dir)
	return r
}

// merging makes a machine whose checkout is what a code host makes of a pull request: the starter with base done to it, and, merged into that, with change done
// to it; nil does nothing.
func merging(t *testing.T, base, change func(dir string)) *runner {
	r := newRunner(t)
	r.do("candor new .")
	if base != nil {
		base(r.dir)
	}
	r.do("git init -q -b main && git add -A && git commit -qm base && git checkout -q -b change")
	change(r.dir)
	r.do("git add -A && git commit -qm change && git checkout -q main && git merge -q --no-ff -m merge change")
	return r
}

// run runs a script as GitHub and GitLab do: with bash, which ends with the first line that fails.
func (r *runner) run(script string, env ...string) (string, error) {
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
	cmd.Dir = r.dir
	cmd.Env = append(r.env[:len(r.env):len(r.env)], env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// do runs a script that has to come to a good end.
func (r *runner) do(script string, env ...string) string {
	r.t.Helper()
	out, err := r.run(script, env...)
	if err != nil {
		r.t.Fatalf("%v\n%s\n%s", err, script, out)
	}
	return out
}

func (r *runner) read(name string) string {
	r.t.Helper()
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.dir, name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		r.t.Fatal(err)
	}
	return string(data)
}

// step gives the script of a step.
func (j job) step(t *testing.T, name string) string {
	t.Helper()
	for _, s := range j.Steps {
		if s.Name == name {
			return s.Run
		}
	}
	t.Fatalf("no step %q", name)
	return ""
}

// tool puts a program of that name before all others.
func (r *runner) tool(name, script string) {
	r.t.Helper()
	bin := r.t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/usr/bin/env bash\nset -eu\n"+script), 0o755); err != nil {
		r.t.Fatal(err)
	}
	for i, v := range r.env {
		if strings.HasPrefix(v, "PATH=") {
			r.env[i] = "PATH=" + bin + string(os.PathListSeparator) + strings.TrimPrefix(v, "PATH=")
		}
	}
}

// rewrite replaces a text in a file that has to hold it.
func rewrite(t *testing.T, name, old, text string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	if err := os.WriteFile(name, bytes.ReplaceAll(data, []byte(old), []byte(text)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPipelineGetsCandor: the program is fetched from where the variables say, and is not run when it is another one.
func TestPipelineGetsCandor(t *testing.T) {
	r := newRunner(t)
	served := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(served, []byte("#!/bin/sh\necho had\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r.tool("curl", `while [ $# -gt 1 ]; do if [ "$1" = --output ]; then out=$2; fi; shift; done; test "$1" = https://programs.example/candor; cp `+served+` "$out"`)
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte("#!/bin/sh\necho had\n")))
	scripts := map[string]string{
		"github": jobs(t, githubPath)["check"].step(t, "Get candor") + "\nPATH=$(cat \"$GITHUB_PATH\"):$PATH\n",
		"gitlab": strings.Join(jobs(t, gitlabPath)["default"].Script, "\n"),
	}
	for host, script := range scripts {
		if out := r.do(script+"\nhash -r; candor", "CANDOR_URL=https://programs.example/candor", "CANDOR_SHA256="+sum); out != "had\n" {
			t.Errorf("%s: %s", host, out)
		}
		other := strings.Replace(sum, sum[:1], string(sum[0]^1), 1)
		if out, err := r.run(script+"\ncandor", "CANDOR_URL=https://programs.example/candor", "CANDOR_SHA256="+other); err == nil || strings.Contains(out, "had") {
			t.Errorf("%s runs another program: %s", host, out)
		}
		if out, err := r.run(script, "CANDOR_URL=", "CANDOR_SHA256="); err == nil || !strings.Contains(out, "CANDOR_URL and CANDOR_SHA256 are not set") {
			t.Errorf("%s without variables: %s", host, out)
		}
	}
}

// TestPipelineChecks: a gap fails the check and stands beside its line.
func TestPipelineChecks(t *testing.T) {
	r := merging(t, nil, func(dir string) {
		rewrite(t, filepath.Join(dir, "content/flows/reply-drafts.yaml"), "in: openai, model: gpt-4.1", "in: openia, model: gpt-4.1")
	})
	out, err := r.run(jobs(t, githubPath)["check"].step(t, "Check the content"))
	if err == nil || !strings.Contains(out, "::error file=content/flows/reply-drafts.yaml,line=") {
		t.Errorf("%v\n%s", err, out)
	}
	out, err = r.run(strings.Join(jobs(t, gitlabPath)["check"].Script, "\n"))
	if err == nil || !strings.Contains(out, `which is no sub-processor [SUB01]`) {
		t.Errorf("%v\n%s", err, out)
	}
	if report := r.read("gl-code-quality-report.json"); !strings.Contains(report, `"path": "content/flows/reply-drafts.yaml"`) {
		t.Errorf("report %s", report)
	}
	r.do("git reset -q --hard HEAD^1")
	r.do(jobs(t, githubPath)["check"].step(t, "Check the content"))
	r.do(strings.Join(jobs(t, gitlabPath)["check"].Script, "\n"))
	if report := r.read("gl-code-quality-report.json"); report != "[]\n" {
		t.Errorf("report of nothing: %s", report)
	}
}

// TestPipelineDiffers builds both sides of a pull request and says what it changes. The site has a sealed page, whose secret no pull request gets.
func TestPipelineDiffers(t *testing.T) {
	onGitHub := func(r *runner) string {
		r.do(jobs(t, githubPath)["check"].step(t, "See what changes for readers"))
		difference := r.read(filepath.Join(r.temp, "difference.md"))
		if summary := r.read(filepath.Join(r.temp, "summary.md")); summary != difference {
			t.Errorf("the summary is %q", summary)
		}
		return difference
	}
	onGitLab := func(r *runner) string {
		r.do(jobs(t, gitlabPath)["difference"].Script[0], "CI_MERGE_REQUEST_DIFF_BASE_SHA="+strings.TrimSpace(r.do("git rev-parse HEAD^1")))
		return r.read("difference.md")
	}
	purpose := func(dir string) {
		rewrite(t, filepath.Join(dir, "content/subprocessors/stripe.yaml"), "Charges subscriptions", "Charges monthly subscriptions")
		if out, err := exec.Command("candor", "-C", dir, "share", "new", "--for", "Northwind", "--answers", "topic:encryption", "--expires", "90d").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if err := os.Remove(filepath.Join(dir, ".candor/secret")); err != nil {
			t.Fatal(err)
		}
	}
	r := merging(t, nil, purpose)
	there := onGitHub(r)
	r.do("git worktree list --porcelain | sed -n 's/^worktree //p' | tail -n +2 | while read -r w; do git worktree remove --force \"$w\"; done")
	for _, difference := range []string{there, onGitLab(r)} {
		if !strings.Contains(difference, "Stripe") || !strings.Contains(difference, "monthly") || strings.Contains(difference, "Northwind") {
			t.Errorf("difference:\n%s", difference)
		}
	}
	broken := func(dir string) {
		rewrite(t, filepath.Join(dir, "content/flows/reply-drafts.yaml"), "in: openai, model: gpt-4.1", "in: openia, model: gpt-4.1")
	}
	mended := func(dir string) {
		rewrite(t, filepath.Join(dir, "content/flows/reply-drafts.yaml"), "in: openia, model: gpt-4.1", "in: openai, model: gpt-4.1")
	}
	const toBroken = "The branch that this goes into does not build today, so there is nothing to hold this against.\n"
	if difference := onGitHub(merging(t, broken, mended)); difference != toBroken {
		t.Errorf("difference to what is broken:\n%s", difference)
	}
	moved := func(from, to string) func(string) {
		return func(dir string) {
			if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
				t.Fatal(err)
			}
		}
	}
	const toNothing = "There was no trust center before: every page of it is new.\n"
	if difference := onGitLab(merging(t, moved("content", "notes"), moved("notes", "content"))); difference != toNothing {
		t.Errorf("difference to nothing:\n%s", difference)
	}
}

// TestPipelineBuilds: the site is built with what changed since the published one, whose address has to be known before anything is published.
func TestPipelineBuilds(t *testing.T) {
	r := merging(t, nil, func(dir string) {
		rewrite(t, filepath.Join(dir, "content/subprocessors/stripe.yaml"), "Charges subscriptions", "Charges monthly subscriptions")
	})
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(r.temp, "site"))))
	defer server.Close()
	github := jobs(t, githubPath)["publish"]
	scripts := map[string]string{"github": github.step(t, "Build the site"), "gitlab": strings.Join(jobs(t, gitlabPath)["build"].Script, "\n")}
	r.do("git checkout -q HEAD^1 && candor build --no-diagrams --out before && git checkout -q main && mkdir $RUNNER_TEMP/site")
	for host, script := range scripts {
		if out, err := r.run(script, "CANDOR_DEST=s3://x", "CANDOR_SITE="); err == nil || !strings.Contains(out, "CANDOR_SITE is not set") {
			t.Errorf("%s: %v, %s", host, err, out)
		}
	}
	if out := r.do(scripts["github"], "CANDOR_SITE="+server.URL); !strings.Contains(out, "nothing is published there yet") {
		t.Errorf("on the first day: %s", out)
	}
	r.do("cp before/trust.json $RUNNER_TEMP/site/ && rm -rf public")
	r.do(scripts["gitlab"], "CANDOR_DEST=s3://x", "CANDOR_SITE="+server.URL)
	if page := r.read("public/updates/index.html"); !strings.Contains(page, "Stripe") {
		t.Error("the page of updates does not tell of Stripe")
	}
	r.do("grep -q 'Stripe is described in other words' notice/notice-*.txt && rm -r notice")
	r.do(github.step(t, "Write the notice to customers"), "CANDOR_SITE="+server.URL)
	if summary := r.read(filepath.Join(r.temp, "summary.md")); !strings.Contains(summary, "Subject: Fernlight: Stripe is described in other words\n") {
		t.Errorf("summary:\n%s", summary)
	}
	r.do("rm $RUNNER_TEMP/summary.md")
	r.do(github.step(t, "Publish"), "CANDOR_DEST="+filepath.Join(r.temp, "github"))
	r.do(strings.Join(jobs(t, gitlabPath)["publish"].Script, "\n"), "CANDOR_DEST="+filepath.Join(r.temp, "gitlab"))
	r.do("cmp public/trust.json $RUNNER_TEMP/github/trust.json && cmp public/trust.json $RUNNER_TEMP/gitlab/trust.json")
	r.do("rm -rf public")
	r.do(scripts["github"])
	r.read("public/SHA256SUMS")
	r.do(github.step(t, "See what comes within two weeks"))
	if summary := r.read(filepath.Join(r.temp, "summary.md")); !strings.HasPrefix(summary, "```text\n") || !strings.Contains(summary, "in 14 days") {
		t.Errorf("summary:\n%s", summary)
	}
}

// TestPipelineComments: the first run writes a comment, the next one changes it, and a long difference is cut.
func TestPipelineComments(t *testing.T) {
	r := newRunner(t)
	r.tool("gh", `echo "$*" >> calls; case "$*" in *--paginate*) if [ -e comment.id ]; then echo 41; echo 42; fi;; *) touch comment.id; cp comment.md sent.md;; esac`)
	script := jobs(t, githubPath)["comment"].step(t, "Write the comment")
	if err := os.WriteFile(filepath.Join(r.dir, "difference.md"), []byte(strings.Repeat("- a line of the difference, é\n", 5000)), 0o644); err != nil {
		t.Fatal(err)
	}
	env := []string{"REPOSITORY=fernlight/trust", "NUMBER=7", "GH_TOKEN=x"}
	r.do(script, env...)
	r.do(script, env...)
	calls := r.read("calls")
	if !strings.Contains(calls, "--method POST repos/fernlight/trust/issues/7/comments --field body=@comment.md\n") || strings.Count(calls, "POST") != 1 ||
		!strings.Contains(calls, "--method PATCH repos/fernlight/trust/issues/comments/41 --field body=@comment.md\n") {
		t.Errorf("calls:\n%s", calls)
	}
	sent := r.read("sent.md")
	if !strings.HasPrefix(sent, "<!-- candor: what changes for readers -->\n- a line") || !strings.HasSuffix(sent, "\nThe rest is in the summary of the run.\n") || len(sent) > 65000 {
		t.Errorf("sent %d bytes: %.100s", len(sent), sent)
	}
}

// TestPipelineAlarm: a day that fails opens one issue, the next one changes it, and a good one closes it.
func TestPipelineAlarm(t *testing.T) {
	r := newRunner(t)
	r.tool("gh", `echo "$*" >> calls; case "$*" in *"issue list"*) if [ -e open ]; then echo 9; fi;; *"issue create"*) touch open;; *"issue close"*) rm open;; esac`)
	script := jobs(t, githubPath)["alarm"].step(t, "Open, change or close the issue")
	if err := os.WriteFile(filepath.Join(r.dir, "findings.txt"), []byte("content/a.yaml:1:1: error: ~~~~ [X]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, result := range []string{"success", "failure", "failure", "success", "success"} {
		r.do(script, "RESULT="+result, "RUN=https://runs.example/1", "GH_TOKEN=x", "GH_REPO=fernlight/trust")
	}
	var did []string
	for _, call := range strings.Split(r.read("calls"), "\n") {
		if fields := strings.Fields(call); len(fields) > 1 && fields[1] != "list" {
			did = append(did, fields[1])
		}
	}
	if got := strings.Join(did, " "); got != "create edit close" {
		t.Errorf("issues: %s", got)
	}
	if body := r.read("issue.md"); strings.Count(body, "~~~~") != 2 || !strings.Contains(body, "error:  [X]") {
		t.Errorf("body:\n%s", body)
	}
}
