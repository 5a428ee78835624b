package check

import (
	"bytes"
	"net/netip"
	"strings"
)

const (
	ofNetwork   = "is an address of a private network"
	nameNetwork = "say what answers there; the network as a whole may be named, like "
)

// privateAddressAt finds an IPv4 address of a private network by its first point.
func (w *watcher) privateAddressAt(text []byte, i int) (exposure, bool) {
	start := i
	for start > 0 && i-start < 4 && digits[text[start-1]] {
		start--
	}
	if start == i || !standsFree(text, start) || start > 0 && (text[start-1] == '.' || text[start-1] == '-' && w.code) {
		return exposure{}, false
	}
	end := span(text, i, dotted)
	address, err := netip.ParseAddr(strings.TrimRight(string(text[start:end]), "."))
	if err != nil || end < len(text) && isWordByte(text[end]) || !isWithin(address, text[:start]) {
		return exposure{}, false
	}
	end = start + len(address.String())
	if rest := text[end:]; isEnd(address) || isBlock(address, rest) || isNumber(address, text[:start], rest) || isDrawn(text[:start]) || w.explains(address.String()) {
		return exposure{}, false
	}
	return exposure{start, end, ofNetwork, nameNetwork + "10.0.0.0/8"}, true
}

// isWithin reports whether an address is one of RFC 1918; or, in a link, the one at which clouds answer their machines, which everybody may name.
func isWithin(a netip.Addr, before []byte) bool {
	return a.IsPrivate() || a == metadataAddress && bytes.HasSuffix(before, []byte("://"))
}

var metadataAddress = netip.MustParseAddr("169.254.169.254")

// blocks are the private networks as a whole (RFC 1918, RFC 4193), which everybody knows.
var blocks = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("fd00::/8")}

// isEnd reports whether an address is the first or last one of a private network.
func isEnd(a netip.Addr) bool {
	for _, b := range blocks {
		if a == b.Addr() || b.Contains(a) && !b.Contains(a.Next()) {
			return true
		}
	}
	return false
}

// isBlock reports whether an address with the "/8" that follows is a private network as a whole.
func isBlock(a netip.Addr, rest []byte) bool {
	if len(rest) < 2 || rest[0] != '/' {
		return false
	}
	p, err := netip.ParsePrefix(a.String() + string(rest[:span(rest, 1, digits)]))
	for _, b := range blocks {
		if err == nil && p == b {
			return true
		}
	}
	return false
}

// counted are words before a number in four parts that is no address.
var counted = set("version versions v ver release releases build firmware driver kernel section sections clause clauses article paragraph paragraphs chapter annex appendix requirement requirements req " +
	"control controls criterion criteria standard item items dss pci iso nist table figure step")

// isNumber tells the numbers of versions and sections from addresses by what stands around them: "version 10.1.2.3", "requirements 10.2.1.1
// and 10.2.1.2", "# 10.1.2.3 Passwords".
func isNumber(a netip.Addr, before, rest []byte) bool {
	before = before[max(0, len(before)-nearby):]
	if isClause(a, before, rest) || len(rest) > 1 && (rest[0] == '-' || rest[0] == '+') && rest[1]|0x20 >= 'a' && rest[1]|0x20 <= 'z' { // "10.1.2.3-beta"
		return true
	}
	for {
		before = bytes.TrimRight(before, " \t\n.,;:0123456789-–'\"`([*_")
		word := string(bytes.ToLower(before[lastWord(before):]))
		switch word {
		case "and", "or", "to", "through", "no", "number":
			before = before[:len(before)-len(word)]
			continue
		}
		return counted[word] || bytes.HasSuffix(before, []byte("§"))
	}
}

