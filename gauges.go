package tiepdan

import "time"

// Gauges are how much waits in the store at a moment. Counts stop at [GaugeCap];
// ages are of the one that has waited longest, zero when none does.
type Gauges struct {
	Inbox       int // letters that aren't handled
	InboxAge    time.Duration
	Dead        int // letters that were put aside
	Outbox      int // messages that should have gone out by now
	OutboxAge   time.Duration
	Tasks       int // open ones
	Unsealed    int // audit rows that aren't chained
	UnsealedAge time.Duration
}

// GaugeCap is where the counting of a [Gauges] ends, so that looking costs little
// when much waits.
const GaugeCap = 100_000
