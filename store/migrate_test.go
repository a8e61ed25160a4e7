package store_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestManyStartersMigrateOnce(t *testing.T) {
	t.Parallel()
	dsn := storetest.Empty(t)
	applied := make([]int, 6)
	var g errgroup.Group
	for i := range applied {
		g.Go(func() (err error) {
			applied[i], err = store.Migrate(t.Context(), dsn)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(applied)
	if applied[4] != 0 || applied[5] == 0 {
		t.Errorf("files applied by six starters: %v; want all by one", applied)
	}
}

func TestASchemaThatIsBehindIsSaid(t *testing.T) {
	t.Parallel()
	dsn := storetest.Empty(t)
	open := func() error {
		s, err := store.Open(t.Context(), store.Options{Database: dsn, Redis: "redis://127.0.0.1:1", Key: storetest.Key()})
		if err == nil {
			s.Close()
		}
		return err
	}
	if err := open(); err == nil || !strings.Contains(err.Error(), "tiepdan migrate") {
		t.Errorf("an empty database: %v", err)
	}
	if _, err := store.Migrate(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	if err := open(); err != nil {
		t.Errorf("a whole one: %v", err)
	}
}

// words are what a list makes of names.
func words[T ~string](names []T) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = string(n)
	}
	slices.Sort(out)
	return out
}

func TestConstraintsSayWhatTheTablesSay(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	modes := []tiepdan.Mode{tiepdan.File, tiepdan.Prepare, tiepdan.Guide}
	roles := append(tiepdan.StaffRoles(), tiepdan.Citizen, tiepdan.System)
	for _, tt := range []struct {
		constraint string
		want       []string
	}{
		{"cases_status_check", words(tiepdan.Statuses())},
		{"cases_kind_check", words(tiepdan.Kinds())},
		{"cases_mode_check", words(modes)},
		{"kinds_kind_check", words(tiepdan.Kinds())},
		{"kinds_mode_check", words(modes)},
		{"fields_kinds_check", words(tiepdan.Kinds())},
		{"holidays_kind_check", words(tiepdan.HolidayKinds)},
		{"staff_role_check", words(tiepdan.StaffRoles())},
		{"kinds_chain_check", words([]tiepdan.Role{tiepdan.UnitHead, tiepdan.BoardHead, tiepdan.Leader})},
		{"case_links_kind_check", words(append(tiepdan.LinkKinds(), tiepdan.PartOf))},
		{"entries_role_check", words(roles)},
		{"entries_action_check", words(tiepdan.Deeds())},
	} {
		rows, err := s.Pool().Query(t.Context(), `SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1`, tt.constraint)
		if err != nil {
			t.Fatal(err)
		}
		def, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%s: %v", tt.constraint, err)
		}
		var got []string
		for _, m := range regexp.MustCompile(`'([a-z_]+)'`).FindAllStringSubmatch(def, -1) {
			got = append(got, m[1])
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s allows\n%v, the tables say\n%v", tt.constraint, got, tt.want)
		}
	}
}
