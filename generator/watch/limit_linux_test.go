package watch

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestRealLimits runs TestUnderLimits in a user namespace, where the limits of inotify can be set without being root.
func TestRealLimits(t *testing.T) {
	for _, limit := range []struct{ file, want string }{
		{"max_inotify_watches", "fs.inotify.max_user_watches"},
		{"max_inotify_instances", "fs.inotify.max_user_instances"},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestUnderLimits$", "-test.v")
		cmd.Env = append(os.Environ(), "WATCH_LIMIT="+limit.file)
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
		out, err := cmd.CombinedOutput()
		if err != nil && (len(out) == 0 || strings.Contains(string(out), "no limit to be set")) {
			t.Skipf("no user namespace: %v %s", err, out)
		}
		if err != nil || !strings.Contains(string(out), limit.want) {
			t.Errorf("%s: %v\n%s", limit.file, err, out)
		}
	}
}

// TestUnderLimits is run by TestRealLimits.
func TestUnderLimits(t *testing.T) {
	file := os.Getenv("WATCH_LIMIT")
	if file == "" {
		t.Skip("run by TestRealLimits")
	}
	value := map[string]string{"max_inotify_watches": "2", "max_inotify_instances": "0"}[file]
	if err := os.WriteFile(filepath.Join("/proc/sys/user", file), []byte(value), 0); err != nil {
		t.Fatalf("no limit to be set: %v", err)
	}
	s := watchSite(t, Options{})
	if len(s.notices()) != 1 {
		t.Fatalf("said %v", s.notices())
	}
	fmt.Println(s.notices()[0].Hint)
	s.write("content/sub/c.md", "changed")
	s.want("content/sub/c.md")
}
