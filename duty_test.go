package tiepdan

import (
	"slices"
	"testing"
	"time"
)

func rulesOf2026() *Rules {
	return &Rules{Kinds: DefaultKinds(), Fields: []Field{road}, Calendar: NewCalendar(SeedHolidays(), Week{})}
}

// askingRules also have the office's own clocks, and a remote commune.
func askingRules() *Rules {
	r := rulesOf2026()
	r.Office.AssignDays, r.Office.TakeDays, r.Office.DirectDays = 1, 1, 2
	r.Units = []Unit{{ID: 90, Code: "xa-xa", Name: "Xã Mẫu", Ward: true, Remote: true, Active: true}}
	return r
}

func duty(t *testing.T, c Case, id string) Duty {
	t.Helper()
	return dutyBy(t, c, id, rulesOf2026())
}

// dutyBy is the last of that name.
func dutyBy(t *testing.T, c Case, id string, r *Rules) Duty {
	t.Helper()
	for _, d := range slices.Backward(Duties(c, r)) {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("no duty %s in %s", id, c.Status)
	return Duty{}
}

func on(s string) Date { d, _ := ParseDate(s); return d }

// at is a deed at nine in the morning of that day.
func at(a Act, day string) Act { a.At = on(day).At(9 * 60); return a }

// filed is a petition of a kind that came at a moment, in the office's usual hours.
func filed(t *testing.T, k Kind, received time.Time, change ...func(*Petition)) Case {
	t.Helper()
	p := petition(k)
	for _, f := range change {
		f(&p)
	}
	c, err := Open(p, setting(k), author, received, LegalDay(received, rulesOf2026().Calendar, DefaultHours()))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func extend(by Actor, until, ground string) Act {
	return Act{Do: Extend, By: by, Reason: "phức tạp", Details: Details{Until: on(until), Ground: ground}}
}

func suspend(ground string) Act {
	return Act{Do: Suspend, By: head, Reason: "đợi kết quả", Details: Details{Ground: ground}}
}

func TestDutiesFollowTheHistory(t *testing.T) {
	t.Parallel()
	complaint := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"))
	accepted := play(t, complaint, at(Act{Do: Accept, By: head}, "2026-11-30"))
	worked := play(t, accepted, at(assign(head), "2026-11-30"), at(Act{Do: Take, By: worker}, "2026-12-01"))
	halted := play(t, worked, at(suspend("complaint.other_result"), "2026-12-10"))
	resumed := play(t, halted, at(Act{Do: Resume, By: head}, "2026-12-20"))
	waiting := play(t, worked, at(proposed("Dự thảo."), "2026-12-14"))
	decision := play(t, waiting, at(Act{Do: Approve, By: leader}, "2026-12-15"))
	given := play(t, opened(t, PhanAnh), at(assign(clerk), "2026-11-20"), at(Act{Do: Take, By: worker}, "2026-11-20"))
	asked := play(t, given, at(Act{Do: AskMore, By: worker, Text: "Ở đâu?"}, "2026-11-23"), at(Act{Do: Supply, By: author, Text: "Ở đây."}, "2026-11-26"))
	answered := play(t, given, at(Act{Do: Answer, By: worker, Text: "Đã thay đèn."}, "2026-12-01"))
	secret := opened(t, ToCao)
	charged := play(t, secret, at(Act{Do: Accept, By: head}, "2026-11-25"))
	denied := play(t, secret, at(Act{Do: Classify, By: head, Field: road, Kind: setting(ToCao), Details: Details{Class: &Class{Competent: No}}}, "2026-11-23"))
	longer := at(extend(head, "2027-01-14", "extend.complex"), "2026-12-20")
	for _, x := range []struct {
		fact, id string
		c        Case
		on, met  string
	}{
		{"the first notice takes ten working days, 24/11 is off", "reception.initial_notice", opened(t, PhanAnh), "2026-12-07", ""},
		{"more verification is an outcome of the first ten days", "reception.initial_notice", play(t, opened(t, PhanAnh), at(Act{Do: VerifyMore, By: clerk, Reason: "x"}, "2026-11-30")), "2026-12-07", "2026-11-30"},
		{"a complaint's acceptance counts from the signed original", "complaint.accept_first", complaint, "2026-12-07", ""},
		{"accepting meets it", "complaint.accept_first", accepted, "2026-12-07", "2026-11-30"},
		{"more verification doesn't", "complaint.accept_first", play(t, complaint, at(Act{Do: VerifyMore, By: clerk, Reason: "x"}, "2026-11-27")), "2026-12-07", ""},
		{"accepting starts the resolution, thirty days", "complaint.resolve_first", accepted, "2026-12-30", ""},
		{"an extension moves the resolution", "complaint.resolve_first", play(t, accepted, longer), "2027-01-14", ""},
		{"a suspension rests the resolution", "complaint.resolve_first", halted, "", ""},
		{"and resuming gives it the rested ten days", "complaint.resolve_first", resumed, "2027-01-11", ""}, // 9/1 is a Saturday
		{"asking a complainant rests nothing of the law's", "complaint.resolve_first",
			play(t, worked, at(Act{Do: AskMore, By: worker, Text: "?"}, "2026-12-02"), at(Act{Do: Supply, By: clerk, Text: "!"}, "2026-12-12")), "2026-12-30", ""},
		{"an approved answer meets the resolution", "complaint.resolve_first", decision, "2026-12-30", "2026-12-15"},
		{"the decision is sent within three working days", "complaint.send_decision_first", decision, "2026-12-18", ""},
		{"delivering it meets that", "complaint.send_decision_first",
			play(t, decision, at(Act{Do: RecordDelivery, By: worker, Details: Details{How: "post"}}, "2026-12-17")), "2026-12-18", "2026-12-17"},
		{"it is made public within fifteen days", "complaint.publish_decision", decision, "2026-12-30", ""},
		{"publishing meets that", "complaint.publish_decision",
			play(t, decision, at(Act{Do: Publish, By: worker, Details: Details{How: "posting"}}, "2026-12-25")), "2026-12-30", "2026-12-25"},
		{"the conditions of a denunciation are looked into for seven working days", "denunciation.verify_conditions", secret, "2026-12-02", ""},
		{"and for ten when that takes more", "denunciation.verify_conditions", play(t, secret, at(Act{Do: VerifyMore, By: head, Reason: "x"}, "2026-11-27")), "2026-12-07", ""},
		{"a denunciation for others goes on within five working days", "denunciation.transfer", denied, "2026-11-30", ""},
		{"transferring meets that", "denunciation.transfer", play(t, denied, at(Act{Do: Transfer, By: head, Details: Details{Body: "Thanh tra tỉnh"}}, "2026-11-26")), "2026-11-30", "2026-11-26"},
		{"an accepted denunciation is told of within five working days", "denunciation.accept_notice", charged, "2026-12-02", ""},
		{"recording the paper meets that", "denunciation.accept_notice", play(t, charged, at(Act{Do: RecordDocument, By: head, Details: Details{Document: "7/TB"}}, "2026-11-26")), "2026-12-02", "2026-11-26"},
		{"a denunciation is resolved in thirty days", "denunciation.resolve", charged, "2026-12-25", ""},
		{"what is filed away is kept a year", storage,
			play(t, opened(t, PhanAnh), at(Act{Do: FileAway, By: head, Reason: "x", Details: Details{Ground: "file.ineligible"}}, "2026-11-30")), "2027-11-30", ""},
		{"and longer when the head says so", storage, play(t, opened(t, PhanAnh), at(Act{Do: FileAway, By: head, Reason: "x", Details: Details{Ground: "file.ineligible"}}, "2026-11-30"),
			at(Act{Do: Retain, By: head, Details: Details{Until: on("2029-01-01")}}, "2027-12-01")), "2029-01-01", ""},
		{"the target counts fifteen working days", TargetDuty, given, "2026-12-14", ""},
		{"asking the citizen rests the target", TargetDuty, asked, "2026-12-16", ""},
		{"asking the citizen rests no legal clock", "reception.initial_notice", asked, "2026-12-07", ""},
		{"reopening starts the target anew", TargetDuty, play(t, answered, at(Act{Do: Reopen, By: author, Text: "Vẫn chưa xong."}, "2026-12-10")), "2026-12-31", ""},
		{"what became a complaint has a complaint's clocks from its receipt", "complaint.accept_first",
			play(t, opened(t, PhanAnh), at(Act{Do: Classify, By: clerk, Field: road, Kind: setting(KhieuNai)}, "2026-11-25")), "2026-11-30", ""},
		{"a denunciation of the second round is looked at within twenty days", "denunciation.continued", second(t, ToCao), "2026-12-10", ""},
		{"a second complaint is accepted within ten days", "complaint.accept_second", play(t, second(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25")), "2026-12-07", ""},
		{"and resolved within forty-five", "complaint.resolve_second",
			play(t, second(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30")), "2027-01-14", ""},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			d := duty(t, x.c, x.id)
			if d.On != on(x.on) || d.Met != on(x.met) {
				t.Errorf("due %v, met %v; steps %+v", d.On, d.Met, d.Due.Steps)
			}
			if d.Legal && d.Source == "" {
				t.Error("a legal duty names its source")
			}
		})
	}
}

// What is owed after a case's end is found by its next day, and by nothing while the
// case is open or once all is done.
func TestWhatRemainsAfterTheEnd(t *testing.T) {
	t.Parallel()
	working := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30"),
		at(assign(head), "2026-11-30"), at(Act{Do: Take, By: worker}, "2026-12-01"))
	decision := play(t, working, at(proposed("Dự thảo."), "2026-12-14"), at(Act{Do: Approve, By: leader}, "2026-12-15"))
	sent := at(Act{Do: RecordDelivery, By: worker, Details: Details{How: "post"}}, "2026-12-17")
	published := at(Act{Do: Publish, By: worker, Details: Details{How: "posting"}}, "2026-12-25")
	cleared := Actor{Role: Officer, Staff: worker.Staff, Unit: worker.Unit, Cleared: true}
	conclusion := play(t, opened(t, ToCao), at(Act{Do: Accept, By: head}, "2026-11-25"), at(Act{Do: RecordDocument, By: head, Details: Details{Document: "7/TB"}}, "2026-11-26"),
		at(assign(head), "2026-11-26"), at(Act{Do: Take, By: cleared}, "2026-11-26"),
		at(Act{Do: Propose, By: cleared, Text: "x", Details: Details{Result: "right", Evidence: "Biên bản mẫu.", Signer: "Chủ tịch Mẫu", Next: NextRights(ToCao, 1)[0]}}, "2026-12-14"), at(Act{Do: Approve, By: head}, "2026-12-15"))
	for _, x := range []struct {
		fact    string
		c       Case
		id, day string
	}{
		{"an open case owes what its own clocks say", working, "", ""},
		{"a decision is sent first", decision, "complaint.send_decision_first", "2026-12-18"},
		{"then made public", play(t, decision, sent), "complaint.publish_decision", "2026-12-30"},
		{"or sent after that", play(t, decision, published), "complaint.send_decision_first", "2026-12-18"},
		{"and then nothing is owed", play(t, decision, sent, published), "", ""},
		{"a reopened case is open", play(t, decision, at(Act{Do: Reopen, By: head, Reason: "x"}, "2026-12-16")), "", ""},
		{"a conclusion is sent within five working days", conclusion, "denunciation.send_conclusion", "2026-12-22"},
		{"and acted on within seven", play(t, conclusion, at(Act{Do: RecordDelivery, By: head, Details: Details{How: "post"}}, "2026-12-17")), "denunciation.act_on_conclusion", "2026-12-24"},
		{"what is kept for a year owes nothing", play(t, opened(t, PhanAnh), at(Act{Do: FileAway, By: head, Reason: "x", Details: Details{Ground: "file.ineligible"}}, "2026-11-30")), "", ""},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			d, ok := Remaining(x.c, rulesOf2026())
			if d.ID != x.id || d.On != on(x.day) || ok != (x.id != "") {
				t.Errorf("%s on %v (%v)", d.ID, d.On, ok)
			}
			if ok && !d.After {
				t.Error("it isn't what the end set going")
			}
		})
	}
}

// second is a petition of the second round.
func second(t *testing.T, k Kind) Case {
	t.Helper()
	return filed(t, k, now, func(p *Petition) { p.Earlier = 1 })
}

func TestClocksThatDontRun(t *testing.T) {
	t.Parallel()
	complaint := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"))
	for _, x := range []struct {
		fact, id string
		c        Case
	}{
		{"an unsigned complaint isn't to be accepted yet", "complaint.accept_first", opened(t, KhieuNai)},
		{"nothing is to be resolved before it is accepted", "complaint.resolve_first", complaint},
		{"a first complaint has no clocks of a second", "complaint.accept_second", complaint},
		{"a report has no complaint's clocks", "complaint.accept_first", opened(t, PhanAnh)},
		{"a complaint that is none any more has none of its clocks", "complaint.accept_first",
			play(t, complaint, at(Act{Do: Classify, By: clerk, Field: road, Kind: setting(PhanAnh)}, "2026-11-26"))},
		{"a denunciation that is ours isn't to be passed on", "denunciation.transfer", opened(t, ToCao)},
		{"what was never accepted has no decision to send", "complaint.send_decision_first",
			play(t, complaint, at(assign(head), "2026-11-26"), at(Act{Do: Take, By: worker}, "2026-11-26"),
				at(proposed("x"), "2026-11-26"), at(Act{Do: Approve, By: head}, "2026-11-27"))},
		{"a complaint has no target of the office's, unless it is set", TargetDuty, complaint},
		{"without the setting nobody is late to assign", AssignDuty, opened(t, PhanAnh)},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			for _, d := range Duties(x.c, rulesOf2026()) {
				if d.ID == x.id {
					t.Errorf("%+v", d)
				}
			}
		})
	}
}

// TestTheTableOfWorkingDays holds the clocks to the vectors of the law's practice:
// receipt, ten working days for the notice, seven for a denunciation's conditions.
func TestTheTableOfWorkingDays(t *testing.T) {
	t.Parallel()
	denied := &Class{Competent: No}
	for _, x := range []struct{ received, ten, seven, five string }{
		{"2025-12-31 09:00", "2026-01-15", "2026-01-12", "2026-01-09"}, // 1/1, 2/1 off; Saturday 10/1 is worked
		{"2026-02-12 16:59", "2026-03-05", "2026-03-02", "2026-02-26"}, // Tết
		{"2026-04-24 12:15", "2026-05-13", "2026-05-08", "2026-05-06"}, // Giỗ Tổ in lieu, 30/4, 1/5
		{"2026-11-20 17:00", "2026-12-07", "2026-12-02", "2026-11-30"}, // 24/11
		{"2026-11-20 17:01", "2026-12-08", "2026-12-03", "2026-12-01"}, // after hours: received on Monday
		{"2026-11-21 10:00", "2026-12-08", "2026-12-03", "2026-12-01"}, // so is what comes on Saturday
		{"2026-02-16 10:00", "2026-03-09", "2026-03-04", "2026-03-02"}, // within Tết: received on the 23rd
	} {
		t.Run(x.received, func(t *testing.T) {
			t.Parallel()
			received, err := time.ParseInLocation("2006-01-02 15:04", x.received, Hanoi)
			if err != nil {
				t.Fatal(err)
			}
			c := filed(t, ToCao, received)
			c.Class = *denied
			for id, want := range map[string]string{"reception.initial_notice": x.ten, "denunciation.verify_conditions": x.seven, "denunciation.transfer": x.five} {
				if d := duty(t, c, id); d.On != on(want) {
					t.Errorf("%s: %v, not %s", id, d.On, want)
				}
			}
		})
	}
	c := play(t, filed(t, KhieuNai, on("2026-01-05").At(540)), at(Act{Do: RecordOriginal, By: clerk}, "2026-01-15"), at(Act{Do: Accept, By: head}, "2026-01-17"))
	if d := duty(t, c, "complaint.resolve_first"); d.On != on("2026-02-23") {
		t.Errorf("thirty days that end at Tết end after it: %v", d.On)
	}
}

func TestRemotePlacesHaveLongerTerms(t *testing.T) {
	t.Parallel()
	r := askingRules()
	far := func(p *Petition) { p.Place = "xa-xa" }
	c := play(t, filed(t, KhieuNai, now, far), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30"))
	if d := dutyBy(t, c, "complaint.resolve_first_remote", r); d.On != on("2027-01-14") {
		t.Errorf("45 days end on %v", d.On)
	}
	if err := CheckExtension(c, Details{Until: on("2027-01-29"), Ground: "extend.complex"}, on("2026-12-10"), r); err != nil {
		t.Errorf("sixty days are allowed: %v", err)
	}
}

func TestTheOfficesOwnClocks(t *testing.T) {
	t.Parallel()
	r := askingRules()
	given := play(t, opened(t, PhanAnh), at(assign(clerk), "2026-11-23"))
	working := play(t, given, at(Act{Do: Take, By: worker}, "2026-11-25"))
	asking := play(t, working, at(Act{Do: Consult, By: worker, Text: "Xin chỉ đạo."}, "2026-11-26"))
	helped := play(t, working, at(Act{Do: Involve, By: head, Text: "Đo đạc.", Details: Details{Unit: 9, Until: on("2026-12-04")}}, "2026-11-26"))
	for _, x := range []struct {
		fact, id string
		c        Case
		on, met  string
		moot     bool
	}{
		{"what came is assigned on the next working day", AssignDuty, opened(t, PhanAnh), "2026-11-23", "", false},
		{"assigning meets it", AssignDuty, given, "2026-11-23", "2026-11-23", false},
		{"what was given is taken on the next working day", TakeDuty, given, "2026-11-25", "", false},
		{"giving it to another starts that anew", TakeDuty, play(t, given, at(assign(head), "2026-11-26")), "2026-11-27", "", false},
		{"taking meets it", TakeDuty, working, "2026-11-25", "2026-11-25", false},
		{"what was handed back is to be assigned anew", AssignDuty, play(t, working, at(Act{Do: Return, By: worker, Reason: "x"}, "2026-11-27")), "2026-11-30", "", false},
		{"a question is answered within two working days", DirectDuty, asking, "2026-11-30", "", false},
		{"direction meets it", DirectDuty, play(t, asking, at(Act{Do: Direct, By: leader, Text: "Làm."}, "2026-12-02")), "2026-11-30", "2026-12-02", false},
		{"a question about what is answered falls away", DirectDuty, play(t, asking, at(Act{Do: Answer, By: worker, Text: "x"}, "2026-12-03")), "2026-11-30", "2026-12-03", true},
		{"a helping unit has its own date", HelpDuty, helped, "2026-12-04", "", false},
		{"contributing meets it", HelpDuty, play(t, helped, at(Act{Do: Contribute, By: Actor{Role: UnitHead, Staff: 8, Unit: 9}, Text: "x"}, "2026-12-03")), "2026-12-04", "2026-12-03", false},
		{"who is released owes nothing", HelpDuty, play(t, helped, at(Act{Do: Release, By: head, Details: Details{Unit: 9}}, "2026-12-07")), "2026-12-04", "2026-12-07", true},
		{"nor does who helps with what is answered", HelpDuty, play(t, helped, at(Act{Do: Answer, By: worker, Text: "x"}, "2026-12-08")), "2026-12-04", "2026-12-08", true},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			d := dutyBy(t, x.c, x.id, r)
			if d.On != on(x.on) || d.Met != on(x.met) || d.Moot != x.moot || d.Legal || !d.Internal {
				t.Errorf("%+v", d)
			}
			if next, ok := NextDue(x.c, r); ok && next.Internal {
				t.Error("a list is ordered by it")
			}
		})
	}
}

