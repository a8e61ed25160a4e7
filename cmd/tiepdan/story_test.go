package main

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

// TestTheWholeStory goes from a citizen's /start to the answer in their chat,
// with the real binary, in both ways in which updates come.
func TestTheWholeStory(t *testing.T) {
	for _, mode := range []string{"polling", "webhook"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			tellStory(t, openOffice(t, mode))
		})
	}
}

const (
	complaint = "Đèn đường ngõ 12 phố Mẫu không sáng đã hai tuần nay."
	question  = "Xin Ông/Bà cho biết số cột đèn."
	detail    = "Cột đèn số 5, ngay trước trạm y tế."
	reply     = "Đèn đã được thay vào sáng nay. Trân trọng cảm ơn Ông/Bà."
)

func tellStory(t *testing.T, o *office) {
	desk, _ := o.hire("tiepnhan", tiepdan.Receptionist, "")
	_, officer := o.hire("canbo", tiepdan.Officer, "ha-tang")
	citizen := o.sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi", Phone: "0900000001"})
	o.must(file(o, citizen, complaint))
	code := o.codeIn(o.hear(citizen, "TD"))

	if inbox := desk.get("/inbox"); !strings.Contains(inbox, string(code)) {
		t.Fatalf("the case isn't in the inbox:\n%s", inbox)
	}
	if page := desk.get("/cases/" + string(code)); !strings.Contains(page, "ngõ 12 phố Mẫu") {
		t.Fatal("the case's page doesn't show its content")
	}
	ctx, cancel := o.context()
	defer cancel()
	c, err := o.store.CaseByCode(ctx, code)
	o.must(err)
	desk.act(code, tiepdan.Classify, url.Values{"kind": {"phan_anh"}, "field": {"ha_tang"}, "place": {"mau-dong"}})
	assignTo(o, desk, code, "canbo")

	o.hear(officer, string(code))
	o.press(officer, "✅ Nhận việc")
	o.press(officer, "💬 Hỏi thêm")
	o.hear(officer, "cần công dân bổ sung điều gì")
	officer.Send(question)
	asked := o.hear(citizen, question)
	citizen.Reply(asked.ID, detail)
	supplied := o.hear(officer, detail)
	officer.Reply(supplied.ID, reply)
	o.press(officer, "📨 Gửi công dân")
	answered := o.hear(citizen, reply)
	if !strings.Contains(answered.Text, string(code)) {
		t.Errorf("the answer doesn't name its case: %q", answered.Text)
	}
	o.press(citizen, "👍 Hài lòng")
	o.await(citizen, func() bool {
		c, err = o.store.Case(ctx, c.ID)
		o.must(err)
		_, rated := c.Satisfaction()
		return rated
	})
	var deeds []tiepdan.Action
	for _, e := range c.History {
		if e.Do != tiepdan.RecordDelivery { // which is written when the chat has it: before the rating, or after
			deeds = append(deeds, e.Do)
		}
	}
	want := "[submit classify assign take ask_more supply answer rate]"
	if c.Status != tiepdan.Answered || fmt.Sprint(deeds) != want {
		t.Errorf("%s by %v, want %s", c.Status, deeds, want)
	}
	o.refusedNothing()
	for _, secret := range []string{complaint, detail, "Người Dân Mẫu 1", "0900000001", o.sim.Token(), fmt.Sprint(citizen.ID())} {
		if strings.Contains(o.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}

func assignTo(o *office, b *browser, code tiepdan.CaseCode, login string) {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	staff, _, err := o.store.StaffByLogin(ctx, login)
	o.must(err)
	b.act(code, tiepdan.Assign, url.Values{"unit": {fmt.Sprint(staff.Unit)}, "officer": {fmt.Sprint(staff.ID)}})
}

// file talks with the bot until it has given a receipt, as a person does who
// presses again when nothing happens.
func file(o *office, u *simulator.User, content string) error {
	u.Start("")
	for said, until := false, time.Now().Add(patience); !hasReceipt(u); {
		if time.Now().After(until) {
			return fmt.Errorf("no receipt:\n%s\n%s", chatOf(u), o.log)
		}
		n := len(u.Messages())
		last := u.Last()
		label, write := nextStep(last, said)
		if write {
			u.Send(content)
			said = true
		} else if label != "" {
			_ = u.PressOn(last.ID, label) // the screen may have changed meanwhile
		}
		awaitChange(o, u, n, last)
	}
	return nil
}

// awaitChange waits until the chat shows something new, or a moment has passed.
func awaitChange(o *office, u *simulator.User, n int, last simulator.Message) {
	ctx, cancel := o.context()
	defer cancel()
	again := time.Now().Add(6 * time.Second)
	wake := time.AfterFunc(6*time.Second, cancel)
	defer wake.Stop()
	_ = u.Until(ctx, func() bool {
		now := u.Last()
		return now.ID != last.ID || now.Text != last.Text || len(u.Messages()) > n+1 || time.Now().After(again)
	})
}

func hasReceipt(u *simulator.User) bool {
	for _, m := range u.Messages() {
		if m.FromBot && codeForm.MatchString(m.Text) {
			return true
		}
	}
	return false
}

// nextStep is what a person does who sees this screen.
func nextStep(m simulator.Message, said bool) (label string, write bool) {
	for _, l := range []string{"✅ Đồng ý", "▶️ Tiếp tục đơn đang viết", "📨 Gửi", "Phản ánh", "Khác", "🕶 Không nêu tên"} {
		if _, ok := m.Button(l); ok {
			return l, false
		}
	}
	_, done := m.Button("✅ Xong")
	_, skip := m.Button("⏭ Bỏ qua")
	switch {
	case skip:
		return "⏭ Bỏ qua", false
	case done && said:
		return "✅ Xong", false
	case done, !said && len(m.Buttons) > 0 && !hasButton(m, "📝 Gửi đơn, phản ánh"):
		return "", true
	case hasButton(m, "📝 Gửi đơn, phản ánh"):
		return "📝 Gửi đơn, phản ánh", false
	}
	return "", false
}

func hasButton(m simulator.Message, label string) bool {
	_, ok := m.Button(label)
	return ok
}

// TestKilledAgainAndAgain kills the binary while people file: whatever the
// moment, each gets a receipt and each has exactly one case.
func TestKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	const people, kills = 24, 6
	o := openOffice(t, "polling")
	filed := make(chan *simulator.User, people)
	for i := range people {
		u := o.sim.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Lang: "vi"})
		go func() {
			if err := file(o, u, fmt.Sprintf("%s Số %d.", complaint, i+1)); err != nil {
				t.Error(err)
			}
			filed <- u
		}()
	}
	tick := time.NewTicker(700 * time.Millisecond)
	defer tick.Stop()
	for range kills {
		<-tick.C
		o.kill()
		o.start()
	}
	for range people {
		u := <-filed
		cases, err := o.store.CasesOf(t.Context(), peerOf(u))
		if err != nil || len(cases) != 1 {
			t.Errorf("%d cases of one person, %v\n%s", len(cases), err, chatOf(u))
			continue
		}
		if !strings.Contains(cases[0].Text, u.Person().Name[len("Người Dân Mẫu "):]+".") {
			t.Errorf("the content is lost: %q", cases[0].Text)
		}
	}
	if _, oldest, err := o.store.InboxDepth(t.Context()); err != nil || oldest > patience {
		t.Errorf("letters are left behind: %v, %v", oldest, err)
	}
}
