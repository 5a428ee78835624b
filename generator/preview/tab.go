package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"path"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// A tab is a browser's page that listens. What it shows is known, so a tab is only told what it does not show yet: however many sites go by while it is
// slow, it gets the last one.
type tab struct {
	asleep chan struct{} // holds a value when there is something to look at

	mu     sync.Mutex
	shows  showing
	report int  // number of the report that it has
	woken  bool // there is something to look at, as asleep says
	paints bool // it was told what to show, and has not said that it does
}

// A showing is what a tab says when it begins to listen.
type showing struct {
	File  string `json:"file"`  // "policies/access-control/index.html"
	Sum   string `json:"sum"`   // of its bytes as they were served; "" for a page that is not the site's
	Sheet string `json:"sheet"` // address of its stylesheet below the base path

	Pictures string `json:"pictures"` // sum of the pictures in it
	Missing  string `json:"missing"`  // in the place of Sum, that of what is shown because there is no such page
}

// An order is what a tab is told.
type order struct {
	Kind  string `json:"kind"` // "page": this is it now; "styles": only its stylesheet is another; "load": load it anew; "gone": go there
	HTML  string `json:"html,omitempty"`
	Sum   string `json:"sum,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	To    string `json:"to,omitempty"`
}

const (
	patience  = 5 * time.Second  // for one message to be taken
	heartbeat = 30 * time.Second // after it, a tab that does not answer is gone
)

func (t *tab) wake() {
	t.mu.Lock()
	t.woken = true
	t.mu.Unlock()
	select {
	case t.asleep <- struct{}{}:
	default:
	}
}

// busy reports whether a tab may still be on its way to what it was told last.
func (t *tab) busy() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.woken || t.paints
}

// painted notes that a tab shows what it was told.
func (t *tab) painted() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.paints = false
}

func (t *tab) file() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.shows.File
}

// serveChannel talks to one tab until it goes.
func (p *Preview) serveChannel(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled}) // it checks the origin once more
	if err != nil {
		return // it has answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(64 << 10)
	t := &tab{asleep: make(chan struct{}, 1)}
	hello, cancel := context.WithTimeout(r.Context(), patience)
	_, data, err := conn.Read(hello)
	cancel()
	if err != nil || json.Unmarshal(data, &t.shows) != nil {
		conn.Close(websocket.StatusPolicyViolation, "say which page this is")
		return
	}
	ctx, gone := context.WithCancel(r.Context())
	defer gone()
	go func() { // whatever a tab says, it says that it has painted
		defer gone()
		for {
			if _, _, err := conn.Read(ctx); err != nil {
				return
			}
			t.painted()
		}
	}()
	p.mu.Lock()
	p.tabs[t] = true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.tabs, t)
		p.mu.Unlock()
	}()
	t.wake()
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-alive.C:
			beat, cancel := context.WithTimeout(ctx, patience)
			err := conn.Ping(beat)
			cancel()
			if err != nil {
				return
			}
		case <-t.asleep:
			for _, message := range p.tell(t) {
				sending, cancel := context.WithTimeout(ctx, patience)
				err := conn.Write(sending, websocket.MessageText, message)
				cancel()
				if err != nil {
					return
				}
			}
		}
	}
}

// tell gives what a tab does not know yet: its page first, then the findings.
func (p *Preview) tell(t *tab) [][]byte {
	p.mu.Lock()
	v, report, number := p.shown, p.report, p.number
	p.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.woken = false
	var messages [][]byte
	if o, ok := p.orderFor(&t.shows, v); ok {
		t.paints = true
		if data, err := json.Marshal(o); err == nil {
			messages = append(messages, data)
		}
	}
	if number != t.report {
		t.report = number
		messages = append(messages, report)
	}
	return messages
}

// orderFor gives what has a tab show what the view has in the place of its page, and notes that it does.
func (p *Preview) orderFor(s *showing, v view) (order, bool) {
	if v.site == nil && v.early == nil {
		return order{}, false
	}
	data, ok := v.read(s.File)
	if !ok {
		return p.orderWithout(s, v)
	}
	was := *s
	s.Sum, s.Sheet, s.Pictures, s.Missing = sumOf(data), sheet.FindString(string(data)), v.pictureSum(p.o.Base(), data), ""
	switch {
	case s.Sum == was.Sum && s.Pictures == was.Pictures:
		return order{}, false
	case was.Sum == "" || s.Pictures != was.Pictures: // what is shown is not of the site, or addresses do not tell what changed
		return order{Kind: "load"}, true
	case s.Sheet != "" && was.Sheet != "" && s.Sheet != was.Sheet && sumOf(bytes.ReplaceAll(data, []byte(s.Sheet), []byte(was.Sheet))) == was.Sum:
		return order{Kind: "styles", Sheet: p.o.Base() + s.Sheet, Sum: s.Sum}, true
	}
	return order{Kind: "page", HTML: string(data), Sum: s.Sum, Sheet: s.Sheet}, true
}

// orderWithout gives the order for a tab whose page is not in the view.
func (p *Preview) orderWithout(s *showing, v view) (order, bool) {
	gone, was := s.Sum != "", s.Missing
	instead, _ := v.read(missing)
	s.Sum, s.Missing = "", sumOf(instead)
	switch {
	case gone:
		return order{Kind: "gone", To: p.o.Base() + nearest(v, s.File)}, true
	case s.Missing != was:
		return order{Kind: "load"}, true
	}
	return order{}, false
}

// nearest gives the address of the page above a file that is there.
func nearest(v view, file string) string {
	for dir := path.Dir(path.Dir(file)); ; dir = path.Dir(dir) {
		if dir == "." || dir == "/" {
			return "/"
		}
		if _, ok := v.read(dir + "/index.html"); ok {
			return "/" + dir + "/"
		}
	}
}
