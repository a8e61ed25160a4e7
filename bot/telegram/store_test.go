package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// books are the real store in this package's words, as the program joins them.
type books struct{ *store.Store }

func (s books) AcceptUpdates(ctx context.Context, source string, us []Update) (int, error) {
	updates := make([]store.Update, len(us))
	for i, u := range us {
		updates[i] = store.Update(u)
	}
	return s.Store.AcceptUpdates(ctx, source, updates)
}

func (s books) Lanes(ctx context.Context, o LaneOptions) (Lanes, error) {
	return s.Store.Lanes(ctx, store.LaneOptions{Workers: o.Workers, Backoff: 10 * time.Millisecond,
		Handle: func(ctx context.Context, l store.Letter) error { return o.Handle(ctx, Letter(l)) },
		Dead:   func(ctx context.Context, l store.Letter, err error) { o.Dead(ctx, Letter(l), err) }})
}

func claimed(from []store.Message, err error) ([]Message, error) {
	ms := make([]Message, len(from))
	for i, m := range from {
		ms[i] = Message(m)
	}
	return ms, err
}

func (s books) ClaimMessages(ctx context.Context, limit int) ([]Message, error) {
	return claimed(s.Store.ClaimMessages(ctx, limit))
}

func (s books) ClaimOf(ctx context.Context, to tiepdan.Peer, limit int) ([]Message, error) {
	return claimed(s.Store.ClaimOf(ctx, to, limit))
}

func (s books) Delivered(ctx context.Context, m Message, ref string) error {
	return s.Store.Delivered(ctx, store.Message(m), ref)
}

func (s books) DeliveredWithoutPaper(ctx context.Context, m Message, ref string) error {
	return s.Store.DeliveredWithoutPaper(ctx, store.Message(m), ref)
}

func (s books) Undelivered(ctx context.Context, m Message, o Outcome) error {
	return s.Store.Undelivered(ctx, store.Message(m), store.Outcome{State: store.Sending(o.State), Error: o.Error, After: o.After})
}

func (s books) Release(ctx context.Context, ms ...Message) error {
	back := make([]store.Message, len(ms))
	for i, m := range ms {
		back[i] = store.Message(m)
	}
	return s.Store.Release(ctx, back...)
}

// onBooks puts an office on the real store.
func onBooks(s *store.Store) func(*Options, *simulator.Options) {
	return func(o *Options, _ *simulator.Options) { o.Store = books{s} }
}

// seenTexts are the texts that each person's events had, in order.
type seenTexts struct {
	mu  sync.Mutex
	of  map[string][]string
	ids map[string]bool
	n   atomic.Int32
}

func (s *seenTexts) engine() *script {
	return &script{handle: func(ev bot.Event) (bot.Outcome, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if id := ev.From.ID + ev.ID; !s.ids[id] { // the same deed may come again, known by its ID
			s.ids[id] = true
			s.of[ev.From.ID] = append(s.of[ev.From.ID], ev.Text)
			s.n.Add(1)
		}
		return bot.Outcome{Replies: []bot.Reply{{Key: "m", Args: saying("Đã nhận: " + ev.Text)}}}, nil
	}}
}

func newSeen() *seenTexts { return &seenTexts{of: map[string][]string{}, ids: map[string]bool{}} }

// Two replicas on one store: each person's messages are worked once and in order,
// though updates come again, and the second goes on when the first stops.
func TestTwoReplicas(t *testing.T) {
	t.Parallel()
	key, dsn, redis := storetest.Key(), storetest.Database(t), "redis://"+miniredis.RunT(t).Addr()
	open := func() *store.Store {
		return storetest.Open(t, storetest.WithKey(key), storetest.WithDatabase(dsn), storetest.WithRedis(redis))
	}
	seen := newSeen()
	first := newOffice(t, onBooks(open()))
	second, err := New(Options{Token: first.sim.Token(), URL: first.sim.URL(), Store: books{open()}, Texts: echoTexts{}})
	if err != nil {
		t.Fatal(err)
	}
	other := &office{Bot: second, sim: first.sim}
	first.sim.Misbehave(simulator.Fault{Kind: simulator.Repeat, Match: "message", Percent: 20})
	first.sim.Misbehave(simulator.Fault{Kind: simulator.Duplicate, Match: "message", Percent: 20})
	first.run(t, seen.engine())
	other.run(t, seen.engine())
	var people []*simulator.User
	for i := range 4 {
		people = append(people, first.sim.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i+2)}))
	}
	talk := func(from, to int) {
		for i := from; i < to; i++ {
			for _, u := range people {
				u.Send(fmt.Sprint(i))
			}
		}
	}
	talk(0, 3)
	eventually(t, "the first replica or the second works", func() bool { return seen.n.Load() == 12 })
	first.end()
	talk(3, 6)
	eventually(t, "the other goes on", func() bool { return seen.n.Load() == 24 })
	seen.mu.Lock()
	defer seen.mu.Unlock()
	for id, got := range seen.of {
		if want := []string{"0", "1", "2", "3", "4", "5"}; !slices.Equal(got, want) {
			t.Errorf("person %s said %v", id, got)
		}
	}
}

