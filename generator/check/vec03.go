package check

import (
	"fmt"
	"slices"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"
)

var vec03 = Rule{
	Rule: diag.Rule{
		ID:       "VEC03",
		Severity: diag.Error,
		Title:    "embeddings are classified lower than the texts they were made from",
		Why:      "Texts can be recovered from their embeddings in good part, so a vector is as confidential, and as personal, as its source.",
		Source:   "OWASP LLM08:2025; SOC 2 C1.1; GDPR Art. 4(1)",
		Bad: `classes:
  customer.content: {title: Mail content, level: restricted, personal: true}
  customer.content.embedding: {title: Embeddings, level: internal, personal: false, derived_from: [customer.content]}`,
		Good: `classes:
  customer.content: {title: Mail content, level: restricted, personal: true}
  customer.content.embedding: {title: Embeddings, level: restricted, personal: true, derived_from: [customer.content]}`,
		Remark: `Two things are compared: a class with derived_from and its sources, where the class is called an embedding or vector, leaves a step that makes embeddings,
or is what a vector store gets; and in each flow what leaves a step that makes embeddings, or arrives in the vector store behind it, and what arrived at that step.
Other derived classes, such as labels, may be lower than their sources. A step makes embeddings when its model has task: embedding; where no task is written, when
"embed" stands in its endpoint, model or title, when its vendor has the role embedding, or when all that leaves it is called an embedding.`,
	},
	run: loweredEmbeddings,
}

func loweredEmbeddings(p *pass) {
	reported := map[*model.DataClass]bool{}
	vectors := vectorClasses(p)
	for _, c := range p.site.DataClasses {
		if !vectors[c] {
			continue
		}
		for _, source := range c.DerivedFrom {
			low := lowered([]*model.DataClass{c}, classesOf(source))
			if low == nil || reported[c] {
				continue
			}
			reported[c] = true
			is, asSource := low.words()
			p.report(low.at(), fmt.Sprintf("%q is %s, but is derived from %q, which is %s", c.ID.Value, is, source.Value, asSource), low.hint(),
				note(source.At, "derived here"), note(low.sourceAt(), "the source is classified here"))
		}
	}
	for _, f := range p.site.Flows {
		if isCurrent(f) {
			p.flowVectors(f, reported)
		}
	}
}

// classesOf gives the class of a reference, if there is one.
func classesOf(r model.Ref[model.DataClass]) []*model.DataClass {
	if r.To == nil {
		return nil
	}
	return []*model.DataClass{r.To}
}

// vectorClasses gives the classes that are embeddings: by their name, or since they leave a step that makes embeddings or arrive in a vector
// store, with none beside them that has the name.
func vectorClasses(p *pass) map[*model.DataClass]bool {
	vectors := map[*model.DataClass]bool{}
	for _, c := range p.site.DataClasses {
		vectors[c] = isVectorClass(c)
	}
	p.eachStep(func(f *model.Flow, s *model.Step) {
		var classes []*model.DataClass
		switch {
		case makesVectors(f, s):
			classes = classesOn(departures(f, s))
		case s.HoldsVectors():
			classes = classesOn(arrivals(f, s))
		}
		if !slices.ContainsFunc(classes, isVectorClass) {
			for _, c := range classes {
				vectors[c] = true
			}
		}
	})
	return vectors
}

// flowVectors compares, in one flow, what the steps that make embeddings get with what they give, and with what the vector stores behind them
// get: all stores together with all sources, and each store with the lowest source, for a step may serve one store for each of its sources.
func (p *pass) flowVectors(f *model.Flow, reported map[*model.DataClass]bool) {
	for _, s := range f.Steps {
		if !makesVectors(f, s) {
			continue
		}
		sources := classesOn(arrivals(f, s))
		if p.carriedLower(s, departures(f, s), sources, reported) {
			continue
		}
		stores := vectorStoresBehind(f, s)
		var stored []*model.Link
		for _, store := range stores {
			stored = append(stored, arrivals(f, store)...)
		}
		if p.carriedLower(s, stored, sources, reported) {
			continue
		}
		for _, store := range stores {
			p.carriedLower(s, arrivals(f, store), lowest(sources), reported)
		}
	}
}

