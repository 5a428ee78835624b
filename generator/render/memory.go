package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"sync"

	"candor/diagrams"
	"candor/generator/cache"
	"candor/generator/markdown"
	"candor/generator/output"
	"candor/generator/page"
	"candor/generator/search"
	"candor/generator/source"
)

// A Memory keeps what one job made for the next one: which file a page became, texts and pictures. It holds what the last finished
// job used, no more. Jobs with one Memory run one after the other.
type Memory struct {
	// Store keeps which file a page became from one run of the program to the next; nil for none.
	Store *cache.Store
	// Hold keeps texts and pictures in memory, for who makes the site again and again.
	Hold bool

	made   made
	reader *search.Reader // when Hold is true
}

// index makes the index of some answers. With Hold, those that are as before are not read again.
func (m *Memory) index(entries []search.Entry) ([]byte, error) {
	if !m.Hold {
		return search.Index(entries)
	}
	if m.reader == nil {
		m.reader = &search.Reader{}
	}
	return m.reader.Index(entries)
}

// made is what came of a job.
type made struct {
	files     map[string]known // by path
	assets    map[*source.File]cache.Key
	fragments map[text]markdown.Fragment
	pictures  map[cache.Key]diagrams.Picture
	indexes   map[cache.Key]indexed
}

// An indexed is the index of some answers.
type indexed struct {
	path string
	data []byte
}

// A known file is one that was written, and would be written again from what has this key.
type known struct {
	key  cache.Key
	file output.File
}

// A text is a body as it was asked for.
type text struct {
	source, prefix string
	level          int
}

// A run is a job under way: what it makes, and what the one before made.
type run struct {
	before made
	mu     sync.Mutex
	made   made
	files  []output.File // that the sink has
	drawn  map[cache.Key]func() (page.Drawing, error)
}

func (m *Memory) begin() *run {
	return &run{before: m.made, made: made{map[string]known{}, map[*source.File]cache.Key{}, map[text]markdown.Fragment{}, map[cache.Key]diagrams.Picture{}, map[cache.Key]indexed{}},
		drawn: map[cache.Key]func() (page.Drawing, error){}}
}

// end takes over what a job made that came to its end.
func (m *Memory) end(r *run) { m.made = r.made }

// keyOf gives a page's key: of all that its bytes and the findings in them are made from. buf is used on the way.
func (r *renderer) keyOf(p page.Page, view any, buf *bytes.Buffer) cache.Key {
	buf.Reset()
	writeView(buf, view)
	id := r.Theme.ID()
	return cache.KeyOf("page", id[:], []byte(r.ScanID), []byte(p.Path), []byte(p.Template), buf.Bytes())
}

// keep has the sink take over the earlier site's file at path, if that is what the key would become.
func (r *renderer) keep(path string, key cache.Key) (bool, error) {
	sink, ok := r.Sink.(output.Keeper)
	if !ok {
		return false, nil
	}
	was, ok := r.run.before.files[path]
	if !ok || was.key != key {
		if was.file, ok = restoreFile(r.Memory.Store, key, path); !ok {
			return false, nil
		}
	}
	kept, err := sink.Keep(was.file)
	if kept {
		r.note(path, key, was.file)
		r.wrote(was.file)
	}
	return kept, err
}

// remember notes what a key became, in the store too.
func (r *renderer) remember(path string, key cache.Key, file output.File) {
	r.note(path, key, file)
	r.Memory.Store.Put(key, binary.LittleEndian.AppendUint64(file.Hash[:], uint64(file.Size)))
}

// wrote notes a file that the sink has.
func (r *renderer) wrote(file output.File) {
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.run.files = append(r.run.files, file)
}

func (r *renderer) note(path string, key cache.Key, file output.File) {
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.run.made.files[path] = known{key, file}
}

// restoreFile gives what remember put into the store.
func restoreFile(store *cache.Store, key cache.Key, path string) (output.File, bool) {
	kept, ok := store.Get(key)
	file := output.File{Path: path}
	if !ok || len(kept) != len(file.Hash)+8 {
		return file, false
	}
	copy(file.Hash[:], kept)
	file.Size = int64(binary.LittleEndian.Uint64(kept[len(file.Hash):]))
	return file, true
}

// fragment gives a body's HTML as far as it does not depend on addresses; not so for bodies of which more does.
func (r *renderer) fragment(b page.Body) (markdown.Fragment, bool) {
	if b.Kept != nil {
		return b.Kept(), true
	}
	if !r.Memory.Hold {
		return markdown.Fragment{}, false
	}
	asked := text{string(b.Source), b.Prefix, b.TopLevel}
	r.run.mu.Lock()
	f, ok := r.run.made.fragments[asked]
	r.run.mu.Unlock()
	if ok {
		return f, true
	}
	if f, ok = r.run.before.fragments[asked]; !ok {
		if _, f, ok = markdown.Compile(b.Source, markdown.Options{TopLevel: b.TopLevel, AnchorPrefix: b.Prefix}); !ok {
			return f, false
		}
	}
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.run.made.fragments[asked] = f
	return f, true
}

// picture gives a diagram's picture.
func (r *pageRenderer) picture(g diagrams.Graph) (diagrams.Picture, error) {
	if !r.Memory.Hold {
		return r.Draw(r.ctx, g)
	}
	var buf bytes.Buffer
	writeView(&buf, g)
	key := cache.KeyOf("graph", buf.Bytes())
	picture, ok := r.run.before.pictures[key]
	if !ok {
		var err error
		if picture, err = r.Draw(r.ctx, g); err != nil {
			return picture, err
		}
	}
	r.run.mu.Lock()
	defer r.run.mu.Unlock()
	r.run.made.pictures[key] = picture
	return picture, nil
}

// Search gives the address of the index of these answers, which becomes a file of the site. It is made only of other answers than before.
func (r *pageRenderer) Search(entries []search.Entry) (string, error) {
	var buf bytes.Buffer
	writeView(&buf, entries)
	key := cache.KeyOf("search", buf.Bytes())
	x, ok := r.run.before.indexes[key]
	if !ok {
		kept, found := r.Memory.Store.Get(key)
		if !found {
			data, err := r.Memory.index(entries)
			if err != nil {
				return "", err
			}
			kept = data
			r.Memory.Store.Put(key, data)
		}
		sum := sha256.Sum256(kept)
		x = indexed{"assets/answers." + hex.EncodeToString(sum[:4]) + ".json", kept}
	}
	r.run.mu.Lock()
	_, written := r.run.made.indexes[key]
	r.run.made.indexes[key] = x
	r.run.mu.Unlock()
	if written {
		return "/" + x.path, nil
	}
	_, err := r.whole(x.path, x.path, x.data)
	return "/" + x.path, err
}
