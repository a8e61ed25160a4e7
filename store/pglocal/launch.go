package pglocal

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// launch starts a supervisor with its server and waits until the server answers.
func (s *Server) launch(ctx context.Context, o Options, as runAs, stale bool) error {
	socket, err := socketDir(as)
	if err != nil {
		return err
	}
	s.DSN = dsn(socket, "5432")
	gone, err := orders{
		Dir: s.Dir, Socket: socket, Data: s.data, Stale: stale, Passing: o.Passing, As: as,
		Command: append([]string{filepath.Join(s.BinDir, "postgres")}, serverArgs(s.data, socket, o.Volatile)...),
	}.start(s.logPath())
	if err != nil {
		os.RemoveAll(socket)
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	return s.await(ctx, gone)
}

func serverArgs(data, socket string, volatile bool) []string {
	args := []string{"-D", data, "-k", socket, "-p", "5432"}
	set := []string{
		"listen_addresses=", "unix_socket_permissions=0700",
		"jit=off", // its library may be missing from a fetched server, and our queries are short
	}
	if !volatile {
		set = append(set, "shared_buffers="+sharedBuffers("/proc/meminfo"))
	} else {
		set = append(set, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400",
			"max_wal_size=256MB", "autovacuum_naptime=5min")
	}
	for _, v := range set {
		args = append(args, "-c", v)
	}
	return args
}

// start runs the supervisor; the channel is closed when it has ended.
func (o orders) start(logPath string) (<-chan struct{}, error) {
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("pglocal: %w", err)
	}
	defer log.Close()
	text, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("pglocal: %w", err)
	}
	c := exec.Command(self)
	c.Env = append(serverEnv(""), superviseEnv+"="+string(text))
	c.Stdout, c.Stderr = log, log
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // Ctrl-C is for us alone
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("pglocal: %w", err)
	}
	gone := make(chan struct{})
	go func() {
		c.Wait()
		close(gone)
	}()
	return gone, nil
}

func (s *Server) await(ctx context.Context, gone <-chan struct{}) error {
	for {
		err := s.ping(ctx)
		if err == nil {
			s.pid = readPidFile(s.data).pid
			return nil
		}
		select {
		case <-gone:
			return fmt.Errorf("pglocal: the server ended at once; %s ends with: %s", s.logPath(), tail(s.logPath()))
		case <-ctx.Done():
			return fmt.Errorf("pglocal: the server in %s doesn't answer: %w", s.Dir, err)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (s *Server) logPath() string { return filepath.Join(s.Dir, "postgres.log") }

// serverEnv is all that the server sees of our environment, which may hold secrets.
func serverEnv(program string) []string {
	env := []string{"LC_ALL=C", "TZ=UTC"}
	for _, name := range []string{"PATH", "HOME", "TMPDIR"} {
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	if libs := privateLibs(filepath.Dir(program)); libs != "" {
		env = append(env, "LD_LIBRARY_PATH="+libs)
	} else if v := os.Getenv("LD_LIBRARY_PATH"); v != "" {
		env = append(env, "LD_LIBRARY_PATH="+v)
	}
	return env
}

func tail(path string) string {
	b, _ := os.ReadFile(path)
	return strings.TrimSpace(string(b[max(0, len(b)-800):]))
}
