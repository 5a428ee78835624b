package render_test

import (
	"os"
	"testing"

	"candor/generator/browser"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