// isClause reports whether a number begins a line and a title or sentence follows: "## 10.1.2.3 Passwords".
func isClause(a netip.Addr, before, rest []byte) bool {
	if len(bytes.TrimLeft(before[bytes.LastIndexByte(before, '\n')+1:], "#* \t")) > 0 {
		return false
	}
	for _, part := range a.As4() {
		if part > 40 {
			return false
		}
	}
	title := bytes.TrimLeft(bytes.TrimLeft(rest, ".)*"), " ")
	return len(title) > 0 && len(title) < len(rest) && title[0] >= 'A' && title[0] <= 'Z'
}

// isDrawn reports whether a number is one of those of which a picture's lines are drawn: d="M1 2 10.1.2.3", where a point parts them too.
func isDrawn(before []byte) bool {
	before = before[max(0, len(before)-2*longestRun):]
	quote := bytes.LastIndexAny(before, "\"'")
	return quote >= 0 && (bytes.HasSuffix(before[:quote], []byte(" d=")) || bytes.HasSuffix(before[:quote], []byte(" points=")))
}

// localAddressAt finds an IPv6 address of RFC 4193 by its first colon.
func (w *watcher) localAddressAt(text []byte, i int) (exposure, bool) {
	start := i - 4
	if start < 0 || text[i] != ':' || text[start]|0x20 != 'f' || text[start+1]|0x20 != 'c' && text[start+1]|0x20 != 'd' || !standsFree(text, start) || start > 0 && text[start-1] == ':' {
		return exposure{}, false
	}
	end := span(text, i, hexColons)
	address, err := netip.ParseAddr(strings.TrimRight(string(text[start:end]), "."))
	if err != nil || !address.IsPrivate() || isEnd(address) || isBlock(address, text[end:]) {
		return exposure{}, false
	}
	return exposure{start, end, ofNetwork, nameNetwork + "fd00::/8"}, true
}

// suffixes are what names within a network end in.
var suffixes = set("internal intranet local localdomain lan corp")

// commonHosts are the same on every machine of a kind.
var commonHosts = set("host.docker.internal gateway.docker.internal metadata.google.internal kubernetes.default.svc.cluster.local kubernetes.default.svc.cluster " +
	"cluster.local svc.cluster.local ec2.internal compute.internal docker.internal google.internal")

// hostAt finds a name of a machine within a network by the point before its suffix.
func (w *watcher) hostAt(text []byte, i int) (exposure, bool) {
	end := i + 1
	for end < len(text) && isWordByte(text[end]) && end-i < 14 {
		end++
	}
	suffix := string(text[i+1 : end])
	if len(suffix) < 3 || !suffixes[strings.ToLower(suffix)] || goesOn(text[end:]) {
		return exposure{}, false
	}
	start := i
	for start > 0 && hostBytes[text[start-1]] && i-start < 250 {
		start--
	}
	before := text[:start]
	web := bytes.HasSuffix(before, []byte("//"))
	wild := start < i && text[start] == '.' && len(before) > 0 && strings.IndexByte("*>}", before[len(before)-1]) >= 0
	if wild || start < i && text[start] == '-' {
		start++
	}
	host := string(text[start:end])
	switch {
	case start >= i || text[start] == '.' || text[start] == '_' && w.code: // a file: ".env.local"
	case len(before) > 0 && (before[len(before)-1] == '@' || !web && before[len(before)-1] == '/'):
	case suffix != strings.ToLower(suffix) && host != strings.ToUpper(host): // a sentence ends here
	case w.code && !web, !web && commonHosts[strings.ToLower(host)], w.explains(strings.ToLower(host)):
	default:
		return exposure{start, end, "is a name within a private network", "say what the machine is for, or write a name under .example"}, true
	}
	return exposure{}, false
}

// goesOn reports whether a name goes on after its suffix: "settings.local.json", "x.local()".
func goesOn(rest []byte) bool {
	if len(rest) == 0 {
		return false
	}
	if rest[0] == '.' {
		return len(rest) > 1 && isWordByte(rest[1])
	}
	return isWordByte(rest[0]) || rest[0] == '-' || rest[0] == '_' || rest[0] == '('
}
