package render_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"testing"
	"testing/fstest"

	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/render"
)

// discard is a sink that keeps nothing.
type discard struct{}

func (discard) Put(string, []byte) error { return nil }

var _ output.Sink = discard{}

// policies gives a site of n policies of some 900 words, each with eleven headings, a table and a block of YAML.
func policies(n int) fstest.MapFS {
	files := fstest.MapFS{"content/site.yaml": {Data: []byte("company: {name: X}\nbase_url: https://x.example\ncontacts: {security: a@x.example}\nowners: {lead: {title: Head}}\n")}}
	for i := range n {
		var b bytes.Buffer
		fmt.Fprintf(&b, "---\ntitle: Policy %d\nsummary: What policy %d is about.\nowner: lead\napproved_by: lead\napproved_on: 2026-05-02\nversion: \"1.0\"\nmeets: [CC6.1]\n---\n", i, i)
		for s := range 11 {
			fmt.Fprintf(&b, "## Section %d\n\n", s)
			for range 8 {
				fmt.Fprintf(&b, "Access to **production** is granted by role, see [the list](/policies/) of %d. ", i)
			}
			b.WriteString("\n\n")
		}
		b.WriteString("| What | When |\n|---|---|\n| Review | 90 days |\n| Test | 30 days |\n\n```yaml\nretention: 30d # days\nregions: [US, EU]\n```\n")
		files[fmt.Sprintf("content/policies/policy-%04d.md", i)] = &fstest.MapFile{Data: b.Bytes()}
	}
	return files
}

// BenchmarkPolicies goes from 1,000 files to 1,000 pages in memory: reading, parsing, linking, planning and rendering. Of memory it
// reports the most that the heap held, beside what the files themselves take.
func BenchmarkPolicies(b *testing.B) {
	files := policies(1000)
	runtime.GC()
	before := heap()
	var most uint64
	for b.Loop() {
		site := siteOf(b, files)
		j := job(b, files, site, page.Options{}, discard{})
		if _, err := render.Pages(context.Background(), j); err != nil {
			b.Fatal(err)
		}
		most = max(most, heap())
	}
	b.ReportMetric(float64(most-before)/(1<<20), "MiB")
}

// heap gives what the heap holds, garbage that was not collected yet included.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
