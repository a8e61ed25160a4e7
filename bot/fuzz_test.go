package bot_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/templates"
)

// choices are buttons' IDs that a person may press at any time, real and not.
var choices = strings.Fields(`submit menu back done skip agree disagree unsure unsure_tell unsure_decision unsure_mine kind/phan_anh kind/kien_nghi
kind/khieu_nai kind/to_cao kind/x unnamed_info field/khac field/tham_nhung field/dat_dai field/x place/p1 place/x page/1 page/-1 locate edit edit/kind edit/field
edit/place edit/content edit/files edit/who edit/phone edit/for edit/respondent edit/x unnamed secure use_name use_phone share_phone for_self for_other for_many basis/lawyer basis/x
discard discard_yes send rewrite nofiles track mycases mycases/7 schedule book help rules language speak/en speak/xx privacy citizen staff resume/x
dropped/x drop/x case/1/show case/1/add case/1/withdraw case/1/withdraw_yes case/1/rate/1 case/1/rate/9 case/1/next case/1/why/slow case/1/why/x case/1/rerate case/1/reopen case/1/part case/1/second case/1/continue work/1/reopen work/1/refuse_reopen case/0/show case//show case/1 work/1/show
work/1/take work/1/answer work/1/note work/1/approve/1 work/1/approve work/1/x work/1 list/new list/x list/ list answer_send answer_propose revise_send check check/right check/done check/second_or_court check_skip until/3 until/x work/1/endorse/1 work/1/consult work/1/direct work/1/progress
tpl tpl/1 tpl/x tpl_use/b.feedback_done tpl_use/b.progress tpl_use/b.progress_x tpl_use/x work_drop thread_done comment_skip loose_join resume drop / x
visits ics book/1 orders orders/x session/1/show session/1/book session/1/book session/1/watch session/1/unwatch session/1/ics session/1/x session/2/book session//book session/1
session/01/show about/1 about/2 about/x with_name give_name book_yes book_wait visit/1/show visit/1/slip visit/1/coming visit/1/keep visit/1/cancel visit/1/back visit/1/cancel_yes visit/1/x visit/2/show
visit/1 order/1/show order/1/take order/1/progress order/1/report order/1/accept/2 order/1/accept order/1/return order/1/urge order/1/x order/2/take order_progress order_report order_return`)

// randomEvent is anything that a person may do.
func randomEvent(r *rand.Rand, rev int, texts []string) bot.Event {
	ev := bot.Event{At: now, Message: "m" + texts[r.IntN(len(texts))], Kind: bot.Said}
	pick := func() string { return texts[r.IntN(len(texts))] }
	switch r.IntN(12) {
	case 0, 1, 2, 3, 4:
		ev.Kind, ev.Choice, ev.Rev = bot.Pressed, choices[r.IntN(len(choices))], rev-r.IntN(2)*r.IntN(2)
	case 5, 6, 7:
		ev.Text = pick()
	case 8:
		ev.Files = []bot.File{{Name: pick(), Kept: tiepdan.Attachment{SHA256: pick()}}, {Name: "x", Refused: "file.type"}}
		ev.Text = pick()
	case 9:
		ev.Kind, ev.Text = bot.Edited, pick()
	case 10:
		ev.Point, ev.Phone, ev.OwnPhone = &tiepdan.Point{Lat: 21, Lng: 106}, pick(), r.IntN(2) == 0
	default:
		ev.Kind = []bot.EventKind{bot.Said, bot.Unknown, bot.Filled, bot.Left, bot.Joined}[r.IntN(5)]
		ev.Payload = []string{"", "book_s1", "book_", "x"}[r.IntN(4)]
		ev.Command, ev.Form = []string{"start", "menu", "cancel", "submit", "xyz", ""}[r.IntN(6)], pick()
	}
	return ev
}

var said = []string{"", " ", "xong", "Xong", "1", "2", "12", "bỏ qua", "Quay lại", "Phường Mẫu Một", "phuong mau", "0912000003", "Người Dân Mẫu 8", "\u200b", "<b>&", "Ngập lụt ở đầu ngõ Mẫu",
	"Nguoi Dan Mau 9\nNgười Dân Mẫu 10", "/xyz", "gửi", "📨 Gửi", strings.Repeat("dài ", 300), strings.Repeat("rất dài ", 2000), "\xff\xfe", "đang cháy nhà"}

