package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/store"
	"tiepdan/store/storetest"
	"tiepdan/templates"
)

// real is the engine over the real store.
type real struct {
	t    *testing.T
	s    *store.Store
	e    *bot.Engine
	head tiepdan.Actor
}

func newReal(t *testing.T) real {
	s := storetest.Open(t)
	return real{t, s, bot.NewEngine(bot.Options{Store: s, Files: shelf{}, Texts: templates.Texts{}, PublicURL: "https://mau.example"}),
		storetest.Staff(t, s, tiepdan.BoardHead, 0, true).Actor()}
}

// person is one account that talks to it.
func (r real) person(n int) *realChat {
	return &realChat{real: r, peer: storetest.Peer(n), id: rune('a' + n)}
}

type realChat struct {
	real
	peer tiepdan.Peer
	id   rune
	n    int
	rev  int
	out  bot.Outcome
}

func (c *realChat) do(ev bot.Event) string {
	c.t.Helper()
	c.n++
	if ev.ID == "" {
		ev.ID = string(c.id) + strings.Repeat("i", c.n)
	}
	ev.Message, ev.From, ev.At = "m"+ev.ID, c.peer, time.Now()
	if ev.Kind == "" {
		ev.Kind = bot.Said
	}
	out, err := c.e.Handle(c.t.Context(), ev)
	if err != nil {
		c.t.Fatalf("%+v: %v", ev, err)
	}
	c.out = out
	var b strings.Builder
	for _, r := range out.Replies {
		if r.Rev != 0 {
			c.rev = r.Rev
		}
		b.WriteString(say(c.t, r.Language, r) + "\n")
	}
	return b.String()
}

// play does the lines of a script and returns the last answer.
func (c *realChat) play(script string) (got string) {
	c.t.Helper()
	for do := range strings.SplitSeq(script, "|") {
		switch do[0] {
		case '/':
			name, payload, _ := strings.Cut(do[1:], " ")
			got = c.do(bot.Event{Text: do, Command: name, Payload: payload})
		case '#':
			got = c.do(bot.Event{Kind: bot.Pressed, Choice: do[1:], Rev: c.rev})
		default:
			got = c.do(bot.Event{Text: do})
		}
	}
	return got
}

// deliver says the messages that wait for the person, and marks them as sent.
func (c *realChat) deliver() (rs []bot.Reply, text string) {
	c.t.Helper()
	ms, err := c.s.ClaimOf(c.t.Context(), c.peer, 10)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, m := range ms {
		some, lang, err := c.e.Notice(c.t.Context(), bot.Notice{Peer: m.Peer, Case: m.Case, Entry: m.Entry, Key: m.Key, Reply: m.Reply,
			Staff: m.Staff, Language: m.Language, Attempt: m.Attempt, Created: m.Created, Again: m.Again})
		if err != nil {
			c.t.Fatal(err)
		}
		for _, r := range some {
			text += say(c.t, lang, r) + "\n"
			if err := c.s.RememberMessage(c.t.Context(), c.peer, "shown:"+m.Key, r.Case, r.Entry); err != nil {
				c.t.Fatal(err)
			}
		}
		if err := c.s.Delivered(c.t.Context(), m, "shown:"+m.Key); err != nil {
			c.t.Fatal(err)
		}
		rs = append(rs, some...)
	}
	return rs, text
}

const short = "#submit|#agree|#kind/phan_anh|#field/moi_truong|phuong mau 2|Bãi rác tự phát cạnh trường học|xong|#skip|Người Dân Mẫu 1|#skip|#send"

func TestTheStoryOnTheRealStore(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	c := r.person(1)
	want(t, c.play(short), "Đã gửi phản ánh")
	if !c.out.Due {
		t.Error("the receipt isn't due")
	}
	rs, text := c.deliver()
	want(t, text, "PHIẾU TIẾP NHẬN", "Mã PIN")
	id := rs[0].Case
	f := r.officer(t, 2)
	r.act(t, id, tiepdan.Act{Do: tiepdan.Assign, By: r.head, Details: tiepdan.Details{Unit: storetest.Unit(t, r.s, "MT"), Officer: f.staff}})
	_, text = f.deliver()
	want(t, text, "Việc mới được giao", "Bãi rác")
	want(t, f.do(bot.Event{Kind: bot.Pressed, Choice: "work/" + itoa(id) + "/take"}), "đã nhận việc")
	want(t, f.do(bot.Event{Text: "Đã thu gom sáng nay", ReplyTo: "shown:notice.assigned"}), "Dự thảo")
	want(t, f.play("#list/mine"), "TD")
	f.do(bot.Event{Text: "Đã thu gom sáng nay", ReplyTo: "shown:notice.assigned"})
	want(t, f.play("#answer_send"), "Đã gửi trả lời")
	_, text = c.deliver()
	want(t, text, "Đã thu gom sáng nay", "[👍 Hài lòng]")
	want(t, c.do(bot.Event{Kind: bot.Pressed, Choice: "case/" + itoa(id) + "/rate/3"}), "hài lòng")
	want(t, c.play("/mycases"), "Đã trả lời")
	want(t, c.play("/privacy"), "Người Dân Mẫu 1", "Hồ sơ đã gửi: 1")
	k, err := r.s.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	s := r.person(3)
	want(t, s.play("/track|"+string(k.Code)+"|"+r.s.PIN(k.Code)), string(k.Code), "Đã trả lời")
	wrong := "000000"
	if wrong == r.s.PIN(k.Code) {
		wrong = "000001"
	}
	want(t, s.play("/track|"+string(k.Code)+"|"+wrong), "không tìm thấy")
}

