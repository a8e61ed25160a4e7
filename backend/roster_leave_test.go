package backend_test

import (
	"strings"
	"testing"

	"tiepdan"
)

func TestWhoIsOnLeaveGetsNoTurnAndStandingOnesSaySo(t *testing.T) {
	t.Parallel()
	s := newQuarter(t)
	p := s.staff(tiepdan.BoardHead, "", false)
	one, two := s.hire(tiepdan.Receptionist, "", false), s.hire(tiepdan.Receptionist, "", false)
	from, until := tiepdan.Date{Year: 2026, Month: 11, Day: 2}, tiepdan.Date{Year: 2026, Month: 11, Day: 14}
	p.post("/roster", "month", "2026-11", "day-2026-11-09", id(one.ID))
	if _, err := s.store.SaveLeave(t.Context(), p.Actor(), tiepdan.Leave{Staff: one.ID, From: from, Until: until}); err != nil {
		t.Fatal(err)
	}
	page := p.post("/roster/fill", "month", "2026-11", "shifts", "day", "keep", "1", "staff", id(one.ID), "staff", id(two.ID))
	if n := strings.Count(page.text("table.roster .tone-blocked"), "nghỉ"); n != 1 {
		t.Errorf("%d turns are marked, not the one that stood", n)
	}
	turns, err := s.store.Roster(t.Context(), tiepdan.Date{Year: 2026, Month: 11, Day: 1}, tiepdan.Date{Year: 2026, Month: 12, Day: 1})
	if err != nil {
		t.Fatal(err)
	}
	of := map[int64]int{}
	for _, turn := range turns {
		of[turn.Staff]++
		if standing := turn.On == from.Add(7); turn.Staff == one.ID && !turn.On.Before(from) && !turn.On.After(until) && !standing {
			t.Errorf("who is on leave is on duty on %s", turn.On)
		}
	}
	if len(turns) != 20 || of[one.ID] < 2 {
		t.Errorf("%d turns, of which %v", len(turns), of)
	}
}
