package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"tiepdan"
)

// receive is the day itself at the desk: three are received, one doesn't come.
func (r *reception) receive() {
	at := fmt.Sprintf("/desk/%d", r.day.ID)
	if page := r.desk.get("/desk?day=" + r.day.On().String()); !strings.Contains(page, at) {
		r.t.Errorf("the day's list lacks the session: %s", wordsOf(page))
	}
	opened := r.desk.send(r.desk.get(at), at+"/session", "do", "open", "receiver", presiding, "in_person", "1")
	if !strings.Contains(opened.body, at+"/next") {
		r.t.Fatalf("it isn't open: %s", wordsOf(opened.body))
	}
	people, err := r.store.Attendance(r.t.Context(), r.day.ID)
	r.must(err)
	for _, a := range people {
		r.desk.post(at+"/attendance", fields("attendance", fmt.Sprint(a.ID), "do", "came"))
	}
	if len(people) != 2 {
		r.t.Errorf("%d people are expected: %+v", len(people), people)
	}
	r.takeIn(at)
	r.receiveDenouncer(at)
	r.promise(at)
	closed := r.desk.post(at+"/session", fields("do", "close"))
	if v := r.missed(); v.Status != tiepdan.NoShow || !strings.Contains(closed, "/book?from=") {
		r.t.Errorf("who didn't come is %s", v.Status)
	}
}

// missed is the third's appointment, who doesn't come.
func (r *reception) missed() tiepdan.Appointment {
	r.t.Helper()
	all, err := r.store.Appointments(r.t.Context(), tiepdan.Actor{Role: tiepdan.BoardHead}, r.day.ID)
	r.must(err)
	for _, a := range all {
		if a.Chat && a.Number == 1 && a.Status != tiepdan.AppointmentDropped {
			return a
		}
	}
	r.t.Fatalf("no such appointment: %+v", all)
	return tiepdan.Appointment{}
}

// entryCode is where the desk shows the case that an entry became.
var entryCode = regexp.MustCompile(`class="big-code" href="[^"]+"`)

// takeIn receives the second by their slip; their petition becomes a case.
func (r *reception) takeIn(at string) {
	v := r.visitOf(r.second, r.day)
	link := fmt.Sprintf("%s/schedule/%s?start=visit_%s", r.site, r.day.Token, v.Token)
	if got := r.desk.ask(http.MethodPost, at+"/check-in", fields("who", link)); got.status != http.StatusOK {
		r.t.Fatalf("the slip isn't known: %d %s", got.status, wordsOf(got.body))
	}
	called := r.desk.ask(http.MethodPost, at+"/next", nil)
	if !strings.Contains(called.where, fmt.Sprintf("at=%d", v.ID)) {
		r.t.Fatalf("called: %s %s", called.where, wordsOf(called.body))
	}
	form := []string{"kind", "phan_anh", "field", "ha_tang", "place", "mau-dong", "name", "Người Dân Mẫu 2", "id_number", "000000000002",
		"address", "Số 2, đường Mẫu", "id_seen", "1", "content", told, "result", "taken_in", "handling", concluded}
	entered := r.desk.send(called.body, at+"/entry", form...)
	again := r.desk.send(called.body, at+"/entry", form...)
	code, err := tiepdan.ParseCaseCode(codeForm.FindString(entryCode.FindString(entered.body)))
	if err != nil || again.where != entered.where {
		r.t.Fatalf("entered: %v, %s, then %s: %s", err, entered.where, again.where, wordsOf(entered.body))
	}
	r.entered = code
	if inbox := r.desk.get("/inbox"); !strings.Contains(inbox, string(code)) {
		r.t.Errorf("what was taken in isn't in the inbox: %s", wordsOf(inbox))
	}
	if page := r.desk.get("/cases/" + string(code)); !strings.Contains(page, told) {
		r.t.Errorf("the case says %s", wordsOf(page))
	}
}

// receiveDenouncer receives somebody who came to denounce and gave their name at the
// door: it stands nowhere afterwards.
func (r *reception) receiveDenouncer(at string) {
	page := r.desk.get(at)
	called := r.desk.send(page, at+"/walk-in", "name", secretName, "phone", secretCall, "now", "1")
	if !strings.Contains(called.where, "at=") {
		r.t.Fatalf("not called: %s", wordsOf(called.body))
	}
	entered := r.desk.send(called.body, at+"/entry", "kind", "to_cao", "field", "dat_dai", "content", secretTold, "result", "taken_in", "handling", "Tiếp nhận theo Luật Tố cáo.")
	if strings.Contains(entered.body, secretName) {
		r.t.Error("the desk's page still names them")
	}
	all := r.dump()
	if !strings.Contains(all, "Người Dân Mẫu 2") {
		r.t.Error("the dump shows nothing")
	}
	for _, trace := range []string{secretName, "Kín Danh", "kin danh", "Kin Danh", secretCall, secretCall[1:]} {
		if i := strings.Index(all, trace); i >= 0 {
			r.t.Errorf("%q stands in the database: …%s…", trace, all[max(0, i-300):min(len(all), i+100)])
		}
	}
}

