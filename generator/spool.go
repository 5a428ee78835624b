package generator

import (
	"fmt"
	"io"
	"sync"

	"candor/generator/markdown"
	"candor/generator/parse"
)

// A Spool is where bytes lie for a while: a temporary file.
type Spool interface {
	io.WriterAt
	io.ReaderAt
}

// keeperOf gives what keeps fragments in a spool, nil when there is none.
func keeperOf(spool Spool) parse.Keeper {
	if spool == nil {
		return nil
	}
	var mu sync.Mutex
	var end int64
	return func(f markdown.Fragment) (func() (markdown.Fragment, error), error) {
		size := int64(len(f.HTML))
		mu.Lock()
		at := end
		end += size
		mu.Unlock()
		if _, err := spool.WriteAt(f.HTML, at); err != nil {
			return nil, fmt.Errorf("keep a page for a while: %w", err)
		}
		f.HTML = nil
		return func() (markdown.Fragment, error) {
			whole := f
			whole.HTML = make([]byte, size)
			if _, err := spool.ReadAt(whole.HTML, at); err != nil {
				return markdown.Fragment{}, fmt.Errorf("read a page that was kept: %w", err)
			}
			return whole, nil
		}, nil
	}
}
