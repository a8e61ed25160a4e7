package jobs_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tiepdan"
	"tiepdan/backend/jobs"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// office is a Store with a clock that the test sets, as several processes share it.
type office struct {
	*store.Store
	dsn string
	key []byte
	now func() time.Time
}

func open(t *testing.T, now time.Time) office {
	t.Helper()
	o := office{dsn: storetest.Database(t), key: storetest.Key(), now: func() time.Time { return now }}
	o.Store = o.replica(t)
	return o
}

// replica is the same office in another process.
func (o office) replica(t *testing.T) *store.Store {
	t.Helper()
	return storetest.Open(t, storetest.WithDatabase(o.dsn), storetest.WithKey(o.key), storetest.WithNow(o.now))
}

// run runs the workers of one process until stop is called or the test ends.
func (o office) run(t *testing.T, files jobs.Deleter) (w *jobs.Workers, stop func()) {
	t.Helper()
	s := o.replica(t)
	w, err := jobs.New(jobs.Options{Pool: s.Pool(), Store: s, Files: files, Now: o.now, Metrics: prometheus.NewRegistry()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the workers ended with %v", err)
		}
	})
	t.Cleanup(stop)
	return w, stop
}

// await asks until it is so.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !so(); {
		if time.Now().After(end) {
			t.Fatalf("not in half a minute: %s", what)
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-t.Context().Done():
			t.Fatal(what)
		}
	}
}

// count is what a query that counts says.
func (o office) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := o.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// done is how many jobs of a kind have been done.
func (o office) done(t *testing.T, kind string) int {
	t.Helper()
	return o.count(t, `SELECT count(*) FROM river_job WHERE kind = $1 AND state = 'completed'`, kind)
}

// shelf is where files are deleted from; it refuses one of them.
type shelf struct {
	mu      sync.Mutex
	gone    map[string]int
	refuses string
}

func (s *shelf) Delete(_ context.Context, sha string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sha == s.refuses {
		return errors.New("the shelf is locked")
	}
	if s.gone == nil {
		s.gone = map[string]int{}
	}
	s.gone[sha]++
	return nil
}

func (s *shelf) deleted(sha string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone[sha]
}

func TestWorkersAreReadyWhileTheyRun(t *testing.T) {
	t.Parallel()
	o := open(t, tiepdan.Date{Year: 2026, Month: 11, Day: 4}.At(15*60))
	w, stop := o.run(t, &shelf{})
	await(t, "the workers are ready", func() bool { return w.Ready(t.Context()) == nil })
	stop()
	if w.Ready(t.Context()) == nil {
		t.Error("workers that ended say that they are ready")
	}
}

func TestFiguresAreRegisteredOnce(t *testing.T) {
	t.Parallel()
	o := open(t, time.Now())
	r := prometheus.NewRegistry()
	if _, err := jobs.New(jobs.Options{Pool: o.Pool(), Store: o, Files: &shelf{}, Metrics: r}); err != nil {
		t.Fatal(err)
	}
	if _, err := jobs.New(jobs.Options{Pool: o.Pool(), Store: o, Files: &shelf{}, Metrics: r}); err == nil {
		t.Error("two workers share one registry, and nobody said so")
	}
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		got[f.GetName()] = f.GetMetric()[0].GetGauge().GetValue()
	}
	if len(got) != 9 || got["tiepdan_waiting_known"] != 1 || got["tiepdan_audit_unsealed"] < 1 {
		t.Errorf("figures: %v", got)
	}
}
