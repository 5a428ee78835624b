package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// pinned names the checkers, with their exact versions and the hashes of all that they are made of.
//
//go:embed package.json package-lock.json
var pinned embed.FS

// looks are the scripts that drive them.
//
//go:embed looks
var looks embed.FS

// errNoTools says what this machine does not have.
var errNoTools = errors.New("node, npm and java (17 or later) have to be there")

// tools are where the checkers and the scripts lie.
type tools struct {
	dir     string // with node_modules
	scripts string // with main.js
}

// install gives the checkers, which npm fetches once for each state of package-lock.json, into a folder named by its hash.
func install(ctx context.Context, given string) (tools, error) {
	for _, name := range []string{"node", "npm", "java"} {
		if _, err := exec.LookPath(name); err != nil {
			return tools{}, fmt.Errorf("%w: %s is not", errNoTools, name)
		}
	}
	cache, err := cacheFolder(given)
	if err != nil {
		return tools{}, err
	}
	lock, err := pinned.ReadFile("package-lock.json")
	if err != nil {
		return tools{}, err
	}
	t := tools{dir: filepath.Join(cache, "inspect-"+hash(lock))}
	if _, err := os.Stat(t.dir); errors.Is(err, fs.ErrNotExist) {
		err = fetch(ctx, cache, t.dir)
		if err != nil {
			return tools{}, err
		}
	}
	t.scripts, err = place(t.dir)
	return t, err
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

// fetch has npm install into a folder beside dir, which takes its name when all of it is there. Nothing of the packages is run.
func fetch(ctx context.Context, cache, dir string) error {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(cache, "inspect-new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	if err := os.CopyFS(fresh, pinned); err != nil {
		return err
	}
	npm := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm.Dir = fresh
	if said, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci with generator/inspect/package-lock.json: %w\n%s", err, said)
	}
	if err := os.Rename(fresh, dir); err != nil {
		if _, there := os.Stat(dir); there != nil { // another one was faster
			return err
		}
	}
	return nil
}

// place writes the scripts into a folder named by what is in them, so that two versions of this program do not meet.
func place(dir string) (string, error) {
	scripts, err := fs.Sub(looks, "looks")
	if err != nil {
		return "", err
	}
	var all []byte
	err = fs.WalkDir(scripts, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(scripts, name)
		all = append(append(all, name...), data...)
		return err
	})
	if err != nil {
		return "", err
	}
	to := filepath.Join(dir, "looks-"+hash(all))
	if _, err := os.Stat(to); err == nil {
		return to, nil
	}
	fresh, err := os.MkdirTemp(dir, "looks-new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	if err := os.CopyFS(fresh, scripts); err != nil {
		return "", err
	}
	if err := os.Rename(fresh, to); err != nil {
		if _, there := os.Stat(to); there != nil {
			return "", err
		}
	}
	return to, nil
}
