package starter_test

import (
	"bytes"
	"io"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"candor/generator/starter"

	"github.com/rhysd/actionlint"
	"gopkg.in/yaml.v3"
)

// pipeline gives the text of the pipeline at a path.
func pipeline(t testing.TB, path string) []byte {
	t.Helper()
	for _, f := range starter.Pipelines() {
		if f.Path == path {
			return f.Data
		}
	}
	t.Fatalf("no pipeline at %s", path)
	return nil
}

const onGitHub, onGitLab = ".github/workflows/trust-center.yml", ".gitlab-ci.yml"

// shellcheck gives where the checker of shell scripts is, "" when it is not installed.
func shellcheck(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Log("shell scripts are not held against shellcheck, which is not installed")
	}
	return path
}

func workflow(t *testing.T) *actionlint.Workflow {
	t.Helper()
	w, errs := actionlint.Parse(pipeline(t, onGitHub))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return w
}

// TestActionlint: the linter of workflows has nothing to say, about scripts neither.
func TestActionlint(t *testing.T) {
	lint := func(data []byte) []*actionlint.Error {
		linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{Shellcheck: shellcheck(t)})
		if err != nil {
			t.Fatal(err)
		}
		found, err := linter.Lint(onGitHub, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, e := range lint(pipeline(t, onGitHub)) {
		t.Error(e)
	}
	// the linter looks: a title of a pull request in a script is what it warns of
	if bad := bytes.Replace(pipeline(t, onGitHub), []byte("day=$(date -u +%F)"), []byte("day='${{ github.event.pull_request.title }}'"), 1); len(lint(bad)) == 0 {
		t.Error("a title in a script passes")
	}
}

// TestWorkflowTrust holds what each job may do. What runs for a pull request has no secret and may only read, but for the job that runs nothing of it.
func TestWorkflowTrust(t *testing.T) {
	w := workflow(t)
	for _, e := range w.On {
		if e.EventName() == "pull_request_target" {
			t.Error("pull_request_target runs with secrets what a stranger wrote")
		}
	}
	if w.Permissions == nil || w.Permissions.All != nil || len(w.Permissions.Scopes) != 0 {
		t.Error("a job that names no permissions has some")
	}
	want := map[string]string{
		"check":   "contents: read",
		"comment": "pull-requests: write",
		"publish": "contents: read, id-token: write",
		"alarm":   "issues: write",
	}
	if got := slices.Sorted(maps.Keys(w.Jobs)); !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
		t.Fatalf("jobs %v", got)
	}
	for name, job := range w.Jobs {
		var scopes []string
		for _, s := range slices.Sorted(maps.Keys(job.Permissions.Scopes)) {
			scopes = append(scopes, s+": "+job.Permissions.Scopes[s].Value.Value)
		}
		if got := strings.Join(scopes, ", "); got != want[name] {
			t.Errorf("%s may %s, want %s", name, got, want[name])
		}
		if job.TimeoutMinutes == nil {
			t.Errorf("%s may run for six hours", name)
		}
	}
	text := string(pipeline(t, onGitHub))
	beforePublish, _, _ := strings.Cut(text, "\n  publish:\n")
	if strings.Contains(beforePublish, "secrets.") {
		t.Error("a job of pull requests is given a secret")
	}
	if c := w.Jobs["publish"].Concurrency; c == nil || c.Group == nil || c.CancelInProgress == nil || c.CancelInProgress.Value {
		t.Error("two publish at once, or one is cut short")
	}
	if !strings.Contains(w.Jobs["comment"].If.Value, "head.repo.full_name == github.repository") {
		t.Error("a pull request from a fork, whose token cannot write, fails")
	}
}

// TestWorkflowSteps: no value of an event gets into a script but by the environment, actions have a version, and the program is had in the same way everywhere.
func TestWorkflowSteps(t *testing.T) {
	version := regexp.MustCompile(`^[a-z-]+/[a-z-]+@(v\d+|[0-9a-f]{40})$`)
	var gets []string
	for name, job := range workflow(t).Jobs {
		for _, step := range job.Steps {
			switch e := step.Exec.(type) {
			case *actionlint.ExecRun:
				if strings.Contains(e.Run.Value, "${{") {
					t.Errorf("%s: a script with an expression in it: %s", name, e.Run.Value)
				}
				if step.Name.Value == "Get candor" {
					gets = append(gets, e.Run.Value)
				}
			case *actionlint.ExecAction:
				if !version.MatchString(e.Uses.Value) {
					t.Errorf("%s: %s has no version", name, e.Uses.Value)
				}
			}
		}
	}
	if len(gets) != 2 || gets[0] != gets[1] {
		t.Errorf("candor is had in %d ways", len(gets))
	}
}

