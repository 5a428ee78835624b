package parse

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"candor/generator/diag"
	"candor/generator/model"
	"candor/generator/source"

	"gopkg.in/yaml.v3"
)

// text reports what a text may not be: too long, not one of the words, not in its notation. It gives whether the value can be used.
func (r *reader) text(key, n *yaml.Node, at source.Span, f Field) bool {
	value := strings.TrimSpace(n.Value)
	if value == "" {
		r.add(at, fmt.Sprintf("%q is empty", key.Value), "write a value, or remove the key")
		return false
	}
	if c, ok := Invisible(value); ok {
		r.add(at, fmt.Sprintf("%q holds the invisible character %U", key.Value, c), "remove it: it makes a text look like another")
		return false
	}
	if length, limit := len([]rune(value)), f.Most(MaxText); length > limit {
		r.add(at, fmt.Sprintf("%q is %d characters long, at most %d fit", key.Value, length, limit), "say it in fewer words")
		return false
	}
	if f.Words != nil && !slices.Contains(f.Words, value) {
		hint := "write one of " + strings.Join(f.Words, ", ")
		if near, ok := diag.Nearest(value, f.Words); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		r.add(at, fmt.Sprintf("%q is %q, which is none of its words", key.Value, shorten(value)), hint)
		return false
	}
	if message, hint := notation(f.Form, value); message != "" {
		r.add(at, fmt.Sprintf("%q is %q, which is %s", key.Value, shorten(value), message), hint)
		return false
	}
	r.checkID(value, at, f.IDs)
	return true
}

// Invisible finds a character that no reader sees but that changes what they read: controls, overrides of the writing direction,
// spaces of no width. Joiners stay: emoji and several scripts are written with them.
func Invisible(s string) (rune, bool) {
	for _, c := range s {
		switch {
		case c == '\n' || c == '\t' || c == '\u200c' || c == '\u200d':
		case unicode.Is(unicode.Cc, c), unicode.Is(unicode.Bidi_Control, c) && c != '\u200e' && c != '\u200f' && c != '\u061c', c == '\u200b', c == '\u2060', c == '\ufeff':
			return c, true
		}
	}
	return 0, false
}

// Notations of the brand, which are valid regular expressions of JavaScript too.
const (
	// FontStack is names in quotes or bare with commas between them, nothing that could end the declaration that it stands in, and a generic name last.
	FontStack = `^\s*(("[^"'\\(){};:<>@/!&,\n]+"|'[^"'\\(){};:<>@/!&,\n]+'|-?` + fontWord + `( +` + fontWord + `)*)\s*,\s*)*` +
		`(sans-serif|serif|monospace|system-ui|ui-sans-serif|ui-serif|ui-monospace|ui-rounded)\s*$`
	fontWord = `[^\x00-@\[-^\x60\x7b-\x9f][^\x00-,./:-@\[-^\x60\x7b-\x9f]*`
	// Radius is 0 to 16 pixels, or up to 1 rem.
	Radius = `^\s*((16(\.0+)?|(1[0-5]|[0-9])(\.[0-9]+)?|\.[0-9]+)(px)?|(0?\.[0-9]+|1)rem)\s*$`
)

var (
	hexColor  = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	fontStack = regexp.MustCompile(FontStack)
	radius    = regexp.MustCompile(Radius)
	email     = regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$`)
)

// notation holds a value against a notation that the model asks for; "" when it fits.
func notation(form, value string) (message, hint string) {
	switch form {
	case "url":
		if !isWebAddress(value) {
			return "no web address", "write it whole: https://example.com/page"
		}
	case "contact":
		if !email.MatchString(value) && !isWebAddress(value) {
			return "neither an e-mail address nor a web address", "write security@example.com or https://example.com/contact"
		}
	case "country":
		if model.CountryName(value) == "" {
			return "no country", "write its two letters of ISO 3166-1, or EU: US, DE, JP"
		}
	case "color":
		if !hexColor.MatchString(value) {
			return "no color", `write six hexadecimal digits in quotes: "#1f6f5c"`
		}
	case "font":
		if !fontStack.MatchString(value) {
			return "no font stack", `write names with commas between them, a generic one last: Inter, "Helvetica Neue", sans-serif`
		}
	case "radius":
		if !radius.MatchString(value) {
			return "no radius from 0 to 16 pixels", "write pixels, or a part of the size of the text: 8, 8px, .5rem"
		}
	case "path":
		if path.IsAbs(value) || path.Clean(value) != value || strings.HasPrefix(value, "..") || strings.Contains(value, `\`) {
			return "no path in content/", "write it from there on, without dots: brand/logo.svg"
		}
	}
	return "", ""
}

// isWebAddress reports whether value is a whole http or https address without a password in it.
func isWebAddress(value string) bool {
	u, err := url.Parse(value)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(value, " \t\n\"<>`\\")
}
