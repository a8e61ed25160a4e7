package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestGaugesSayWhatWaits(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now }))
	if _, err := s.SealAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, err := s.Gauges(t.Context())
	if err != nil || before != (tiepdan.Gauges{}) {
		t.Fatalf("of an idle office: %+v, %v", before, err)
	}
	if _, err := s.AcceptUpdates(t.Context(), "mau", []store.Update{{ID: 1, Peer: storetest.Peer(1), Raw: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Vỉa hè mẫu bị lấn."), storetest.Filing(storetest.Peer(1), now))
	if err := s.Post(t.Context(), storetest.Peer(1), []byte(`{}`), "", now.Add(time.Hour)); err != nil { // not due yet
		t.Fatal(err)
	}
	if _, err := s.Pool().Exec(t.Context(), `INSERT INTO tasks (kind, reason, created) VALUES ('dead_update', 'mau', now())`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Pool().Exec(t.Context(), `UPDATE outbox SET not_before = not_before - interval '90 seconds' WHERE case_id IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
	g, err := s.Gauges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if g.Inbox != 1 || g.Dead != 0 || g.Outbox != 1 || g.Tasks != 1 || g.Unsealed == 0 {
		t.Errorf("%+v", g)
	}
	if g.OutboxAge.Round(time.Second) != 90*time.Second {
		t.Errorf("the latest message is %v late", g.OutboxAge)
	}
}
