package output

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"sync"
	"testing"
)

const (
	benchFiles = 1000
	benchSize  = 15_000 // bytes
)

// benchPages are as many pages as performance.md measures with.
func benchPages() (paths []string, data [][]byte) {
	for i := range benchFiles {
		paths = append(paths, fmt.Sprintf("policies/policy-%04d/index.html", i))
		line := fmt.Appendf(nil, "<p>policy %04d says so</p>\n", i)
		data = append(data, bytes.Repeat(line, benchSize/len(line)+1)[:benchSize])
	}
	return paths, data
}

// benchBuild puts all pages from as many workers as there are cores.
func benchBuild(b *testing.B, dir string, paths []string, data [][]byte) Result {
	s, err := Stage(dir)
	if err != nil {
		b.Fatal(err)
	}
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < len(paths); i += workers {
				if err := s.Put(paths[i], data[i]); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	result, err := s.Commit()
	if err != nil {
		b.Fatal(err)
	}
	return result
}

func BenchmarkClean(b *testing.B) {
	paths, data := benchPages()
	dir := quickSite(b)
	b.ReportAllocs()
	for b.Loop() {
		if result := benchBuild(b, dir, paths, data); result.Written != benchFiles {
			b.Fatalf("%+v", result)
		}
		b.StopTimer()
		if err := os.RemoveAll(dir); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func BenchmarkIdentical(b *testing.B) {
	paths, data := benchPages()
	dir := quickSite(b)
	benchBuild(b, dir, paths, data)
	b.ReportAllocs()
	for b.Loop() {
		if result := benchBuild(b, dir, paths, data); result.Written != 0 {
			b.Fatalf("%+v", result)
		}
	}
}

func BenchmarkOneChanged(b *testing.B) {
	paths, data := benchPages()
	dir := quickSite(b)
	benchBuild(b, dir, paths, data)
	b.ReportAllocs()
	for b.Loop() {
		data[500][0]++
		if result := benchBuild(b, dir, paths, data); result.Written != 1 || result.Linked != benchFiles-1 {
			b.Fatalf("%+v", result)
		}
	}
}

func BenchmarkAllChanged(b *testing.B) {
	paths, data := benchPages()
	dir := quickSite(b)
	benchBuild(b, dir, paths, data)
	b.ReportAllocs()
	for b.Loop() {
		for _, page := range data {
			page[0]++
		}
		if result := benchBuild(b, dir, paths, data); result.Written != benchFiles {
			b.Fatalf("%+v", result)
		}
	}
}
