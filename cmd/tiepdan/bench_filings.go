package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/bot/telegram"
	"tiepdan/store"
)

// filed measures filings a second beside the machine's own ceiling: the same
// rows, written by a bare loop with as many writers.
func (b *bencher) filed(ctx context.Context) error {
	s, err := b.services(ctx, "filings")
	if err != nil {
		return err
	}
	defer s.close()
	c := b.config(s, "filings")
	if _, err := store.Migrate(ctx, c.Database); err != nil {
		return err
	}
	st, err := openStore(ctx, c, quiet)
	if err != nil {
		return err
	}
	defer st.Close()
	sample, err := readSample()
	if err != nil {
		return err
	}
	if err := st.SeedOffice(ctx, sample.office); err != nil {
		return err
	}
	like, err := fileOne(ctx, st, "first")
	if err != nil {
		return err
	}
	var bare, ours time.Duration
	for round := range filingRounds { // by turns, so that both meet the same machine and tables
		took, err := b.write(ctx, func(ctx context.Context, n int) error {
			return st.CopyCase(ctx, like, fmt.Sprintf("bare-%d-%d", round, n))
		})
		if err != nil {
			return err
		}
		bare += took
		took, err = b.write(ctx, func(ctx context.Context, n int) error {
			_, err := fileOne(ctx, st, fmt.Sprintf("filed-%d-%d", round, n))
			return err
		})
		if err != nil {
			return err
		}
		ours += took
	}
	n := b.filings / filingRounds * filingRounds
	b.row(fmt.Sprintf("filings, %d writers", b.writers), "%.0f/s", perSecond(n, ours))
	b.row("the same rows by a bare loop", "%.0f/s (ours is %.2f of it)", perSecond(n, bare), bare.Seconds()/ours.Seconds())
	return nil
}

const filingRounds = 4

// write lets the writers share out a round's numbers.
func (b *bencher) write(ctx context.Context, one func(ctx context.Context, n int) error) (time.Duration, error) {
	start := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	for w := range b.writers {
		g.Go(func() error {
			for n := w; n < b.filings/filingRounds; n += b.writers {
				if err := one(ctx, n); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return time.Since(start), err
}

// fileOne files a petition of a citizen of its own, as the bot would.
func fileOne(ctx context.Context, st *store.Store, draft string) (int64, error) {
	rules, err := st.Rules(ctx)
	if err != nil {
		return 0, err
	}
	now := time.Now()
	p := tiepdan.Petition{ID: draft, Begun: now}
	if err := p.SetKind(rules.Kind(tiepdan.PhanAnh)); err != nil {
		return 0, err
	}
	field, _ := rules.Field("ha_tang")
	if err := p.SetField(field); err != nil {
		return 0, err
	}
	if err := p.AddContent("", "Đèn đường trước số 12 hỏng đã hai tuần nay, buổi tối đi lại rất khó khăn.", now); err != nil {
		return 0, err
	}
	if err := p.SetName("Người Dân Mẫu 1"); err != nil {
		return 0, err
	}
	c, _, err := st.FileCase(ctx, p, tiepdan.Filing{Peer: tiepdan.Peer{Channel: telegram.Channel, ID: "bench-" + draft},
		Language: tiepdan.Vietnamese, By: tiepdan.Actor{Role: tiepdan.Citizen}, At: now, Channel: telegram.Channel})
	return c.ID, err
}
