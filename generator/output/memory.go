package output

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// Memory keeps a site in memory: for the preview, which serves from it, and
// for tests. The zero value is ready; it is safe for concurrent use.
type Memory struct {
	files register
	data  sync.Map // path -> []byte, never written to after it is stored
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
