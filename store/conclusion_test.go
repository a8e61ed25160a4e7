package store_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

// drafted is a conclusion of the held session in which two units are given something
// to do: mt about the first citizen's matter, xd about the denouncer's.
func (o *after) drafted() tiepdan.Conclusion {
	o.t.Helper()
	cleared := o.desk.Actor()
	cleared.Cleared = true
	c, err := o.DraftConclusion(o.t.Context(), cleared, o.session)
	o.must(err)
	c.Opening = "Ngày 04/11, tại Phòng tiếp dân Mẫu."
	c.Items[0].Unit, c.Items[0].Task = o.mt, "Dọn rác ở ngõ mẫu một."
	c.Items[3].Unit, c.Items[3].Task, c.Items[3].Due = o.xd, "Xác minh lời tố cáo mẫu.", afterDay.Add(5)
	c, err = o.SaveConclusion(o.t.Context(), cleared, c)
	o.must(err)
	return c
}

// submitted is drafted, and with the leader.
func (o *after) submitted() tiepdan.Conclusion {
	o.t.Helper()
	c := o.drafted()
	o.must(o.SubmitConclusion(o.t.Context(), o.desk.Actor(), c.ID, c.Version))
	c, ok, err := o.Conclusion(o.t.Context(), o.leader.Actor(), o.session)
	if err != nil || !ok || c.Status != tiepdan.ConclusionSubmitted {
		o.t.Fatal(c.Status, ok, err)
	}
	return c
}

func TestAConclusionIsDraftedFromTheBook(t *testing.T) {
	t.Parallel()
	o := held(t)
	c, err := o.DraftConclusion(t.Context(), o.leader.Actor(), o.session)
	o.must(err)
	if len(c.Items) != 4 || c.Signer != "Lãnh đạo Mẫu 1" || c.Version != 1 {
		t.Fatalf("%+v", c)
	}
	first, last := c.Items[0], c.Items[3]
	if first.Reception != o.said[0].ID || first.Matter != "Rác ở ngõ mẫu một." || first.Text != "Hẹn trả lời." || first.Due != afterDay.Add(7) || first.Secret {
		t.Errorf("the first item is %+v", first)
	}
	if !last.Secret || last.Matter != "Lời tố cáo mẫu." {
		t.Errorf("the last item is %+v", last)
	}
	c.Items[0].Text = "Sẽ dọn."
	c.Items = c.Items[:2]
	c, err = o.SaveConclusion(t.Context(), o.leader.Actor(), c)
	o.must(err)
	c, err = o.DraftConclusion(t.Context(), o.leader.Actor(), o.session)
	o.must(err)
	if len(c.Items) != 4 || c.Items[0].Text != "Sẽ dọn." || c.Version != 3 {
		t.Errorf("drafted again it is %+v", c)
	}
}

func TestNoConclusionBeforeTheSession(t *testing.T) {
	t.Parallel()
	o := openAfter(t)
	id, err := o.AddSession(t.Context(), o.desk.Actor(), tiepdan.Session{Status: tiepdan.SessionConfirmed, Starts: afterDay.At(480), Ends: afterDay.At(600)})
	o.must(err)
	_, err = o.DraftConclusion(t.Context(), o.desk.Actor(), id)
	o.refused(err, "conclusion.not_held")
	_, err = o.DraftConclusion(t.Context(), o.desk.Actor(), 404)
	o.refused(err, "session.none")
	if _, ok, err := o.Conclusion(t.Context(), o.leader.Actor(), id); ok || err != nil {
		t.Error(ok, err)
	}
}

