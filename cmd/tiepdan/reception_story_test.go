package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

// TestTheReceptionDay goes through all that a reception is, with the real binary:
// from the rule that gives its days to the report of what came of it.
func TestTheReceptionDay(t *testing.T) {
	t.Parallel()
	r := openReception(t, "polling")
	r.plan()
	r.announce()
	r.book()
	r.change()
	r.receive()
	r.keepBook()
	r.conclude()
	r.report()
	r.leavesNoTrace()
}

// TestTheReceptionDayByWebhook is the core of it, as updates come in an office that
// has an address of its own.
func TestTheReceptionDayByWebhook(t *testing.T) {
	t.Parallel()
	r := openReception(t, "webhook")
	r.head1()
	r.announce()
	r.book()
	r.change()
	r.receive()
	r.conclude()
	r.leavesNoTrace()
}

// reception is an office on the day of a reception: who works there, who comes, and
// the session that it is about.
type reception struct {
	*office
	boss, leader, desk, unit        *browser
	leaderPhone, unitPhone, officer *simulator.User
	first, second, third, watcher   *simulator.User
	head                            tiepdan.Head
	day                             tiepdan.Session
	code                            tiepdan.CaseCode // of the first's petition
	entered                         tiepdan.CaseCode // of what was taken in at the desk
	directive                       tiepdan.Directive
	accepted                        bool
}

const (
	presiding  = "Lãnh đạo Mẫu 3"
	focus      = "Đèn đường và thoát nước (mẫu)"
	secretName = "Người Dân Mẫu Kín Danh"
	secretCall = "0900000977"
	secretTold = "Nội dung tố cáo mẫu, chỉ người có thẩm quyền được đọc."
	told       = "Đường ngõ 7 phố Mẫu ngập mỗi khi mưa, đề nghị sửa cống."
	concluded  = "Giao Phòng Hạ tầng kiểm tra cống ngõ 7 trong tháng."
	task       = "Kiểm tra, nạo vét cống ngõ 7 phố Mẫu."
	done       = "Đã nạo vét xong cống, nước thoát tốt."
)

func openReception(t *testing.T, mode string) *reception {
	r := &reception{office: openOffice(t, mode)}
	r.boss, _ = r.hire("truongban", tiepdan.BoardHead, "")
	r.leader, r.leaderPhone = r.hire("lanhdao", tiepdan.Leader, "")
	r.desk, _ = r.hire("tiepnhan", tiepdan.Receptionist, "")
	r.unit, r.unitPhone = r.hire("truongphong", tiepdan.UnitHead, "ha-tang")
	_, r.officer = r.hire("canbo", tiepdan.Officer, "ha-tang")
	for i, u := range []**simulator.User{&r.first, &r.second, &r.third, &r.watcher} {
		*u = r.sim.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Lang: "vi"})
	}
	return r
}

// head1 makes the head whose day it is, by the page.
func (r *reception) head1() {
	r.t.Helper()
	page := r.boss.send(r.boss.get("/heads"), "/heads", "name", presiding, "title", "Giám đốc Sở Mẫu", "duty", "duty.head_of_agency")
	if !strings.Contains(page.body, "Giám đốc Sở Mẫu") {
		r.t.Fatalf("the head isn't on the page: %s", wordsOf(page.body))
	}
	heads, err := r.store.Heads(r.t.Context())
	r.must(err)
	for _, h := range heads {
		if h.Name == presiding {
			r.head = h
		}
	}
}

// plan makes the head's rule, and the quarter that comes of it, until it is public.
func (r *reception) plan() {
	r.head1()
	today := tiepdan.DateOf(time.Now())
	page := r.boss.get("/recurrences/new")
	made := r.boss.send(page, "/recurrences", "name", "Giám đốc Sở Mẫu tiếp hằng tuần", "form", "weekdays", "weekdays", "3", "starting", today.Add(1).String(),
		"day_off", "next", "kind", "periodic", "from", "13:30", "to", "16:00", "place", "Phòng tiếp Sở Mẫu", "head", fmt.Sprint(r.head.ID), "presides", "", "places", "5", "cut_days", "1")
	if !strings.HasPrefix(made.where, "/recurrences/") {
		r.t.Fatalf("the rule isn't kept: %s", wordsOf(made.body))
	}
	year, quarter := tiepdan.QuarterOf(today.Add(30))
	at := fmt.Sprintf("/plans/%d/%d", year, quarter)
	_, sessions, err := r.store.Plan(r.t.Context(), year, quarter)
	r.must(err)
	mine := 0
	for _, d := range sessions {
		if d.Head == r.head.ID {
			mine++
			if d.Status != tiepdan.SessionDraft || d.Presides != "Giám đốc Sở Mẫu "+presiding {
				r.t.Errorf("%+v", d)
			}
		}
	}
	if mine < 4 || !strings.Contains(r.desk.get(at), "Phòng tiếp Sở Mẫu") {
		r.t.Fatalf("the rule gave %d sessions of the quarter", mine)
	}
	r.madeYear()
	r.publishQuarter(at)
	_, sessions, err = r.store.Plan(r.t.Context(), year, quarter)
	r.must(err)
	for _, d := range sessions {
		if !d.Public() {
			r.t.Errorf("of the published quarter the session of %s is %s", d.On(), d.Status)
		}
	}
	r.showsQuarter(fmt.Sprintf("%d-Q%d", year, quarter), sessions)
}