func TestLate(t *testing.T) {
	t.Parallel()
	due := Date{2026, 12, 7}
	for _, x := range []struct {
		fact  string
		d     Duty
		today Date
		by    int
	}{
		{"not on the last day", Duty{On: due}, due, 0},
		{"the day after", Duty{On: due}, due.Add(1), 1},
		{"met in time stays in time", Duty{On: due, Met: due}, due.Add(30), 0},
		{"met late stays late", Duty{On: due, Met: due.Add(2)}, due.Add(30), 2},
		{"what has no day is never late", Duty{}, due, 0},
		{"nor what is only kept", Duty{On: due, Keeps: true}, due.Add(9), 0},
		{"nor what fell away", Duty{On: due, Met: due.Add(9), Moot: true}, due.Add(9), 0},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			if x.d.Late(x.today) != (x.by > 0) || x.d.LateBy(x.today) != x.by {
				t.Error("wrong")
			}
		})
	}
}

func TestNoClockWithoutARule(t *testing.T) {
	t.Parallel()
	for _, k := range clocks {
		for _, id := range []string{k.Rule, k.Remote} {
			r, ok := RuleOn(id, DateOf(now))
			if id != "" && (!ok || !r.Term().Counts() || r.Source == "") {
				t.Errorf("%s: %+v", id, r)
			}
		}
		if r, ok := RuleOn(k.Rests, DateOf(now)); k.Rests != "" && (!ok || r.Kind != RuleClockStop) {
			t.Errorf("%s: %+v", k.Rests, r)
		}
	}
}

func TestTheRuleOfTheDayIsTaken(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2026-06-30": "duty.commune_chair_old", "2026-07-01": "duty.commune_chair"} {
		if r, ok := RuleOn("duty.commune_chair", on(day)); !ok || r.ID != want {
			t.Errorf("on %s: %s", day, r.ID)
		}
	}
	before := play(t, filed(t, KhieuNai, on("2026-05-04").At(540)), at(Act{Do: RecordOriginal, By: clerk}, "2026-05-05"), at(Act{Do: Accept, By: head}, "2026-05-06"))
	if d := duty(t, before, "complaint.resolve_first"); len(d.rests) != 0 {
		t.Errorf("before July 2026 no suspension rests a complaint: %+v", d)
	}
}
