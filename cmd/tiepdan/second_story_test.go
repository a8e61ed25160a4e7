package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/storetest"
)

const (
	grievance  = "Không đồng ý quyết định thu hồi đất số 15 vì chưa đo lại thửa đất mẫu."
	firstFound = "Giữ nguyên quyết định thu hồi đất; thửa đất mẫu đã được đo lại."
	objection  = "Quyết định giải quyết lần đầu chưa xem xét giấy tờ gốc của thửa đất mẫu."
	firstPaper = "41/QĐ-MAU"
)

// turn is a step of a talk: what the screen says, and the button that is pressed
// there, or what is typed where there is no such button.
type turn struct{ sees, says string }

// complaining is how a complaint is made from the menu.
var complaining = []turn{{"Kính chào", "📝 Gửi đơn, phản ánh"}, {"dữ liệu cá nhân", "✅ Đồng ý"}, {"muốn gửi loại nào", "Khiếu nại"}, {"về lĩnh vực nào", "Đất đai, nhà ở"},
	{"ở địa bàn nào", "Phường Mẫu Đông"}, {"Nội dung khiếu nại", grievance}, {"Đã ghi 1 đoạn", "✅ Xong"}, {"quyết định hay việc làm của ai", "UBND Phường Mẫu Đông"},
	{"tài liệu gửi kèm", "⏭ Bỏ qua"}, {"họ và tên", "Người Dân Mẫu 1"}, {"số điện thoại", "⏭ Bỏ qua"}, {"cho ai", "👤 Cho bản thân tôi"}, {"Xem lại trước khi gửi", "📨 Gửi"}}

// complainingAgain is how it is made a second time, from a screen that offers it.
var complainingAgain = []turn{{"có thể làm gì tiếp", "⚖️ Khiếu nại lần hai"}, {"Nội dung khiếu nại", objection}, {"Đã ghi 1 đoạn", "✅ Xong"},
	{"Đang ghi: Phòng Đất đai và Môi trường (mẫu), " + firstPaper, "⏭ Bỏ qua"}, {"tài liệu gửi kèm", "⏭ Bỏ qua"}, {"họ và tên", "Người Dân Mẫu 1"}, {"số điện thoại", "⏭ Bỏ qua"},
	{"cho ai", "👤 Cho bản thân tôi"}, {"lần hai, sau hồ sơ", "📨 Gửi"}}

// talk goes through a talk, each step once its screen is there.
func (o *office) talk(u *simulator.User, turns ...turn) {
	o.t.Helper()
	for _, x := range turns {
		o.await(u, func() bool {
			s := screen(u)
			if !strings.Contains(s.Text, x.sees) {
				return false
			}
			if hasButton(s, x.says) {
				return u.PressOn(s.ID, x.says) == nil
			}
			u.Send(x.says)
			return true
		})
	}
}

