package backend

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// live tells open pages that a case has changed. However many listen, the store is
// asked once in livePace, and not at all when nobody does. It says only that
// something changed: what each may see of it, the page's own request finds out.
type live struct {
	changed func(context.Context) (int64, error)
	log     *slog.Logger
	ctx     context.Context
	close   context.CancelFunc

	mu        sync.Mutex
	listeners map[chan struct{}]bool
	asking    bool
}

const (
	livePace = time.Second
	// liveLong is how long one stream lasts: then the browser comes back, and who
	// it is gets checked anew.
	liveLong = 5 * time.Minute
	// liveBeat keeps proxies from taking the stream for dead.
	liveBeat = 20 * time.Second
)

func newLive(store Cases, log *slog.Logger) *live {
	l := &live{log: log, listeners: map[chan struct{}]bool{}}
	if store != nil {
		l.changed = store.Changed
	}
	l.ctx, l.close = context.WithCancel(context.Background())
	return l
}

// listen returns a channel that gets a token after a change, and how to leave.
func (l *live) listen() (<-chan struct{}, func()) {
	ch := make(chan struct{}, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listeners[ch] = true
	if !l.asking {
		l.asking = true
		go l.ask()
	}
	return ch, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.listeners, ch)
	}
}

// ask asks the store until nobody listens.
func (l *live) ask() {
	tick := time.NewTicker(livePace)
	defer tick.Stop()
	var last int64 // any number is one that the store may say
	known, failed := false, false
	for l.wanted() {
		n, err := l.changed(l.ctx)
		if err != nil && !failed && l.ctx.Err() == nil {
			l.log.Warn("the live pages can't ask for changes", "err", err)
		}
		failed = err != nil
		if err == nil && (!known || n != last) {
			if known {
				l.tell()
			}
			last, known = n, true
		}
		select {
		case <-tick.C:
		case <-l.ctx.Done():
		}
	}
}

// wanted reports whether asking goes on; when not, the next listener begins anew.
func (l *live) wanted() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asking = len(l.listeners) > 0 && l.ctx.Err() == nil
	return l.asking
}

func (l *live) tell() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ch := range l.listeners {
		select {
		case ch <- struct{}{}:
		default: // it has one to read already
		}
	}
}

// streamInbox tells an open inbox that a case has changed.
func (s *Server) streamInbox(w http.ResponseWriter, r *http.Request) error {
	return s.stream(w, r, s.live)
}

// stream is server-sent events: one for each change, with nothing in it.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, l *live) error {
	ch, leave := l.listen()
	defer leave()
	out := http.NewResponseController(w)
	if err := out.SetWriteDeadline(time.Time{}); err != nil {
		return fmt.Errorf("backend: live: %w", err)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	beat, long := time.NewTicker(liveBeat), time.NewTimer(liveLong)
	defer beat.Stop()
	defer long.Stop()
	line := "retry: 2000\n\n"
	for {
		if _, err := fmt.Fprint(w, line); err != nil {
			return nil // the reader has left
		}
		if err := out.Flush(); err != nil {
			return nil
		}
		select {
		case <-ch:
			line = "event: changed\ndata:\n\n"
		case <-beat.C:
			line = ": still here\n\n"
		case <-long.C:
			return nil
		case <-r.Context().Done():
			return nil
		case <-l.ctx.Done():
			return nil
		}
	}
}
