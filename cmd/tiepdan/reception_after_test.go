package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"tiepdan"
)

// conclude drafts what was concluded, has it approved by another, and follows the
// direction that came of it to its end.
func (r *reception) conclude() {
	at := fmt.Sprintf("/sessions/%d/conclusion", r.day.ID)
	drafted := r.desk.send(r.desk.get(at), at+"/draft")
	if strings.Contains(drafted.body, secretTold) {
		r.t.Error("the draft shows the denunciation to who isn't cleared")
	}
	ctx, cancel := r.context()
	defer cancel()
	rules, err := r.store.Rules(ctx)
	r.must(err)
	n := r.itemOf(told)
	unit := fmt.Sprint(unitID(rules, "ha-tang"))
	r.desk.send(drafted.body, at, "unit-"+n, unit, "task-"+n, task, "due-"+n, rules.Calendar.AddWorking(tiepdan.DateOf(time.Now()), 10).String(), "do", "submit")
	if got := r.leader.ask(http.MethodPost, at+"/approve", fields("version", r.version())); got.status != http.StatusForbidden {
		r.t.Errorf("who may not read all of it approves it: %d", got.status)
	}
	approved := r.boss.send(r.boss.get(at), at+"/approve")
	if paper := pdfText(r.t, []byte(r.desk.get(at+".pdf"))); !strings.Contains(paper, concluded) || strings.Contains(paper, "Nội dung tố cáo mẫu") {
		r.t.Errorf("the notice on paper says %s", paper)
	}
	if docx := r.desk.get(at + ".docx"); !strings.HasPrefix(docx, "PK") {
		r.t.Error("no DOCX")
	}
	m := r.hear(r.second, "Kết luận sau buổi tiếp công dân")
	if !holdsAll(m.Text, []string{concluded, task}) || strings.Contains(m.Text, "hộ nghèo") {
		r.t.Errorf("the citizen is told %q", m.Text)
	}
	if heard(r.third, "Kết luận sau") {
		r.t.Error("who didn't come is told of the conclusion")
	}
	r.direct(approved.body)
}

// version is the conclusion's version as it stands.
func (r *reception) version() string {
	r.t.Helper()
	c, _, err := r.store.Conclusion(r.t.Context(), tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}, r.day.ID)
	r.must(err)
	return fmt.Sprint(c.Version)
}

// itemOf is the place of the item about that matter.
func (r *reception) itemOf(matter string) string {
	r.t.Helper()
	c, _, err := r.store.Conclusion(r.t.Context(), tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}, r.day.ID)
	r.must(err)
	for i, item := range c.Items {
		if item.Matter == matter {
			return fmt.Sprint(i + 1)
		}
	}
	r.t.Fatalf("the draft lacks it: %+v", c.Items)
	return ""
}

// direct follows the direction: to the unit, to an officer, and back.
func (r *reception) direct(page string) {
	m := r.hear(r.unitPhone, "Chỉ đạo mới CD")
	year, number, _ := tiepdan.FindDirectiveCode(m.Text)
	d, err := r.store.DirectiveByCode(r.t.Context(), year, number)
	r.must(err)
	if d.Task != task || !strings.Contains(page, d.Code()) {
		r.t.Errorf("%+v; the conclusion's page: %s", d, wordsOf(page))
	}
	staff, _, err := r.store.StaffByLogin(r.t.Context(), "canbo")
	r.must(err)
	at := fmt.Sprintf("/directives/%d", d.ID)
	if got := r.unit.ask(http.MethodPost, at+"/act", fields("do", "assign", "officer", fmt.Sprint(staff.ID), "seen", fmt.Sprint(len(d.History)))); got.status != http.StatusOK {
		r.t.Fatalf("not assigned: %d %s", got.status, wordsOf(got.body))
	}
	given := r.hear(r.officer, "được giao cho Anh/Chị")
	r.press(r.officer, "✅ Nhận việc")
	r.hear(r.officer, "đã nhận chỉ đạo")
	r.officer.Reply(given.ID, done)
	r.hear(r.officer, "Xem lại – chỉ đạo "+d.Code())
	r.press(r.officer, "🏁 Báo kết quả")
	r.hear(r.officer, "Đã báo kết quả")
	reported := r.hear(r.leaderPhone, "báo cáo kết quả")
	if !holdsAll(reported.Text, []string{done, d.Code(), task}) {
		r.t.Errorf("the leader reads %q", reported.Text)
	}
	r.press(r.leaderPhone, "✅ Đạt")
	r.hear(r.officer, "được đánh giá đạt")
	if d, err = r.store.Directive(r.t.Context(), d.ID); err != nil || d.Status != tiepdan.DirectiveDone {
		r.t.Errorf("%s, %v", d.Status, err)
	}
	if page := wordsOf(r.leader.get(at)); !holdsAll(page, []string{done, task}) {
		r.t.Errorf("the direction's page: %s", page)
	}
}

// report reads the figures of all of it.
func (r *reception) report() {
	q := "?" + r.bookQuery()
	ctx, cancel := r.context()
	defer cancel()
	today := tiepdan.DateOf(time.Now())
	counts, err := r.store.ReceptionCounts(ctx, today.Add(-1), today.Add(2))
	r.must(err)
	if counts.Times != 3 || counts.Results[tiepdan.ResultTakenIn] != 2 || counts.Results[tiepdan.ResultPromised] != 1 {
		r.t.Errorf("%+v", counts)
	}
	const unit = "Phòng Hạ tầng và Đô thị (mẫu)"
	for _, f := range []struct{ report, who, label, want string }{
		{"receptions", "Lượt tiếp", "now", "3"},
		{"duty", presiding, "in_person", "1"},
		{"duty", presiding, "delegated", "0"},
		{"attendance", unit, "called", "1"},
		{"attendance", unit, "came", "1"},
		{"attendance", unit, "on_time", "1"},
		{"directives", unit, "issued", "1"},
		{"directives", unit, "in_time", "1"},
		{"directives", unit, "open", "0"},
	} {
		page := r.leader.get("/reports/" + f.report + q)
		if got := figure(page, f.who, say("page.reports."+f.label, nil)); got != f.want {
			r.t.Errorf("the report of %s has %q as %s of %s, want %s: %s", f.report, got, f.label, f.who, f.want, wordsOf(page))
		}
	}
	for _, path := range []string{"/reports/duty.xlsx", "/reports/directives.xlsx"} {
		if len(cellsOf(r.t, r.leader.get(path+q))) < 3 {
			r.t.Errorf("%s is empty", path)
		}
	}
}
