package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestPeopleAreAddedAndChanged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head := s.staff(tiepdan.BoardHead, "", false)
	form := []string{"name", "Cán bộ <i>Mẫu</i> 9", "login", "Mau.Chin", "role", "officer"}
	bad := head.post("/people", form...)
	if bad.status != http.StatusUnprocessableEntity || bad.value("#f-name", "value") != "Cán bộ <i>Mẫu</i> 9" || bad.value("#f-login", "value") != "Mau.Chin" {
		t.Fatalf("%d %s", bad.status, bad.text("main"))
	}
	got := head.post("/people", append(form, "unit", id(storetest.Unit(t, s.store, "XD")))...)
	if got.status != http.StatusOK || !strings.HasPrefix(got.path, "/people/") || strings.Contains(got.body, "<i>Mẫu") {
		t.Fatalf("%d at %s", got.status, got.path)
	}
	st, _, err := s.store.StaffByLogin(t.Context(), "mau.chin")
	if err != nil || st.Role != tiepdan.Officer || st.Cleared {
		t.Errorf("%+v, %v", st, err)
	}
	if again := head.post("/people", append(form, "unit", "1")...); again.status != http.StatusConflict {
		t.Errorf("the same login twice: %d", again.status)
	}
	head.post("/people/"+id(st.ID), "name", "Cán bộ Mẫu 10", "login", "mau.chin", "role", "receptionist", "unit", "1", "cleared", "1")
	if st, err = s.store.Staff(t.Context(), st.ID); err != nil || st.Role != tiepdan.Receptionist || st.Unit != 0 || !st.Cleared {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestNobodyRaisesOrDisablesThemself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	admin := s.staff(tiepdan.Administrator, "", false)
	me := "/people/" + id(admin.ID)
	admin.post(me, "name", admin.Name, "login", admin.Login, "role", "leader", "cleared", "1")
	st, err := s.store.Staff(t.Context(), admin.ID)
	if err != nil || st.Role != tiepdan.Administrator || st.Cleared {
		t.Errorf("%+v, %v", st, err)
	}
	if got := admin.post(me+"/disable", "off", "1"); got.status != http.StatusConflict {
		t.Errorf("disabled themself: %d", got.status)
	}
}

func TestDisablingEndsAccessAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, other := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Receptionist, "", false)
	path := "/people/" + id(other.ID) + "/disable"
	if ask := head.get(path); ask.status != http.StatusOK || other.get("/inbox").path != "/inbox" {
		t.Fatal("asking disabled somebody")
	}
	head.post(path, "off", "1")
	if got := other.get("/inbox"); !strings.HasPrefix(got.path, "/sign-in") {
		t.Errorf("a disabled person is at %s", got.path)
	}
	head.post(path)
	if st, err := s.store.Staff(t.Context(), other.ID); err != nil || st.Disabled {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestPasswordIsShownOnceAndWorks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, other := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Receptionist, "", false)
	got := head.post("/people/" + id(other.ID) + "/password")
	password := got.text(".secret")
	if len(password) < 16 || got.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%q, %s", password, got.header.Get("Cache-Control"))
	}
	if out := other.get("/inbox"); !strings.HasPrefix(out.path, "/sign-in") {
		t.Error("the old sign-in goes on")
	}
	if in := other.post("/sign-in", "login", other.Login, "password", password); in.path == "/sign-in" {
		t.Error("the new password opens nothing")
	}
	if page := head.get("/people/" + id(other.ID)); strings.Contains(page.body, password) || strings.Contains(s.log.String(), password) {
		t.Error("the password is seen again")
	}
}

func TestInvitationIsShownOnceAndConfirmedByAPerson(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	head, officer := s.staff(tiepdan.BoardHead, "", false), s.hire(tiepdan.Officer, "XD", false)
	got := head.post("/people/" + id(officer.ID) + "/invite")
	link := got.value("#link", "value")
	token, ok := strings.CutPrefix(link, "https://t.me/mau_bot?start=join_")
	if !ok || len(got.all("svg.qr")) != 1 || strings.Contains(got.path, token) {
		t.Fatalf("%d at %s", got.status, got.path)
	}
	for n, decision := range []string{"refuse", "confirm"} {
		if _, err := s.store.Join(t.Context(), token, storetest.Peer(n), time.Now()); err != nil {
			t.Fatal(err)
		}
		joins := head.get("/joins")
		action := joins.value("form.inline", "action")
		if got := head.post(action, "decision", decision); got.status != http.StatusOK || got.text(".flash") == "" {
			t.Errorf("%s: %d", decision, got.status)
		}
		if _, known, err := s.store.StaffByPeer(t.Context(), storetest.Peer(n)); err != nil || known != (decision == "confirm") {
			t.Errorf("%s: %v, %v", decision, known, err)
		}
		if again := head.post(action, "decision", decision); again.status != http.StatusNotFound {
			t.Errorf("%s twice: %d", decision, again.status)
		}
		token, _ = strings.CutPrefix(head.post("/people/"+id(officer.ID)+"/invite").value("#link", "value"), "https://t.me/mau_bot?start=join_")
	}
}
