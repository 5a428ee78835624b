package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"

	"candor/generator/addition"
	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/parse"
	"candor/generator/scan"

	"github.com/spf13/cobra"
)

// An addOrder says what is to be added.
type addOrder struct {
	id, title, owner string
	on               string
	print            bool

	name, website, status string // of a sub-processor
	source                []string
	product               bool
	topic, provider       string
}

func (a *app) addCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add KIND ID",
		Short: "Write the file that a new vendor, policy, flow, answer, model or control begins with",
		Long: `Write a good beginning of a new record: what is known with its source, and TODO where only you know.
` + "`candor check`" + ` reports each TODO until it is filled in. A file that is there already is never
written over; an answer, a model or a control goes behind the last one of its file.

Exit 0: written. Exit 2: it is there already, or something else is in the way.`,
		Example: `  candor add subprocessor openai
  candor add policy incident-response --owner security-lead
  candor add flow reply-drafts --source services/drafts
  candor add answer customer-mfa --topic access`,
		Args: func(_ *cobra.Command, args []string) error {
			kinds := []string{"subprocessor", "policy", "flow", "answer", "model", "control"}
			if len(args) == 0 {
				return advice{errors.New("candor add needs a kind and an id"), "write `candor add subprocessor openai`; kinds are " + strings.Join(kinds, ", ")}
			}
			hint := "kinds are " + strings.Join(kinds, ", ")
			if near, ok := diag.Nearest(args[0], kinds); ok {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			return advice{fmt.Errorf("no kind %q", args[0]), hint}
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.addSubprocessorCommand(), a.addPolicyCommand(), a.addFlowCommand(), a.addAnswerCommand(), a.addModelCommand(), a.addControlCommand())
	return cmd
}

// addKind makes the command of one kind, with the flags that all kinds have.
func (a *app) addKind(kind, example, short string, o *addOrder, add func(r *room, o *addOrder) error) *cobra.Command {
	cmd := &cobra.Command{
		Use:     kind + " ID",
		Short:   short,
		Example: "  " + example,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return advice{fmt.Errorf("%s takes one id", cmd.CommandPath()), "write `" + example + "`"}
		},
		RunE: func(_ *cobra.Command, args []string) error {
			o.id = args[0]
			r, err := a.roomToAdd(o)
			if err != nil {
				return err
			}
			return add(r, o)
		},
	}
	cmd.Flags().BoolVar(&o.print, "print", false, "print it, and write nothing")
	if kind != "subprocessor" {
		cmd.Flags().StringVar(&o.title, "title", "", "what readers call it: `TEXT` (default made from the id)")
	}
	if kind != "subprocessor" && kind != "model" {
		cmd.Flags().StringVar(&o.owner, "owner", "", "who answers for it: the `ID` of an owner in site.yaml")
	}
	return cmd
}

// roomToAdd gives the room for an order. Only what is printed needs no content.
func (a *app) roomToAdd(o *addOrder) (*room, error) {
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return nil, advice{fmt.Errorf("no site folder %q", a.dir), "`candor new DIR` makes one; -C DIR names another"}
	}
	defer root.Close()
	if err := a.hasContent(root.FS()); err != nil && !o.print {
		return nil, err
	}
	r, err := a.room()
	if err != nil {
		return nil, err
	}
	if o.owner != "" && r.site.Find("owner", o.owner) == nil && len(r.site.Config.Owners) > 0 {
		return nil, advice{fmt.Errorf("no owner %q", o.owner), diag.Suggest(o.owner, addition.Of(r.site).Owners)}
	}
	return r, nil
}

// goodID refuses an id that is none, with one that would do.
func goodID(id, kind string) error {
	if problem, hint := parse.IDProblem(id, kind); problem != "" {
		return advice{errors.New(problem), hint}
	}
	return nil
}

