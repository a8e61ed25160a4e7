package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// rules are the settings as they stand in the store.
func (s *site) rules() *tiepdan.Rules {
	s.t.Helper()
	r, err := s.store.Rules(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func TestUnitsAndFieldsAreKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.Administrator, "", false)
	if bad := p.post("/units", "code", "có dấu", "name", "Phòng Mẫu 3"); bad.status != http.StatusUnprocessableEntity || bad.value("#f-name", "value") != "Phòng Mẫu 3" {
		t.Errorf("%d", bad.status)
	}
	p.post("/units", "code", "M3", "name", "Phòng <b>Mẫu</b> 3", "active", "1")
	unit := storetest.Unit(t, s.store, "M3")
	if taken := p.post("/units", "code", "M3", "name", "Phòng Mẫu 4"); taken.status != http.StatusConflict {
		t.Errorf("a code twice: %d", taken.status)
	}
	p.post("/units/"+id(unit), "name", "Phòng Mẫu ba", "code", "X9")
	if u, _ := s.rules().Unit(unit); u.Name != "Phòng Mẫu ba" || u.Code != "M3" || u.Active {
		t.Errorf("%+v", u)
	}
	field := []string{"code", "xay_dung", "name", "Xây dựng", "name_en", "Building", "kinds", "phan_anh", "kinds", "kien_nghi",
		"unit", id(unit), "order", "7", "active", "1"}
	p.post("/fields", field...)
	f, ok := s.rules().Field("xay_dung")
	if !ok || len(f.Kinds) != 2 || f.Unit != unit || f.Order != 7 || f.Offered(tiepdan.ToCao) {
		t.Errorf("%+v", f)
	}
	if taken := p.post("/fields", field...); taken.status != http.StatusConflict || taken.value("#f-name", "value") != "Xây dựng" {
		t.Errorf("a field twice: %d", taken.status)
	}
	p.post("/fields/xay_dung", "name", "Xây dựng, quy hoạch", "corruption", "1", "order", "1")
	if f, _ = s.rules().Field("xay_dung"); f.Active || !f.Corruption || len(f.Kinds) != 0 {
		t.Errorf("%+v", f)
	}
}

func TestWhatTheLawDoesNotHaveTakesASecondThought(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", false)
	bad := p.post("/kinds/to_cao", "mode", "file", "approval", "1", "target", "0")
	if bad.status != http.StatusUnprocessableEntity || s.rules().Kind(tiepdan.ToCao).Mode != tiepdan.Guide {
		t.Fatalf("%d", bad.status)
	}
	if got := p.post("/kinds/to_cao", "mode", "file", "approval", "1", "target", "0", "know", "1"); got.status != http.StatusOK || len(got.all(".notice")) != 1 {
		t.Errorf("%d", got.status)
	}
	if got := p.post("/kinds/phan_anh", "mode", "file", "approval", "1", "target", "5"); got.status != http.StatusOK {
		t.Errorf("more care than the law asks: %d", got.status)
	}
	if k := s.rules().Kind(tiepdan.PhanAnh); k.TargetDays != 5 || !k.Approval {
		t.Errorf("%+v", k)
	}
}

func TestHolidayMovesDueDaysAndSaysHowMany(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, tiepdan.Hanoi)
	s := newSite(t)
	p := s.staff(tiepdan.Administrator, "", false)
	storetest.File(t, s.store, sample(), storetest.Filing(storetest.Peer(1), now))
	bad := p.post("/holidays", "day", "2026-03-04", "kind", "closure", "name", "Nghỉ mẫu", "confirmed", "1")
	if bad.status != http.StatusUnprocessableEntity || bad.value("#f-name", "value") != "Nghỉ mẫu" {
		t.Fatalf("confirmed by nothing: %d", bad.status)
	}
	for _, day := range []string{"0206-03-04", "9999-12-31", "2026-02-30"} {
		if slip := p.post("/holidays", "day", day, "kind", "closure", "name", "Nghỉ mẫu"); slip.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", day, slip.status)
		}
	}
	got := p.post("/holidays", "day", "2026-03-04", "kind", "closure", "name", "Nghỉ mẫu")
	if got.status != http.StatusOK || !strings.Contains(got.text(".flash"), "1 hồ sơ") || len(got.all("a.off-closure")) != 1 {
		t.Errorf("%d at %s: %q", got.status, got.path, got.text(".flash"))
	}
	if gone := p.post("/holidays/2026-03-04/delete"); !strings.Contains(gone.text(".flash"), "1 hồ sơ") || len(gone.all("a.off-closure")) != 0 {
		t.Errorf("%d: %q", gone.status, gone.text(".flash"))
	}
}

func TestOfficeAndItsHours(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.staff(tiepdan.BoardHead, "", false)
	form := []string{"name", "Ban Mẫu", "place", "Mẫu", "hours_1", "08:00-11:00; 13h30 – 16:00", "rules", "1. Nội quy mẫu", "privacy_changed", "1"}
	if bad := p.post("/office", append(form, "hours_2", "sáng")...); bad.status != http.StatusUnprocessableEntity || bad.value("#hours_2", "value") != "sáng" {
		t.Fatalf("%d", bad.status)
	}
	p.post("/office", form...)
	o := s.rules().Office
	if o.Name != "Ban Mẫu" || len(o.Hours[1]) != 2 || o.Hours[1][1].From != 13*60+30 || len(o.Hours[2]) != 0 || o.PrivacyVersion != 2 || !o.Sample {
		t.Errorf("%+v", o)
	}
}
