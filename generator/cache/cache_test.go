package cache_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"candor/generator/cache"
)

func key(n int) cache.Key { return cache.KeyOf("test", fmt.Append(nil, n)) }

func value(n int) []byte { return bytes.Repeat(fmt.Append(nil, n, " "), 1+n*37%900) }

// options give a folder and a clock that goes on by a second with each question.
func options(t *testing.T) cache.Options {
	clock := time.Now()
	var mu sync.Mutex
	return cache.Options{Folder: filepath.Join(t.TempDir(), "kept"), Name: "a site", Version: "1", Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		clock = clock.Add(time.Second)
		return clock
	}}
}

// run opens a store, does something and closes it.
func run(t *testing.T, o cache.Options, do func(*cache.Store)) {
	t.Helper()
	s := cache.Open(o)
	do(s)
	if err := s.Close(true); err != nil {
		t.Fatal(err)
	}
}

// fill puts values, after all earlier ones were asked for.
func fill(t *testing.T, o cache.Options, from, to int) {
	t.Helper()
	run(t, o, func(s *cache.Store) {
		found(t, s, 0, from)
		for n := from; n < to; n++ {
			if !s.Put(key(n), value(n)) {
				t.Errorf("%d is not kept", n)
			}
		}
	})
}

// found counts the values that are there, and fails on a wrong one.
func found(t *testing.T, s *cache.Store, from, to int) int {
	t.Helper()
	there := 0
	for n := from; n < to; n++ {
		got, ok := s.Get(key(n))
		if !ok {
			continue
		}
		there++
		if !bytes.Equal(got, value(n)) {
			t.Errorf("%d is %.20q", n, got)
		}
	}
	return there
}

func size(t *testing.T, folder string) (files int, bytes int64) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		files++
		bytes += info.Size()
	}
	return files, bytes
}

func TestKeptFromRunToRun(t *testing.T) {
	o := options(t)
	fill(t, o, 0, 300)
	run(t, o, func(s *cache.Store) {
		if n := found(t, s, 0, 400); n != 300 {
			t.Errorf("%d of 300 are there", n)
		}
		s.Put(key(7), []byte("anew"))
		if got, _ := s.Get(key(7)); string(got) != "anew" {
			t.Errorf("a value put in the place of another is %q", got)
		}
	})
	run(t, o, func(s *cache.Store) {
		if got, _ := s.Get(key(7)); string(got) != "anew" {
			t.Errorf("in the next run it is %q", got)
		}
	})
	other := o
	other.Name = "another site"
	run(t, other, func(s *cache.Store) {
		if n := found(t, s, 0, 300); n != 0 {
			t.Errorf("%d values of another owner are there", n)
		}
	})
	other = o
	other.Version = "2"
	run(t, other, func(s *cache.Store) {
		if n := found(t, s, 0, 300); n != 0 {
			t.Errorf("%d values of another version are there", n)
		}
	})
}

// TestRunThatFails keeps nothing of a run that did not end well, and all that was there before.
func TestRunThatFails(t *testing.T) {
	o := options(t)
	fill(t, o, 0, 10)
	s := cache.Open(o)
	s.Put(key(10), value(10))
	s.Close(false)
	cache.Open(o).Put(key(11), value(11)) // killed: never closed
	run(t, o, func(s *cache.Store) {
		if n := found(t, s, 0, 12); n != 10 {
			t.Errorf("%d of 10 are there", n)
		}
	})
	if files, _ := size(t, o.Folder); files != 2 {
		t.Errorf("%d files, want one segment and what the killed run left", files)
	}
	later := o.Now
	o.Now = func() time.Time { return later().Add(2 * time.Hour) }
	fill(t, o, 20, 21)
	if files, _ := size(t, o.Folder); files != 2 {
		t.Errorf("%d files, want two segments: what a killed run left is swept away after an hour", files)
	}
}

