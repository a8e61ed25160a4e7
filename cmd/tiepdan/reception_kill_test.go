package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

// TestKilledWhileTwentyBook kills the binary while people book at one session:
// nobody has two appointments, no place has two people, and who was told of a place
// has that very one.
func TestKilledWhileTwentyBook(t *testing.T) {
	t.Parallel()
	const people, kills, places = 20, 3, 14
	o := openOffice(t, "polling")
	now := time.Now()
	id, err := o.store.AddSession(t.Context(), tiepdan.Actor{Role: tiepdan.System}, tiepdan.Session{Kind: tiepdan.Extraordinary, Status: tiepdan.SessionPublished,
		Published: now, Starts: now.Add(30 * time.Hour), Ends: now.Add(33 * time.Hour), Place: "Phòng tiếp công dân Mẫu", Presides: presiding, Places: places})
	o.must(err)
	d, err := o.store.Session(t.Context(), id)
	o.must(err)
	booked := make(chan *simulator.User, people)
	for i := range people {
		u := o.sim.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Lang: "vi"})
		go func() {
			if err := bookAt(o, u, d.Token); err != nil {
				t.Error(err)
			}
			booked <- u
		}()
	}
	for i := range kills {
		awaitBooked(o, id, 2+i*people/kills)
		o.kill()
		o.start()
	}
	taken := map[int]bool{}
	waiting := map[int]bool{}
	for range people {
		u := <-booked
		v, ok := onlyVisit(o, u)
		switch {
		case !ok:
		case v.Status == tiepdan.Booked && !taken[v.Number]:
			taken[v.Number] = true
		case v.Status == tiepdan.OnWaitingList && !waiting[v.Position]:
			waiting[v.Position] = true
		default:
			t.Errorf("%s at number %d, position %d, which another has", v.Status, v.Number, v.Position)
		}
	}
	d, err = o.store.Session(t.Context(), id)
	if err != nil || d.Taken != places || d.Waiting != people-places || len(taken) != places || len(waiting) != people-places {
		t.Errorf("%d places taken and %d people waiting by the session, %d and %d by their appointments, %v", d.Taken, d.Waiting, len(taken), len(waiting), err)
	}
	if _, oldest, err := o.store.InboxDepth(t.Context()); err != nil || oldest > patience {
		t.Errorf("letters are left behind: %v, %v", oldest, err)
	}
}

// awaitBooked waits until so many have a place or wait for one.
func awaitBooked(o *office, session int64, n int) {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		d, err := o.store.Session(ctx, session)
		o.must(err)
		if d.Taken+d.Waiting >= n {
			return
		}
		<-look.C
	}
}

var numberTold = regexp.MustCompile(`Số thứ tự: (\d+)`)

// onlyVisit is u's one appointment, if it is the one that they were told of.
func onlyVisit(o *office, u *simulator.User) (tiepdan.Visit, bool) {
	visits, err := o.store.Visits(o.t.Context(), peerOf(u), time.Now())
	if err != nil || len(visits) != 1 {
		o.t.Errorf("%d appointments of one person, %v\n%s", len(visits), err, chatOf(u))
		return tiepdan.Visit{}, false
	}
	v := visits[0]
	for _, m := range u.Messages() {
		if said := numberTold.FindStringSubmatch(m.Text); m.FromBot && said != nil {
			if n, _ := strconv.Atoi(said[1]); n != v.Number {
				o.t.Errorf("told of number %d, has %d (%s)\n%s", n, v.Number, v.Status, chatOf(u))
			}
		}
	}
	return v, true
}

// bookAt talks with the bot until it has given a place, or one on the waiting list,
// as a person does who presses again when nothing happens.
func bookAt(o *office, u *simulator.User, token string) error {
	u.Start("book_" + token)
	for until := time.Now().Add(patience); !heard(u, "ĐÃ ĐẶT CHỖ") && !heard(u, "Đã vào danh sách chờ"); {
		if time.Now().After(until) {
			return fmt.Errorf("no place:\n%s\n%s", chatOf(u), o.log)
		}
		n, newest, last := len(u.Messages()), u.Last(), screen(u)
		for _, label := range []string{"✅ Đặt chỗ", "⏳ Vào danh sách chờ", "🗓 Đăng ký buổi này", "✅ Đồng ý", "⏭ Bỏ qua"} {
			if hasButton(last, label) {
				_ = u.PressOn(last.ID, label) // the screen may have changed meanwhile
				break
			}
		}
		if strings.Contains(last.Text, "Lịch hẹn của Ông/Bà") { // booked, and the word of it was lost
			return nil
		}
		awaitChange(o, u, n, newest)
	}
	return nil
}
