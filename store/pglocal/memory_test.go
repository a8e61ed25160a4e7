package pglocal

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBuffersAreAQuarterOfTheMemory(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"MemTotal:        2097152 kB\nMemFree:  1 kB\n": "512MB",
		"MemTotal:       24684748 kB\n":                 "1024MB",
		"MemTotal:         131072 kB\n":                 "128MB",
		"another system's":                              "128MB",
	} {
		path := filepath.Join(t.TempDir(), "meminfo")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := sharedBuffers(path); got != want {
			t.Errorf("of %q: %s, want %s", text, got, want)
		}
	}
	if got := sharedBuffers(filepath.Join(t.TempDir(), "none")); got != "128MB" {
		t.Errorf("nothing known: %s", got)
	}
}
