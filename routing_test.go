package tiepdan

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func dispatch(rules ...RoutingRule) Dispatch {
	for i := range rules {
		rules[i].Active, rules[i].Order = true, i+1
	}
	return Dispatch{Rules: rules, Today: dated("2026-12-02"),
		Units: []Unit{{ID: 1, Name: "Phòng Xây dựng Mẫu", Active: true}, {ID: 2, Name: "UBND phường Mẫu", Active: true}, {ID: 3, Name: "Phòng cũ"}},
		Staff: []Staff{
			{ID: 10, Name: "Cán bộ Mẫu Mười", Role: Officer, Unit: 1},
			{ID: 11, Name: "Cán bộ Mẫu Mười Một", Role: Officer, Unit: 1, Cleared: true},
			{ID: 12, Name: "Cán bộ Mẫu Nghỉ", Role: Officer, Unit: 1, Disabled: true},
			{ID: 19, Name: "Trưởng phòng Mẫu", Role: UnitHead, Unit: 1},
			{ID: 20, Name: "Cán bộ Mẫu Hai Mươi", Role: Officer, Unit: 2},
		},
		Loads: Loads{Officers: map[int64]Load{}},
	}
}

func TestTheFirstRuleThatFitsDecides(t *testing.T) {
	t.Parallel()
	rubbish := RoutingRule{Name: "Rác", Words: []string{"rác thải"}, Unit: 2}
	land := RoutingRule{Name: "Đất đai", Kinds: []Kind{PhanAnh, KhieuNai, ToCao}, Fields: []string{"dat_dai"}, Unit: 1, Rotate: true}
	ward := RoutingRule{Name: "Phường 1", Places: []string{"P1"}, Unit: 2, Officer: 20}
	d := dispatch(rubbish, land, ward)
	tests := []struct {
		name string
		c    Case
		want string
		to   int64
	}{
		{"by words, whatever their marks and case", Case{Text: "Bãi RAC THAI bốc mùi", Field: "dat_dai"}, "Rác", 0},
		{"not by a part of a word", Case{Text: "các thác thải nước", Place: "P1"}, "Phường 1", 20},
		{"by kind and field", Case{Kind: PhanAnh, Field: "dat_dai", Text: "x"}, "Đất đai", 10},
		{"not by the field alone where a kind is asked", Case{Kind: KienNghi, Field: "dat_dai", Place: "P1"}, "Phường 1", 20},
		{"nowhere without a rule", Case{Kind: KienNghi}, "", 0},
		{"a denunciation never by its words, and to the cleared only", Case{Kind: ToCao, Field: "dat_dai", Text: "rác thải"}, "Đất đai", 11},
		{"a denunciation never by its place", Case{Kind: ToCao, Place: "P1"}, "", 0},
		{"not to a unit that is complained about", Case{Text: "rác thải", Place: "P1", Respondent: "Ủy ban nhân dân Phường Mẫu, đường 1"}, "", 0},
		{"not to a person who is complained about", Case{Kind: PhanAnh, Field: "dat_dai", Respondent: "ông Can Bo mau Muoi"}, "Đất đai", 11},
		{"not to a unit whose head is complained about", Case{Kind: PhanAnh, Field: "dat_dai", Place: "P1", Respondent: "Trưởng phòng Mẫu"}, "Phường 1", 20},
	}
	for _, tt := range tests {
		r, ok := d.Route(tt.c)
		if r.Rule.Name != tt.want && ok || ok != (tt.want != "") || ok && r.Officer != tt.to {
			t.Errorf("%s: %q to %d, %v", tt.name, r.Rule.Name, r.Officer, ok)
		}
	}
}