// filed is an office with one case of ann's, whose receipt waits in the outbox.
func filed(t *testing.T, faults ...simulator.Fault) (*office, *store.Store, tiepdan.Case, *atomic.Int64) {
	t.Helper()
	ahead := &atomic.Int64{} // how far the clock is put forward
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }))
	o := newOffice(t, onBooks(s))
	o.ann.Start("")
	for _, f := range faults {
		o.sim.Misbehave(f)
	}
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Đèn đường ở ngõ mẫu hỏng đã lâu"), storetest.Filing(o.peer(), time.Now()))
	return o, s, c, ahead
}

// delivery is the receipt's state as staff see it.
func delivery(t *testing.T, s *store.Store, id int64) (d tiepdan.Delivery) {
	t.Helper()
	err := s.Pool().QueryRow(t.Context(), `SELECT state, attempts FROM outbox WHERE case_id = $1 ORDER BY id LIMIT 1`, id).Scan(&d.State, &d.Attempts)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReceiptIsDelivered(t *testing.T) {
	t.Parallel()
	o, s, c, _ := filed(t)
	o.run(t, telling())
	m := o.sees(t, text("notice.receipt"))
	eventually(t, "it is recorded", func() bool { return delivery(t, s, c.ID).State == "sent" })
	id, entry, ok, err := s.MessageCase(t.Context(), o.peer(), itoa(m.ID))
	if err != nil || !ok || id != c.ID || entry != 1 {
		t.Errorf("a reply to it finds case %d, entry %d, %v, %v", id, entry, ok, err)
	}
}

// An answer lost after the send: the outcome is unknown, and shown so, until the
// message is sent once more.
func TestLostAnswerIsUnknownThenSentOnce(t *testing.T) {
	t.Parallel()
	o, s, c, ahead := filed(t, simulator.Fault{Kind: simulator.LoseAnswer, Match: "sendMessage", Count: 1})
	o.run(t, telling())
	eventually(t, "it is unknown", func() bool { return delivery(t, s, c.ID).State == "unknown" })
	ahead.Store(int64(time.Hour))
	eventually(t, "it is sent", func() bool { return delivery(t, s, c.ID).State == "sent" })
	o.end()
	n := 0
	for _, m := range o.ann.Messages() {
		if m.FromBot {
			n++
		}
	}
	if got := delivery(t, s, c.ID); n != 2 || got.Attempts != 2 {
		t.Errorf("%d messages, %+v", n, got)
	}
}

// Who has blocked the bot becomes a task for a person.
func TestBlockedBecomesATask(t *testing.T) {
	t.Parallel()
	o, s, c, _ := filed(t)
	o.ann.Block()
	o.run(t, telling())
	eventually(t, "it is blocked", func() bool { return delivery(t, s, c.ID).State == "blocked" })
	tasks, err := s.Tasks(t.Context(), tiepdan.Actor{Role: tiepdan.System}, true)
	if err != nil || len(tasks) != 1 || tasks[0].CaseID != c.ID || tasks[0].Kind != "undeliverable" {
		t.Errorf("%+v, %v", tasks, err)
	}
}

// An update that nobody can read is put aside alone.
func TestPoisonIsPutAsideAlone(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	o := newOffice(t, onBooks(s))
	seen := newSeen()
	o.run(t, seen.engine())
	o.ann.Send("trước")
	u, _, err := envelope([]byte(`{"update_id":1,"message":{"message_id":"?","chat":{"id":` + o.peer().ID + `,"type":"private"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.accept(t.Context(), []Update{u}); err != nil {
		t.Fatal(err)
	}
	o.ann.Send("sau")
	o.sees(t, text("Đã nhận: sau"))
	o.sees(t, text("update.dead.vi"))
	eventually(t, "staff see it", func() bool {
		dead, err := s.DeadUpdates(t.Context())
		return err == nil && len(dead) == 1
	})
}

// Many people's messages: each chat's in order, and never more than Telegram takes.
func TestNoticesKeepTheLimits(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	o := newOffice(t, onBooks(s))
	const chats, each = 20, 3
	var people []*simulator.User
	for i := range chats {
		u := o.sim.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i+2)})
		u.Start("")
		people = append(people, u)
	}
	for n := range each {
		for _, u := range people {
			if err := s.Post(t.Context(), peer(u.ID()), fmt.Appendf(nil, `{"key":"%d"}`, n), "", time.Now()); err != nil {
				t.Fatal(err)
			}
		}
	}
	o.run(t, &script{notice: func(n bot.Notice) ([]bot.Reply, error) {
		var r bot.Reply
		err := json.Unmarshal(n.Reply, &r)
		return []bot.Reply{{Key: "m", Args: saying("Tin " + r.Key)}}, err
	}})
	eventually(t, "all are sent", func() bool { return o.sim.Stats().Sent == chats*each })
	for _, u := range people {
		var got []string
		for _, m := range u.Messages() {
			if m.FromBot {
				got = append(got, m.Text)
			}
		}
		if !slices.Equal(got, []string{"Tin 0", "Tin 1", "Tin 2"}) {
			t.Errorf("chat %d got %q", u.ID(), got)
		}
	}
	if n := o.sim.Stats().Busiest; n > 31 {
		t.Errorf("%d messages within one second", n)
	}
}
