package main

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// check is one part that the program needs, by its name in /readyz.
type check struct {
	Name string
	Ask  func(context.Context) error
}

// checkTime bounds one check, so that a hanging part is named and not waited for.
const checkTime = 2 * time.Second

// health answers those who watch the program: alive, ready, and its figures.
func health(checks []check, metrics prometheus.Gatherer, next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, checks) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	mux.Handle("/", next)
	return mux
}

// ready names each part and whether it works. Why not is for the log: an error
// may hold an address.
func ready(w http.ResponseWriter, r *http.Request, checks []check) {
	type answer struct {
		name string
		ok   bool
	}
	answers := make(chan answer, len(checks))
	for _, c := range checks {
		go func() {
			ctx, cancel := context.WithTimeout(r.Context(), checkTime)
			defer cancel()
			answers <- answer{c.Name, c.Ask(ctx) == nil}
		}()
	}
	parts, status := map[string]string{}, http.StatusOK
	for range checks {
		a := <-answers
		parts[a.name] = "ok"
		if !a.ok {
			parts[a.name], status = "failing", http.StatusServiceUnavailable
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(parts)
}
