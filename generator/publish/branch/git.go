package branch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A git runs the program git in one place.
type git struct {
	program string
	env     []string
	folder  string // that it runs in
}

// misleading are variables that a hook, or a script around one, has set for another repository or another index (git rev-parse --local-env-vars). Those that
// carry settings stay: continuous integration passes credentials in them.
var misleading = []string{"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
	"GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_LITERAL_PATHSPECS"}

// environment gives the variables that git runs with: the user's, but for those that would lead it elsewhere, and messages that can be told from each other.
func environment(env []string) []string {
	clean := slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(misleading, name) || name == "LANGUAGE"
	})
	return append(clean, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
}

// plumbing are settings under which git handles objects and a temporary index as it does everywhere: whatever the user has set for a working tree has no say in
// what is published.
var plumbing = []string{"-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "-c", "core.splitIndex=false",
	"-c", "index.sparse=false", "-c", "core.sparseCheckout=false", "-c", "core.ignoreCase=false", "-c", "core.precomposeUnicode=false", "-c", "i18n.commitEncoding=UTF-8",
	"-c", "user.useConfigOnly=true"}

// A call is one run of git.
type call struct {
	stdin io.Reader
	index string // the file of a temporary index
}

// patience is how long git may take to clean up after an interrupt.
const patience = 5 * time.Second

// run runs git and gives what it printed. What it complained of is in the error.
func (g *git) run(ctx context.Context, c call, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, g.program, args...)
	cmd.Dir, cmd.Env, cmd.Stdin = g.folder, g.env, c.stdin
	if c.index != "" {
		cmd.Env = append(slices.Clip(g.env), "GIT_INDEX_FILE="+c.index)
	}
	cmd.Cancel = func() error { // so that it takes its locks away
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			return cmd.Process.Kill()
		}
		return nil
	}
	cmd.WaitDelay = patience
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return stdout.Bytes(), &failure{verb: verbOf(args), words: stderr.String(), err: err}
	}
	return stdout.Bytes(), nil
}

// line is run for what prints one line.
func (g *git) line(ctx context.Context, args ...string) (string, error) {
	out, err := g.run(ctx, call{}, args...)
	return strings.TrimRight(string(out), "\r\n"), err
}

// plumb is run for objects and indexes.
func (g *git) plumb(ctx context.Context, c call, args ...string) ([]byte, error) {
	return g.run(ctx, c, append(slices.Clip(plumbing), args...)...)
}

// verbOf gives the command in git's arguments: the first that is no setting.
func verbOf(args []string) string {
	for i := 0; i < len(args); i++ {
		if args[i] == "-c" {
			i++
			continue
		}
		return args[i]
	}
	return ""
}

// A failure is a run of git that did not end well.
type failure struct {
	verb  string
	words string
	err   error
}

func (f *failure) Error() string {
	words := quoted(f.words)
	if len(words) == 0 {
		return fmt.Sprintf("git %s: %v", f.verb, f.err)
	}
	return fmt.Sprintf("git %s: %s", f.verb, strings.Join(words, "; "))
}

func (f *failure) Unwrap() error { return f.err }

// exitOf gives the exit code of a git that did not end well, -1 for one that did not run.
func exitOf(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	return -1
}

// exitUsage is git's exit code for a flag that it does not know.
const exitUsage = 129

// maxWords is how many lines of git's are quoted.
const maxWords = 12

// quoted gives what git printed as lines for a person: without progress, empty lines and secrets.
func quoted(words string) []string {
	var lines []string
	for line := range strings.SplitSeq(words, "\n") {
		if cut := strings.LastIndex(strings.TrimRight(line, "\r"), "\r"); cut >= 0 { // progress is written over itself
			line = line[cut+1:]
		}
		line = strings.TrimRight(printable(hidden(line)), " \t")
		if bare := strings.TrimSpace(strings.TrimPrefix(line, "remote:")); bare == "" || strings.HasPrefix(line, "hint: ") {
			continue // git's hints are on merging, which nobody is about to do
		}
		lines = append(lines, line)
	}
	if len(lines) > maxWords {
		lines = append(lines[:maxWords:maxWords], fmt.Sprintf("(%d more lines)", len(lines)-maxWords))
	}
	return lines
}

// printable takes out what would move a terminal's cursor, change its colours or turn its letters round: the words come from somebody else's server.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return r
	}, line)
}

// said gives git's words of an error, and the error's own where git said nothing.
func said(err error) []string {
	var f *failure
	if errors.As(err, &f) {
		if words := quoted(f.words); len(words) > 0 {
			return words
		}
	}
	return []string{err.Error()}
}
