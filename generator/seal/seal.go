// Package seal closes a page so that only who has its key can read it, and tells whether a secret is the one that pages were closed with.
//
// In come a site's secret, the id of a page and what stands on it; out come the key of that page alone and bytes that say nothing without it. A key is
// derived from the secret and the id (HKDF-SHA256), so that nothing has to be kept but the secret. What is closed is padded to one of few lengths and
// encrypted with AES-256-GCM, bound to the id; the nonce is derived from the key and the content, so that the same page becomes the same bytes in every
// build, and no nonce meets another content. Nothing here reads a file or the environment, and no secret or key is printed by accident: both have a String
// that says what they are and no more.
package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strings"
)

const (
	keySize   = 32 // of AES-256, and of a secret
	nonceSize = 12
	idBytes   = 16 // 128 bits: nobody comes upon an address by guessing
	checkSize = 8

	// IDLength is how many characters an id has.
	IDLength = 26
	// KeyLength is how many characters a key has in a link.
	KeyLength = 52
	// SecretPrefix begins every secret as it is written, so that one is known wherever it turns up.
	SecretPrefix = "candor-secret-"
)

// letters is base32 (RFC 4648) in small letters: it survives whatever mail programs do to the end of a link and to the case of letters, which base64 does not.
var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// A Secret is what all keys of a site are derived from. The zero Secret is none.
type Secret struct {
	raw [keySize]byte
	set bool
}

// NewSecret makes a secret of 256 bits.
func NewSecret(random io.Reader) (Secret, error) {
	s := Secret{set: true}
	if _, err := io.ReadFull(random, s.raw[:]); err != nil {
		return Secret{}, fmt.Errorf("make a secret: %w", err)
	}
	return s, nil
}

// errNoSecret says nothing of what was there in the place of a secret.
var errNoSecret = errors.New("this is no secret of candor: one is " + SecretPrefix + " and 52 letters and digits")

// ParseSecret reads what Text gives, with white space around it. A text that people made up is refused: what is published could be tried against guesses.
func ParseSecret(text string) (Secret, error) {
	coded, ok := strings.CutPrefix(strings.TrimSpace(text), SecretPrefix)
	raw, err := letters.DecodeString(coded)
	if !ok || err != nil || len(raw) != keySize {
		return Secret{}, errNoSecret
	}
	return Secret{raw: [keySize]byte(raw), set: true}, nil
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return !s.set }

// Text gives the secret as it is kept. It is for the one file or variable that holds it.
func (s Secret) Text() string { return SecretPrefix + letters.EncodeToString(s.raw[:]) }

// String says what this is and nothing of what it holds.
func (s Secret) String() string { return "a secret" }

// GoString is String, for %#v.
func (s Secret) GoString() string { return s.String() }

// Fingerprint tells secrets apart without giving them away; "" for none.
func (s Secret) Fingerprint() string {
	if s.IsZero() {
		return ""
	}
	return hex.EncodeToString(derive(s.raw[:], "fingerprint", "", keySize))
}

// Check gives what is kept beside a page to tell later whether a secret is the one that its key was derived from: 16 digits of hex, from which neither
// follows.
func (s Secret) Check(id string) string {
	return hex.EncodeToString(derive(s.raw[:], "check", id, checkSize))
}

// Key gives the key of the page with that id.
func (s Secret) Key(id string) Key { return Key(derive(s.raw[:], "key", id, keySize)) }

// derive gives bytes that are good for one purpose and one page.
func derive(from []byte, purpose, id string, size int) []byte {
	out, err := hkdf.Key(sha256.New, from, nil, "candor sealed page 1 "+purpose+" "+id, size)
	if err != nil {
		panic(err) // more than 8,160 bytes were asked for
	}
	return out
}

// A Key opens one page.
type Key [keySize]byte

// Text gives the key as it stands in a link, behind the #.
func (k Key) Text() string { return letters.EncodeToString(k[:]) }

// String says what this is and nothing of what it holds.
func (k Key) String() string { return "a key" }

// GoString is String, for %#v.
func (k Key) GoString() string { return k.String() }

// ParseKey reads what Text gives.
func ParseKey(text string) (Key, error) {
	raw, err := letters.DecodeString(strings.ToLower(text))
	if err != nil || len(raw) != keySize {
		return Key{}, errors.New("this is no key of a sealed page")
	}
	return Key(raw), nil
}

// Seal closes content for the page with that id: the nonce, then what AES-256-GCM made of the padded content.
func (k Key) Seal(id string, content []byte) []byte {
	padded := pad(content)
	mac := hmac.New(sha256.New, derive(k[:], "nonce", id, keySize))
	mac.Write(padded)
	nonce := mac.Sum(nil)[:nonceSize]
	return k.cipher().Seal(nonce, nonce, padded, bound(id))
}

// Open gives the content of what Seal closed for the same id.
func (k Key) Open(id string, sealed []byte) ([]byte, error) {
	if len(sealed) < nonceSize {
		return nil, errors.New("too short for a sealed page")
	}
	padded, err := k.cipher().Open(nil, sealed[:nonceSize], sealed[nonceSize:], bound(id))
	if err != nil {
		return nil, errors.New("the key is another page's, or the page was changed")
	}
	size := binary.BigEndian.Uint32(padded)
	return padded[4 : 4+size], nil
}

func (k Key) cipher() cipher.AEAD {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		panic(err) // the key has another length than 16, 24 or 32
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // the cipher has another block than AES
	}
	return gcm
}

// bound gives what is authenticated beside the content: a page that was put at another's address does not open.
func bound(id string) []byte { return []byte("candor sealed page 1 " + id) }

// leastPadded is the length of a page with little on it: some ten answers and one look alike.
const leastPadded = 16 << 10

// pad puts the length before the content, and zeros behind it up to the next power of two. Powers of two tell less than finer steps (Padmé) of how much a
// customer was sent, and at most double a page that is loaded once.
func pad(content []byte) []byte {
	size := 4 + len(content)
	padded := make([]byte, max(leastPadded, 1<<bits.Len(uint(size-1))))
	binary.BigEndian.PutUint32(padded, uint32(len(content)))
	copy(padded[4:], content)
	return padded
}

// NewID makes the id of a page: 128 bits, in letters and digits that may stand in the name of a file.
func NewID(random io.Reader) (string, error) {
	raw := make([]byte, idBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	return letters.EncodeToString(raw), nil
}

// IsID reports whether a text can be an id that NewID made: of its form, and of as many different characters as chance leaves hardly ever undone.
func IsID(text string) bool {
	if raw, err := letters.DecodeString(text); err != nil || len(raw) != idBytes || letters.EncodeToString(raw) != text {
		return false
	}
	different := map[rune]bool{}
	for _, r := range text {
		different[r] = true
	}
	return len(different) >= fewestDifferent
}

// fewestDifferent is less than one id in a million has; what a person types to fill the form has fewer.
const fewestDifferent = 10

// IsCheck reports whether a text is of the form that Check gives.
func IsCheck(text string) bool {
	raw, err := hex.DecodeString(text)
	return err == nil && len(raw) == checkSize && strings.ToLower(text) == text
}

// FindSecret gives where a secret stands in data, as it is written, whoever's it is.
func FindSecret(data []byte) (start, end int, found bool) {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte(SecretPrefix))
		if i < 0 {
			return 0, 0, false
		}
		start = at + i
		end = start + len(SecretPrefix) + KeyLength
		if end <= len(data) {
			if _, err := ParseSecret(string(data[start:end])); err == nil {
				return start, end, true
			}
		}
		at = start + len(SecretPrefix)
	}
}
