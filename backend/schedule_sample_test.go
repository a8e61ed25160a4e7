package backend_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// october is when the sample quarter is worked on: a Monday morning.
func october() time.Time { return time.Date(2026, 10, 5, 9, 0, 0, 0, tiepdan.Hanoi) }

// newQuarter is a site in October 2026 with a head, a rule for the 1st and the
// 16th, and regular duty every morning and afternoon.
func newQuarter(t *testing.T) *site {
	t.Helper()
	s := newSiteAt(t, october, storetest.WithNow(october))
	by := storetest.Staff(t, s.store, tiepdan.BoardHead, 0, false).Actor()
	head, err := s.store.SaveHead(t.Context(), by, tiepdan.Head{Name: "Lãnh đạo Mẫu 1", Title: "Chủ tịch UBND phường", Duty: "duty.commune_chair", Active: true})
	if err != nil {
		t.Fatal(err)
	}
	unit := storetest.Unit(t, s.store, "XD")
	for _, r := range []tiepdan.Recurrence{
		{Name: "Chủ tịch tiếp định kỳ", RRule: "FREQ=MONTHLY;BYMONTHDAY=1,16", Kind: tiepdan.Periodic, Starts: 8 * 60, Ends: 11*60 + 30, Head: head,
			Presides: "Chủ tịch UBND phường Lãnh đạo Mẫu 1", Places: 10, CutDays: 1, Units: []int64{unit}, Focus: "Đất đai, bồi thường, hỗ trợ, tái định cư"},
		{Name: "Trực buổi sáng", RRule: "FREQ=DAILY", Kind: tiepdan.Regular, Starts: 7*60 + 30, Ends: 11*60 + 30, Presides: "Cán bộ trực"},
		{Name: "Trực buổi chiều", RRule: "FREQ=DAILY", Kind: tiepdan.Regular, Starts: 13 * 60, Ends: 17 * 60, Presides: "Cán bộ trực"},
	} {
		r.From, r.DayOff, r.Place, r.Active = tiepdan.Date{Year: 2026, Month: 10, Day: 5}, tiepdan.DayOffNext, "Trụ sở tiếp công dân mẫu, số 1 đường Mẫu", true
		if _, err := s.store.SaveRecurrence(t.Context(), by, r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.store.MakeSessions(t.Context(), october()); err != nil {
		t.Fatal(err)
	}
	return s
}

// on is the periodic session of a day of the quarter.
func (s *site) on(year int, month time.Month, day int) tiepdan.Session {
	s.t.Helper()
	d := tiepdan.Date{Year: year, Month: month, Day: day}
	list, err := s.store.Sessions(s.t.Context(), d.Time(), d.Add(1).Time())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, one := range list {
		if one.Kind != tiepdan.Regular {
			return one
		}
	}
	s.t.Fatalf("no session on %s", d)
	return tiepdan.Session{}
}

// publish announces the quarter's plan.
func (s *site) publish() {
	s.t.Helper()
	by := storetest.Staff(s.t, s.store, tiepdan.Leader, 0, false).Actor()
	_, list, err := s.store.Plan(s.t.Context(), 2026, 4)
	var ids []int64
	for _, d := range list {
		if d.Status == tiepdan.SessionDraft {
			ids = append(ids, d.ID)
		}
	}
	if err == nil {
		_, err = s.store.ConfirmSessions(s.t.Context(), by, ids)
	}
	if err == nil {
		err = s.store.SubmitPlan(s.t.Context(), by, 2026, 4)
	}
	if err == nil {
		_, err = s.store.PublishPlan(s.t.Context(), by, 2026, 4, october())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// change changes a session as somebody who may.
func (s *site) change(id int64, how func(*tiepdan.Session)) tiepdan.Session {
	s.t.Helper()
	by := tiepdan.Actor{Role: tiepdan.System}
	d, err := s.store.ChangeSession(s.t.Context(), by, id, func(d tiepdan.Session) (tiepdan.Session, error) { how(&d); return d, nil })
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}
