package simulator

import (
	"encoding/json"
	"time"
)

// One answer of getUpdates holds at most this much, and waits at most so long.
const (
	maxBatch = 4 * megabyte
	maxPoll  = 50
)

func getUpdates(s *Server, c *call) (any, error) {
	q := s.updates
	mine, err := q.startPoll(c)
	if err != nil {
		return nil, err
	}
	defer q.leavePoll(mine)
	seconds, _ := c.number("timeout")
	timer := time.NewTimer(time.Duration(min(max(seconds, 0), maxPoll)) * time.Second)
	defer timer.Stop()
	for {
		batch, wake := q.take(c)
		if len(batch) > 0 || seconds <= 0 {
			return batch, nil
		}
		select {
		case <-wake:
		case <-timer.C:
			return batch, nil
		case why := <-mine:
			if why == "" { // this server is closing
				return batch, nil
			}
			return nil, conflict(why)
		case <-c.ctx.Done():
			return batch, nil
		}
	}
}

// startPoll ends an older poll and makes this one the only one.
func (q *updates) startPoll(c *call) (chan string, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.hook != nil {
		return nil, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if err := q.allow(c); err != nil {
		return nil, err
	}
	q.endPoll("terminated by other getUpdates request; make sure that only one bot instance is running")
	q.poll = make(chan string, 1)
	return q.poll, nil
}

func (q *updates) leavePoll(mine chan string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.poll == mine {
		q.poll = nil
	}
}

// take confirms what the call's offset confirms and collects what is next.
func (q *updates) take(c *call) ([]json.RawMessage, <-chan struct{}) {
	offset, _ := c.number("offset")
	limit, ok := c.number("limit")
	if !ok || limit < 1 || limit > 100 {
		limit = 100
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.confirm(offset)
	// Asking the same again at once gets one update only, as from Telegram.
	if offset == q.asked.offset && time.Since(q.asked.at) < 500*time.Millisecond {
		limit = 1
	}
	batch := q.collect(int(limit))
	if len(batch) > 0 {
		q.asked = askedBefore{offset, time.Now()}
	}
	return batch, q.wake
}

func (q *updates) confirm(offset int64) {
	confirmed := 0
	if offset < 0 { // all but the last so many are forgotten
		for drop := q.open + int(offset); drop > 0 && q.open > 0; drop-- {
			q.finish(q.first())
		}
		return
	}
	for _, u := range q.pending[:q.below(offset)] {
		switch {
		case u.done:
		case u.Repeats > 0:
			u.Repeats--
		default:
			q.finish(u)
			confirmed++
		}
	}
	q.srv.counts.delivered(confirmed)
}

func (q *updates) first() *update {
	for _, u := range q.pending {
		if !u.done {
			return u
		}
	}
	return nil
}

// below is how many of the pending stand before offset.
func (q *updates) below(offset int64) int {
	n := 0
	for n < len(q.pending) && int64(q.pending[n].ID) < offset {
		n++
	}
	return n
}

func (q *updates) collect(limit int) []json.RawMessage {
	batch := []json.RawMessage{}
	size, now := 0, q.srv.now()
	for _, u := range q.pending {
		switch {
		case u.done:
		case now.After(u.Expires):
			q.finish(u)
		case len(batch) == limit || size+len(u.Raw) > maxBatch:
			return batch
		default:
			batch = append(batch, u.Raw)
			size += len(u.Raw)
		}
	}
	return batch
}
