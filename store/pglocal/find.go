package pglocal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
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

// find gives the newest binaries that the server's user can run; want demands a major version, unless it is empty.
// PG_BINDIR, when set, is the only place looked at.
func find(want string, as runAs, cache string) (binaries, bool) {
	var hits []binaries
	for _, dir := range candidates(cache) {
		if b, ok := probe(dir, as); ok && b.major >= oldest && (want == "" || want == strconv.Itoa(b.major)) {
			hits = append(hits, b)
		}
	}
	if len(hits) == 0 {
		return binaries{}, false
	}
	slices.SortStableFunc(hits, func(a, b binaries) int { return b.major - a.major })
	return hits[0], true
}

func candidates(cache string) []string {
	if dir := os.Getenv("PG_BINDIR"); dir != "" {
		return []string{dir}
	}
	var dirs []string
	if p, err := exec.LookPath("postgres"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(p))
		}
	}
	for _, pattern := range slices.Concat(places, fetchedPlaces(cache)) {
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