// member is an officer with a chat account.
type member struct {
	*realChat
	staff int64
}

// officer joins by an invitation, as people do.
func (r real) officer(t *testing.T, n int) member {
	t.Helper()
	st := storetest.Staff(t, r.s, tiepdan.Officer, storetest.Unit(t, r.s, "MT"), false)
	token, err := r.s.Invite(t.Context(), r.head, st.ID, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c := r.person(n)
	want(t, c.play("/start join_"+token), "Xin chờ cơ quan xác nhận")
	joins, err := r.s.PendingJoins(t.Context())
	if err != nil || len(joins) != 1 {
		t.Fatalf("%v, %v", joins, err)
	}
	if err := r.s.ConfirmJoin(t.Context(), r.head, joins[0].ID, true, time.Now()); err != nil {
		t.Fatal(err)
	}
	_, text := c.deliver()
	want(t, text, "đã được xác nhận")
	want(t, c.play("/menu"), "[📥 Việc mới]")
	return member{c, st.ID}
}

func (r real) act(t *testing.T, id int64, a tiepdan.Act) {
	t.Helper()
	a.At = time.Now()
	if _, _, err := r.s.UpdateCase(t.Context(), id, a.Apply); err != nil {
		t.Fatal(err)
	}
}

func itoa(n int64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func TestADenunciationOnTheRealStore(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	c := r.person(1)
	want(t, c.play("#submit|#agree|#kind/to_cao|#unnamed_info|#field/tham_nhung|#skip|Chuyện bí mật cần báo|#done|#skip|#send"), "Đã gửi thông tin")
	rs, text := c.deliver()
	want(t, text, "chưa phải đơn tố cáo")
	wantNot(t, text, "bí mật cần báo")
	show := c.do(bot.Event{Kind: bot.Pressed, Choice: "case/" + itoa(rs[0].Case) + "/show"})
	want(t, show, "giữ kín")
	want(t, c.do(bot.Event{Text: "Bổ sung thêm chi tiết", ReplyTo: "shown:notice.receipt"}), "Đã đưa vào hồ sơ")
	want(t, c.play("/privacy"), "Hồ sơ đã gửi: 0")
	stranger := r.person(2)
	want(t, stranger.do(bot.Event{Kind: bot.Pressed, Choice: "case/" + itoa(rs[0].Case) + "/show"}), "không thấy hồ sơ này")
}

func TestTheSecurePageOnTheRealStore(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	c := r.person(1)
	c.play("#submit|#agree|#kind/kien_nghi|#field/dat_dai|#skip|Xin mở thêm tuyến xe buýt|#done|#skip|#secure")
	url := c.out.Replies[0].Buttons[0][0].URL
	token := url[strings.LastIndex(url, "/")+1:]
	form, err := r.s.SecureForm(t.Context(), token, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	who := tiepdan.Person{Name: "Người Dân Mẫu 2", Phone: "0900000002", Address: "Số 2, đường Mẫu"}
	if err := r.s.FillSecure(t.Context(), token, who, tiepdan.Group{}, "", time.Now()); err != nil {
		t.Fatal(err)
	}
	want(t, c.do(bot.Event{Kind: bot.Filled, Form: form.Draft}), "đã điền trên trang bảo mật")
	want(t, c.play("#send"), "Đã gửi kiến nghị")
	rs, _ := c.deliver()
	k, err := r.s.Case(t.Context(), rs[0].Case)
	if err != nil || k.Person != who {
		t.Errorf("%v, filed for another: %v", err, k.Person != who)
	}
}

func TestOneSendFilesOnce(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	c := r.person(1)
	c.play(strings.TrimSuffix(short, "|#send"))
	rev := c.rev
	errs := make(chan error, 8)
	for i := range 8 {
		go func() {
			_, err := c.e.Handle(context.WithoutCancel(t.Context()), bot.Event{ID: "s" + itoa(int64(i)), From: c.peer, At: time.Now(), Kind: bot.Pressed, Choice: "send", Rev: rev})
			errs <- err
		}()
	}
	for range 8 {
		<-errs // some find that the talk moved on twice, and would be tried again
	}
	cs, err := r.s.CasesOf(t.Context(), c.peer)
	if err != nil || len(cs) != 1 {
		t.Errorf("%d cases, %v", len(cs), err)
	}
}
