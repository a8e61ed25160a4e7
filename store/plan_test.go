package store_test

import (
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// second is the quarter from April to June 2026.
func (p *planned) second() (tiepdan.Plan, []tiepdan.Session) {
	p.t.Helper()
	plan, ss, err := p.Plan(p.t.Context(), 2026, 2)
	p.must(err)
	return plan, ss
}

func ids(ss []tiepdan.Session) (ids []int64) {
	for _, d := range ss {
		ids = append(ids, d.ID)
	}
	return ids
}

func TestAPlanGoesFromDraftToPublic(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	desk := storetest.Staff(t, p.Store, tiepdan.Receptionist, 0, false).Actor()
	leader := storetest.Staff(t, p.Store, tiepdan.Leader, 0, false).Actor()
	refused(t, p.SubmitPlan(t.Context(), desk, 2026, 2), tiepdan.Conflict, "plan.empty")
	p.rule()
	plan, ss := p.second()
	if plan.Status != tiepdan.PlanDrafting || len(ss) != 6 {
		t.Fatalf("%+v with %d sessions", plan, len(ss))
	}
	p.must(p.SubmitPlan(t.Context(), desk, 2026, 2))
	refused(t, p.SubmitPlan(t.Context(), desk, 2026, 2), tiepdan.Conflict, "plan.not_now")
	refused(t, p.AskPlanChanges(t.Context(), leader, 2026, 2, "  "), tiepdan.Invalid, "plan.asked_missing")
	p.must(p.AskPlanChanges(t.Context(), leader, 2026, 2, "Thêm một buổi ở phường."))
	if plan, _ = p.second(); plan.Status != tiepdan.PlanDrafting || plan.Asked != "Thêm một buổi ở phường." || plan.SubmittedBy != desk.Staff {
		t.Errorf("given back: %+v", plan)
	}
	p.must(p.SubmitPlan(t.Context(), desk, 2026, 2))

	publish := func(by tiepdan.Actor) (int, error) { return p.PublishPlan(t.Context(), by, 2026, 2, p.now()) }
	_, err := publish(desk)
	refused(t, err, tiepdan.Forbidden, "plan.not_yours")
	_, err = publish(leader)
	refused(t, err, tiepdan.Conflict, "plan.drafts_left")
	if list, err := p.PublicSessions(t.Context(), p.now(), p.now().AddDate(1, 0, 0)); err != nil || len(list) != 0 {
		t.Errorf("public before the plan is: %d, %v", len(list), err)
	}
	_, err = p.change(ss[0].ID, func(d *tiepdan.Session) { d.Status = tiepdan.SessionCancelled })
	p.must(err)
	if n, err := p.ConfirmSessions(t.Context(), desk, ids(ss)); n != 5 || err != nil {
		t.Errorf("%d confirmed, %v", n, err)
	}
	if n, err := p.ConfirmSessions(t.Context(), desk, ids(ss)); n != 0 || err != nil {
		t.Errorf("%d confirmed again, %v", n, err)
	}
	if n, err := publish(leader); n != 5 || err != nil {
		t.Errorf("%d published, %v", n, err)
	}
	plan, ss = p.second()
	if plan.Status != tiepdan.PlanPublished || plan.ApprovedBy != leader.Staff || !plan.Published.Equal(p.now()) || plan.Asked != "" {
		t.Errorf("published: %+v", plan)
	}
	if ss[0].Public() || ss[1].Status != tiepdan.SessionPublished || !ss[1].Published.Equal(p.now()) {
		t.Errorf("a draft that was cancelled: %+v; a confirmed one: %+v", ss[0], ss[1])
	}
	if n := p.count(`SELECT count(*) FROM audit WHERE action IN ('submit_plan', 'ask_plan', 'publish_plan') AND subject_id = 20262`); n != 4 {
		t.Errorf("%d rows of the plan in the log", n)
	}
	if n := p.count(`SELECT count(DISTINCT subject_id) FROM audit WHERE action = 'publish_session' AND actor_staff = $1`, leader.Staff); n != 5 {
		t.Errorf("%d sessions that were published in the log", n)
	}
	extra, err := p.AddSession(t.Context(), desk, tiepdan.Session{Kind: tiepdan.Extraordinary, Status: tiepdan.SessionConfirmed,
		Starts: day(5, 6).At(8 * 60), Ends: day(5, 6).At(10 * 60), Place: "Trụ sở mẫu"})
	p.must(err)
	if n, err := publish(leader); n != 1 || err != nil || !p.session(extra).Public() {
		t.Errorf("what was added: %d published, %v", n, err)
	}
}

func TestAPlanIsPublishedOnce(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	p.rule()
	leader := storetest.Staff(t, p.Store, tiepdan.Leader, 0, false).Actor()
	_, ss := p.second()
	_, err := p.ConfirmSessions(t.Context(), leader, ids(ss))
	p.must(err)
	p.must(p.SubmitPlan(t.Context(), leader, 2026, 2))
	var published atomic.Int64
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			n, err := p.PublishPlan(t.Context(), leader, 2026, 2, p.now())
			if err != nil {
				t.Error(err)
			}
			published.Add(int64(n))
		})
	}
	all.Go(func() { // the quarter is made anew meanwhile
		if _, err := p.MakeSessions(t.Context(), p.now()); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	if n := published.Load(); n != int64(len(ss)) {
		t.Errorf("%d were published of %d", n, len(ss))
	}
	if n := p.count(`SELECT count(*) FROM audit WHERE action = 'publish_session'`); n != len(ss) {
		t.Errorf("%d rows in the log", n)
	}
}

func TestOnlyWhoMayConfirms(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	p.rule()
	_, ss := p.second()
	auditor := storetest.Staff(t, p.Store, tiepdan.Auditor, 0, false).Actor()
	_, err := p.ConfirmSessions(t.Context(), auditor, ids(ss))
	refused(t, err, tiepdan.Forbidden, "session.not_yours")
	for _, q := range []int{0, 5} {
		_, _, err = p.Plan(t.Context(), 2026, q)
		refused(t, err, tiepdan.NotFound, "plan.none")
	}
}

func TestHeadsHaveALawfulDuty(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	h := tiepdan.Head{Name: "Lãnh đạo Mẫu 1", Title: "Chủ tịch UBND phường Mẫu", Duty: "duty.commune_chair", Unit: storetest.Unit(t, p.Store, "P1"), Active: true}
	for _, c := range []struct {
		change func(*tiepdan.Head)
		code   tiepdan.Code
		key    string
	}{
		{func(h *tiepdan.Head) { h.Name = " " }, tiepdan.Invalid, "head.incomplete"},
		{func(h *tiepdan.Head) { h.Duty = "reception.schedule_posting" }, tiepdan.Invalid, "head.duty_unknown"},
		{func(h *tiepdan.Head) { h.Duty = "" }, tiepdan.Invalid, "head.duty_unknown"},
		{func(h *tiepdan.Head) { h.ID = 99 }, tiepdan.NotFound, "head.none"},
	} {
		wrong := h
		c.change(&wrong)
		_, err := p.SaveHead(t.Context(), system, wrong)
		refused(t, err, c.code, c.key)
	}
	var err error
	h.ID, err = p.SaveHead(t.Context(), system, h)
	p.must(err)
	old := h
	old.ID, old.Active = 0, false
	old.ID, err = p.SaveHead(t.Context(), system, old)
	p.must(err)
	h.Title = "Chủ tịch UBND xã Mẫu"
	_, err = p.SaveHead(t.Context(), system, h)
	p.must(err)
	if list, err := p.Heads(t.Context()); err != nil || len(list) != 2 || list[0] != h || list[1] != old {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestARosterReplacesItsSpan(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	a, b := storetest.Staff(t, p.Store, tiepdan.Receptionist, 0, false), storetest.Staff(t, p.Store, tiepdan.Receptionist, 0, false)
	week := func(st tiepdan.Staff, shift tiepdan.Shift) (turns []tiepdan.OnDuty) {
		for n := range 5 {
			turns = append(turns, tiepdan.OnDuty{On: spring.Add(n), Shift: shift, Staff: st.ID})
		}
		return turns
	}
	save := func(from, until tiepdan.Date, turns []tiepdan.OnDuty) error {
		return p.SaveRoster(t.Context(), system, from, until, turns)
	}
	p.must(save(spring, spring.Add(7), week(a, tiepdan.WholeDay)))
	p.must(save(spring.Add(2), spring.Add(3), []tiepdan.OnDuty{
		{On: spring.Add(2), Shift: tiepdan.Afternoon, Staff: a.ID},
		{On: spring.Add(2), Shift: tiepdan.Morning, Staff: b.ID, Note: "thay Cán bộ Mẫu"}}))
	got, err := p.Roster(t.Context(), spring, spring.Add(7))
	if err != nil || len(got) != 6 || got[2].Staff != b.ID || got[2].Note != "thay Cán bộ Mẫu" || got[2].Name != b.Name || got[3].Shift != tiepdan.Afternoon {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := p.Roster(t.Context(), spring.Add(5), spring.Add(7)); err != nil || len(got) != 0 {
		t.Errorf("at the weekend: %+v, %v", got, err)
	}
	refused(t, save(spring, spring.Add(4), week(a, tiepdan.WholeDay)), tiepdan.Invalid, "roster.wrong")
	refused(t, save(spring, spring.Add(7), week(a, "night")), tiepdan.Invalid, "roster.wrong")
	refused(t, save(spring, spring.Add(7), append(week(a, tiepdan.Morning), week(a, tiepdan.Morning)...)), tiepdan.Invalid, "roster.twice")
	var all sync.WaitGroup
	for _, st := range []tiepdan.Staff{a, b, a, b} {
		all.Go(func() {
			if err := save(spring, spring.Add(7), week(st, tiepdan.WholeDay)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err = p.Roster(t.Context(), spring, spring.Add(7)); err != nil || len(got) != 5 || got[0].Staff != got[4].Staff {
		t.Errorf("of several at once, not one whole: %+v, %v", got, err)
	}
}

func TestAnOfficeFileHoldsItsReceptionDays(t *testing.T) {
	t.Parallel()
	const file = `{"Office": {"Name": "Ban Mẫu", "Address": "Số 1, đường Mẫu", "PrivacyVersion": 1},
		"Units": [{"Code": "P1", "Name": "Phường Mẫu 1", "Ward": true, "Active": true}, {"Code": "XD", "Name": "Phòng Mẫu", "Active": true}],
		"Heads": [{"Name": "Lãnh đạo Mẫu 1", "Title": "Chủ tịch Mẫu", "Duty": "duty.commune_chair", "UnitCode": "P1", "Active": true}],
		"Recurrences": [{"Name": "Định kỳ mẫu", "RRule": "FREQ=MONTHLY;BYMONTHDAY=1,16", "Kind": "periodic", "Hours": "08:00-11:00",
			"UnitCode": "P1", "UnitCodes": ["XD"], "HeadName": "Lãnh đạo Mẫu 1", "Presides": "Lãnh đạo Mẫu 1", "Places": 8, "Active": true}]}`
	var seed store.Seed
	if err := json.Unmarshal([]byte(file), &seed); err != nil {
		t.Fatal(err)
	}
	empty := func() *store.Store {
		s, err := store.Open(t.Context(), store.Options{Database: storetest.Database(t), Redis: "redis://127.0.0.1:1", Key: storetest.Key(), Now: spring.Time})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s
	}
	s := empty()
	for range 2 {
		if err := s.SeedOffice(t.Context(), seed); err != nil {
			t.Fatal(err)
		}
	}
	heads, err := s.Heads(t.Context())
	if err != nil || len(heads) != 1 || heads[0].Unit == 0 {
		t.Fatalf("%+v, %v", heads, err)
	}
	rules, err := s.Recurrences(t.Context())
	if err != nil || len(rules) != 1 {
		t.Fatalf("%+v, %v", rules, err)
	}
	if r := rules[0]; r.Head != heads[0].ID || r.Unit != heads[0].Unit || len(r.Units) != 1 || r.Starts != 8*60 || r.Ends != 11*60 ||
		r.Place != "Số 1, đường Mẫu" || r.DayOff != tiepdan.DayOffNext || r.From.IsZero() {
		t.Errorf("%+v", r)
	}
	if n, err := s.MakeSessions(t.Context(), spring.Time()); err != nil || n < 23 {
		t.Errorf("%d sessions, %v", n, err)
	}
	seed.Recurrences[0].HeadName = "Lãnh đạo Mẫu 9"
	if err := empty().SeedOffice(t.Context(), seed); err == nil || !strings.Contains(err.Error(), `"Lãnh đạo Mẫu 9"`) {
		t.Errorf("who isn't there: %v", err)
	}
}
