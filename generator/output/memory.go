package output

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// Memory keeps a site in memory: for the preview, which serves from it, and
// for tests. The zero value is ready; it is safe for concurrent use.
type Memory struct {
	files  register
	data   sync.Map // path -> []byte, never written to after it is stored
	before *Memory  // whose files Keep takes over; nil once the site is finished
}

// Next returns the Memory for the site that comes after m, which Keep takes files
// from. m does not change.
func (m *Memory) Next() *Memory { return &Memory{before: m} }

// Finish lets go of the site before: what was not kept until now is forgotten.
func (m *Memory) Finish() { m.before = nil }

// Keep adds the file of the site before; see [Keeper].
func (m *Memory) Keep(file File) (bool, error) {
	if m.before == nil {
		return false, nil
	}
	data, ok := m.before.Read(file.Path)
	if !ok {
		return false, nil
	}
	m.before.files.mu.Lock()
	was := m.before.files.files[file.Path]
	m.before.files.mu.Unlock()
	if was.Hash != file.Hash {
		return false, nil
	}
	added, err := m.files.add(was)
	if added {
		m.data.Store(file.Path, data)
	}
	return err == nil, err
}

// Put adds a copy of data at path; see [Sink].
func (m *Memory) Put(path string, data []byte) error {
	added, err := m.files.add(File{Path: path, Size: int64(len(data)), Hash: sha256.Sum256(data)})
	if added {
		m.data.Store(path, bytes.Clone(data))
	}
	return err
}

// Read returns the bytes at path, which the caller must not change, and whether
// there is such a file. The manifest is not one; see [Set.Manifest].
func (m *Memory) Read(path string) ([]byte, bool) {
	data, ok := m.data.Load(path)
	if !ok {
		return nil, false
	}
	return data.([]byte), true
}

// Set returns the files added so far.
func (m *Memory) Set() *Set { return m.files.set() }
