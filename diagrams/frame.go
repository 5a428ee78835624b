package diagrams

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Parent and child talk in frames: one byte that says what it is, four bytes of
// length (big endian), the body. The child begins with a hello that names its
// renderer; then each graph is answered by a picture or a failure.
const (
	frameHello   = 'h'
	frameGraph   = 'g'
	framePicture = 'p'
	frameFailure = 'f'
)

const (
	maxRequest = 1 << 20 // bytes of DOT
	maxReply   = 8 << 20 // bytes of the renderer's SVG
)

var errFrame = errors.New("not a frame")

func writeFrame(w io.Writer, kind byte, body []byte) error {
	frame := make([]byte, 5, 5+len(body))
	frame[0] = kind
	binary.BigEndian.PutUint32(frame[1:], uint32(len(body)))
	_, err := w.Write(append(frame, body...))
	return err
}

// readFrame reads one frame of at most limit bytes. It returns io.EOF when nothing
// follows.
func readFrame(r io.Reader, limit uint32) (kind byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > limit {
		return 0, nil, fmt.Errorf("%w: %d bytes announced, %d allowed", errFrame, n, limit)
	}
	body = make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	return head[0], body, nil
}
