package backend_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

// helped is a case of another unit that the officer is to help with since some days,
// by a day of their own.
func (s *site) helped(board tiepdan.Actor, officer tiepdan.Staff, text string, since, until int) tiepdan.Case {
	s.t.Helper()
	c, day := s.file(tiepdan.PhanAnh, text), tiepdan.DateOf(time.Now())
	s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: board, Details: tiepdan.Details{Unit: s.unit("XD")}},
		tiepdan.Act{Do: tiepdan.Involve, By: board, At: time.Now().AddDate(0, 0, -since), Text: "Đo đạc hiện trường mẫu",
			Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID, Until: day.Add(until)}})
	return c
}

func (s *site) unitName(code string) string {
	s.t.Helper()
	rules, err := s.store.Rules(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	unit, _ := rules.Unit(s.unit(code))
	return unit.Name
}

// Who helps sees their own day in their lists, and the report counts it apart.
func TestAHelpersDayIsSeenWhereTheyWork(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	board, officer, chief := s.staff(tiepdan.BoardHead, "", true), s.staff(tiepdan.Officer, "MT", false), s.staff(tiepdan.UnitHead, "XD", false)
	c := s.helped(board.Actor(), officer.Staff, "Cống tắc ở ngõ mẫu", 9, -2)
	late := officer.get("/cases?view=overdue")
	if row := late.text("table.cases"); !strings.Contains(row, string(c.Code)) || !strings.Contains(row, "quá hạn 2 ngày") || !strings.Contains(row, "hạn phối hợp") || !strings.Contains(row, "hồ sơ: ") {
		t.Errorf("the helping officer: %s", row)
	}
	for name, list := range map[string]answer{"who leads": chief.get("/cases?view=overdue"), "the board's head": board.get("/cases?view=overdue")} {
		if list.has("a.row") {
			t.Errorf("%s is late by another's day", name)
		}
	}
	s.helped(board.Actor(), officer.Staff, "Cống tắc ở ngõ mẫu hai", 9, 2) // which isn't late
	report := board.get("/reports/overdue")
	if mt, xd := report.line(s.unitName("MT")), report.line(s.unitName("XD")); !strings.HasSuffix(mt, "0 0 0 0 – 1 0 0 0") || !strings.HasSuffix(xd, "2 0 0 0 – 0 0 0 0") {
		t.Errorf("the helping unit: %q; who leads: %q", mt, xd)
	}
	list := board.get(report.value("table.list td a", "href"))
	if rows := list.all("table.cases a.row"); len(rows) != 1 || value(rows[0], "href") != path(c) || list.text(".chip b") != s.unitName("MT") {
		t.Errorf("the report's number leads to %d cases at %s, %q", len(rows), list.path, list.text(".chips"))
	}
	if row := list.text("table.cases"); !strings.Contains(row, "quá hạn 2 ngày") || !strings.Contains(row, "hạn phối hợp") {
		t.Errorf("the list doesn't say how late: %s", row)
	}
	board.post("/case-views", "name", "Phối hợp quá hạn mẫu", "query", strings.TrimPrefix(list.path, "/cases?"))
	if saved := board.get("/cases"); !strings.Contains(saved.text("nav.saved a"), "Phối hợp quá hạn mẫu 1") {
		t.Errorf("kept, it finds %q", saved.text("nav.saved"))
	}
}

// What is owed after an answer has its tab, late first, and its column in the report.
func TestWhatIsOwedAfterAnAnswerIsSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	board, officer := s.staff(tiepdan.BoardHead, "", true), s.staff(tiepdan.Officer, "MT", false)
	fresh, old := s.owing(board.Actor(), officer.Staff, 1), s.owing(board.Actor(), officer.Staff, 40)
	list := officer.get("/cases?view=remains")
	var codes []string
	for _, a := range list.all("a.row") {
		codes = append(codes, strings.TrimSpace(wordsOf(a)))
	}
	if got, want := fmt.Sprint(codes), fmt.Sprint([]tiepdan.CaseCode{old.Code, fresh.Code}); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if said := board.get(path(old)).text(".case-line"); !strings.Contains(said, "quá hạn") || !strings.Contains(said, "gửi, công khai") {
		t.Errorf("the case's own page says %q", said)
	}
	if n := len(list.all("tr.late")); n != 1 {
		t.Errorf("%d are late", n)
	}
	if n := len(officer.get("/cases?view=remains&due=overdue").all("a.row")); n != 1 {
		t.Errorf("of what is late there are %d", n)
	}
	report := board.get("/reports/overdue")
	if mt := report.line(s.unitName("MT")); !strings.HasSuffix(mt, "0 0 0 0 – 0 0 1 0") {
		t.Errorf("%q", mt)
	}
	if link := report.value("table.list td a", "href"); len(board.get(link).all("a.row")) != 1 {
		t.Errorf("%s has another list", link)
	}
}

func TestPagesOfDatesInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.sampleCases(t)
	board, officer := s.hire(tiepdan.BoardHead, "", true), s.hire(tiepdan.Officer, "MT", false)
	s.helped(board.Actor(), officer.Staff, "Cống thoát nước tắc ở đầu ngõ mẫu, nước tràn vào nhà dân mỗi khi mưa lớn", 9, -2)
	s.helped(board.Actor(), officer.Staff, "Vỉa hè lún trước cổng trường mẫu", 3, 2)
	var owed tiepdan.Case
	for _, days := range []int{1, 12, 40} {
		owed = s.owing(board.Actor(), officer.Staff, days)
	}
	for _, at := range []struct {
		as    *person
		pages map[string]string
	}{{officer, map[string]string{"dates-open": "/cases?view=open", "dates-overdue": "/cases?view=overdue", "dates-remains": "/cases?view=remains"}},
		{board, map[string]string{"dates-report": "/reports/overdue", "dates-case": path(owed)}}} {
		b := s.browse(t)
		b.signIn(at.as)
		for name, path := range at.pages {
			b.open(path)
			b.shot(name)
		}
		b.fine()
	}
}
