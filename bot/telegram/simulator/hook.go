package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// hook is the address that updates are sent to. Each queue of updates has one
// request in flight, and the next only after a 2xx.
type hook struct {
	URL    string `json:"url"`
	Secret string `json:"secret,omitempty"`
	Max    int    `json:"max"`

	q       *updates
	ctx     context.Context
	cancel  context.CancelFunc
	slots   chan struct{}
	client  *http.Client
	queues  map[string][]*update // by q.mu; a queue that is here has a runner
	failed  time.Time
	failure string
}

func (q *updates) newHook(address, secret string, limit int) *hook {
	h := &hook{URL: address, Secret: secret, Max: limit, q: q, slots: make(chan struct{}, limit), queues: map[string][]*update{}}
	h.ctx, h.cancel = context.WithCancel(q.srv.ctx)
	h.client = &http.Client{
		Timeout:       q.srv.opts.WebhookTimeout,
		Transport:     &http.Transport{MaxIdleConnsPerHost: limit, MaxConnsPerHost: limit},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return h
}

// stop ends deliveries; what is in flight is cancelled and stays pending.
func (h *hook) stop() {
	h.cancel()
	h.client.CloseIdleConnections()
}

// enqueue is called with q.mu held.
func (h *hook) enqueue(u *update) {
	waiting, running := h.queues[u.Queue]
	h.queues[u.Queue] = append(waiting, u)
	if !running {
		go h.run(u.Queue)
	}
}

// run delivers a queue until it is empty.
func (h *hook) run(key string) {
	for {
		h.q.mu.Lock()
		waiting := h.queues[key]
		if len(waiting) == 0 || h.ctx.Err() != nil {
			delete(h.queues, key)
			h.q.mu.Unlock()
			return
		}
		u := waiting[0]
		h.q.mu.Unlock()
		delivered := h.deliver(u)
		h.q.mu.Lock()
		if h.ctx.Err() == nil || delivered {
			h.queues[key] = h.queues[key][1:]
			h.q.finish(u)
		}
		h.q.mu.Unlock()
		if delivered {
			h.q.srv.counts.delivered(1)
		}
	}
}

// deliver tries until the update is taken, too old, or the webhook is gone.
func (h *hook) deliver(u *update) bool {
	for failures := 0; h.ctx.Err() == nil; {
		pause, err := h.attempt(u)
		if err == nil {
			if u.Repeats == 0 {
				return true
			}
			u.Repeats--
			continue
		}
		h.q.mu.Lock()
		h.failed, h.failure = h.q.srv.now(), err.Error()
		h.q.mu.Unlock()
		if pause == 0 {
			pause = h.backoff(failures)
		}
		failures++
		if h.q.srv.now().Add(pause).After(u.Expires) {
			return false
		}
		select {
		case <-time.After(pause):
		case <-h.ctx.Done():
		}
	}
	return false
}

// backoff is nothing at first, then 2, 4, 8 … seconds up to a minute or two.
func (h *hook) backoff(failures int) time.Duration {
	seconds := 60 + rand.IntN(60)
	if failures == 0 {
		seconds = 0
	} else if failures < 7 {
		seconds = min(seconds, 1<<failures)
	}
	return time.Duration(seconds) * h.q.srv.opts.RetryUnit
}

// attempt posts an update once; pause is what the bot asks for by Retry-After.
func (h *hook) attempt(u *update) (pause time.Duration, err error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-h.ctx.Done():
		return 0, h.ctx.Err()
	}
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.URL, bytes.NewReader(u.Raw))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	if h.Secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.Secret)
	}
	resp, err := h.client.Do(req)
	if err != nil {
		return 0, plainly(err)
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, megabyte))
	if resp.StatusCode/100 != 2 {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		pause = time.Duration(min(max(seconds, 0), 3600)) * h.q.srv.opts.RetryUnit
		return pause, fmt.Errorf("Wrong response from the webhook: %s", resp.Status)
	}
	h.obey(resp.Header.Get("Content-Type"), body)
	return 0, nil
}

// plainly is a failure in the words of getWebhookInfo.
func plainly(err error) error {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("Connection refused")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("Read timeout expired")
	}
	return errors.New("Connection closed")
}

// obey runs the method that an answer may hold; nobody hears how it went.
func (h *hook) obey(kind string, body []byte) {
	if kind, _, _ = mime.ParseMediaType(kind); kind != "application/json" {
		return
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return
	}
	f := &form{values: map[string]string{}}
	for key, raw := range fields {
		f.values[key] = fieldText(raw)
	}
	name := strings.ToLower(f.text("method"))
	if run := methods[name]; run != nil && name != "getupdates" {
		h.q.srv.counts.called(name)
		run(h.q.srv, &call{form: f, ctx: h.ctx, method: name})
	}
}
