package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/store/storetest"
)

// barredMark stands in all that is told of the case that nobody barred may find.
const barredMark = "dauhieukin"

// trail is a case that has left its mark wherever cases do.
type trail struct {
	*site
	kept, other tiepdan.Case
	session     tiepdan.Session
	entry       tiepdan.Reception
	directive   tiepdan.Directive
	matter      int64
}

func newTrail(t *testing.T) *trail {
	t.Helper()
	s := &trail{site: newSite(t)}
	board := s.staff(tiepdan.BoardHead, "", true)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s.kept = s.file(tiepdan.PhanAnh, "Cống tắc "+barredMark+" ở ngõ mẫu", func(p *tiepdan.Petition) { p.Person.Name = "Người " + barredMark })
	s.other = s.file(tiepdan.PhanAnh, "Cống tắc ở đầu ngõ mẫu khác")
	s.undelivered(s.kept)
	xd := s.unit("XD")
	s.did(s.kept, tiepdan.Act{Do: tiepdan.Assign, By: board.Actor(), Details: tiepdan.Details{Unit: xd}})
	s.did(s.other, tiepdan.Act{Do: tiepdan.Assign, By: board.Actor(), Details: tiepdan.Details{Unit: xd}})
	_, err := s.store.LinkCases(t.Context(), s.other.ID, tiepdan.Act{Do: tiepdan.Link, By: board.Actor(), At: time.Now(), Details: tiepdan.Details{Other: s.kept.ID, Link: tiepdan.SameMatter}})
	must(err)
	must(s.store.BlockCaseAccount(t.Context(), board.Actor(), s.kept.ID, "Lý do "+barredMark, false))
	s.session = s.reception(true)
	s.booked(s.session, "Người hẹn mẫu", func(b *tiepdan.Booking) { b.Case, b.Purpose = s.kept.ID, "Hỏi về "+barredMark })
	s.entry, err = s.store.WriteReception(t.Context(), board.Actor(), tiepdan.Reception{Session: s.session.ID, Ref: "e", Case: s.kept.ID, Person: tiepdan.Person{Name: "Người " + barredMark},
		Kind: tiepdan.PhanAnh, Field: "moi_truong", Content: "Nói về " + barredMark, Result: tiepdan.ResultGuided, Handling: "Đã hướng dẫn."})
	must(err)
	_, err = s.store.DraftConclusion(t.Context(), board.Actor(), s.session.ID)
	must(err)
	s.directive, err = s.store.IssueDirective(t.Context(), board.Actor(), tiepdan.Directive{Case: s.kept.ID, Unit: xd, Officer: storetest.Staff(t, s.store, tiepdan.Officer, xd, false).ID, Task: "Kiểm tra " + barredMark, Due: tiepdan.DateOf(time.Now()).Add(20)}, time.Now())
	must(err)
	s.matter, err = s.store.MatterOf(t.Context(), tiepdan.Actor{}, s.kept.ID)
	must(err)
	return s
}

// paths are the addresses of a route, about both cases and all that hangs on them.
func (s *trail) paths(pattern string) []string {
	pattern = strings.TrimSuffix(pattern, "{$}")
	ids := map[string]int64{"/sessions/": s.session.ID, "/desk/": s.session.ID, "/book/": s.entry.ID, "/directives/": s.directive.ID, "/matters/": s.matter}
	for prefix, n := range ids {
		if strings.HasPrefix(pattern, prefix) {
			pattern = strings.Replace(pattern, "{id}", id(n), 1)
		}
	}
	both := strings.NewReplacer("{code}", string(s.kept.Code), "{other}", string(s.other.Code), "{kind}", "receipt", "{sha}", "0").Replace(pattern)
	turned := strings.NewReplacer("{code}", string(s.other.Code), "{other}", string(s.kept.Code), "{kind}", "receipt", "{sha}", "0").Replace(pattern)
	if both == turned {
		return []string{both}
	}
	return []string{both, turned}
}

