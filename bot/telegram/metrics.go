package telegram

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are counts and times; no label of theirs names a person or a chat.
type metrics struct {
	came     *prometheus.CounterVec
	updates  *prometheus.CounterVec
	handling *prometheus.HistogramVec
	requests *prometheus.CounterVec
	calls    *prometheus.HistogramVec
	messages *prometheus.CounterVec
	waited   prometheus.Counter
	dead     prometheus.Counter
	depth    prometheus.Gauge
	oldest   prometheus.Gauge
	pending  prometheus.Gauge
}

// newMetrics registers them with r, if there is one.
func newMetrics(r prometheus.Registerer) *metrics {
	const space, part = "tiepdan", "telegram"
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: space, Subsystem: part, Name: name, Help: help}, labels)
	}
	times := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: space, Subsystem: part, Name: name, Help: help,
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}}, labels)
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: space, Subsystem: part, Name: name, Help: help})
	}
	one := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: space, Subsystem: part, Name: name, Help: help})
	}
	m := &metrics{
		came:     counter("accepted_total", "Updates made durable, fresh or known already.", "state"),
		updates:  counter("updates_total", "Updates worked, by kind and outcome.", "kind", "outcome"),
		handling: times("handle_seconds", "Time from taking a letter to its last reply.", "kind"),
		requests: counter("webhook_requests_total", "Requests to the webhook, by the status answered.", "status"),
		calls:    times("call_seconds", "Calls of the Bot API, by method and outcome.", "method", "outcome"),
		messages: counter("messages_total", "Messages of the outbox, by outcome.", "outcome"),
		waited:   one("waits_total", "Times that Telegram told us to wait."),
		dead:     one("dead_updates_total", "Updates put aside."),
		depth:    gauge("inbox_depth", "Letters that wait."),
		oldest:   gauge("inbox_oldest_seconds", "Age of the oldest letter."),
		pending:  gauge("webhook_pending_updates", "Updates that wait at Telegram for our webhook."),
	}
	if r != nil {
		r.MustRegister(m.came, m.updates, m.handling, m.requests, m.calls, m.messages, m.waited, m.dead, m.depth, m.oldest, m.pending)
	}
	return m
}

func (m *metrics) accepted(fresh, known int) {
	m.came.WithLabelValues("fresh").Add(float64(fresh))
	m.came.WithLabelValues("known").Add(float64(known))
}

func (m *metrics) update(kind, outcome string) { m.updates.WithLabelValues(kind, outcome).Inc() }

func (m *metrics) handled(kind string, took time.Duration) {
	m.handling.WithLabelValues(kind).Observe(took.Seconds())
}

func (m *metrics) webhook(status int) { m.requests.WithLabelValues(strconv.Itoa(status)).Inc() }

func (m *metrics) call(method, outcome string, took time.Duration) {
	if outcome == string(tooMany) {
		m.waited.Inc()
	}
	m.calls.WithLabelValues(method, outcome).Observe(took.Seconds())
}

func (m *metrics) message(outcome string) { m.messages.WithLabelValues(outcome).Inc() }
