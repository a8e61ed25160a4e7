package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

var system = tiepdan.Actor{Role: tiepdan.System}

// found are the ids of all pages of a list.
func found(t *testing.T, s *store.Store, f store.CaseFilter) (ids []int64) {
	t.Helper()
	for {
		lines, next, err := s.Cases(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			ids = append(ids, l.ID)
		}
		if next == "" {
			return ids
		}
		f.After = next
	}
}

func TestSearchFindsWithoutDiacritics(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	file := func(text, name, phone string) tiepdan.Case {
		return storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, text, func(p *tiepdan.Petition) {
			p.Person = tiepdan.Person{Name: name, Phone: phone}
		}), storetest.Filing(storetest.Peer(1), time.Now()))
	}
	road := file("Đường Nguyễn Trãi ngập úng sau mưa.Xin xem xét ngõ 12/4.", "Người Dân Mẫu Một", "0900000011")
	land := file("Tranh chấp ranh giới đất đai ở phố Kim Mã", "Người Dân Mẫu Hai", "0900000022")
	secret := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, "Đường dây sai phạm đất đai"), storetest.Filing(storetest.Peer(2), time.Now()))
	loose := strings.ToLower(strings.ReplaceAll(string(road.Code), "-", " "))
	for _, tt := range []struct {
		words string
		want  []int64
	}{
		{"duong nguyen trai", []int64{road.ID}},
		{"ĐƯỜNG NGUYỄN TRÃI", []int64{road.ID}},
		{"Nguyễn Trãi", []int64{road.ID}}, // decomposed
		{"xin xem", []int64{road.ID}},
		{"12/4", []int64{road.ID}},
		{`"ranh gioi dat"`, []int64{land.ID}},
		{`"gioi ranh"`, nil},
		{"dat dai", []int64{land.ID}}, // not the sealed one
		{"mau hai", []int64{land.ID}},
		{"0900 000 022", []int64{land.ID}},
		{"+84900000022", []int64{land.ID}},
		{loose, []int64{road.ID}},
		{string(secret.Code), []int64{secret.ID}},
		{"nguoi dan mau", []int64{land.ID, road.ID}},
		{"zzzz", nil},
		{`"'!&|<->:*`, nil},
	} {
		f := store.CaseFilter{By: system, Words: tt.words}
		if got := found(t, s, f); !slices.Equal(got, tt.want) {
			t.Errorf("%q finds %v, want %v", tt.words, got, tt.want)
		}
		if n, capped, err := s.CountCases(t.Context(), f, tiepdan.CountCap); err != nil || capped || n != len(tt.want) {
			t.Errorf("%q is counted %d (%v, %v), want %d", tt.words, n, capped, err, len(tt.want))
		}
	}
}

// many writes n cases at once; several come at the same moment.
func many(t *testing.T, s *store.Store, n int, text string) {
	t.Helper()
	_, err := s.Pool().Exec(t.Context(), `INSERT INTO cases (code, draft, kind, mode, approval, field, place, status, text, person, grouped, unnamed,
			respondent, channel, language, received, legal, accepted, corruption)
		SELECT 'X' || i, 'x' || i, 'phan_anh', 'file', false, 'moi_truong', 'P1', 'received', $2, '{}', '{}', true, '', 'desk', 'vi',
			timestamptz '2026-03-02 09:00+07' + i / 3 * interval '1 microsecond', '2026-03-02', false, false
		FROM generate_series(1, $1) i`, n, text)
	if err != nil {
		t.Fatal(err)
	}
}

func TestPagesLoseAndRepeatNothing(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	many(t, s, 2500, "Ngập úng ở mọi nơi")
	for _, words := range []string{"", "ngap ung"} { // without words, and with a word that is too frequent to sort by
		ids := found(t, s, store.CaseFilter{By: system, Words: words, Limit: 70})
		unique := slices.Clone(ids)
		slices.Sort(unique)
		if len(ids) != 2500 || len(slices.Compact(unique)) != 2500 {
			t.Errorf("%q: the pages have %d lines", words, len(ids))
		}
		if !slices.IsSortedFunc(ids, func(a, b int64) int { return int(b - a) }) {
			t.Errorf("%q: the newest don't come first", words)
		}
		n, capped, err := s.CountCases(t.Context(), store.CaseFilter{By: system, Words: words}, tiepdan.CountCap)
		if err != nil || n != tiepdan.CountCap || !capped {
			t.Errorf("%q is counted %d, %v, %v", words, n, capped, err)
		}
	}
}

