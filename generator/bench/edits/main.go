// Command edits has a preview follow many edits, one after the other, and prints how its memory goes: that of the program and that of the
// processes that draw for it.
//
// In comes a site folder with the starter's content, and the program; out comes a line for each step: edits so far, resident MiB of the program and of its
// children, and the time that the edits took until they were served. Of ten edits eight change a policy, one a data flow, so that its picture is drawn anew, and one
// breaks a file and mends it. The files are given back as they were. It reads /proc, so it is for Linux.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	policy = "content/policies/encryption.md"
	flow   = "content/flows/reply-drafts.yaml"
)

// step finds the title of a process.
var step = regexp.MustCompile(`(kind: process, title: )[^,}]+`)

func main() {
	program := flag.String("candor", "candor", "the `PROGRAM`")
	site := flag.String("site", "", "the site `FOLDER`")
	n := flag.Int("n", 10_000, "edits")
	step := flag.Int("step", 500, "edits from line to line")
	flag.Parse()
	if err := run(*program, *site, *n, *step); err != nil {
		fmt.Fprintln(os.Stderr, "edits:", err)
		os.Exit(1)
	}
}

// A writer edits one file.
type writer struct {
	path   string
	before []byte
}

func open(site, name string) (writer, error) {
	w := writer{path: filepath.Join(site, name)}
	var err error
	w.before, err = os.ReadFile(w.path)
	return w, err
}

func (w writer) write(data []byte) error { return os.WriteFile(w.path, data, 0o644) }

func run(program, site string, n, step int) error {
	text, err := open(site, policy)
	if err != nil {
		return err
	}
	picture, err := open(site, flow)
	if err != nil {
		return err
	}
	defer text.write(text.before)
	defer picture.write(picture.before)
	cmd := exec.Command(program, "-C", site, "serve", "--addr", "127.0.0.1:0", "--on", "2026-11-23")
	said, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer cmd.Wait()
	defer cmd.Process.Signal(syscall.SIGINT)
	url, err := address(said)
	if err != nil {
		return err
	}
	fmt.Println("  edits  program MiB  children MiB  ms an edit")
	began := time.Now()
	for i := range n + 1 {
		if i%step == 0 {
			own, children := memory(cmd.Process.Pid)
			fmt.Printf("%7d %12d %13d %11.1f\n", i, own>>20, children>>20, float64(time.Since(began).Milliseconds())/float64(max(step, 1)))
			began = time.Now()
		}
		if err := edit(i, url, text, picture); err != nil {
			return fmt.Errorf("edit %d: %w", i, err)
		}
	}
	return nil
}

// edit changes something and waits until it is served.
func edit(i int, url string, text, picture writer) error {
	mark := fmt.Sprintf("edit number %d here", i)
	switch i % 10 {
	case 3:
		title := fmt.Sprint("Step of edit ", i)
		if err := picture.write(step.ReplaceAll(picture.before, []byte("${1}"+title))); err != nil {
			return err
		}
		return await(url+"data-flows/reply-drafts/", title)
	case 7:
		if err := text.write(bytes.Replace(text.before, []byte("title:"), []byte("titel:"), 1)); err != nil {
			return err
		}
		time.Sleep(30 * time.Millisecond)
	}
	if err := text.write(append(bytes.Clone(text.before), "\n"+mark+"\n"...)); err != nil {
		return err
	}
	return await(url+"policies/encryption/", mark)
}

func await(url, mark string) error {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		r, err := http.Get(url)
		if err != nil {
			return err
		}
		page, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			return err
		}
		if bytes.Contains(page, []byte(mark)) {
			return nil
		}
	}
	return fmt.Errorf("%s never says %q", url, mark)
}

// address reads where the preview is, and has the rest of what it says pass.
func address(said io.Reader) (string, error) {
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if url, _, ok := strings.Cut(lines.Text(), " shows the site"); ok {
			go io.Copy(io.Discard, said)
			return url, nil
		}
	}
	return "", fmt.Errorf("the preview does not begin: %v", lines.Err())
}

// memory gives the resident bytes of a process and of its children.
func memory(pid int) (own, children int64) {
	statuses, _ := filepath.Glob("/proc/[0-9]*/status")
	for _, name := range statuses {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		field := func(key string) int64 {
			for line := range strings.Lines(string(data)) {
				if rest, ok := strings.CutPrefix(line, key+":"); ok {
					n, _ := strconv.ParseInt(slices.Concat(strings.Fields(rest), []string{"0"})[0], 10, 64)
					return n
				}
			}
			return 0
		}
		switch {
		case field("Pid") == int64(pid):
			own = field("VmRSS") << 10
		case field("PPid") == int64(pid):
			children += field("VmRSS") << 10
		}
	}
	return own, children
}
