//go:build !linux

package pglocal

import (
	"os/exec"
	"strconv"
	"strings"
)

// isPostgres says whether pid is a living postgres: not a zombie, not a stranger who got its pid.
func isPostgres(pid int) bool {
	out, err := exec.Command("ps", "-o", "stat=,comm=", "-p", strconv.Itoa(pid)).Output()
	line := strings.TrimSpace(string(out))
	return err == nil && strings.Contains(line, "postgres") && !strings.HasPrefix(line, "Z")
}
