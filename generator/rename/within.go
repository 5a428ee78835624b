package rename

import (
	"cmp"
	"strings"

	"candor/generator/amend"
	"candor/generator/diag"
	"candor/generator/link"
	"candor/generator/model"
	"candor/generator/parse"
)

// findTopic finds a topic of answers: a file, and its place on the page of answers.
func (w *work) findTopic() error {
	site, old, now := w.content.Site, w.order.Old, w.order.New
	var topic *model.Topic
	var ids []string
	for _, t := range site.Topics {
		ids = append(ids, t.ID.Value)
		if t.ID.Value == old {
			topic = t
		}
	}
	problem, hint := parse.IDProblem(now, "page")
	switch {
	case topic == nil:
		return amend.Refuse(cmp.Or(diag.Suggest(old, ids), "name a file of content/answers without its ending"), "no topic %q", old)
	case old == now:
		return sameID(kindTopic, old)
	case problem != "":
		return amend.Refuse(hint, "%s", problem)
	}
	to := renamedFile(topic.File.Path, now)
	if err := w.isFree(to); err != nil {
		return err
	}
	w.own = topic.File
	w.in(topic.File).to = to
	w.take(subject{Key: model.Key{Kind: kindTopic, ID: old}, now: now, path: topic.File.Path, address: model.AddressAnswers + "#" + old})
	for _, title := range site.Config.Topics {
		if title.ID.Value == old {
			w.replace(title.ID, 0, len(old), now)
		}
	}
	return nil
}

// findStep finds a step, which has its id within its flow.
func (w *work) findStep() error {
	id, old, ok := strings.Cut(w.order.Old, "/")
	flow, _ := w.content.Site.Find(model.KindFlow, id).(*model.Flow)
	now := w.order.New
	switch {
	case !ok:
		return amend.Refuse("write the flow, a slash and the step: reply-drafts/draft", "%q does not say of which flow it is a step", w.order.Old)
	case flow == nil:
		w.order.Kind, w.order.Old = model.KindFlow, id
		return w.unknown()
	}
	var ids []string
	for _, s := range flow.Steps {
		if !s.IsNone() {
			ids = append(ids, s.ID.Value)
		}
	}
	step := flow.Step(old)
	problem, hint := parse.IDProblem(now, "name")
	switch {
	case step == nil:
		return amend.Refuse(cmp.Or(diag.Suggest(old, ids), "look into "+flow.File.Path), "flow %q has no step %q", flow.ID.Value, old)
	case old == now:
		return sameID(kindStep, old)
	case problem != "":
		return amend.Refuse(hint, "%s", problem)
	case flow.Step(now) != nil:
		return amend.Refuse("take another id", "%q is another step of flow %q, in %s", now, flow.ID.Value, placeOf(flow.Step(now).ID.At))
	}
	w.own = flow.File
	w.take(subject{Key: model.Key{Kind: kindStep, ID: old}, now: now})
	w.replace(step.ID, 0, len(old), now)
	w.result.Mended--
	for _, t := range link.MentionsOfStep(w.content.Site, step) {
		w.replace(t, 0, len(old), now)
	}
	return nil
}

// A Name is an id as an order takes it, and what people call the thing.
type Name struct{ ID, Title string }

// Names gives what of a kind can be renamed, in the order of the site.
func Names(site *model.Site, kind model.Kind) []Name {
	var all []Name
	switch kind {
	case kindTopic:
		for _, t := range site.Topics {
			all = append(all, Name{t.ID.Value, t.Title})
		}
	case kindStep:
		for _, f := range site.Flows {
			for _, s := range f.Steps {
				if !s.IsNone() {
					all = append(all, Name{f.ID.Value + "/" + s.ID.Value, s.Title.Value})
				}
			}
		}
	}
	for _, r := range site.All() {
		if k := r.Key(); k.Kind == kind {
			all = append(all, Name{k.ID, r.Name()})
		}
	}
	return all
}