// TestSecondComplaint follows a complaint from the signed paper that it waits for to
// its decision, and on to the second complaint, which is a case with clocks of its own.
func TestSecondComplaint(t *testing.T) {
	t.Parallel()
	w := openComplaint(t)
	late, unsigned := w.longAgo()
	w.waitsForItsPaper()
	w.isSigned()
	w.isDecided()
	first := w.now()
	w.complainsAgain(first)
	w.runsOnItsOwn(first)
	w.comesTooLate(late...)
	w.isNeverSigned(unsigned)
	w.refusedNothing()
	for _, secret := range []string{"thửa đất mẫu", "Người Dân Mẫu 1"} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

// openComplaint is an office to which somebody has complained by chat.
func openComplaint(t *testing.T) *answered {
	w := &answered{office: openOffice(t, "polling")}
	w.desk, w.deskPhone = w.hire("tiepnhan", tiepdan.Receptionist, "")
	w.leader, w.leaderPhone = w.hire("lanhdao", tiepdan.Leader, "")
	w.officer, w.officerPhone = w.hire("canbo", tiepdan.Officer, "dat-dai")
	w.citizen = w.sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi", Phone: "0900000001"})
	w.citizen.Start("")
	w.talk(w.citizen, complaining...)
	w.code = w.codeIn(w.hear(w.citizen, "PHIẾU TIẾP NHẬN"))
	return w
}

// waitsForItsPaper is a complaint that nobody has signed yet: what is to be brought is
// said, and none of the law's clocks of complaints runs.
func (w *answered) waitsForItsPaper() {
	c := w.now()
	if c.Status != tiepdan.AwaitingOriginal {
		w.t.Fatalf("unsigned it is %s", c.Status)
	}
	said := w.hear(w.citizen, "PHIẾU TIẾP NHẬN").Text
	for _, want := range []string{"chưa phải là đơn hợp lệ", "in đơn đính kèm, ký", "Số 1, đường Mẫu", "Xin nộp chậm nhất", day(w.duty(c, "reception.initial_notice").On)} {
		if !strings.Contains(said, want) {
			w.t.Errorf("the receipt doesn't say %q: %s", want, said)
		}
	}
	w.paper(w.citizen, string(c.Code), "ĐƠN KHIẾU NẠI", "thu hồi đất số 15")
	if page := wordsOf(w.desk.get("/cases/" + string(w.code))); strings.Contains(page, "Thụ lý khiếu nại lần đầu") {
		w.t.Errorf("a clock runs for what isn't signed: %s", page)
	}
	if got := w.try(w.leader, tiepdan.Accept, append([]string{"reason", "Đủ điều kiện"}, conditions(c)...)...); got.status == 200 || w.now().Accepted {
		w.t.Errorf("an unsigned complaint is accepted: %d", got.status)
	}
}

// isSigned is the day on which the signed petition comes: the clock begins then.
func (w *answered) isSigned() {
	w.does(w.desk, tiepdan.RecordOriginal)
	w.hear(w.citizen, "đã nhận được đơn có chữ ký")
	w.clock(w.desk, w.now(), "complaint.accept_first", "Thụ lý khiếu nại lần đầu và thông báo", tiepdan.RecordOriginal, 10)
}

// isDecided is what the law asks of an answer to a complaint: accepted, decided by
// another than who drafts it, signed, handed over, made public.
func (w *answered) isDecided() {
	assignTo(w.office, w.desk, w.code, "canbo")
	w.does(w.officer, tiepdan.Take)
	w.does(w.leader, tiepdan.Accept, conditions(w.now())...)
	w.hear(w.citizen, "Thời hạn giải quyết tính từ hôm nay")
	w.clock(w.officer, w.now(), "complaint.resolve_first", "Giải quyết khiếu nại lần đầu", tiepdan.Accept, 30)
	w.does(w.officer, tiepdan.Propose, "text", firstFound, "result", "wrong", "evidence", "Biên bản đo đạc mẫu", "signer", "Chủ tịch Mẫu", "next", "second_or_court")
	w.does(w.leader, tiepdan.Approve)
	today := tiepdan.DateOf(w.now().Received).String()
	told := w.hear(w.citizen, firstFound)
	w.does(w.officer, tiepdan.RecordDocument, "document", firstPaper, "signer", "Chủ tịch Mẫu", "signed", today)
	w.does(w.officer, tiepdan.RecordDelivery, "how", "in_person", "on", today, "taker", "Người Dân Mẫu 1")
	w.does(w.officer, tiepdan.Publish, "how", "posting")
	w.does(w.officer, tiepdan.CloseCase)
	w.hear(w.citizen, "Hồ sơ đã kết thúc")
	until := w.second(w.now())
	if !holdsAll(told.Text, []string{"Khiếu nại lần hai", day(until)}) {
		w.t.Errorf("the answer doesn't say what may follow until %s: %s", day(until), told.Text)
	}
	if page := wordsOf(w.desk.get("/cases/" + string(w.code))); !strings.Contains(page, "có thể khiếu nại lần hai đến hết ngày "+day(until)) {
		w.t.Errorf("the page doesn't say until when: %s", page)
	}
}

// complainsAgain is the second complaint in the chat.
func (w *answered) complainsAgain(first tiepdan.Case) {
	w.tap(w.citizen, "⚖️ Tôi có thể làm gì tiếp?")
	w.talk(w.citizen, complainingAgain...)
	w.await(w.citizen, func() bool { return len(w.cases(w.citizen)) == 2 })
	for _, c := range w.cases(w.citizen) {
		if c.ID != first.ID {
			w.code = c.Code
		}
	}
	told := w.hear(w.citizen, "Mã hồ sơ: "+string(w.code))
	if !holdsAll(told.Text, []string{"Khiếu nại lần hai", "in đơn đính kèm, ký"}) {
		w.t.Errorf("the receipt says %q", told.Text)
	}
	if begun := w.hear(w.citizen, "Khiếu nại lần hai, sau hồ sơ "+string(first.Code)); !holdsAll(begun.Text, []string{"bản sao quyết định", "chậm nhất ngày " + day(w.second(first))}) {
		w.t.Errorf("the second round begins with %q", begun.Text)
	}
}

// runsOnItsOwn is the second case: it has the law's terms of the second round, the
// first one stays as it ended, and each leads to the other.
func (w *answered) runsOnItsOwn(first tiepdan.Case) {
	c := w.now()
	if c.Round != 2 || c.Earlier != first.ID || c.Status != tiepdan.AwaitingOriginal || c.Respondent != "Phòng Đất đai và Môi trường (mẫu), "+firstPaper {
		w.t.Errorf("round %d after %d, %s, about %q", c.Round, c.Earlier, c.Status, c.Respondent)
	}
	w.does(w.desk, tiepdan.RecordOriginal)
	w.clock(w.desk, w.now(), "complaint.accept_second", "Thụ lý khiếu nại lần hai", tiepdan.RecordOriginal, 10)
	assignTo(w.office, w.desk, w.code, "canbo")
	w.does(w.officer, tiepdan.Take)
	w.does(w.leader, tiepdan.Accept, conditions(w.now())...)
	w.clock(w.officer, w.now(), "complaint.resolve_second", "Giải quyết khiếu nại lần hai", tiepdan.Accept, 45)
	page := w.desk.get("/cases/" + string(w.code))
	if !strings.Contains(page, `href="/cases/`+string(first.Code)+`"`) || !holdsAll(wordsOf(page), []string{string(first.Code), "Lần đầu của vụ việc"}) {
		w.t.Errorf("the second doesn't lead to the first: %s", wordsOf(page))
	}
	page = w.desk.get("/cases/" + string(first.Code))
	if !strings.Contains(page, `href="/cases/`+string(w.code)+`"`) || !holdsAll(wordsOf(page), []string{string(w.code), "Lần hai của vụ việc", "Đã kết thúc"}) {
		w.t.Errorf("the first doesn't lead to the second: %s", wordsOf(page))
	}
	w.citizen.Start("")
	w.talk(w.citizen, turn{"Kính chào", "📂 Hồ sơ của tôi"})
	w.pressLike(w.citizen, string(w.code))
	w.shows(w.citizen, string(w.code), "lần hai", "thụ lý", day(w.duty(w.now(), "complaint.resolve_second").On))
}

// complainant is somebody who complained long ago.
type complainant struct {
	fact  string
	who   *simulator.User
	c     tiepdan.Case
	heard string // the last that they were told
	says  string // how a second complaint of theirs begins
}

// longAgo are those to whom a second complaint is open no more, one whose first was
// decided and one whose wasn't, and one who never signed.
func (w *answered) longAgo() (late []complainant, unsigned complainant) {
	boss, officer := w.actor("lanhdao"), w.actor("canbo")
	taken := []tiepdan.Act{{Do: tiepdan.RecordOriginal, By: w.actor("tiepnhan")}, {Do: tiepdan.Assign, By: boss, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.Staff}},
		{Do: tiepdan.Take, By: officer}, {Do: tiepdan.Accept, By: boss}}
	decided := append(taken[:4:4], tiepdan.Act{Do: tiepdan.Propose, By: officer, Text: firstFound, Details: tiepdan.Details{Result: "wrong", Evidence: "Biên bản mẫu",
		Signer: "Chủ tịch Mẫu", Next: "second_or_court"}}, tiepdan.Act{Do: tiepdan.Approve, By: boss})
	late = []complainant{
		{fact: "after its decision", heard: firstFound, says: "Xin nêu rõ điểm nào của quyết định giải quyết lần đầu chưa đúng"},
		{fact: "after the term in which nobody decided", heard: "Thời hạn giải quyết tính từ hôm nay", says: "Thời hạn giải quyết lần đầu đã hết mà chưa có trả lời"},
	}
	long := time.Now().AddDate(0, -5, 0)
	late[0].who, late[0].c = w.complained(0, long, decided)
	late[1].who, late[1].c = w.complained(1, long, taken)
	unsigned = complainant{fact: "nobody signed", heard: "PHIẾU TIẾP NHẬN"}
	unsigned.who, unsigned.c = w.complained(2, time.Now().AddDate(0, -2, 0), nil)
	return late, unsigned
}