// randomMeeting is a session as it may stand when an event comes, or none.
func randomMeeting(r *rand.Rand) *bot.Meeting {
	if r.IntN(8) == 0 {
		return nil
	}
	at := now.Add(time.Duration(r.IntN(200)-50) * time.Hour)
	s := tiepdan.Session{ID: 1, Starts: at, Ends: at.Add(time.Hour), Places: r.IntN(3), Taken: r.IntN(2), Published: now, Sequence: r.IntN(2),
		Status: []tiepdan.SessionStatus{tiepdan.SessionPublished, tiepdan.SessionPublished, tiepdan.SessionOpen, tiepdan.SessionCancelled}[r.IntN(4)]}
	m := &bot.Meeting{Session: s, Watched: r.IntN(2) == 0, Gone: r.IntN(9) == 0}
	if r.IntN(2) == 0 {
		m.Cases = []tiepdan.Case{{ID: 1, Code: "TD26-0000-0000", Kind: tiepdan.PhanAnh}}
	}
	if r.IntN(3) == 0 {
		m.Visit = &tiepdan.Visit{At: s, Appointment: tiepdan.Appointment{ID: 1, Session: 1, Number: 1, Status: tiepdan.AppointmentStatuses()[r.IntN(7)]}}
	}
	return m
}

// randomOrder is a direction as it may stand when an event comes, or none.
func randomOrder(r *rand.Rand) *bot.Order {
	if r.IntN(3) == 0 {
		return nil
	}
	d := tiepdan.Directive{ID: 1, Year: 2026, Number: 1, Unit: 3, Task: "Việc mẫu", Due: tiepdan.DateOf(now), Status: tiepdan.DirectiveStatuses()[r.IntN(5)], Secret: r.IntN(5) == 0,
		History: []tiepdan.DirectiveEntry{{N: 1, Do: tiepdan.IssueDirective}, {N: 2, Do: tiepdan.ReportDirective, Text: "Đã xong"}}}
	return &bot.Order{Directive: d, Reply: r.IntN(6) == 0, Gone: r.IntN(9) == 0}
}

// wander does n random things and checks after each what must always hold.
func wander(t *testing.T, seed uint64, n int, texts []string) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	o := newOffice()
	b := o.books
	w := bot.World{Rules: &b.rules, Texts: templates.Texts{}, Now: now, ID: "draft", Account: bot.Account{PrivacyVersion: r.IntN(2), Person: tiepdan.Person{Name: "Người Dân Mẫu 8", Phone: "0912000003"}}}
	if r.IntN(3) == 0 {
		w.Staff = &tiepdan.Staff{ID: 5, Name: "Cán bộ Mẫu 5", Role: tiepdan.StaffRoles()[r.IntN(7)], Unit: 3}
	}
	if r.IntN(2) == 0 {
		c := tiepdan.Case{ID: 1, Code: "TD26-0000-0000", Kind: tiepdan.Kinds()[r.IntN(4)], Status: tiepdan.Statuses()[r.IntN(len(tiepdan.Statuses()))], Officer: 5, Unit: 3, History: []tiepdan.Entry{{N: 1, Do: tiepdan.Submit, At: now}}}
		if r.IntN(2) == 0 {
			c.History = append(c.History, tiepdan.Entry{N: 2, Do: tiepdan.Answer, At: now, Text: "Đã xong", Details: tiepdan.Details{Body: "Sở Mẫu"}}, tiepdan.Entry{N: 3, Do: tiepdan.Reopen, At: now})
		}
		w.About = &bot.About{Case: c, Mine: r.IntN(2) == 0, Reply: r.IntN(4) == 0, Gone: r.IntN(5) == 0}
	}
	var talk bot.Talk
	for range n {
		w.Meeting, w.Order, w.Orders = randomMeeting(r), randomOrder(r), r.IntN(3)
		before, err := json.Marshal(talk)
		if err != nil {
			t.Fatal(err)
		}
		ev := randomEvent(r, talk.Rev, texts)
		turn, err := bot.Advance(w, talk, ev)
		if err != nil {
			t.Fatalf("seed %d: %+v: %v", seed, ev, err)
		}
		if after, _ := json.Marshal(talk); string(after) != string(before) {
			t.Fatalf("seed %d: %+v changed its argument", seed, ev)
		}
		holds(t, talk, turn, ev, w)
		if t.Failed() {
			t.Fatalf("seed %d: %+v", seed, ev)
		}
		talk = turn.Talk
		w.Now = w.Now.Add(time.Duration(r.IntN(3)) * time.Hour)
		if talk.Idle = w.Now; r.IntN(50) == 0 {
			w.Now = w.Now.Add(8 * 24 * time.Hour)
		}
	}
}

