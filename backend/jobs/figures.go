package jobs

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// figures are how much waits in the store, looked up when somebody asks. No label
// of theirs names anybody.
type figures struct{ store Store }

// askTime is how long a look may take before the rest is shown without it.
const askTime = 2 * time.Second

func figure(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("tiepdan_"+name, help, nil, nil)
}

var (
	inbox       = figure("inbox_letters", "Letters that came and aren't handled.")
	inboxAge    = figure("inbox_oldest_seconds", "Age of the oldest letter that isn't handled.")
	inboxDead   = figure("inbox_dead", "Letters that failed again and again and were put aside.")
	outbox      = figure("outbox_messages", "Messages that should have gone out by now.")
	outboxAge   = figure("outbox_late_seconds", "How late the latest of them is.")
	tasks       = figure("tasks_open", "Tasks for people that are open.")
	unsealed    = figure("audit_unsealed", "Audit rows that aren't chained yet.")
	unsealedAge = figure("audit_unsealed_seconds", "Age of the oldest of them.")
	known       = figure("waiting_known", "1 if the figures of what waits could be read, 0 if not; they are missing then.")
)

// Describe names the figures.
func (f figures) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{inbox, inboxAge, inboxDead, outbox, outboxAge, tasks, unsealed, unsealedAge, known} {
		c <- d
	}
}

// Collect reads them.
func (f figures) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	set := func(d *prometheus.Desc, v float64) { c <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	g, err := f.store.Gauges(ctx)
	if err != nil {
		set(known, 0) // the database's being away is no reason to show nothing at all
		return
	}
	set(known, 1)
	set(inbox, float64(g.Inbox))
	set(inboxAge, g.InboxAge.Seconds())
	set(inboxDead, float64(g.Dead))
	set(outbox, float64(g.Outbox))
	set(outboxAge, g.OutboxAge.Seconds())
	set(tasks, float64(g.Tasks))
	set(unsealed, float64(g.Unsealed))
	set(unsealedAge, g.UnsealedAge.Seconds())
}
