package pglocal

import (
	"bytes"
	"os"
	"strconv"
)

// isPostgres says whether pid is a living postgres: not a zombie, not a stranger who got its pid.
func isPostgres(pid int) bool {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat") // "42 (postgres) S …"
	open, end := bytes.IndexByte(b, '('), bytes.LastIndexByte(b, ')')
	if err != nil || open < 0 || end+2 >= len(b) {
		return false
	}
	state := b[end+2]
	return bytes.HasPrefix(b[open+1:end], []byte("postgres")) && state != 'Z' && state != 'X'
}
