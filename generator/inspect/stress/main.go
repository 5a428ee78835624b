// Command stress writes a site folder that is hard to show: the starter with names that no design was made for, and 300 sub-processors.
//
// In comes the embedded starter; out go the same files with every title, name, question and summary replaced by one that is as long as may be or in a script that
// is not Latin, the sub-processors that are wanting to 300, a flow of as many steps and links as one picture holds, and a policy of what Markdown can do to a
// column. The same arguments give the same bytes, and the site builds without findings on the starter's day. It is a tool for `make check-site` alone.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"candor/content"
)

func main() {
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: stress DIR")
		os.Exit(2)
	}
	if err := run(flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "stress:", err)
		os.Exit(2)
	}
}

// run writes the site folder, which must not be there.
func run(folder string) error {
	files, err := hardened(content.Files)
	if err != nil {
		return err
	}
	for name, text := range added(len(listed(files, "subprocessors"))) {
		files[name] = append(files[name], text...)
	}
	for name := range files { // the vendors that are added work in Europe as well
		files[name] = bytes.ReplaceAll(files[name], []byte("regions: [US]"), []byte("regions: [US, EU]"))
	}
	if _, err := os.Stat(folder); err == nil {
		return errors.New(folder + " is there already")
	}
	for name, data := range files {
		place := filepath.Join(folder, "content", name)
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(place, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
