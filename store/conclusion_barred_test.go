package store_test

import (
	"slices"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

// aboutAColleague is a drafted conclusion whose item 4 is about a case that is about
// a cleared leader, who would otherwise read all of it.
func aboutAColleague(t *testing.T) (o *after, c tiepdan.Conclusion, who tiepdan.Staff) {
	o = held(t)
	who = storetest.Staff(t, o.Store, tiepdan.Leader, 0, true)
	k := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Lãnh đạo mẫu trả lời chậm."), storetest.Filing(storetest.Peer(30), o.now()))
	do(t, o.Store, k.ID, tiepdan.Act{Do: tiepdan.Bar, By: o.board.Actor(), At: o.now(), Reason: "Hồ sơ mẫu nói về người này",
		Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{who.ID}}}})
	o.receive(tiepdan.Reception{Person: person(5), Kind: tiepdan.PhanAnh, Content: "Như đơn.", Handling: "Sẽ kiểm điểm.", Result: tiepdan.ResultTakenIn, Case: k.ID})
	c = o.drafted()
	c.Items[0].Text = "Sẽ dọn."
	c.Items[4].Unit, c.Items[4].Task, c.Items[4].Due = o.mt, "Báo cáo về việc này.", afterDay.Add(5)
	c, err := o.SaveConclusion(t.Context(), o.leader.Actor(), c)
	o.must(err)
	return o, c, who
}

func TestWhoAnItemIsAboutNeitherReadsNorChangesNorLosesIt(t *testing.T) {
	t.Parallel()
	o, whole, who := aboutAColleague(t)
	c, _, err := o.Conclusion(t.Context(), who.Actor(), o.session)
	o.must(err)
	hidden := c.Items[4]
	if !hidden.Withheld || hidden.Matter+hidden.Text+hidden.Task != "" || c.Items[3].Withheld {
		t.Fatalf("they read %+v", c.Items)
	}
	c.Items[4].Text, c.Items[4].Task, c.Items[0].Text = "Bỏ qua.", "Không làm gì.", "Đã dọn."
	saved, err := o.SaveConclusion(t.Context(), who.Actor(), c)
	o.must(err)
	if i := saved.Items[4]; !i.Withheld || i.Matter+i.Text+i.Task != "" {
		t.Errorf("the answer to who saved it is %+v", i)
	}
	saved.Items = saved.Items[:4] // as if it weren't there
	_, err = o.SaveConclusion(t.Context(), who.Actor(), saved)
	o.must(err)
	after, _, err := o.Conclusion(t.Context(), o.leader.Actor(), o.session)
	o.must(err)
	if len(after.Items) != 5 || after.Items[4] != whole.Items[4] || after.Items[4].Secret || after.Items[0].Text != "Đã dọn." {
		t.Errorf("what stands there: %+v", after.Items)
	}
	drafted, err := o.DraftConclusion(t.Context(), who.Actor(), o.session)
	if err != nil || !drafted.Items[4].Withheld || drafted.Items[4].Text != "" {
		t.Errorf("drafted again they read %+v, %v", drafted.Items[4], err)
	}
}

func TestWhoAnItemIsAboutDoesNotApproveIt(t *testing.T) {
	t.Parallel()
	o, c, who := aboutAColleague(t)
	o.must(o.SubmitConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version))
	c.Version++
	_, err := o.ApproveConclusion(t.Context(), who.Actor(), c.ID, c.Version, o.now())
	o.refused(err, "conclusion.withheld")
	theirs, _, err := o.Conclusion(t.Context(), who.Actor(), o.session)
	o.must(err)
	o.refused(theirs.Approves(who.Actor(), theirs.OthersApprove(who.Actor())), "conclusion.withheld") // the page says so, too
	if !slices.Equal(theirs.Approvers, []int64{o.leader.ID}) {
		t.Errorf("%v may approve it, not the cleared leader %d alone", theirs.Approvers, o.leader.ID)
	}
	if n := o.count(`SELECT count(*) FROM directives`); n != 0 {
		t.Errorf("%d directions came of it", n)
	}
	// Whom it is about isn't another who could approve: so its writer may.
	if n, err := o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now()); err != nil || n != 3 {
		t.Error(n, err)
	}
}