// complained is somebody who complained at a time, with what was done to it then.
func (w *answered) complained(i int, at time.Time, acts []tiepdan.Act) (*simulator.User, tiepdan.Case) {
	w.t.Helper()
	u := w.sim.User(simulator.Person{Name: nameOf(i), Lang: "vi"})
	u.Start("")
	w.shows(u, "Kính chào")
	c := storetest.File(w.t, w.store, storetest.Petition(tiepdan.KhieuNai, grievance, func(p *tiepdan.Petition) {
		p.Mode, p.Field, p.Place, p.Respondent = tiepdan.Prepare, "dat_dai", "mau-dong", "UBND Phường Mẫu Đông"
	}), storetest.Filing(peerOf(u), at))
	return u, acted(w.t, w.store, c, acts...)
}

// looks is how they look at it once they have heard the last of it.
func (w *answered) looks(x complainant) {
	w.t.Helper()
	w.hear(x.who, x.heard)
	x.who.Start("")
	w.talk(x.who, turn{"Kính chào", "📂 Hồ sơ của tôi"})
	w.pressLike(x.who, string(x.c.Code))
	w.shows(x.who, string(x.c.Code), "Đã qua")
}

// comesTooLate are second complaints after the term: the chat says plainly that it is
// over and what may still be said.
func (w *answered) comesTooLate(late ...complainant) {
	for _, x := range late {
		w.looks(x)
		u, c, until := x.who, x.c, w.lateRound(x.c)
		w.tap(u, "⚖️ Tôi có thể làm gì tiếp?")
		w.shows(u, "Khiếu nại lần hai", "Thời hạn tính ra đã hết ngày "+day(until))
		w.tap(u, "⚖️ Khiếu nại lần hai")
		told := w.hear(u, "sau hồ sơ "+string(c.Code))
		if !holdsAll(told.Text, []string{x.says, "đã hết ngày " + day(until), "trở ngại khách quan"}) {
			w.t.Errorf("%s: %q", x.fact, told.Text)
		}
		if page := wordsOf(w.desk.get("/cases/" + string(c.Code))); !strings.Contains(page, "khiếu nại lần hai tính ra đã hết ngày "+day(until)) {
			w.t.Errorf("%s: the page says %s", x.fact, page)
		}
	}
}

