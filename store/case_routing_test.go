package store_test

import (
	"context"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// left is a case whose process ended before it routed it.
func left(t *testing.T, s *store.Store, p tiepdan.Petition) (c tiepdan.Case) {
	t.Helper()
	storetest.Unrouted(t, s, func(ctx context.Context) {
		var err error
		if c, _, err = s.FileCase(ctx, p, storetest.Filing(storetest.Peer(1), time.Now())); err != nil {
			t.Error(err)
		}
	})
	if c.Status != tiepdan.Received || waiting(t, s, c.ID) != 1 {
		t.Fatalf("the test is of no use: %s, %d rows wait", c.Status, waiting(t, s, c.ID))
	}
	return c
}

// waiting is how many rows wait for a case to be routed.
func waiting(t *testing.T, s *store.Store, id int64) int {
	t.Helper()
	return count(t, s, `SELECT count(*) FROM case_routings WHERE case_id = $1`, id)
}

func ruled(t *testing.T, s *store.Store, r tiepdan.RoutingRule) tiepdan.RoutingRule {
	t.Helper()
	if len(r.Kinds)+len(r.Words) == 0 {
		r.Kinds = []tiepdan.Kind{tiepdan.PhanAnh}
	}
	var err error
	if r.ID, err = s.SaveRoutingRule(t.Context(), tiepdan.Actor{Role: tiepdan.System}, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// routeMissed is what the job does two minutes from now.
func routeMissed(t *testing.T, s *store.Store, want int) {
	t.Helper()
	if n, err := s.RouteMissed(t.Context(), time.Now().Add(2*time.Minute)); err != nil || n != want {
		t.Errorf("%d cases were routed, want %d; %v", n, want, err)
	}
}

func TestWhatAProcessLeftIsRouted(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "MT")
	officer := storetest.Staff(t, s, tiepdan.Officer, unit, false)
	rule := ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Unit: unit, Rotate: true, Auto: true, Active: true})
	c := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	if n, err := s.RouteMissed(t.Context(), time.Now()); err != nil || n != 0 {
		t.Errorf("within the minute that its process has: %d, %v", n, err)
	}
	routeMissed(t, s, 1)
	got := read(t, s, c.ID)
	if last := got.History[len(got.History)-1]; got.Officer != officer.ID || last.Do != tiepdan.Assign || last.By.Role != tiepdan.System ||
		last.Details.Rule != rule.ID || len(last.Details.Reasons) == 0 {
		t.Errorf("with %d: %+v", got.Officer, last)
	}
	if n := waiting(t, s, c.ID); n != 0 {
		t.Errorf("%d rows still wait", n)
	}
	routeMissed(t, s, 0)
	at := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(2), time.Now()))
	other := storetest.File(t, s, storetest.Petition(tiepdan.KienNghi, rubbish), storetest.Filing(storetest.Peer(2), time.Now()))
	if at.Officer != officer.ID || waiting(t, s, at.ID)+waiting(t, s, other.ID) != 0 {
		t.Errorf("of what lived: with %d, %d rows wait, and %d of what no rule is about", at.Officer, waiting(t, s, at.ID), waiting(t, s, other.ID))
	}
}

func TestANewerRuleRoutesNoOlderCase(t *testing.T) {
	t.Parallel()
	system := tiepdan.Actor{Role: tiepdan.System}
	tests := []struct {
		name   string
		change func(*testing.T, *store.Store, tiepdan.RoutingRule, int64)
		routed bool
	}{
		{"a newer one stands first", func(t *testing.T, s *store.Store, _ tiepdan.RoutingRule, other int64) {
			newer := ruled(t, s, tiepdan.RoutingRule{Name: "Mới", Unit: other, Auto: true, Active: true})
			if err := s.MoveRoutingRule(t.Context(), system, newer.ID, true); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"it has another name", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, _ int64) {
			r.Name = "Tên khác"
			ruled(t, s, r)
		}, true},
		{"it was switched off and on", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, _ int64) {
			r.Active = false
			ruled(t, s, r)
			r.Active = true
			ruled(t, s, r)
		}, true},
		{"it was switched off", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, _ int64) { r.Active = false; ruled(t, s, r) }, false},
		{"it leads elsewhere", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, other int64) { r.Unit = other; ruled(t, s, r) }, false},
		{"it asks for more", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, _ int64) {
			r.Words = []string{"rác"}
			ruled(t, s, r)
		}, false},
		{"it only proposes by now", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, _ int64) { r.Auto = false; ruled(t, s, r) }, false},
		{"its unit is closed", func(t *testing.T, s *store.Store, r tiepdan.RoutingRule, _ int64) {
			if err := s.SaveUnit(t.Context(), system, tiepdan.Unit{ID: r.Unit, Code: "MT", Name: "Phòng Môi trường Mẫu"}); err != nil {
				t.Fatal(err)
			}
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := storetest.Open(t)
			rule := ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Unit: storetest.Unit(t, s, "MT"), Auto: true, Active: true})
			c := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
			tt.change(t, s, rule, storetest.Unit(t, s, "XD"))
			want := map[bool]int{true: 1}[tt.routed]
			routeMissed(t, s, want)
			if got := read(t, s, c.ID); (got.Unit == rule.Unit) != tt.routed || !tt.routed && got.Status != tiepdan.Received || waiting(t, s, c.ID) != 0 {
				t.Errorf("%s with unit %d, %d rows wait", got.Status, got.Unit, waiting(t, s, c.ID))
			}
		})
	}
}

