package jobs

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"tiepdan"
)

func TestRiverSaysNoWordsOfAFailure(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	log := slog.New(quiet{slog.NewTextHandler(&said, nil)}).With("kind", "clean", "args", "lời mẫu")
	log.Info("a job began")
	log.Warn("a job panicked", "job_id", 7, "panic_val", "lời mẫu", "error", "lời mẫu")
	if got := said.String(); strings.Contains(got, "mẫu") || strings.Contains(got, "began") || !strings.Contains(got, "kind=clean job_id=7") {
		t.Errorf("said: %s", got)
	}
}

func TestFaultIsAKind(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{
		"postgres 23505": fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: "23505", Message: "lời mẫu"}),
		"timeout":        fmt.Errorf("wrapped: %w", context.DeadlineExceeded),
		"not_found":      &tiepdan.Error{Code: tiepdan.NotFound, Key: "case.none"},
		"internal":       fmt.Errorf("lời mẫu"),
	} {
		if got := fault(err); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestSchedulesAreRoundTimes(t *testing.T) {
	t.Parallel()
	day := tiepdan.Date{Year: 2026, Month: 11, Day: 4}
	for _, c := range []struct {
		name      string
		schedule  interface{ Next(time.Time) time.Time }
		now, want time.Time
	}{
		{"every ten minutes hits half past seven", every(10 * time.Minute), day.At(7*60 + 22), day.At(7*60 + 30)},
		{"what is round is over", every(time.Hour), day.At(8 * 60), day.At(9 * 60)},
		{"the night to come", daily(2 * 60), day.At(9 * 60), day.Add(1).At(2 * 60)},
		{"this night", daily(2 * 60), day.At(60), day.At(2 * 60)},
		{"its moment is over", daily(60), day.At(60), day.Add(1).At(60)},
	} {
		if got := c.schedule.Next(c.now); !got.Equal(c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}
