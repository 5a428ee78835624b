package export

import (
	"candor/generator/hosting"
	"candor/generator/model"
)

// ForHosts gives the files by which common hosts are told of headers and moved addresses. files are the paths of all others, and base is as for All.
func ForHosts(site *model.Site, files []string, base string) []File {
	if base == "" {
		base = site.Config.BaseURL.Value
	}
	s := hosting.Site{BaseURL: base, Files: files}
	for _, f := range site.Formers() {
		s.Moves = append(s.Moves, hosting.Move{From: f.Address, To: model.Address(f.Record)})
	}
	var list []File
	for _, f := range hosting.Files(s) {
		list = append(list, File{Path: f.Path, Data: f.Data})
	}
	return list
}
