package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ticks is how many clock ticks /proc counts a second, on every Linux of today.
const ticks = 100

// spent is CPU time: of this process, which holds the simulator and the people
// too, and of what it stores in.
type spent struct{ own, postgres, redis time.Duration }

func (t spent) sum() time.Duration { return t.own + t.postgres + t.redis }

func (t spent) since(before spent) spent {
	return spent{t.own - before.own, t.postgres - before.postgres, t.redis - before.redis}
}

// cpuTime is what was used so far, of the services by s; nil has none.
func cpuTime(s *services) (t spent) {
	var own syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &own) == nil {
		t.own = time.Duration(own.Utime.Nano() + own.Stime.Nano())
	}
	if s == nil {
		return t
	}
	master, redis := s.postmaster(), strconv.Itoa(s.redisPID)
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		switch p, ok := readStat(path); {
		case !ok:
		case p.pid == master || p.parent == master:
			t.postgres += p.cpu
		case p.pid == redis:
			t.redis += p.cpu
		}
	}
	return t
}

// postmaster is the number of the private Postgres' first process.
func (s *services) postmaster() string {
	b, err := os.ReadFile(filepath.Join(s.pg.Dir, "pgdata", "postmaster.pid"))
	if err != nil {
		return ""
	}
	first, _, _ := bytes.Cut(b, []byte("\n"))
	return strings.TrimSpace(string(first))
}

// stat is what /proc tells of a process: its time and that of its ended children.
type stat struct {
	pid, parent string
	cpu         time.Duration
}

func readStat(path string) (stat, bool) {
	b, err := os.ReadFile(path)
	if err != nil {
		return stat{}, false
	}
	pid, rest, _ := strings.Cut(string(b), " (")
	fields := strings.Fields(rest[strings.LastIndex(rest, ")")+1:])
	if len(fields) < 15 {
		return stat{}, false
	}
	var sum int64
	for _, f := range fields[11:15] { // utime stime cutime cstime, see proc(5)
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return stat{}, false
		}
		sum += n
	}
	return stat{pid, fields[1], time.Duration(sum) * time.Second / ticks}, true
}

// residentMiB is the memory that a process holds, from /proc.
func residentMiB(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("process %d tells nothing of its memory", pid)
}

// runTime is what a process has run, to the nanosecond: little would be lost in
// clock ticks.
func runTime(pid int) (total time.Duration, err error) {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	for _, path := range threads {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // the thread ended
		}
		first, _, _ := strings.Cut(string(b), " ")
		ns, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, err
		}
		total += time.Duration(ns)
	}
	if len(threads) == 0 {
		return 0, fmt.Errorf("process %d tells nothing of its time", pid)
	}
	return total, nil
}
