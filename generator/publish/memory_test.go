package publish_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"candor/generator/publish"
)

// A memory is a place in memory that behaves as a bucket does, and dies when it is told to.
type memory struct {
	manner publish.Manner
	opaque bool // tags say nothing of the bytes, as where a bucket encrypts

	mu      sync.Mutex
	objects map[string]publish.Object
	data    map[string][]byte
	done    []string                     // what was written
	ops     []string                     // what was asked for
	before  func(op, path string) error  // may refuse
	after   func(op, path string) error  // the answer that gets lost
	changed func(m *memory, what string) // called under the lock after each change
	blind   bool                         // knows no conditions
}

func newMemory() *memory {
	return &memory{manner: publish.Manner{Headers: true}, objects: map[string]publish.Object{}, data: map[string][]byte{}}
}

func (m *memory) String() string { return "memory" }
func (m *memory) Manner() publish.Manner {
	manner := m.manner
	manner.Blind = m.blind
	return manner
}
func (m *memory) Tag(data []byte) string { sum := md5.Sum(data); return hex.EncodeToString(sum[:]) }

// do runs one operation under the lock.
func (m *memory) do(op, path string, f func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ops = append(m.ops, op+" "+path)
	if m.before != nil {
		if err := m.before(op, path); err != nil {
			return err
		}
	}
	if err := f(); err != nil {
		return err
	}
	if m.changed != nil && (op == "write" || op == "delete") {
		m.changed(m, op+" "+path)
	}
	if m.after != nil {
		return m.after(op, path)
	}
	return nil
}

func (m *memory) count(op string) int {
	n := 0
	for _, o := range m.ops {
		if strings.HasPrefix(o, op+" ") {
			n++
		}
	}
	return n
}

func (m *memory) List(_ context.Context, visit func(publish.Object) error) error {
	var all []publish.Object
	err := m.do("list", "", func() error {
		for _, path := range slices.Sorted(maps.Keys(m.objects)) {
			if !strings.HasPrefix(path, publish.StateFolder+"/") {
				o := m.objects[path]
				o.Attributes = publish.Attributes{} // a listing does not tell
				all = append(all, o)
			}
		}
		return nil
	})
	for _, o := range all {
		if err == nil {
			err = visit(o)
		}
	}
	return err
}

func (m *memory) Look(_ context.Context, path string) (o publish.Object, err error) {
	err = m.do("look", path, func() error {
		is := false
		if o, is = m.objects[path]; !is {
			return fmt.Errorf("%q: %w", path, fs.ErrNotExist)
		}
		return nil
	})
	return o, err
}

func (m *memory) Read(_ context.Context, path string, _ int64) (data []byte, tag string, err error) {
	err = m.do("read", path, func() error {
		o, is := m.objects[path]
		if !is {
			return fmt.Errorf("%q: %w", path, fs.ErrNotExist)
		}
		data, tag = m.data[path], o.Tag
		return nil
	})
	return data, tag, err
}

func (m *memory) Write(_ context.Context, path string, data []byte, a publish.Attributes, c publish.Condition) (tag string, err error) {
	err = m.do("write", path, func() error {
		is, there := m.objects[path]
		if !m.blind && (c.Absent && there || c.Tag != "" && c.Tag != is.Tag) {
			return publish.ErrConflict
		}
		m.done = append(m.done, path)
		tag = m.put(path, data, a)
		return nil
	})
	return tag, err
}

// put is what an upload does, by whomever.
func (m *memory) put(path string, data []byte, a publish.Attributes) string {
	tag := m.Tag(data)
	if m.opaque {
		tag = fmt.Sprintf("opaque-%d", len(m.ops))
	}
	m.objects[path] = publish.Object{Path: path, Size: int64(len(data)), Tag: tag, Attributes: a}
	m.data[path] = slices.Clone(data)
	return tag
}

func (m *memory) Delete(_ context.Context, path string) error {
	return m.do("delete", path, func() error {
		delete(m.objects, path)
		delete(m.data, path)
		return nil
	})
}

// get gives what a reader gets.
func (m *memory) get(path string) ([]byte, bool) {
	data, is := m.data[path]
	if is && m.objects[path].Encoding == "gzip" && m.manner.Gzip {
		return unzipped(data)
	}
	return data, is
}

// plain are the bytes of what was decompressed already, by the compressed ones.
var plain sync.Map

func unzipped(data []byte) ([]byte, bool) {
	if out, is := plain.Load(string(data)); is {
		return out.([]byte), true
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	out, err := io.ReadAll(z)
	plain.Store(string(data), out)
	return out, err == nil
}

// paths are those that readers can ask for.
func (m *memory) paths() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(m.data)), func(path string) bool { return strings.HasPrefix(path, publish.StateFolder+"/") })
}

func (m *memory) copy() *memory {
	return &memory{manner: m.manner, opaque: m.opaque, blind: m.blind, changed: m.changed, objects: maps.Clone(m.objects), data: maps.Clone(m.data)}
}

var errDead = errors.New("killed")

// dieAt lets nothing through after operation n; the answer to that one gets lost where late says so, though it was done.
func (m *memory) dieAt(n int, late bool) {
	count := 0
	m.before = func(string, string) error {
		count++
		if count > n || count == n && !late {
			return errDead
		}
		return nil
	}
	m.after = func(string, string) error {
		if count >= n {
			return errDead
		}
		return nil
	}
}

func (m *memory) live() { m.before, m.after = nil, nil }

// holds compares a place with a site: its files, their headers, and nothing else but what is named.
func (m *memory) holds(t testing.TB, want site, besides ...string) {
	t.Helper()
	for _, file := range want.open(t).Files {
		if file.Path == "_headers" && !m.manner.HostFiles {
			if _, is := m.data[file.Path]; is {
				t.Errorf("%q is there, and is for another host", file.Path)
			}
			continue
		}
		is, there := m.objects[file.Path]
		if !there || is.SHA256 != hex.EncodeToString(file.Hash[:]) || is.Cache == "" || is.Type == "" {
			t.Errorf("%q is not as in the site: %+v", file.Path, is)
		}
	}
	for _, path := range m.paths() {
		if _, wanted := want[path]; !wanted && path != "SHA256SUMS" && !slices.Contains(besides, path) {
			t.Errorf("%q is there, and is not of the site", path)
		}
	}
}
