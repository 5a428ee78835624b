package sheet

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// coding is how a text file writes letters.
type coding struct {
	mark    string            // the byte order mark, in bytes of the file
	charset encoding.Encoding // nil for UTF-8
}

var (
	littleEndian = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	bigEndian    = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// decode tells the coding by a byte order mark, by the zeros of UTF-16, or by whether it is UTF-8; what is none of these is Windows-1252.
// Only what can be written back as it was is accepted.
func decode(data []byte) (coding, string, error) {
	c := coding{}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		c.mark = "\xef\xbb\xbf"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		c = coding{"\xff\xfe", littleEndian}
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		c = coding{"\xfe\xff", bigEndian}
	default:
		c.charset = zeros(data)
	}
	body := data[len(c.mark):]
	if c.charset == nil && !utf8.Valid(body) {
		c.charset = charmap.Windows1252
	}
	text := string(body)
	if c.charset != nil {
		decoded, err := c.charset.NewDecoder().Bytes(body)
		if err != nil {
			return c, "", errors.New("its letters cannot be read")
		}
		text = string(decoded)
	}
	if strings.IndexByte(text, 0) >= 0 {
		return c, "", errors.New("it holds bytes that are no text")
	}
	back, err := c.encode(text)
	if err != nil || !bytes.Equal(back, data) {
		return c, "", errors.New("its letters are damaged")
	}
	return c, text, nil
}

// zeros tells UTF-16 without a mark: every other byte of mostly Latin text is zero.
func zeros(data []byte) encoding.Encoding {
	var even, odd int
	head := data[:min(len(data), 4096)]
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	switch half := len(head) / 2; {
	case half > 4 && odd > half*7/10 && even < half/10:
		return littleEndian
	case half > 4 && even > half*7/10 && odd < half/10:
		return bigEndian
	}
	return nil
}

// encode writes text with the mark before it. Letters that the coding lacks become plain ones, or question marks.
func (c coding) encode(text string) ([]byte, error) {
	if c.charset == nil {
		return []byte(c.mark + text), nil
	}
	if c.charset == charmap.Windows1252 {
		text = narrow(text)
	}
	b, err := c.charset.NewEncoder().Bytes([]byte(text))
	return append([]byte(c.mark), b...), err
}

// narrow replaces what Windows-1252 has no byte for.
func narrow(text string) string {
	plain := strings.NewReplacer("→", "->", "←", "<-", "≥", ">=", "≤", "<=", "≠", "!=", "✓", "yes", "✔", "yes", "\u2011", "-", "\u2212", "-", "\u202f", "\u00a0", "\u2009", " ", "\u200b", "")
	return strings.Map(func(r rune) rune {
		if _, ok := charmap.Windows1252.EncodeRune(r); ok {
			return r
		}
		return '?'
	}, plain.Replace(text))
}
