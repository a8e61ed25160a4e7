package tiepdan

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// session is a published periodic one on Tuesday 1/12/2026, 08:00–11:00, with 12 places.
func session() Session {
	d := dated("2026-12-01")
	return Session{ID: 5, Kind: Periodic, Status: SessionPublished, Published: dated("2026-11-01").Time(), Original: d,
		Starts: d.At(8 * 60), Ends: d.At(11 * 60), Place: "Phòng 1", Head: 1, Places: 12, Cutoff: dated("2026-11-27").At(24*60 - 1)}
}

func TestWhenOnesTurnIsExpected(t *testing.T) {
	t.Parallel()
	tests := []struct {
		places, minutes, number int
		want                    string
	}{
		{12, 180, 1, "08:00"},
		{12, 180, 2, "08:15"},
		{12, 180, 12, "10:45"},
		{7, 180, 7, "10:30"},    // 25 minutes each, 5 left over
		{1, 180, 1, "08:00"},    // the whole time
		{500, 60, 500, "08:59"}, // less than a minute each
		{12, 180, 13, "10:45"},  // a place that was taken away
		{12, 180, 0, "08:00"},
		{0, 180, 3, "08:00"},
	}
	for _, tt := range tests {
		s := session()
		s.Places, s.Ends = tt.places, s.Starts.Add(time.Duration(tt.minutes)*time.Minute)
		if got := s.Expected(tt.number).In(Hanoi).Format("15:04"); got != tt.want {
			t.Errorf("%d of %d places in %d minutes: %s, want %s", tt.number, tt.places, tt.minutes, got, tt.want)
		}
	}
	if s := (Session{Places: 3}); s.Slot() != 0 {
		t.Error("a session without a time has slots")
	}
}

func TestTurnsAreInOrderAndInside(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := session()
		s.Places = rapid.IntRange(1, MaxPlaces).Draw(t, "places")
		s.Ends = s.Starts.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
		last := s.Starts
		for n := 1; n <= s.Places; n++ {
			at := s.Expected(n)
			if at.Before(last) || !at.Before(s.Ends) || at.Second() != 0 {
				t.Fatalf("place %d at %v after %v", n, at, last)
			}
			last = at
		}
	})
}

func TestWhoMayBook(t *testing.T) {
	t.Parallel()
	before := dated("2026-11-25").At(9 * 60)
	tests := []struct {
		name           string
		edit           func(*Session)
		now            time.Time
		citizen, staff string
	}{
		{"days ahead", func(*Session) {}, before, "", ""},
		{"in the last minute", func(*Session) {}, dated("2026-11-27").At(24*60 - 1), "", ""},
		{"after it", func(*Session) {}, dated("2026-11-28").Time(), "booking.closed", ""},
		{"without an end of booking, until it starts", func(s *Session) { s.Cutoff = time.Time{} }, dated("2026-12-01").At(7*60 + 59), "", ""},
		{"and not when it has", func(s *Session) { s.Cutoff = time.Time{} }, dated("2026-12-01").At(8 * 60), "booking.closed", ""},
		{"an end of booking after the start doesn't help", func(s *Session) { s.Cutoff = s.Ends }, dated("2026-12-01").At(9 * 60), "booking.closed", ""},
		{"when it is over", func(*Session) {}, dated("2026-12-01").At(11 * 60), "booking.over", "booking.over"},
		{"while it is open, longer than planned", func(s *Session) { s.Status = SessionOpen }, dated("2026-12-01").At(12 * 60), "booking.over", ""},
		{"opened before its time", func(s *Session) { s.Status, s.Cutoff = SessionOpen, time.Time{} }, dated("2026-12-01").At(7 * 60), "booking.closed", ""},
		{"closed before its time", func(s *Session) { s.Status = SessionHeld }, dated("2026-12-01").At(9 * 60), "booking.over", "booking.over"},
		{"cancelled", func(s *Session) { s.Status = SessionCancelled }, before, "booking.session_cancelled", "booking.session_cancelled"},
		{"a draft", func(s *Session) { s.Status, s.Published = SessionDraft, time.Time{} }, before, "booking.not_public", "booking.not_public"},
		{"confirmed, but not announced", func(s *Session) { s.Status, s.Published = SessionConfirmed, time.Time{} }, before, "booking.not_public", ""},
		{"without places", func(s *Session) { s.Places = 0 }, before, "booking.no_places", ""},
		{"full: there is a waiting list", func(s *Session) { s.Taken = s.Places }, before, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := session()
			tt.edit(&s)
			if got := keyOf(s.Bookable(tt.now)); got != tt.citizen {
				t.Errorf("citizens: %q, want %q", got, tt.citizen)
			}
			_, err := Booking{Peer: Peer{"telegram", "1"}}.Check(s, tt.now)
			if got := keyOf(err); got != tt.citizen {
				t.Errorf("a citizen's booking: %q, want %q", got, tt.citizen)
			}
			_, err = Booking{Name: "Người Dân Mẫu 1", Actor: Actor{Role: Receptionist, Staff: 1}}.Check(s, tt.now)
			if got := keyOf(err); got != tt.staff {
				t.Errorf("a booking by staff: %q, want %q", got, tt.staff)
			}
			if err != nil && CodeOf(err) != Conflict {
				t.Errorf("%v is no conflict", err)
			}
		})
	}
}

