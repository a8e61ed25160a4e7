package pglocal

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// runAs says as whom the server runs: PostgreSQL refuses root, and a user that the machine doesn't know.
type runAs struct {
	Drop   bool // from root to Uid and Gid
	Uid    int
	Gid    int
	Nobody bool // in a user namespace that shows us as nobody: containers with a made-up or a lone root user
}

// nobody is the user of old that every system knows.
const nobody = 65534

// chooseUser takes the first way that works here.
func chooseUser() (runAs, error) {
	if os.Geteuid() != 0 {
		if _, err := user.LookupId(strconv.Itoa(os.Geteuid())); err == nil || !canNamespace {
			return runAs{}, nil
		}
		return firstWorking(runAs{Nobody: true}, runAs{})
	}
	drop := runAs{Drop: true, Uid: nobody, Gid: nobody}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			drop.Uid, _ = strconv.Atoi(u.Uid)
			drop.Gid, _ = strconv.Atoi(u.Gid)
			break
		}
	}
	return firstWorking(drop, runAs{Nobody: true})
}

func firstWorking(ways ...runAs) (runAs, error) {
	for _, as := range ways {
		if as.Nobody && !canNamespace {
			continue
		}
		if as.command("/", "/bin/sh", "-c", ":").Run() == nil {
			return as, nil
		}
	}
	return runAs{}, errors.New("pglocal: PostgreSQL refuses to run as this user, and no other can be taken on here: " +
		"start the program as an ordinary user, or set DATABASE_URL")
}

// command prepares a command of the server's user; its death signal and output are the caller's.
func (as runAs) command(dir, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = dir // ours may be closed to the other user
	c.Env = serverEnv(name)
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	switch {
	case as.Drop:
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(as.Uid), Gid: uint32(as.Gid)}
	case as.Nobody:
		becomeNobody(c.SysProcAttr)
	}
	return c
}

// own hands a path to the server's user.
func (as runAs) own(path string) error {
	if !as.Drop {
		return nil
	}
	return os.Chown(path, as.Uid, as.Gid)
}

// like makes it the user that an existing cluster belongs to: which users there are may change from run to run.
func (as runAs) like(data string) runAs {
	st, err := os.Stat(data)
	if err != nil || !as.Drop {
		return as
	}
	if sys, ok := st.Sys().(*syscall.Stat_t); ok && sys.Uid != 0 {
		as.Uid, as.Gid = int(sys.Uid), int(sys.Gid)
	}
	return as
}

// ours says whether a file belongs to the user that we are.
func ours(st os.FileInfo) bool {
	sys, ok := st.Sys().(*syscall.Stat_t)
	return ok && int(sys.Uid) == os.Geteuid()
}
