package tiepdan_test

import (
	"os/exec"
	"strings"
	"testing"
)

// may is who may know whom: of ours, and of libraries. A new edge is a decision;
// change this map with it. Standard library is free, but see TestPure.
var may = map[string]string{
	"":                       "golang.org/x/text github.com/teambition/rrule-go",
	"bot":                    "tiepdan",
	"bot/telegram":           "tiepdan bot github.com/go-telegram/bot github.com/prometheus/client_golang golang.org/x/time golang.org/x/sync golang.org/x/net",
	"bot/telegram/simulator": "",
	"bot/telegram/echo":      "github.com/go-telegram/bot",
	"backend":                "tiepdan templates github.com/alexedwards golang.org/x/net rsc.io/qr",
	"backend/jobs":           "tiepdan github.com/riverqueue/river github.com/jackc/pgx/v5 github.com/prometheus/client_golang golang.org/x/sync",
	"store":                  "tiepdan golang.org/x/text github.com/jackc/pgx/v5 github.com/redis/go-redis/v9 github.com/riverqueue/river golang.org/x/sync",
	"store/files":            "github.com/gabriel-vasile/mimetype github.com/minio/minio-go/v7",
	"store/pglocal":          "github.com/jackc/pgx/v5",
	"store/redislocal":       "github.com/alicebob/miniredis/v2 github.com/redis/go-redis/v9",
	"templates":              "tiepdan",
	"templates/ical":         "tiepdan github.com/arran4/golang-ical",
	"templates/xlsx":         "github.com/xuri/excelize/v2 golang.org/x/text",
	"templates/paper":        "codeberg.org/go-pdf/fpdf github.com/go-fonts/liberation rsc.io/qr golang.org/x/text golang.org/x/sync",
}

func TestImports(t *testing.T) {
	t.Parallel()
	for pkg, imports := range packages(t) {
		allowed, listed := may[pkg]
		if !listed {
			if !strings.HasPrefix(pkg, "cmd/") && !strings.HasPrefix(pkg, "internal/") && !strings.HasSuffix(pkg, "test") {
				t.Errorf("package %s stands on no map; put it on this one", pkg)
			}
			continue
		}
		for _, imp := range imports {
			if !known(imp, strings.Fields(allowed)) {
				t.Errorf("%s imports %s", pkg, imp)
			}
		}
	}
}

// packages returns the imports of each of our packages, ours without the module's name.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-buildvcs=false", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		pkg, imports, _ := strings.Cut(strings.TrimSpace(line), ":")
		pkg = strings.TrimPrefix(strings.TrimPrefix(pkg, "tiepdan"), "/")
		all[pkg] = strings.Fields(imports)
	}
	return all
}

func known(imp string, allowed []string) bool {
	ours := imp == "tiepdan" || strings.HasPrefix(imp, "tiepdan/")
	if !ours && !strings.Contains(imp, ".") {
		return true // standard library
	}
	for _, a := range allowed {
		if imp == a || imp == "tiepdan/"+a || !ours && strings.HasPrefix(imp, a+"/") {
			return true
		}
	}
	return false
}

// TestPure keeps the rules away from the world: no clock, no network, no files.
func TestPure(t *testing.T) {
	t.Parallel()
	for _, imp := range packages(t)[""] {
		switch imp {
		case "os", "net", "net/http", "io/fs", "os/exec", "database/sql", "log", "log/slog", "syscall":
			if imp != "log/slog" {
				t.Errorf("the rules import %s", imp)
			}
		}
	}
}