func TestABookingIsCleaned(t *testing.T) {
	t.Parallel()
	now, peer := dated("2026-11-25").At(9*60), Peer{"telegram", "1"}
	b, err := Booking{Session: 99, Ref: "r1", Name: " Người  Dân\nMẫu\u202e 1 ", Phone: "0912.345.678", Purpose: "Hỏi về\n\nđất đai \u200b", Peer: peer, Wait: true}.Check(session(), now)
	if err != nil || b.Session != 5 || b.Name != "Người Dân Mẫu 1" || b.Phone != "" || b.Purpose != "Hỏi về đất đai" || b.Ref != "r1" || !b.Wait {
		t.Errorf("%+v, %v", b, err)
	}
	b, err = Booking{Name: "Người Dân Mẫu 2", Phone: "+84 912 345 678"}.Check(session(), now)
	if err != nil || b.Phone != "0912345678" {
		t.Errorf("%+v, %v", b, err)
	}
	b, err = Booking{Name: "Người Dân Mẫu 3", Phone: " nhà bên\u0000 cạnh "}.Check(session(), now)
	if err != nil || b.Phone != "nhà bên cạnh" {
		t.Errorf("a number that we don't know is kept as it is: %+v, %v", b, err)
	}
	for want, b := range map[string]Booking{
		"":                     {Purpose: strings.Repeat("ở", MaxPurpose), Peer: peer},
		"booking.purpose_long": {Purpose: strings.Repeat("ở", MaxPurpose+1), Peer: peer},
		"booking.name_long":    {Name: strings.Repeat("ở", MaxName+1), Peer: peer},
		"booking.name_missing": {Name: " \n", Actor: Actor{Role: Receptionist}},
		"booking.phone_long":   {Name: "Người Dân Mẫu 4", Phone: strings.Repeat("1", 41)},
	} {
		_, err := b.Check(session(), now)
		if keyOf(err) != want || err != nil && CodeOf(err) != Invalid {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		places, taken int
		want          bool
	}{{12, 11, false}, {12, 12, true}, {0, 0, true}} {
		if s := (Session{Places: tt.places, Taken: tt.taken}); s.Full() != tt.want {
			t.Errorf("%d of %d: %v", tt.taken, tt.places, s.Full())
		}
	}
}

func TestPostedFiveWorkingDaysBefore(t *testing.T) {
	t.Parallel()
	for on, want := range map[string]string{
		"2026-12-01": "2026-11-23", // the Day of Culture lies between
		"2026-11-30": "2026-11-20",
		"2026-12-16": "2026-12-09",
		"2026-02-23": "2026-02-09", // Tết
		"2026-01-15": "2026-01-09", // Saturday 10/1 is worked
		"2026-01-12": "2026-01-06",
		"2026-09-03": "2026-08-24", // 31/8 is given away
		"2026-08-24": "2026-08-18", // Saturday 22/8 is worked
		"2026-05-04": "2026-04-22", // Giỗ Tổ, 30/4, 1/5
	} {
		if got := PostBy(Session{Starts: dated(on).At(480)}, coming()); got != dated(want) {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
	}
}
