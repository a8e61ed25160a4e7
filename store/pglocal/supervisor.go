package pglocal

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// A supervisor is this same program, started again: it runs the postmaster until nobody holds the users' lock any
// more. superviseEnv carries its orders.
const superviseEnv = "TIEPDAN_PGLOCAL_SUPERVISE"

// shutdownLimit is how long the server may take to disconnect everybody and write a checkpoint.
const shutdownLimit = 20 * time.Second

type orders struct {
	Dir, Socket, Data string
	Stale             bool // Data's postmaster.pid names a process that isn't the server
	Passing           bool // Dir goes with the last user
	Command           []string
	As                runAs
}

func init() {
	text := os.Getenv(superviseEnv)
	if text == "" {
		return
	}
	os.Unsetenv(superviseEnv)
	var o orders
	err := json.Unmarshal([]byte(text), &o)
	if err == nil {
		err = o.supervise()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func (o orders) supervise() error {
	users, err := os.OpenFile(filepath.Join(o.Dir, usersLock), os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("pglocal: %w", err)
	}
	defer os.RemoveAll(o.Socket)
	if o.Stale {
		disownPidFile(o.Data)
	}
	runtime.LockOSThread() // the death signal follows the thread
	c := o.As.command(o.Dir, o.Command[0], o.Command[1:]...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	dieWithParent(c.SysProcAttr, syscall.SIGINT)
	if err := c.Start(); err != nil {
		return fmt.Errorf("pglocal: %w", err)
	}
	unused := make(chan struct{})
	go func() {
		if flock(users, exclusive) != nil {
			return
		}
		close(unused)
		shutDown(c.Process)
	}()
	c.Wait()
	select {
	case <-unused:
		return o.cleanUp()
	default: // the server ended by itself: its users still need the directory
		return nil
	}
}

// cleanUp removes the directory of a passing server. Under another name first: a newcomer makes a new one meanwhile.
func (o orders) cleanUp() error {
	if !o.Passing {
		return nil
	}
	gone := fmt.Sprintf("%s-ended-%d", o.Dir, os.Getpid())
	if err := os.Rename(o.Dir, gone); err != nil {
		return fmt.Errorf("pglocal: %w", err)
	}
	return os.RemoveAll(gone)
}

// shutDown asks for PostgreSQL's fast shutdown until the process ends. Once would not do: a server that has just
// begun to start doesn't hear it where our own parent ignored interrupts, as a shell's background jobs do.
func shutDown(p *os.Process) {
	for limit := time.Now().Add(shutdownLimit); time.Now().Before(limit); time.Sleep(100 * time.Millisecond) {
		if p.Signal(syscall.SIGINT) != nil {
			return
		}
	}
	p.Signal(syscall.SIGQUIT)
}
