package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

func TestWhoMayHaveItIsAskedWhenItIsRouted(t *testing.T) {
	t.Parallel()
	system := tiepdan.Actor{Role: tiepdan.System}
	anybody := func(*testing.T, *store.Store, tiepdan.Case, tiepdan.Staff) {}
	tests := []struct {
		name   string
		kind   tiepdan.Kind
		change func(t *testing.T, s *store.Store, c tiepdan.Case, first tiepdan.Staff)
		first  bool
		routed int
	}{
		{"whoever's turn it is", tiepdan.PhanAnh, anybody, true, 1},
		{"not who is kept away by now", tiepdan.PhanAnh, func(t *testing.T, s *store.Store, c tiepdan.Case, first tiepdan.Staff) {
			head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
			do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Bar, By: head.Actor(), Reason: "Bị nêu tên", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{first.ID}}}})
		}, false, 1},
		{"not the unit that is kept away by now", tiepdan.PhanAnh, func(t *testing.T, s *store.Store, c tiepdan.Case, first tiepdan.Staff) {
			head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
			do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Bar, By: head.Actor(), Reason: "Bị nêu tên", Details: tiepdan.Details{Barred: &tiepdan.Barred{Units: []int64{first.Unit}}}})
		}, false, 0},
		{"not a unit led by whom it complains about", tiepdan.PhanAnh, func(t *testing.T, s *store.Store, _ tiepdan.Case, first tiepdan.Staff) {
			if _, err := s.SaveStaff(t.Context(), system, tiepdan.Staff{Login: "mau.truong", Name: "Trưởng Phòng Mẫu", Role: tiepdan.UnitHead, Unit: first.Unit}); err != nil {
				t.Fatal(err)
			}
		}, false, 0},
		{"not who is on leave by now", tiepdan.PhanAnh, func(t *testing.T, s *store.Store, _ tiepdan.Case, first tiepdan.Staff) {
			today := tiepdan.DateOf(time.Now())
			if _, err := s.SaveLeave(t.Context(), first.Actor(), tiepdan.Leave{Staff: first.ID, From: today, Until: today.Add(1)}); err != nil {
				t.Fatal(err)
			}
		}, false, 1},
		{"a denunciation goes to who is cleared", tiepdan.ToCao, anybody, true, 1},
		{"a denunciation goes to nobody where nobody is cleared by now", tiepdan.ToCao, func(t *testing.T, s *store.Store, _ tiepdan.Case, first tiepdan.Staff) {
			if err := s.DisableStaff(t.Context(), system, first.ID, true); err != nil {
				t.Fatal(err)
			}
		}, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t)
			unit := storetest.Unit(t, s, "MT")
			first, second := storetest.Staff(t, s, tiepdan.Officer, unit, true), storetest.Staff(t, s, tiepdan.Officer, unit, false)
			ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Kinds: []tiepdan.Kind{tt.kind}, Unit: unit, Rotate: true, Auto: true, Active: true})
			c := left(t, s, storetest.Petition(tt.kind, rubbish, func(p *tiepdan.Petition) { p.Respondent = "Bà Trưởng Phòng Mẫu" }))
			tt.change(t, s, c, first)
			routeMissed(t, s, tt.routed)
			want := int64(0)
			if tt.first {
				want = first.ID
			} else if tt.routed > 0 {
				want = second.ID
			}
			if got := read(t, s, c.ID); got.Officer != want || (got.Unit != 0) != (tt.routed > 0) || waiting(t, s, c.ID) != 0 {
				t.Errorf("with %d of unit %d, want %d; %d rows wait", got.Officer, got.Unit, want, waiting(t, s, c.ID))
			}
		})
	}
}

func TestProcessesRouteEachCaseOnce(t *testing.T) {
	t.Parallel()
	dsn, key := storetest.Database(t), storetest.Key()
	var processes []*store.Store
	for range 3 {
		processes = append(processes, storetest.Open(t, storetest.WithDatabase(dsn), storetest.WithKey(key)))
	}
	s := processes[0]
	unit := storetest.Unit(t, s, "MT")
	for range 4 {
		storetest.Staff(t, s, tiepdan.Officer, unit, false)
	}
	ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Unit: unit, Rotate: true, Auto: true, Active: true})
	const cases = 8
	for range cases {
		left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	}
	var wg sync.WaitGroup
	routed := make([]int, len(processes))
	for i, p := range processes {
		wg.Go(func() {
			var err error
			if routed[i], err = p.RouteMissed(t.Context(), time.Now().Add(time.Hour)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := routed[0] + routed[1] + routed[2]; n != cases {
		t.Errorf("they say that they routed %v", routed)
	}
	if n := count(t, s, `SELECT count(*) FROM entries WHERE action = 'assign'`); n != cases {
		t.Errorf("%d cases were assigned %d times", cases, n)
	}
	for id, l := range loadsOf(t, s).Officers {
		if l.Open != cases/4 {
			t.Errorf("officer %d has %d cases", id, l.Open)
		}
	}
}

func TestABrokenCaseKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Unit: storetest.Unit(t, s, "MT"), Auto: true, Active: true})
	bad := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	good := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	breaks := fmt.Sprintf(`CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
		CREATE TRIGGER breaks BEFORE UPDATE ON cases FOR EACH ROW WHEN (OLD.id = %d) EXECUTE FUNCTION breaks()`, bad.ID)
	if _, err := s.Pool().Exec(t.Context(), breaks); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(10 * time.Minute)
	if n, err := s.RouteMissed(t.Context(), at); err == nil || n != 1 {
		t.Errorf("%d were routed, %v", n, err)
	}
	if read(t, s, good.ID).Unit == 0 || read(t, s, bad.ID).Unit != 0 || waiting(t, s, bad.ID) != 1 {
		t.Error("the other one waits, or the broken one doesn't")
	}
	if _, err := s.Pool().Exec(t.Context(), `DROP TRIGGER breaks ON cases`); err != nil {
		t.Fatal(err)
	}
	for _, again := range []struct {
		after time.Duration
		want  int
	}{{5 * time.Minute, 0}, {15 * time.Minute, 1}} {
		if n, err := s.RouteMissed(t.Context(), at.Add(again.after)); err != nil || n != again.want {
			t.Errorf("%s later: %d, %v", again.after, n, err)
		}
	}
}
