package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/disclosure"
	"candor/generator/model"
	"candor/generator/notice"

	"github.com/spf13/cobra"
)

// noticeFlags are the flags of the verb notice.
type noticeFlags struct {
	since, on, effective, baseURL, format, out string
	reworded                                   []string
	update                                     bool
}

func (a *app) noticeCommand() *cobra.Command {
	var f noticeFlags
	cmd := &cobra.Command{
		Use:   "notice --since FILE|DIR|URL",
		Short: "Write the e-mail that tells customers which sub-processors change",
		Long: `Compare the content with what was published before, and write the e-mail that contracts ask for: which
sub-processors are added, replaced, changed or leave; who they are, what for, which data, where, on what
ground; from when, until when customers may object, and how. It sends nothing and knows no customer.

Without --out the text goes to standard output, its subject in the first line. --out FILE writes one file,
in the format of its ending: .txt, .html, .eml (a draft for mail programs, with both) or .json. --out DIR
writes the first three. Changes of mere words stand last; --reworded ID leaves them out.

Exit 0: written, or customers need not hear of anything. Exit 1: the content has errors, nothing was written.`,
		Example: `  candor notice --since https://trust.fernlight.example --out notice.eml
  candor notice --since public --update    and draft the update that the notice points to`,
		Args: arguments(0, 0, "candor notice --since public"),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.notify(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.since, "since", "", "what was published before: a trust.json, the folder or the address of a site, in `PLACE`")
	cmd.Flags().StringVar(&f.on, "on", "", "the `DATE` on which the notice is sent (default today, UTC)")
	cmd.Flags().StringVar(&f.effective, "effective", "", "the `DATE` from which changes hold that no day in the content tells of (default the first that the promised notice allows)")
	cmd.Flags().StringVar(&f.baseURL, "base-url", "", "the `URL` of the site, in the place of base_url in site.yaml")
	cmd.Flags().StringVar(&f.format, "format", "", "write the notice as `FORMAT`: text, html, eml or json (default text, or the ending of --out)")
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "write into this file, or into the folder `PATH`")
	cmd.Flags().StringSliceVar(&f.reworded, "reworded", nil, "leave out the sub-processor `ID`, of which the words alone were put better")
	cmd.Flags().BoolVar(&f.update, "update", false, "draft an update in content/updates for each change that none tells of")
	return cmd
}

