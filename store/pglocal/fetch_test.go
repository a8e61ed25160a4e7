package pglocal

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOnlyWhatTheServerNeedsIsTakenFromAptsPlan(t *testing.T) {
	t.Parallel()
	plan := `NOTE: This is only a simulation!
Inst libperl5.36 (5.36.0-7 Debian:12 [amd64])
Inst libicu72 (72.1-3 Debian:12 [amd64])
Inst liblocale-gettext-perl (1.07-5 Debian:12 [amd64])
Inst libc6 [2.36-9+deb12u9] (2.36-9+deb12u10 Debian:12 [amd64])
Inst libz3-4 (4.8.12 Debian:12 [amd64])
Inst libllvm14 (1:14.0.6-12 Debian:12 [amd64])
Inst libpq5:amd64 [15.1-1] (15.13-0 Debian:12 [amd64])
Inst postgresql-client-15 (15.13-0 Debian:12 [amd64])
Inst postgresql-15 (15.13-0 Debian:12 [amd64])
Conf postgresql-15 (15.13-0 Debian:12 [amd64])`
	want := []string{"libicu72", "libpq5:amd64", "postgresql-15"}
	if got := neededDebs(plan); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLibrariesAreLinkedInsideThePackageOnly(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, links string
		ok          bool
	}{
		{"a library's short name", `[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]`, true},
		{"a way out", `[{"source":"native/lib/x","target":"../../x"}]`, false},
	} {
		pkg := t.TempDir()
		lib := filepath.Join(pkg, "native", "lib")
		if err := os.MkdirAll(lib, 0o755); err != nil {
			t.Fatal(err)
		}
		for path, text := range map[string]string{
			filepath.Join(lib, "libpq.so.5.18"):              "library",
			filepath.Join(pkg, "native", "pg-symlinks.json"): tt.links,
		} {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		err := linkLibraries(pkg)
		if (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
		if tt.ok {
			if b, err := os.ReadFile(filepath.Join(lib, "libpq.so.5")); err != nil || string(b) != "library" {
				t.Errorf("%s: %q, %v", tt.name, b, err)
			}
		}
	}
}

func TestALibraryPathIsGivenInPackageRootsOnly(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	bin := filepath.Join(root, "usr/lib/postgresql/15/bin")
	libs := filepath.Join(root, "usr/lib/x86_64-linux-gnu")
	for _, dir := range []string{bin, libs} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if got := privateLibs(bin); got != "" {
		t.Errorf("without the mark: %q", got)
	}
	if err := os.WriteFile(filepath.Join(root, rootMark), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got, want := privateLibs(bin), libs+":"+filepath.Join(root, "usr/lib"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