// TestWithoutAFolder keeps values for the run itself, in a file that is gone afterwards.
func TestWithoutAFolder(t *testing.T) {
	closed := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(closed, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open := filepath.Join(t.TempDir(), "open")
	if err := os.Mkdir(open, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, folder := range map[string]string{"none": "", "a file": closed, "below a file": filepath.Join(closed, "x"), "open to others": open} {
		scratch := t.TempDir()
		o := options(t)
		o.Folder, o.Scratch = folder, scratch
		fill(t, o, 0, 50)
		run(t, o, func(s *cache.Store) {
			if n := found(t, s, 0, 50); n != 0 {
				t.Errorf("%s: %d are there in the next run", name, n)
			}
			s.Put(key(1), value(1))
			if n := found(t, s, 0, 50); n != 1 {
				t.Errorf("%s: %d of 1 are there in the run itself", name, n)
			}
		})
		if files, _ := size(t, scratch); files != 0 {
			t.Errorf("%s: %d files are left", name, files)
		}
	}
	var none *cache.Store
	if _, ok := none.Get(key(1)); ok || none.Put(key(1), nil) || none.Close(true) != nil {
		t.Error("no store keeps something")
	}
}

// TestBounds has more put than may be kept, again and again.
func TestBounds(t *testing.T) {
	o := options(t)
	o.Max = 200_000
	for i := range 40 {
		run(t, o, func(s *cache.Store) {
			for n := i * 50; n < i*50+100; n++ {
				if _, ok := s.Get(key(n)); !ok {
					s.Put(key(n), value(n))
				}
			}
		})
		if files, bytes := size(t, o.Folder); bytes > 3*o.Max || files > 8 {
			t.Fatalf("run %d: %d bytes in %d files", i, bytes, files)
		}
	}
	run(t, o, func(s *cache.Store) {
		if n := found(t, s, 39*50, 39*50+100); n < 50 {
			t.Errorf("%d of the last 100 are there", n)
		}
	})
	o.Max = 0
	for i := range 30 {
		o.Name, o.MaxAll = fmt.Sprint("site ", i), 500_000
		fill(t, o, 0, 200)
	}
	if _, bytes := size(t, o.Folder); bytes > 2*o.MaxAll {
		t.Errorf("all owners together take %d bytes", bytes)
	}
}

// TestSideBySide has several stores of one owner open at once.
func TestSideBySide(t *testing.T) {
	o := options(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 5 {
				s := cache.Open(o)
				for n := i * 10; n < i*10+30; n++ {
					if got, ok := s.Get(key(n)); ok && !bytes.Equal(got, value(n)) {
						t.Errorf("%d is %.20q", n, got)
					}
					s.Put(key(n), value(n))
				}
				if err := s.Close(true); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// TestDamage changes, cuts and lengthens segments at random: a damaged value is a miss, never another value.
func TestDamage(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	missed := 0
	for range 300 {
		o := options(t)
		fill(t, o, 0, 40)
		fill(t, o, 40, 60)
		names, err := filepath.Glob(filepath.Join(o.Folder, "*.segment"))
		if err != nil || len(names) != 2 {
			t.Fatal(names, err)
		}
		name := names[r.IntN(2)]
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		switch r.IntN(4) {
		case 0:
			data = data[:r.IntN(len(data))]
		case 1:
			data = append(data, make([]byte, 1+r.IntN(50))...)
		default:
			for range 1 + r.IntN(3) {
				data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
			}
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		run(t, o, func(s *cache.Store) {
			there := found(t, s, 0, 60)
			missed += 60 - there
			for n := range 60 { // and all of it can be put again
				s.Put(key(n), value(n))
			}
			if n := found(t, s, 0, 60); n != 60 {
				t.Errorf("after damage and repair %d of 60 are there", n)
			}
		})
	}
	if missed < 300 {
		t.Errorf("only %d values were missed", missed)
	}
}

func BenchmarkGet(b *testing.B) {
	o := cache.Options{Folder: b.TempDir(), Name: "x", Now: time.Now}
	s := cache.Open(o)
	large := bytes.Repeat([]byte("<p>some text</p>"), 1000)
	for n := range 1000 {
		s.Put(key(n), large)
	}
	s.Close(true)
	b.SetBytes(int64(1000 * len(large)))
	for b.Loop() {
		s := cache.Open(o)
		for n := range 1000 {
			if _, ok := s.Get(key(n)); !ok {
				b.Fatal(n)
			}
		}
		s.Close(true)
	}
}
