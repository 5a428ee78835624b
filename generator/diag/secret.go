package diag

import (
	"bytes"
	"slices"

	"candor/generator/source"
)

// secretShown is how many bytes of a secret are shown: enough to tell which one it is.
const secretShown = 8

// Shown gives findings as anybody may see them: in their files are stars in the place of every secret that was found, since output of a build is kept
// where many people read it.
func Shown(findings []Finding) []Finding {
	starred := map[*source.File]*source.File{}
	for _, f := range findings {
		if !f.Secret || !hasLines(f.At) {
			continue
		}
		file := starred[f.At.File]
		if file == nil {
			file = source.NewFile(f.At.File.Path, bytes.Clone(f.At.File.Data))
			starred[f.At.File] = file
		}
		for i := f.At.Start + secretShown; i < f.At.End; i++ {
			if file.Data[i] > ' ' && file.Data[i] < 0x7f {
				file.Data[i] = '*'
			}
		}
	}
	if len(starred) == 0 {
		return findings
	}
	hide := func(at source.Span) source.Span {
		if file := starred[at.File]; file != nil {
			at.File = file
		}
		return at
	}
	hidden := slices.Clone(findings)
	for i, f := range hidden {
		hidden[i].At = hide(f.At)
		hidden[i].Related = slices.Clone(f.Related)
		for k, r := range f.Related {
			hidden[i].Related[k].At = hide(r.At)
		}
	}
	return hidden
}