// madeYear waits until the day's making of sessions is over: a draft that is made
// meanwhile is one that nobody has confirmed.
func (r *reception) madeYear() {
	r.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for until := time.Now().Add(patience); ; <-tick.C {
		var done int
		r.must(r.store.Pool().QueryRow(r.t.Context(), `SELECT count(*) FROM river_job WHERE kind = 'make_sessions' AND state = 'completed'`).Scan(&done))
		if done > 0 {
			return
		}
		if time.Now().After(until) {
			r.t.Fatalf("the year's sessions weren't made\n%s", r.log)
		}
	}
}

// publishQuarter confirms, submits and publishes a plan: nobody skips a step, and
// the desk doesn't publish.
func (r *reception) publishQuarter(at string) {
	r.t.Helper()
	if got := r.leader.ask(http.MethodPost, at+"/publish", nil); got.status != http.StatusConflict {
		r.t.Errorf("a plan that nobody submitted is published: %d", got.status)
	}
	r.desk.post(at+"/confirm", fields("all", "1"))
	r.desk.post(at+"/submit", nil)
	if got := r.desk.ask(http.MethodPost, at+"/publish", nil); got.status != http.StatusForbidden {
		r.t.Errorf("the desk publishes a plan: %d", got.status)
	}
	if page := r.leader.send(r.leader.get(at), at+"/publish"); !strings.Contains(page.body, "Đã công bố") {
		r.t.Errorf("the leader isn't told that it is public: %s", wordsOf(page.body))
	}
}

// showsQuarter sees to it that the sessions are where citizens look for them.
func (r *reception) showsQuarter(period string, sessions []tiepdan.Session) {
	r.t.Helper()
	all := r.stranger().ask(http.MethodGet, "/schedule?period="+period, nil)
	embed := r.stranger().ask(http.MethodGet, "/schedule/embed?days=184", nil)
	events := feedOf(r.t, r.stranger().get("/schedule.ics"))
	for _, d := range sessions {
		e, ok := events[d.UID()]
		if !ok {
			r.t.Errorf("the feed lacks the session of %s", d.On())
			continue
		}
		if at, err := e.DateTimeStart(tiepdan.Hanoi); err != nil || !at.Equal(d.Starts) {
			r.t.Errorf("in the feed it starts at %v, %v, want %v", at, err, d.Starts)
		}
		if d.Head == r.head.ID && (!strings.Contains(all.body, `id="s-`+d.Token) || !strings.Contains(embed.body, d.Token)) {
			r.t.Errorf("the session of %s isn't on the pages", d.On())
		}
	}
	if csp := embed.header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *") || len(embed.header["Set-Cookie"]) > 0 || strings.Contains(embed.body, "<script") {
		r.t.Errorf("the embedded page: %q, %v", csp, embed.header)
	}
}

// announce adds the session that the story is about, and publishes it.
func (r *reception) announce() {
	r.day = r.session(focus, 2, soon)
	if page := r.stranger().get("/schedule/" + r.day.Token); !strings.Contains(page, focus) || !strings.Contains(page, presiding) {
		r.t.Errorf("its page says %s", wordsOf(page))
	}
}

// session makes a session by hand, by the pages, and publishes it.
func (r *reception) session(focus string, places int, when func(time.Time) (starts, ends time.Time)) tiepdan.Session {
	r.t.Helper()
	starts, ends := when(time.Now())
	ctx, cancel := r.context()
	defer cancel()
	rules, err := r.store.Rules(ctx)
	r.must(err)
	form := fields("kind", "periodic", "day", tiepdan.DateOf(starts).String(), "from", clock(starts), "until", clock(ends), "place", "Phòng tiếp công dân Mẫu",
		"head", fmt.Sprint(r.head.ID), "presides", presiding, "focus", focus, "places", fmt.Sprint(places), "units", fmt.Sprint(unitID(rules, "ha-tang")))
	at, _, _ := strings.Cut(r.desk.ask(http.MethodPost, "/sessions", form).where, "?")
	if got := r.leader.ask(http.MethodPost, at+"/stand", fields("do", "publish")); got.status != http.StatusOK {
		r.t.Fatalf("%s isn't published: %d %s", at, got.status, wordsOf(got.body))
	}
	all, err := r.store.PublicSessions(ctx, starts.Add(-time.Minute), ends)
	r.must(err)
	for _, d := range all {
		if d.Focus == focus {
			return d
		}
	}
	r.t.Fatalf("the session at %s isn't public", at)
	return tiepdan.Session{}
}

// leavesNoTrace is what holds when all is over: Telegram refused nothing, and the
// log tells nothing of anybody.
func (r *reception) leavesNoTrace() {
	r.refusedNothing()
	for _, secret := range []string{secretName, secretCall, secretTold, told, "Người Dân Mẫu", r.day.Token, r.sim.Token(), fmt.Sprint(r.first.ID()), fmt.Sprint(r.second.ID())} {
		if strings.Contains(r.log.String(), secret) {
			r.t.Errorf("the log tells %q", secret)
		}
	}
	if strings.Contains(r.log.String(), `"level":"ERROR"`) || strings.Contains(r.log.String(), "level=ERROR") {
		r.t.Errorf("something went wrong:\n%s", r.log)
	}
}

// eventOf is what the feed says of a session now.
func (r *reception) eventOf(d tiepdan.Session) (sequence, status string) {
	r.t.Helper()
	e, ok := feedOf(r.t, r.stranger().get("/schedule.ics"))[d.UID()]
	if !ok {
		r.t.Fatal("the feed lacks the session")
	}
	return e.Props.Get(ical.PropSequence).Value, e.Props.Get(ical.PropStatus).Value
}
