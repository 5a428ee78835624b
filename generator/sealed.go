package generator

import (
	"fmt"

	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/seal"
	"candor/generator/source"
)

// Locked says that sealed pages cannot be made, since the secret of the site is not at hand, or another one is. It is trouble of the machine's: the content
// is as it should be.
type Locked struct {
	Missing bool     // there is no secret; else it is another one than the links were made with
	Shares  []string // ids of the shares whose pages cannot be made
}

// Error says how many pages it is about.
func (l *Locked) Error() string {
	what := "the secret that is set is another one than the link of sealed page " + l.Shares[0] + " was made with"
	if l.Missing {
		what = "there is no secret to seal page " + l.Shares[0] + " with"
	}
	if n := len(l.Shares) - 1; n > 0 {
		what += fmt.Sprintf(", and of %d more", n)
		if l.Missing {
			what = fmt.Sprintf("there is no secret to seal page %s and %d more with", l.Shares[0], n)
		}
	}
	return what
}

// sealable gives the shares whose pages can be made on the day, and what is in the way of the others: nil when nothing is.
func sealable(site *model.Site, on model.Day, secret seal.Secret) ([]*model.Share, *Locked) {
	var open []*model.Share
	locked := &Locked{Missing: secret.IsZero()}
	for _, s := range site.Live(on) {
		if s.Fits(secret) {
			open = append(open, s)
		} else {
			locked.Shares = append(locked.Shares, s.ID.Value)
		}
	}
	if len(locked.Shares) == 0 {
		return open, nil
	}
	return open, locked
}

// lockedIn gives what a preview leaves out for want of the secret.
func lockedIn(in Input, content *Content) *Locked {
	_, locked := sealable(content.Site, in.On, in.Secret)
	return locked
}

// sealWith gives what closes the page of a share.
func sealWith(secret seal.Secret) func(*model.Share, []byte) []byte {
	return func(s *model.Share, content []byte) []byte {
		id := s.ID.Value
		return secret.Key(id).Seal(id, content)
	}
}

// bareAssets gives a finding for each picture or paper of the content that holds a secret: rules do not see what is in these.
func (w *Workshop) bareAssets(tree *source.Tree) []diag.Finding {
	var all []diag.Finding
	for _, f := range tree.Files {
		if w.sums[f].bare {
			all = append(all, check.BareSecret(source.Span{File: f}))
		}
	}
	return all
}
