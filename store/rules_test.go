package store_test

import (
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestAnotherReplicaHearsOfAChange(t *testing.T) {
	t.Parallel()
	dsn, key := storetest.Database(t), storetest.Key()
	here := storetest.Open(t, storetest.WithDatabase(dsn), storetest.WithKey(key))
	there := storetest.Open(t, storetest.WithDatabase(dsn), storetest.WithKey(key))
	before, err := there.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	office := before.Office
	office.Phone = "1022"
	if err := here.SaveOffice(t.Context(), system, office); err != nil {
		t.Fatal(err)
	}
	if r, err := here.Rules(t.Context()); err != nil || r.Office.Phone != "1022" {
		t.Errorf("whoever saved sees %q, %v", r.Office.Phone, err)
	}
	for deadline := time.Now().Add(5 * time.Second); ; {
		r, err := there.Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if r.Office.Phone == "1022" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the other replica never heard of it")
		}
	}
}

func TestTheSeedIsWrittenOnce(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	other := storetest.Sample()
	other.Office.Name = "Ban Tiếp công dân Mẫu khác"
	if err := s.SeedOffice(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	r, err := s.Rules(t.Context())
	if err != nil || r.Office.Name != storetest.Sample().Office.Name {
		t.Errorf("the office is %q, %v", r.Office.Name, err)
	}
	if len(r.Kinds) != 4 || len(r.Fields) != 3 || len(r.Wards()) != 2 || len(r.Holidays) == 0 || r.Fields[0].Unit == 0 {
		t.Errorf("the seed wasn't read back: %d kinds, %d fields, %d wards", len(r.Kinds), len(r.Fields), len(r.Wards()))
	}
}

func TestANewHolidayMovesDueDays(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, tiepdan.Hanoi)
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), at))
	due := func() tiepdan.Date {
		lines, _, err := s.Cases(t.Context(), store.CaseFilter{By: system})
		if err != nil || len(lines) != 1 {
			t.Fatal(lines, err)
		}
		return lines[0].Due
	}
	before := due()
	closed := tiepdan.Holiday{On: tiepdan.Date{Year: 2026, Month: 3, Day: 4}, Kind: tiepdan.DayClosure, Name: "Nghỉ mẫu", Confirmed: true}
	if r, err := s.SaveHoliday(t.Context(), system, closed); err != nil || r.Moved != 1 || !r.Done {
		t.Fatalf("%+v, %v", r, err)
	}
	if after := due(); !after.After(before) {
		t.Errorf("due %v before the new day off, %v with it", before, after)
	}
	if r, err := s.DeleteHoliday(t.Context(), system, closed.On); err != nil || r.Moved != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if after := due(); after != before {
		t.Errorf("due %v first, %v when the day off is gone", before, after)
	}
	if n := count(t, s, `SELECT count(*) FROM audit WHERE action = 'recompute_dues' AND detail ->> 'cases' = '1'`); n != 2 {
		t.Errorf("%d audit rows tell of the moved days of case %d", n, c.ID)
	}
}

func TestAnotherKeyIsRefused(t *testing.T) {
	t.Parallel()
	dsn := storetest.Database(t)
	storetest.Open(t, storetest.WithDatabase(dsn))
	o := store.Options{Database: dsn, Key: storetest.Key(), Redis: "redis://127.0.0.1:1"}
	if _, err := store.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "another identity key") {
		t.Errorf("another key: %v", err)
	}
	o.Key, o.KeyFile = nil, t.TempDir()+"/identity.key"
	if _, err := store.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("no key: %v", err)
	}
}
