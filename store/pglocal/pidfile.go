package pglocal

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// pidFile is what a postmaster writes down about itself, and leaves behind when it is killed.
type pidFile struct {
	pid          int
	socket, port string
}

func readPidFile(data string) pidFile {
	b, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	line := strings.Split(string(b), "\n")
	if err != nil || len(line) < 5 {
		return pidFile{}
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(line[0]))
	return pidFile{pid: pid, port: line[3], socket: line[4]}
}

// forgetSocket removes the directory of a dead server's socket, if we made it.
func (p pidFile) forgetSocket() {
	if strings.HasPrefix(filepath.Base(p.socket), socketPrefix) && !isPostgres(p.pid) {
		os.RemoveAll(p.socket)
	}
}

// disownPidFile puts our pid in place of the dead one's. A zombie or a stranger who has that pid by now would
// keep PostgreSQL from starting; its own parent's pid doesn't, and it still looks for orphaned backends.
func disownPidFile(data string) {
	path := filepath.Join(data, "postmaster.pid")
	b, err := os.ReadFile(path)
	if err != nil {
		return
	}
	if _, rest, ok := bytes.Cut(b, []byte("\n")); ok {
		os.WriteFile(path, append([]byte(strconv.Itoa(os.Getpid())+"\n"), rest...), 0o600)
	}
}
