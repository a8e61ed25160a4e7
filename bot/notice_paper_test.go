package bot_test

import (
	"slices"
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

func TestAnAnswerComesOnPaperToo(t *testing.T) {
	t.Parallel()
	const printed = "Kèm theo văn bản để Ông/Bà lưu"
	answer := tiepdan.Act{Do: tiepdan.Answer, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Text: "Đèn đã được thay"}
	o, c, _ := given(t)
	o.cases[0].Unnamed, o.cases[0].Person.Name = false, "Người Dân Mẫu 1"
	o.act(t, 1, answer)
	want(t, c.deliver(), "Đèn đã được thay", printed)
	r := c.notice[0]
	if !slices.Equal(r.Papers, []bot.Paper{{Kind: "result", Case: 1, Spare: true}}) || r.Protect {
		t.Errorf("papers %v", r.Papers)
	}
	bare, ok := r.Sparing()
	if !ok || len(bare.Papers) != 0 || len(r.Papers) != 1 {
		t.Errorf("without them: %v, %v", ok, bare.Papers)
	}
	text := c.render([]bot.Reply{bare})
	want(t, text, "Đèn đã được thay", "sẽ được gửi sau")
	wantNot(t, text, printed)

	owed, _, err := c.e.Notice(t.Context(), bot.Notice{Peer: c.peer, Case: 1, Entry: r.Entry, Key: tiepdan.PaperNotice})
	if err != nil || len(owed) != 1 || !slices.Equal(owed[0].Papers, []bot.Paper{{Kind: "result", Case: 1}}) || owed[0].Case != 1 || owed[0].Entry != r.Entry {
		t.Fatalf("the paper that is owed comes as %+v, %v", owed, err)
	}
	if _, ok := owed[0].Sparing(); ok {
		t.Error("a message that is a paper can go without it")
	}
	want(t, c.render(owed), string(o.cases[0].Code), "văn bản kèm theo tin cơ quan đã báo")

	o, c, _ = given(t)
	o.act(t, 1, answer)
	wantNot(t, c.deliver(), printed)
	if ps := c.notice[0].Papers; len(ps) != 0 {
		t.Errorf("who gave no name is sent %v", ps)
	}
}

func TestADenunciationsOutcomeHasNoPaper(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	c.agree()
	for _, do := range []string{"#submit", "#kind/to_cao", "#unnamed_info", "#field/khac", "#skip", "Chuyện bí mật cần báo", "#done", "#skip", "#send"} {
		c.play(do)
	}
	c.deliver()
	o.cases[0].Person.Name = "Người Dân Mẫu 1" // even if a name had slipped in
	o.act(t, 1, tiepdan.Act{Do: tiepdan.GuideCitizen, By: tiepdan.Actor{Role: tiepdan.BoardHead, Staff: 1, Cleared: true}, Reason: "Xin gửi đến cơ quan có thẩm quyền"})
	want(t, c.deliver(), "không thuộc thẩm quyền")
	if r := c.notice[0]; len(r.Papers)+len(r.Files) != 0 || !r.Protect {
		t.Errorf("%+v", r)
	}
}

func TestAPaperThatNothingCallsForAnyMoreIsNotOwed(t *testing.T) {
	t.Parallel()
	o, c, _ := given(t)
	o.cases[0].Unnamed, o.cases[0].Person.Name = false, "Người Dân Mẫu 1"
	o.act(t, 1, tiepdan.Act{Do: tiepdan.Answer, By: tiepdan.Actor{Role: tiepdan.Officer, Staff: 5, Unit: 3}, Text: "Đèn đã được thay"})
	c.deliver()
	o.cases[0].Kind = tiepdan.ToCao // it proved to be a denunciation
	rs, _, err := c.e.Notice(t.Context(), bot.Notice{Peer: c.peer, Case: 1, Entry: c.notice[0].Entry, Key: tiepdan.PaperNotice})
	if err != nil || len(rs) != 0 {
		t.Errorf("%+v, %v", rs, err)
	}
}
