// Package cache keeps what was made from content until that content changes: by key, in a folder of the user's, from one run to the next.
//
// In comes a folder, and values with keys that name all they were made from; out come the same values, or nothing. A cache is an
// offer: a damaged value is a miss, a folder that cannot be written keeps nothing, and no method waits for another process or fails
// a build. It holds no more than its limits, never leaves its folder, and removes only files that it wrote.
//
// # On disk
//
// Values lie in segments, files that are written once. A run writes what is new into a segment of its own, which gets its name when the
// run ends well; so processes side by side never meet, and a run that is killed leaves a file without that name, which a later one sweeps
// away. A segment begins with a mark and the owner's version: those of another version are no longer read. Then come the values, and behind them their index
// (key, place, length, CRC-32C of the value), its own CRC and its place. When segments become many, or mostly hold what nobody asks for, the
// run that notices writes one that holds what it used itself, and removes the others.
package cache

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// A Key names a value by all that it was made from.
type Key [sha256.Size]byte

// KeyOf gives the key for these parts, in this order: the first one says what kind of value it is.
func KeyOf(kind string, parts ...[]byte) Key {
	sum := sha256.New()
	var size [8]byte
	write := func(part []byte) {
		binary.LittleEndian.PutUint64(size[:], uint64(len(part)))
		sum.Write(size[:])
		sum.Write(part)
	}
	write([]byte(kind))
	for _, p := range parts {
		write(p)
	}
	return Key(sum.Sum(nil))
}

// Options say where a Store lies and how much it may hold.
type Options struct {
	Folder  string // of this cache alone; "" keeps values in Scratch, for this run only
	Name    string // of the owner of the values, such as a site folder: made a file name
	Version string // of what makes the values; those of another version are misses
	Scratch string // folder for a temporary file where Folder cannot be written; "" is the system's
	Max     int64  // bytes that one owner's values may take; 0: 256 MiB
	MaxAll  int64  // bytes that all owners' may take; 0: 1 GiB
	Now     func() time.Time
}

const (
	maxSegments = 6
	unfinished  = time.Hour // after it, a segment without its name is nobody's any more
)

// A Store is one owner's values, open for one run. It is safe for use by several goroutines; a nil *Store keeps nothing.
type Store struct {
	o    Options
	stem string // begins the names of the owner's segments
	keep bool   // the segment of this run gets a name

	mu    sync.Mutex
	index map[Key]*entry
	old   []*segment
	own   *segment
	out   *bufio.Writer
	flush int64 // bytes of own that are in the file
}

type entry struct {
	in     *segment
	at     int64
	length uint32
	sum    uint32
	used   bool
}

type segment struct {
	file *os.File
	path string
	size int64 // bytes of values
}

// Open opens an owner's values. It never fails: what cannot be had is not there.
func Open(o Options) *Store {
	if o.Max <= 0 {
		o.Max = 256 << 20
	}
	if o.MaxAll <= 0 {
		o.MaxAll = 1 << 30
	}
	s := &Store{o: o, index: map[Key]*entry{}}
	if o.Folder != "" && os.MkdirAll(o.Folder, 0o700) == nil && isPrivate(o.Folder) {
		sum := sha256.Sum256([]byte(o.Name))
		s.stem = hexOf(sum[:8]) + "-"
		s.keep = true
		s.load()
	}
	return s
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var out []byte
	for _, c := range b {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

// load reads the indexes of the owner's segments, the newest first.
func (s *Store) load() {
	names, err := filepath.Glob(filepath.Join(s.o.Folder, s.stem+"*"+segmentEnd))
	if err != nil {
		return
	}
	slices.Sort(names) // names begin with the time at which they were written
	for _, name := range slices.Backward(names) {
		seg, err := s.read(name)
		if err != nil {
			os.Remove(name)
			continue
		}
		s.old = append(s.old, seg)
	}
}

var crcTable = crc32.MakeTable(crc32.Castagnoli)

// Get gives the value of a key.
func (s *Store) Get(k Key) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	s.mu.Lock()
	e := s.index[k]
	if e == nil {
		s.mu.Unlock()
		return nil, false
	}
	e.used = true
	if e.in == s.own && e.at+int64(e.length) > s.flush {
		s.flushOwn()
	}
	s.mu.Unlock()
	value := make([]byte, e.length)
	if _, err := e.in.file.ReadAt(value, e.at); err != nil || crc32.Checksum(value, crcTable) != e.sum {
		s.mu.Lock()
		if s.index[k] == e {
			delete(s.index, k)
		}
		s.mu.Unlock()
		return nil, false
	}
	return value, true
}

// Put keeps a value, and gives whether Get will find it.
func (s *Store) Put(k Key, value []byte) bool {
	if s == nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own == nil && !s.begin() {
		return false
	}
	if s.own.size+int64(len(value)) > s.o.Max || uint64(len(value)) > maxValue {
		return false
	}
	e := &entry{in: s.own, at: s.own.size, length: uint32(len(value)), sum: crc32.Checksum(value, crcTable), used: true}
	if _, err := s.out.Write(value); err != nil {
		s.drop()
		return false
	}
	s.own.size += int64(len(value))
	s.index[k] = e
	return true
}

// begin makes the file for this run's values.
func (s *Store) begin() bool {
	folder, pattern := s.o.Scratch, "candor-*"
	if s.keep {
		folder, pattern = s.o.Folder, newBegin+"*"
	}
	f, err := os.CreateTemp(folder, pattern)
	if err != nil && s.keep {
		s.keep = false
		f, err = os.CreateTemp(s.o.Scratch, "candor-*")
	}
	if err != nil {
		return false
	}
	s.own = &segment{file: f, path: f.Name()}
	s.out = bufio.NewWriterSize(f, 1<<20)
	head := s.head()
	s.out.Write(head)
	s.own.size = int64(len(head))
	return true
}

func (s *Store) flushOwn() {
	if s.out.Flush() != nil {
		s.drop()
		return
	}
	s.flush = s.own.size
}

// drop gives this run's values up: the disk is full, say. Nothing more is kept.
func (s *Store) drop() {
	for k, e := range s.index {
		if e.in == s.own {
			delete(s.index, k)
		}
	}
	s.keep = false
	s.o.Max = 0
}

// Close ends the run. When it went well, what it made is kept for the next one; else it is thrown away. The values of runs before stay in either case.
func (s *Store) Close(well bool) error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.keep && well && s.o.Max > 0 {
		err = s.save()
	}
	s.discard()
	for _, seg := range s.old {
		seg.file.Close()
	}
	s.old, s.index = nil, map[Key]*entry{}
	return err
}