// shows reports on which pages of the map p finds the case.
func (s *trail) shows(p *person) (where []string) {
	for _, r := range backend.Routes() {
		if r.Method != http.MethodGet || strings.HasSuffix(r.Pattern, "/live") {
			continue
		}
		paths := s.paths(r.Pattern)
		switch r.Pattern {
		case "/cases":
			paths = append(paths, "/cases?q="+barredMark, "/cases?q=cong+tac", "/cases?view=overdue")
		case "/tasks":
			paths = append(paths, "/tasks?view=done")
		}
		for _, path := range paths {
			got := p.get(path)
			if got.status >= 500 {
				s.t.Errorf("%s: %s answers %d", p.Role, path, got.status)
			}
			body := strings.ReplaceAll(got.body, path, "") // what was asked for is said back
			if strings.Contains(path, "?q="+barredMark) {  // as is what was looked for
				body = strings.ReplaceAll(body, barredMark, "")
			}
			if strings.Contains(body, barredMark) || strings.Contains(body, string(s.kept.Code)) {
				where = append(where, path)
			}
		}
	}
	return where
}

func TestWhomACaseIsAboutFindsItOnNoPage(t *testing.T) {
	t.Parallel()
	s := newTrail(t)
	people := []*person{s.staff(tiepdan.BoardHead, "", true), s.staff(tiepdan.Leader, "", true), s.staff(tiepdan.Receptionist, "", true),
		s.staff(tiepdan.Auditor, "", true), s.staff(tiepdan.UnitHead, "XD", true)}
	for _, p := range people[:3] {
		found := strings.Join(s.shows(p), "\n")
		for _, path := range []string{"/cases", "/book", "/desk/" + id(s.session.ID), "/directives", "/matters/" + id(s.matter), "/tasks", path(s.other)} {
			if !strings.Contains(found+"\n", path+"\n") {
				t.Errorf("%s, who may, doesn't find it at %s", p.Role, path)
			}
		}
	}
	substitute := s.staff(tiepdan.Officer, "XD", true)
	s.leave(people[4].ID, substitute.ID, 3)
	var b tiepdan.Barred
	for _, p := range people {
		b.Staff = append(b.Staff, p.ID)
	}
	s.did(s.kept, tiepdan.Act{Do: tiepdan.Bar, Reason: "Bị phản ánh", By: storetest.Staff(t, s.store, tiepdan.BoardHead, 0, true).Actor(), Details: tiepdan.Details{Barred: &b}})
	for _, p := range append(people, substitute) {
		for _, path := range s.shows(p) {
			t.Errorf("%s finds it at %s", p.Role, path)
		}
	}
}

func TestANameThatIsKeptAwayIsToldToThoseWhoKeepPeopleAway(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	board, officer, barred := s.staff(tiepdan.BoardHead, "", false), s.staff(tiepdan.Officer, "XD", false), s.hire(tiepdan.Leader, "", false)
	c := s.given("Cống tắc ở ngõ mẫu", officer.Staff)
	s.did(c, tiepdan.Act{Do: tiepdan.Bar, Reason: "Bị phản ánh", By: board.Actor(), Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{barred.ID}}}})
	if got := board.get(path(c)); !strings.Contains(got.body, barred.Name) {
		t.Error("who bars people isn't told whom")
	}
	if got := officer.get(path(c)); got.status != http.StatusOK || strings.Contains(got.body, barred.Name) {
		t.Errorf("the officer is told whom: %d", got.status)
	}
}

func TestTheTasksCountIsThatOfTheirList(t *testing.T) {
	t.Parallel()
	s := newTrail(t)
	for _, barred := range []bool{false, true} {
		p := s.staff(tiepdan.Receptionist, "", false)
		if barred {
			s.did(s.kept, tiepdan.Act{Do: tiepdan.Bar, Reason: "Bị phản ánh", By: storetest.Staff(t, s.store, tiepdan.BoardHead, 0, true).Actor(), Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{p.ID}}}})
		}
		list, err := s.store.Tasks(t.Context(), p.Actor(), true)
		n, err2 := s.store.CountTasks(t.Context(), p.Actor())
		if err != nil || err2 != nil || n != len(list) || barred == (n > 0) {
			t.Errorf("barred %v: %d in the list, %d counted; %v %v", barred, len(list), n, err, err2)
		}
	}
}
