package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/bot/telegram"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store"
)

// littlePast and muchPast are how many appointments an office may have behind it:
// a few, and those of many years.
const (
	littlePast = 100
	muchPast   = 1_000_000
)

// benchRounds is how often each thing of the reception is done for its figures.
const benchRounds = 300

// reception measures what the past costs: the same things are done with few
// appointments behind them, and with a million.
func (b *bencher) reception(ctx context.Context) error {
	s, err := b.services(ctx, "reception")
	if err != nil {
		return err
	}
	defer s.close()
	c, end, err := b.site(ctx, s, "reception")
	if err != nil {
		return err
	}
	defer end()
	st, err := openStore(ctx, c, quiet)
	if err != nil {
		return err
	}
	defer st.Close()
	d := &benchDay{bencher: b, store: st, site: "http://" + c.HTTPAddr}
	if err := d.prepare(ctx); err != nil {
		return err
	}
	little, err := d.measure(ctx, littlePast)
	if err != nil {
		return err
	}
	much, err := d.measure(ctx, muchPast-littlePast)
	if err != nil {
		return err
	}
	b.row("reception, p50 and p95", "with %d and with %d past appointments, ratio of p50", littlePast, muchPast)
	for i, l := range little {
		m := much[i]
		b.row("  "+l.what, "%s %s → %s %s, %.2f ×", ms(l.p50), ms(l.p95), ms(m.p50), ms(m.p95), m.p50.Seconds()/l.p50.Seconds())
	}
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

// site runs the whole, with a Bot API at which nobody talks.
func (b *bencher) site(ctx context.Context, s *services, name string) (config, func(), error) {
	sim := simulator.New(simulator.Options{CalmSetWebhook: true})
	if err := sim.Start("127.0.0.1:0"); err != nil {
		return config{}, nil, err
	}
	addr, err := freeAddress()
	if err != nil {
		sim.Close()
		return config{}, nil, err
	}
	c := b.config(s, name)
	c.HTTPAddr, c.Token, c.TelegramURL = addr, sim.Token(), sim.URL()
	end, err := b.product(ctx, c)
	if err != nil {
		sim.Close()
		return c, nil, err
	}
	return c, func() { end(); sim.Close() }, awaitReady(ctx, "http://"+addr)
}

// benchDay is the office that is measured: a receptionist at a desk, a session
// under way and one to book at.
type benchDay struct {
	*bencher
	store   *store.Store
	site    string
	by      tiepdan.Actor
	browser http.Client
	now     int64 // the session under way
	next    int64 // the one with places
	booked  int
}

// prepare publishes the sessions of a year and fills the queue of one that is on.
func (d *benchDay) prepare(ctx context.Context) error {
	if err := d.hire(ctx); err != nil {
		return err
	}
	now := time.Now()
	if _, err := d.store.MakeSessions(ctx, now); err != nil {
		return err
	}
	if err := d.publish(ctx, now); err != nil {
		return err
	}
	var err error
	if d.next, err = d.store.AddSession(ctx, d.by, tiepdan.Session{Kind: tiepdan.Extraordinary, Status: tiepdan.SessionPublished, Presides: "bench",
		Place: "here", Starts: now.Add(48 * time.Hour), Ends: now.Add(51 * time.Hour), Places: 40}); err != nil {
		return err
	}
	if d.now, err = d.store.AddSession(ctx, d.by, tiepdan.Session{Kind: tiepdan.Extraordinary, Status: tiepdan.SessionOpen, Opened: now, Published: now,
		Presides: "bench", Place: "here", Receiver: "bench", Starts: now.Add(-time.Minute), Ends: now.Add(3 * time.Hour), Places: 80}); err != nil {
		return err
	}
	return d.fill(ctx, now)
}

// fill has some people received today, and others wait.
func (d *benchDay) fill(ctx context.Context, now time.Time) error {
	for i := range benchReceived + benchQueue {
		name := fmt.Sprintf("Người Dân Mẫu %d", i+1)
		a, err := d.store.WalkIn(ctx, d.by, tiepdan.Booking{Session: d.now, Ref: fmt.Sprintf("bench-walk-in-%d", i), Name: name, Wait: true, Actor: d.by}, now)
		if err != nil {
			return err
		}
		if i >= benchReceived {
			continue
		}
		if _, err := d.store.WriteReception(ctx, d.by, tiepdan.Reception{Session: d.now, Appointment: a.ID, On: tiepdan.DateOf(now), Began: now, Ended: now,
			Person: tiepdan.Person{Name: name}, Kind: tiepdan.KienNghi, Content: "Đề nghị sửa đèn đường ngõ 12.", Result: tiepdan.ResultGuided}); err != nil {
			return err
		}
	}
	return nil
}

// benchReceived is how many people were received today, and benchQueue how many wait.
const benchReceived, benchQueue = 30, 30

// publish makes what the rules gave public, as a plan's publication does.
func (d *benchDay) publish(ctx context.Context, now time.Time) error {
	all, err := d.store.Sessions(ctx, now, now.AddDate(0, 6, 0))
	if err != nil {
		return err
	}
	for _, one := range all {
		if _, err := d.store.ChangeSession(ctx, d.by, one.ID, func(s tiepdan.Session) (tiepdan.Session, error) {
			s.Status = tiepdan.SessionPublished
			return s, nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// hire makes the receptionist and signs them in.
func (d *benchDay) hire(ctx context.Context) error {
	password := strconv.FormatInt(time.Now().UnixNano(), 36)
	hash, err := argon2id.CreateHash(password, backend.PasswordParams)
	if err != nil {
		return err
	}
	p := tiepdan.Staff{Login: "bench", Name: "Cán bộ Mẫu 1", Role: tiepdan.Receptionist, Language: tiepdan.Vietnamese}
	if p.ID, err = d.store.SaveStaff(ctx, nobody, p); err != nil {
		return err
	}
	if err := d.store.SetPassword(ctx, nobody, p.ID, hash); err != nil {
		return err
	}
	d.by = p.Actor()
	if d.browser.Jar, err = cookiejar.New(nil); err != nil {
		return err
	}
	res, err := d.browser.PostForm(d.site+"/sign-in", url.Values{"login": {p.Login}, "password": {password}})
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if page, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(page), "/sign-out") {
		return fmt.Errorf("nobody is signed in: %s, %w", res.Status, err)
	}
	return nil
}

// pace is how long one thing takes: half of its rounds at most, and 19 of 20.
type pace struct {
	what     string
	p50, p95 time.Duration
}

// measure adds so many appointments to the past and does everything.
func (d *benchDay) measure(ctx context.Context, past int) (all []pace, err error) {
	if err := d.store.FillReceptionBench(ctx, past); err != nil {
		return nil, err
	}
	for _, one := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"a place is booked and given back", d.book},
		{"the schedule's page", d.page("/schedule")},
		{"its feed", d.page("/schedule.ics")},
		{"the reading for the bot's schedule screen", d.screen},
		{"the desk's page, its queue of 30", d.page(fmt.Sprintf("/desk/%d", d.now))},
		{"the book's page, this month", d.page("/book")},
		{"the book's page, the year's last 50", d.page("/book?span=year")},
	} {
		p, err := paceOf(ctx, benchRounds, one.what, one.do)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.what, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// paceOf does one thing again and again; the first times warm it up.
func paceOf(ctx context.Context, rounds int, what string, do func(context.Context) error) (pace, error) {
	took := make([]time.Duration, rounds)
	for i := -rounds / 10; i < rounds; i++ {
		start := time.Now()
		if err := do(ctx); err != nil {
			return pace{}, err
		}
		if i >= 0 {
			took[i] = time.Since(start)
		}
	}
	slices.Sort(took)
	return pace{what, took[rounds/2], took[rounds*95/100]}, nil
}

// book gives a person who was here before a place, and takes it back.
func (d *benchDay) book(ctx context.Context) error {
	d.booked++
	peer := tiepdan.Peer{Channel: telegram.Channel, ID: fmt.Sprintf("bench-%d", d.booked)}
	v, err := d.store.Book(ctx, tiepdan.Booking{Session: d.next, Ref: fmt.Sprintf("bench-%d", d.booked), Name: "Người Dân Mẫu 1", Peer: peer,
		Actor: tiepdan.Actor{Role: tiepdan.Citizen}})
	if err != nil {
		return err
	}
	_, err = d.store.CancelVisit(ctx, peer, v.ID, time.Now())
	return err
}

// screen is what the bot reads for its schedule screen.
func (d *benchDay) screen(ctx context.Context) error {
	now := time.Now()
	peer := tiepdan.Peer{Channel: telegram.Channel, ID: "bench-1"}
	if _, err := d.store.PublicSessions(ctx, now.Add(-12*time.Hour), now.Add(60*24*time.Hour)); err != nil {
		return err
	}
	if _, err := d.store.Visits(ctx, peer, now); err != nil {
		return err
	}
	_, err := d.store.Watches(ctx, peer)
	return err
}

// page reads a page of the site to its end.
func (d *benchDay) page(path string) func(context.Context) error {
	return func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.site+path, nil)
		if err != nil {
			return err
		}
		res, err := d.browser.Do(req)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			return err
		}
		if res.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", path, res.Status)
		}
		return nil
	}
}
