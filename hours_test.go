package tiepdan

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestOpenHours(t *testing.T) {
	t.Parallel()
	h := DefaultHours()
	for _, c := range []struct {
		name, at string
		weekly   bool
		really   bool
	}{
		{"at opening", "2026-03-02 07:30", true, true},
		{"a minute before", "2026-03-02 07:29", false, false},
		{"at lunch", "2026-03-02 11:30", false, false},
		{"after lunch", "2026-03-02 13:00", true, true},
		{"at closing", "2026-03-02 17:00", false, false},
		{"on Tết, a Tuesday", "2026-02-17 09:00", true, false},
		{"on a Saturday that is worked", "2026-01-10 09:00", false, true},
	} {
		at := moment(t, c.at)
		if weekly, really := h.Open(at), seedCalendar().OpenAt(at, h); weekly != c.weekly || really != c.really {
			t.Errorf("%s: %v, %v", c.name, weekly, really)
		}
	}
}

func TestHoursTravel(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(DefaultHours())
	if err != nil {
		t.Fatal(err)
	}
	var h Hours
	if err := json.Unmarshal(b, &h); err != nil || !reflect.DeepEqual(h, DefaultHours()) || h.Valid() != nil {
		t.Errorf("%s came back as %v, %v", b, h, err)
	}
	for _, bad := range []string{"", "7", "11:30-07:30", "07:30-07:30", "25:00-26:00", "07:61-08:00", "-1:00-02:00"} {
		var s Span
		if err := s.UnmarshalText([]byte(bad)); CodeOf(err) != Invalid {
			t.Errorf("%q is a span: %v", bad, s)
		}
	}
	h[1] = []Span{{13 * 60, 17 * 60}, {8 * 60, 11 * 60}}
	if CodeOf(h.Valid()) != Invalid {
		t.Error("the afternoon comes before the morning")
	}
}
