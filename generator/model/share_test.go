package model_test

import (
	"testing"

	"candor/generator/model"
)

// TestShareState: a page is there up to its last day, and never once it is taken back, whatever the day.
func TestShareState(t *testing.T) {
	share := func(expires, revoked model.Day) *model.Share {
		s := &model.Share{Internal: model.ShareInternal{Expires: model.Date{Day: expires}, RevokedOn: model.Date{Day: revoked}}}
		s.ID.Value = "q7"
		return s
	}
	for _, c := range []struct {
		expires, revoked, on model.Day
		want                 model.ShareState
	}{{100, 0, 99, model.ShareLive}, {100, 0, 100, model.ShareLive}, {100, 0, 101, model.ShareExpired}, {100, 90, 95, model.ShareRevoked}, {100, 90, 80, model.ShareRevoked}, {0, 0, 1, model.ShareExpired}} {
		s := share(c.expires, c.revoked)
		if got := s.State(c.on); got != c.want {
			t.Errorf("expires %d, revoked %d, on %d: %s", c.expires, c.revoked, c.on, got)
		}
		r := model.Records{Shares: []*model.Share{s}}
		if live := len(r.Live(c.on)) == 1; live != (c.want == model.ShareLive) {
			t.Errorf("expires %d, revoked %d, on %d: live %t", c.expires, c.revoked, c.on, live)
		}
	}
	s := share(100, 0)
	if s.Address() != "/q/q7/" || s.Published() || model.Address(s) != "" {
		t.Error("a share has an address that everybody is told, or none of its own")
	}
}
