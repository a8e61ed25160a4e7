package jobs_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestVisitorsAreReminded(t *testing.T) {
	t.Parallel()
	o := open(t, workday.At(8*60))
	before := storetest.Open(t, storetest.WithDatabase(o.dsn), storetest.WithKey(o.key), storetest.WithNow(func() time.Time { return workday.Add(-7).At(9 * 60) }))
	starts := workday.Add(1).At(9 * 60)
	id, err := before.AddSession(t.Context(), tiepdan.Actor{Role: tiepdan.System}, tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished,
		Starts: starts, Ends: starts.Add(time.Hour), Places: 5})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		if _, err := before.Book(t.Context(), tiepdan.Booking{Session: id, Peer: storetest.Peer(n)}); err != nil {
			t.Fatal(err)
		}
	}
	o.run(t, &shelf{})
	o.run(t, &shelf{})
	await(t, "all are reminded", func() bool {
		return o.count(t, `SELECT count(*) FROM outbox WHERE reply #>> '{args,Key}' = 'booking.remind_day'`) == 5
	})
}
