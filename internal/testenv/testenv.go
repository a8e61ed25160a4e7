// Package testenv gives tests the real programs that they run against: PostgreSQL, Redis, Chromium. It is imported by
// tests alone. What is missing fails the test and says how to get it; nothing is skipped.
package testenv

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// program finds a program by its environment variable, which scripts/test-tools writes to .tools, or by its names.
func program(t testing.TB, env string, names ...string) string {
	t.Helper()
	if path := os.Getenv(env); path != "" {
		return path
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("%s isn't on this machine: run scripts/test-tools (make test does), or name the program in %s", names[0], env)
	return ""
}

// Chromium is the path of a Chromium or Chrome.
func Chromium(t testing.TB) string {
	t.Helper()
	return program(t, "CHROMIUM", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium")
}

// Pdftotext is the path of the program that reads what a PDF's pages say.
func Pdftotext(t testing.TB) string {
	t.Helper()
	return program(t, "PDFTOTEXT", "pdftotext")
}

// Root is the checkout's directory.
func Root(t testing.TB) string {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		t.Fatal("built with -trimpath: the checkout can't be found")
	}
	return filepath.Join(filepath.Dir(file), "../..")
}
