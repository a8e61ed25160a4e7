package store

import (
	"context"
	"fmt"
	"testing"
	"time"
)

func TestAHopelessLetterIsPutAsideAtOnce(t *testing.T) {
	t.Parallel()
	s, b := mailStore(t), newBook()
	dead := make(chan Letter, 8)
	lanes(t, s, LaneOptions{Backoff: time.Hour, Dead: func(_ context.Context, m Letter, _ error) { dead <- m },
		Handle: func(ctx context.Context, m Letter) error {
			if string(m.Raw) == "1" {
				return fmt.Errorf("read: %w", unreadable{})
			}
			return b.handle(ctx, m)
		}})
	write(t, 1, 4, s)
	eventually(t, "the others are handled", func() bool { return b.total() == 3 })
	if m := <-dead; m.Attempt != 1 || string(m.Raw) != "1" {
		t.Errorf("%q was put aside at attempt %d", m.Raw, m.Attempt)
	}
}

type unreadable struct{}

func (unreadable) Error() string   { return "unreadable" }
func (unreadable) Permanent() bool { return true }
