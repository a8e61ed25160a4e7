package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"
)

// update is something that the bot has yet to hear of.
type update struct {
	ID      int             `json:"id"`
	Kind    string          `json:"kind"`
	Queue   string          `json:"queue"` // a webhook gets one of each queue at a time
	Raw     json.RawMessage `json:"raw"`
	Expires time.Time       `json:"expires"`
	Repeats int             `json:"repeats,omitempty"` // how often it comes again though confirmed
	done    bool
}

// updates are all that is pending, for whichever way the bot takes it.
type updates struct {
	srv *Server

	mu      sync.Mutex // guards all below
	lastID  int
	pending []*update
	open    int // those of pending that are not done
	late    map[*update]*time.Timer
	allowed []string // nil: the default
	wake    chan struct{}
	poll    chan string // tells the getUpdates under way why it must end
	asked   askedBefore
	hook    *hook
	hookSet time.Time
	closed  bool
}

// askedBefore is the last getUpdates that had an answer.
type askedBefore struct {
	offset int64
	at     time.Time
}

// The kinds that a bot must ask for by name.
var askedKinds = []string{"chat_member", "message_reaction", "message_reaction_count"}

// How long Telegram keeps an update.
const (
	keptLong  = 24 * time.Hour
	keptPress = 150 * time.Second
)

func newUpdates(s *Server) *updates {
	return &updates{srv: s, lastID: 100000000, wake: make(chan struct{}), late: map[*update]*time.Timer{}}
}

// publish makes an update of payload and puts it where it belongs, as the
// faults in force will have it.
func (q *updates) publish(kind, queue string, payload any, life time.Duration) {
	body, err := json.Marshal(payload)
	if err != nil {
		panic(fmt.Sprintf("simulator: an update that is no JSON: %v", err)) // a mistake in this package
	}
	u := &update{Kind: kind, Queue: queue, Raw: body, Expires: q.srv.now().Add(life)}
	twist := q.srv.faults.onUpdate(kind)
	u.Repeats = twist.duplicates
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.wants(kind) {
		return
	}
	if twist.late > 0 {
		q.late[u] = time.AfterFunc(twist.late, func() { q.arrive(u) })
		return
	}
	for range 1 + twist.repeats {
		again := *u
		q.put(&again)
	}
}

// arrive ends an update's lateness.
func (q *updates) arrive(u *update) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, waiting := q.late[u]; waiting && !q.closed {
		delete(q.late, u)
		q.put(u)
	}
}

// put gives an update its id; with q.mu held, as for all below.
func (q *updates) put(u *update) {
	q.lastID++
	u.ID = q.lastID
	head := `{"update_id":` + strconv.Itoa(u.ID) + `,"` + u.Kind + `":`
	u.Raw = slices.Concat([]byte(head), u.Raw, []byte("}"))
	q.pending = append(q.pending, u)
	q.open++
	if q.hook != nil {
		q.hook.enqueue(u)
	}
	close(q.wake)
	q.wake = make(chan struct{})
	q.srv.touch()
}

func (q *updates) wants(kind string) bool {
	if q.allowed == nil {
		return !slices.Contains(askedKinds, kind)
	}
	return slices.Contains(q.allowed, kind)
}

// finish forgets an update, delivered or not.
func (q *updates) finish(u *update) {
	if u.done {
		return
	}
	u.done = true
	q.open--
	q.srv.touch()
	for len(q.pending) > 0 && q.pending[0].done {
		q.pending = q.pending[1:]
	}
	if len(q.pending) > 64 && q.open*2 < len(q.pending) {
		q.pending = slices.DeleteFunc(slices.Clone(q.pending), func(u *update) bool { return u.done })
	}
}

func (q *updates) count() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.open
}

// quit ends the poll and the webhook's deliveries.
func (q *updates) quit() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.endPoll("")
	if q.hook != nil {
		q.hook.stop()
	}
	for _, t := range q.late {
		t.Stop()
	}
}

func (q *updates) endPoll(why string) {
	if q.poll != nil {
		q.poll <- why
		q.poll = nil
	}
}

// allow remembers which kinds the bot wants; an absent list changes nothing.
func (q *updates) allow(c *call) error {
	if c.text("allowed_updates") == "" {
		return nil
	}
	kinds := []string{}
	if err := c.into("allowed_updates", &kinds); err != nil {
		return err
	}
	q.allowed = kinds
	if len(kinds) == 0 {
		q.allowed = nil
	}
	return nil
}