func (a *app) addSubprocessorCommand() *cobra.Command {
	o := &addOrder{}
	cmd := a.addKind("subprocessor", "candor add subprocessor openai", "Write the file of a vendor, with what is publicly known of it", o, a.addSubprocessor)
	cmd.Long = `Write content/subprocessors/ID.yaml. Of a vendor that Candor knows, identity and links are filled in, each with
its source, and what it publishes on training and retention stands there as comments: what holds is your
contract. ID is the id, the name or another name of it; ` + "`candor vendors`" + ` lists them. Of any other vendor,
--name and --website are needed.

Without --status it is active where a live flow or the source code of a flow uses it, planned otherwise.`
	cmd.Flags().StringVar(&o.name, "name", "", "the `NAME` of a vendor that Candor does not know")
	cmd.Flags().StringVar(&o.website, "website", "", "its `ADDRESS`: https://acme.example")
	cmd.Flags().StringVar(&o.status, "status", "", "planned or active (default by what uses it)")
	cmd.Flags().StringVar(&o.on, "on", "", "begin it on this `DATE` (default today, UTC)")
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return a.vendorIDs(), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

func (a *app) addSubprocessor(r *room, o *addOrder) error {
	on, err := a.day(o.on)
	if err != nil {
		return err
	}
	if o.status != "" && o.status != model.StatusPlanned && o.status != model.StatusActive {
		return advice{fmt.Errorf("no status %q to begin with", o.status), "write --status planned or --status active"}
	}
	v, err := r.vendorToAdd(o)
	if err != nil {
		return err
	}
	if v.Known != nil && !o.print {
		if there := r.listed(v, on); there != nil {
			return advice{fmt.Errorf("%q is on the list already: %s", v.ID.Value, there.File.Path), fmt.Sprintf("write into that file; `candor add subprocessor %s --print` shows what a new one would hold", v.ID.Value)}
		}
	}
	status, why := o.status, ""
	if status == "" {
		status, why = a.statusOf(r, v)
	}
	return a.write(addition.SubprocessorPath(v.ID.Value), addition.Of(r.site).Subprocessor(v, status, why, on), o)
}

// vendorToAdd gives the vendor that an order means, or a bare one.
func (r *room) vendorToAdd(o *addOrder) (*catalog.Vendor, error) {
	if v := r.catalog.Lookup(o.id); v != nil && (o.name == "" || o.website == "") {
		return v, nil
	}
	if o.name == "" || o.website == "" {
		unknown := noVendor(r.catalog, o.id)
		if problem, _ := parse.IDProblem(o.id, "page"); problem == "" {
			var adv advice
			errors.As(unknown, &adv)
			typed := fmt.Sprintf("`candor add subprocessor %s --name NAME --website https://...` writes one that Candor does not know", o.id)
			if strings.HasPrefix(adv.hint, "did you mean") {
				typed = adv.hint + " Else " + typed
			}
			return nil, advice{adv.error, typed}
		}
		return nil, unknown
	}
	if err := goodID(o.id, "page"); err != nil {
		return nil, err
	}
	if u, err := url.Parse(o.website); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil, advice{fmt.Errorf("--website %q is no web address", o.website), "write it with https://"}
	}
	v := &catalog.Vendor{}
	v.ID, v.Name, v.Website = model.Text{Value: o.id}, model.Text{Value: o.name}, model.Text{Value: o.website}
	return v, nil
}

// statusOf tells whether a vendor is in use: by a live flow of the content, or by the source code that flows name.
func (a *app) statusOf(r *room, v *catalog.Vendor) (status, why string) {
	for _, f := range r.site.Flows {
		for _, s := range f.Steps {
			if f.IsLive() && s.In.Value == v.ID.Value {
				return model.StatusActive, fmt.Sprintf("live flow %q uses it", f.ID.Value)
			}
		}
	}
	root, err := os.OpenRoot(a.dir)
	if err != nil || v.Known == nil {
		return model.StatusPlanned, ""
	}
	defer root.Close()
	for _, s := range scan.Folders(root.FS(), r.site.SourceFolders(), func() *catalog.Catalog { return r.catalog }).Signs {
		if s.Vendor == v.Known && s.Strength == model.SignStrong {
			at := s.At.Position()
			return model.StatusActive, fmt.Sprintf("%s:%d shows it in use: %s", at.Path, at.Line, s.Seen)
		}
	}
	return model.StatusPlanned, ""
}

