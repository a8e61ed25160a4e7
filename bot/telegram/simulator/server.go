package simulator

import (
	"context"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// botID is the bot's account; people's numbers start far above it.
const (
	botID       = 700000001
	firstPerson = 5000000001
)

// Server is the simulator: an http.Handler that serves the Bot API under /bot,
// files under /file/bot, its control under /simulator/ and its page at /.
type Server struct {
	opts    Options
	mux     *http.ServeMux
	page    http.Handler
	updates *updates
	files   *files
	faults  *faults
	counts  *counts
	profile *profile
	presses *presses
	watch   *watchers

	mu         sync.RWMutex // guards the two below
	people     map[int64]*User
	order      []*User
	lastPerson int64

	lastMessage atomic.Int64
	changes     atomic.Int64 // grows with whatever Save would write
	saved       savedMark
	madeToken   bool // the options named none: Load may bring the one of before

	http *http.Server
	addr string
	stop context.CancelFunc
	ctx  context.Context
}

// New makes a simulator that is ready to serve; Start gives it an address.
func New(opts Options) *Server {
	madeToken := opts.Token == ""
	opts = opts.withDefaults()
	s := &Server{
		opts: opts, madeToken: madeToken, people: map[int64]*User{}, lastPerson: firstPerson - 1,
		files: newFiles(), faults: &faults{}, counts: newCounts(),
		profile: newProfile(opts), presses: &presses{asked: map[string]*press{}},
		watch: &watchers{all: map[chan []byte]bool{}},
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.updates = newUpdates(s)
	s.mux = s.routes()
	for _, p := range opts.People {
		s.User(p)
	}
	return s
}

// Start listens on addr ("127.0.0.1:0" picks a port) and serves until Close.
func (s *Server) Start(addr string) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	s.addr = ln.Addr().String()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go s.http.Serve(ln)
	return nil
}

// Close ends deliveries, long polls and open pages, and stops listening.
func (s *Server) Close() error {
	s.stop()
	s.updates.quit()
	if s.http == nil {
		return nil
	}
	return s.http.Close()
}

// URL is the base for a bot's client, without a slash at its end; it is known after Start.
func (s *Server) URL() string { return "http://" + s.addr }

// Token is the bot's token.
func (s *Server) Token() string { return s.opts.Token }

// Username is the bot's name in links.
func (s *Server) Username() string { return s.opts.Username }

// ServeHTTP serves everything; see Server.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// User adds a person, or finds the one who has p.ID already.
func (s *Server) User(p Person) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.people[p.ID]; u != nil {
		return u
	}
	if p.ID == 0 {
		p.ID = s.lastPerson + 1
	}
	s.lastPerson = max(s.lastPerson, p.ID)
	u := newUser(s, p)
	s.people[p.ID] = u
	s.order = append(s.order, u)
	s.touch()
	return u
}

// Find is the person with that id.
func (s *Server) Find(id int64) (*User, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.people[id]
	return u, ok
}

// Users are all people, in the order in which they were added.
func (s *Server) Users() []*User {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.order)
}

func (s *Server) now() time.Time { return s.opts.Now() }

func (s *Server) touch() { s.changes.Add(1) }

func (s *Server) bot() *account {
	return &account{ID: botID, IsBot: true, FirstName: s.profile.name(""), Username: s.opts.Username}
}
