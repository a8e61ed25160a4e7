package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tiepdan/internal/testenv"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// The first administrator is made before the first serve, as the guide has it:
// on a database in which nothing is yet, with the office that serve would take.
func TestTheFirstAdministratorComesBeforeTheFirstServe(t *testing.T) {
	t.Parallel()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	database, redis, key := storetest.Empty(t), testenv.Redis(t), filepath.Join(t.TempDir(), "identity.key")
	sample := filepath.Join(testenv.Root(t), "cmd/tiepdan/sample/office.json")
	env := append(os.Environ(), "DATABASE_URL="+database, "REDIS_URL="+redis, "IDENTITY_KEY_FILE="+key, "OFFICE_FILE="+sample,
		"ADMIN_PASSWORD="+storetestPassword(t))
	admin := func(more ...string) (string, error) {
		c := exec.Command(path, "admin", "create", "quantri")
		c.Env = append(env, more...)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	if out, err := admin("MIGRATE=off"); err == nil || !strings.Contains(out, "tiepdan migrate") {
		t.Fatalf("migrated though told not to: %v\n%s", err, out)
	}
	if out, err := admin(); err != nil || !strings.Contains(out, "may sign in") {
		t.Fatalf("%v\n%s", err, out)
	}
	s, err := store.Open(t.Context(), store.Options{Database: database, Redis: redis, KeyFile: key})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rules, err := s.Rules(t.Context())
	if err != nil || !rules.Office.Sample || len(rules.Units) == 0 {
		t.Errorf("the office isn't OFFICE_FILE's: %q, %v", rules.Office.Name, err)
	}
}
