package store_test

import (
	"slices"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

// away is openAfter in which the officer of mt is on leave for two days, and a
// colleague stands in.
func away(t *testing.T) (o *after, substitute tiepdan.Staff) {
	t.Helper()
	o = openAfter(t)
	substitute = reachable(t, o.Store, 7, storetest.Staff(t, o.Store, tiepdan.Officer, o.mt, false))
	today := tiepdan.DateOf(o.now())
	_, err := o.SaveLeave(t.Context(), o.head.Actor(), tiepdan.Leave{Staff: o.officer.ID, From: today, Until: today.Add(1), Substitute: substitute.ID})
	o.must(err)
	return o, o.today(substitute)
}

// today is a member of staff with those whom they stand in for.
func (o *after) today(st tiepdan.Staff) tiepdan.Staff {
	o.t.Helper()
	st, err := o.Staff(o.t.Context(), st.ID)
	o.must(err)
	return st
}

func (o *after) listed(by tiepdan.Staff) (codes []int64) {
	o.t.Helper()
	ds, _, err := o.Directives(o.t.Context(), tiepdan.DirectiveFilter{By: by.Actor(), Open: true})
	o.must(err)
	for _, d := range ds {
		codes = append(codes, d.ID)
	}
	n, err := o.CountDirectives(o.t.Context(), tiepdan.DirectiveFilter{By: by.Actor(), Open: true})
	if err != nil || n != len(ds) {
		o.t.Errorf("%d are counted and %d listed, %v", n, len(ds), err)
	}
	return codes
}

func TestASubstituteIsToldOfADirectionAndDoesItInTheAbsentOnesPlace(t *testing.T) {
	t.Parallel()
	o, sub := away(t)
	d := o.issued(func(d *tiepdan.Directive) { d.Officer = o.officer.ID })
	if a, b := o.told(o.officer.ID, "directive.issue"), o.told(sub.ID, "directive.issue"); a != 1 || b != 1 {
		t.Errorf("the absent one has %d messages, the substitute %d", a, b)
	}
	if ids := o.listed(sub); !slices.Equal(ids, []int64{d.ID}) {
		t.Errorf("the substitute's list is %v", ids)
	}
	got, err := o.does(d.ID, sub, tiepdan.TakeDirective)
	if err != nil || got.Officer != o.officer.ID {
		t.Fatalf("taken, it is %d's, %v", got.Officer, err)
	}
	_, err = o.does(d.ID, sub, tiepdan.ReportDirective)
	o.must(err)
	got, err = o.ViewDirective(t.Context(), o.leader.Actor(), d.ID)
	o.must(err)
	if e := got.History[2]; e.By.Staff != sub.ID || e.For != o.officer.ID || e.Name != sub.Name || got.History[0].For != 0 {
		t.Errorf("the history says %+v", e)
	}
	o.set(tiepdan.DateOf(o.now()).Add(2).At(9 * 60)) // the leave is over
	if ids := o.listed(o.today(sub)); len(ids) != 0 {
		t.Errorf("afterwards the list is %v", ids)
	}
	_, err = o.does(d.ID, o.today(sub), tiepdan.ProgressDirective)
	o.refused(err, "directive.not_yours")
}

// What is about a substitute, or secret to them, stays out of their sight, whomever
// they stand in for; and so what is about the absent one.
func TestASubstituteGetsNoDirectionThatIsAboutThemNorASecretOne(t *testing.T) {
	t.Parallel()
	o, sub := away(t)
	about := func(kind tiepdan.Kind, barred ...int64) tiepdan.Directive {
		c := storetest.File(t, o.Store, storetest.Petition(kind, "Cống tắc ở đầu ngõ mẫu."), storetest.Filing(storetest.Peer(30), o.now()))
		if barred != nil {
			do(t, o.Store, c.ID, tiepdan.Act{Do: tiepdan.Bar, By: o.board.Actor(), At: o.now(), Reason: "Hồ sơ mẫu nói về người này",
				Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: barred}}})
		}
		return o.issued(func(d *tiepdan.Directive) { d.Officer, d.Case = o.officer.ID, c.ID })
	}
	for _, d := range []tiepdan.Directive{about(tiepdan.PhanAnh, sub.ID), about(tiepdan.PhanAnh, o.officer.ID), about(tiepdan.ToCao)} {
		_, err := o.ViewDirective(t.Context(), sub.Actor(), d.ID)
		o.refused(err, "directive.none")
		_, err = o.does(d.ID, sub, tiepdan.TakeDirective)
		o.refused(err, "directive.not_yours")
	}
	if ids := o.listed(sub); len(ids) != 0 {
		t.Errorf("the list is %v", ids)
	}
	if n := o.told(sub.ID, "directive.issue"); n != 0 {
		t.Errorf("%d messages", n)
	}
	if d := o.digestOf(sub); d.Directives != 0 {
		t.Errorf("the digest counts %d", d.Directives)
	}
	plain := about(tiepdan.PhanAnh)
	if d := o.digestOf(sub); d.Directives != 1 || d.DirectivesLate != 0 {
		t.Errorf("the digest counts %+v", d)
	}
	if ids := o.listed(sub); !slices.Equal(ids, []int64{plain.ID}) {
		t.Errorf("the list is %v", ids)
	}
}

func (o *after) digestOf(st tiepdan.Staff) tiepdan.Digest {
	o.t.Helper()
	ds, err := o.Digests(o.t.Context(), tiepdan.DateOf(o.now()))
	o.must(err)
	i := slices.IndexFunc(ds, func(d tiepdan.Digest) bool { return d.Staff == st.ID })
	if i < 0 {
		o.t.Fatal("no digest")
	}
	return ds[i]
}