func TestWhoIsNotClearedNeitherReadsNorLosesASecretItem(t *testing.T) {
	t.Parallel()
	o := held(t)
	o.drafted()
	c, ok, err := o.Conclusion(t.Context(), o.desk.Actor(), o.session)
	if err != nil || !ok || c.Items[3].Matter != "" || c.Items[3].Text != "" || c.Items[3].Task != "" || !c.Items[3].Secret {
		t.Fatalf("%+v, %v", c.Items, err)
	}
	c.Items[3].Task = "Việc khác."
	c.Items = slices.Insert(c.Items[1:], 1, tiepdan.ConclusionItem{Matter: "Chung", Text: "Ghi nhận."}) // the first is dropped
	c, err = o.SaveConclusion(t.Context(), o.desk.Actor(), c)
	o.must(err)
	if strings.Contains(c.Items[3].Task+c.Items[3].Matter, "tố cáo") {
		t.Error("the answer to who saved it holds the words")
	}
	c, _, err = o.Conclusion(t.Context(), o.leader.Actor(), o.session)
	o.must(err)
	if len(c.Items) != 4 || c.Items[3].Task != "Xác minh lời tố cáo mẫu." || c.Items[1].Matter != "Chung" || c.Items[0].Reception != o.said[1].ID {
		t.Errorf("what stands there: %+v", c.Items)
	}
	c.Items = nil
	c, err = o.SaveConclusion(t.Context(), o.desk.Actor(), c)
	o.must(err)
	if len(c.Items) != 1 || !c.Items[0].Secret {
		t.Errorf("the secret item was removed: %+v", c.Items)
	}
	if n := o.count(`SELECT count(*) FROM audit WHERE action = 'conclusion_view'`); n != 1 {
		t.Errorf("%d looks in the log", n)
	}
}

func TestAFormShownBeforeSomebodyElseWroteIsTold(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := o.drafted()
	old := c
	c, err := o.SaveConclusion(t.Context(), o.leader.Actor(), c)
	o.must(err)
	_, err = o.SaveConclusion(t.Context(), o.leader.Actor(), old)
	o.refused(err, "conclusion.changed")
	o.refused(o.SubmitConclusion(t.Context(), o.desk.Actor(), c.ID, old.Version), "conclusion.changed")
	_, err = o.SaveConclusion(t.Context(), o.leader.Actor(), tiepdan.Conclusion{Session: o.session})
	o.refused(err, "conclusion.changed")
	c.Items[0].Reception = 404
	_, err = o.SaveConclusion(t.Context(), o.leader.Actor(), c)
	o.refused(err, "reception.none")
	_, err = o.SaveConclusion(t.Context(), o.officer.Actor(), c)
	o.refused(err, "conclusion.not_yours")
}