func TestWhatOnlyProposedThenRoutesNothingLater(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	unit := storetest.Unit(t, s, "MT")
	ruled(t, s, tiepdan.RoutingRule{Name: "Chỉ gợi ý", Words: []string{"rác"}, Unit: unit, Active: true})
	ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Unit: unit, Auto: true, Active: true})
	c := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	routeMissed(t, s, 0)
	if got := read(t, s, c.ID); got.Status != tiepdan.Received || waiting(t, s, c.ID) != 0 {
		t.Errorf("%s with unit %d", got.Status, got.Unit)
	}
}

func TestWhoeverActsMeanwhileIsNotOverruled(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	ruled(t, s, tiepdan.RoutingRule{Name: "Môi trường", Unit: storetest.Unit(t, s, "MT"), Auto: true, Active: true})
	citizen, xd := tiepdan.Actor{Role: tiepdan.Citizen}, storetest.Unit(t, s, "XD")
	tests := []struct {
		act  tiepdan.Act
		rows int
	}{
		{tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: xd}}, 0},
		{tiepdan.Act{Do: tiepdan.FileAway, By: head.Actor(), Reason: "Không đủ", Details: tiepdan.Details{Ground: "file.ineligible"}}, 0},
		{tiepdan.Act{Do: tiepdan.Withdraw, By: citizen}, 0},
		{tiepdan.Act{Do: tiepdan.Add, By: citizen, Text: "Lời mẫu thêm"}, 1},
		{tiepdan.Act{Do: tiepdan.Note, By: head.Actor(), Text: "Ghi mẫu"}, 1},
	}
	for _, tt := range tests {
		c := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
		done := do(t, s, c.ID, tt.act)
		if n := waiting(t, s, c.ID); n != tt.rows {
			t.Errorf("after %s %d rows wait, want %d", tt.act.Do, n, tt.rows)
		}
		routeMissed(t, s, tt.rows)
		if got := read(t, s, c.ID); tt.rows == 0 && (got.Status != done.Status || got.Unit != done.Unit) {
			t.Errorf("after %s it was routed: %s with %d", tt.act.Do, got.Status, got.Unit)
		}
	}
}

func TestAnotherClassBringsOtherRules(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	mt, xd := storetest.Unit(t, s, "MT"), storetest.Unit(t, s, "XD")
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	storetest.Staff(t, s, tiepdan.Officer, mt, false)
	cleared := storetest.Staff(t, s, tiepdan.Officer, xd, true)
	ruled(t, s, tiepdan.RoutingRule{Name: "Theo lời", Words: []string{"rác"}, Unit: mt, Auto: true, Active: true})
	ruled(t, s, tiepdan.RoutingRule{Name: "Tố cáo về Môi trường", Kinds: []tiepdan.Kind{tiepdan.ToCao}, Unit: mt, Rotate: true, Auto: true, Active: true})
	denounced := ruled(t, s, tiepdan.RoutingRule{Name: "Tố cáo", Kinds: []tiepdan.Kind{tiepdan.ToCao}, Unit: xd, Rotate: true, Auto: true, Active: true})
	field := tiepdan.Field{Code: "moi_truong", Active: true}

	c := left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	storetest.Unrouted(t, s, func(ctx context.Context) {
		if _, _, err := s.UpdateCase(ctx, c.ID, classify(head.Actor(), tiepdan.ToCao, field).Apply); err != nil {
			t.Error(err)
		}
	})
	routeMissed(t, s, 1)
	if got := read(t, s, c.ID); got.Officer != cleared.ID || got.History[len(got.History)-1].Details.Rule != denounced.ID {
		t.Errorf("the denunciation went to %d of unit %d", got.Officer, got.Unit)
	}

	c = left(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish))
	do(t, s, c.ID, classify(head.Actor(), tiepdan.KienNghi, field))
	if got := read(t, s, c.ID); got.Unit != mt || waiting(t, s, c.ID) != 0 {
		t.Errorf("what lived to be classified went to unit %d, %d rows wait", got.Unit, waiting(t, s, c.ID))
	}

	p := storetest.Petition(tiepdan.KhieuNai, rubbish, func(p *tiepdan.Petition) { p.Mode, p.Respondent = tiepdan.Prepare, "Sở Mẫu" })
	c = storetest.File(t, s, p, storetest.Filing(storetest.Peer(1), time.Now()))
	if c.Status != tiepdan.AwaitingOriginal || waiting(t, s, c.ID) != 0 {
		t.Fatalf("%s, %d rows wait before the original came", c.Status, waiting(t, s, c.ID))
	}
	storetest.Unrouted(t, s, func(ctx context.Context) {
		if _, _, err := s.UpdateCase(ctx, c.ID, tiepdan.Act{Do: tiepdan.RecordOriginal, By: head.Actor(), At: time.Now()}.Apply); err != nil {
			t.Error(err)
		}
	})
	routeMissed(t, s, 1)
	if got := read(t, s, c.ID); got.Unit != mt {
		t.Errorf("what came with its original went to unit %d", got.Unit)
	}
}