func TestTheReasonIsKept(t *testing.T) {
	t.Parallel()
	d := dispatch(RoutingRule{Name: "Rác của phường", Kinds: []Kind{PhanAnh}, Words: []string{"cống", "rác thải"}, Unit: 2},
		RoutingRule{Name: "Rác", Kinds: []Kind{PhanAnh}, Words: []string{"cống", "rác thải"}, Unit: 1, Rotate: true})
	d.Loads.Officers[10], d.Loads.Officers[11] = Load{Open: 4}, Load{Open: 3}
	r, _ := d.Route(Case{Kind: PhanAnh, Text: "đống rác thải", Respondent: "UBND phường Mẫu"})
	want := []Reason{{"kind", "phan_anh"}, {"word", "rác thải"}, {"turn", "3"}, {"skipped", "Rác của phường"}}
	if !slices.Equal(r.Why, want) {
		t.Errorf("why: %v, want %v", r.Why, want)
	}
}

func TestWhoIsAwayIsSkipped(t *testing.T) {
	t.Parallel()
	d := dispatch(RoutingRule{Name: "a", Kinds: []Kind{PhanAnh}, Unit: 1, Officer: 10})
	d.Leaves = Leaves{leave(1, 10, "2026-12-01", "2026-12-05", 0)}
	if r, ok := d.Route(Case{Kind: PhanAnh}); !ok || r.Officer != 11 {
		t.Errorf("it went to %d, %v", r.Officer, ok)
	}
	d.Leaves = append(d.Leaves, leave(2, 11, "2026-12-02", "2026-12-02", 0))
	if r, ok := d.Route(Case{Kind: PhanAnh}); !ok || r.Officer != 0 || r.Unit != 1 {
		t.Errorf("with everybody away it went to %d of %d, %v", r.Officer, r.Unit, ok)
	}
	if r, ok := d.Route(Case{Kind: PhanAnh, Corruption: true}); ok {
		t.Errorf("a denunciation went to unit %d where nobody is cleared", r.Unit)
	}
}

func TestOffRulesAndClosedUnitsLeadNowhere(t *testing.T) {
	t.Parallel()
	d := dispatch(RoutingRule{Name: "a", Kinds: []Kind{PhanAnh}, Unit: 1}, RoutingRule{Name: "b", Kinds: []Kind{PhanAnh}, Unit: 3})
	d.Rules[0].Active = false
	if r, ok := d.Route(Case{Kind: PhanAnh}); ok {
		t.Errorf("it went to unit %d by %q", r.Unit, r.Rule.Name)
	}
}

// Given one after the other, cases spread evenly, whatever the beginning.
func TestTurnsSpreadCasesEvenly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := Dispatch{Loads: Loads{Officers: map[int64]Load{}}, Today: dated("2026-12-02")}
		for id := range rapid.Int64Range(1, 6).Draw(t, "officers") {
			d.Staff = append(d.Staff, Staff{ID: id + 1, Role: Officer, Unit: 1})
			d.Loads.Officers[id+1] = Load{Open: rapid.IntRange(0, 3).Draw(t, "open")}
		}
		at := time.Date(2026, 12, 2, 8, 0, 0, 0, Hanoi)
		for range 30 {
			id, ok := d.Turn(Case{}, 1)
			if !ok {
				t.Fatal("it was nobody's turn")
			}
			at = at.Add(time.Minute)
			d.Loads.Officers[id] = Load{Open: d.Loads.Officers[id].Open + 1, Given: at}
		}
		least, most := 1<<30, 0
		for _, l := range d.Loads.Officers {
			least, most = min(least, l.Open), max(most, l.Open)
		}
		if most-least > 1 {
			t.Fatalf("somebody has %d, somebody %d", least, most)
		}
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, name string
		want       bool
	}{
		{"Ông Nguyễn Văn Mẫu, cán bộ địa chính", "Nguyen Van Mau", true},
		{"ong nguyen van mau", "Nguyễn Văn Mẫu", true},
		{"Ông Nguyễn Văn Mẫun", "Nguyễn Văn Mẫu", false},
		{"Mẫu", "Mẫu", false},
		{"UBND P. Mẫu 1", "Ủy ban nhân dân phường Mẫu 1", true},
		{"UBND phường Mẫu 12", "UBND phường Mẫu 1", false},
		{"", "Nguyễn Văn Mẫu", false},
	}
	for _, tt := range tests {
		if got := Named(tt.text, tt.name); got != tt.want {
			t.Errorf("Named(%q, %q) = %v", tt.text, tt.name, got)
		}
	}
}

