package share_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candor/generator/amend"
	"candor/generator/model"
	"candor/generator/seal"
	"candor/generator/share"
)

func ids(items []share.Item) []string {
	var all []string
	for _, it := range items {
		all = append(all, it.Answer)
	}
	return all
}

// hintOf gives what to do about a refusal, "" when it is none.
func hintOf(err error) string {
	var r *amend.Refusal
	if !errors.As(err, &r) || r.Text == "" {
		return ""
	}
	return r.Hint
}

// TestSelect names answers by id, topic, and whether everybody can read them.
func TestSelect(t *testing.T) {
	site := siteOf(t, folder(t))
	all, public := len(site.Answers()), 0
	for _, a := range site.Answers() {
		if a.Published() {
			public++
		}
	}
	for words, want := range map[string]int{"staff-mfa": 1, "staff-mfa,vault-keys,staff-mfa": 2, "all": all, "public": public, "all,public,topic:ai": all, "": 0} {
		items, err := share.Select(site, strings.Split(words, ","))
		if err != nil || len(items) != want {
			t.Errorf("%q names %d answers, not %d (%v)", words, len(items), want, err)
		}
	}
	items, err := share.Select(site, []string{"topic:access", "trains-on-customer-data"})
	if err != nil || !slices.Contains(ids(items), "vault-keys") || items[len(items)-1].Answer != "trains-on-customer-data" {
		t.Errorf("a topic and an answer name %v, %v", ids(items), err)
	}
	for word, hint := range map[string]string{"staff-mfaa": "did you mean staff-mfa?", "topic:acces": "did you mean topic:access?", "zzzzzzzz": "name ids of answers, topic:ID, public or all"} {
		if _, err := share.Select(site, []string{word}); hintOf(err) != hint {
			t.Errorf("%q: %v, hint %q", word, err, hintOf(err))
		}
	}
	known, err := share.Known(site, []share.Item{{Answer: "staff-mfa"}, {Number: "1", Asked: "MFA?", Answer: "staff-mfa"}, {Number: "2", Asked: "2FA?", Answer: "staff-mfa"}})
	if err != nil || len(known) != 2 {
		t.Errorf("an answer with two questions stands %d times, %v", len(known), err)
	}
	if _, err := share.Known(site, []share.Item{{Answer: "staff-mfaa"}}); hintOf(err) != "did you mean staff-mfa?" {
		t.Error(err)
	}
}

// TestFile: what is written is read again as it was meant, whatever people are called and ask.
func TestFile(t *testing.T) {
	hard := `He said: "no" # \ 'x' — Zoë <b>&`
	order := share.Order{For: "O'Neil: \"Sons\" & Co. #1", On: today(t), Expires: today(t) + 90, Owner: "cto", Note: hard,
		Items: []share.Item{{Number: "1.10", Asked: hard, Answer: "vault-keys"}, {Number: "no", Asked: "yes", Answer: "sso"}, {Answer: "staff-mfa"}}}
	secret := secretOf(t, 1)
	files := edited(t, folder(t), "content/site.yaml")
	files[share.Path(id)] = &fstest.MapFile{Data: order.File(id, secret)}
	built(t, input(t, files, secret))
	s := siteOf(t, files).Shares[0]
	in := s.Internal
	l := s.Letter()
	if l.For != order.For || in.Note.Value != hard || in.Owner.Value != "cto" || l.Made != order.On || l.Ends != order.Expires || !s.Fits(secret) || s.Fits(secretOf(t, 2)) || s.Fits(seal.Secret{}) {
		t.Errorf("the file is read as %+v", l)
	}
	if len(l.Questions) != 2 || l.Questions[0].Number != "1.10" || l.Questions[0].Asked != hard || l.Questions[1].Number != "no" || l.Questions[1].Asked != "yes" {
		t.Errorf("the questions are read as %+v", l.Questions)
	}
	var order3 []string
	for _, a := range l.Answers {
		order3 = append(order3, a.ID.Value)
	}
	if !slices.Equal(order3, []string{"vault-keys", "sso", "staff-mfa"}) {
		t.Errorf("the answers are %v", order3)
	}
	if strings.Contains(share.Path(id)+share.Link("https://x.example/", id, secret), "Neil") || share.Link("https://x.example/", id, secret) != "https://x.example/q/"+id+"/#"+secret.Key(id).Text() {
		t.Error("the link is " + share.Link("https://x.example/", id, secret))
	}
}

// TestOrders refuses what makes no page.
func TestOrders(t *testing.T) {
	site := siteOf(t, folder(t))
	good := share.Order{For: "Contoso", On: 100, Expires: 100, Items: []share.Item{{Answer: "sso"}}}
	if err := good.Check(site); err != nil {
		t.Error(err)
	}
	for hint, spoil := range map[string]func(*share.Order){
		"write --for NAME":                                                           func(o *share.Order) { o.For = " " },
		"write the customer's name in one line":                                      func(o *share.Order) { o.For = "a\x1b[2Jb" },
		"write a day to come, or how long: --expires 90d":                            func(o *share.Order) { o.Expires = 99 },
		"did you mean --owner cto?":                                                  func(o *share.Order) { o.Owner = "ctoo" },
		"name answers: --answers ID,ID, --answers topic:ID, --answers public or all": func(o *share.Order) { o.Items = nil },
	} {
		o := good
		spoil(&o)
		if err := o.Check(site); hintOf(err) != hint {
			t.Errorf("%v: hint %q, want %q", err, hintOf(err), hint)
		}
	}
}

// TestFind names a page by its id, its beginning, its address and its link.
func TestFind(t *testing.T) {
	files := folder(t)
	files[share.Path("q7m2zk4vahn3zt5bpw6ydc2rse")] = files[share.Path(id)]
	site := siteOf(t, files)
	for _, typed := range []string{id, id[:6], "/q/" + id + "/", "https://x.example/q/" + id + "/#key"} {
		if s, err := share.Find(site, typed); err != nil || s.ID.Value != id {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for typed, hint := range map[string]string{"q7m2": "write more of its id", "q7m": "`candor share list` names them", "zzzzz": "`candor share list` names them", "": "`candor share list` names them"} {
		if _, err := share.Find(site, typed); hintOf(err) != hint {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// TestRevokeByHand: a file that a person wrote otherwise is not touched, and the hint says what to write.
func TestRevokeByHand(t *testing.T) {
	files := folder(t)
	files[share.Path(id)] = &fstest.MapFile{Data: []byte("{for: Contoso, expires: 2027-01-01, answers: [sso], check: d61188b0ceebee63}\n")}
	if _, err := share.Revoke(siteOf(t, files).Shares[0], today(t)); hintOf(err) != `write "revoked_on: 2026-11-23" into it` {
		t.Error(err)
	}
	if _, err := share.Revoke(&model.Share{Header: siteOf(t, files).Shares[0].Header}, today(t)); hintOf(err) == "" {
		t.Error("a page without an end is taken back")
	}
}
