package main

import (
	"context"
	"fmt"
	"net"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan/bot/telegram/echo"
	"tiepdan/bot/telegram/simulator"
)

// updates measures conversation updates a second and the CPU time of each, all
// of it: the simulator, Postgres and Redis. Beside it stands a bare echo bot on
// the same library and simulator, which keeps nothing.
func (b *bencher) updates(ctx context.Context) error {
	bare, err := b.echo(ctx)
	if err != nil {
		return fmt.Errorf("echo: %w", err)
	}
	ours, err := b.conversations(ctx)
	if err != nil {
		return fmt.Errorf("conversations: %w", err)
	}
	b.row("conversation updates, end to end", "%.0f/s, %.0f µs CPU each", ours.rate(), ours.cost(ours.cpu.sum()))
	b.row("  of it Postgres and Redis", "%.0f µs and %.0f µs", ours.cost(ours.cpu.postgres), ours.cost(ours.cpu.redis))
	b.row("  this kept busy", "%.1f cores", ours.cpu.sum().Seconds()/ours.took.Seconds())
	b.row("a bare echo bot, same library and simulator", "%.0f/s, %.0f µs CPU each", bare.rate(), bare.cost(bare.cpu.sum()))
	b.row("  ours of the echo's", "%.2f of the rate, %.2f × the CPU", ours.rate()/bare.rate(),
		ours.cost(ours.cpu.sum())/bare.cost(bare.cpu.sum()))
	return nil
}

// benchRun is what a measurement of updates came to.
type benchRun struct {
	n    int
	took time.Duration
	cpu  spent
}

func (r benchRun) rate() float64 { return perSecond(r.n, r.took) }

// cost is an update's share of t, in microseconds.
func (r benchRun) cost(t time.Duration) float64 { return float64(t.Microseconds()) / float64(r.n) }

func (b *bencher) simulator() (*simulator.Server, []*simulator.User, error) {
	sim := simulator.New(simulator.Options{History: 24, ChatBurst: -1, CalmSetWebhook: true})
	if err := sim.Start("127.0.0.1:0"); err != nil {
		return nil, nil, err
	}
	users := make([]*simulator.User, b.chats)
	for i := range users {
		users[i] = sim.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Lang: "vi"})
	}
	return sim, users, nil
}

// script is what each person of a measurement does: each step is one update, and
// has an answer.
var script = []func(*simulator.User) error{
	func(u *simulator.User) error { u.Start(""); return nil },
	press("📝 Gửi đơn, phản ánh"), press("✅ Đồng ý"), press("Phản ánh"), press("Khác"), press("⏭ Bỏ qua"),
	func(u *simulator.User) error {
		u.Send("Đèn đường trước số 12 hỏng đã hai tuần nay.")
		return nil
	},
	press("✅ Xong"),
}

func press(label string) func(*simulator.User) error {
	return func(u *simulator.User) error { return u.Press(label) }
}

func fromBot(simulator.Message) bool { return true }

// talk lets every person do the steps, each after the answer to the one before.
func talk(ctx context.Context, users []*simulator.User, steps []func(*simulator.User) error) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, u := range users {
		g.Go(func() error {
			for i, step := range steps {
				if err := step(u); err != nil {
					return fmt.Errorf("step %d: %w", i+1, err)
				}
				if _, err := u.Next(ctx, fromBot); err != nil {
					return fmt.Errorf("step %d: %w", i+1, err)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

func measured(n int, s *services, do func() error) (benchRun, error) {
	runtime.GC() // what was before is not its to clean up
	cpu, start := cpuTime(s), time.Now()
	err := do()
	return benchRun{n: n, took: time.Since(start), cpu: cpuTime(s).since(cpu)}, err
}

func (b *bencher) echo(ctx context.Context) (benchRun, error) {
	sim, users, err := b.simulator()
	if err != nil {
		return benchRun{}, err
	}
	defer sim.Close()
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- echo.Run(ctx, sim.Token(), sim.URL()) }()
	defer func() { stop(); <-ended }()
	steps := make([]func(*simulator.User) error, len(script))
	for i := range steps {
		steps[i] = func(u *simulator.User) error { u.Send("xin chào"); return nil }
	}
	return measured(len(users)*len(steps), nil, func() error { return talk(ctx, users, steps) })
}

func (b *bencher) conversations(ctx context.Context) (benchRun, error) {
	s, err := b.services(ctx, "updates")
	if err != nil {
		return benchRun{}, err
	}
	defer s.close()
	sim, users, err := b.simulator()
	if err != nil {
		return benchRun{}, err
	}
	defer sim.Close()
	c := b.config(s, "updates")
	c.Token, c.TelegramURL = sim.Token(), sim.URL()
	end, err := b.product(ctx, c)
	if err != nil {
		return benchRun{}, err
	}
	defer end()
	if err := talk(ctx, users[:1], script[:1]); err != nil { // the first brings everything up
		return benchRun{}, err
	}
	users = users[1:]
	return measured(len(users)*len(script), s, func() error { return talk(ctx, users, script) })
}

// product runs the whole in this process until the returned function ends it.
func (b *bencher) product(ctx context.Context, c config) (end func(), err error) {
	sample, err := readSample()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", c.HTTPAddr)
	if err != nil {
		return nil, err
	}
	p, err := newProduct(ctx, c, quiet, sample.office)
	if err != nil {
		l.Close()
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx, l) }()
	return func() { stop(); <-ended }, nil
}
