package scan

import (
	"bytes"
	"strings"
)

// maxHost is how far from a word the rest of a host is looked for.
const maxHost = 200

// An address is a host in code, as it is written: parts of it may be put in when the code runs.
type address struct {
	start, end int    // of the host in the file, without what is put in at its edges
	host       string // with "x" for what is put in
	path       string // what follows, up to 200 bytes
	scheme     bool   // there is :// in front of it
	whole      bool   // nothing but an address stands in its text: quotes or spaces around it
}

// addressAt gives the host whose word in front of its last dot is data[start:end], and whether it is one: one of ends follows, and nothing goes on behind.
func addressAt(data []byte, start, end int, ends []string) (a address, ok bool) {
	found := ""
	for _, e := range ends {
		if len(e) > len(found) && bytes.HasPrefix(data[end:], []byte(e)) {
			found = e
		}
	}
	after := end + len(found)
	if found == "" || after < len(data) && (isWordByte(data[after]) || data[after] == '-') {
		return a, false
	}
	if after+1 < len(data) && data[after] == '.' && isWordByte(data[after+1]) { // .com.example
		return a, false
	}
	from, host := hostBefore(data, start)
	a = address{start: from, end: after, host: strings.ToLower(host + string(data[start:after]))}
	if strings.HasPrefix(a.host, ".") { // host + ".openai.azure.com"
		a.host = "x" + a.host
	}
	before := data[max(0, from-maxHost):from]
	if i := bytes.LastIndexAny(before, " \t\n\"'`(<>=,;"); i >= 0 {
		before = before[i+1:]
	}
	a.scheme = bytes.Contains(before, []byte("://"))
	if bytes.HasSuffix(before, []byte("@")) && !a.scheme {
		return a, false // an e-mail address
	}
	a.path = pathAfter(data, after)
	a.whole = from == 0 || strings.IndexByte(" \t\n\"'`/@", data[from-1]) >= 0
	return a, true
}

// hostBefore gives the part of a host that stands in front of at, and where it begins. What is put in by a program, in whichever way it is written, is an "x".
func hostBefore(data []byte, at int) (from int, host string) {
	least := max(0, at-maxHost)
	from = at
	for from > least {
		switch c := data[from-1]; {
		case isWordByte(c) || c == '-' || c == '.':
			host = string(c) + host
			from--
		case c == '*':
			host = "x" + host
			from--
		case c == '}' || c == '>' || c == ']':
			open := bytes.LastIndexByte(data[least:from], map[byte]byte{'}': '{', '>': '<', ']': '['}[c])
			if open < 0 || bytes.IndexByte(data[least+open:from], '\n') >= 0 || host != "" && host[0] != '.' && host[0] != '-' {
				return from, host
			}
			from, host = least+open, "x"+host
			for from > least && strings.IndexByte("$#{%", data[from-1]) >= 0 {
				from--
			}
		case c == '%' && len(host) > 1 && strings.IndexByte("sv", host[0]) >= 0 && strings.IndexByte(".-", host[1]) >= 0: // %s.openai.azure.com
			host = "x" + host[1:]
			from--
		default:
			return from, host
		}
	}
	return from, host
}

// pathAfter gives the path that follows a host: from a slash, behind a port.
func pathAfter(data []byte, at int) string {
	rest := data[at:min(len(data), at+maxHost)]
	if len(rest) > 0 && rest[0] == ':' {
		n := 1
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		rest = rest[n:]
	}
	if len(rest) == 0 || rest[0] != '/' {
		return ""
	}
	if i := bytes.IndexAny(rest, " \t\n\"'`,;?#)<>{}$|\\"); i >= 0 {
		rest = rest[:i]
	}
	return strings.TrimRight(string(rest), "/")
}