func TestListsShowWhatRightsSay(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	xd, mt := storetest.Unit(t, s, "XD"), storetest.Unit(t, s, "MT")
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	officers := []tiepdan.Staff{storetest.Staff(t, s, tiepdan.Officer, xd, false), storetest.Staff(t, s, tiepdan.Officer, mt, true)}
	var ids []int64
	for i, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.ToCao, tiepdan.PhanAnh, tiepdan.ToCao, tiepdan.KienNghi} {
		c := storetest.File(t, s, storetest.Petition(kind, rubbish+fmt.Sprint(i)), storetest.Filing(storetest.Peer(i), time.Now()))
		ids = append(ids, c.ID)
		if i < 4 {
			o := officers[i/2]
			do(t, s, c.ID, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: o.Unit, Officer: o.ID}})
		}
	}
	actors := []tiepdan.Actor{{}, {Role: tiepdan.Citizen}, system, officers[0].Actor(), officers[1].Actor()}
	for _, role := range tiepdan.StaffRoles() {
		for _, cleared := range []bool{true, false} {
			for _, unit := range []int64{xd, mt} {
				actors = append(actors, tiepdan.Actor{Role: role, Staff: head.ID, Unit: unit, Cleared: cleared})
			}
		}
	}
	for _, by := range actors {
		checkRights(t, s, by, ids)
	}
}

// checkRights holds the list and the page of each case against Actor.See.
func checkRights(t *testing.T, s *store.Store, by tiepdan.Actor, ids []int64) {
	t.Helper()
	lines, _, err := s.Cases(t.Context(), store.CaseFilter{By: by})
	if err != nil {
		t.Fatal(err)
	}
	listed := map[int64]store.CaseLine{}
	for _, l := range lines {
		listed[l.ID] = l
	}
	for _, id := range ids {
		c, err := s.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		line, ok := listed[id]
		seen, viewErr := s.ViewCase(t.Context(), id, by)
		switch by.See(c) {
		case tiepdan.Nothing:
			if ok || tiepdan.CodeOf(viewErr) != tiepdan.NotFound {
				t.Errorf("%s sees case %d: listed %v, viewed %v", by.Role, id, ok, viewErr)
			}
		case tiepdan.Outline:
			if !ok || line.Excerpt+line.FieldName+line.Field+line.Place != "" || viewErr != nil || seen.Text != "" || seen.History[0].Text != "" || seen.Field != "" {
				t.Errorf("%s sees more or less than the outline of case %d", by.Role, id)
			}
		case tiepdan.Everything:
			if !ok || line.Excerpt == "" || viewErr != nil || seen.Text == "" {
				t.Errorf("%s doesn't see case %d: listed %v, %v", by.Role, id, ok, viewErr)
			}
		}
	}
}

func TestFiltersNarrow(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, tiepdan.Hanoi)
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return now.AddDate(0, 2, 0) }))
	unit := storetest.Unit(t, s, "MT")
	head, officer := storetest.Staff(t, s, tiepdan.BoardHead, 0, false), storetest.Staff(t, s, tiepdan.Officer, unit, false)
	late := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, rubbish), storetest.Filing(storetest.Peer(1), now))
	given := storetest.File(t, s, storetest.Petition(tiepdan.KienNghi, rubbish), storetest.Filing(storetest.Peer(1), now.AddDate(0, 2, 0)))
	do(t, s, given.ID, tiepdan.Act{Do: tiepdan.Assign, By: head.Actor(), Details: tiepdan.Details{Unit: unit, Officer: officer.ID}})
	secret := storetest.File(t, s, storetest.Petition(tiepdan.ToCao, rubbish), storetest.Filing(storetest.Peer(1), now.AddDate(0, 2, 0)))
	by := head.Actor()
	for name, tt := range map[string]struct {
		f    store.CaseFilter
		want []int64
	}{
		"overdue":          {store.CaseFilter{By: by, Overdue: true}, []int64{late.ID}},
		"due before":       {store.CaseFilter{By: by, DueBefore: tiepdan.DateOf(now.AddDate(0, 2, 1))}, []int64{late.ID}},
		"unassigned":       {store.CaseFilter{By: by, Unassigned: true}, []int64{secret.ID, late.ID}},
		"unit":             {store.CaseFilter{By: by, Unit: unit}, []int64{given.ID}},
		"officer":          {store.CaseFilter{By: by, Officer: officer.ID}, []int64{given.ID}},
		"mine":             {store.CaseFilter{By: officer.Actor(), Mine: true}, []int64{given.ID}},
		"mine, of another": {store.CaseFilter{By: by, Mine: true}, nil},
		"kind":             {store.CaseFilter{By: by, Kind: tiepdan.KienNghi}, []int64{given.ID}},
		"status":           {store.CaseFilter{By: by, Status: []tiepdan.Status{tiepdan.Assigned, tiepdan.Closed}}, []int64{given.ID}},
		"field, uncleared": {store.CaseFilter{By: by, Field: "moi_truong"}, []int64{given.ID, late.ID}},
		"place and words":  {store.CaseFilter{By: by, Place: "P1", Words: "rac", Kind: tiepdan.PhanAnh}, []int64{late.ID}},
		"open":             {store.CaseFilter{By: by, Open: true}, []int64{secret.ID, given.ID, late.ID}},
	} {
		if got := found(t, s, tt.f); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	loads, err := s.Loads(t.Context())
	if err != nil || loads.Officers[officer.ID].Open != 1 || loads.Units[unit].Open != 1 {
		t.Errorf("loads: %+v, %v", loads, err)
	}
}
