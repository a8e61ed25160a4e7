package simulator

import (
	"crypto/rand"
	"maps"
	"math/big"
	"sync"
	"time"
)

// Answer is what the bot answers to a press: a word at the screen's edge, or
// an alert that must be closed.
type Answer struct {
	Text  string `json:"text,omitempty"`
	Alert bool   `json:"alert,omitempty"`
	URL   string `json:"url,omitempty"`
	// Data is the pressed button's.
	Data string `json:"data,omitempty"`
}

// presses are the callback queries that wait for an answer.
type presses struct {
	mu      sync.Mutex
	asked   map[string]*press
	sweepAt int // so many are let stand before old ones are looked for
}

type press struct {
	user *User
	data string
	at   time.Time
}

func (p *presses) add(u *User, data string, at time.Time) string {
	n, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		panic(err) // the system has no randomness
	}
	id := n.String()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.asked) >= max(p.sweepAt, 4096) {
		maps.DeleteFunc(p.asked, func(_ string, q *press) bool { return at.Sub(q.at) > keptPress })
		p.sweepAt = 2 * len(p.asked)
	}
	p.asked[id] = &press{u, data, at}
	return id
}

func (p *presses) find(id string) *press {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[id]
}

func answerCallbackQuery(s *Server, c *call) (any, error) {
	q := s.presses.find(c.text("callback_query_id"))
	if q == nil || s.now().Sub(q.at) > s.opts.CallbackAge {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	if units(c.text("text")) > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	a := Answer{Text: c.text("text"), Alert: c.flag("show_alert"), URL: c.text("url"), Data: q.data}
	q.user.mu.Lock()
	defer q.user.mu.Unlock()
	q.user.answers = append(q.user.answers, a)
	if n := len(q.user.answers); n > 1000 {
		q.user.answers = append([]Answer(nil), q.user.answers[n-500:]...)
	}
	q.user.wake()
	s.showAnswer(q.user, a)
	return true, nil
}