// isNeverSigned is a complaint whose date passes without the signed petition: that is
// said without blame, and it may be refused for it, once it was looked at.
func (w *answered) isNeverSigned(x complainant) {
	w.looks(x)
	u, c := x.who, x.c
	w.code = c.Code
	w.shows(u, "Đến hết ngày "+day(w.duty(c, "reception.initial_notice").On), "chưa nhận được đơn có chữ ký", "vẫn có thể nộp")
	w.does(w.desk, tiepdan.Classify, "kind", "khieu_nai", "field", "dat_dai", "place", "mau-dong", "eligible", "no", "lacks", "signature")
	if page := wordsOf(w.leader.get("/cases/" + string(c.Code))); !strings.Contains(page, "công dân không bổ sung: không thụ lý") {
		w.t.Errorf("the page doesn't suggest what the law has for it: %s", page)
	}
	w.does(w.leader, tiepdan.Refuse, "reason", "Không nộp đơn có chữ ký", "ground", "complaint.unsigned")
	told := w.hear(u, "Cơ quan không thụ lý")
	if !holdsAll(told.Text, []string{string(c.Code), "Không nộp đơn có chữ ký", "Điều 11", "Bổ sung cho đủ những gì còn thiếu"}) {
		w.t.Errorf("the refusal says %q", told.Text)
	}
	w.paper(u, string(c.Code), "Về việc không thụ lý")
}

