package notice

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// Message gives the notice as a message for a mail program (RFC 5322): the text and the HTML as alternatives (RFC 2046), both quoted-printable, so that no line is
// longer than 76 bytes. It is a draft: it names nobody that it goes to, has no id yet, and says so to the programs that know the header X-Unsent. The same notice is
// the same bytes.
func (n *Notice) Message() ([]byte, error) {
	html, err := n.HTML()
	if err != nil {
		return nil, err
	}
	text := n.Text()
	var parts bytes.Buffer
	w := multipart.NewWriter(&parts)
	if err := w.SetBoundary(boundary(text, html)); err != nil {
		return nil, fmt.Errorf("write the notice as a message: %w", err)
	}
	for _, p := range []struct{ kind, body string }{{"text/plain", text}, {"text/html", html}} {
		header := textproto.MIMEHeader{"Content-Type": {p.kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}}
		part, err := w.CreatePart(header)
		if err != nil {
			return nil, fmt.Errorf("write the notice as a message: %w", err)
		}
		body := quotedprintable.NewWriter(part)
		if _, err := body.Write([]byte(strings.ReplaceAll(p.body, "\n", "\r\n"))); err != nil {
			return nil, fmt.Errorf("write the notice as a message: %w", err)
		}
		if err := body.Close(); err != nil {
			return nil, fmt.Errorf("write the notice as a message: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write the notice as a message: %w", err)
	}
	var out bytes.Buffer
	for _, h := range n.headers(w.Boundary()) {
		out.WriteString(folded(h[0]+": "+h[1]) + "\r\n")
	}
	out.WriteString("\r\n")
	out.Write(parts.Bytes())
	return out.Bytes(), nil
}

// boundary gives a line that parts two texts, made from them: no text can hold the hash of itself.
func boundary(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d %s", len(t), t)
	}
	return fmt.Sprintf("candor-%.20x", h.Sum(nil))
}

func (n *Notice) headers(boundary string) [][2]string {
	var all [][2]string
	if sender, err := mail.ParseAddress(n.Contact); err == nil && sender.Address == n.Contact {
		all = append(all, [2]string{"From", (&mail.Address{Name: n.Brand, Address: n.Contact}).String()})
	}
	return append(all,
		[2]string{"Date", n.On.Time().Add(12 * time.Hour).Format("Mon, 2 Jan 2006 15:04:05 -0700")},
		[2]string{"Subject", mime.QEncoding.Encode("utf-8", n.Subject)},
		[2]string{"X-Unsent", "1"},
		[2]string{"MIME-Version", "1.0"},
		[2]string{"Content-Language", "en"},
		[2]string{"Content-Type", `multipart/alternative; boundary="` + boundary + `"`})
}

// folded breaks a header before a space once a line is full. What has no space stays: encoded words are no longer than 75 bytes each.
func folded(header string) string {
	const full = 78
	var b strings.Builder
	at := 0
	for i, word := range strings.Split(header, " ") {
		if i > 0 {
			if at+1+len(word) > full {
				b.WriteString("\r\n")
				at = 0
			}
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += len(word)
	}
	return b.String()
}
