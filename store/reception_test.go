package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// entry is what is written of somebody received.
func entry(session, appointment int64, n int) tiepdan.Reception {
	return tiepdan.Reception{Ref: fmt.Sprintf("lượt %d", n), Session: session, Appointment: appointment, Kind: tiepdan.KienNghi, Field: "moi_truong",
		Person: tiepdan.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", n), Address: "Số 1 Đường Mẫu"}, Content: "Đề nghị thu gom rác ở ngõ mẫu.",
		Result: tiepdan.ResultGuided, Handling: "Đã hướng dẫn.", Receiver: "Lãnh đạo Mẫu"}
}

// write writes an entry and must succeed.
func write(t *testing.T, s *store.Store, by tiepdan.Actor, r tiepdan.Reception) tiepdan.Reception {
	t.Helper()
	r, err := s.WriteReception(t.Context(), by, r)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheBookHasNoGaps(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d, desk, vs := openDesk(t, s, 50, 50, time.Now())
	var g errgroup.Group
	for i, v := range vs {
		for range 2 { // a slow network sends each form twice
			g.Go(func() error { _, err := s.WriteReception(t.Context(), desk, entry(d.ID, v.ID, i)); return err })
		}
		g.Go(func() error { // and some are refused in the midst of it
			_, err := s.WriteReception(t.Context(), desk, tiepdan.Reception{Session: d.ID, Appointment: v.ID, Kind: tiepdan.KienNghi})
			if key(err) != "reception.name_missing" {
				return fmt.Errorf("an empty entry: %v", err)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `SELECT count(*) FROM receptions WHERE number BETWEEN 1 AND 50`); n != 50 {
		t.Errorf("%d of the numbers 1 to 50 are given", n)
	}
	if n := count(t, s, `SELECT count(*) FROM receptions`); n != 50 {
		t.Errorf("%d entries", n)
	}
	if n := count(t, s, `SELECT count(*) FROM appointments WHERE status = 'received' AND ended IS NOT NULL`); n != 50 {
		t.Errorf("%d appointments are over", n)
	}
	_, err := s.WriteReception(t.Context(), desk, entry(d.ID, vs[0].ID, 999))
	wants(t, "another entry of one appointment", err, "reception.twice")
	inOrder(t, s, d.ID)
}

func TestANewYearsBookBeginsAtOne(t *testing.T) {
	t.Parallel()
	eve := tiepdan.Date{Year: 2026, Month: 12, Day: 31}
	s, c := at(t, eve.At(8*60))
	old, desk, _ := openDesk(t, s, 0, 0, c.now())
	if r := write(t, s, desk, entry(old.ID, 0, 1)); r.Year != 2026 || r.Number != 1 || r.On != eve || r.Version != 1 {
		t.Errorf("the first entry is %d/%d of %s", r.Number, r.Year, r.On)
	}
	c.set(eve.Add(4).At(8 * 60))
	d, _, _ := openDesk(t, s, 0, 0, c.now())
	for n, want := range []struct {
		session      int64
		year, number int
	}{{d.ID, 2027, 1}, {old.ID, 2026, 2}, {d.ID, 2027, 2}} { // what happened last year stands in last year's book
		if r := write(t, s, desk, entry(want.session, 0, 10+n)); r.Year != want.year || r.Number != want.number {
			t.Errorf("entry %d is %d/%d", n, r.Number, r.Year)
		}
	}
	var order []string
	err := s.EachReception(t.Context(), tiepdan.ReceptionFilter{By: desk}, func(r tiepdan.Reception) error {
		order = append(order, fmt.Sprintf("%d/%d", r.Number, r.Year))
		return nil
	})
	if err != nil || strings.Join(order, " ") != "1/2026 2/2026 1/2027 2/2027" {
		t.Errorf("the book reads %s, %v", order, err)
	}
}

func TestTheBookOnlyGrows(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d, desk, _ := openDesk(t, s, 0, 0, time.Now())
	r := write(t, s, desk, entry(d.ID, 0, 1))
	correct := func(expected int, why string) (tiepdan.Reception, error) {
		return s.CorrectReception(t.Context(), desk, r.ID, expected, func(r tiepdan.Reception) (tiepdan.Reception, error) {
			r.Content, r.Why, r.Number, r.Result = r.Content+" Và rào lại.", why, 77, tiepdan.ResultSettled
			return r, nil
		})
	}
	_, err := correct(1, "")
	wants(t, "without a reason", err, "reception.why_missing")
	got, err := correct(1, "Ghi thiếu")
	if err != nil || got.Version != 2 || got.Number != r.Number || got.Why != "Ghi thiếu" || got.By != desk.Staff {
		t.Fatalf("corrected: %+v, %v", got, err)
	}
	_, err = correct(1, "Ghi thiếu")
	wants(t, "of what was corrected since", err, "reception.changed")
	vs, err := s.ReceptionVersions(t.Context(), desk, r.ID)
	if err != nil || len(vs) != 2 || vs[0].Content != r.Content || vs[1].Content != got.Content || vs[0].Version != 1 || vs[0].Person != r.Person {
		t.Errorf("the versions are %+v, %v", vs, err)
	}
	if n := count(t, s, `SELECT count(*) FROM receptions WHERE result = 'settled' AND latest = 2`); n != 1 {
		t.Error("the line doesn't follow its latest version")
	}
	for _, sql := range []string{`UPDATE reception_versions SET entry = '{}'`, `UPDATE reception_versions SET why = ''`, `DELETE FROM reception_versions`,
		`TRUNCATE reception_versions`, `UPDATE reception_versions SET version = version + 5`} {
		if _, err := s.Pool().Exec(t.Context(), sql); err == nil {
			t.Errorf("the database takes %s", sql)
		}
	}
}

func TestCorrectionsTakeTurns(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	d, desk, _ := openDesk(t, s, 0, 0, time.Now())
	r := write(t, s, desk, entry(d.ID, 0, 1))
	errs := make([]error, 20)
	var g errgroup.Group
	for i := range errs {
		g.Go(func() error {
			_, errs[i] = s.CorrectReception(t.Context(), desk, r.ID, 1, func(r tiepdan.Reception) (tiepdan.Reception, error) {
				r.Why = fmt.Sprint("Lý do mẫu ", i)
				return r, nil
			})
			return nil
		})
	}
	g.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else {
			wants(t, "a correction", err, "reception.changed")
		}
	}
	if done != 1 {
		t.Errorf("%d corrections of one version", done)
	}
}

func TestTheBookIsFoundIn(t *testing.T) {
	t.Parallel()
	s, c := at(t, wednesday.At(8*60))
	d, desk, _ := openDesk(t, s, 0, 0, c.now())
	for n := range 7 {
		r := entry(d.ID, 0, n)
		if n == 3 {
			r.Content, r.Person.Name = "Xin cấp giấy chứng nhận đất.", "Người Dân Đặc Biệt Mẫu"
		}
		r.On = wednesday.Add(n)
		write(t, s, desk, r)
	}
	list := func(f tiepdan.ReceptionFilter) (numbers []int, next string) {
		t.Helper()
		f.By = desk
		rs, next, err := s.Receptions(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rs {
			numbers = append(numbers, r.Number)
		}
		return numbers, next
	}
	for _, q := range []struct {
		what string
		f    tiepdan.ReceptionFilter
		want string
	}{
		{"all", tiepdan.ReceptionFilter{}, "[7 6 5 4 3 2 1]"},
		{"a name without its marks", tiepdan.ReceptionFilter{Words: "dac biet"}, "[4]"},
		{"the content", tiepdan.ReceptionFilter{Words: "giấy chứng nhận"}, "[4]"},
		{"a period", tiepdan.ReceptionFilter{From: wednesday.Add(1), Until: wednesday.Add(3)}, "[3 2]"},
		{"another session", tiepdan.ReceptionFilter{Session: d.ID + 1}, "[]"},
	} {
		if got, _ := list(q.f); fmt.Sprint(got) != q.want {
			t.Errorf("%s: %v", q.what, got)
		}
	}
	first, next := list(tiepdan.ReceptionFilter{Limit: 4})
	second, end := list(tiepdan.ReceptionFilter{Limit: 4, After: next})
	if fmt.Sprint(first, second) != "[7 6 5 4] [3 2 1]" || end != "" {
		t.Errorf("page by page: %v %v %q", first, second, end)
	}
	_, _, err := s.Receptions(t.Context(), tiepdan.ReceptionFilter{By: storetest.Staff(t, s, tiepdan.Officer, storetest.Unit(t, s, "XD"), true).Actor()})
	wants(t, "an officer", err, "reception.not_yours")
}
