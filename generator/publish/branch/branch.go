// Package branch publishes a site to a branch of a git repository, for hosts that serve one: GitHub Pages, GitLab Pages, Cloudflare Pages, Netlify.
//
// In come a site, a plan and the address of the branch; out comes one commit on top of the branch's last one, pushed, or nothing: at every moment the branch is
// as it was or has the whole new site. It never forces, so that what somebody else pushed meanwhile is looked at and built upon. What others keep in the branch,
// such as CNAME, stays.
//
// All of it is done by the program git, with the credentials, hooks and settings that its user has given it: nothing else talks to the other repository. Nothing
// is checked out: neither the working tree, the index, HEAD nor a branch of the user's repository is read or changed, and no filter, attribute or line ending of
// theirs has a say in the bytes. Where the address is no remote of theirs, a temporary repository takes the place of it, with the last commit alone.
package branch

import (
	"context"
	"fmt"

	"candor/generator/publish"
)

// A Job is what is to be published.
type Job struct {
	Site *publish.Site
	Plan *publish.Plan
	// Again works out the plan anew when somebody else pushed meanwhile: the branch may hold a newer site now.
	Again   func(context.Context) (*publish.Plan, error)
	Options publish.Options
}

// A Result is what came of it.
type Result struct {
	Plan    *publish.Plan // the one that was followed
	Outcome publish.Outcome
	Commit  string // its id; "" when there was nothing to commit
	Others  int    // how often somebody else pushed meanwhile
}

// attempts is how often a branch is built upon that moves all the time.
const attempts = 5

// Run does what a plan says, as one commit that is pushed.
func (b *Branch) Run(ctx context.Context, j Job) (Result, error) {
	r := Result{Plan: j.Plan}
	if j.Plan.Nothing() {
		return r, nil
	}
	j.Options.Linger = -1 // nobody sees the pages that come before the deletions
	message := func() string { return messageFor(j.Site.Facts, b.counts) }
	for {
		outcome, err := publish.Run(ctx, b, r.Plan, j.Options)
		if err != nil {
			return r, err
		}
		commit, moved, err := b.commit(ctx, message)
		if !moved {
			if err == nil {
				r.Outcome, r.Commit = outcome, commit
			}
			return r, err
		}
		if r.Others++; r.Others == attempts {
			return r, &Error{Text: fmt.Sprintf("somebody else pushed to branch %q of %q each time that a commit was ready", b.place.Branch, b.repo.shown), Err: err,
				Hint: "run it again when nobody else does"}
		}
		if err := b.refresh(ctx); err != nil {
			return r, err
		}
		if r.Plan, err = j.Again(ctx); err != nil {
			return r, err
		}
	}
}
