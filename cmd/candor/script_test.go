package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts, and the children that draw diagrams, run this binary as the command.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"candor": func() { os.Exit(runAt(clock)) }})
}

// clock is the machine's, or stands still on the day that a script gives: env CANDOR_TEST_TODAY=2026-11-25.
func clock() time.Time {
	if day, err := time.Parse(time.DateOnly, os.Getenv("CANDOR_TEST_TODAY")); err == nil {
		return day.Add(12 * time.Hour)
	}
	return time.Now()
}

// TestScripts runs testdata/script: the contract of the command line, each script with the real command in a folder of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(name string) (bool, error) {
			if name == "s3" {
				return s3server() != "", nil
			}
			return false, fmt.Errorf("no condition %q", name)
		},
		Setup: func(e *testscript.Env) error {
			cache, err := os.UserCacheDir()
			if err != nil {
				return err
			}
			e.Setenv("XDG_CACHE_HOME", cache)                        // the renderer's machine code is made once for all scripts
			e.Setenv("BIN", filepath.SplitList(e.Getenv("PATH"))[0]) // where nothing is but the command
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"tree": tree, "fifo": fifo, "big": big, "edit": edit, "await": await, "spoil": spoil, "workbook": workbook, "cells": cells, "host": host, "web": web, "gateway": gateway},
	})
}
