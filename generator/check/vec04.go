package check

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/pattern"
)

var vec04 = Rule{
	Rule: diag.Rule{
		ID:       "VEC04",
		Severity: diag.Error,
		Title:    "a vector store does not say how a vector goes when its source is deleted",
		Why:      "A deleted message lives on in its embedding until somebody deletes that too; who asks for erasure means both.",
		Source:   "GDPR Art. 17; SOC 2 C1.2 and P4.3; OWASP LLM08:2025",
		Bad:      `- {id: vectors, stage: storage, kind: store, title: Tenant vectors, in: pinecone, retention: 365d, deletion: automatic}`,
		Good:     `- {id: vectors, stage: storage, kind: store, title: Tenant vectors, in: pinecone, retention: 365d, deletion: within 24 hours of the deletion of the message}`,
		Remark: `"automatic", "TTL of 90 days" and "on request" tell of time and effort; what is asked is what happens to the vector when the message, document or account
that it was made from is deleted. Asked of stores of customer data that are not with the customer. How long they keep it is a matter of FLW06.`,
	},
	run: orphanedVectors,
}

func orphanedVectors(p *pass) {
	p.eachStep(func(f *model.Flow, s *model.Step) {
		if !s.HoldsVectors() || s.In.Customer {
			return
		}
		data := customerData(f, s)
		const hint = `write "deletion: ..." with what deletes a vector when its source is deleted, and how soon: "within 24 hours of the deletion of the message"`
		switch {
		case len(data) == 0:
		case s.Deletion.IsZero():
			p.report(s.ID.At, fmt.Sprintf("vector store %q keeps %s, but does not say how a vector is deleted", s.ID.Value, list(data)), hint)
		case !followsSource(s.Deletion.Value):
			p.report(s.Deletion.At, fmt.Sprintf("the deletion %q of vector store %q does not say that a vector goes when its source is deleted", shorten(s.Deletion.Value), s.ID.Value), hint)
		}
	})
}

// vagueDeletion are words that tell when or by whom something is deleted, and nothing of what it was made from.
var vagueDeletion = func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(`a about after all always an and any are as asked at auto automated automatic automatically available based basis be before by can clean cleaned
		cleanup completely cron customer customers daily data day days delete deleted deletes deletion done each embedding embeddings end entries entry erased
		erasure ever every everything expiration expire expired expires expiry fixed following for from fully hand handled hour hours if immediate immediately
		in index indexes instantly is it items job later lifecycle manual manually max maximum month monthly months most n na namespace need needed never
		nightly no none not of old older on once only operator operators or our overwritten per period periodic periodically permanently policy possible
		predefined process promptly provider purge purged purges quarterly reached regular regularly removal remove removed removes request requested requests
		retention rolling rule rules run schedule scheduled script scripts securely setting settings soon staff standard store stored support tbd team than
		that the them then these they this those time timed to todo ttl unknown until up upon user users vector vectors vendor we week weekly weeks when will
		with within year yearly years yes`) {
		words[word] = true
	}
	return words
}()

// wordsOf are runs of letters; numbers and units behind them ("30d") are times.
var wordsOf = pattern.Of(`\p{L}[\p{L}’']*`)

// followsSource reports whether the text about a deletion has a word beyond times and efforts: the source, its deletion.
func followsSource(deletion string) bool {
	for _, word := range wordsOf.FindAllString(strings.ToLower(deletion), -1) {
		word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
		if len(word) > 1 && !vagueDeletion[word] {
			return true
		}
	}
	return false
}
