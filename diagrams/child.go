package diagrams

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	"candor/diagrams/internal/engine"
)

// child is one process that draws, one graph at a time.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	replies chan reply    // closed when the child's output ends
	exited  chan struct{} // closed when the process is gone
	errors  *opening
	drawn   int // graphs answered
}

type reply struct {
	kind byte
	body []byte
	err  error
}

// failure is what a child did instead of answering. final says that the graph is to
// blame for certain, so that it is not tried again.
type failure struct {
	reason Reason
	detail string
}

func (f *failure) Error() string { return string(f.reason) + ": " + f.detail }

func (f *failure) final() bool { return f.reason == Hung || f.reason == Grew }

const (
	startLimit = 60 * time.Second // a cold start compiles for half a second, on a busy machine longer
	watchEvery = 20 * time.Millisecond
	leaveLimit = 2 * time.Second
)

// startChild starts a process and waits for its hello.
func startChild(ctx context.Context, o Options) (*child, error) {
	if len(o.Command) == 0 {
		return nil, errors.New("start renderer: no command")
	}
	c := &child{
		cmd:     exec.Command(o.Command[0], o.Command[1:]...),
		replies: make(chan reply, 1),
		exited:  make(chan struct{}),
		errors:  &opening{},
	}
	c.cmd.Env = o.Env
	c.cmd.Env = append(c.cmd.Environ(), engine.Mark) // nil is this process's own until here
	c.cmd.Stderr = c.errors
	c.cmd.WaitDelay = leaveLimit
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start renderer: %w", err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start renderer: %w", err)
	}
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start renderer: %w", err)
	}
	c.in = in
	go c.listen(out)
	hello, err := c.await(ctx, startLimit, 0)
	if err == nil && (hello.kind != frameHello || string(hello.body) != engine.Version) {
		err = fmt.Errorf("it greets with %q, not with %q", short(string(hello.body)), engine.Version)
	}
	if err != nil {
		c.kill()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("start renderer: %w", err)
	}
	return c, nil
}

// listen hands on what the child writes, until it ends.
func (c *child) listen(out io.Reader) {
	for {
		kind, body, err := readFrame(out, maxReply)
		if err == io.EOF {
			break
		}
		c.replies <- reply{kind, body, err}
		if err != nil {
			break
		}
	}
	close(c.replies)
	io.Copy(io.Discard, out) // until it is gone; what follows a broken frame is of no use
	c.cmd.Wait()
	close(c.exited)
}

// draw asks for one graph. Its error is a *failure, or the context's.
func (c *child) draw(ctx context.Context, dot []byte, o Options) ([]byte, error) {
	// The child may never read: the write ends at the latest when it is killed.
	go writeFrame(c.in, frameGraph, dot)
	r, err := c.await(ctx, o.Limit, o.Memory)
	if err != nil {
		return nil, err
	}
	c.drawn++
	switch r.kind {
	case framePicture:
		return r.body, nil
	case frameFailure:
		return nil, &failure{Crashed, string(r.body)}
	}
	return nil, &failure{Crashed, "its answer is not a picture"}
}

// await waits for one frame, within limits of time and memory (bytes, 0 for none).
func (c *child) await(ctx context.Context, limit time.Duration, memory int64) (reply, error) {
	timer, watch := time.NewTimer(limit), time.NewTicker(watchEvery)
	defer timer.Stop()
	defer watch.Stop()
	for {
		select {
		case r, ok := <-c.replies:
			if !ok {
				return r, &failure{Crashed, c.lastWords()}
			}
			if r.err != nil {
				return r, &failure{Crashed, r.err.Error()}
			}
			return r, nil
		case <-timer.C:
			return reply{}, &failure{Hung, fmt.Sprintf("no picture within %s", limit)}
		case <-watch.C:
			if c.bigger(memory) {
				return reply{}, &failure{Grew, fmt.Sprintf("more than %d MiB", memory>>20)}
			}
		case <-ctx.Done():
			return reply{}, ctx.Err()
		}
	}
}

// bigger reports whether the child holds more than so many bytes.
func (c *child) bigger(memory int64) bool {
	held, ok := residentBytes(c.cmd.Process.Pid)
	return memory > 0 && ok && held > memory
}

// lastWords tells how a child ended.
func (c *child) lastWords() string {
	select {
	case <-c.exited:
	case <-time.After(leaveLimit):
	}
	said := c.errors.String()
	if said == "" {
		return "it ended without an answer"
	}
	return "it ended with " + said
}

// kill ends the child at once.
func (c *child) kill() {
	c.cmd.Process.Kill() // an error says that it is gone
	c.in.Close()
	c.drain()
	<-c.exited
}

// leave lets the child go: it ends when its input does, and is killed if not.
func (c *child) leave() {
	c.in.Close()
	go c.drain()
	select {
	case <-c.exited:
	case <-time.After(leaveLimit):
		c.kill()
	}
}

// drain takes what nobody waits for, so that listen can end.
func (c *child) drain() {
	for range c.replies {
	}
}

// opening keeps the beginning of what a child says on its error stream: a panic's first
// line tells most.
type opening struct {
	mu   sync.Mutex
	said []byte
}

const openingBytes = 2048

func (t *opening) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said = append(t.said, b[:min(len(b), openingBytes-len(t.said))]...)
	return len(b), nil
}

func (t *opening) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	line, _, _ := strings.Cut(strings.TrimSpace(string(t.said)), "\n")
	return clean(short(line))
}
