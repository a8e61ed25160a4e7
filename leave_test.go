package tiepdan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func leave(id, staff int64, from, until string, substitute int64) Leave {
	return Leave{ID: id, Staff: staff, From: dated(from), Until: dated(until), Substitute: substitute}
}

func TestStandingIn(t *testing.T) {
	t.Parallel()
	ls := Leaves{
		leave(1, 10, "2026-12-01", "2026-12-05", 20),
		leave(2, 20, "2026-12-04", "2026-12-08", 30),
		leave(3, 40, "2026-12-01", "2026-12-10", 0),
	}
	tests := []struct {
		name  string
		staff int64
		on    string
		want  int64
	}{
		{"nobody before the first day", 10, "2026-11-30", 0},
		{"the substitute on the first day", 10, "2026-12-01", 20},
		{"nobody once the substitute is away: a chain is cut", 10, "2026-12-04", 0},
		{"the other's own substitute meanwhile", 20, "2026-12-05", 30},
		{"nobody after the last day", 20, "2026-12-09", 0},
		{"nobody where none is named", 40, "2026-12-02", 0},
	}
	for _, tt := range tests {
		if got, ok := ls.StandIn(tt.staff, dated(tt.on)); got != tt.want || ok != (tt.want != 0) {
			t.Errorf("%s: %d, %v", tt.name, got, ok)
		}
	}
	if got := ls.StoodInFor(30, dated("2026-12-05")); !slices.Equal(got, []int64{20}) {
		t.Errorf("30 stands in for %v: what 20 stood in for isn't passed on", got)
	}
}

func TestWhatALeaveLacksIsSaid(t *testing.T) {
	t.Parallel()
	standing := Leaves{leave(1, 10, "2026-12-01", "2026-12-05", 20)}
	tests := []struct {
		name string
		l    Leave
		want string
	}{
		{"a good one", leave(0, 30, "2026-12-01", "2026-12-01", 20), ""},
		{"the same one changed", leave(1, 10, "2026-12-02", "2026-12-06", 20), ""},
		{"nobody's", leave(0, 0, "2026-12-01", "2026-12-05", 20), "leave.staff_missing"},
		{"turned round", leave(0, 30, "2026-12-05", "2026-12-01", 20), "leave.days_turned"},
		{"without days", Leave{Staff: 30}, "leave.days_missing"},
		{"years long", leave(0, 30, "2026-12-01", "2028-12-01", 20), "leave.too_long"},
		{"standing in for oneself", leave(0, 30, "2026-12-01", "2026-12-05", 30), "leave.own_substitute"},
		{"twice at a time", leave(0, 10, "2026-12-05", "2026-12-09", 20), "leave.overlaps"},
		{"a substitute who is away: so there is no circle", leave(0, 20, "2026-12-05", "2026-12-09", 10), "leave.substitute_away"},
	}
	for _, tt := range tests {
		if got := keyOf(tt.l.Valid(standing)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Whatever leaves there are, nobody who is away stands in, and nobody for themselves.
func TestNobodyWhoIsAwayStandsIn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := dated("2026-12-01")
		var ls Leaves
		for i := range rapid.IntRange(0, 8).Draw(t, "leaves") {
			from := start.Add(rapid.IntRange(0, 9).Draw(t, "from"))
			ls = append(ls, Leave{ID: int64(i + 1), Staff: rapid.Int64Range(1, 4).Draw(t, "staff"), From: from,
				Until: from.Add(rapid.IntRange(0, 5).Draw(t, "days")), Substitute: rapid.Int64Range(0, 4).Draw(t, "substitute")})
		}
		on := start.Add(rapid.IntRange(0, 15).Draw(t, "on"))
		for who := int64(1); who <= 4; who++ {
			_, away := ls.Away(who, on)
			for _, absent := range ls.StoodInFor(who, on) {
				if _, gone := ls.Away(absent, on); away || !gone || absent == who {
					t.Fatalf("%d (away: %v) stands in for %d (away: %v)", who, away, absent, gone)
				}
			}
		}
	})
}
