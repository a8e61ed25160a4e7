package pglocal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// oldest is the oldest PostgreSQL that our SQL runs on.
const oldest = 14

// places are where systems keep the server's binaries, most of them outside the PATH.
var places = []string{
	"/usr/lib/postgresql/*/bin",         // Debian, Ubuntu, PGDG for apt
	"/usr/pgsql-*/bin",                  // PGDG for dnf
	"/usr/libexec/postgresql*",          // Alpine
	"/opt/homebrew/opt/postgresql*/bin", // Homebrew on Apple's own processors
	"/usr/local/opt/postgresql*/bin",    // Homebrew on Intel's
	"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
	"/opt/local/lib/postgresql*/bin", // MacPorts
	"/run/current-system/sw/bin",     // NixOS
	"/usr/local/pgsql/bin", "/usr/bin", "/usr/local/bin",
}

// binaries is a directory with initdb and postgres.
type binaries struct {
	dir   string
	major int
}

// find gives the newest binaries that the server's user can run, the system's before those that we fetched; want
// demands a major version, unless it is empty. PG_BINDIR, when set, is the only place looked at.
func find(want string, as runAs, cache string) (binaries, bool) {
	if dir := os.Getenv("PG_BINDIR"); dir != "" {
		return newest([]string{dir}, want, as)
	}
	if b, ok := newest(systemDirs(), want, as); ok {
		return b, true
	}
	return newest(globAll(fetchedPlaces(cache)), want, as)
}

func newest(dirs []string, want string, as runAs) (best binaries, ok bool) {
	for _, dir := range dirs {
		b, runs := probe(dir, as)
		if runs && b.major >= oldest && b.major > best.major && (want == "" || want == strconv.Itoa(b.major)) {
			best, ok = b, true
		}
	}
	return best, ok
}

func systemDirs() []string {
	dirs := globAll(places)
	if p, err := exec.LookPath("postgres"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			dirs = append([]string{filepath.Dir(p)}, dirs...)
		}
	}
	return dirs
}

func globAll(patterns []string) (dirs []string) {
	for _, pattern := range patterns {
		found, _ := filepath.Glob(pattern)
		dirs = append(dirs, found...)
	}
	return dirs
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// probe runs the server for its version, as the user that it will run as.
func probe(dir string, as runAs) (binaries, bool) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return binaries{}, false
	}
	out, err := as.command("/", filepath.Join(dir, "postgres"), "-V").Output()
	m := versionLine.FindSubmatch(out)
	if err != nil || m == nil {
		return binaries{}, false
	}
	major, err := strconv.Atoi(string(m[1]))
	return binaries{dir, major}, err == nil
}

// runnable says whether binaries of a major version are here.
func runnable(want string, as runAs) bool {
	cache, err := cacheDir()
	if err != nil {
		return false
	}
	_, ok := find(want, as, cache)
	return ok
}

// findOrFetch looks for binaries here and fetches them where there are none.
func findOrFetch(ctx context.Context, want string, as runAs, say func(string, ...any)) (binaries, error) {
	cache, err := cacheDir()
	if err != nil {
		return binaries{}, err
	}
	if b, ok := find(want, as, cache); ok {
		return b, nil
	}
	if dir := os.Getenv("PG_BINDIR"); dir != "" {
		return binaries{}, fmt.Errorf("pglocal: PG_BINDIR is %s, where there is no PostgreSQL %s that can be run", dir, want)
	}
	return fetch(ctx, cache, want, as, say)
}