// carriedLower reports, once for each class, links that carry embeddings lower than their sources, and gives whether they do.
func (p *pass) carriedLower(s *model.Step, links []*model.Link, sources []*model.DataClass, reported map[*model.DataClass]bool) bool {
	low := lowered(classesOn(links), sources)
	if low == nil {
		return false
	}
	if !reported[low.class] {
		reported[low.class] = true
		is, asSource := low.words()
		p.report(carried(links, low.class), fmt.Sprintf("step %q makes embeddings from %q, which is %s, but they are carried as %q, which is %s",
			s.ID.Value, low.source.ID.Value, asSource, low.class.ID.Value, is), low.hint()+", or name the class that embeddings have",
			note(low.at(), "classified here"), note(low.sourceAt(), "the source is classified here"))
	}
	return true
}

// vectorStoresBehind gives the vector stores that a step's output reaches without another model or store in between.
func vectorStoresBehind(f *model.Flow, from *model.Step) []*model.Step {
	var stores []*model.Step
	seen := map[*model.Step]bool{from: true}
	for queue := []*model.Step{from}; len(queue) > 0; queue = queue[1:] {
		for _, l := range departures(f, queue[0]) {
			s := l.To.Step
			if s == nil || seen[s] {
				continue
			}
			seen[s] = true
			switch {
			case s.HoldsVectors():
				stores = append(stores, s)
			case !s.IsStore() && !s.CallsModel():
				queue = append(queue, s)
			}
		}
	}
	return stores
}

// carried gives the place at which links carry a class.
func carried(links []*model.Link, c *model.DataClass) source.Span {
	for _, l := range links {
		for _, d := range l.Data {
			if d.To == c {
				return d.At
			}
		}
	}
	return c.Place()
}

// A lowering is a class of embeddings that is classified lower than what they were made from.
type lowering struct {
	class, source *model.DataClass
	personal      bool // it lacks the mark of personal data; else its level is lower
}

// lowered compares what embeddings are carried as with what they were made from. Only the highest level counts on either side, and one
// class that is personal: counters and random ids may travel with vectors. It gives nil when nothing is lower, or a level is not known.
func lowered(made, sources []*model.DataClass) *lowering {
	class, source := highest(made), highest(sources)
	if class == nil || source == nil {
		return nil
	}
	if model.LevelRank(class.Level.Value) < model.LevelRank(source.Level.Value) {
		return &lowering{class: class, source: source}
	}
	if i := slices.IndexFunc(sources, (*model.DataClass).IsPersonal); i >= 0 && !slices.ContainsFunc(made, (*model.DataClass).IsPersonal) {
		return &lowering{class: class, source: sources[i], personal: true}
	}
	return nil
}

// highest gives the first class of the highest level, one that is called an embedding before others; nil when there is none or a level is
// not known.
func highest(classes []*model.DataClass) *model.DataClass {
	var top *model.DataClass
	for _, c := range classes {
		rank := model.LevelRank(c.Level.Value)
		if rank < 0 {
			return nil
		}
		if top == nil || rank > model.LevelRank(top.Level.Value) || rank == model.LevelRank(top.Level.Value) && isVectorClass(c) && !isVectorClass(top) {
			top = c
		}
	}
	return top
}

// lowest gives the class of the lowest level, one that is not personal before others.
func lowest(classes []*model.DataClass) []*model.DataClass {
	var low *model.DataClass
	for _, c := range classes {
		rank := model.LevelRank(c.Level.Value)
		if low == nil || rank < model.LevelRank(low.Level.Value) || rank == model.LevelRank(low.Level.Value) && !c.IsPersonal() {
			low = c
		}
	}
	if low == nil {
		return nil
	}
	return []*model.DataClass{low}
}

// words say how the class and the source are classified.
func (l *lowering) words() (class, source string) {
	if l.personal {
		return "not personal data", "personal data"
	}
	return l.class.Level.Value, l.source.Level.Value
}

func (l *lowering) hint() string {
	if l.personal {
		return fmt.Sprintf(`write "personal: true" for %q in data-classes.yaml`, l.class.ID.Value)
	}
	return fmt.Sprintf(`write "level: %s" for %q in data-classes.yaml`, l.source.Level.Value, l.class.ID.Value)
}

// at gives the place of what is too low.
func (l *lowering) at() source.Span { return l.placeIn(l.class) }

// sourceAt gives the place of what it is lower than.
func (l *lowering) sourceAt() source.Span { return l.placeIn(l.source) }

func (l *lowering) placeIn(c *model.DataClass) source.Span {
	if !l.personal {
		return c.Level.At
	}
	for above := c; above != nil; above = above.Parent {
		if above.Personal.Set {
			return above.Personal.At
		}
	}
	return c.Place()
}
