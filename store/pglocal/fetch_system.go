package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
)

func systemReady() bool {
	return os.Geteuid() == 0 && (have("apt-get") || have("apk") || have("dnf"))
}

// fromSystem installs the distribution's server, which only root can.
func fromSystem(ctx context.Context, f fetching) error {
	switch {
	case have("apt-get"):
		return installByApt(ctx, f)
	case have("apk"):
		f.say("PostgreSQL isn't on this machine: installing it by apk, about 60 MB, once")
		_, err := run(ctx, "/", "apk", "add", "--no-cache", "postgresql"+f.want, "icu-data-full")
		return err
	case f.want != "":
		return fmt.Errorf("dnf's PostgreSQL may not be version %s", f.want)
	default:
		f.say("PostgreSQL isn't on this machine: installing it by dnf, about 60 MB, once")
		_, err := run(ctx, "/", "dnf", "install", "-y", "--setopt=install_weak_deps=False", "postgresql-server")
		return err
	}
}

// clusterConf tells Debian's scripts whether an installed server gets a cluster at once.
const clusterConf = "/etc/postgresql-common/createcluster.conf"

// installByApt leaves no server running: Debian would make a cluster of its own and start it.
func installByApt(ctx context.Context, f fetching) error {
	f.say("PostgreSQL isn't on this machine: installing it by apt, about 60 MB to fetch, once")
	restore, err := withoutDebianCluster()
	if err != nil {
		return err
	}
	defer restore()
	_, stale := run(ctx, "/", "apt-get", "update", "-q") // a broken list of another source doesn't matter
	_, err = run(ctx, "/", "apt-get", "install", "-y", "-q", "--no-install-recommends",
		"-o", "Dpkg::Options::=--force-confold", "-o", "DPkg::Lock::Timeout=120", debianName(f.want))
	if err != nil {
		return errors.Join(err, stale)
	}
	return nil
}

func debianName(major string) string {
	if major == "" {
		return "postgresql"
	}
	return "postgresql-" + major
}

// withoutDebianCluster writes the configuration ahead of the package and puts the package's own in its place after.
func withoutDebianCluster() (restore func(), err error) {
	if _, err := os.Stat(clusterConf); err == nil {
		return func() {}, nil // somebody's own decision
	}
	if err := os.MkdirAll("/etc/postgresql-common", 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(clusterConf, []byte("create_main_cluster = false\n"), 0o644); err != nil {
		return nil, err
	}
	return func() {
		os.Remove(clusterConf)
		for _, suffix := range []string{".ucf-dist", ".dpkg-dist"} { // where the package's own was put
			_ = os.Rename(clusterConf+suffix, clusterConf)
		}
	}, nil
}
