package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

func TestReadyNamesWhatFails(t *testing.T) {
	t.Parallel()
	fine := func(context.Context) error { return nil }
	down := func(context.Context) error { return errors.New("dial tcp 10.0.0.1: refused") }
	hangs := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	for _, x := range []struct {
		fact   string
		checks []check
		status int
		want   map[string]string
	}{
		{"all is well", []check{{"postgres", fine}, {"redis", fine}}, http.StatusOK, map[string]string{"postgres": "ok", "redis": "ok"}},
		{"one is down", []check{{"postgres", fine}, {"redis", down}}, http.StatusServiceUnavailable, map[string]string{"postgres": "ok", "redis": "failing"}},
		{"one hangs", []check{{"postgres", hangs}, {"redis", fine}}, http.StatusServiceUnavailable, map[string]string{"postgres": "failing", "redis": "ok"}},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			health(x.checks, prometheus.NewRegistry(), http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
			got := map[string]string{}
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != x.status || len(got) != len(x.want) {
				t.Fatalf("%d %s, %v", w.Code, w.Body, err)
			}
			for part, state := range x.want {
				if got[part] != state {
					t.Errorf("%s is %q, want %q", part, got[part], state)
				}
			}
			if strings.Contains(w.Body.String(), "10.0.0.1") {
				t.Error("the answer tells an address")
			}
		})
	}
}

func TestAliveWhateverIsDown(t *testing.T) {
	t.Parallel()
	down := func(context.Context) error { return errors.New("down") }
	site := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	h := health([]check{{"postgres", down}}, prometheus.NewRegistry(), site)
	for path, status := range map[string]int{"/healthz": http.StatusOK, "/metrics": http.StatusOK, "/inbox": http.StatusTeapot} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != status {
			t.Errorf("%s answers %d, want %d", path, w.Code, status)
		}
	}
}
