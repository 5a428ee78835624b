package generator_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candor/generator"
	"candor/generator/cache"
	"candor/generator/model"
	"candor/generator/output"
)

// TestOwnVendorsAreNoticed writes, changes and removes a vendor of the content's own: what the source code shows by it is found at the next build of a run, and
// of one that begins anew with what an earlier one has kept.
func TestOwnVendorsAreNoticed(t *testing.T) {
	const file = "content/vendors/quillgate.yaml"
	d := newDesk(t, 6)
	d.files["services/drafts/package.json"] = &fstest.MapFile{Data: []byte(`{"dependencies": {"quillgate-client": "1"}}`)}
	flow := string(d.files["content/flows/reply-drafts.yaml"].Data)
	d.write("content/flows/reply-drafts.yaml", []byte(flow+"source: [services/drafts]\n"))
	folder := t.TempDir()
	var running generator.Workshop
	site := &output.Memory{}
	for _, edit := range []struct{ vendor, want string }{
		{"", ""},
		{"name: Quillgate\nwebsite: https://quillgate.example\ncategory: llm-api\nsignatures: {npm: [quillgate-client]}\n", `npm package "quillgate-client" belongs to Quillgate, which is no sub-processor`},
		{"name: Quillgate Two\nwebsite: https://quillgate.example\ncategory: llm-api\nsignatures: {npm: [quillgate-client]}\n", `npm package "quillgate-client" belongs to Quillgate Two, which is no sub-processor`},
		{"name: Quillgate\nwebsite: https://quillgate.example\ncategory: cms\nsignatures: {npm: [quillgate-client]}\n", ""},
		{"name: Quillgate\nwebsite: https://quillgate.example\ncategory: llm-api\n", ""},
		{"", ""},
	} {
		if delete(d.files, file); edit.vendor != "" {
			d.write(file, []byte(edit.vendor))
		}
		in := d.input(t)
		in.Draw = nil
		report, err := running.Build(context.Background(), in, generator.Step{Changed: []string{file}}, &output.Memory{})
		if got := forgotten(report); err != nil || got != edit.want {
			t.Errorf("with %q, the same run found %q, want %q (%v)", edit.vendor, got, edit.want, err)
		}
		for range 2 { // the second time, nothing has changed
			store := cache.Open(cache.Options{Folder: folder, Name: "site", Version: "1", Now: time.Now})
			next := site.Next()
			report, err := (&generator.Workshop{Store: store}).Build(context.Background(), in, generator.Step{All: true}, next)
			if got := forgotten(report); err != nil || got != edit.want {
				t.Errorf("with %q, another run found %q, want %q (%v)", edit.vendor, got, edit.want, err)
			}
			if err := store.Close(true); err != nil {
				t.Fatal(err)
			}
			site = next
		}
	}
	d.write(file, []byte("website: quillgate\nsignature: {npm: [quillgate-client]}\n"))
	content, err := generator.Check(d.input(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range content.Findings.Findings() {
		if f.At.File != nil && f.At.File.Path == file {
			got = append(got, f.Message)
		}
	}
	if want := []string{`"website" is "quillgate", which is no web address`, `no key "signature" here`}; !slices.Equal(got, want) {
		t.Errorf("a broken file: found %q, want %q", got, want)
	}
	if content.Site.IsUnread(model.KindSubprocessor, "quillgate") {
		t.Error("a vendor of the catalog is taken for a sub-processor")
	}
}

// forgotten gives what was found of vendors in source code.
func forgotten(report generator.Report) string {
	var all []string
	for _, f := range report.Findings {
		if f.Rule == "FLW11" {
			all = append(all, f.Message)
		}
	}
	return strings.Join(all, "\n")
}
