package hosting

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// A plan is a site as its hosts are told of it.
type plan struct {
	origin string // "https://fernlight.example"
	base   string // "" or "/trust", not escaped
	https  bool
	moves  []Move   // sorted by From
	files  []string // sorted
}

func planOf(s Site) plan {
	p := plan{https: true, moves: slices.Clone(s.Moves), files: slices.Clone(s.Files)}
	if u, err := url.Parse(strings.TrimSpace(s.BaseURL)); err == nil && u.Host != "" && safe(u.Host) && safe(u.Path) {
		p.origin, p.base, p.https = u.Scheme+"://"+u.Host, strings.TrimRight(u.Path, "/"), u.Scheme != "http"
	}
	p.moves = slices.DeleteFunc(p.moves, func(m Move) bool {
		return !safe(m.From) || !safe(m.To) || !strings.HasPrefix(m.From, "/") || m.From == m.To
	})
	slices.SortFunc(p.moves, func(a, b Move) int { return cmp.Compare(a.From, b.From) })
	p.moves = slices.CompactFunc(p.moves, func(a, b Move) bool { return a.From == b.From })
	p.files = append(slices.DeleteFunc(p.files, func(f string) bool { return !safe(f) || ForHost(f) }), manifest)
	slices.Sort(p.files)
	p.files = slices.Compact(p.files)
	return p
}

// safe reports whether a path may stand in a file at all. What ends a line, or is not seen, may not: no quoting of any host is known to hold it.
func safe(path string) bool {
	return strings.IndexFunc(path, func(r rune) bool {
		return r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	}) < 0
}

// bases gives what may stand before the paths that a host sees whose files lie in the root of the site: nothing, since then the site's root is the host's; and the base
// path, when the host gets the address as readers typed it, as behind a proxy that takes nothing off.
func (p plan) bases() []string {
	if p.base == "" {
		return []string{""}
	}
	return []string{"", p.base}
}

// of gives the files of a class.
func (p plan) of(c class) []string {
	return slices.DeleteFunc(slices.Clone(p.files), func(f string) bool { return classOf(f) != c })
}

// target gives the address that a moved one leads to, for the header Location: from the root of the host, since what stands before the host sees another name or scheme.
func (p plan) target(m Move) string { return escaped(p.base+m.To, "") }

// escaped gives a path as it stands in an address (RFC 3986, section 2.1): everything is escaped but letters, digits, -._~, slashes, and what is in plain.
func escaped(path, plain string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~/"+plain, c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// endings gives the endings of files whose type is known, with the type, in the order of the endings.
func endings() [][2]string {
	var list [][2]string
	for ending, t := range types {
		list = append(list, [2]string{ending, t})
	}
	slices.SortFunc(list, func(a, b [2]string) int { return cmp.Compare(a[0], b[0]) })
	return list
}

// left says how many moved addresses a file has no room for; "" where it has.
func left(comment string, all, told int) string {
	if all == told {
		return ""
	}
	return fmt.Sprintf("%s %d of %d moved addresses are below; the page at each of the others leads on.\n", comment, told, all)
}
