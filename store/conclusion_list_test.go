package store_test

import (
	"testing"

	"tiepdan"
)

func TestWhoIsToldOfAConclusion(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := o.submitted()
	told, err := o.ConclusionTold(t.Context(), o.session)
	o.must(err)
	if len(told) != 2 || told[0].Reception != o.said[0].ID || !told[0].Reachable || told[0].State != "" {
		t.Errorf("before it is approved: %+v", told)
	}
	_, err = o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now())
	o.must(err)
	told, err = o.ConclusionTold(t.Context(), o.session)
	o.must(err)
	if len(told) != 2 || told[0].State != "queued" || told[1].State != "queued" || !told[0].Sent.IsZero() {
		t.Errorf("afterwards: %+v", told)
	}
}

func TestConclusionsOfASpan(t *testing.T) {
	t.Parallel()
	o := held(t)
	list := func() []tiepdan.ConclusionLine {
		t.Helper()
		ls, err := o.ConclusionList(t.Context(), afterDay, afterDay.Add(1))
		o.must(err)
		return ls
	}
	if ls := list(); len(ls) != 1 || ls[0].Session.ID != o.session || ls[0].Status != "" || ls[0].Received != 4 {
		t.Errorf("before anybody wrote: %+v", ls)
	}
	c := o.submitted()
	o.must(o.NumberConclusion(t.Context(), o.desk.Actor(), c.ID, "01/TB-BTCD"))
	if ls := list(); len(ls) != 1 || ls[0].Status != tiepdan.ConclusionSubmitted || ls[0].Items != 4 || ls[0].Number != "01/TB-BTCD" {
		t.Errorf("then: %+v", ls)
	}
	if ls, err := o.ConclusionList(t.Context(), afterDay.Add(1), afterDay.Add(9)); err != nil || len(ls) != 0 {
		t.Errorf("of other days: %+v, %v", ls, err)
	}
}
