package jobs_test

import (
	"context"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestWhatAProcessLeftIsRoutedByAnother(t *testing.T) {
	t.Parallel()
	o := open(t, time.Now().Add(5*time.Minute))
	unit := storetest.Unit(t, o.Store, "MT")
	officer := storetest.Staff(t, o.Store, tiepdan.Officer, unit, false)
	_, err := o.SaveRoutingRule(t.Context(), tiepdan.Actor{Role: tiepdan.System}, tiepdan.RoutingRule{Name: "Môi trường", Kinds: []tiepdan.Kind{tiepdan.PhanAnh},
		Unit: unit, Rotate: true, Auto: true, Active: true})
	if err != nil {
		t.Fatal(err)
	}
	before := storetest.Open(t, storetest.WithDatabase(o.dsn), storetest.WithKey(o.key), storetest.WithNow(time.Now))
	storetest.Unrouted(t, before, func(ctx context.Context) {
		if _, _, err := before.FileCase(ctx, storetest.Petition(tiepdan.PhanAnh, "Khói mẫu ở ngõ mẫu"), storetest.Filing(storetest.Peer(1), time.Now())); err != nil {
			t.Error(err)
		}
	})
	for range 2 {
		o.run(t, &shelf{})
	}
	await(t, "the case is given out", func() bool { return o.count(t, `SELECT count(*) FROM cases WHERE officer = $1`, officer.ID) == 1 })
	if n := o.count(t, `SELECT count(*) FROM entries WHERE action = 'assign'`) + o.count(t, `SELECT count(*) FROM case_routings`); n != 1 {
		t.Errorf("assigned and still to be routed: %d", n)
	}
}
