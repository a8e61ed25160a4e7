package tiepdan

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// turns writes a roster as "02 1, 03 2": day of the month and person, "1a" in the afternoon.
func turns(roster []OnDuty) string {
	var all []string
	for _, turn := range roster {
		mark := map[Shift]string{Morning: "m", Afternoon: "a"}[turn.Shift]
		all = append(all, fmt.Sprintf("%02d %d%s", turn.On.Day, turn.Staff, mark))
	}
	return strings.Join(all, ", ")
}

func TestTurnsGoRound(t *testing.T) {
	t.Parallel()
	away := func(who int64, from, to string) func(int64, Date) bool {
		return func(staff int64, on Date) bool {
			return staff == who && !on.Before(dated(from)) && !on.After(dated(to))
		}
	}
	standing := func(on string, staff int64) OnDuty {
		return OnDuty{On: dated(on), Shift: WholeDay, Staff: staff, Note: "đã phân công"}
	}
	tests := []struct {
		name string
		r    Rotation
		want string
	}{
		{"one after the other, weekends left out", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-10"), Staff: []int64{1, 2, 3}},
			"02 1, 03 2, 04 3, 05 1, 06 2, 09 3"},
		{"days off left out, worked Saturdays not", Rotation{From: dated("2026-01-01"), Until: dated("2026-01-13"), Staff: []int64{1, 2, 3}},
			"05 1, 06 2, 07 3, 08 1, 09 2, 10 3, 12 1"},
		{"who is away is skipped and catches up, never two days running", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-13"), Staff: []int64{1, 2, 3}, Away: away(2, "2026-11-02", "2026-11-05")},
			"02 1, 03 3, 04 1, 05 3, 06 2, 09 1, 10 2, 11 3, 12 2"},
		{"alone, day after day", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-05"), Staff: []int64{4}}, "02 4, 03 4, 04 4"},
		{"nobody there, nobody on duty", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-05"), Staff: []int64{4}, Away: away(4, "2026-11-03", "2026-11-03")}, "02 4, 04 4"},
		{"no staff", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-05")}, ""},
		{"mornings and afternoons to different people", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-05"), Shifts: []Shift{Morning, Afternoon}, Staff: []int64{1, 2, 3, 4}},
			"02 1m, 02 2a, 03 3m, 03 4a, 04 1m, 04 2a"},
		{"it goes on where the last one ended", Rotation{From: dated("2026-11-09"), Until: dated("2026-11-12"), Staff: []int64{1, 2, 3},
			Standing: []OnDuty{standing("2026-11-05", 1), standing("2026-11-06", 2)}}, "09 3, 10 1, 11 2"},
		{"what was decided stays and counts", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-07"), Staff: []int64{1, 2, 3},
			Standing: []OnDuty{standing("2026-11-03", 1)}}, "02 2, 03 1, 04 3, 05 2, 06 1"},
		{"nobody on the day before a turn of theirs", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-04"), Staff: []int64{1, 2},
			Standing: []OnDuty{standing("2026-10-27", 2), standing("2026-10-29", 2), standing("2026-11-03", 1)}}, "02 2, 03 1"},
		{"even on a day off", Rotation{From: dated("2026-11-07"), Until: dated("2026-11-10"), Staff: []int64{1, 2},
			Standing: []OnDuty{standing("2026-11-08", 1)}}, "08 1, 09 2"},
		{"a turn after the span doesn't count", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-03"), Staff: []int64{1, 2},
			Standing: []OnDuty{standing("2026-11-03", 1)}}, "02 1"},
		{"an afternoon is filled beside a standing morning", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-03"), Shifts: []Shift{Morning, Afternoon}, Staff: []int64{1, 2},
			Standing: []OnDuty{{On: dated("2026-11-02"), Shift: Morning, Staff: 1}}}, "02 1m, 02 2a"},
		{"and a whole day isn't", Rotation{From: dated("2026-11-02"), Until: dated("2026-11-03"), Shifts: []Shift{Morning, Afternoon}, Staff: []int64{1, 2},
			Standing: []OnDuty{standing("2026-11-02", 2)}}, "02 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := turns(FillRoster(tt.r, coming())); got != tt.want {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestWhoIsNewNeedNotCatchUpEverything(t *testing.T) {
	t.Parallel()
	c := coming()
	before := FillRoster(Rotation{From: dated("2026-08-01"), Until: dated("2026-11-01"), Staff: []int64{1, 2, 3}}, c)
	now := FillRoster(Rotation{From: dated("2026-11-01"), Until: dated("2026-12-01"), Staff: []int64{1, 2, 3, 4}, Standing: before}, c)
	count := map[int64]int{}
	for _, turn := range now {
		count[turn.Staff]++
	}
	if len(now) != 20 || count[4] > 7 || count[4] < count[1] {
		t.Errorf("of %d turns: %v", len(now), count)
	}
}

func TestARosterIsFair(t *testing.T) {
	t.Parallel()
	c := coming()
	rapid.Check(t, func(t *rapid.T) {
		from := dated("2026-01-01").Add(rapid.IntRange(0, 1700).Draw(t, "from"))
		r := Rotation{From: from, Until: from.Add(rapid.IntRange(0, 120).Draw(t, "days")), Shifts: []Shift{WholeDay}}
		if rapid.Bool().Draw(t, "halves") {
			r.Shifts = []Shift{Morning, Afternoon}
		}
		for id := range rapid.IntRange(1, 9).Draw(t, "people") {
			r.Staff = append(r.Staff, int64(id+1))
		}
		roster := FillRoster(r, c)
		shifts, before := len(r.Shifts), c.WorkingBetween(r.From.Add(-1), r.Until.Add(-1))
		if len(roster) != before*shifts {
			t.Fatalf("%d turns on %d days of %d", len(roster), before, shifts)
		}
		count := map[int64]int{}
		for i, turn := range roster {
			if count[turn.Staff]++; !c.Works(turn.On) || turn.On.Before(r.From) || !turn.On.Before(r.Until) {
				t.Fatalf("%+v", turn)
			}
			if i > 0 && len(r.Staff) > 1 && shifts == 1 && roster[i-1].Staff == turn.Staff {
				t.Fatalf("two days running: %+v", turn)
			}
		}
		for _, a := range r.Staff {
			for _, b := range r.Staff {
				if count[a] > count[b]+1 {
					t.Fatalf("%v", count)
				}
			}
		}
	})
}

func TestNobodyWhoIsAwayIsOnDuty(t *testing.T) {
	t.Parallel()
	c := coming()
	rapid.Check(t, func(t *rapid.T) {
		absent := rapid.SliceOfDistinct(rapid.IntRange(0, 299), rapid.ID).Draw(t, "away")
		set := map[int]bool{}
		for _, n := range absent {
			set[n] = true
		}
		from := dated("2026-02-01")
		away := func(staff int64, on Date) bool { return set[int(staff-1)*60+from.DaysUntil(on)] }
		roster := FillRoster(Rotation{From: from, Until: from.Add(60), Staff: []int64{1, 2, 3, 4, 5}, Away: away}, c)
		on := map[Date]bool{}
		for _, turn := range roster {
			if on[turn.On] = true; away(turn.Staff, turn.On) {
				t.Fatalf("%+v is away", turn)
			}
		}
		for d := from; d.Before(from.Add(60)); d = d.Add(1) {
			free := false
			for id := int64(1); id <= 5; id++ {
				free = free || !away(id, d)
			}
			if on[d] != (free && c.Works(d)) {
				t.Fatalf("%s: on duty %v, somebody free %v", d, on[d], free)
			}
		}
	})
}
