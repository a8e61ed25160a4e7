package pglocal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// cluster finds the binaries that fit the cluster in s.Dir, making the cluster first where there is none.
func (s *Server) cluster(ctx context.Context, o Options, as runAs) (binDir string, err error) {
	old, _ := filepath.Glob(filepath.Join(s.Dir, "initdb-*"))
	for _, dir := range old {
		os.RemoveAll(dir) // of a killed starter; we hold its lock
	}
	version, err := os.ReadFile(filepath.Join(s.data, "PG_VERSION"))
	if err != nil && !os.IsNotExist(err) {
		return "", fmt.Errorf("pglocal: %w", err)
	}
	want := strings.TrimSpace(string(version))
	if want != "" && o.Volatile && !runnable(want, as) {
		// Test data isn't worth the fetching of an old server.
		if err := os.RemoveAll(s.data); err != nil {
			return "", fmt.Errorf("pglocal: %w", err)
		}
		want = ""
	}
	bin, err := findOrFetch(ctx, want, as, o.say)
	if err != nil {
		return "", err
	}
	if want == "" {
		err = s.initdb(bin, o, as)
	}
	return bin.dir, err
}

// initdb makes the cluster beside its place, so that a killed initdb leaves no half of one.
func (s *Server) initdb(bin binaries, o Options, as runAs) error {
	tmp := filepath.Join(s.Dir, fmt.Sprintf("initdb-%d", os.Getpid()))
	args := []string{"-D", tmp, "-U", "postgres", "-A", "trust", "-E", "UTF8"}
	if bin.major >= 15 {
		// With the C library's rules lower('Đ') would do nothing.
		args = append(args, "--locale-provider=icu", "--icu-locale=und", "--locale=C")
	} else {
		args = append(args, "--locale=C.UTF-8")
	}
	if o.Volatile {
		args = append(args, "--no-sync")
	}
	c := as.command(s.Dir, filepath.Join(bin.dir, "initdb"), args...)
	dieWithParent(c.SysProcAttr, syscall.SIGTERM)
	runtime.LockOSThread()
	out, err := c.CombinedOutput()
	runtime.UnlockOSThread()
	if err != nil {
		os.RemoveAll(tmp)
		return fmt.Errorf("pglocal: initdb: %w: %s", err, strings.TrimSpace(string(out)))
	}
	if err := os.Rename(tmp, s.data); err != nil {
		return fmt.Errorf("pglocal: %w", err)
	}
	return nil
}
