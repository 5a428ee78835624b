package notice

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// JSON gives the notice for programs that send mail: its facts, and the text and the HTML as they are.
func (n *Notice) JSON() ([]byte, error) {
	html, err := n.HTML()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	err = e.Encode(struct {
		*Notice
		Text string `json:"text"`
		HTML string `json:"html"`
	}{n, n.Text(), html})
	if err != nil {
		return nil, fmt.Errorf("write the notice as JSON: %w", err)
	}
	return b.Bytes(), nil
}
