package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"candor/content"
	"candor/generator/model"
	"candor/generator/permalinks"
	"candor/generator/schema"
	"candor/generator/starter"

	"github.com/spf13/cobra"
)

func (a *app) newCommand() *cobra.Command {
	var on string
	cmd := &cobra.Command{
		Use:   "new DIR",
		Short: "Write a complete example trust center to begin with",
		Long: `Write the trust center of a company that does not exist into DIR, complete enough to be imitated.
Its dates are moved to today, so that it builds without findings. JSON Schemas and settings come with
it, so that editors complete and check its YAML, and so do a workflow for GitHub and a pipeline for
GitLab, which check pull requests, say what they change for readers, and publish once a day.`,
		Example: "  candor new trust && cd trust && candor build",
		Args:    arguments(1, 1, "candor new DIR"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.create(args[0], on) },
	}
	cmd.Flags().StringVar(&on, "on", "", "move the dates to this `DATE` (default today, UTC)")
	return cmd
}

func (a *app) create(dir, on string) error {
	to, err := a.day(on)
	if err != nil {
		return err
	}
	from, err := model.ParseDay(content.Day)
	if err != nil {
		return err
	}
	target := a.below(dir)
	entries, err := os.ReadDir(target)
	switch {
	case err == nil && len(entries) > 0:
		return advice{fmt.Errorf("%q is not empty", dir), "name a folder that does not exist yet"}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return advice{fmt.Errorf("%q is no folder that can be written to", dir), "name a folder that does not exist yet"}
	}
	files, err := starter.Shift(content.Files, from, to)
	if err != nil {
		return err
	}
	// of the new site nothing was published yet: whoever takes an example away misses nothing
	files = slices.DeleteFunc(files, func(f starter.File) bool { return f.Path == permalinks.Path })
	files = append(files, starter.File{Path: ".gitignore", Data: []byte("/public/\n")})
	files = append(files, starter.Pipelines()...)
	schemas, editor, err := editorFiles()
	if err != nil {
		return err
	}
	for _, f := range schemas {
		files = append(files, starter.File{Path: path.Join(schema.Folder, f.Name), Data: f.Data})
	}
	for _, f := range editor {
		files = append(files, starter.File{Path: f.Name, Data: f.Data})
	}
	for _, f := range files {
		if err := writeFile(target, f.Path, f.Data); err != nil {
			return err
		}
	}
	a.say("%s: %s, dates moved to %s\n", dir, count(len(files), "file"), to)
	a.say("next: cd %s && candor build\n", dir)
	return nil
}

// writeFile writes a file into a folder, by its slash-separated path there.
func writeFile(folder, name string, data []byte) error {
	full := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return advice{fmt.Errorf("make the folder %q: %w", filepath.Dir(full), cause(err)), "name a folder in one that you may write to"}
	}
	if err := os.WriteFile(full, data, 0o644); err != nil {
		return fmt.Errorf("write %q: %w", full, cause(err))
	}
	return nil
}

// cause takes the operation and the path off a system error, since the message has both.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
