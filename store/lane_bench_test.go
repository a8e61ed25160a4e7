package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
)

// BenchmarkLanes is a letter's whole way: accepted durably, one request each, by
// 64 webhook connections; worked by a trivial handler; deleted.
func BenchmarkLanes(b *testing.B) {
	s := mailStore(b)
	var handled, next atomic.Int64
	lanes(b, s, LaneOptions{Handle: func(context.Context, Letter) error { handled.Add(1); return nil }})
	raw := fmt.Appendf(nil, `{"update_id":1,"message":{"text":"%0900d"}}`, 1)
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := next.Add(1)
			if _, err := s.AcceptUpdates(b.Context(), "telegram", []Update{{ID: n, Peer: person(int(n % 500)), Raw: raw}}); err != nil {
				b.Error(err)
			}
		}
	})
	eventually(b, "all are handled", func() bool { return handled.Load() == next.Load() })
	b.ReportMetric(float64(next.Load())/b.Elapsed().Seconds(), "letters/s")
}
