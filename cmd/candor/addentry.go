package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"candor/generator/addition"
	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"

	"github.com/spf13/cobra"
)

func (a *app) addAnswerCommand() *cobra.Command {
	o := &addOrder{}
	cmd := a.addKind("answer", "candor add answer customer-mfa --topic access", "Add an answer to the file of its topic", o, func(r *room, o *addOrder) error {
		topics := topicsOf(r.site)
		if o.topic == "" {
			return advice{errors.New("an answer needs a topic"), "write --topic TOPIC, the name of a file in answers/ without its ending: " + strings.Join(topics, ", ")}
		}
		if err := goodID(o.topic, "page"); err != nil {
			return err
		}
		if near, ok := diag.Nearest(o.topic, topics); ok && !slices.Contains(topics, o.topic) {
			return advice{fmt.Errorf("no topic %q", o.topic), fmt.Sprintf("did you mean %q?", near)}
		}
		return a.addEntry(r, o, model.KindAnswer, "page", addition.Of(r.site).Answer(o.topic, o.id, o.title, o.owner))
	})
	cmd.Flags().StringVar(&o.topic, "topic", "", "the `TOPIC`: the name of a file in answers/ without its ending")
	cmd.Flags().Lookup("title").Usage = "the question: `TEXT`"
	return cmd
}

func topicsOf(site *model.Site) []string {
	var ids []string
	for _, t := range site.Topics {
		ids = append(ids, t.ID.Value)
	}
	return ids
}

func (a *app) addModelCommand() *cobra.Command {
	o := &addOrder{}
	cmd := a.addKind("model", "candor add model gpt-4.1 --provider openai", "Add a model to models.yaml", o, func(r *room, o *addOrder) error {
		if vendors := addition.Of(r.site).Vendors; o.provider != "" && !slices.Contains(vendors, o.provider) {
			hint := fmt.Sprintf("`candor add subprocessor %s` declares it", o.provider)
			if near, ok := diag.Nearest(o.provider, vendors); ok {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			return advice{fmt.Errorf("no sub-processor %q", o.provider), hint}
		}
		return a.addEntry(r, o, model.KindModel, "name", addition.Of(r.site).Model(o.id, o.title, o.provider))
	})
	cmd.Flags().StringVar(&o.provider, "provider", "", "the `VENDOR` that it is called from: the name of a file in subprocessors/ without its ending")
	return cmd
}

func (a *app) addControlCommand() *cobra.Command {
	o := &addOrder{}
	return a.addKind("control", "candor add control access-review --owner security-lead", "Add a control to controls.yaml", o, func(r *room, o *addOrder) error {
		return a.addEntry(r, o, model.KindControl, "page", addition.Of(r.site).Control(o.id, o.title, o.owner))
	})
}

// addEntry puts an entry behind the last one of its file, or into a new file.
func (a *app) addEntry(r *room, o *addOrder, kind model.Kind, ids string, e addition.Entry) error {
	if err := goodID(o.id, ids); err != nil {
		return err
	}
	if o.print {
		_, err := fmt.Fprint(a.stdout, e.Text())
		return err
	}
	if there := r.site.Find(kind, o.id); there != nil {
		at := there.Place().Position()
		return advice{fmt.Errorf("%s %q is there already: %s:%d", kind.Spoken(), o.id, at.Path, at.Line), "write there, or choose another id"}
	}
	f := r.tree.File(e.Path)
	if f == nil {
		return a.write(e.Path, e.File(), o)
	}
	return a.append(f, e)
}

// append writes an entry into a file that is there.
func (a *app) append(f *source.File, e addition.Entry) error {
	byHand := fmt.Sprintf("take the command again with --print, and put what it prints into %s by hand", f.Path)
	edits, err := e.Into(f)
	if err != nil {
		return advice{err, byHand}
	}
	root, err := os.OpenRoot(a.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	change, err := amend.Plan(root.FS(), f, edits, "")
	if err != nil {
		return err
	}
	folder := amend.Folder{Files: root.FS(), Write: amend.WriteInto(a.dir)}
	if _, err := folder.Apply([]*amend.Change{change}, func() (bool, error) { return true, nil }); err != nil {
		return err
	}
	at := f.Span(edits[0].At.Start, edits[0].At.Start).Position().Line
	if strings.HasPrefix(edits[0].Text, "\n") {
		at++
	}
	a.added(fmt.Sprintf("%s:%d", f.Path, at), e.Text())
	return nil
}