func TestAConclusionIsApprovedByAnother(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := o.drafted()
	_, err := o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now())
	o.refused(err, "conclusion.not_now")
	o.must(o.SubmitConclusion(t.Context(), o.desk.Actor(), c.ID, c.Version))
	o.refused(o.AskConclusionChanges(t.Context(), o.leader.Actor(), c.ID, " "), "conclusion.reason_missing")
	o.refused(o.AskConclusionChanges(t.Context(), o.desk.Actor(), c.ID, "Sửa."), "conclusion.not_yours")
	o.must(o.AskConclusionChanges(t.Context(), o.board.Actor(), c.ID, "Ghi rõ thời hạn."))
	c, _, err = o.Conclusion(t.Context(), o.leader.Actor(), o.session)
	if err != nil || c.Asked != "Ghi rõ thời hạn." || c.Status != tiepdan.ConclusionDraft {
		t.Fatalf("%+v, %v", c, err)
	}
	c, err = o.SaveConclusion(t.Context(), o.leader.Actor(), c) // now the leader is its writer
	o.must(err)
	o.must(o.SubmitConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version))
	c.Version++
	_, err = o.ApproveConclusion(t.Context(), o.board.Actor(), c.ID, c.Version, o.now())
	o.refused(err, "conclusion.not_cleared")
	_, err = o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version-1, o.now())
	o.refused(err, "conclusion.changed") // nobody else may read all of it, so the writer may
	second := storetest.Staff(t, o.Store, tiepdan.Leader, 0, true)
	_, err = o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now())
	o.refused(err, "conclusion.four_eyes")
	n, err := o.ApproveConclusion(t.Context(), second.Actor(), c.ID, c.Version, o.now())
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	_, err = o.ApproveConclusion(t.Context(), second.Actor(), c.ID, c.Version+1, o.now())
	o.refused(err, "conclusion.not_now")
	o.must(o.NumberConclusion(t.Context(), o.desk.Actor(), c.ID, "12/TB-BTCD"))
	c, _, err = o.Conclusion(t.Context(), o.leader.Actor(), o.session)
	if err != nil || c.Number != "12/TB-BTCD" || c.ApprovedBy != second.ID || !c.Approved.Equal(o.now()) || c.Status != tiepdan.ConclusionApproved {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestAnApprovedConclusionTellsEachWhatIsTheirs(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := o.submitted()
	n, err := o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now())
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if o.told(o.head.ID, "directive.issue") != 1 || o.told(o.other.ID, "directive.issue") != 1 || o.told(o.leader.ID, "directive.issue") != 0 {
		t.Error("the units weren't told once each")
	}
	if n := o.told(0, "conclusion.told"); n != 2 {
		t.Errorf("%d citizens were told, not the two who came by chat with no secret", n)
	}
	if n := o.count(`SELECT count(*) FROM outbox WHERE reply->'args'->>'Key' = 'conclusion.told' AND (reply->'args'->>'Appointment')::bigint = ANY($1)`, o.visits[:2]); n != 2 {
		t.Errorf("%d of the messages are of the two appointments", n)
	}
	if n := o.count(`SELECT count(*) FROM outbox WHERE reply::text ~* 'mẫu|tố cáo|rác'`); n != 0 {
		t.Errorf("%d messages hold words", n)
	}
	d, items, err := o.MyConclusion(t.Context(), storetest.Peer(11), c.ID)
	if err != nil || d.ID != o.session || len(items) != 1 || items[0].Matter != "Rác ở ngõ mẫu một." || items[0].Unit != o.mt {
		t.Errorf("the first citizen's: %+v, %v", items, err)
	}
	if _, again, err := o.ConclusionFor(t.Context(), c.ID, o.visits[0]); err != nil || !slices.Equal(again, items) {
		t.Errorf("by appointment: %+v, %v", again, err)
	}
	_, items, err = o.MyConclusion(t.Context(), storetest.Peer(13), c.ID)
	if err == nil && (len(items) != 1 || items[0].Matter+items[0].Text+items[0].Task != "" || !items[0].Secret) {
		t.Errorf("the denouncer is told %+v", items)
	}
	_, _, err = o.MyConclusion(t.Context(), storetest.Peer(99), c.ID)
	o.refused(err, "conclusion.none")
	mine, ok, err := o.Conclusion(t.Context(), o.head.Actor(), o.session)
	if err != nil || !ok || len(mine.Items) != 1 || mine.Items[0].Unit != o.mt {
		t.Errorf("the unit's head sees %+v, %v", mine.Items, err)
	}
	ds, _, err := o.Directives(t.Context(), tiepdan.DirectiveFilter{By: o.board.Actor(), Session: o.session})
	o.must(err)
	if len(ds) != 2 || ds[1].Task != "Dọn rác ở ngõ mẫu một." || ds[0].Task != "" || !ds[0].Secret || ds[1].Due != afterDay.Add(7) || ds[1].IssuedBy != o.leader.ID {
		t.Errorf("the board's head sees %+v", ds)
	}
}

