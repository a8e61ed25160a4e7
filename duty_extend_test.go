package tiepdan

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestExtensions(t *testing.T) {
	t.Parallel()
	complaint := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30"))
	charged := play(t, opened(t, ToCao), at(Act{Do: Accept, By: head}, "2026-11-30"))
	once := play(t, charged, at(extend(head, "2027-01-29", "extend.complex"), "2026-12-20"))
	twice := play(t, charged, at(extend(head, "2027-01-29", "extend.especially_complex"), "2026-12-20"))
	thrice := play(t, twice, at(extend(head, "2027-03-01", "extend.especially_complex"), "2027-01-20"))
	given := play(t, opened(t, PhanAnh), at(assign(clerk), "2026-11-20"), at(Act{Do: Take, By: worker}, "2026-11-20"))
	for _, x := range []struct {
		fact          string
		c             Case
		until, ground string
		decided       string
		key           string
		latest        string
	}{
		{"a complex complaint takes forty-five days", complaint, "2027-01-14", "extend.complex", "2026-12-20", "", ""},
		{"and no longer", complaint, "2027-01-15", "extend.complex", "2026-12-20", "act.extend_beyond", "2027-01-14"},
		{"an extension ends on a working day", complaint, "2027-01-09", "extend.complex", "2026-12-20", "act.extend_day_off", ""},
		{"nor on a holiday", complaint, "2027-01-01", "extend.complex", "2026-12-20", "act.extend_day_off", ""},
		{"one that moves nothing is none", complaint, "2026-12-28", "extend.complex", "2026-12-20", "act.extend_nothing", ""},
		{"a complaint knows no especially complex matter", complaint, "2027-01-14", "extend.especially_complex", "2026-12-20", "act.extend_no_more", ""},
		{"a complex denunciation takes thirty days more", charged, "2027-01-29", "extend.complex", "2026-12-20", "", ""},
		{"and no longer", charged, "2027-02-01", "extend.complex", "2026-12-20", "act.extend_beyond", "2027-01-29"},
		{"once", once, "2027-02-26", "extend.complex", "2027-01-20", "act.extend_no_more", ""},
		{"an especially complex one twice thirty", twice, "2027-03-01", "extend.especially_complex", "2027-01-20", "", ""},
		{"each of them thirty", charged, "2027-02-26", "extend.especially_complex", "2026-12-20", "act.extend_beyond", "2027-01-29"},
		{"and not a third time", thrice, "2027-03-31", "extend.especially_complex", "2027-02-20", "act.extend_no_more", ""},
		{"the office extends its own target as it needs", given, "2027-06-30", "", "2026-12-10", "", ""},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			err := CheckExtension(x.c, Details{Until: on(x.until), Ground: x.ground}, on(x.decided), rulesOf2026())
			said, _ := errors.AsType[*Error](err)
			if x.key == "" && err == nil {
				return
			}
			if said == nil || said.Key != x.key {
				t.Fatalf("%v, not %s", err, x.key)
			}
			if latest, ok := said.Args["Latest"].(Date); x.latest != "" && (!ok || latest != on(x.latest)) {
				t.Errorf("at the latest %v", said.Args["Latest"])
			}
		})
	}
}

func TestADayThatIsPromisedIsAWorkingDay(t *testing.T) {
	t.Parallel()
	c := opened(t, PhanAnh)
	for _, x := range []struct{ fact, until, today, before, after string }{
		{"a working day", "2026-12-30", "2026-12-20", "", ""},
		{"a Sunday", "2027-01-10", "2026-12-20", "2027-01-08", "2027-01-11"},
		{"a holiday", "2027-01-01", "2026-12-20", "2026-12-31", "2027-01-04"},
		{"a Saturday after a Friday that is over", "2027-01-09", "2027-01-08", "", "2027-01-11"},
	} {
		err := CheckUntil(c, Progress, Details{Until: on(x.until)}, on(x.today), rulesOf2026())
		said, _ := errors.AsType[*Error](err)
		if x.after == "" && err == nil {
			continue
		}
		var before Date
		if x.before != "" {
			before = on(x.before)
		}
		if said == nil || said.Key != "act.promise_day_off" || said.Args["Before"] != before || said.Args["After"] != on(x.after) {
			t.Errorf("%s: %v", x.fact, err)
		}
	}
	if err := CheckUntil(c, Retain, Details{Until: on("2027-01-10")}, on("2026-12-20"), rulesOf2026()); err != nil {
		t.Errorf("what is kept until a Sunday: %v", err)
	}
}

