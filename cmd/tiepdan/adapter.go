package main

import (
	"context"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/bot/telegram"
	"tiepdan/store"
)

// chatStore gives the store to the Telegram adapter in the adapter's own words.
type chatStore struct{ *store.Store }

func (s chatStore) AcceptUpdates(ctx context.Context, source string, us []telegram.Update) (int, error) {
	updates := make([]store.Update, len(us))
	for i, u := range us {
		updates[i] = store.Update(u)
	}
	return s.Store.AcceptUpdates(ctx, source, updates)
}

func (s chatStore) Lanes(ctx context.Context, o telegram.LaneOptions) (telegram.Lanes, error) {
	return s.Store.Lanes(ctx, store.LaneOptions{Workers: o.Workers,
		Handle: func(ctx context.Context, l store.Letter) error { return o.Handle(ctx, telegram.Letter(l)) },
		Dead:   func(ctx context.Context, l store.Letter, err error) { o.Dead(ctx, telegram.Letter(l), err) }})
}

func messages(from []store.Message, err error) ([]telegram.Message, error) {
	ms := make([]telegram.Message, len(from))
	for i, m := range from {
		ms[i] = telegram.Message(m)
	}
	return ms, err
}

func (s chatStore) ClaimMessages(ctx context.Context, limit int) ([]telegram.Message, error) {
	return messages(s.Store.ClaimMessages(ctx, limit))
}

func (s chatStore) ClaimOf(ctx context.Context, to tiepdan.Peer, limit int) ([]telegram.Message, error) {
	return messages(s.Store.ClaimOf(ctx, to, limit))
}

func (s chatStore) Delivered(ctx context.Context, m telegram.Message, ref string) error {
	return s.Store.Delivered(ctx, store.Message(m), ref)
}

func (s chatStore) DeliveredWithoutPaper(ctx context.Context, m telegram.Message, ref string) error {
	return s.Store.DeliveredWithoutPaper(ctx, store.Message(m), ref)
}

func (s chatStore) Undelivered(ctx context.Context, m telegram.Message, o telegram.Outcome) error {
	return s.Store.Undelivered(ctx, store.Message(m), store.Outcome{State: store.Sending(o.State), Error: o.Error, After: o.After})
}

func (s chatStore) Release(ctx context.Context, ms ...telegram.Message) error {
	claimed := make([]store.Message, len(ms))
	for i, m := range ms {
		claimed[i] = store.Message(m)
	}
	return s.Store.Release(ctx, claimed...)
}

// chatPapers gives the papers to the Telegram adapter.
type chatPapers struct{ papers }

func (p chatPapers) Paper(ctx context.Context, which bot.Paper) (name, mime string, data []byte, err error) {
	if which.Case != 0 {
		return p.papers.Paper(ctx, which.Kind, which.Case)
	}
	return p.papers.Print(ctx, tiepdan.Actor{}, which.Kind, max(which.Appointment, which.Session), nil)
}
