package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/seal"
	"candor/generator/share"
	"candor/generator/source"

	"github.com/spf13/cobra"
)

func (a *app) shareCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "share",
		Short: "Send answers to one customer by link, private ones included",
		Long: `Make a sealed page for one customer: answers, also those that are not public, at an address that
nobody can guess, readable with the whole link alone. The key stands behind the # of the link, which
no browser sends to a server. The page is there from the next build and upload on, until its last day.

Keys are derived from the secret of this site, in ` + secretFile + ` or ` + secretVariable + `; without it, a site with
sealed pages is not built.`,
		Example: `  candor share new --for Northwind --answers topic:encryption,penetration-test --expires 90d
  candor share list
  candor share revoke q7m2xk4v`,
		Args: arguments(0, 0, "candor share new --for NAME --answers ID,ID"),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.shareNewCommand(), a.shareListCommand(), a.shareLinkCommand(), a.shareRevokeCommand())
	return cmd
}

// A shareFlags holds what a person asks for.
type shareFlags struct {
	order         share.Order
	answers       []string
	from, expires string
	on, baseURL   string
}

func (a *app) shareNewCommand() *cobra.Command {
	var f shareFlags
	cmd := &cobra.Command{
		Use:   "new --for NAME --answers ID,ID",
		Short: "Make a sealed page, and print its link once",
		Long: `Write content/shares/ID.yaml and print the link to the page. The id is made by chance; the name of the
customer is in the file and on the page, and in no address. Answers are written down one by one: what
is added to a topic later is not on the page.

The link alone goes to standard output. Whoever has all of it can read the page: send it to nobody else,
and do not commit it.

Exit 0: made. Exit 1: an answer has gaps, and nothing was written. Exit 2: something is in the way.`,
		Example: `  candor share new --for Northwind --answers trains-on-customer-data,penetration-test
  candor share new --for Northwind --answers all --expires 2027-03-31
  candor share new --for Northwind --from acme.xlsx    their questions, each with the answer that surely fits
  candor share new --for Northwind --from ids.txt      an id a line`,
		Args: arguments(0, 0, "candor share new --for NAME --answers ID,ID"),
		RunE: func(*cobra.Command, []string) error { return a.shareNew(f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.order.For, "for", "", "the customer, `NAME`: on the page and in its file alone")
	flags.StringSliceVar(&f.answers, "answers", nil, "the answers, `ID,ID`; topic:ID for all of a topic, public, or all with the private ones")
	flags.StringVar(&f.from, "from", "", "take the answers, and the customer's questions, from `FILE`")
	flags.StringVar(&f.expires, "expires", "90d", "the last day of the page, a `DATE`, or after how long: 90d, 6m, 1y")
	flags.StringVar(&f.order.Owner, "owner", "", "the `OWNER` who answers for it, an id of site.yaml")
	flags.StringVar(&f.order.Note, "note", "", "a `TEXT` for the company's own people")
	flags.StringVar(&f.on, "on", "", "the `DATE` of today (default today, UTC)")
	flags.StringVar(&f.baseURL, "base-url", "", "the `URL` of the site, in the place of base_url in site.yaml")
	return cmd
}

func (a *app) shareNew(f shareFlags) error {
	content, err := a.checked(buildFlags{on: f.on})
	if err != nil {
		return err
	}
	order, err := a.order(f, content)
	if err != nil {
		return err
	}
	if gaps := gapsOf(content, order.Items); len(gaps) > 0 {
		return a.refuse("no page was made", gaps)
	}
	base := f.baseURL
	if base == "" {
		base = content.Site.Config.BaseURL.Value
	}
	if base == "" {
		return advice{errors.New("the site has no address"), "write base_url in site.yaml, or --base-url URL"}
	}
	secret, err := a.secretFor(content)
	if err != nil {
		return err
	}
	id, err := seal.NewID(a.random)
	if err != nil {
		return err
	}
	name := a.below(share.Path(id))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("make the folder %q: %w", filepath.Dir(name), cause(err))
	}
	if err := writeNew(name, order.File(id, secret), 0o644); err != nil {
		return err
	}
	a.say("%s: %s%s for %s, until %s\n", share.Path(id), count(len(answersOf(order.Items)), "answer"), private(content.Site, order.Items), order.For, order.Expires)
	if _, err := fmt.Fprintln(a.stdout, share.Link(base, id, secret)); err != nil {
		return fmt.Errorf("print the link: %w", err)
	}
	a.say("the page is there once the site is built and uploaded; whoever has the whole link can read it\n")
	return nil
}

// order gives what flags ask for.
func (a *app) order(f shareFlags, content *generator.Content) (share.Order, error) {
	order := f.order
	var err error
	order.On = content.On
	if order.Expires, err = until(f.expires, order.On); err != nil {
		return order, err
	}
	if order.Items, err = share.Select(content.Site, f.answers); err != nil {
		return order, err
	}
	if f.from != "" {
		items, err := a.answersFor(f.from, f)
		if err != nil {
			return order, err
		}
		if order.Items, err = share.Known(content.Site, append(items, order.Items...)); err != nil {
			return order, err
		}
	}
	return order, order.Check(content.Site)
}

// until reads the last day of a page: a date, or how long from a day on.
func until(text string, on model.Day) (model.Day, error) {
	if period, err := model.ParsePeriod(text); err == nil {
		return on.Add(period), nil
	}
	day, err := model.ParseDay(text)
	if err != nil {
		return 0, advice{fmt.Errorf("--expires %q is neither a date nor a duration", text), "write --expires 90d or --expires 2027-03-31"}
	}
	return day, nil
}

// answersOf gives the ids of the answers of items, each once.
func answersOf(items []share.Item) []string {
	var ids []string
	for _, it := range items {
		if !slices.Contains(ids, it.Answer) {
			ids = append(ids, it.Answer)
		}
	}
	return ids
}

// private names the answers of items that are not public, so that nothing goes out unseen.
func private(site *model.Site, items []share.Item) string {
	var ids []string
	for _, id := range answersOf(items) {
		if r := site.Find(model.KindAnswer, id); r != nil && !r.Published() {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d not public: %s)", len(ids), strings.Join(ids, ", "))
}

// gapsOf gives the errors in the answers of items: what is stale or unfinished goes to nobody.
func gapsOf(content *generator.Content, items []share.Item) []diag.Finding {
	var gaps []diag.Finding
	for _, id := range answersOf(items) {
		answer, ok := content.Site.Find(model.KindAnswer, id).(*model.Answer)
		if !ok {
			continue
		}
		for _, f := range content.Findings.Findings() {
			in := answer.Extent
			if f.Severity == diag.Error && f.At.File == in.File && f.At.Start >= in.Start && f.At.Start < in.End {
				gaps = append(gaps, f)
			}
		}
	}
	return gaps
}

// secretFor gives the secret for a new page: the one that the pages before were made with, a new one when there is no page yet.
func (a *app) secretFor(content *generator.Content) (seal.Secret, error) {
	secret, err := a.secret()
	if err != nil {
		return secret, err
	}
	a.warnOfReaders()
	live := content.Site.Live(content.On)
	if secret.IsZero() && len(live) == 0 {
		return a.newSecret()
	}
	locked := &generator.Locked{Missing: secret.IsZero()}
	for _, s := range live {
		if !s.Fits(secret) {
			locked.Shares = append(locked.Shares, s.ID.Value)
		}
	}
	if len(locked.Shares) > 0 {
		return secret, locked
	}
	return secret, nil
}

func (a *app) shareListCommand() *cobra.Command {
	var on string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the sealed pages: for whom, until when, and whether they are there",
		Long: `Print a line for each sealed page. Links are not printed, so that keys come into no log and no picture
of a screen; ` + "`candor share link ID`" + ` prints one again.`,
		Args: arguments(0, 0, "candor share list"),
		RunE: func(*cobra.Command, []string) error { return a.shareList(on) },
	}
	cmd.Flags().StringVar(&on, "on", "", "as on this `DATE` (default today, UTC)")
	return cmd
}

func (a *app) shareList(on string) error {
	content, err := a.checked(buildFlags{on: on})
	if err != nil {
		return err
	}
	secret, err := a.secret()
	if err != nil {
		return err
	}
	a.warnOfReaders()
	if len(content.Site.Shares) == 0 {
		a.say("no sealed pages; `candor share new --for NAME --answers ID,ID` makes one\n")
		return nil
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tFOR\tANSWERS\tCREATED\tEXPIRES\tSTATE\tLINK")
	for _, s := range content.Site.Shares {
		l := s.Letter()
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", s.ID.Value, diag.Printable(l.For), len(l.Answers), l.Made, l.Ends, s.State(content.On), linkState(s, secret))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the list: %w", err)
	}
	return nil
}

// linkState says whether the link of a page can be made again.
func linkState(s *model.Share, secret seal.Secret) string {
	switch {
	case secret.IsZero():
		return "no secret"
	case s.Fits(secret):
		return "known"
	}
	return "another secret"
}

func (a *app) shareLinkCommand() *cobra.Command {
	var on, baseURL string
	cmd := &cobra.Command{
		Use:   "link ID",
		Short: "Print the link of a sealed page once more",
		Long: `Print the link of a page that is there. Who has the secret of the site can make every link of it: this
spares a second page for a customer who has lost theirs. ID is an id, its beginning, or the address.`,
		Args: arguments(1, 1, "candor share link ID"),
		RunE: func(_ *cobra.Command, args []string) error { return a.shareLink(args[0], on, baseURL) },
	}
	cmd.Flags().StringVar(&on, "on", "", "as on this `DATE` (default today, UTC)")
	cmd.Flags().StringVar(&baseURL, "base-url", "", "the `URL` of the site, in the place of base_url in site.yaml")
	return cmd
}

func (a *app) shareLink(typed, on, base string) error {
	content, err := a.checked(buildFlags{on: on})
	if err != nil {
		return err
	}
	s, err := share.Find(content.Site, typed)
	if err != nil {
		return err
	}
	if state := s.State(content.On); state != model.ShareLive {
		return advice{fmt.Errorf("sealed page %q is %s", s.ID.Value, state), "`candor share new` makes another one"}
	}
	secret, err := a.secret()
	if err != nil {
		return err
	}
	if !s.Fits(secret) {
		return &generator.Locked{Missing: secret.IsZero(), Shares: []string{s.ID.Value}}
	}
	if base == "" {
		base = content.Site.Config.BaseURL.Value
	}
	if _, err := fmt.Fprintln(a.stdout, share.Link(base, s.ID.Value, secret)); err != nil {
		return fmt.Errorf("print the link: %w", err)
	}
	return nil
}

func (a *app) shareRevokeCommand() *cobra.Command {
	var on string
	cmd := &cobra.Command{
		Use:   "revoke ID",
		Short: "Take a sealed page back: it is gone with the next build and upload",
		Long: `Write the day into the file of the page, which is no longer built from then on; its file stays as a
record of who was sent what. ID is an id, its beginning, or the address. Whoever has read the page may
have kept what stood there.`,
		Args: arguments(1, 1, "candor share revoke ID"),
		RunE: func(_ *cobra.Command, args []string) error { return a.shareRevoke(args[0], on) },
	}
	cmd.Flags().StringVar(&on, "on", "", "the `DATE` of today (default today, UTC)")
	return cmd
}

func (a *app) shareRevoke(typed, on string) error {
	content, err := a.checked(buildFlags{on: on})
	if err != nil {
		return err
	}
	s, err := share.Find(content.Site, typed)
	if err != nil {
		return err
	}
	if s.State(content.On) == model.ShareRevoked {
		a.say("%s: revoked on %s already\n", s.File.Path, s.Internal.RevokedOn.Day)
		return nil
	}
	edit, err := share.Revoke(s, content.On)
	if err != nil {
		return err
	}
	name := a.below(s.File.Path)
	raw, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %q: %w", name, cause(err))
	}
	data, ok := s.File.Patch(raw, []source.Edit{edit})
	if !ok {
		return advice{fmt.Errorf("%s changed meanwhile", s.File.Path), "try again"}
	}
	if err := replace(name, data); err != nil {
		return err
	}
	a.say("%s: revoked; the page for %s is gone with the next build and upload\n", s.File.Path, diag.Printable(s.Internal.For.Value))
	return nil
}
