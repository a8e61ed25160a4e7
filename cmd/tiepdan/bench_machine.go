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

// postgresDir is where the private Postgres of a measurement keeps its data.
func postgresDir(dir, name string) string { return filepath.Join(dir, name, "pgdata") }

// cpuTime is what this process has used so far, and the Postgres in that folder
// with all its backends, if one is named.
func cpuTime(postgres string) time.Duration {
	var own syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &own) != nil {
		return 0
	}
	total := time.Duration(own.Utime.Nano() + own.Stime.Nano())
	if postgres == "" {
		return total
	}
	b, err := os.ReadFile(filepath.Join(postgres, "postmaster.pid"))
	if err != nil {
		return total
	}
	first, _, _ := bytes.Cut(b, []byte("\n"))
	master := strings.TrimSpace(string(first))
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		if s, ok := readStat(path); ok && (s.pid == master || s.parent == master) {
			total += s.cpu
		}
	}
	return total
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
