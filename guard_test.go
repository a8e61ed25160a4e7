package tiepdan

import (
	"testing"
	"time"
)

// monthsOn is an act done some months after the filing.
func monthsOn(months int, a Act) Act {
	a.At = now.AddDate(0, months, 0)
	return a
}

func classified(k Kind, class Class) Act {
	return Act{Do: Classify, By: clerk, Field: road, Kind: setting(k), Details: Details{Class: &class}}
}

func TestGuards(t *testing.T) {
	t.Parallel()
	signedOne := play(t, opened(t, KhieuNai), Act{Do: RecordOriginal, By: clerk})
	guided := Act{Do: GuideCitizen, By: head, Reason: "Xin gửi Sở Mẫu.", Details: Details{Ground: "guide.not_competent"}}
	linked := signedOne
	linked.Links = []Linked{{Case: 9, Kind: SameContent, From: true, Status: Guided}}
	secret := opened(t, ToCao)
	passedOn := play(t, secret, Act{Do: Transfer, By: head, Details: Details{Body: "Thanh tra Mẫu"}})
	filed := play(t, opened(t, PhanAnh), Act{Do: FileAway, By: head, Reason: "Không đủ", Details: Details{Ground: "file.ineligible"}})
	kept := play(t, filed, monthsOn(13, Act{Do: Retain, By: head, Details: Details{Until: DateOf(now).AddMonths(24)}}))
	own := proposed("Dự thảo")
	own.By = head
	destroy := Act{Do: Destroy, By: head, Reason: "Theo quyết định"}
	written := play(t, signedOne, assign(clerk), Act{Do: Take, By: worker}, proposed("Dự thảo"), Act{Do: Approve, By: head})
	for _, x := range []struct {
		fact string
		c    Case
		a    Act
		code Code // "": it may be
	}{
		{"what isn't ours isn't accepted", play(t, signedOne, classified(KhieuNai, Class{Eligible: Yes, Competent: No})), Act{Do: Accept, By: head}, Conflict},
		{"what doesn't fulfil the conditions isn't accepted", play(t, signedOne, classified(KhieuNai, Class{Eligible: No})), Act{Do: Accept, By: head}, Conflict},
		{"mixed content isn't accepted undivided", play(t, signedOne, classified(KhieuNai, Class{Mixed: true})), Act{Do: Accept, By: head}, Conflict},
		{"what is ours is", play(t, signedOne, classified(KhieuNai, Class{Eligible: Yes, Competent: Yes})), Act{Do: Accept, By: head}, ""},
		{"what fulfils them lacks nothing", signedOne, classified(KhieuNai, Class{Eligible: Yes, Lacks: []string{"date"}}), Invalid},
		{"guidance is given", signedOne, guided, ""},
		{"guidance is given once", play(t, play(t, signedOne, guided), Act{Do: Reopen, By: head, Reason: "Xem lại"}), guided, Conflict},
		{"guidance is given once for a linked case of the same content, too", linked, guided, Conflict},
		{"what is accepted isn't guided", play(t, signedOne, Act{Do: Accept, By: head}), guided, Conflict},
		{"a denunciation is transferred once", play(t, passedOn, Act{Do: Reopen, By: head, Reason: "Xem lại"}), Act{Do: Transfer, By: head, Details: Details{Body: "Sở Mẫu"}}, Conflict},
		{"a body is urged", passedOn, Act{Do: Urge, By: head, Reason: "Công văn đôn đốc"}, ""},
		{"a body that replied isn't urged", play(t, passedOn, Act{Do: RecordReply, By: head, Text: "Đã xử lý"}), Act{Do: Urge, By: head, Reason: "Công văn"}, Conflict},
		{"filing away names its ground", opened(t, PhanAnh), Act{Do: FileAway, By: head, Reason: "Không đủ"}, Invalid},
		{"a ground of another kind is none", opened(t, PhanAnh), Act{Do: FileAway, By: head, Reason: "Không đủ", Details: Details{Ground: "file.anonymous"}}, Invalid},
		{"nothing is destroyed within its year", filed, monthsOn(12, destroy), Invalid},
		{"it is after it", filed, monthsOn(13, destroy), ""},
		{"what is kept on isn't destroyed before", kept, monthsOn(20, destroy), Invalid},
		{"a receptionist doesn't destroy", filed, monthsOn(13, Act{Do: Destroy, By: clerk, Reason: "x"}), Forbidden},
		{"nobody approves their own draft", play(t, signedOne, assign(clerk), Act{Do: Take, By: head}, own), Act{Do: Approve, By: head}, Conflict},
		{"a stand-in counts as both people", play(t, signedOne, assign(clerk), Act{Do: Take, By: head}, own),
			Act{Do: Approve, By: Actor{Role: BoardHead, Staff: head.Staff, Cleared: true, For: []Standin{{Staff: leader.Staff, Role: Leader}}}}, Conflict},
		{"what wants a signed paper isn't closed without", written, Act{Do: CloseCase, By: worker}, Conflict},
		{"a case is closed with it", play(t, written, Act{Do: RecordDocument, By: worker, Details: Details{Document: "12/QĐ"}}, Act{Do: RecordDelivery, By: worker, Details: Details{How: "post"}}),
			Act{Do: CloseCase, By: worker}, ""},
		{"a report isn't suspended", play(t, opened(t, PhanAnh), assign(clerk), Act{Do: Accept, By: head}), Act{Do: Suspend, By: head, Reason: "x"}, Conflict},
		{"a withdrawal at the desk is recorded of a report, too", opened(t, PhanAnh), Act{Do: RecordWithdrawal, By: clerk}, ""},
		{"who was coerced is heard again", play(t, signedOne, Act{Do: RecordWithdrawal, By: clerk}), Act{Do: Reopen, By: head, Reason: "Bị ép", Details: Details{Ground: "reopen.complaint_coerced"}}, ""},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			if x.a.At.IsZero() {
				x.a.At = now.Add(time.Hour)
			}
			if _, _, err := x.a.Apply(x.c); err == nil && x.code != "" || err != nil && CodeOf(err) != x.code {
				t.Errorf("%v, want %q", err, x.code)
			}
		})
	}
}

