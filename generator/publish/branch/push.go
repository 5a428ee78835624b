package branch

import (
	"context"
	"fmt"
	"strings"
)

// push asks the other repository to make a commit the last one of the branch. It never forces: a branch that has another last commit than this one's parent stays.
func (r *repository) push(ctx context.Context, commit, branch string) error {
	ref := "refs/heads/" + branch
	out, err := r.run(ctx, call{}, "push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--", r.remote, commit+":"+ref)
	if err == nil || ctx.Err() != nil {
		return err
	}
	status, words := statusOf(string(out), ref), said(err)
	text := fmt.Sprintf("git did not push to branch %q of %q", branch, r.shown)
	if status != "" {
		text += ": " + status
	}
	return &Error{Text: text, Words: words, Hint: pushHint(status + "\n" + strings.Join(words, "\n")), Err: err}
}

// statusOf gives what git push --porcelain says of a ref that was refused: "[remote rejected] (pre-receive hook declined)".
func statusOf(out, ref string) string {
	for line := range strings.Lines(out) {
		fields := strings.SplitN(strings.TrimRight(line, "\n"), "\t", 3)
		if len(fields) == 3 && fields[0] == "!" && strings.HasSuffix(fields[1], ":"+ref) {
			return printable(fields[2])
		}
	}
	return ""
}

// pushHint says what to do about a push that was refused, by what is known of hosts' words.
func pushHint(words string) string {
	lower := strings.ToLower(words)
	for _, h := range []struct{ sign, hint string }{
		{"protected branch", "the host protects the branch: let this account push to it, or publish to another branch"},
		{"branch is currently checked out", "somebody works in that repository with the branch checked out: publish to another branch, or to a bare repository"},
		{"hook declined", "a hook of the repository refused it; its words are above"},
		{"permission", "the key or token may read and not write: let it push to the repository"},
		{"403", "the key or token may read and not write: let it push to the repository"},
		{"authentication", "is there a key or token for it? `git push --dry-run` asks the same question"},
		{"could not read username", "is there a key or token for it? `git push --dry-run` asks the same question"},
	} {
		if strings.Contains(lower, h.sign) {
			return h.hint
		}
	}
	return "nothing was published; the branch is as it was"
}
