package pglocal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// reachableDir makes the directory and hands it to the server's user. Where that user can't get there (root's home,
// say) a directory kept for this path elsewhere stands in for it.
func reachableDir(want string, as runAs, say func(string, ...any)) (string, runAs, error) {
	if want == "" {
		return "", as, errors.New("pglocal: no directory given")
	}
	dir, err := filepath.Abs(want)
	if err != nil {
		return "", as, fmt.Errorf("pglocal: %w", err)
	}
	owner, first := claim(dir, as)
	if first == nil {
		return dir, owner, nil
	}
	if !as.Drop {
		return "", as, first
	}
	os.Remove(dir) // empty, or it stays
	for _, base := range []string{"/var/lib/tiepdan", os.TempDir(), "/tmp"} {
		instead := filepath.Join(base, "pglocal-"+pathKey(dir))
		if owner, err := claim(instead, as); err == nil {
			say("The database server's user can't reach %s: the database is in %s", dir, instead)
			return instead, owner, nil
		}
	}
	return "", as, first
}

// claim makes dir and checks that the server's user, which it gives back, can use it.
func claim(dir string, as runAs) (runAs, error) {
	as = as.like(filepath.Join(dir, dataName))
	if as.Drop {
		if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
			return as, fmt.Errorf("pglocal: %w", err)
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return as, fmt.Errorf("pglocal: %w", err)
	}
	if err := as.own(dir); err != nil {
		return as, fmt.Errorf("pglocal: %w", err)
	}
	if err := as.command(dir, "/bin/sh", "-c", "test -w .").Run(); err != nil {
		return as, fmt.Errorf("pglocal: the database server's user can't write to %s: %w", dir, err)
	}
	return as, nil
}

// pathKey names a path in a few letters.
func pathKey(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:8])
}

const (
	socketPrefix = "tiepdan-pg-"
	socketLimit  = 103 - len("/.s.PGSQL.5432.lock") // bytes in a Unix socket's path on macOS; Linux has four more
)

// socketDir makes a fresh directory for the socket: no lock of a dead server there, and no port to clash.
func socketDir(as runAs) (string, error) {
	var errs []error
	for _, base := range []string{os.TempDir(), "/tmp", "/run", "/var/tmp"} {
		dir, err := os.MkdirTemp(base, socketPrefix)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if _, err := claim(dir, as); err == nil && len(dir) <= socketLimit {
			return dir, nil
		}
		os.Remove(dir)
		errs = append(errs, fmt.Errorf("%s: path too long, or closed to the database server's user", base))
	}
	return "", fmt.Errorf("pglocal: no place for the server's socket: %w", errors.Join(errs...))
}
