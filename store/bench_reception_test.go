package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestThePastDoesNotMatter(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	for _, n := range []int{95, 405} { // twice: it adds
		if err := s.FillReceptionBench(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, s, `SELECT count(*) FROM appointments`); n != 500 {
		t.Errorf("%d appointments", n)
	}
	if gaps := count(t, s, `SELECT max(number) - count(*) FROM receptions WHERE year = 2026`); gaps != 0 {
		t.Errorf("the book has %d gaps", gaps)
	}
	desk := storetest.Staff(t, s, tiepdan.Receptionist, 0, false).Actor()
	if rs, _, err := s.Receptions(t.Context(), tiepdan.ReceptionFilter{By: desk, Until: wednesday}); err != nil || len(rs) != 50 || rs[0].On != wednesday.Add(-130) {
		t.Errorf("the book shows %d entries, %v", len(rs), err)
	}
	d := session(t, s, wednesday.Add(1).At(9*60), 10)
	book(t, s, asks(d.ID, 1))
	c.set(wednesday.Add(1).At(8 * 60))
	if n := remind(t, s, c.now()); n != 1 {
		t.Errorf("%d reminders", n)
	}
}

// What is asked all day long finds its rows by an index, however many there are.
func TestNoQueryOfTheDayReadsAWholeTable(t *testing.T) {
	t.Parallel()
	s, _ := at(t, wednesday.At(8*60))
	if err := s.FillReceptionBench(t.Context(), 20000); err != nil {
		t.Fatal(err)
	}
	for what, sql := range map[string]string{
		"the coming appointments of a person": `SELECT FROM appointments a JOIN reception_sessions d ON d.id = a.session_id
			WHERE a.owner = sha256('bench key 7') AND a.status IN ('booked', 'waiting') AND (SELECT ends FROM reception_sessions o WHERE o.id = a.session_id) > '2026-12-16'`,
		"the reminders":   `SELECT FROM reception_sessions d JOIN appointments a ON a.session_id = d.id WHERE d.starts > '2026-12-16' AND d.starts < '2026-12-18' AND a.reminded < 2`,
		"a queue":         `SELECT FROM appointments WHERE session_id = 5`,
		"the book's end":  `SELECT FROM receptions ORDER BY year DESC, number DESC LIMIT 50`,
		"a day":           `SELECT FROM receptions WHERE day >= '2026-12-15' AND day < '2026-12-16' ORDER BY year, number`,
		"names to forget": `SELECT FROM reception_sessions WHERE NOT emptied AND ends < '2026-09-01' ORDER BY ends LIMIT 100`,
	} {
		rows, err := s.Pool().Query(t.Context(), `EXPLAIN `+sql)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(plan, "\n"); strings.Contains(text, "Seq Scan on appointments") || strings.Contains(text, "Seq Scan on receptions") ||
			strings.Contains(text, "Seq Scan on reception_sessions") {
			t.Errorf("%s:\n%s", what, text)
		}
	}
}

func TestNamesAreForgottenAfterNinetyDays(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	const sessions = 120 // more than one transaction's
	for i := range sessions {
		d := session(t, s, wednesday.At(9*60+i), 3)
		b := asks(d.ID, i)
		b.Purpose = "Việc mẫu"
		book(t, s, b)
	}
	kept := session(t, s, wednesday.Add(60).At(9*60), 3)
	book(t, s, asks(kept.ID, 500))
	named := func() int {
		return count(t, s, `SELECT count(*) FROM appointments WHERE name <> '' OR purpose <> '' OR phone <> ''`)
	}
	for _, step := range []struct {
		days, named int
	}{{89, sessions + 1}, {92, 1}, {92, 1}, {160, 0}} {
		c.set(wednesday.Add(step.days).At(12 * 60))
		if err := s.CleanMessages(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := named(); n != step.named {
			t.Errorf("%d days later %d appointments name somebody, want %d", step.days, n, step.named)
		}
	}
	if data, err := s.PersonalData(t.Context(), storetest.Peer(500)); err != nil || data.Visits != 1 {
		t.Errorf("the appointments that we hold of a person: %d, %v", data.Visits, err)
	}
}

func BenchmarkBooking(b *testing.B) {
	for _, past := range []int{100, 100_000} {
		b.Run(fmt.Sprint(past), func(b *testing.B) {
			s := storetest.Open(b)
			if err := s.FillReceptionBench(b.Context(), past); err != nil {
				b.Fatal(err)
			}
			id, err := s.AddSession(b.Context(), tiepdan.Actor{Role: tiepdan.System}, tiepdan.Session{Status: tiepdan.SessionPublished,
				Starts: time.Now().Add(48 * time.Hour), Ends: time.Now().Add(51 * time.Hour), Places: 50})
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for b.Loop() {
				v, err := s.Book(b.Context(), asks(id, n))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := s.CancelVisit(b.Context(), storetest.Peer(n), v.ID, time.Now()); err != nil {
					b.Fatal(err)
				}
				n++
			}
		})
	}
}
