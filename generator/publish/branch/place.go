package branch

import (
	"fmt"
	"strings"
)

// Scheme opens every destination that is a branch.
const Scheme = "git:"

// Forms says how a branch is written as a destination, for hints.
const Forms = "git:BRANCH, git:REMOTE#BRANCH or git:URL#BRANCH"

// A Place is a branch as a person names it.
type Place struct {
	Repository string // the name of a remote, a URL or a folder; "" for the remote that the repository of the site has
	Branch     string
}

// ParsePlace reads git:BRANCH and git:REPOSITORY#BRANCH. Whether there is such a repository is not looked into.
func ParsePlace(text string) (Place, error) {
	rest, ok := strings.CutPrefix(text, Scheme)
	if !ok {
		return Place{}, fmt.Errorf("%q does not begin with %q", hidden(text), Scheme)
	}
	p := Place{Branch: rest}
	if cut := strings.LastIndex(rest, "#"); cut >= 0 {
		p.Repository, p.Branch = rest[:cut], rest[cut+1:]
		if p.Repository == "" {
			return Place{}, &Error{Text: fmt.Sprintf("%q names no repository before the #", text), Hint: "write " + Forms}
		}
	}
	switch {
	case p.Branch == "" && p.Repository != "":
		return Place{}, &Error{Text: fmt.Sprintf("%q names no branch after the #", hidden(text)), Hint: "write git:" + hidden(p.Repository) + "#gh-pages"}
	case p.Branch == "":
		return Place{}, &Error{Text: fmt.Sprintf("%q names no branch", text), Hint: "write " + Forms}
	case p.Repository == "" && looksLikeRepository(p.Branch):
		return Place{}, &Error{Text: fmt.Sprintf("%q names a repository and no branch", hidden(text)), Hint: "write " + hidden(text) + "#gh-pages"}
	case strings.HasPrefix(p.Repository, "-") || strings.HasPrefix(p.Branch, "-"):
		return Place{}, &Error{Text: fmt.Sprintf("%q is no branch: git would take the dash for a flag", hidden(text)), Hint: "write " + Forms}
	}
	return p, nil
}

// looksLikeRepository tells what can only be an address from what can be the name of a branch: no branch has a colon, ends in a dot or begins with one.
func looksLikeRepository(text string) bool {
	return strings.Contains(text, ":") || strings.HasPrefix(text, "/") || strings.HasPrefix(text, ".") || strings.HasSuffix(text, ".git") ||
		strings.HasPrefix(text, "~") || strings.Contains(text, `\`)
}

// isAddress reports whether the repository of a place is a URL or a folder, and not the name of a remote.
func (p Place) isAddress() bool {
	return looksLikeRepository(p.Repository) || strings.Contains(p.Repository, "/")
}

// String gives the place as it was typed, without what may be a password.
func (p Place) String() string {
	if p.Repository == "" {
		return Scheme + p.Branch
	}
	return Scheme + hidden(p.Repository) + "#" + p.Branch
}

// hidden takes users and passwords out of URLs in a text: a token that somebody pasted into one would end up in logs. A token can be the user too.
func hidden(text string) string {
	var b strings.Builder
	for {
		begin := strings.Index(text, "://")
		if begin < 0 {
			return b.String() + text
		}
		begin += len("://")
		b.WriteString(text[:begin])
		text = text[begin:]
		authority := text
		if end := strings.IndexAny(text, "/?# \t\n'\""); end >= 0 {
			authority = text[:end]
		}
		if at := strings.LastIndex(authority, "@"); at >= 0 {
			if authority[:at] != "git" {
				b.WriteString("***")
				text = text[at:]
			}
		}
	}
}

// An Error is what stands in the way, with what git said of it and what to type.
type Error struct {
	Text  string
	Words []string // git's own, line by line
	Hint  string
	Err   error
}

// Error gives the text, and below it git's own words.
func (e *Error) Error() string {
	text := e.Text
	for _, line := range e.Words {
		text += "\n  git: " + line
	}
	return text
}

// Unwrap gives the error below, if there is one.
func (e *Error) Unwrap() error { return e.Err }

// Advice gives the hint.
func (e *Error) Advice() string { return e.Hint }