func TestAnExtendedTermRestsAsWell(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30"),
		at(assign(head), "2026-12-01"), at(Act{Do: Take, By: worker}, "2026-12-01"), at(extend(head, "2027-01-14", "extend.complex"), "2026-12-20"),
		at(suspend("complaint.other_result"), "2027-01-04"), at(Act{Do: Resume, By: head}, "2027-01-11"))
	d := duty(t, c, "complaint.resolve_first")
	if d.On != on("2027-01-21") || len(d.Extended) != 1 || d.Extended[0].Ground != "extend.complex" {
		t.Errorf("seven days of rest: %v, %+v", d.On, d.Extended)
	}
	if _, _, moved := PromiseMoved(c, rulesOf2026()); moved {
		t.Error("a suspension isn't a change of the calendar")
	}
}

func TestWhatCanBeExtendedIsSaid(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, ToCao), at(Act{Do: Accept, By: head}, "2026-11-30"))
	xs := Extendables(c, on("2026-12-10"), rulesOf2026())
	if len(xs) != 2 || xs[0].Ground != "extend.complex" || xs[0].Latest != on("2027-01-29") || xs[1].Ground != "extend.especially_complex" {
		t.Errorf("%+v", xs)
	}
	if xs := Extendables(opened(t, KhieuNai), on("2026-12-10"), rulesOf2026()); len(xs) != 0 {
		t.Errorf("nothing runs yet: %+v", xs)
	}
}

func TestAPromiseIsKeptAgainstANewHoliday(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, PhanAnh), at(assign(clerk), "2026-11-20"), at(Act{Do: Take, By: worker}, "2026-11-20"), at(extend(head, "2027-01-14", ""), "2026-12-10"))
	r := rulesOf2026()
	if _, _, moved := PromiseMoved(c, r); moved {
		t.Fatal("nothing has changed")
	}
	r.Calendar = NewCalendar(append(SeedHolidays(), Holiday{On: on("2026-12-15"), Kind: DayClosure, Name: "Nghỉ"}), Week{})
	if d := dutyBy(t, c, TargetDuty, r); d.On != on("2027-01-14") {
		t.Errorf("a day off before it doesn't move what was promised: %v", d.On)
	}
	r.Calendar = NewCalendar(append(SeedHolidays(), Holiday{On: on("2027-01-14"), Kind: DayClosure, Name: "Nghỉ"}), Week{})
	promised, by, moved := PromiseMoved(c, r)
	if !moved || promised != on("2027-01-14") || by != on("2027-01-15") {
		t.Errorf("%v %v %v", promised, by, moved)
	}
}

func TestTheSecondComplaint(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, KhieuNai), at(Act{Do: RecordOriginal, By: clerk}, "2026-11-25"), at(Act{Do: Accept, By: head}, "2026-11-30"),
		at(assign(head), "2026-12-01"), at(Act{Do: Take, By: worker}, "2026-12-01"), at(proposed("x"), "2026-12-10"))
	if _, ok := SecondBy(c, rulesOf2026()); ok {
		t.Error("nothing is decided yet")
	}
	c = play(t, c, at(Act{Do: Approve, By: leader}, "2026-12-14"))
	if d, ok := SecondBy(c, rulesOf2026()); !ok || d.On != on("2027-01-13") || d.Source == "" {
		t.Errorf("thirty days from the decision: %+v", d)
	}
	c = play(t, c, at(Act{Do: RecordDelivery, By: worker, Details: Details{How: "post"}}, "2026-12-18"))
	if d, _ := SecondBy(c, rulesOf2026()); d.On != on("2027-01-18") { // 17/1 is a Sunday
		t.Errorf("thirty days from its delivery: %v", d.On)
	}
	if _, ok := SecondBy(play(t, opened(t, PhanAnh), at(assign(clerk), "2026-11-20"), at(Act{Do: Take, By: worker}, "2026-11-20"),
		at(Act{Do: Answer, By: worker, Text: "x"}, "2026-11-23")), rulesOf2026()); ok {
		t.Error("a report isn't complained about a second time")
	}
}

func TestAGroundNamesTheLawOfTheKindOnly(t *testing.T) {
	t.Parallel()
	other := map[Kind]string{KhieuNai: "Luật Tố cáo", ToCao: "Luật Khiếu nại"}
	for _, g := range AllLegalGrounds() {
		for _, k := range []Kind{KhieuNai, ToCao} {
			if slices.Contains(g.Kinds, k) && strings.Contains(g.SourceOf(k), other[k]) && g.ID != "denunciation.from_complaint" {
				t.Errorf("%s: a %s rests on %s", g.ID, k, g.SourceOf(k))
			}
		}
	}
}
