package pglocal

import (
	"fmt"
	"os"
)

// Postgres begins with 128 MB for the pages that it works on. Its manual advises a
// quarter of the machine's memory; the private server leaves the rest to others, and
// doesn't take more than a gigabyte.
const (
	leastBuffers = 128
	mostBuffers  = 1024
)

// sharedBuffers is the setting of that name, by what the machine says of its memory.
func sharedBuffers(meminfo string) string {
	var total int // kB
	if text, err := os.ReadFile(meminfo); err == nil {
		_, _ = fmt.Sscanf(string(text), "MemTotal: %d kB", &total) // where it isn't said: the least
	}
	return fmt.Sprintf("%dMB", min(mostBuffers, max(leastBuffers, total/1024/4)))
}
