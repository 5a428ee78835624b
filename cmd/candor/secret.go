package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"candor/generator"
	"candor/generator/seal"
)

const (
	secretVariable = "CANDOR_SECRET"
	secretFile     = ".candor/secret" // of the site folder: outside of content/, which is committed
)

// secret gives the secret that sealed pages are closed with: from the environment, else from its file; none is no error.
func (a *app) secret() (seal.Secret, error) {
	if text := a.getenv(secretVariable); text != "" {
		s, err := seal.ParseSecret(text)
		if err != nil {
			return s, advice{fmt.Errorf("%s: %w", secretVariable, err), "it holds what " + secretFile + " does, which `candor share new` writes"}
		}
		return s, nil
	}
	data, err := os.ReadFile(a.below(secretFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return seal.Secret{}, nil
	case err != nil:
		return seal.Secret{}, advice{fmt.Errorf("read %s: %w", secretFile, cause(err)), "let this user read it, or set " + secretVariable}
	}
	s, err := seal.ParseSecret(string(data))
	if err != nil {
		return s, advice{fmt.Errorf("%s: %w", secretFile, err), "put back the file as `candor share new` wrote it, or set " + secretVariable}
	}
	return s, nil
}

// newSecret makes a secret and its file, which nobody but its owner can read and no repository takes up.
func (a *app) newSecret() (seal.Secret, error) {
	s, err := seal.NewSecret(a.random)
	if err != nil {
		return s, err
	}
	name := a.below(secretFile)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return s, fmt.Errorf("make the folder %q: %w", filepath.Dir(name), cause(err))
	}
	ignore := filepath.Join(filepath.Dir(name), ".gitignore")
	if err := writeNew(ignore, []byte("/secret\n"), 0o644); err != nil && !errors.Is(err, fs.ErrExist) {
		return s, err
	}
	if err := writeNew(name, []byte(s.Text()+"\n"), 0o600); err != nil {
		return s, err
	}
	a.say("%s: made; keep a copy where passwords are kept, and give it to whatever builds the site as %s\n", secretFile, secretVariable)
	return s, nil
}

// writeNew writes a file that is not there yet.
func writeNew(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("write %q: %w", name, cause(err))
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write %q: %w", name, cause(err))
	}
	return nil
}

// warnOfReaders says when others on this machine can read the secret.
func (a *app) warnOfReaders() {
	info, err := os.Stat(a.below(secretFile))
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 && a.getenv(secretVariable) == "" {
		a.notice("others on this machine can read "+secretFile, "chmod 600 "+secretFile)
	}
}

// lockedHint says how sealed pages can be built that could not.
func lockedHint(l *generator.Locked) string {
	if l.Missing {
		return "set " + secretVariable + ", or put " + secretFile + " back; `candor share revoke ID` does without a page"
	}
	return "set " + secretVariable + " to the one before; if it is lost, `candor share revoke ID` and `candor share new` make the page and its link anew"
}
