package simulator

import (
	"encoding/json"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// watchers are the open pages; what happens is told to each of them.
type watchers struct {
	open atomic.Int32
	mu   sync.Mutex
	all  map[chan []byte]bool
}

// happening is an event of the page's stream.
type happening struct {
	Person   int64     `json:"person,omitempty"`
	Messages []Message `json:"messages,omitempty"`
	Removed  int       `json:"removed,omitempty"`
	Answer   *Answer   `json:"answer,omitempty"`
	Chat     *chatView `json:"chat,omitempty"`
	Bot      bool      `json:"bot,omitempty"`
}

// chatView is a chat without its messages.
type chatView struct {
	Person
	Started  bool      `json:"started"`
	Blocked  bool      `json:"blocked"`
	Typing   bool      `json:"typing"`
	Unread   int       `json:"unread"`
	Keyboard *Keyboard `json:"keyboard"`
	Preview  string    `json:"preview"`
	At       time.Time `json:"at"`
}

// view is called with u.mu held.
func (u *User) view() *chatView {
	v := &chatView{Person: u.person, Started: u.started, Blocked: u.blocked, Keyboard: u.keyboard,
		Typing: u.typing != "" && u.typing != "cancel" && u.srv.now().Sub(u.typed) < 5*time.Second}
	for _, e := range u.entries {
		if e.Seq > u.seen && e.Post.From.IsBot {
			v.Unread++
		}
	}
	if n := len(u.entries); n > 0 {
		p := u.entries[n-1].Post
		v.Preview, v.At = preview(p), time.Unix(p.Date, 0)
	}
	return v
}

func preview(p *post) string {
	text := quote(p)
	switch {
	case text != "":
		return text
	case p.Photo != nil:
		return "🖼"
	case p.Document != nil:
		return "📄 " + p.Document.Name
	case p.Voice != nil:
		return "🎤"
	case p.Video != nil:
		return "🎬"
	case p.Location != nil:
		return "📍"
	case p.Contact != nil:
		return "👤 " + p.Contact.Name
	}
	return ""
}

// The show functions tell the pages; all but showBot with u.mu held.

func (s *Server) show(u *User, entries ...*entry) {
	if s.watch.open.Load() == 0 {
		return
	}
	h := happening{Person: u.ID(), Chat: u.view()}
	for _, e := range entries {
		h.Messages = append(h.Messages, s.message(e))
	}
	s.watch.tell(h)
}

func (s *Server) showChat(u *User) {
	if s.watch.open.Load() > 0 {
		s.watch.tell(happening{Person: u.ID(), Chat: u.view()})
	}
}

func (s *Server) showRemoved(u *User, id int) {
	s.watch.tell(happening{Person: u.ID(), Removed: id})
}

func (s *Server) showAnswer(u *User, a Answer) {
	s.watch.tell(happening{Person: u.ID(), Answer: &a})
}

func (s *Server) showBot() { s.watch.tell(happening{Bot: true}) }

// tell drops a page that cannot keep up: it connects again and loads all anew.
func (w *watchers) tell(h happening) {
	if w.open.Load() == 0 {
		return
	}
	data, err := json.Marshal(h)
	if err != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.all {
		select {
		case c <- data:
		default:
			delete(w.all, c)
			close(c)
		}
	}
}

func (w *watchers) join() chan []byte {
	c := make(chan []byte, 256)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all[c] = true
	w.open.Add(1)
	return c
}

func (w *watchers) leave(c chan []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.all, c)
	w.open.Add(-1)
}

// serveEvents is the page's stream of what happens.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	c := s.watch.join()
	defer s.watch.leave(c)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	w.Write([]byte("retry: 1000\n\n"))
	for {
		if out.Flush() != nil {
			return
		}
		select {
		case data, ok := <-c:
			if !ok {
				return
			}
			w.Write([]byte("data: "))
			w.Write(append(data, '\n', '\n'))
		case <-time.After(20 * time.Second):
			w.Write([]byte(": here\n\n"))
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}