// discard removes the file of this run, if it still has no name.
func (s *Store) discard() {
	if s.own != nil {
		s.own.file.Close()
		os.Remove(s.own.path)
		s.own = nil
	}
}

// save names this run's segment, after those that are no longer worth keeping went into it.
func (s *Store) save() error {
	var used, all int64
	for _, e := range s.index {
		if e.in != s.own && e.used {
			used += int64(e.length)
		}
	}
	for _, seg := range s.old {
		all += seg.size
	}
	if s.own == nil { // who made nothing new may have asked for next to nothing
		return nil
	}
	gather := len(s.old) >= maxSegments || all > s.o.Max || used < all/2
	if gather {
		s.gather()
	}
	if err := s.finish(gather); err != nil {
		return err
	}
	s.sweep()
	return nil
}

// gather copies what this run used of older segments into its own.
func (s *Store) gather() {
	var kept []Key
	for k, e := range s.index {
		if e.in != s.own && e.used {
			kept = append(kept, k)
		}
	}
	slices.SortFunc(kept, func(a, b Key) int { return slices.Compare(a[:], b[:]) })
	for _, k := range kept {
		e := s.index[k]
		if s.own.size+int64(e.length) > s.o.Max {
			delete(s.index, k)
			continue
		}
		value := make([]byte, e.length)
		if _, err := e.in.file.ReadAt(value, e.at); err != nil || crc32.Checksum(value, crcTable) != e.sum {
			continue
		}
		if _, err := s.out.Write(value); err != nil {
			return // finish finds it out
		}
		s.index[k] = &entry{in: s.own, at: s.own.size, length: e.length, sum: e.sum}
		s.own.size += int64(e.length)
	}
}

var errShort = errors.New("cache: a segment is cut short")

// finish writes the index behind the values and gives the segment its name. Older segments go when all that is worth keeping is in the new one.
func (s *Store) finish(alone bool) error {
	if _, err := s.out.Write(s.encodeIndex()); err != nil {
		return err
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if err := s.own.file.Close(); err != nil {
		return err
	}
	name := filepath.Join(s.o.Folder, s.stem+stamp(s.o.Now())+"-"+filepath.Base(s.own.path)[len(newBegin):]+segmentEnd)
	if err := os.Rename(s.own.path, name); err != nil {
		return err
	}
	s.own = nil
	if alone {
		for _, seg := range s.old {
			os.Remove(seg.path)
		}
	}
	return nil
}

// sweep removes what killed runs have left, and while all owners' segments take too much, the oldest.
func (s *Store) sweep() {
	entries, err := os.ReadDir(s.o.Folder)
	if err != nil {
		return
	}
	type found struct {
		path     string
		size     int64
		modified time.Time
	}
	var all []found
	total := int64(0)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		path := filepath.Join(s.o.Folder, e.Name())
		switch {
		case isNew(e.Name()):
			if s.o.Now().Sub(info.ModTime()) > unfinished {
				os.Remove(path)
			}
		case filepath.Ext(e.Name()) == segmentEnd:
			all = append(all, found{path, info.Size(), info.ModTime()})
			total += info.Size()
		}
	}
	slices.SortFunc(all, func(a, b found) int { return a.modified.Compare(b.modified) })
	for _, f := range all {
		if total <= s.o.MaxAll {
			return
		}
		if os.Remove(f.path) == nil {
			total -= f.size
		}
	}
}