// rules are the office's.
func (w *answered) rules() *tiepdan.Rules {
	w.t.Helper()
	ctx, cancel := w.context()
	defer cancel()
	r, err := w.store.Rules(ctx)
	w.must(err)
	return r
}

// cases are u's own.
func (w *answered) cases(u *simulator.User) []tiepdan.Case {
	w.t.Helper()
	ctx, cancel := w.context()
	defer cancel()
	cs, err := w.store.CasesOf(ctx, peerOf(u))
	w.must(err)
	return cs
}

// second is the last day for a second complaint after c's decision.
func (w *answered) second(c tiepdan.Case) tiepdan.Date {
	w.t.Helper()
	d, ok := tiepdan.SecondBy(c, w.rules())
	if !ok {
		w.t.Fatalf("%s has no second round", c.Code)
	}
	return d.On
}

// lateRound is the day on which that has ended.
func (w *answered) lateRound(c tiepdan.Case) tiepdan.Date {
	w.t.Helper()
	next, ok := tiepdan.NextRound(c, w.rules(), tiepdan.DateOf(time.Now()))
	if !ok || !next.Late {
		w.t.Fatalf("%s: %+v", c.Code, next)
	}
	return next.By
}

// duty is one of c's clocks.
func (w *answered) duty(c tiepdan.Case, id string) tiepdan.Duty {
	w.t.Helper()
	for _, d := range tiepdan.Duties(c, w.rules()) {
		if d.ID == id {
			return d
		}
	}
	w.t.Fatalf("%s has no clock %s", c.Code, id)
	return tiepdan.Duty{}
}

// clock checks that one of c's clocks counts so many days from the day of an act, and
// that the panel of its page says so.
func (w *answered) clock(b *browser, c tiepdan.Case, id, label string, since tiepdan.Action, days int) {
	w.t.Helper()
	d, begun := w.duty(c, id), tiepdan.Date{}
	for _, e := range c.History {
		if e.Do == since {
			begun = tiepdan.DateOf(e.At)
		}
	}
	if due := w.rules().Calendar.Due(begun, tiepdan.Term{Length: days, Unit: tiepdan.CalendarDay}).On; !d.Legal || d.By != since || d.Due.Start != begun || d.On != due {
		w.t.Errorf("%s runs from %s by %s to %s, not from %s to %s", id, d.Due.Start, d.By, d.On, begun, due)
	}
	_, panel, _ := strings.Cut(b.get("/cases/"+string(c.Code)), `id="clocks"`)
	panel, _, _ = strings.Cut(panel, "</section>")
	if !holdsAll(wordsOf(panel), []string{label + " " + day(d.On), "Tính từ ngày " + day(begun)}) {
		w.t.Errorf("the panel of clocks lacks %s by %s: %s", label, day(d.On), wordsOf(panel))
	}
}

// conditions are the boxes of an acceptance that somebody has looked at all of.
func conditions(c tiepdan.Case) (pairs []string) {
	for _, id := range tiepdan.Conditions(c.Kind, tiepdan.DateOf(time.Now())) {
		pairs = append(pairs, "checked", id)
	}
	return pairs
}

// day is a date as people read it.
func day(d tiepdan.Date) string { return fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year) }

// paper waits until u's chat has a PDF that says all of these.
func (o *office) paper(u *simulator.User, parts ...string) {
	o.t.Helper()
	read := map[int]string{}
	o.await(u, func() bool {
		for _, m := range u.Messages() {
			for i, f := range m.Files {
				key := m.ID*100 + i
				if _, done := read[key]; !done && m.FromBot && f.MIME == pdfType {
					read[key] = pdfText(o.t, f.Bytes)
				}
				if holdsAll(read[key], parts) {
					return true
				}
			}
		}
		return false
	})
}
