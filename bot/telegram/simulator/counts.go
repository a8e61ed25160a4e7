package simulator

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// Refusal is a call that this server answered with an error of its own; those
// that a Fault made up are not among them.
type Refusal struct {
	Method      string `json:"method"`
	Code        int    `json:"code"`
	Description string `json:"description"`
}

// Stats are counts since the start.
type Stats struct {
	// Calls are by method, in small letters.
	Calls map[string]int `json:"calls"`
	// Delivered counts updates that the bot has confirmed.
	Delivered int `json:"delivered"`
	// Pending counts those that it has not.
	Pending int `json:"pending"`
	// Refused are the last thousand.
	Refused []Refusal `json:"refused"`
	// Sent counts messages; Busiest is the most that were sent within one second.
	Sent    int `json:"sent"`
	Busiest int `json:"busiest"`
}

type counts struct {
	mu     sync.Mutex
	stats  Stats
	second int64
	within int
}

func newCounts() *counts { return &counts{stats: Stats{Calls: map[string]int{}}} }

func (c *counts) called(method string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Calls[method]++
}

func (c *counts) refused(method string, r *refusal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.stats.Refused) >= 1000 {
		c.stats.Refused = slices.Delete(c.stats.Refused, 0, 500)
	}
	c.stats.Refused = append(c.stats.Refused, Refusal{method, r.Code, r.Description})
}

func (c *counts) sent(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now().Unix(); now != c.second {
		c.second, c.within = now, 0
	}
	c.within += n
	c.stats.Sent += n
	c.stats.Busiest = max(c.stats.Busiest, c.within)
}

func (c *counts) delivered(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Delivered += n
}

// Stats are the counts so far.
func (s *Server) Stats() Stats {
	pending := s.updates.count()
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	st := s.counts.stats
	st.Calls, st.Refused, st.Pending = maps.Clone(st.Calls), slices.Clone(st.Refused), pending
	return st
}
