package pglocal

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A private package root: Debian's packages unpacked in our cache, for those who can't install any.

func aptReady() bool { return have("apt-get", "dpkg-deb") }

// rootMark stands in a private package root, and tells privateLibs that it is one.
const rootMark = ".tiepdan-package-root"

func fromApt(ctx context.Context, f fetching) error {
	f.say("PostgreSQL isn't on this machine: fetching Debian's packages of it into %s, about 50 MB, once", f.cache)
	return f.stage("postgres-apt-"+cmp.Or(f.want, "any"), func(dir string) error {
		work := filepath.Join(dir, "apt")
		for _, sub := range []string{"state/lists/partial", "cache/archives/partial", "deb"} {
			if err := os.MkdirAll(filepath.Join(work, sub), 0o755); err != nil {
				return err
			}
		}
		if err := unpackDebs(ctx, work, dir, f.want); err != nil {
			return err
		}
		return errors.Join(os.RemoveAll(work), os.WriteFile(filepath.Join(dir, rootMark), nil, 0o644))
	})
}

func unpackDebs(ctx context.Context, work, root, want string) error {
	apt := func(args ...string) (string, error) {
		return run(ctx, filepath.Join(work, "deb"), "apt-get", append([]string{"-q",
			"-o", "Dir::State=" + filepath.Join(work, "state"), "-o", "Dir::State::status=/var/lib/dpkg/status",
			"-o", "Dir::Cache=" + filepath.Join(work, "cache"), "-o", "Debug::NoLocking=true",
			"-o", "APT::Sandbox::User=root", "-o", "Dir::Log=" + work}, args...)...)
	}
	_, stale := apt("update") // a broken list of another source, or a hook for root, doesn't matter
	plan, err := apt("--simulate", "--no-install-recommends", "install", debianName(want))
	if err != nil {
		return errors.Join(err, stale)
	}
	names := neededDebs(plan)
	if len(names) == 0 {
		return errors.New("apt takes PostgreSQL as installed, yet its binaries are missing")
	}
	if _, err := apt(append([]string{"download"}, names...)...); err != nil {
		return err
	}
	debs, _ := filepath.Glob(filepath.Join(work, "deb", "*.deb"))
	for _, deb := range debs {
		if _, err := run(ctx, work, "dpkg-deb", "-x", deb, root); err != nil {
			return err
		}
	}
	return nil
}

var (
	planned  = regexp.MustCompile(`(?m)^Inst (\S+)`)
	wanted   = regexp.MustCompile(`^(postgresql-\d+$|lib)`)
	unwanted = regexp.MustCompile(`^lib(llvm|z3|perl|c6$|c6:|c-bin)|-perl$`) // no just-in-time compiler, no scripts; a newer libc needs its own loader
)

// neededDebs picks from apt's plan what the server itself needs: no scripts, no client, no just-in-time compiler.
func neededDebs(plan string) (names []string) {
	for _, m := range planned.FindAllStringSubmatch(plan, -1) {
		name, _, _ := strings.Cut(m[1], ":")
		if wanted.MatchString(name) && !unwanted.MatchString(name) {
			names = append(names, m[1])
		}
	}
	return names
}

// privateLibs is the library path for binaries in a private package root, or "".
func privateLibs(binDir string) string {
	root := filepath.Join(binDir, "../../../../..") // usr/lib/postgresql/NN/bin
	if _, err := os.Stat(filepath.Join(root, rootMark)); err != nil {
		return ""
	}
	var dirs []string
	for _, pattern := range []string{"usr/lib/*-linux-*", "lib/*-linux-*", "usr/lib", "lib"} {
		found, _ := filepath.Glob(filepath.Join(root, pattern))
		dirs = append(dirs, found...)
	}
	return strings.Join(dirs, ":")
}
