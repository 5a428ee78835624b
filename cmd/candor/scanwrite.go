package main

import (
	"fmt"
	"os"
	"path/filepath"

	"candor/generator/addition"
	"candor/generator/catalog"
	"candor/generator/diag"
	"candor/generator/inventory"
	"candor/generator/model"
)

// writeMissing writes a file to complete for each vendor that is in use and not listed. One that is there stays as it is. Where all that was missing is
// written, nothing is missing any more but what is in the files.
func (a *app) writeMissing(r *inventory.Report, site *model.Site, known *catalog.Catalog) error {
	setting, wrote := addition.Of(site), 0
	missing := r.Of(inventory.Undeclared)
	for _, v := range missing {
		name := addition.SubprocessorPath(v.Known.ID)
		full := a.below(filepath.FromSlash(name))
		if _, err := os.Lstat(full); err == nil {
			a.say("%s is there already, and is not touched\n", name)
			continue
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return fmt.Errorf("make the folder %q: %w", filepath.Dir(full), cause(err))
		}
		at := v.Proof[0].At.Position()
		why := diag.Printable(fmt.Sprintf("%s:%d shows it in use: %s", at.Path, at.Line, v.Proof[0].Seen))
		if err := writeNew(full, setting.Subprocessor(known.Find(v.Known.ID), model.StatusActive, why, r.On), 0o644); err != nil {
			return err
		}
		a.say("wrote %s\n", name)
		wrote++
	}
	if wrote > 0 {
		a.say("TODO marks in them what only your contract or your own people can tell; `candor check` shows each\n")
	}
	if wrote == len(missing) && len(r.Of(inventory.Removed)) == 0 {
		a.code = exitOK
	}
	return nil
}
