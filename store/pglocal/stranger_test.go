package pglocal_test

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// owner is the user that path belongs to.
func owner(t *testing.T, path string) *syscall.Stat_t {
	t.Helper()
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return st.Sys().(*syscall.Stat_t)
}

// sleeper starts a process of the user that like belongs to, which lasts as long as the test.
func sleeper(t *testing.T, like string) (pid int) {
	t.Helper()
	c := exec.Command("/bin/cat")
	c.Dir = "/"
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if as := owner(t, like); os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: as.Uid, Gid: as.Gid}}
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	return c.Process.Pid
}

// writeAs makes a file of the user that like belongs to.
func writeAs(t *testing.T, like, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if as := owner(t, like); os.Geteuid() == 0 {
		if err := os.Chown(path, int(as.Uid), int(as.Gid)); err != nil {
			t.Fatal(err)
		}
	}
}
