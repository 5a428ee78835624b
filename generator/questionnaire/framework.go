package questionnaire

import (
	"path"
	"strings"

	"candor/generator/sheet"
)

// framework tells from the names of the file and its sheets which questionnaire it is, of those whose ids the answers name.
func (l *Library) framework(name string, s sheet.Survey) string {
	names := []string{path.Base(strings.ReplaceAll(name, `\`, "/"))}
	for _, t := range s.Tables {
		names = append(names, t.Sheet)
	}
	for _, skipped := range s.Skipped {
		names = append(names, skipped.Sheet)
	}
	text := " " + strings.Join(parted(strings.Join(names, " ")), " ") + " "
	found := ""
	for _, a := range l.answers {
		for _, f := range a.Frameworks {
			if id := f.ID.Value; len(id) > len(found) && strings.Contains(text, " "+strings.Join(parted(id), " ")+" ") {
				found = id
			}
		}
	}
	return found
}

// parted gives the words and numbers of a name: "CAIQv4.0.3" is caiq, 4, 0, 3. The v of a version is none.
func parted(name string) []string {
	var parts []string
	last := byte(0)
	for i := range len(name) {
		c, kind := name[i]|0x20, byte(0)
		switch {
		case '0' <= name[i] && name[i] <= '9':
			c, kind = name[i], '0'
		case 'a' <= c && c <= 'z':
			kind = 'a'
		}
		switch {
		case kind == 0:
		case kind == last:
			parts[len(parts)-1] += string(c)
		default:
			parts = append(parts, string(c))
		}
		last = kind
	}
	var all []string
	for i, p := range parts {
		if v := strings.TrimSuffix(p, "v"); i+1 < len(parts) && parts[i+1][0] <= '9' { // v4, version 4
			p = strings.TrimSuffix(v, "version")
		}
		if p != "" {
			all = append(all, p)
		}
	}
	return all
}
