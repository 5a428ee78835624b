package check

import (
	"slices"
	"strings"

	"candor/generator/model"
)

// A leaf is one record, or site.yaml, as the rules read it: its texts, and what stands in them whatever the rest of the site says. All but the
// texts is looked for when it is first asked for: see folio.look.
type leaf struct {
	record   model.Record // nil for site.yaml
	passages []passage
	telling  []*passage // that tell what may be published
	done     [looks]bool

	gaps      []found[gap]    // for POL04
	certified []found[part]   // sentences that speak of certificates, for CRT03 and CRT04
	denials   []found[part]   // sentences that may say that nothing is kept, for RET06
	exposures []found[reads]  // for LEK02
	by        *known          // what may be published, of which the look for exposures has asked; nil when it has not
	secrets   []found[secret] // what may not come out, for LEK01
	about     []bool          // of subjects, what a policy is about, for POL05, in a company of this name:
	company   string
	hash      string // of a policy's text, for POL03
}

// A look is one way to read a leaf.
type look int

const (
	gapLook look = iota
	certificateLook
	denialLook
	exposureLook
	secretLook
	subjectLook
	hashLook
	looks
)

// A found thing stands in a text.
type found[T any] struct {
	in    *passage
	thing T
}

// A part of a text.
type part struct{ start, end int }

// A reads is an exposure with how it reads.
type reads struct {
	exposure
	text string
}

// newLeaf takes the texts out of a record, or out of site.yaml for nil.
func newLeaf(config *model.Config, r model.Record) *leaf {
	l := &leaf{record: r, passages: passagesOf(config, r)}
	for i := range l.passages {
		switch l.passages[i].key {
		case "security", "privacy", "documents", "others", "contact", "report_to", "acknowledgments", "hiring", "version", "meets":
			l.telling = append(l.telling, &l.passages[i])
		}
	}
	return l
}

// published reports whether readers see anything of it but what is internal.
func (l *leaf) published() bool { return l.record == nil || l.record.Published() }

// read looks at a leaf in one way.
func (l *leaf) read(how look, f *folio) {
	switch how {
	case gapLook:
		l.gaps = inEach(l, func(t *passage, add func(gap)) {
			if !t.internal {
				for _, g := range placeholders(t.text, t.isMarkdown()) {
					add(g)
				}
			}
		})
	case certificateLook:
		l.certified = inEach(l, certificateSentences)
	case denialLook:
		l.denials = inEach(l, func(t *passage, add func(part)) {
			if !t.internal {
				denyingSentences(t.text, add)
			}
		})
	case exposureLook:
		l.lookForExposures(f.known)
	case secretLook:
		l.secrets = inEach(l, func(t *passage, add func(secret)) { secretsOf(*t, add) })
	case subjectLook:
		if policy, ok := l.record.(*model.Policy); ok {
			l.company = f.company()
			l.about = subjectsOf(policy, l.company)[:]
		}
	case hashLook:
		if policy, ok := l.record.(*model.Policy); ok && !policy.ApprovalHash.IsZero() {
			l.hash = policy.Body.Hash()
		}
	}
	l.done[how] = true
}

// isRead reports whether a leaf was looked at in one way, and would look no different today.
func (l *leaf) isRead(how look, f *folio) bool {
	switch {
	case !l.done[how]:
		return false
	case how == exposureLook:
		return l.by == nil || l.by == f.known()
	case how == subjectLook:
		return l.about == nil || l.company == f.company()
	}
	return true
}

// inEach gathers what is found in the texts of a leaf.
func inEach[T any](l *leaf, find func(t *passage, add func(T))) []found[T] {
	var all []found[T]
	for i := range l.passages {
		t := &l.passages[i]
		find(t, func(thing T) { all = append(all, found[T]{t, thing}) })
	}
	return slices.Clip(all)
}

func (l *leaf) lookForExposures(may func() *known) {
	l.by = nil
	w := &watcher{known: func() *known {
		l.by = may()
		return l.by
	}}
	l.exposures = inEach(l, func(t *passage, add func(reads)) {
		if t.internal {
			return
		}
		n := plainText
		if t.isMarkdown() {
			n = inMarkdown
		}
		text := []byte(t.text)
		w.eachExposure(text, places(text), n, func(e exposure, text string) { add(reads{e, text}) })
	})
}

// certificateSentences gives the sentences of a text that speak of certificates: not one that denies or asks, nor the questions of answers, which are
// the customers' words.
func certificateSentences(t *passage, add func(part)) {
	if t.internal || t.key == "question" || t.key == "also_asked" {
		return
	}
	folded := t.text
	if strings.Contains(folded, "ERTIFI") {
		folded = strings.Map(smallLetter, folded)
	}
	for at := 0; ; {
		i := strings.Index(folded[at:], "ertifi")
		if i < 0 {
			return
		}
		start, end := sentenceAround(t.text, at+i)
		at = max(end, at+i+1)
		sentence := t.text[start:end]
		if !denial.MatchString(sentence) && !strings.HasSuffix(strings.TrimSpace(sentence), "?") {
			add(part{start, end})
		}
	}
}
