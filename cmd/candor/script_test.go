package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts, and the children that draw diagrams, run this binary as the command.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"candor": main})
}

// TestScripts runs testdata/script: the contract of the command line, each script with the real command in a folder of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			cache, err := os.UserCacheDir()
			if err != nil {
				return err
			}
			e.Setenv("XDG_CACHE_HOME", cache) // the renderer's machine code is made once for all scripts
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"tree": tree, "fifo": fifo, "big": big, "edit": edit},
	})
}