func (a *app) notify(ctx context.Context, f noticeFlags) error {
	files, err := a.noticeFiles(f)
	if err != nil {
		return err
	}
	n, err := a.noticeOf(ctx, f)
	if err != nil || n == nil {
		return err
	}
	if len(n.Changes) == 0 {
		a.say("no sub-processor changed in a way that customers need to hear of; nothing was written\n")
		return nil
	}
	for _, w := range n.Warnings {
		a.notice(w.Text, w.Hint)
	}
	if f.update {
		if err := a.draft(n.Drafts()); err != nil {
			return err
		}
	}
	for _, file := range files(n) {
		data, err := file.format.of(n)
		if err != nil {
			return err
		}
		if file.name == "" {
			if _, err := a.stdout.Write(data); err != nil {
				return fmt.Errorf("print the notice: %w", err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file.name), 0o755); err != nil {
			return fmt.Errorf("make the folder %q: %w", filepath.Dir(file.name), cause(err))
		}
		if err := replace(file.name, data); err != nil {
			return err
		}
		a.say("%s: %s\n", file.name, n.Subject)
	}
	return nil
}

// noticeOf compares what is to be published with what was; nil when there is nothing to compare, which it said.
func (a *app) noticeOf(ctx context.Context, f noticeFlags) (*notice.Notice, error) {
	if f.since == "" {
		return nil, advice{errors.New("there is nothing to compare with"), "name what was published before: --since with a trust.json, the folder of a site, or its address"}
	}
	var effective model.Day
	if f.effective != "" {
		day, err := model.ParseDay(f.effective)
		if err != nil {
			return nil, advice{fmt.Errorf("--effective %q is no date", f.effective), "write year, month and day: --effective 2026-12-31"}
		}
		effective = day
	}
	content, err := a.checked(buildFlags{on: f.on, baseURL: f.baseURL})
	if err != nil {
		return nil, err
	}
	if gaps := unpublishable(content.Findings.Findings()); len(gaps) > 0 {
		return nil, a.refuse("no notice was written", gaps)
	}
	if err := knownVendors(content.Site, f.reworded); err != nil {
		return nil, err
	}
	before, err := a.earlier(ctx, f.since)
	if errors.Is(err, errUnpublished) {
		a.say("%s, so there is nobody to tell of a change; nothing was written\n", err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	now := disclosure.Of(content.Site, content.On, disclosure.Options{BaseURL: f.baseURL, Version: version, Since: before})
	return notice.Of(before, now, notice.Options{On: content.On, Effective: effective, Reworded: f.reworded}), nil
}

// knownVendors gives what to say of an id that no sub-processor has.
func knownVendors(site *model.Site, named []string) error {
	var ids []string
	for _, v := range site.Subprocessors {
		ids = append(ids, v.ID.Value)
	}
	for _, id := range named {
		if site.Find(model.KindSubprocessor, id) == nil {
			hint := "name a file of content/subprocessors without its ending"
			if near, ok := diag.Nearest(id, ids); ok {
				hint = fmt.Sprintf("did you mean %s?", near)
			}
			return advice{fmt.Errorf("no sub-processor %q", id), hint}
		}
	}
	return nil
}

// draft writes updates, and leaves those alone that are there.
func (a *app) draft(drafts []notice.Draft) error {
	if len(drafts) == 0 {
		a.say("no draft of an update: each change is told by one already, or is one of words alone\n")
	}
	for _, d := range drafts {
		name := a.below(filepath.FromSlash(d.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("make the folder %q: %w", filepath.Dir(name), cause(err))
		}
		err := writeNew(name, d.Data, 0o644)
		switch {
		case errors.Is(err, fs.ErrExist):
			a.say("%s: is there already, and stays as it is\n", d.Path)
		case err != nil:
			return err
		default:
			a.say("%s: drafted; say why in it, and make the notice again\n", d.Path)
		}
	}
	return nil
}

// A noticeFormat is a way to write a notice.
type noticeFormat string

var noticeFormats = []noticeFormat{"text", "html", "eml", "json"}

// endings gives the ending of a file for each format, in their order.
var endings = []string{".txt", ".html", ".eml", ".json"}

func (f noticeFormat) of(n *notice.Notice) ([]byte, error) {
	switch f {
	case "html":
		html, err := n.HTML()
		return []byte(html), err
	case "eml":
		return n.Message()
	case "json":
		return n.JSON()
	}
	return []byte("Subject: " + n.Subject + "\n\n" + n.Text()), nil
}

// A noticeFile is where a notice goes, standard output when it has no name.
type noticeFile struct {
	name   string
	format noticeFormat
}

// noticeFiles gives where a notice goes, from the flags.
func (a *app) noticeFiles(f noticeFlags) (func(*notice.Notice) []noticeFile, error) {
	format := noticeFormat(f.format)
	if format != "" && !slices.Contains(noticeFormats, format) {
		return nil, advice{fmt.Errorf("no format %q", f.format), "write --format text, html, eml or json"}
	}
	one := func(file noticeFile) func(*notice.Notice) []noticeFile {
		return func(*notice.Notice) []noticeFile { return []noticeFile{file} }
	}
	if f.out == "" {
		return one(noticeFile{format: format}), nil
	}
	name := a.below(f.out)
	if info, err := os.Stat(name); err == nil && info.IsDir() || strings.HasSuffix(f.out, "/") {
		if format != "" {
			return nil, advice{fmt.Errorf("%q is a folder, into which every format is written", f.out), "leave --format away, or name a file"}
		}
		return func(n *notice.Notice) []noticeFile {
			var all []noticeFile
			for i, ending := range endings[:3] {
				all = append(all, noticeFile{filepath.Join(name, "notice-"+n.Sent+ending), noticeFormats[i]})
			}
			return all
		}, nil
	}
	if format == "" {
		i := slices.Index(endings, strings.ToLower(path.Ext(filepath.ToSlash(f.out))))
		if i < 0 {
			return nil, advice{fmt.Errorf("the ending of %q says no format", f.out), "let it end in .txt, .html, .eml or .json, or write --format"}
		}
		format = noticeFormats[i]
	}
	return one(noticeFile{name, format}), nil
}