// holds checks a turn: it says something, whatever it shows can be said, there is
// a way back, and no word of a draft is gone but by one's own choice.
func holds(t *testing.T, before bot.Talk, turn bot.Turn, ev bot.Event, w bot.World) {
	t.Helper()
	silent := ev.Kind == bot.Left || ev.Kind == bot.Joined || ev.Kind == bot.Edited || ev.Kind == bot.Filled
	if len(turn.Replies) == 0 && turn.Command == nil && !silent {
		t.Error("nothing is said")
	}
	buttons := 0
	for _, r := range turn.Replies {
		say(t, tiepdan.Vietnamese, r)
		buttons += len(r.Buttons)
		if r.Keyboard != nil {
			buttons++
		}
	}
	if turn.Command == nil && turn.Talk.Scene == bot.InPetition && len(turn.Replies) > 0 && buttons == 0 && !silent {
		if r := turn.Replies[0]; !r.Quiet && r.Key != "case.gone" && !strings.HasPrefix(r.Key, "work.") && !strings.HasPrefix(r.Key, "directive.") && r.Key != "case.add_nothing" {
			t.Errorf("no way back from %s", r.Key)
		}
	}
	if b := turn.Talk.Booking; (b != nil) != (turn.Talk.Scene == bot.InBooking) {
		t.Errorf("at %q with a booking %v", turn.Talk.Scene, b)
	} else if b != nil && turn.Command == nil && !silent && buttons == 0 && len(turn.Replies) > 0 && turn.Replies[0].Key != "case.gone" && turn.Replies[0].Key != "case.add_nothing" && !strings.HasPrefix(turn.Replies[0].Key, "work.") && !strings.HasPrefix(turn.Replies[0].Key, "directive.") {
		t.Errorf("no way back from %s", turn.Replies[0].Key)
	}
	if c, ok := turn.Command.(bot.BookVisit); ok && (c.Booking.Ref == "" || c.Booking.Session != before.Booking.Session || c.Booking.Phone != "") {
		t.Errorf("books %+v", c.Booking)
	}
	keepsWords(t, before, turn.Talk, ev, w)
}

func keepsWords(t *testing.T, before, after bot.Talk, ev bot.Event, w bot.World) {
	t.Helper()
	d := before.Draft
	expired := w.Now.Sub(before.Idle) > 7*24*time.Hour
	chosen := ev.Choice == "rewrite" || ev.Choice == "disagree" || ev.Choice == "discard_yes" || strings.HasPrefix(ev.Choice, "drop") || ev.Kind == bot.Said || ev.Kind == bot.Edited
	if d == nil || expired || chosen || d.Field == "" && len(d.Content)+len(d.Files) == 0 {
		return
	}
	if after.Draft == nil {
		t.Error("the draft is lost")
		return
	}
	if len(after.Draft.Content) < len(d.Content) || after.Draft.ID != d.ID {
		t.Error("content is lost")
	}
	if len(after.Draft.Files) < len(d.Files) && ev.Choice != "nofiles" {
		t.Error("files are lost")
	}
}

func TestNothingThrowsTheConversation(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		wander(t, seed, 60, said)
	}
}

func FuzzAdvance(f *testing.F) {
	f.Add(uint64(1), "xong")
	f.Add(uint64(2), "Ngập lụt\x00ở đầu ngõ")
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		wander(t, seed, 40, append([]string{text}, said...))
	})
}
