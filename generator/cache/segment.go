package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"os"
	"strings"
	"time"
)

const (
	segmentMark = "candor cache 1\n"
	segmentEnd  = ".segment"
	newBegin    = "new-"

	maxValue = 1 << 30
	keySize  = sha256.Size
	rowSize  = keySize + 8 + 4 + 4 // key, place, length, sum
	tailSize = 8 + 4 + 4           // rows, CRC-32C of the rows, CRC-32C of these two
)

// stamp gives a time as part of a name that sorts by time.
func stamp(t time.Time) string { return t.UTC().Format("20060102150405.000000000") }

func isNew(name string) bool { return strings.HasPrefix(name, newBegin) }

// head gives what a segment of this version begins with.
func (s *Store) head() []byte {
	sum := sha256.Sum256([]byte(s.o.Version))
	return append([]byte(segmentMark), sum[:]...)
}

// encodeIndex gives the index of the run's own segment.
func (s *Store) encodeIndex() []byte {
	var rows []byte
	count := uint64(0)
	for k, e := range s.index { // the order of rows says nothing
		if e.in != s.own {
			continue
		}
		rows = append(rows, k[:]...)
		rows = binary.LittleEndian.AppendUint64(rows, uint64(e.at))
		rows = binary.LittleEndian.AppendUint32(rows, e.length)
		rows = binary.LittleEndian.AppendUint32(rows, e.sum)
		count++
	}
	tail := binary.LittleEndian.AppendUint64(nil, count)
	tail = binary.LittleEndian.AppendUint32(tail, crc32.Checksum(rows, crcTable))
	tail = binary.LittleEndian.AppendUint32(tail, crc32.Checksum(tail, crcTable))
	return append(rows, tail...)
}

// read opens a segment and takes in its index; keys that a newer segment has stay that one's.
func (s *Store) read(path string) (*segment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	seg := &segment{file: f, path: path}
	if err := s.readIndex(seg); err != nil {
		f.Close()
		return nil, err
	}
	return seg, nil
}

func (s *Store) readIndex(seg *segment) error {
	info, err := seg.file.Stat()
	if err != nil {
		return err
	}
	head := s.head()
	begin := make([]byte, len(head))
	if !info.Mode().IsRegular() || info.Size() < int64(len(head)+tailSize) {
		return errShort
	}
	if _, err := seg.file.ReadAt(begin, 0); err != nil || string(begin) != string(head) {
		return errShort
	}
	tail := make([]byte, tailSize)
	if _, err := seg.file.ReadAt(tail, info.Size()-tailSize); err != nil {
		return err
	}
	count := binary.LittleEndian.Uint64(tail)
	size := int64(count) * rowSize
	seg.size = info.Size() - tailSize - size
	if crc32.Checksum(tail[:12], crcTable) != binary.LittleEndian.Uint32(tail[12:]) || count > uint64(info.Size())/rowSize || seg.size < int64(len(head)) {
		return errShort
	}
	rows := make([]byte, size)
	if _, err := seg.file.ReadAt(rows, seg.size); err != nil || crc32.Checksum(rows, crcTable) != binary.LittleEndian.Uint32(tail[8:]) {
		return errShort
	}
	for ; len(rows) > 0; rows = rows[rowSize:] {
		k := Key(rows[:keySize])
		at, length := binary.LittleEndian.Uint64(rows[keySize:]), binary.LittleEndian.Uint32(rows[keySize+8:])
		if at > uint64(seg.size) || at+uint64(length) > uint64(seg.size) {
			return errShort
		}
		if s.index[k] == nil {
			s.index[k] = &entry{in: seg, at: int64(at), length: length, sum: binary.LittleEndian.Uint32(rows[keySize+12:])}
		}
	}
	return nil
}
