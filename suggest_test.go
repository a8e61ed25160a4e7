package tiepdan

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhatFits(t *testing.T) {
	t.Parallel()
	complaint := play(t, opened(t, KhieuNai), Act{Do: RecordOriginal, By: clerk})
	report, secret := opened(t, PhanAnh), opened(t, ToCao)
	after := func(c Case, acts ...Act) Case { return play(t, c, acts...) }
	guided := complaint
	guided.Links = []Linked{{Case: 9, Kind: SameContent, From: true, Status: Guided}}
	repeat := report
	repeat.Links = []Linked{{Case: 9, Kind: SameContent, From: true, Status: InProgress}}
	settled := report
	settled.Links = []Linked{{Case: 9, Kind: SameContent, From: true, Status: Closed}}
	for _, x := range []struct {
		fact   string
		c      Case
		first  Action
		ground string
		others []Action
	}{
		{"a new petition is classified", report, Classify, "", nil},
		{"a complaint for another body is guided", after(complaint, classified(KhieuNai, Class{Eligible: Yes, Competent: No})), GuideCitizen, "guide.not_competent", []Action{SendBack}},
		{"one that was guided before is filed away", after(guided, classified(KhieuNai, Class{Eligible: Yes, Competent: No})), FileAway, "file.guided_before", []Action{SendBack}},
		{"a denunciation for another body is transferred", after(secret, Act{Do: Classify, By: head, Field: road, Kind: setting(ToCao), Details: Details{Class: &Class{Eligible: Yes, Competent: No}}}), Transfer, "", nil},
		{"an anonymous one is filed away, or looked into", after(secret, Act{Do: Classify, By: head, Field: road, Kind: setting(ToCao), Details: Details{Class: &Class{Eligible: No, Lacks: []string{"name"}}}}), FileAway, "file.anonymous", []Action{Classify}},
		{"a report for another body is transferred", after(report, classified(PhanAnh, Class{Eligible: Yes, Competent: No})), Transfer, "", nil},
		{"a report for a court is guided", after(report, classified(PhanAnh, Class{Eligible: Yes, Competent: No, Authority: "judicial"})), GuideCitizen, "guide.judicial", []Action{Transfer}},
		{"a complaint for us is accepted, or a bar is named", after(complaint, classified(KhieuNai, Class{Eligible: Yes, Competent: Yes})), Accept, "", []Action{Refuse}},
		{"mixed content is divided, or guided", after(report, classified(PhanAnh, Class{Mixed: true})), Divide, "", []Action{GuideCitizen}},
		{"what lacks a condition is asked for it, or filed away", after(report, classified(PhanAnh, Class{Eligible: No, Lacks: []string{"date"}})), Tell, "", []Action{FileAway}},
		{"what was sent to several is filed away", after(report, classified(PhanAnh, Class{Eligible: No, Lacks: []string{"sent_to_competent"}})), FileAway, "file.sent_to_several", nil},
		{"a repeated one is filed away", after(repeat, classified(PhanAnh, Class{Eligible: Yes})), FileAway, "file.same_content", nil},
		{"a settled one is filed away", after(settled, classified(PhanAnh, Class{Eligible: Yes})), FileAway, "file.settled", nil},
		{"an unsigned complaint waits for its original", after(opened(t, KhieuNai), classified(KhieuNai, Class{Eligible: No, Lacks: []string{"signature"}})), RecordOriginal, "", []Action{Refuse, Tell, FileAway}},
		{"a withdrawn accepted one is terminated, or heard again", after(complaint, Act{Do: Accept, By: head}, Act{Do: RecordWithdrawal, By: clerk}), Terminate, "complaint.withdrawn", []Action{Reopen}},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			list := Suggest(x.c, DateOf(now))
			var dos []Action
			for _, s := range list {
				dos = append(dos, s.Do)
			}
			if len(list) == 0 || list[0].Ground != x.ground || !slices.Equal(dos, append([]Action{x.first}, x.others...)) {
				t.Errorf("%+v", list)
			}
		})
	}
}

func TestAfterItsYearAKeptOneIsDecidedOn(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, PhanAnh), Act{Do: FileAway, By: head, Reason: "Không đủ", Details: Details{Ground: "file.ineligible"}})
	day := DateOf(now).AddMonths(12)
	if until, ok := KeptUntil(c); !ok || until != day || FollowUpOn(c) != day {
		t.Errorf("kept until %s", until)
	}
	if from := NotBefore(c, Destroy); from != day.Add(1) || NotBefore(c, Retain) != (Date{}) || NotBefore(opened(t, PhanAnh), Destroy) != (Date{}) {
		t.Errorf("may be destroyed from %s", from)
	}
	for on, key := range map[Date]string{day: "act.too_soon", day.Add(1): ""} {
		_, _, err := Act{Do: Destroy, By: head, Reason: "Quyết định", At: on.At(9 * 60)}.Apply(c)
		if e, ok := errors.AsType[*Error](err); ok && (e.Key != key || e.Args["From"] != day.Add(1)) || !ok && (err != nil || key != "") {
			t.Errorf("on %s: %v", on, err)
		}
	}
	if list := Suggest(c, day); len(list) != 0 {
		t.Errorf("on its last day: %+v", list)
	}
	if list := Suggest(c, day.Add(1)); len(list) != 2 || list[0].Do != Destroy || list[1].Do != Retain {
		t.Errorf("the day after: %+v", list)
	}
}

func TestTheBooksShowWhatLacks(t *testing.T) {
	t.Parallel()
	bare := opened(t, KhieuNai)
	if got := Wanting(bare); !slices.Equal(got, []string{"address", "signature", "respondent"}) {
		t.Errorf("of a complaint by chat: %v", got)
	}
	unnamed := opened(t, PhanAnh)
	unnamed.Person = Person{}
	if got := Wanting(unnamed); !slices.Equal(got, []string{"name"}) {
		t.Errorf("of an unnamed report: %v", got)
	}
	if got := Wanting(opened(t, ToCao)); !slices.Equal(got, []string{"name", "address", "signature"}) {
		t.Errorf("of a denunciation by chat: %v", got)
	}
}

// Whatever happened to a case, each suggestion could be followed by somebody.
func TestWhatIsSuggestedMayBe(t *testing.T) {
	t.Parallel()
	everybody := []Actor{clerk, head, leader, worker, chief}
	for i := range everybody {
		everybody[i].Cleared = true
	}
	rapid.Check(t, func(t *rapid.T) {
		c, err := Open(petition(rapid.SampledFrom(Kinds()).Draw(t, "kind")), setting(PhanAnh), author, now, DateOf(now))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			do := rapid.SampledFrom(Deeds()).Draw(t, "do")
			if next, _, err := anyAct(t, c, do, rapid.SampledFrom(everybody).Draw(t, "by")).Apply(c); err == nil {
				c = next
			}
		}
		for _, s := range Suggest(c, DateOf(now.AddDate(0, rapid.IntRange(0, 14).Draw(t, "later"), 0))) {
			can := slices.ContainsFunc(everybody, func(a Actor) bool { return May(c, a, s.Do) })
			if has := c.Officer != 0 && c.Officer != worker.Staff || c.Unit != 0 && c.Unit != worker.Unit; !can && !has {
				t.Fatalf("%s is suggested of what is %s, and nobody may", s.Do, c.Status)
			}
		}
	})
}