func (a *app) addPolicyCommand() *cobra.Command {
	o := &addOrder{}
	cmd := a.addKind("policy", "candor add policy incident-response", "Write the file of a policy, with the sections of its subject", o, a.addPolicy)
	cmd.Long = `Write content/policies/ID.md. There is a beginning in plain words for the subjects that auditors ask for:
` + wrapped(addition.Subjects(), 100) + `.
A policy about anything else begins with the sections that every policy has.

Its approval is left open: ` + "`candor approve ID --by OWNER`" + ` writes it once the text is right.`
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return addition.Subjects(), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// wrapped puts words in lines for a help text.
func wrapped(words []string, width int) string {
	text, line := "", 0
	for i, w := range words {
		if i > 0 {
			text += ","
			if line+2+len(w) > width {
				text, line = text+"\n", 0
			} else {
				text, line = text+" ", line+2
			}
		}
		text, line = text+w, line+len(w)
	}
	return text
}

func (a *app) addPolicy(r *room, o *addOrder) error {
	if err := goodID(o.id, "page"); err != nil {
		return err
	}
	if near, ok := diag.Nearest(o.id, addition.Subjects()); ok && addition.SubjectOf(o.id) == "" && o.title == "" {
		return advice{fmt.Errorf("no beginning for %q", o.id), fmt.Sprintf(`did you mean %q? With --title "..." a policy about anything else is written`, near)}
	}
	if subject := addition.SubjectOf(o.id); subject != "" && o.title == "" && !o.print {
		for _, p := range r.site.Policies {
			if p.ID.Value != o.id && addition.SubjectOf(p.ID.Value) == subject {
				return advice{fmt.Errorf("policy %q is about that already: %s", p.ID.Value, p.File.Path), `write there; with --title "..." another one is written`}
			}
		}
	}
	return a.write(addition.PolicyPath(o.id), addition.Of(r.site).Policy(o.id, o.title, o.owner), o)
}

func (a *app) addFlowCommand() *cobra.Command {
	o := &addOrder{}
	cmd := a.addKind("flow", "candor add flow reply-drafts --source services/drafts", "Write the file of a data flow, with a step for each stage", o, a.addFlow)
	cmd.Flags().StringArrayVar(&o.source, "source", nil, "a `FOLDER` of its source code, from the site folder on: vendors that show there get a step; may be repeated")
	cmd.Flags().BoolVar(&o.product, "product", false, "of a feature that calls no model")
	return cmd
}

func (a *app) addFlow(r *room, o *addOrder) error {
	if err := goodID(o.id, "page"); err != nil {
		return err
	}
	order := addition.FlowOrder{ID: o.id, Title: o.title, Owner: o.owner, Product: o.product, Source: o.source}
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	var folders []string
	for _, s := range o.source {
		folder := path.Clean(strings.TrimPrefix(s, "/"))
		if !fs.ValidPath(folder) || !isFolder(root.FS(), folder) {
			return advice{fmt.Errorf("no folder %q in %s", s, shown(a.dir)), "name a folder of source code from the site folder on; take --source away to write it yourself"}
		}
		folders = append(folders, folder)
	}
	for _, s := range scan.Folders(root.FS(), folders, func() *catalog.Catalog { return r.catalog }).Signs {
		if s.Vendor == nil || s.Strength != model.SignStrong || !s.Vendor.Receives {
			continue
		}
		id := s.Vendor.ID
		if declared, _ := r.roster.Standing(s.Vendor, model.DayOf(a.now())); len(declared) > 0 {
			id = declared[0].ID.Value
		}
		switch v := r.catalog.Find(s.Vendor.ID); {
		case slices.Contains(order.Models, id) || slices.Contains(order.Others, id):
		case slices.Contains([]string{"model", "inference-host"}, addition.RoleOf(v)) && !o.product:
			order.Models = append(order.Models, id)
		default:
			order.Others = append(order.Others, id)
		}
	}
	return a.write(addition.FlowPath(o.id), addition.Of(r.site).Flow(order), o)
}

// write writes a file that is not there yet, or prints it.
func (a *app) write(name string, data []byte, o *addOrder) error {
	if o.print {
		_, err := a.stdout.Write(data)
		return err
	}
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("make the folder %q: %w", path.Dir(name), cause(err))
	}
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return advice{fmt.Errorf("%q is there already", name), "write into that file, or choose another id; --print prints what a new one would hold"}
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", name, cause(err))
	}
	if _, err = file.Write(data); err == nil {
		err = file.Close()
	} else {
		file.Close()
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", name, cause(err))
	}
	a.added(name, string(data))
	return nil
}

// added says what was written, how much is left to do, and how to go on.
func (a *app) added(place, text string) {
	left := 0
	for line := range strings.Lines(text) {
		if said, _, _ := strings.Cut(line, " # "); !strings.HasPrefix(strings.TrimSpace(line), "#") && strings.Contains(said, addition.Todo) {
			left++
		}
	}
	a.say("%s: written, with %s to fill in\nnext: candor check\n", place, count(left, "line"))
}
