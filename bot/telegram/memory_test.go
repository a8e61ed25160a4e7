package telegram

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
)

// memory is a Store for one process. It keeps what it is told and hands letters
// out in their order.
type memory struct {
	mu         sync.Mutex
	changed    chan struct{} // closed at each change
	seen       map[int64]bool
	letters    []Letter
	refuse     int // so many AcceptUpdates fail first
	out        []Message
	sent       map[int64]string
	outcomes   []Outcome
	released   int
	remembered map[string]int64
	penalties  []time.Duration
	dead       int
}

func newMemory() *memory {
	return &memory{changed: make(chan struct{}), seen: map[int64]bool{}, sent: map[int64]string{}, remembered: map[string]int64{}}
}

func (m *memory) change(do func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	do()
	close(m.changed)
	m.changed = make(chan struct{})
}

// until waits for something to be true of m.
func (m *memory) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		m.mu.Lock()
		ok, changed := is(), m.changed
		m.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("never: %s", what)
		}
	}
}

func (m *memory) AcceptUpdates(_ context.Context, source string, us []Update) (fresh int, err error) {
	m.change(func() {
		if m.refuse > 0 {
			m.refuse--
			err = errors.New("the database is away")
			return
		}
		for _, u := range us {
			if !m.seen[u.ID] {
				m.seen[u.ID] = true
				fresh++
				m.letters = append(m.letters, Letter{ID: u.ID, Source: source, Peer: u.Peer, Raw: slices.Clone(u.Raw), At: time.Now()})
			}
		}
	})
	return fresh, err
}

func (m *memory) InboxDepth(context.Context) (int, time.Duration, error) { return 0, 0, nil }

func (m *memory) Lead(ctx context.Context, _ string, fn func(context.Context) error) error {
	return fn(ctx)
}

type memoryLanes struct {
	stop context.CancelFunc
	done chan struct{}
}

func (l memoryLanes) Stop(context.Context) error { l.stop(); <-l.done; return nil }

// Lanes works all letters one after the other, each up to five times.
func (m *memory) Lanes(ctx context.Context, o LaneOptions) (Lanes, error) {
	running, stop := context.WithCancel(ctx)
	l := memoryLanes{stop, make(chan struct{})}
	go func() {
		defer close(l.done)
		for next := 0; ; next++ {
			letter, ok := m.letter(running, next)
			if !ok {
				return
			}
			m.try(ctx, o, letter)
		}
	}()
	return l, nil
}

func (m *memory) letter(ctx context.Context, n int) (Letter, bool) {
	for {
		m.mu.Lock()
		changed := m.changed
		if n < len(m.letters) {
			defer m.mu.Unlock()
			return m.letters[n], true
		}
		m.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return Letter{}, false
		}
	}
}

func (m *memory) try(ctx context.Context, o LaneOptions, l Letter) {
	var err error
	for range 5 {
		if err = o.Handle(ctx, l); err == nil {
			return
		}
	}
	o.Dead(ctx, l, err)
	m.change(func() { m.dead++ })
}

func (m *memory) ClaimMessages(ctx context.Context, limit int) ([]Message, error) {
	return m.claim(limit, func(Message) bool { return true }), nil
}

func (m *memory) ClaimOf(_ context.Context, to tiepdan.Peer, limit int) ([]Message, error) {
	return m.claim(limit, func(c Message) bool { return c.Peer == to }), nil
}

func (m *memory) claim(limit int, wanted func(Message) bool) (got []Message) {
	m.change(func() {
		m.out = slices.DeleteFunc(m.out, func(c Message) bool {
			if len(got) == limit || !wanted(c) {
				return false
			}
			c.Attempt++
			got = append(got, c)
			return true
		})
	})
	return got
}

func (m *memory) Delivered(_ context.Context, c Message, ref string) error {
	m.change(func() { m.sent[c.ID] = ref })
	return nil
}

func (m *memory) DeliveredWithoutPaper(_ context.Context, c Message, ref string) error {
	m.change(func() {
		m.sent[c.ID] = ref
		m.out = append(m.out, Message{ID: 1000 + c.ID, Peer: c.Peer, Case: c.Case, Entry: c.Entry, Key: tiepdan.PaperNotice})
	})
	return nil
}

