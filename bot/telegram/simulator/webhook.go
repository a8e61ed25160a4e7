package simulator

import (
	"net/url"
	"regexp"
	"time"
)

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

func setWebhook(s *Server, c *call) (any, error) {
	q := s.updates
	q.mu.Lock()
	defer q.mu.Unlock()
	if since := time.Since(q.hookSet); since < time.Second && !s.opts.CalmSetWebhook {
		return nil, tooMany(1)
	}
	q.hookSet = time.Now()
	address, secret := c.text("url"), c.text("secret_token")
	if address == "" {
		return q.unhook(c), nil
	}
	limit, ok := c.number("max_connections")
	if !ok {
		limit = 40
	}
	if err := checkHook(address, secret, limit); err != nil {
		return nil, err
	}
	if err := q.allow(c); err != nil {
		return nil, err
	}
	return q.setHook(c, address, secret, int(limit)), nil
}

func checkHook(address, secret string, limit int64) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return badRequest("bad webhook: invalid webhook URL specified")
	case len(secret) > 256:
		return badRequest("secret token is too long")
	case !secretToken.MatchString(secret):
		return badRequest("secret token contains unallowed characters")
	case limit < 1 || limit > 100000:
		return badRequest("bad webhook: max_connections is out of range")
	}
	return nil
}

func (q *updates) setHook(c *call, address, secret string, limit int) any {
	if c.flag("drop_pending_updates") {
		q.drop()
	} else if h := q.hook; h != nil && h.URL == address && h.Secret == secret && h.Max == limit {
		return described{true, "Webhook is already set"}
	}
	if q.hook != nil {
		q.hook.stop()
	}
	q.endPoll("terminated by setWebhook request")
	q.startHook(q.newHook(address, secret, limit))
	return described{true, "Webhook was set"}
}

// startHook hands all that is pending to a webhook.
func (q *updates) startHook(h *hook) {
	q.hook = h
	for _, u := range q.pending {
		if !u.done {
			h.enqueue(u)
		}
	}
	q.srv.touch()
}

func (q *updates) drop() {
	for q.open > 0 {
		q.finish(q.first())
	}
	if q.hook != nil {
		for key := range q.hook.queues {
			q.hook.queues[key] = q.hook.queues[key][:min(1, len(q.hook.queues[key]))]
		}
	}
}

func (q *updates) unhook(c *call) any {
	if c.flag("drop_pending_updates") {
		q.drop()
	}
	if q.hook == nil {
		return described{true, "Webhook is already deleted"}
	}
	q.hook.stop()
	q.hook = nil
	q.srv.touch()
	return described{true, "Webhook was deleted"}
}

func deleteWebhook(s *Server, c *call) (any, error) {
	s.updates.mu.Lock()
	defer s.updates.mu.Unlock()
	return s.updates.unhook(c), nil
}

func getWebhookInfo(s *Server, _ *call) (any, error) {
	q := s.updates
	q.mu.Lock()
	defer q.mu.Unlock()
	info := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": q.open}
	if q.allowed != nil {
		info["allowed_updates"] = q.allowed
	}
	if h := q.hook; h != nil {
		info["url"], info["max_connections"] = h.URL, h.Max
		if h.failure != "" {
			info["last_error_date"], info["last_error_message"] = h.failed.Unix(), h.failure
		}
	}
	return info, nil
}