// A gitlabJob is what the pipeline uses of a job's keys, each with its type; yaml.v3 reports every other one.
type gitlabJob struct {
	Stage  string   `yaml:"stage"`
	Needs  []string `yaml:"needs"`
	Rules  []gitlabRule
	Script []string  `yaml:"script"`
	Before *[]string `yaml:"before_script"`

	Interruptible *bool                        `yaml:"interruptible"`
	ResourceGroup string                       `yaml:"resource_group"`
	Environment   map[string]string            `yaml:"environment"`
	IDTokens      map[string]map[string]string `yaml:"id_tokens"`
	Artifacts     struct {
		When     string            `yaml:"when"`
		ExpireIn string            `yaml:"expire_in"`
		ExposeAs string            `yaml:"expose_as"`
		Paths    []string          `yaml:"paths"`
		Reports  map[string]string `yaml:"reports"`
	} `yaml:"artifacts"`
}

type gitlabRule struct {
	If string `yaml:"if"`
}

type gitlabPipeline struct {
	Stages    []string `yaml:"stages"`
	Workflow  struct{ Rules []gitlabRule }
	Variables map[string]string
	Default   struct {
		Image         string
		Interruptible bool
		Timeout       string
		Before        []string `yaml:"before_script"`
	}
	Jobs map[string]gitlabJob `yaml:",inline"`
}

func gitlabOf(t *testing.T) gitlabPipeline {
	t.Helper()
	var p gitlabPipeline
	dec := yaml.NewDecoder(bytes.NewReader(pipeline(t, onGitLab)))
	dec.KnownFields(true)
	if err := dec.Decode(&p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestGitLabPipeline holds the pipeline to its keys, stages and needs, and each job to a rule: one without is run for every pipeline.
func TestGitLabPipeline(t *testing.T) {
	p := gitlabOf(t)
	if got := slices.Sorted(maps.Keys(p.Jobs)); !slices.Equal(got, []string{"build", "check", "difference", "pages", "publish"}) {
		t.Fatalf("jobs %v", got)
	}
	for name, job := range p.Jobs {
		stage := slices.Index(p.Stages, job.Stage)
		if stage < 0 || len(job.Script) == 0 || len(job.Rules) == 0 {
			t.Errorf("%s: stage %q, %d lines, %d rules", name, job.Stage, len(job.Script), len(job.Rules))
		}
		for _, need := range job.Needs {
			if earlier := slices.Index(p.Stages, p.Jobs[need].Stage); earlier < 0 || earlier >= stage {
				t.Errorf("%s needs %s, which is no job of an earlier stage", name, need)
			}
		}
		forMerge := job.Rules[0].If == `$CI_PIPELINE_SOURCE == "merge_request_event"`
		forMain := strings.HasPrefix(job.Rules[0].If, "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH")
		if forMerge == forMain || len(job.Rules) != 1 {
			t.Errorf("%s runs where? %v", name, job.Rules)
		}
		if job.Stage != "check" && (job.Interruptible == nil || *job.Interruptible) {
			t.Errorf("%s is cut short by the next push", name)
		}
		if job.Stage == "publish" && job.ResourceGroup == "" {
			t.Errorf("two of %s run at once", name)
		}
	}
	if p.Jobs["check"].Artifacts.When != "always" || p.Jobs["check"].Artifacts.Reports["codequality"] == "" {
		t.Error("a check that fails reports nothing")
	}
}

// TestGitLabScripts holds the scripts against shellcheck, as GitLab runs them: in bash, that ends with the first line that fails.
func TestGitLabScripts(t *testing.T) {
	path := shellcheck(t)
	if path == "" {
		t.Skip("shellcheck is not installed")
	}
	p := gitlabOf(t)
	for name, job := range p.Jobs {
		cmd := exec.Command(path, "--shell=bash", "-")
		cmd.Stdin = strings.NewReader("set -eo pipefail\n" + strings.Join(append(slices.Clone(p.Default.Before), job.Script...), "\n"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %s", name, out)
		}
	}
}