func (m *memory) Undelivered(_ context.Context, c Message, o Outcome) error {
	m.change(func() {
		m.outcomes = append(m.outcomes, o)
		c.Again = o.State == Unsure
		if o.State == Retry || o.State == Unsure {
			m.out = append(m.out, c)
		}
	})
	return nil
}

func (m *memory) Release(_ context.Context, ms ...Message) error {
	m.change(func() {
		m.released += len(ms)
		for i := range ms {
			ms[i].Attempt--
		}
		m.out = append(ms, m.out...)
	})
	return nil
}

func (m *memory) Due() (<-chan struct{}, func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.changed, func() {}
}

func (m *memory) RememberMessage(_ context.Context, _ tiepdan.Peer, ref string, caseID int64, _ int) error {
	m.change(func() { m.remembered[ref] = caseID })
	return nil
}

func (m *memory) Pace(context.Context, tiepdan.Peer, int) (time.Duration, error) { return 0, nil }

func (m *memory) Penalty(_ context.Context, _ tiepdan.Peer, d time.Duration) error {
	m.change(func() { m.penalties = append(m.penalties, d) })
	return nil
}

// script is an Engine that does what a test says.
type script struct {
	handle func(bot.Event) (bot.Outcome, error)
	notice func(bot.Notice) ([]bot.Reply, error)

	mu     sync.Mutex
	events []bot.Event
}

func (s *script) Handle(_ context.Context, ev bot.Event) (bot.Outcome, error) {
	s.mu.Lock()
	s.events = append(s.events, ev)
	s.mu.Unlock()
	if s.handle == nil {
		return bot.Outcome{}, nil
	}
	return s.handle(ev)
}

func (s *script) Notice(_ context.Context, n bot.Notice) ([]bot.Reply, tiepdan.Language, error) {
	if s.notice == nil {
		return nil, "", errors.New("nothing to say")
	}
	rs, err := s.notice(n)
	return rs, tiepdan.Vietnamese, err
}

func (s *script) texts() (all []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ev := range s.events {
		all = append(all, ev.Text)
	}
	return all
}

// echoTexts says its key, or what is in Args.Text.
type echoTexts struct{}

func (echoTexts) Say(lang tiepdan.Language, key string, args any) (string, error) {
	if a, ok := args.(map[string]any); ok && a["Text"] != nil {
		return fmt.Sprint(a["Text"]), nil
	}
	return key + "." + string(lang), nil
}

func (e echoTexts) Plain(lang tiepdan.Language, key string, args any) (string, error) {
	s, err := e.Say(lang, key, args)
	return plain(s), err
}

func saying(text string) map[string]any { return map[string]any{"Text": text} }

// office is a bot beside a simulator.
type office struct {
	*Bot
	sim   *simulator.Server
	store *memory
	ann   *simulator.User
	end   func()
}

// newOffice begins a simulator and a bot whose waits are short. It runs at Run.
func newOffice(t *testing.T, change ...func(*Options, *simulator.Options)) *office {
	t.Helper()
	o := Options{Texts: echoTexts{}, Drain: 5 * time.Second}
	so := simulator.Options{RetryUnit: time.Millisecond, CalmSetWebhook: true}
	for _, c := range change {
		c(&o, &so)
	}
	sim := simulator.New(so)
	if err := sim.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	m := newMemory()
	o.Token, o.URL = sim.Token(), sim.URL()
	if o.Store == nil {
		o.Store = m
	}
	b, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	b.pause = func(ctx context.Context, d time.Duration) error { return sleep(ctx, d/50) }
	b.albumPause = 100 * time.Millisecond
	return &office{Bot: b, sim: sim, store: m, ann: sim.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi"})}
}

// run works until the test ends or end is called.
func (o *office) run(t *testing.T, e Engine) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- o.Run(ctx, e) }()
	var once sync.Once
	o.end = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(o.end)
}

func (o *office) peer() tiepdan.Peer { return peer(o.ann.ID()) }

// wait waits for a message of the bot.
func (o *office) sees(t *testing.T, match func(simulator.Message) bool) simulator.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	m, err := o.ann.WaitFor(ctx, match)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func text(want string) func(simulator.Message) bool {
	return func(m simulator.Message) bool { return strings.Contains(m.Text, want) }
}

func (m *memory) snapshot() map[int64]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.sent)
}
