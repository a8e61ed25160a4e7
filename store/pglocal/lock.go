package pglocal

import (
	"fmt"
	"os"
	"syscall"
)

// usersLock is held shared by everybody who needs the server and taken whole by the supervisor to end it. The
// kernel does the counting, so that a killed program counts as one that has left.
const usersLock = "users.lock"

const (
	shared    = syscall.LOCK_SH
	exclusive = syscall.LOCK_EX
)

// lockFile opens a lock file and waits for the lock; closing the file gives it up.
func lockFile(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("pglocal: %w", err)
	}
	if err := flock(f, how); err != nil {
		f.Close()
		return nil, fmt.Errorf("pglocal: lock %s: %w", path, err)
	}
	return f, nil
}

// there says whether an open file still has its name.
func there(f *os.File) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(f.Name())
	return err == nil && os.SameFile(open, named)
}

// tryLock changes the lock on f without waiting.
func tryLock(f *os.File, how int) bool { return flock(f, how|syscall.LOCK_NB) == nil }

func flock(f *os.File, how int) error {
	for {
		if err := syscall.Flock(int(f.Fd()), how); err != syscall.EINTR {
			return err
		}
	}
}
