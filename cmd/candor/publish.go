package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/publish"
	"candor/generator/publish/branch"

	"github.com/spf13/cobra"
)

// publishFlags say what is published, how, and in spite of what.
type publishFlags struct {
	on, baseURL, site, source           string
	strict, dryRun                      bool
	format                              string
	endpoint, region, profile, compress string
	insecure, thorough, prune           bool
	linger                              time.Duration

	beside, replace, older, moved, forget bool
}

func (f publishFlags) gzip() bool { return f.compress == "gzip" }

func (a *app) publishCommand() *cobra.Command {
	var f publishFlags
	cmd := &cobra.Command{
		Use:   "publish DEST",
		Short: "Upload what changed of the built site to a bucket, a folder or a branch",
		Long: `Upload what changed of the site in public/, in an order that never shows a broken link.

DEST is one of
  s3://BUCKET/PREFIX   a bucket of AWS, or with --endpoint of any store that speaks S3
  ./FOLDER, /FOLDER    a folder, such as one that a web server serves
  git:BRANCH           a branch of the repository that the site folder lies in, at its remote
  git:REMOTE#BRANCH    the same at another of its remotes
  git:URL#BRANCH       a branch of any repository; a folder is a URL too

What changed is told by the bytes and by a record that is kept in the place, .candor/published.json.
Only what an earlier publish wrote is written over or deleted. An upload that was interrupted is
taken up by the next one. A site is published when its content has no errors today, when it was built from this content, as on
today, and for the address in site.yaml, and when the place does not hold another or a newer one.

Exit 0: it is published. Exit 1: the content has gaps; nothing was published. Exit 2: something
else is in the way.`,
		Example: `  candor publish s3://trust-example --dry-run
  candor publish s3://trust --endpoint https://ACCOUNT.r2.cloudflarestorage.com
  candor publish git:gh-pages
  candor publish /srv/www/trust --compress gzip`,
		Args: arguments(1, 1, "candor publish DEST"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.publish(cmd.Context(), args[0], f) },
	}
	flags := cmd.Flags()
	flags.BoolVarP(&f.dryRun, "dry-run", "n", false, "print what would be done, and why; change nothing")
	flags.StringVar(&f.format, "format", string(formatText), "print the plan as `FORMAT`: text or json")
	flags.StringVar(&f.site, "site", "public", "publish the site in `FOLDER`, which candor build wrote")
	flags.StringVar(&f.on, "on", "", "check as on this `DATE` (default today, UTC)")
	flags.StringVar(&f.baseURL, "base-url", "", "the `URL` that the site was built for, in the place of base_url in site.yaml")
	flags.StringVar(&f.source, "source", "", sourceUsage)
	flags.BoolVar(&f.strict, "strict", false, "publish nothing when there are warnings either")
	flags.StringVar(&f.endpoint, "endpoint", "", "of a bucket: the `URL` of the store (default AWS, or what the environment says)")
	flags.StringVar(&f.region, "region", "", "of a bucket: its `REGION`, where the store does not say it")
	flags.StringVar(&f.profile, "profile", "", "of a bucket: the `NAME` of the profile in ~/.aws (default what the environment says)")
	flags.BoolVar(&f.insecure, "insecure", false, "of a bucket: allow http to another machine")
	flags.BoolVar(&f.thorough, "thorough", false, "of a bucket: look at the headers of every file, not only of those that may have changed")
	flags.StringVar(&f.compress, "compress", "", "`HOW` texts are kept: gzip (in a bucket under their names, in a folder beside them)")
	flags.BoolVar(&f.prune, "prune", false, "delete at once the assets that pages open in browsers may still ask for, not at a later publish")
	flags.DurationVar(&f.linger, "linger", 5*time.Second, "wait this long after the last new page before the first page is deleted")
	flags.BoolVar(&f.beside, "beside", false, "publish where others keep files, and leave theirs alone")
	flags.BoolVar(&f.replace, "replace", false, "the same, and write over theirs where the site has files of the same names")
	flags.BoolVar(&f.older, "older", false, "publish though a site of a later day is there")
	flags.BoolVar(&f.moved, "moved", false, "publish though the site that is there has another base_url")
	flags.BoolVar(&f.forget, "forget-changes", false, "publish though changes that readers were told of are not in this site")
	return cmd
}

