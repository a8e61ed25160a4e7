package store_test

import (
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestADirectionOfACase(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	c := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Cây đổ ở ngõ mẫu."), storetest.Filing(storetest.Peer(30), o.now()))
	d := o.issued(func(d *tiepdan.Directive) { d.Case = c.ID })
	o.issued()
	if d.CaseCode != c.Code {
		t.Errorf("it is about %s", d.CaseCode)
	}
	for _, by := range []tiepdan.Staff{o.leader, o.head} {
		if ds, err := o.CaseDirectives(t.Context(), by.Actor(), c.ID); err != nil || len(ds) != 1 || ds[0].ID != d.ID || ds[0].Task == "" {
			t.Errorf("the %s sees %+v, %v", by.Role, ds, err)
		}
	}
	if ds, err := o.CaseDirectives(t.Context(), o.other.Actor(), c.ID); err != nil || len(ds) != 0 {
		t.Errorf("another unit's head sees %+v, %v", ds, err)
	}
}

func TestADirectionOfACaseThatIsSealed(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	c := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Cán bộ mẫu đòi tiền."), storetest.Filing(storetest.Peer(30), o.now()))
	d := o.issued(func(d *tiepdan.Directive) { d.Case, d.Task = c.ID, "Gặp Người Dân Mẫu 1 ở 0900 000 001." })
	_, err := o.does(d.ID, o.head, tiepdan.ProgressDirective, func(a *tiepdan.DirectiveAct) {
		a.Text, a.Files = "Đã gặp người dân mẫu 1.", []tiepdan.Attachment{{SHA256: "aa", Name: "Người Dân Mẫu 1.pdf", Ref: "m1"}}
	})
	o.must(err)
	rules, err := o.Rules(t.Context())
	o.must(err)
	corrupt, _ := rules.Field("tham_nhung")
	_, _, err = o.UpdateCase(t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Classify, By: o.desk.Actor(), At: o.now(), Field: corrupt, Kind: rules.Kind(tiepdan.ToCao),
		Details: tiepdan.Details{Kind: tiepdan.ToCao, Field: "tham_nhung"}}.Apply)
	o.must(err)
	seen, err := o.ViewDirective(t.Context(), o.leader.Actor(), d.ID)
	o.must(err)
	last := seen.History[1]
	if !seen.Secret || seen.Task != "Gặp ▇▇▇ ở ▇▇▇." || last.Text != "Đã gặp ▇▇▇." || last.Files[0].Name != "1.pdf" || last.Files[0].Ref != "" {
		t.Errorf("what the cleared leader sees: %+v", seen)
	}
	if n := o.count(`SELECT count(*) FROM audit WHERE action = 'directive_view' AND subject_id = $1 AND actor_staff = $2`, d.ID, o.leader.ID); n != 1 {
		t.Errorf("%d looks in the log", n)
	}
	for _, by := range []tiepdan.Staff{o.board, o.head} {
		if got, err := o.ViewDirective(t.Context(), by.Actor(), d.ID); err != nil || got.Task != "" || got.Case != 0 || got.History[1].Text != "" {
			t.Errorf("the %s sees %+v, %v", by.Role, got, err)
		}
		_, err := o.does(d.ID, by, tiepdan.UrgeDirective)
		o.refused(err, "directive.not_yours")
	}
	_, err = o.ViewDirective(t.Context(), o.other.Actor(), d.ID)
	o.refused(err, "directive.none")
	_, err = o.IssueDirective(t.Context(), o.board.Actor(), tiepdan.Directive{Unit: o.mt, Task: "x", Due: afterDay.Add(9), Case: c.ID}, o.now())
	o.refused(err, "directive.not_yours")
}
