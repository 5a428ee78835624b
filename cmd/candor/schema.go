package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/schema"

	"github.com/spf13/cobra"
)

func (a *app) schemaCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "schema [KIND]",
		Short: "Write JSON Schemas, so that editors complete and check the YAML",
		Long: `Write a JSON Schema for every kind of file in content/ into .candor/schemas, and settings for Visual
Studio Code into .vscode where there are none. With a KIND, print its schema and write nothing. With
--dir DIR they are written for the site in DIR, or, where that is none, into DIR alone.

A file names its schema in its first line, as the files of ` + "`candor new`" + ` do:
  ` + schema.Modeline("content/flows/drafts.yaml") + `
Run this again after an update of Candor. The kind "findings" is what check --format json writes.`,
		Example: "  candor schema\n  candor schema flow",
		Args:    arguments(0, 1, "candor schema flow"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.printSchema(args[0])
			}
			return a.writeSchemas(out)
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "write the schemas alone, into `FOLDER`")
	return cmd
}

// printSchema prints the schema of one kind of file.
func (a *app) printSchema(kind string) error {
	if kind == "findings" {
		_, err := a.stdout.Write(diag.Schema())
		return err
	}
	files, err := generator.Schemas()
	if err != nil {
		return err
	}
	var kinds []string
	for _, f := range files {
		name := strings.TrimSuffix(f.Name, ".json")
		if name == kind {
			_, err := a.stdout.Write(f.Data)
			return err
		}
		kinds = append(kinds, name)
	}
	hint := diag.Suggest(kind, kinds)
	if hint == "" {
		hint = "kinds are " + strings.Join(kinds, ", ")
	}
	return advice{fmt.Errorf("no schema %q", kind), hint}
}

// writeSchemas writes all schemas: into the site folder, with the editor's settings where it has none, or alone into another folder.
func (a *app) writeSchemas(out string) error {
	if out == "" && a.dir != "." && !isFolder(os.DirFS(a.dir), "content") { // a folder that is no site can only be meant to hold them
		out = "."
	}
	schemas, editor, err := editorFiles()
	if err != nil {
		return err
	}
	folder := filepath.Join(a.dir, filepath.FromSlash(schema.Folder))
	if out != "" {
		if folder, editor = out, nil; !filepath.IsAbs(out) {
			folder = filepath.Join(a.dir, out)
		}
	}
	for _, f := range schemas {
		if err := writeFile(folder, f.Name, f.Data); err != nil {
			return err
		}
	}
	a.say("%s: %s\n", folder, count(len(schemas), "schema"))
	for _, f := range editor {
		name := filepath.Join(a.dir, filepath.FromSlash(f.Name))
		if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
			continue // the author's own
		}
		if err := writeFile(a.dir, f.Name, f.Data); err != nil {
			return err
		}
		a.say("%s: written\n", name)
	}
	return nil
}

// editorFiles gives the schemas, and the files that tell an editor of them.
func editorFiles() (schemas, editor []schema.File, err error) {
	if schemas, err = generator.Schemas(); err != nil {
		return nil, nil, err
	}
	editor, err = schema.Editor()
	return schemas, editor, err
}
