package backend_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tiepdan"
	"tiepdan/store/storetest"
)

// crowd are cases of every mix of kind, age, who has them, who helps and whom they
// are about, with a message of each third that came back.
func (s *site) crowd(board tiepdan.Actor, officer tiepdan.Staff, elsewhere int64, barred tiepdan.Staff) {
	s.t.Helper()
	today, n := time.Now(), 0
	for _, kind := range []tiepdan.Kind{tiepdan.PhanAnh, tiepdan.ToCao} {
		for _, age := range []int{0, 13, 200} {
			for _, with := range []tiepdan.Details{{}, {Unit: officer.Unit}, {Unit: officer.Unit, Officer: officer.ID}, {Unit: elsewhere}} {
				for _, bar := range []*tiepdan.Barred{nil, {Staff: []int64{barred.ID}}, {Units: []int64{elsewhere}}} {
					n++
					c := storetest.File(s.t, s.store, storetest.Petition(kind, fmt.Sprintf("Cống tắc ở ngách mẫu %d", n)),
						storetest.Filing(tiepdan.Peer{Channel: "telegram", ID: rand.Text()}, today.AddDate(0, 0, -age)))
					if with.Unit != 0 {
						s.did(c, tiepdan.Act{Do: tiepdan.Assign, By: board, Details: with})
					}
					if with.Unit == elsewhere && bar == nil {
						help := tiepdan.Act{Do: tiepdan.Involve, By: board, Text: "Cho số liệu mẫu", Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}}
						if age > 0 {
							help.At = today.AddDate(0, 0, -12)
							help.Details.Until = tiepdan.DateOf(help.At).Add(age) // late of the older, or soon
						}
						s.did(c, help)
					}
					if bar != nil && !(with.Unit == elsewhere && bar.Units != nil) {
						s.did(c, tiepdan.Act{Do: tiepdan.Bar, By: board, Reason: "Hồ sơ mẫu nói về người này", Details: tiepdan.Details{Barred: bar}})
					}
					if n%3 == 0 {
						s.undelivered(c)
					}
				}
			}
		}
	}
}

// owing is a complaint that was decided so many days ago and whose decision nobody
// has sent or made public.
func (s *site) owing(board tiepdan.Actor, officer tiepdan.Staff, days int) tiepdan.Case {
	s.t.Helper()
	at := time.Now().AddDate(0, 0, -days)
	c := storetest.File(s.t, s.store, storetest.Petition(tiepdan.KhieuNai, "Khiếu nại quyết định mẫu về bồi thường"),
		storetest.Filing(tiepdan.Peer{Channel: "telegram", ID: rand.Text()}, at))
	leader := storetest.Staff(s.t, s.store, tiepdan.Leader, 0, true).Actor()
	acts := []tiepdan.Act{{Do: tiepdan.Assign, By: board, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}}, {Do: tiepdan.Accept, By: board},
		{Do: tiepdan.Take, By: officer.Actor()}, {Do: tiepdan.Propose, By: officer.Actor(), Text: "Giữ nguyên quyết định mẫu.", Details: tiepdan.Details{Result: "wrong",
			Evidence: "Biên bản mẫu", Signer: "Lãnh đạo Mẫu", Next: tiepdan.NextRights(tiepdan.KhieuNai, 1)[0]}}, {Do: tiepdan.Approve, By: leader}}
	for i := range acts {
		acts[i].At = at.Add(time.Duration(i) * time.Minute)
	}
	s.did(c, acts...)
	return c
}

// promised are the places that a page counts, each with its number: of the links
// that a selector finds those which count something.
func promised(a answer, selector string, counts ...string) map[string]string {
	found := map[string]string{}
	for _, link := range a.all(selector) {
		at := value(link, "href")
		if counts != nil && !slices.ContainsFunc(counts, func(c string) bool { return strings.Contains(at, c) }) {
			continue
		}
		number := "0" // nothing is said of nothing
		if words := strings.Fields(wordsOf(link)); len(words) > 0 {
			if last := words[len(words)-1]; strings.Trim(last, "0123456789") == "" {
				number = last
			}
		}
		found[at] = number
	}
	return found
}

func wordsOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data + " "
	}
	var text string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		text += wordsOf(c)
	}
	return text
}

// length is how long the list at an address is, through all its pages.
func (p *person) length(at string) (n int) {
	p.s.t.Helper()
	for at != "" {
		got := p.get(at)
		n += len(got.all("a.row")) + len(got.all("article.task"))
		at = got.value("a[rel=next]", "href")
	}
	return n
}

// A number that stands at a link is the length of the list behind it, for everybody.
func TestEachCountIsTheLengthOfItsList(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	board, officer, elsewhere := s.staff(tiepdan.BoardHead, "", true), s.staff(tiepdan.Officer, "MT", false), s.unit("XD")
	away := s.hire(tiepdan.Officer, "MT", true)
	barred := s.staff(tiepdan.Receptionist, "", false)
	today := tiepdan.DateOf(time.Now())
	if _, err := s.store.SaveLeave(t.Context(), board.Actor(), tiepdan.Leave{Staff: officer.ID, From: today, Until: today.Add(1), Substitute: away.ID}); err != nil {
		t.Fatal(err)
	}
	s.crowd(board.Actor(), officer.Staff, elsewhere, barred.Staff)
	for _, days := range []int{1, 12, 40} {
		s.owing(board.Actor(), officer.Staff, days)
	}
	s.did(s.owing(board.Actor(), officer.Staff, 12), tiepdan.Act{Do: tiepdan.Bar, By: board.Actor(), Reason: "Hồ sơ mẫu nói về người này", Details: tiepdan.Details{Barred: &tiepdan.Barred{Staff: []int64{barred.ID}}}})
	people := map[string]*person{"the board's head, cleared": board, "an officer": officer, "a barred receptionist": barred, "a head": s.staff(tiepdan.UnitHead, "MT", false),
		"a cleared head": s.staff(tiepdan.UnitHead, "MT", true), "a barred unit's head": s.staff(tiepdan.UnitHead, "XD", false),
		"a receptionist": s.staff(tiepdan.Receptionist, "", false), "a leader": s.staff(tiepdan.Leader, "", false), "an auditor": s.staff(tiepdan.Auditor, "", false)}
	away.post("/sign-in", "login", away.Login, "password", away.password)
	people["a substitute"] = away
	some := 0
	for name, p := range people {
		for _, query := range []string{"view=open&kind=phan_anh", "view=all&kind=to_cao", "view=overdue", "view=remains&due=overdue"} {
			p.post("/case-views", "query", query, "name", "Bộ lọc "+query)
		}
		page := p.get("/cases")
		links := promised(page, "#nav a", "/inbox", "view=overdue", "/tasks")
		for at, n := range promised(page, "nav.tabs a", "view=mine", "view=unassigned", "view=soon", "view=overdue", "view=remains") {
			links[at] = n
		}
		saved := promised(page, "nav.saved a", "saved=")
		if p.Role.Writes() && len(saved) != 4 {
			t.Errorf("%s has %d saved lists", name, len(saved))
		}
		for at, n := range saved {
			links[at] = n
		}
		for at, n := range links {
			if got := fmt.Sprint(p.length(at)); got != n {
				t.Errorf("%s: %s says %s and has %s", name, at, n, got)
			}
			if n != "0" {
				some++
			}
		}
	}
	if some < 30 {
		t.Errorf("only %d counts are of anything", some)
	}
}