func TestACaseIsRoutedByTheRulesOfItsTime(t *testing.T) {
	t.Parallel()
	d := dispatch(RoutingRule{ID: 1, Name: "chỉ gợi ý", Words: []string{"gợi ý"}, Unit: 2}, RoutingRule{ID: 2, Name: "tự giao", Kinds: []Kind{PhanAnh}, Unit: 1, Auto: true},
		RoutingRule{ID: 3, Name: "khác", Kinds: []Kind{KienNghi}, Unit: 2, Auto: true}, RoutingRule{ID: 4, Name: "theo lời", Words: []string{"sai phạm"}, Unit: 2, Auto: true})
	rules := &Rules{Routing: d.Rules}
	tests := []struct {
		name string
		c    Case
		want []int64
	}{
		{"by the one that fits", Case{Status: Received, Kind: PhanAnh}, []int64{2}},
		{"with those that only propose", Case{Status: Received, Kind: PhanAnh, Text: "một gợi ý"}, []int64{1, 2}},
		{"not where all only propose", Case{Status: Received, Kind: KhieuNai, Text: "một gợi ý"}, nil},
		{"not when somebody has it", Case{Status: Assigned, Unit: 1, Kind: PhanAnh}, nil},
		{"not before its original comes", Case{Status: AwaitingOriginal, Kind: PhanAnh}, nil},
		{"a denunciation never by its words", Case{Status: Received, Kind: ToCao, Text: "sai phạm"}, nil},
	}
	for _, tt := range tests {
		var got []int64
		for _, r := range rules.RoutedBy(tt.c) {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: by %v, want %v", tt.name, got, tt.want)
		}
	}
	then := map[int64]int64{1: d.Rules[0].Meaning(), 2: d.Rules[1].Meaning() + 1, 9: 0}
	if got := d.Meant(then); len(got.Rules) != 1 || got.Rules[0].ID != 1 || len(d.Rules) != 4 {
		t.Errorf("of one unchanged, one changed and one that is gone: %v", got.Rules)
	}
}

func TestWhatARuleMeans(t *testing.T) {
	t.Parallel()
	rule := RoutingRule{ID: 1, Name: "a", Order: 1, Kinds: []Kind{PhanAnh}, Fields: []string{"dat_dai"}, Places: []string{"P1"}, Words: []string{"rác", "cống"}, Unit: 1}
	changes := []struct {
		name   string
		change func(*RoutingRule)
		other  bool
	}{
		{"its name", func(r *RoutingRule) { r.Name = "b" }, false},
		{"its place in the order", func(r *RoutingRule) { r.Order = 2 }, false},
		{"its being in force", func(r *RoutingRule) { r.Active = true }, false},
		{"its kinds", func(r *RoutingRule) { r.Kinds = nil }, true},
		{"its fields", func(r *RoutingRule) { r.Fields = []string{"P1"} }, true},
		{"its places", func(r *RoutingRule) { r.Places = []string{"P1", "P2"} }, true},
		{"a phrase instead of two words", func(r *RoutingRule) { r.Words = []string{"rác cống"} }, true},
		{"a word where a place was", func(r *RoutingRule) { r.Places, r.Words = nil, []string{"P1", "rác", "cống"} }, true},
		{"its unit", func(r *RoutingRule) { r.Unit = 2 }, true},
		{"its officer", func(r *RoutingRule) { r.Officer = 1 }, true},
		{"its turns", func(r *RoutingRule) { r.Rotate = true }, true},
		{"that it acts by itself", func(r *RoutingRule) { r.Auto = true }, true},
	}
	for _, tt := range changes {
		changed := rule
		tt.change(&changed)
		if other := changed.Meaning() != rule.Meaning(); other != tt.other {
			t.Errorf("another meaning by %s: %v", tt.name, other)
		}
	}
}
