package store_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// answeredCase is a report that was answered, of somebody's chat or of the desk's.
func answeredCase(t *testing.T, s *store.Store, f store.Filing, by tiepdan.Actor) tiepdan.Case {
	t.Helper()
	id := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), f).ID
	do(t, s, id, tiepdan.Act{Do: tiepdan.Assign, By: by, Details: tiepdan.Details{Unit: storetest.Unit(t, s, "P1")}})
	do(t, s, id, tiepdan.Act{Do: tiepdan.Take, By: by})
	return do(t, s, id, tiepdan.Act{Do: tiepdan.Answer, By: by, Text: "Rác đã được thu gom.", Details: tiepdan.Details{Result: "done", Document: "12/UBND"}})
}

// sent ends everybody's waiting messages: those with an answer as o says.
func sent(t *testing.T, s *store.Store, o store.Sending) {
	t.Helper()
	for {
		ms, err := s.ClaimMessages(t.Context(), 20)
		if err != nil {
			t.Fatal(err)
		}
		if len(ms) == 0 {
			return
		}
		for _, m := range ms {
			if m.Key == "notice.answered" && o != "" {
				err = s.Undelivered(t.Context(), m, store.Outcome{State: o, Error: "blocked"})
			} else {
				err = s.Delivered(t.Context(), m, "")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// openTasks are the kinds of a case's open tasks.
func openTasks(t *testing.T, s *store.Store, id int64) (kinds []string) {
	t.Helper()
	tasks, err := s.Tasks(t.Context(), tiepdan.Actor{Role: tiepdan.System}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range tasks {
		if k.CaseID == id {
			kinds = append(kinds, k.Kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func read(t *testing.T, s *store.Store, id int64) tiepdan.Case {
	t.Helper()
	c, err := s.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheHistorySaysThatAChatBroughtTheAnswer(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	c := answeredCase(t, s, storetest.Filing(storetest.Peer(1), time.Now()), by)
	sent(t, s, "")
	var replicas sync.WaitGroup
	for range 4 {
		replicas.Go(func() {
			if _, err := s.NoteSendings(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	replicas.Wait()
	c = read(t, s, c.ID)
	tries := c.Tries(c.Answers()[0])
	if len(tries) != 1 || !tries[0].Reached() || tries[0].Details.How != "chat" || tries[0].By.Role != tiepdan.System {
		t.Errorf("the attempts are %+v", tries)
	}
	if kinds := openTasks(t, s, c.ID); len(kinds) != 0 {
		t.Errorf("tasks %v are left", kinds)
	}
}

func TestAnAnswerThatAChatWouldNotTakeIsBroughtByAnotherWay(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]store.Sending{"blocked": store.Blocked, "failed": store.Failed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t)
			by := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
			c := answeredCase(t, s, storetest.Filing(storetest.Peer(1), time.Now()), by)
			sent(t, s, o)
			waiting, err := s.ToDeliver(t.Context(), by)
			if c = read(t, s, c.ID); err != nil || c.Lacks() != "delivery" || len(waiting) != 1 {
				t.Fatalf("lacks %q, %d wait (%v)", c.Lacks(), len(waiting), err)
			}
			if kinds := openTasks(t, s, c.ID); !slices.Contains(kinds, "deliver") {
				t.Errorf("the tasks are %v", kinds)
			}
			do(t, s, c.ID, tiepdan.Act{Do: tiepdan.RecordDelivery, By: by, Details: tiepdan.Details{How: "post", Outcome: tiepdan.DeliveryReturned, Parcel: "EB000000001VN"}})
			if kinds := openTasks(t, s, c.ID); !slices.Contains(kinds, "deliver") {
				t.Error("what came back needn't be brought")
			}
			c = do(t, s, c.ID, tiepdan.Act{Do: tiepdan.RecordDelivery, By: by, Details: tiepdan.Details{How: "in_person", Outcome: tiepdan.DeliveryDone, Taker: "Người Dân Mẫu 1"}})
			if kinds := openTasks(t, s, c.ID); slices.Contains(kinds, "deliver") || c.Lacks() != "" {
				t.Errorf("after it was brought: tasks %v, lacks %q", kinds, c.Lacks())
			}
			if waiting, err = s.ToDeliver(t.Context(), by); err != nil || len(waiting) != 0 {
				t.Errorf("%d still wait (%v)", len(waiting), err)
			}
		})
	}
}

func TestWhoLeftTheChatBeforeTheAnswerIsKnownAtOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	p := storetest.Peer(1)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(p, time.Now()))
	if err := s.Reachable(t.Context(), p, false); err != nil {
		t.Fatal(err)
	}
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: by, Details: tiepdan.Details{Unit: storetest.Unit(t, s, "P1")}})
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Take, By: by})
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Answer, By: by, Text: "Xong"})
	if c = read(t, s, c.ID); c.Lacks() != "delivery" || !slices.Contains(openTasks(t, s, c.ID), "deliver") {
		t.Errorf("lacks %q, tasks %v", c.Lacks(), openTasks(t, s, c.ID))
	}
	if err := s.FinishTask(t.Context(), by, firstTask(t, s, "deliver"), "phone", "", time.Now()); tiepdan.CodeOf(err) != tiepdan.Conflict {
		t.Errorf("the task is done without bringing it: %v", err)
	}
	if err := s.Reachable(t.Context(), p, true); err != nil {
		t.Fatal(err)
	}
	sent(t, s, "")
	if c = read(t, s, c.ID); c.Lacks() != "" || len(c.Tries(c.Answers()[0])) != 2 || slices.Contains(openTasks(t, s, c.ID), "deliver") {
		t.Errorf("after their return it lacks %q, tasks %v, attempts %d", c.Lacks(), openTasks(t, s, c.ID), len(c.Tries(c.Answers()[0])))
	}
}

func firstTask(t *testing.T, s *store.Store, kind string) int64 {
	t.Helper()
	tasks, err := s.Tasks(t.Context(), tiepdan.Actor{Role: tiepdan.System}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range tasks {
		if k.Kind == kind {
			return k.ID
		}
	}
	t.Fatalf("no task %s", kind)
	return 0
}

func TestAnsweredCasesAreClosedOnceByTheirDays(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()
	now := time.Now()
	chat := answeredCase(t, s, storetest.Filing(storetest.Peer(1), now), by)
	desk := answeredCase(t, s, store.Filing{By: by, At: now, Channel: "desk"}, by)
	sent(t, s, "")
	closed := func(at time.Time) (n int) {
		t.Helper()
		var all sync.WaitGroup
		var mu sync.Mutex
		for range 3 {
			all.Go(func() {
				one, err := s.CloseAnswered(t.Context(), at)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				n += one
				mu.Unlock()
			})
		}
		all.Wait()
		return n
	}
	if n := closed(now.AddDate(1, 0, 0)); n != 0 {
		t.Fatalf("%d were closed while the office doesn't want it", n)
	}
	rules, err := s.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o := rules.Office
	o.CloseDays = 15
	if err := s.SaveOffice(t.Context(), by, o); err != nil {
		t.Fatal(err)
	}
	if n := closed(now.AddDate(0, 0, 14)); n != 0 {
		t.Errorf("%d were closed a day early", n)
	}
	if n := closed(now.AddDate(0, 0, 15)); n != 1 {
		t.Errorf("%d were closed, want the one that was delivered, once", n)
	}
	if c := read(t, s, chat.ID); c.Status != tiepdan.Closed || c.History[len(c.History)-1].By.Role != tiepdan.System {
		t.Errorf("it is %s", c.Status)
	}
	if c := read(t, s, desk.ID); c.Status != tiepdan.Answered {
		t.Errorf("what reached nobody is %s", c.Status)
	}
	ms, err := s.ClaimMessages(t.Context(), 20)
	if err != nil || !slices.ContainsFunc(ms, func(m store.Message) bool { return m.Key == "notice.closed" && m.Case == chat.ID }) {
		t.Errorf("the citizen isn't told: %+v (%v)", ms, err)
	}
}