func TestWhatIsDestroyedHasNoWords(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, KienNghi), Act{Do: Add, By: author, Text: "lời thêm", Files: []Attachment{{SHA256: "a", Name: "ảnh"}}},
		assign(clerk), Act{Do: Involve, By: head, Text: "việc nhờ", Details: Details{Unit: 9}},
		Act{Do: FileAway, By: head, Reason: "lý do lưu", Details: Details{Ground: "file.settled", Document: "1/QĐ"}},
		monthsOn(13, Act{Do: Destroy, By: head, Reason: "Quyết định tiêu hủy"}))
	if c.Text != "" || !c.Person.IsZero() || len(c.Files) > 0 || c.Helpers[0].Task != "" || c.Field != road.Code || c.Status != Destroyed {
		t.Errorf("%+v", c)
	}
	for _, e := range c.History {
		if e.Do != Destroy && (e.Text != "" || e.Reason != "" || e.Details.Document != "" || len(e.Files) > 0) {
			t.Errorf("%s still says %+v", e.Do, e)
		}
	}
}

func TestTheTimeToHaveACaseReopenedEndsWithItsLastDay(t *testing.T) {
	t.Parallel()
	citizen := Actor{Role: Citizen}
	answered := play(t, opened(t, PhanAnh), assign(clerk), Act{Do: Take, By: worker}, Act{Do: Answer, By: worker, Text: "Đã xong."})
	again := play(t, answered, Act{Do: Reopen, By: citizen, Text: "Chưa xong"}, Act{Do: Answer, By: worker, Text: "Đã xong thật."})
	for _, tt := range []struct {
		name string
		c    Case
		do   Action
		by   Actor
		days int // that the office allows
		on   int // days after the answer
		late bool
	}{
		{"the last day of the usual time", answered, Reopen, citizen, 0, ReopenDays, false},
		{"the day after it", answered, Reopen, citizen, 0, ReopenDays + 1, true},
		{"the office's own last day", answered, Reopen, citizen, 10, 10, false},
		{"the day after that", answered, Reopen, citizen, 10, 11, true},
		{"a longer time", answered, Reopen, citizen, 60, 60, false},
		{"asking for it once more on the last day", again, AskReopen, citizen, 0, ReopenDays, false},
		{"asking for it a day too late", again, AskReopen, citizen, 0, ReopenDays + 1, true},
		{"who decides isn't bound by it", answered, Reopen, head, 0, ReopenDays + 100, false},
	} {
		end := DateOf(now).Add(tt.on).At(24*60 - 1)
		got, _, err := Act{Do: tt.do, By: tt.by, At: end, Text: "Chưa xong", Reason: "Xem lại", ReopenDays: tt.days}.Apply(tt.c)
		e, _ := err.(*Error)
		if tt.late && (e == nil || e.Key != "act.reopen_over" || got.Status != Answered) || !tt.late && err != nil {
			t.Errorf("%s: %s, %v", tt.name, got.Status, err)
		}
		if tt.by.Role == Citizen && (ReopenOver(tt.c, &Rules{Office: Office{ReopenDays: tt.days}}, DateOf(end)) != nil) != tt.late {
			t.Errorf("%s: what is said beforehand isn't what happens", tt.name)
		}
	}
}
