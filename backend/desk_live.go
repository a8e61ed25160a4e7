package backend

import (
	"context"
	"net/http"
	"sync"
)

// desks are the streams of the sessions that somebody has a desk open for.
type desks struct {
	mu sync.Mutex
	of map[int64]*live
}

// deskLive is the stream of one session. It asks the store as the inbox's does:
// once a second however many desks listen, and not at all when none does.
func (s *Server) deskLive(session int64) *live {
	s.desks.mu.Lock()
	defer s.desks.mu.Unlock()
	if s.desks.of == nil {
		s.desks.of = map[int64]*live{}
	}
	l := s.desks.of[session]
	if l == nil {
		l = &live{log: s.Log, ctx: s.live.ctx, close: s.live.close, listeners: map[chan struct{}]bool{},
			changed: func(ctx context.Context) (int64, error) { return s.Store.SessionChanged(ctx, session) }}
		s.desks.of[session] = l
	}
	return l
}

// streamDesk tells a desk's page that something of its session changed, at this
// desk or at another.
func (s *Server) streamDesk(w http.ResponseWriter, r *http.Request) error {
	d, err := s.deskSession(r)
	if err != nil {
		return err
	}
	return s.stream(w, r, s.deskLive(d.ID))
}
