package testenv_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"tiepdan/internal/testenv"
)

func TestEveryTestHasARedisOfItsOwn(t *testing.T) {
	t.Parallel()
	for range 2 {
		opt, err := redis.ParseURL(testenv.Redis(t))
		if err != nil {
			t.Fatal(err)
		}
		c := redis.NewClient(opt)
		defer c.Close()
		if n, err := c.Incr(t.Context(), "n").Result(); err != nil || n != 1 {
			t.Errorf("got %d, %v, want 1", n, err)
		}
	}
}

func TestAllTestsShareOnePostgres(t *testing.T) {
	t.Parallel()
	dsn := testenv.Postgres(t)
	if again := testenv.Postgres(t); again != dsn {
		t.Errorf("first %s, then %s", dsn, again)
	}
	c, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	var one int
	if err := c.QueryRow(t.Context(), "SELECT 1").Scan(&one); err != nil || one != 1 {
		t.Errorf("got %d, %v", one, err)
	}
}

func TestTheProgramsRun(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		path, arg, says string
	}{
		{testenv.Chromium(t), "--version", "Chrom"},
		{testenv.Pdftotext(t), "-v", "pdftotext"},
	} {
		out, err := exec.Command(tt.path, tt.arg).CombinedOutput()
		if err != nil || !strings.Contains(string(out), tt.says) {
			t.Errorf("%s: %v: %s", tt.path, err, out)
		}
	}
}

func TestTheRootIsTheCheckout(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(filepath.Join(testenv.Root(t), "go.mod")); err != nil {
		t.Error(err)
	}
}
