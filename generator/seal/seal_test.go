package seal_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"candor/generator/seal"
)

const (
	id    = "q7m2xk4vahn3zt5bpw6ydc2rse"
	other = "z7m2xk4vahn3zt5bpw6ydc2rse"
)

func secret(t testing.TB, seed byte) seal.Secret {
	t.Helper()
	s, err := seal.NewSecret(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestKnown holds the derivation to what it was: were it to change, every link that is out would lead nowhere. The values were made with Python's
// cryptography (HKDF with an empty salt, AESGCM), not with this package.
func TestKnown(t *testing.T) {
	zero, err := seal.ParseSecret("candor-secret-" + strings.Repeat("a", 52))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := zero.Key(id).Text(), "yh42x3chclea4w5tkqv5z2wsf3sw4agqu22rfopnmhncgyfgcbfa"; got != want {
		t.Errorf("the key is %s, not %s", got, want)
	}
	if got, want := zero.Check(id), "d61188b0ceebee63"; got != want {
		t.Errorf("the check is %s, not %s", got, want)
	}
	sealed := zero.Key(id).Seal(id, []byte("Yes."))
	if got, want := hex.EncodeToString(sealed[:28]), "cfa8aa8af75ce21a5bb6e80581a161c39e403fae4292ec9cf7cfb993"; got != want {
		t.Errorf("the page begins with %s, not %s", got, want)
	}
}

// TestOpens closes pages of many lengths and opens them, with their own key alone.
func TestOpens(t *testing.T) {
	s := secret(t, 1)
	for _, size := range []int{0, 1, 16<<10 - 5, 16<<10 - 4, 16<<10 - 3, 40_000, 1 << 20} {
		content := bytes.Repeat([]byte("x"), size)
		sealed := s.Key(id).Seal(id, content)
		opened, err := s.Key(id).Open(id, sealed)
		if err != nil || !bytes.Equal(opened, content) {
			t.Errorf("%d bytes: %v", size, err)
		}
		for what, fails := range map[string]func() ([]byte, error){
			"another page's key":   func() ([]byte, error) { return s.Key(other).Open(id, sealed) },
			"another site's key":   func() ([]byte, error) { return secret(t, 2).Key(id).Open(id, sealed) },
			"at another's address": func() ([]byte, error) { return s.Key(id).Open(other, sealed) },
			"cut short":            func() ([]byte, error) { return s.Key(id).Open(id, sealed[:len(sealed)-1]) },
			"cut to nothing":       func() ([]byte, error) { return s.Key(id).Open(id, sealed[:5]) },
		} {
			if out, err := fails(); err == nil {
				t.Errorf("%d bytes open with %s: %.20q", size, what, out)
			}
		}
	}
}

// TestTampering changes every bit of the beginning and the end of a page, one at a time.
func TestTampering(t *testing.T) {
	k := secret(t, 1).Key(id)
	sealed := k.Seal(id, []byte("Yes, with keys of the customer's own."))
	for i := range sealed {
		if i > 100 && i < len(sealed)-100 {
			continue
		}
		for bit := range 8 {
			changed := bytes.Clone(sealed)
			changed[i] ^= 1 << bit
			if _, err := k.Open(id, changed); err == nil {
				t.Fatalf("bit %d of byte %d may be changed", bit, i)
			}
		}
	}
}

// TestSameBytes: the same page is the same file in every build, and what differs in a letter has another nonce.
func TestSameBytes(t *testing.T) {
	k := secret(t, 1).Key(id)
	one := k.Seal(id, []byte("Yes."))
	if !bytes.Equal(one, k.Seal(id, []byte("Yes."))) {
		t.Error("two builds make two files")
	}
	seen := map[string]bool{}
	for i := range 1000 {
		nonce := string(k.Seal(id, fmt.Appendf(nil, "Yes, %d.", i))[:12])
		if seen[nonce] {
			t.Fatal("two contents have one nonce")
		}
		seen[nonce] = true
	}
}

// TestPadding: the length of a page tells little of what stands on it.
func TestPadding(t *testing.T) {
	k := secret(t, 1).Key(id)
	const beside = 12 + 16 // nonce and tag
	for size, want := range map[int]int{0: 16384, 9000: 16384, 16380: 16384, 16381: 32768, 30000: 32768, 32764: 32768, 300_000: 524288} {
		if got := len(k.Seal(id, make([]byte, size))) - beside; got != want {
			t.Errorf("%d bytes become %d, not %d", size, got, want)
		}
	}
}

// TestWritten: what is written is read again, and nothing else is.
func TestWritten(t *testing.T) {
	s := secret(t, 1)
	back, err := seal.ParseSecret("\n" + s.Text() + "\r\n")
	if err != nil || back.Key(id) != s.Key(id) || back.IsZero() || !(seal.Secret{}).IsZero() {
		t.Error("a secret is not read as it was written", err)
	}
	if k, err := seal.ParseKey(strings.ToUpper(s.Key(id).Text())); err != nil || k != s.Key(id) {
		t.Error("a key is not read as it was written", err)
	}
	if n := len(s.Key(id).Text()); n != seal.KeyLength {
		t.Errorf("a key has %d characters", n)
	}
	for _, text := range []string{"", "hunter2", "candor-secret-", "candor-secret-hunter2", strings.TrimPrefix(s.Text(), "candor-secret-"), s.Text() + "a", s.Text()[:len(s.Text())-1]} {
		if _, err := seal.ParseSecret(text); err == nil || text != "" && strings.Contains(err.Error(), text) && text != "candor-secret-" {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "abc", s.Key(id).Text()[1:], "1" + s.Key(id).Text()[1:]} {
		if _, err := seal.ParseKey(text); err == nil {
			t.Errorf("%q is taken for a key", text)
		}
	}
	if s.Check(id) == s.Check(other) || s.Check(id) == secret(t, 2).Check(id) || !seal.IsCheck(s.Check(id)) {
		t.Error("a check does not tell secrets and pages apart")
	}
	if seal.IsCheck("") || seal.IsCheck("0123") || seal.IsCheck("XYZ3456789012345") || seal.IsCheck("ABCDEF6789012345") {
		t.Error("anything is taken for a check")
	}
	if s.Fingerprint() == secret(t, 2).Fingerprint() || (seal.Secret{}).Fingerprint() != "" {
		t.Error("fingerprints do not tell secrets apart")
	}
}

// TestNothingIsPrinted: a secret or key that comes into a message by mistake says nothing.
func TestNothingIsPrinted(t *testing.T) {
	s := secret(t, 1)
	raw := hex.EncodeToString(s.Key(id).Seal(id, nil)[:4])
	for _, form := range []string{"%v", "%s", "%+v", "%#v"} {
		for _, thing := range []any{s, s.Key(id), &s} {
			out := fmt.Sprintf(form, thing)
			if len(out) > 40 && !strings.Contains(out, "a secret") || strings.Contains(out, s.Text()[20:40]) || strings.Contains(out, raw) {
				t.Errorf("%s prints %s", form, out)
			}
		}
	}
}

// TestIDs: ids are of one form and never the same; what a person types is none.
func TestIDs(t *testing.T) {
	random := rand.NewChaCha8([32]byte{3})
	seen := map[string]bool{}
	for range 2000 {
		one, err := seal.NewID(random)
		if err != nil || seen[one] || !seal.IsID(one) || len(one) != seal.IDLength {
			t.Fatal(one, err)
		}
		seen[one] = true
	}
	for _, text := range []string{"", "northwind", strings.Repeat("a", 26), strings.ToUpper(id), id + "a", id[1:], id[:25] + "b", "northwindnorthwindnorthwin"} {
		if seal.IsID(text) {
			t.Errorf("%q is taken for an id", text)
		}
	}
	if _, err := seal.NewID(strings.NewReader("short")); err == nil {
		t.Error("an id is made without chance")
	}
	if _, err := seal.NewSecret(strings.NewReader("short")); err == nil {
		t.Error("a secret is made without chance")
	}
}

// TestFindSecret finds a secret in what lies about, and no talk of one.
func TestFindSecret(t *testing.T) {
	text := "see candor-secret-... or candor-secret-" + strings.Repeat("-", 52) + "\nkey: " + secret(t, 1).Text() + "\n"
	start, end, ok := seal.FindSecret([]byte(text))
	if !ok || text[start:end] != secret(t, 1).Text() {
		t.Error("the secret is not found")
	}
	if _, _, ok := seal.FindSecret([]byte(text[:100])); ok {
		t.Error("talk of secrets is taken for one")
	}
}

// FuzzFindSecret: what is found is a secret, and a secret that is put in anywhere is found.
func FuzzFindSecret(f *testing.F) {
	f.Add([]byte("candor-secret-"), []byte("x"))
	f.Add([]byte("candor-secret-candor-secret-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), []byte("\n"))
	s := secret(f, 1)
	f.Fuzz(func(t *testing.T, before, after []byte) {
		if start, end, ok := seal.FindSecret(before); ok {
			if _, err := seal.ParseSecret(string(before[start:end])); err != nil {
				t.Errorf("%q is taken for a secret", before[start:end])
			}
		}
		if _, _, ok := seal.FindSecret(append(append(append([]byte(nil), before...), s.Text()...), after...)); !ok {
			t.Error("a secret is not found")
		}
		seal.ParseKey(string(before))
		seal.IsID(string(before))
	})
}
