package store_test

import (
	"sync"
	"testing"

	"tiepdan"
)

// everywhere lets many processes escalate at once and returns how many directions
// they found.
func (o *after) everywhere() (n int) {
	o.t.Helper()
	second := o.replica()
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 8 {
		wg.Go(func() {
			s := o.Store
			if i%2 == 1 {
				s = second
			}
			found, err := s.Escalate(o.t.Context(), o.now())
			if err != nil {
				o.t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			n += found
		})
	}
	wg.Wait()
	return n
}

func TestWhatFallsDueIsWarnedOfOnce(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued(func(d *tiepdan.Directive) { d.Due = afterDay.Add(5) }) // a Monday
	o.issued(func(d *tiepdan.Directive) { d.Due = afterDay.Add(20) })
	if n := o.everywhere(); n != 0 {
		t.Errorf("%d were warned of on Tuesday", n)
	}
	o.set(afterDay.Add(1).At(8 * 60)) // Thursday: Friday and Monday are two working days
	if n := o.everywhere(); n != 1 || o.told(o.head.ID, "directive.due") != 1 {
		t.Errorf("%d were warned of, with %d messages", n, o.told(o.head.ID, "directive.due"))
	}
	_, err := o.does(d.ID, o.leader, tiepdan.ExtendDirective, func(a *tiepdan.DirectiveAct) { a.Due = afterDay.Add(6) })
	o.must(err)
	if n := o.everywhere(); n != 0 {
		t.Errorf("%d were warned of though there is time again", n)
	}
	o.set(afterDay.Add(2).At(14 * 60))
	if n := o.everywhere(); n != 1 || o.told(o.head.ID, "directive.due") != 2 {
		t.Errorf("of the new day %d were warned, with %d messages", n, o.told(o.head.ID, "directive.due"))
	}
}

func TestWhatIsOverdueIsEscalatedOnceInFiveWorkingDays(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued(func(d *tiepdan.Directive) { d.Due = afterDay.Add(1) }) // Thursday, the 5th
	for _, c := range []struct {
		day       int // of November
		found     int
		escalated int // in all
	}{
		{5, 1, 0}, // warned of
		{6, 1, 1},
		{6, 0, 1},
		{9, 0, 1},
		{12, 0, 1},
		{13, 1, 2}, // the fifth working day after the 6th
		{16, 0, 2},
		{20, 1, 3},
		{27, 0, 3}, // the 24th is a holiday
		{30, 1, 4},
	} {
		o.set(tiepdan.Date{Year: 2026, Month: 11, Day: c.day}.At(8*60 + 1))
		if n := o.everywhere(); n != c.found {
			t.Errorf("on the %d. %d were found, not %d", c.day, n, c.found)
		}
		got, err := o.Directive(t.Context(), d.ID)
		o.must(err)
		if n := len(got.History) - 1; n != c.escalated {
			t.Errorf("on the %d. it has %d escalations, not %d", c.day, n, c.escalated)
		}
		if o.told(o.head.ID, "directive.escalate") != c.escalated || o.told(o.leader.ID, "directive.escalate") != c.escalated {
			t.Errorf("on the %d. the head has %d messages, the leader %d", c.day, o.told(o.head.ID, "directive.escalate"), o.told(o.leader.ID, "directive.escalate"))
		}
	}
	if n := o.count(`SELECT count(*) FROM directive_entries WHERE action = 'escalate' AND role = 'system' AND staff IS NULL`); n != 4 {
		t.Errorf("%d lines of the clock", n)
	}
}

func TestAResultThatWaitsIsEscalatedToTheLeadersOnly(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	d := o.issued(func(d *tiepdan.Directive) { d.Due = afterDay.Add(1) })
	_, err := o.does(d.ID, o.head, tiepdan.ReportDirective)
	o.must(err)
	o.set(afterDay.Add(2).At(8 * 60))
	if n := o.everywhere(); n != 1 || o.told(o.head.ID, "directive.escalate") != 0 || o.told(o.board.ID, "directive.escalate") != 1 {
		t.Errorf("%d were escalated", n)
	}
	_, err = o.does(d.ID, o.leader, tiepdan.AcceptDirective)
	o.must(err)
	o.set(afterDay.Add(40).At(8 * 60))
	if n := o.everywhere(); n != 0 {
		t.Errorf("%d were escalated though it is done", n)
	}
}