func TestNothingIsToldOfWhatIsNotApproved(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := o.submitted()
	_, _, err := o.MyConclusion(t.Context(), storetest.Peer(11), c.ID)
	o.refused(err, "conclusion.none")
	if _, ok, err := o.Conclusion(t.Context(), o.head.Actor(), o.session); ok || err != nil {
		t.Error("a unit sees it before", err)
	}
	o.set(afterDay.Add(30).At(9 * 60)) // its due days are past by now
	_, err = o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now())
	o.refused(err, "conclusion.due_past")
	if n := o.count(`SELECT count(*) FROM directives`) + o.told(0, "conclusion.told"); n != 0 {
		t.Errorf("%d directions and messages came of it", n)
	}
}

func TestWhatWasConcludedIsSealedWithItsEntry(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := o.submitted()
	_, err := o.ApproveConclusion(t.Context(), o.leader.Actor(), c.ID, c.Version, o.now())
	o.must(err)
	_, err = o.CorrectReception(t.Context(), o.desk.Actor(), o.said[0].ID, 1, func(r tiepdan.Reception) (tiepdan.Reception, error) {
		r.Kind, r.Field, r.Why = tiepdan.ToCao, "", "Đây là tố cáo."
		return r, nil
	})
	o.must(err)
	if _, items, err := o.MyConclusion(t.Context(), storetest.Peer(11), c.ID); err == nil && items[0].Matter != "" {
		t.Errorf("a message that still waits would say %+v", items)
	}
	c, _, err = o.Conclusion(t.Context(), o.board.Actor(), o.session)
	if err != nil || !c.Items[0].Secret || c.Items[0].Matter != "" {
		t.Errorf("the board's head reads %+v, %v", c.Items, err)
	}
	ds, _, err := o.Directives(t.Context(), tiepdan.DirectiveFilter{By: o.head.Actor()})
	if err != nil || len(ds) != 1 || !ds[0].Secret || ds[0].Task != "" {
		t.Errorf("the unit's head reads %+v, %v", ds, err)
	}
}

func TestAnApprovalAndASealingMayMeet(t *testing.T) {
	t.Parallel()
	o := held(t)
	c := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Cán bộ mẫu đòi tiền."), storetest.Filing(storetest.Peer(30), o.now()))
	o.receive(tiepdan.Reception{Person: tiepdan.Person{Name: "Người Dân Mẫu 1"}, Kind: tiepdan.PhanAnh, Content: "Như đơn.", Handling: "Sẽ xem.", Result: tiepdan.ResultTakenIn, Case: c.ID})
	k, err := o.DraftConclusion(t.Context(), o.leader.Actor(), o.session)
	o.must(err)
	k.Items[4].Unit, k.Items[4].Task, k.Items[4].Due = o.mt, "Gặp Người Dân Mẫu 1.", afterDay.Add(5)
	k.Items[0].Due = afterDay.Add(7)
	k, err = o.SaveConclusion(t.Context(), o.desk.Actor(), k)
	o.must(err)
	o.must(o.SubmitConclusion(t.Context(), o.desk.Actor(), k.ID, k.Version))
	rules, err := o.Rules(t.Context())
	o.must(err)
	corrupt, _ := rules.Field("tham_nhung")
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := o.ApproveConclusion(t.Context(), o.leader.Actor(), k.ID, k.Version+1, o.now()); err != nil {
			t.Error(err)
		}
	})
	wg.Go(func() {
		act := tiepdan.Act{Do: tiepdan.Classify, By: o.desk.Actor(), At: o.now(), Field: corrupt, Kind: rules.Kind(tiepdan.ToCao),
			Details: tiepdan.Details{Kind: tiepdan.ToCao, Field: "tham_nhung"}}
		if _, _, err := o.UpdateCase(t.Context(), c.ID, act.Apply); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
	if n := o.count(`SELECT count(*) FROM directives WHERE secret AND task = 'Gặp ▇▇▇.'`); n != 1 {
		t.Error("the direction isn't secret, or names the person")
	}
	if n := o.count(`SELECT count(*) FROM conclusions WHERE items::text LIKE '%Người Dân Mẫu%'`); n != 0 {
		t.Error("the conclusion names the person")
	}
}
