package telegram

import (
	"context"
	"sync"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

// albumPause is how long after an album's last file its acknowledgement is shown:
// its files come as messages of their own, and nothing says which is the last.
const albumPause = 1500 * time.Millisecond

// albums are acknowledgements that wait, one a person. They are lost with the
// process: the files themselves are kept as they come.
type albums struct {
	mu      sync.Mutex
	waiting map[tiepdan.Peer]*acknowledgement
	showing sync.WaitGroup
}

type acknowledgement struct {
	ev    bot.Event
	out   bot.Outcome
	timer *time.Timer
}

// hold keeps what is said about a file of an album until no other comes. The last
// one counts them all.
func (b *Bot) hold(ev bot.Event, out bot.Outcome) {
	a := &acknowledgement{ev: ev, out: out}
	b.albums.mu.Lock()
	defer b.albums.mu.Unlock()
	b.albums.waiting[ev.From] = a
	b.albums.showing.Add(1)
	a.timer = time.AfterFunc(b.albumPause, func() {
		defer b.albums.showing.Done()
		if b.take(ev.From, a) {
			b.acknowledge(b.live, a)
		}
	})
}

// take takes a out, if it still waits.
func (b *Bot) take(p tiepdan.Peer, a *acknowledgement) bool {
	b.albums.mu.Lock()
	defer b.albums.mu.Unlock()
	if a == nil || b.albums.waiting[p] != a {
		return false
	}
	delete(b.albums.waiting, p)
	return true
}

// settle makes room for the next event: what waits is shown before whatever that
// brings, unless it belongs to the same album and will be said better.
func (b *Bot) settle(ctx context.Context, ev bot.Event) {
	b.albums.mu.Lock()
	a := b.albums.waiting[ev.From]
	b.albums.mu.Unlock()
	if !b.take(ev.From, a) {
		return
	}
	if a.timer.Stop() {
		b.albums.showing.Done()
	}
	if ev.Album == "" || ev.Album != a.ev.Album {
		b.acknowledge(ctx, a)
	}
}

// settleAll shows all that waits, before the process ends.
func (b *Bot) settleAll(ctx context.Context) {
	b.albums.mu.Lock()
	var people []tiepdan.Peer
	for p := range b.albums.waiting {
		people = append(people, p)
	}
	b.albums.mu.Unlock()
	for _, p := range people {
		b.settle(ctx, bot.Event{From: p})
	}
	b.albums.showing.Wait()
}

func (b *Bot) acknowledge(ctx context.Context, a *acknowledgement) {
	if err := b.show(ctx, a.ev, a.out.Replies); err != nil {
		b.log.Warn("an album could not be acknowledged", "error", cause(err))
	}
}