// promise receives a caller whom the desk booked itself, and promises an answer.
func (r *reception) promise(at string) {
	booked := r.desk.send(r.desk.get(at+"/book"), at+"/book", "name", "Người Dân Mẫu 5", "phone", "0900000005", "purpose", "Hỏi về sổ hộ nghèo", "wait", "1")
	given := regexp.MustCompile(`given=(\d+)`).FindStringSubmatch(booked.where)
	if given == nil {
		r.t.Fatalf("not booked: %s %s", booked.where, wordsOf(booked.body))
	}
	r.desk.post(at+"/queue", fields("appointment", given[1], "do", "arrive"))
	called := r.desk.ask(http.MethodPost, at+"/queue", fields("appointment", given[1], "do", "call"))
	entered := r.desk.send(called.body, at+"/entry", "kind", "kien_nghi", "name", "Người Dân Mẫu 5", "content", "Hỏi về việc xét hộ nghèo của phường.",
		"result", "promised", "answer_by", tiepdan.DateOf(time.Now()).Add(10).String(), "handling", "Trả lời bằng văn bản.")
	if link := regexp.MustCompile(`/book/\d+/answer-date`).FindString(entered.body); link == "" {
		r.t.Errorf("no slip of the answer's day: %s", wordsOf(entered.body))
	} else if said := pdfText(r.t, []byte(r.desk.get(link))); !strings.Contains(said, "Người Dân Mẫu 5") {
		r.t.Errorf("the slip of the answer's day says %s", said)
	}
}

var entryLink = regexp.MustCompile(`<a class="row" href="(/book/\d+)">`)

// keepBook reads the book: on the page, in the workbook and on paper it has exactly
// the three; and a correction is seen.
func (r *reception) keepBook() {
	q := r.bookQuery()
	page := r.desk.get("/book?" + q)
	links := entryLink.FindAllStringSubmatch(page, -1)
	if len(links) != 3 || strings.Contains(page, secretTold) || !strings.Contains(page, "Giữ bí mật danh tính") {
		r.t.Fatalf("the book has %d entries: %s", len(links), wordsOf(page))
	}
	r.sameBook(q)
	for _, l := range links {
		if strings.Contains(r.desk.get(l[1]), told) {
			r.correct(l[1], q)
			return
		}
	}
	r.t.Error("no entry's page shows its content")
}

// bookQuery asks for the days of the story.
func (r *reception) bookQuery() string {
	today := tiepdan.DateOf(time.Now())
	return fmt.Sprintf("from=%s&until=%s", today.Add(-1), today.Add(1))
}

func (r *reception) sameBook(q string) {
	r.t.Helper()
	numbers := ""
	for _, row := range cellsOf(r.t, r.desk.get("/book.xlsx?"+q)) {
		if len(row) > 4 && regexp.MustCompile(`^\d+$`).MatchString(row[0]) && row[1] != "2" && row[1] != "(2)" {
			numbers += row[0] + " "
		}
		for _, cell := range row {
			if strings.Contains(cell, secretTold) || strings.Contains(cell, secretName) {
				r.t.Errorf("the workbook shows the denunciation: %q", cell)
			}
		}
	}
	if numbers != "1 2 3 " {
		r.t.Errorf("the workbook has the entries %q", numbers)
	}
	paper := pdfText(r.t, []byte(r.desk.get("/book.pdf?"+q)))
	if strings.Contains(paper, "Kín Danh") || strings.Contains(paper, "Nội dung tố cáo mẫu") || !holdsAll(paper, []string{"Người Dân Mẫu 2", "Người Dân Mẫu 5"}) {
		r.t.Errorf("the paper says %s", paper)
	}
}

// correct writes another version of the second's entry.
func (r *reception) correct(entry, q string) {
	fixed := r.desk.send(r.desk.get(entry+"/correct"), entry, "address", "Số 22, đường Mẫu", "why", "Ghi nhầm số nhà")
	if words := wordsOf(fixed.body); !holdsAll(words, []string{"Số 22, đường Mẫu", "Số 2, đường Mẫu", "Ghi nhầm số nhà"}) {
		r.t.Errorf("the correction isn't seen: %s", words)
	}
	if page := wordsOf(r.desk.get("/book?" + q)); !strings.Contains(page, "đính chính 1 lần") {
		r.t.Errorf("the book doesn't mark it: %s", page)
	}
	seen := false
	for _, row := range cellsOf(r.t, r.desk.get("/book.xlsx?"+q)) {
		seen = seen || holdsAll(strings.ToLower(strings.Join(row, " ")), []string{"số 22, đường mẫu", "đính chính"})
	}
	if paper := pdfText(r.t, []byte(r.desk.get("/book.pdf?"+q))); !seen || !strings.Contains(strings.ToLower(paper), "đính chính") {
		r.t.Errorf("the workbook marks it: %v; the paper says %s", seen, paper)
	}
}