// known refuses flags that say nothing about the destination.
func (f publishFlags) known(d destination) error {
	switch {
	case f.format != string(formatText) && f.format != string(formatJSON):
		return advice{fmt.Errorf("no format %q", f.format), "write --format text or json"}
	case f.compress != "" && !f.gzip():
		return advice{fmt.Errorf("--compress %q is not known", f.compress), "write --compress gzip"}
	case f.gzip() && d.isBranch():
		return advice{errors.New("a branch is not compressed"), "leave --compress away: hosts that serve branches compress by themselves"}
	case d.bucket != "":
		return nil
	}
	for _, flag := range []struct {
		name string
		set  bool
	}{{"--endpoint", f.endpoint != ""}, {"--region", f.region != ""}, {"--profile", f.profile != ""}, {"--insecure", f.insecure}, {"--thorough", f.thorough}} {
		if flag.set {
			return advice{fmt.Errorf("%s is for buckets, and %q is none", flag.name, d), "write s3://BUCKET, or leave " + flag.name + " away"}
		}
	}
	return nil
}

// String gives the destination as it was typed, without what may be a password.
func (d destination) String() string {
	if d.isBranch() {
		return d.branch.String()
	}
	return d.typed
}

// options gives what the packages below are told.
func (f publishFlags) options(a *app) publish.Options {
	o := publish.Options{Now: a.now, Older: f.older, Moved: f.moved, Prune: f.prune, Thorough: f.thorough, Linger: f.linger}
	if f.linger <= 0 {
		o.Linger = -1
	}
	switch {
	case f.replace:
		o.Foreign = publish.Replace
	case f.beside:
		o.Foreign = publish.Beside
	}
	return o
}

func (a *app) publish(ctx context.Context, typed string, f publishFlags) error {
	began := a.now()
	d, err := parseDestination(typed)
	if err != nil {
		return err
	}
	if err := f.known(d); err != nil {
		return err
	}
	fit, err := a.fit(f)
	if err != nil || fit.site == nil {
		return err
	}
	to, err := a.open(ctx, d, f)
	if err != nil {
		return err
	}
	defer to.close()
	o := f.options(a)
	planned := func(ctx context.Context) (*publish.Plan, error) { return a.plan(ctx, fit, to, f, o) }
	plan, err := planned(ctx)
	if err != nil {
		return err
	}
	show := shownPlan{Plan: plan, place: d.String(), site: fit.site, dry: f.dryRun}
	if to.branch != nil {
		show.place, show.domain = to.branch.String(), to.branch.Domain(ctx)
	}
	if f.dryRun {
		return show.print(a, f.format)
	}
	if plan.Nothing() {
		a.say("%s: nothing to do, %s as they are to be\n", show.place, count(plan.Kept, "file"))
		show.notes(a)
		return show.finish(a, f.format, done{})
	}
	work := done{}
	bar := a.progress(plan)
	o.Progress = bar.tell
	if to.branch != nil {
		var r branch.Result
		r, err = to.branch.Run(ctx, branch.Job{Site: fit.site, Plan: plan, Again: planned, Options: o})
		show.Plan, work.Outcome, work.commit, work.others = r.Plan, r.Outcome, r.Commit, r.Others
	} else {
		work.Outcome, err = publish.Run(ctx, to.Store, plan, o)
	}
	bar.end()
	if err != nil {
		return show.interrupted(a, work, err, to.branch != nil)
	}
	work.took = a.now().Sub(began)
	show.summary(a, work)
	return show.finish(a, f.format, work)
}

// plan looks at the place and works out what is to be done there.
func (a *app) plan(ctx context.Context, fit fitting, to place, f publishFlags, o publish.Options) (*publish.Plan, error) {
	there, err := publish.Look(ctx, to.Store, o)
	if err != nil {
		return nil, err
	}
	plan, err := publish.NewPlan(fit.site, there, to.Manner(), o)
	if err != nil {
		return nil, inSpite(err, to)
	}
	if there.State != nil && !f.forget {
		if err := forgotten(ctx, to.Store, fit); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

// inSpite adds the flag that goes on in spite of a refusal to its hint.
func inSpite(err error, to place) error {
	problem, ok := errors.AsType[*publish.Error](err)
	if !ok {
		return err
	}
	switch problem.Kind {
	case publish.KindForeign:
		hint := "--beside publishes beside what is there and leaves it alone, --replace writes over files that have the names of the site's"
		if to.branch != nil && to.branch.IsDefault() {
			hint = "it is the branch that clones check out: git:gh-pages keeps the site apart; " + hint
		}
		return advice{fmt.Errorf("%s holds what candor did not publish: %w", to, err), hint}
	case publish.KindCollision:
		return advice{err, problem.Hint + "; --replace writes over it"}
	case publish.KindOtherSite:
		return advice{err, problem.Hint + "; --moved puts this site in its place"}
	case publish.KindOlder:
		return advice{err, problem.Hint + "; --older publishes this one all the same"}
	}
	return err
}

// stops gives the findings that stop a publish.
func stops(list *diag.List, strict bool) []diag.Finding {
	if !list.Fails(strict) {
		return nil
	}
	return slices.Clone(list.Findings())
}
